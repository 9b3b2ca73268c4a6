"""Takes the pictures of every screen of the technician's app, in one language and theme."""

from pathlib import Path

from deploy.pictures import help_desk
from tests.stage.desk.desk import Desk
from tests.stage.desk.home import Home
from tests.stage.desk.labels import Labels
from tests.stage.desk.steps import open_create_session, sign_in
from tests.stage.servers.rescue_server import RealServer

NAME = "Nadia Lambert"
ADDRESS = "nadia@lambert.example"


class DesktopPictures:
    """Leads one technician through all screens.

    Args:
        folder: Where the pictures go.
        start: What their names begin with.
        server: The server that *morning* fills.
    """

    def __init__(
        self,
        folder: Path,
        start: str,
        server: RealServer,
        morning: help_desk.HelpDesk,
        home: Home,
        labels: Labels,
    ) -> None:
        self._morning = morning
        self._folder = folder
        self._start = start
        self._server = server
        self._home = home
        self._labels = labels

    def take(self) -> None:
        """Take all pictures."""
        self._home.install_mail_program()
        with Desk(self._home.environment, "--server", help_desk.PUBLIC_URL) as desk:
            self._sign_in(desk)
            self._main_window(desk)
            self._create_session(desk)
            self._morning.close_others()
            self._other_windows(desk)
            self._offline(desk)
        with Desk(self._home.environment, "--server", self._server.url) as desk:
            sign_in(desk, self._labels, help_desk.NEWCOMER_EMAIL, help_desk.PASSWORD)
            desk.see_text(self._labels.no_sessions)
            self._shoot(desk, "main-window-empty")

    def _shoot(self, desk: Desk, screen: str) -> None:
        desk.take_picture(self._folder / f"{self._start}-{screen}.png")

    def _sign_in(self, desk: Desk) -> None:
        labels = self._labels
        desk.fill(labels.email_address, help_desk.EMAIL)
        desk.fill(labels.password, "a password of her own")
        self._shoot(desk, "sign-in")
        desk.fill(labels.server, self._server.url)
        sign_in(desk, labels, help_desk.EMAIL, help_desk.PASSWORD)

    def _main_window(self, desk: Desk) -> None:
        labels = self._labels
        desk.see_status("Hana Sato", f"{labels.invited} – {labels.mail_failed}")
        desk.see_status("Elena Petrova", labels.waiting)
        desk.see_status("Priya Nair", labels.connecting)
        desk.click(help_desk.ACTIVE)
        desk.see(lambda screen: any(help_desk.ACTIVE in tab for tab in screen.tabs))
        self._shoot(desk, "main-window")

    def _create_session(self, desk: Desk) -> None:
        labels = self._labels
        open_create_session(desk, labels, NAME, labels.email_tab)
        desk.choose(labels.customer_language, labels.customer_language_name)
        desk.click(labels.through_servers)
        desk.fill(labels.to, ADDRESS)
        desk.see(lambda screen: labels.mail_text in (screen.field(labels.mail_field) or ""))
        self._shoot(desk, "create-session-email")
        desk.click(labels.own_client)
        desk.click(labels.send)
        desk.see_text(labels.opened)
        self._shoot(desk, "create-session-email-opened")
        desk.click(labels.done)
        for tab, button, done, screen in (
            (labels.pin_tab, labels.create_pin, labels.copy_pin, "create-session-pin"),
            (labels.link_tab, labels.copy_link, labels.copy_link_again, "create-session-link"),
        ):
            open_create_session(desk, labels, NAME, tab)
            desk.click(button)
            desk.click(done)
            self._shoot(desk, screen)
            desk.click(labels.done)
        desk.see_gone(labels.create_session)

    def _other_windows(self, desk: Desk) -> None:
        labels = self._labels
        desk.click(labels.tools_menu)
        desk.click(labels.options)
        desk.see_window(labels.options)
        self._shoot(desk, "options")
        desk.press("Esc")
        desk.see_gone(labels.options)
        desk.click(help_desk.ACTIVE)
        desk.click(labels.transfer)
        desk.click(f"{help_desk.COLLEAGUE} – {labels.online}")
        desk.see(lambda screen: screen.can_press(labels.transfer))
        self._shoot(desk, "transfer")
        desk.press("Esc")
        desk.see_gone(labels.transfer_session)
        desk.click("Elena Petrova")
        desk.click(labels.session_menu)
        desk.click(labels.session_log)
        desk.see(lambda screen: any(table["rows"] for table in screen.windows[0]["tables"]))
        self._shoot(desk, "session-log")
        desk.press("Esc")

    def _offline(self, desk: Desk) -> None:
        """Take the server down for a moment; afterwards everybody is connected again."""
        labels = self._labels
        self._server.kill()
        desk.see(lambda screen: screen.can_press(labels.try_now))
        self._shoot(desk, "offline")
        self._server.start()
        desk.see(lambda screen: not screen.buttons(labels.try_now))
        desk.see_status("Elena Petrova", labels.waiting)
