"""Takes the pictures of both sides while a customer is helped, in one language and theme."""

import os
import re
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from deploy.pictures import help_desk
from rescue_console.protocol.choices import Language
from tests.stage.customers.beside import carried, cookies_of
from tests.stage.customers.place import CustomerPlace
from tests.stage.desk.desk import Desk
from tests.stage.desk.helping_steps import HelpingSteps
from tests.stage.desk.labels import LABELS
from tests.stage.desk.steps import sign_in
from tests.stage.servers.rescue_server import RealServer

PLAYED_APPLET = "tests.stage.applets.played"
HOME = "/home/zoe"
"""The customer's home folder, as that applet shows it."""
MAIN_SIZE = (1480, 860)
OWN_SIZE = (1120, 680)
FILE_BYTES = 1_840_000
LARGE_FILE_BYTES = 900_000_000
STATE = 3
"""The column in the list of transfers that shows their progress."""
FAR_ENOUGH = 30
"""Percent of a transfer after which its progress bar is worth showing."""
STILL = 0.02
"""The mean difference, in shades of 255, below which two pictures in a row count as the same."""


class HelpingPictures:
    """Leads one session through everything that a technician can do for a customer.

    Args:
        folder: Where the pictures go.
        start: What their names begin with.
    """

    def __init__(
        self,
        folder: Path,
        start: str,
        server: RealServer,
        place: CustomerPlace,
        language: Language,
    ) -> None:
        self._folder = folder
        self._start = start
        self._server = server
        self._place = place
        self._language = language
        self._labels = LABELS[language]

    def take(self, environment: dict[str, str]) -> None:
        """Take all pictures; *environment* is that of the technician's computer."""
        session = self._server.owner.create_session("email", name=help_desk.ACTIVE)
        link = session["link"].replace(help_desk.PUBLIC_URL, self._server.url)
        with Desk(environment, "--server", self._server.url) as desk:
            sign_in(desk, self._labels, help_desk.EMAIL, help_desk.PASSWORD)
            desk.resize(*MAIN_SIZE)
            self._join(link)
            desk.see_status(help_desk.ACTIVE, self._labels.waiting)
            desk.click(help_desk.ACTIVE)
            desk.click(self._labels.start)
            desk.see_status(help_desk.ACTIVE, self._labels.active)
            self._place.customer.page.locator("#applet").wait_for()
            self._shoot_page("page-applet", whole=True)
            url = self._server.url
            parts = carried(url, cookies_of(self._place.customer.page))
            with self._place.applet(url, parts, PLAYED_APPLET):
                self._help(desk, HelpingSteps(desk, environment, self._place, self._language))
        self._server.owner.post(f"/sessions/{session['id']}/close").raise_for_status()

    def _join(self, link: str) -> None:
        page = self._place.customer.page
        page.goto(link)
        page.locator("form[action='/Customer/Join'] button").click()
        page.locator("[data-status=waiting]").wait_for()

    def _help(self, desk: Desk, steps: HelpingSteps) -> None:
        labels, more = steps.labels, steps.more
        steps.ask(labels.ask_view)
        self._shoot_page("page-consent")
        steps.allow(1)
        steps.see_screen()
        steps.chat()
        self._shoot_page("page-sharing", whole=True)
        powers = (
            labels.ask_control,
            labels.ask_clipboard,
            labels.ask_files,
            more.ask_file_manager,
            more.ask_system_information,
        )
        for granted, power in enumerate(powers, 2):
            steps.ask(power)
            if power == labels.ask_control:
                self._place.take_picture_of("^Rescue$", self._path("applet-question"))
            steps.allow(granted)
        self._place.take_picture_of("^Rescue$", self._path("applet"))
        steps.set_printer()
        self._wait_until_sharp(desk)
        self._own_window(desk, steps)

    def _own_window(self, desk: Desk, steps: HelpingSteps) -> None:
        """Show the other sections in the session's own window."""
        labels, more, name = steps.labels, steps.more, help_desk.ACTIVE
        desk.click(more.own_window)
        desk.resize(*OWN_SIZE, name)
        desk.click(labels.chat)
        desk.take_picture(self._path("workspace-chat"), name)
        desk.click(more.system)
        desk.see(lambda screen: screen.can_press(more.export))
        desk.take_picture(self._path("workspace-system"), name)
        self._files(desk, steps)

    def _files(self, desk: Desk, steps: HelpingSteps) -> None:
        words = self._place.words
        furnish(self._place)
        desk.click(steps.labels.files)
        for name in (HOME, words.folders[0]):
            desk.click(name)
            desk.press("Return", help_desk.ACTIVE)
        desk.see(lambda screen: screen.row(words.documents[0]))
        for name, size in ((words.file, FILE_BYTES), (words.large_file, LARGE_FILE_BYTES)):
            path = self._place.home.with_name("desk") / name
            path.parent.mkdir(exist_ok=True)
            path.touch()
            os.truncate(path, size)
            steps.send_file(path)
        desk.see(lambda screen: far_enough(screen.row(words.large_file)))
        desk.take_picture(self._path("workspace-files"), help_desk.ACTIVE)

    def _wait_until_sharp(self, desk: Desk) -> None:
        """Wait until the picture of the customer's screen has stopped getting sharper."""
        path = self._path("workspace")
        before: Image.Image | None = None
        while True:
            desk.take_picture(path)
            with Image.open(path) as picture:
                now = picture.convert("L")
            if before is not None and now.size == before.size:
                changed = ImageStat.Stat(ImageChops.difference(before, now)).mean[0]
                if changed < STILL:
                    return
            before = now

    def _shoot_page(self, screen: str, *, whole: bool = False) -> None:
        page = self._place.customer.page
        page.screenshot(path=self._path(screen), full_page=whole)

    def _path(self, screen: str) -> Path:
        return self._folder / f"{self._start}-{screen}.png"


def far_enough(transfer: list[str]) -> bool:
    """Tell whether a row in the list of transfers has a progress bar worth showing."""
    percent = [word for state in transfer[STATE : STATE + 1] for word in re.findall(r"\d+", state)]
    return any(int(word) >= FAR_ENOUGH for word in percent)


def furnish(place: CustomerPlace) -> None:
    """Put some folders and documents into the customer's home."""
    for name in place.words.folders:
        (place.home / name).mkdir(exist_ok=True)
    for number, name in enumerate(place.words.documents, 1):
        path = place.home / place.words.folders[0] / name
        path.touch()
        os.truncate(path, number * 21_400)
