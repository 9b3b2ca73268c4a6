"""The guided tour: ``python -m deploy.tour [FOLDER]``, by default into ``build/tour``.

It plays a whole session on virtual screens, for machines without a display. On one screen is the
real app with its embedded server; on another is a customer with a real browser, a program of their
own and the applet. The settings and data of whoever runs it stay untouched.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from importlib.util import find_spec
from pathlib import Path
from subprocess import SubprocessError
from urllib.parse import urlsplit

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, sync_playwright

from deploy.tour.account import Account
from rescue_console.protocol.choices import Language
from tests.stage.customers.beside import kept_pass
from tests.stage.customers.customer import Customer
from tests.stage.customers.place import CustomerPlace, customer_place
from tests.stage.desk.desk import Desk
from tests.stage.desk.helping_steps import HelpingSteps
from tests.stage.desk.home import Home
from tests.stage.desk.labels import ENGLISH as LABELS
from tests.stage.desk.steps import open_create_session, quit_app, wait_until_ready
from tests.stage.displays.desktop_screen import desktop_screen
from tests.stage.links import link_parts

USUAL_FOLDER = Path(__file__).parents[2] / "build" / "tour"
OUTBOX = Path(".local/share/rescue-console/server/outbox")
TECHNICIAN = "Marie Martin"
NAME = "Zoë Dupont"
ADDRESS = "zoe.dupont@customer.example"
FILE_BLOCKS = 4_000
"""The size of the file that the tour sends, in blocks of 256 bytes."""
TROUBLE = (AssertionError, BrowserError, OSError, SubprocessError)
"""Errors that report a program that is missing or does not do what it should."""


@dataclass(frozen=True)
class Stage:
    """Where the tour plays: both places, and the steps that one takes to help the other."""

    desk: Desk
    home: Home
    place: CustomerPlace
    steps: HelpingSteps

    @property
    def customer(self) -> Customer:
        """The customer who is helped."""
        return self.place.customer

    @property
    def page(self) -> Page:
        """The customer's page."""
        return self.place.customer.page


def tour(account: Account, stage: Stage) -> None:
    """Take every step of the session and tell about each."""
    _create(account, stage.desk)
    link = _read_mail(account, stage)
    _join(account, stage.desk, stage.customer)
    _start(account, stage.desk, stage.customer)
    _see(account, stage)
    _chat(account, stage)
    _with_applet(account, stage, link)
    _end(account, stage.desk, stage.customer)


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


def _read_mail(account: Account, stage: Stage) -> str:
    """Tell about the mail; return its link."""
    account.tell(
        "4. The customer reads the mail. Without a mail server, the app's own server writes each "
        "mail as a file into its folder “outbox”; this is that file."
    )
    (file,) = (stage.home.folder / OUTBOX).glob("*.eml")
    body = message_from_bytes(file.read_bytes(), policy=default).get_body(("html",))
    assert body is not None, f"{file} has no part in HTML"
    stage.page.set_content(body.get_content())
    account.show("mail", stage.customer.take_picture)
    return stage.page.get_by_role("link").first.get_attribute("href") or ""


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


def _start(account: Account, desk: Desk, customer: Customer) -> None:
    account.tell(
        f"7. She selects the session and clicks “{LABELS.start}”. It is “{LABELS.active}” and gets "
        "a workspace; the customer's page says that she is helping."
    )
    desk.click(NAME)
    desk.click(LABELS.start)
    desk.see_status(NAME, LABELS.active)
    desk.see(lambda screen: any(NAME in tab for tab in screen.tabs))
    account.show("active", desk.take_picture)
    customer.sees_heading(f"{TECHNICIAN} is helping you")


def _see(account: Account, stage: Stage) -> None:
    steps = stage.steps
    account.tell(
        f"8. She clicks “{steps.labels.ask_view}”. The page asks the customer, who allows it and "
        "chooses what to show. Nothing is installed: the picture comes from the browser. Both see "
        "the same security code, so nobody sits between them."
    )
    steps.ask(steps.labels.ask_view)
    account.show("question", stage.place.take_picture)
    steps.allow(1)
    steps.see_screen()
    account.show("screen", stage.desk.take_picture)


def _chat(account: Account, stage: Stage) -> None:
    account.tell("9. They write to each other.")
    stage.steps.chat()
    account.show("chat", stage.desk.take_picture)
    account.show("customers-page", stage.place.take_picture)


def _with_applet(account: Account, stage: Stage, link: str) -> None:
    if find_spec("_tkinter") is None:
        account.tell("10. (The applet needs tkinter, which this Python lacks: it is left out.)")
        return
    carried = kept_pass(stage.home.folder, link_parts(link))
    url = urlsplit(link)
    with stage.place.applet(f"{url.scheme}://{url.netloc}", carried):
        _control(account, stage)
        _send(account, stage)


def _control(account: Account, stage: Stage) -> None:
    steps, words = stage.steps, stage.place.words
    account.tell(
        "10. The customer runs the applet and presses “Join the session” in its window. She asks "
        "for control; he allows it there. Over the picture she clicks into his program, types "
        f"“{words.typed}” and presses Enter."
    )
    steps.ask(steps.labels.ask_control)
    account.show("applet", stage.place.take_picture)
    steps.allow(2)
    steps.set_printer()
    account.show("control", stage.desk.take_picture)
    account.show("controlled", stage.place.take_picture)


def _send(account: Account, stage: Stage) -> None:
    steps, name = stage.steps, stage.place.words.file
    account.tell(
        f"11. She asks to exchange files, he allows it, and she sends “{name}”: it arrives in his "
        "folder of downloads, checked, and the list of transfers says so."
    )
    steps.ask(steps.labels.ask_files)
    steps.allow(3)
    stage.desk.click(steps.labels.files)
    file = stage.home.folder / name
    file.write_bytes(bytes(range(256)) * FILE_BLOCKS)
    steps.send_file(file)
    arrived = stage.place.home / "Downloads" / name
    stage.desk.wait_for(arrived.exists)
    stage.desk.see(lambda screen: steps.labels.transferred in screen.row(name))
    assert arrived.read_bytes() == file.read_bytes(), f"{name} arrived damaged"
    account.show("file", stage.desk.take_picture)


def _end(account: Account, desk: Desk, customer: Customer) -> None:
    account.tell(f"12. She clicks “{LABELS.close}”. The customer's page says that it is over.")
    desk.click(LABELS.close)
    desk.click(LABELS.close_session)
    customer.sees_heading(LABELS.page_over)
    account.show("over", customer.take_picture)
    quit_app(desk, LABELS)


@contextmanager
def open_stage() -> Iterator[Stage]:
    """Start the app and the customer's programs, in home folders that are removed afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="rescue-tour-") as folder,
        desktop_screen() as display,
        sync_playwright() as playwright,
    ):
        english = Language("en")
        home = Home(Path(folder, "technician"), _without_ties(display), english)
        with (
            customer_place(playwright, english, Path(folder, "customer")) as place,
            Desk(home.environment, "--local") as desk,
        ):
            yield Stage(desk, home, place, HelpingSteps(desk, display, place, english))


def _without_ties(display: Mapping[str, str]) -> dict[str, str]:
    """Return *display* without variables that lead to the user's own desktop session or servers."""
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
        with open_stage() as stage:
            tour(account, stage)
    except TROUBLE as trouble:
        sys.stderr.write(f"\nThe tour stopped at this step: {trouble}\n")
        return 1
    account.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
