"""The guided tour: ``python -m tests.journeys.tour [FOLDER]``, by default into ``build/tour``.

It plays the e-mail journey where there is no display: the real app with the server that it brings,
on a virtual screen, and a real browser for the customer. It touches nobody's settings or data.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright

from rescue_console.protocol.choices import Language
from tests.journeys.account import Account
from tests.journeys.customer import Customer
from tests.journeys.desk import WAIT_S, Desk
from tests.journeys.desktop_screen import desktop_screen
from tests.journeys.home import Home
from tests.journeys.labels import ENGLISH as LABELS
from tests.journeys.steps import open_create_session, quit_app, wait_until_ready
from tests.web.browser import CHROMIUM, CHROMIUM_ARGUMENTS

USUAL_FOLDER = Path(__file__).parents[2] / "build" / "tour"
OUTBOX = Path(".local/share/rescue-console/server/outbox")
TECHNICIAN = "Marie Martin"
NAME = "Zoë Dupont"
ADDRESS = "zoe.dupont@customer.example"
TROUBLE = (AssertionError, BrowserError, OSError)
"""What a program that is missing, or does not do what it should, is reported by."""


def tour(account: Account, desk: Desk, home: Home, customer: Customer) -> None:
    """Take every step of the journey and tell it."""
    _create(account, desk)
    _read_mail(account, home, customer)
    _join(account, desk, customer)
    _help(account, desk, customer)
    _end(account, desk, customer)


def _create(account: Account, desk: Desk) -> None:
    account.tell("1. The technician starts the app. It starts its own server and signs in to it.")
    wait_until_ready(desk, LABELS)
    desk.resize(1200, 720)
    account.show("ready", desk.take_picture)
    account.tell(
        f"2. She clicks “{LABELS.new_session}”, types the customer's name, picks the tab "
        f"“{LABELS.email_tab}” and the way “{LABELS.through_servers}”, and types the address. The "
        "dialog shows the mail as the customer will get it."
    )
    open_create_session(desk, LABELS, NAME, LABELS.email_tab)
    desk.click(LABELS.through_servers)
    desk.fill(LABELS.to, ADDRESS)
    desk.see(lambda screen: LABELS.mail_text in (screen.field(LABELS.mail_field) or ""))
    account.show("create-session", desk.take_picture)
    account.tell(
        f"3. She clicks “{LABELS.send}”. The session is in the list, and soon its mail is sent."
    )
    desk.click(LABELS.send)
    desk.see_status(NAME, f"{LABELS.invited} – {LABELS.mail_sent}")
    account.show("invited", desk.take_picture)


def _read_mail(account: Account, home: Home, customer: Customer) -> None:
    account.tell(
        "4. The customer reads the mail. Without a mail server, the app's own server writes each "
        "mail as a file into its folder “outbox”; this is that file."
    )
    (file,) = (home.folder / OUTBOX).glob("*.eml")
    body = message_from_bytes(file.read_bytes(), policy=default).get_body(("html",))
    assert body is not None, f"{file} has no part in HTML"
    customer.page.set_content(body.get_content())
    account.show("mail", customer.take_picture)


def _join(account: Account, desk: Desk, customer: Customer) -> None:
    account.tell(
        "5. He clicks the link. The page says who wants to help and what will happen; opening it "
        f"decides nothing. The technician sees “{LABELS.connecting}”."
    )
    customer.page.get_by_role("link").first.click()
    customer.sees_heading(f"{TECHNICIAN} wants to help you")
    account.show("join-page", customer.take_picture)
    desk.see_status(NAME, LABELS.connecting)
    account.show("connecting", desk.take_picture)
    account.tell(
        f"6. He presses “{LABELS.page_join}”. At once the technician sees “{LABELS.waiting}”, and "
        "her computer rings."
    )
    customer.press(LABELS.page_join)
    customer.sees_heading(f"{TECHNICIAN} will be with you shortly")
    account.show("waiting-room", customer.take_picture)
    desk.see_status(NAME, LABELS.waiting)
    account.show("waiting", desk.take_picture)


def _help(account: Account, desk: Desk, customer: Customer) -> None:
    account.tell(
        f"7. She selects the session and clicks “{LABELS.start}”. It is “{LABELS.active}” and gets "
        "a tab; the customer's page says that she is helping."
    )
    desk.click(NAME)
    desk.click(LABELS.start)
    desk.see_status(NAME, LABELS.active)
    desk.see(lambda screen: any(NAME in tab for tab in screen.tabs))
    account.show("active", desk.take_picture)
    customer.sees_heading(f"{TECHNICIAN} is helping you")
    account.show("helped", customer.take_picture)


def _end(account: Account, desk: Desk, customer: Customer) -> None:
    account.tell(f"8. She clicks “{LABELS.close}”. The customer's page says that it is over.")
    desk.click(LABELS.close)
    desk.click(LABELS.close_session)
    customer.sees_heading(LABELS.page_over)
    account.show("over", customer.take_picture)
    quit_app(desk, LABELS)


@contextmanager
def stage() -> Iterator[tuple[Desk, Home, Customer]]:
    """Start the app and the browser, in a home that is gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="rescue-tour-") as folder,
        desktop_screen() as display,
        sync_playwright() as playwright,
    ):
        home = Home(Path(folder), _without_ties(display), Language.ENGLISH)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        size = {"width": 1000, "height": 760}
        page = browser.new_page(locale="en-GB", viewport=size)  # type: ignore[arg-type]
        page.set_default_timeout(WAIT_S * 1000)
        with Desk(home.environment, "--local") as desk:
            yield desk, home, Customer(page)
        browser.close()


def _without_ties(display: Mapping[str, str]) -> dict[str, str]:
    """Return the variables without those that lead to the person's own session and servers."""
    ties = ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "LC_ALL", "LANGUAGE")
    kept = {
        name: value
        for name, value in display.items()
        if name not in ties and not name.startswith("RESCUE_")
    }
    return kept | {
        "LOGNAME": TECHNICIAN,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }


def main() -> int:
    """Play the tour; return the program's exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else USUAL_FOLDER
    try:
        account = Account(folder)
        with stage() as (desk, home, customer):
            tour(account, desk, home, customer)
    except TROUBLE as trouble:
        sys.stderr.write(f"\nThe tour stopped at this step: {trouble}\n")
        return 1
    account.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
