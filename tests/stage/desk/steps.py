"""The technician's steps that several journeys share."""

from tests.stage.desk.desk import Desk
from tests.stage.desk.labels import Labels
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD


def sign_in(
    desk: Desk, labels: Labels, email: str = OWNER_EMAIL, password: str = OWNER_PASSWORD
) -> None:
    """Type address and password into the sign-in window and wait for the main window."""
    desk.fill(labels.email_address, email)
    desk.fill(labels.password, password)
    desk.click(labels.sign_in)
    wait_until_ready(desk, labels)


def wait_until_ready(desk: Desk, labels: Labels) -> None:
    """Wait until the main window is connected to the server."""
    desk.see(
        lambda screen: labels.connected in screen.texts and screen.can_press(labels.new_session)
    )


def open_create_session(desk: Desk, labels: Labels, name: str, tab: str) -> None:
    """Open *Create session* at the tab called *tab* and type the customer's name."""
    desk.click(labels.new_session)
    desk.see_window(labels.create_session)
    desk.fill(labels.name, name)
    desk.click(tab)


def quit_app(desk: Desk, labels: Labels) -> None:
    """Quit by the menu, and check that nothing has gone wrong.

    Raises:
        AssertionError: the app ended badly, or complained about something while it ran.
    """
    desk.click(labels.session_menu)
    desk.click(labels.quit)
    assert desk.end() == 0, desk.words()
    assert desk.complaints() == []
