"""Everything a technician does to help, from the first look at the customer's screen to goodbye.

The technician's app is a process on one screen, with a real mouse and keyboard; the customer has
Chromium on another screen, with a notepad and the applet's built file, downloaded from the page.
Between the customer and the server is a network that can be cut.
"""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rescue_console.protocol.choices import Language
from tests.stage.applets.built import built_applet
from tests.stage.customers.computer import CustomerComputer, customer_computer
from tests.stage.customers.notepad import COLOUR
from tests.stage.desk.desk import Desk
from tests.stage.desk.home import Home
from tests.stage.desk.labels import LABELS, Labels
from tests.stage.desk.real_hands import RealHands
from tests.stage.desk.steps import open_create_session, quit_app, sign_in
from tests.stage.desk.story_words import STORY_WORDS, StoryWords
from tests.stage.languages import LANGUAGES
from tests.stage.networks.wire import Wire
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer

pytestmark = pytest.mark.timeout(900)
"""Building the applet takes half a minute on two idle cores, and several minutes on busy ones."""

NAME = "Zoë Dupont"
languages = pytest.mark.parametrize("language", LANGUAGES, ids=str)


@dataclass
class Story:
    """Both sides of a session, and the texts on their screens."""

    server: RealServer
    wire: Wire
    desk: Desk
    hands: RealHands
    home: Home
    customer: CustomerComputer
    labels: Labels
    words: StoryWords
    folder: Path

    def session(self) -> dict[str, Any]:
        """Return the session as the server has it."""
        sessions = self.server.owner.get("/sessions").json()["items"]
        return next(session for session in sessions if session["name"] == NAME)

    def ask(self, what: str, power: str) -> None:
        """Let the technician ask for *power*, and the customer allow it on the page or applet.

        Args:
            what: The text of the button that the technician presses.
        """
        if power == "view":
            self.hands.click(what)
            self.customer.press(self.words.page_allow)
        else:
            before = self.customer.height_of_applet()
            self.hands.click(what)
            self.desk.wait_for(lambda: self.customer.height_of_applet() > before)
            self.customer.person.allow()
            # If the pointer later moves back, the customer's own input no longer has priority.
            self.customer.person.do("mousemove", "--sync", "5", "5")
        self.desk.wait_for(lambda: self.session()["consents"].get(power) == "granted")

    def write(self, text: str) -> None:
        """Let the technician type *text* into the customer's notepad; wait until it is there."""
        before = self.customer.text()
        self.hands.type(text)
        self.desk.wait_for(lambda: self.customer.text() == before + text)

    def point_at_page(self) -> None:
        """Click on the customer's notepad until it has the pointer: their own input goes first."""
        across, down = self.customer.place_of_page()

        def arrived() -> bool:
            self.hands.click_in_picture(across, down)
            left, top = self.customer.person.place()
            return abs(left - across * 1279) < 4 and abs(top - down * 799) < 4

        self.desk.wait_for(arrived)


@pytest.fixture
@starts_programs
def story(
    language: Language,
    display: dict[str, str],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Story]:
    applets = built_applet(tmp_path_factory).parent
    with ExitStack() as stack:
        wire = stack.enter_context(Wire())
        options = ("--public-url", wire.url, "--applets", str(applets))
        server = stack.enter_context(RealServer(tmp_path / "server", *options))
        wire.server_port = int(server.url.rpartition(":")[2])
        customer = stack.enter_context(customer_computer(tmp_path / "customer", language))
        home = Home(tmp_path / "home", display, language)
        desk = stack.enter_context(Desk(home.environment, "--server", server.url))
        words = STORY_WORDS[language]
        hands = RealHands(desk, display, words.picture)
        labels = LABELS[language]
        yield Story(server, wire, desk, hands, home, customer, labels, words, tmp_path)


@languages
def test_a_technician_helps_from_the_first_look_to_the_goodbye(story: Story) -> None:
    meet(story)
    see_the_screen(story)
    bring_the_applet(story)
    take_control(story)
    type_into_a_program(story)
    copy_both_ways(story)
    send_files_both_ways(story)
    hold_and_resume(story)
    lose_and_regain_the_network(story)
    restart_the_server(story)
    say_goodbye(story)


def meet(story: Story) -> None:
    """The customer joins by a link, and the technician starts the session."""
    desk, labels, customer = story.desk, story.labels, story.customer
    sign_in(desk, labels)
    desk.resize(1360, 840)
    open_create_session(desk, labels, NAME, labels.link_tab)
    desk.click(labels.copy_link)
    desk.see(lambda screen: screen.can_press(labels.copy_link_again))
    desk.press("Escape")
    desk.see_status(NAME, labels.invited)
    customer.open(story.session()["link"])
    customer.press(labels.page_join)
    customer.sees_heading(labels.page_waiting)
    desk.see_status(NAME, labels.waiting)
    desk.click(NAME)
    story.hands.click(labels.start)
    desk.see_status(NAME, labels.active)
    customer.sees_heading(labels.page_active)


def see_the_screen(story: Story) -> None:
    """The picture appears once the customer allows it, and both sides show the same code."""
    story.ask(story.words.ask_view, "view")
    story.desk.wait_for(lambda: sees_page(story))
    code = story.customer.page.locator("#screen-digits").inner_text()
    together = code.replace(" ", "\N{NO-BREAK SPACE}")
    story.desk.see_text(f"{story.words.security_code}{together}")


def bring_the_applet(story: Story) -> None:
    """The applet is downloaded from the page; the file is named after its session and joins it."""
    words, customer = story.words, story.customer
    file = customer.fetch_applet(words.page_download)
    assert file.name.startswith(f"Rescue-{story.session()['code']}-")
    customer.run_applet()
    # The window is smaller before it asks whether the server is the right one.
    story.desk.wait_for(lambda: customer.height_of_applet() > 200)
    customer.person.press_in_applet("shift+Tab", "Return")
    story.desk.where(words.ask_control)
    customer.page.locator("#applet").wait_for(state="hidden")


def take_control(story: Story) -> None:
    """Control is granted in the applet's window."""
    story.ask(story.words.ask_control, "control")
    story.desk.see(lambda screen: screen.can_press(story.words.attention))
    story.point_at_page()


def type_into_a_program(story: Story) -> None:
    """Capitals, digits, signs, letters with dead keys and AltGr, and editing keys all arrive."""
    story.write("Hello World 2026! (50 %)")
    story.hands.press("Return", "dead_circumflex", "e", "dead_diaeresis", "shift+u")
    story.desk.wait_for(lambda: story.customer.text().endswith("\nêÜ"))
    story.hands.press("ISO_Level3_Shift+e", "ISO_Level3_Shift+5")
    story.desk.wait_for(lambda: story.customer.text().endswith("\nêÜé€"))
    story.write(" fini")
    story.hands.press("BackSpace", "Left", "Delete")
    story.desk.wait_for(lambda: story.customer.text().endswith("\nêÜé€ fi"))
    story.hands.press("End")


def copy_both_ways(story: Story) -> None:
    """Copied text goes from the customer to the technician and back, each time on request."""
    words, hands, desk, customer = story.words, story.hands, story.desk, story.customer
    story.ask(words.ask_clipboard, "clipboard")
    story.point_at_page()
    hands.press("shift+Home", "ctrl+c")
    copied = customer.text().splitlines()[-1]
    hands.click(words.clipboard)
    hands.click(words.get_text)
    desk.see_text(words.got_text)

    hands.click(words.chat)
    hands.click(words.chat_field)
    hands.press("ctrl+v", "Return")
    customer.sees(copied)
    customer.page.get_by_label(words.page_chat).fill("C'est ça !")
    customer.page.get_by_label(words.page_chat).press("Enter")

    hands.click(words.chat_field)
    hands.type("Given by the technician")
    desk.see(lambda screen: screen.field(words.chat_field) == "Given by the technician")
    hands.press("ctrl+a", "ctrl+x")
    desk.see(lambda screen: screen.field(words.chat_field) == "")
    hands.click(words.screen)
    hands.click(words.clipboard)
    hands.click(words.give_text)
    desk.see_text(words.gave_text)
    story.point_at_page()
    hands.press("ctrl+End", "Return", "ctrl+v")
    desk.wait_for(lambda: customer.text().endswith("\nGiven by the technician"))


def send_files_both_ways(story: Story) -> None:
    """A file sent each way arrives unchanged."""
    words, hands, desk, customer = story.words, story.hands, story.desk, story.customer
    mine, theirs = story.folder / "repair tool.bin", story.folder / "error.log"
    mine.write_bytes(bytes(range(256)) * 20_000)
    theirs.write_bytes(b"nothing works\n" * 100_000)
    story.ask(words.ask_files, "files")
    hands.click(words.files)
    hands.click(words.send_files)
    hands.click(words.file_name)
    hands.type(str(mine))
    desk.see(lambda screen: screen.field(words.file_name) == str(mine))
    hands.press("Return")
    arrived = customer.downloads / mine.name
    desk.wait_for(lambda: digest(arrived) == digest(mine))

    # Tabbing backwards from the end of the window: End session, Share my screen, Send files.
    customer.person.press_in_applet("shift+Tab", "shift+Tab", "shift+Tab", "Return")
    customer.choose_file(words.send_files, theirs)
    hands.click(words.receive)
    received = story.home.folder / "Downloads" / theirs.name
    desk.wait_for(lambda: digest(received) == digest(theirs))
    hands.click(words.screen)


def hold_and_resume(story: Story) -> None:
    """While on hold nothing is granted anymore; afterwards the customer is asked again."""
    words, labels, desk, customer = story.words, story.labels, story.desk, story.customer
    story.hands.click(words.hold)
    desk.see_status(NAME, words.on_hold)
    customer.sees_heading(words.page_on_hold)
    customer.page.locator("#allowed").wait_for(state="hidden")
    customer.page.locator("#screen").wait_for(state="hidden")
    assert story.session()["consents"] == {}
    desk.see(lambda screen: not screen.buttons(words.attention))

    story.hands.click(labels.start)
    desk.see_status(NAME, labels.active)
    customer.sees_heading(labels.page_active)
    height = customer.height_of_applet()
    story.ask(words.ask_view, "view")
    # The applet's window also grows to show this grant; that must not be mistaken for a question.
    desk.wait_for(lambda: customer.height_of_applet() > height)
    story.ask(words.ask_control, "control")
    desk.wait_for(lambda: sees_page(story))
    desk.see(lambda screen: screen.can_press(words.attention))
    write_a_line(story, "After the pause")


def lose_and_regain_the_network(story: Story) -> None:
    """The session recovers its state without a click by the customer."""
    words, labels, desk, customer = story.words, story.labels, story.desk, story.customer
    story.wire.block()
    customer.page.locator("#lost").wait_for()
    desk.see_status(NAME, words.reconnecting)
    story.wire.mend()
    desk.see_status(NAME, labels.active)
    customer.page.locator("#lost").wait_for(state="hidden")
    desk.see(lambda screen: screen.can_press(words.attention))
    desk.wait_for(lambda: sees_page(story))
    write_a_line(story, "After the loss")


def restart_the_server(story: Story) -> None:
    """The server comes back, and with it the session, without a click by anybody."""
    words, labels, desk = story.words, story.labels, story.desk
    story.server.stop()
    desk.see(lambda screen: screen.can_press(labels.try_now))
    story.server.start()
    desk.see(lambda screen: labels.connected in screen.texts)
    desk.see_status(NAME, labels.active)
    desk.see(lambda screen: screen.can_press(words.attention))
    desk.wait_for(lambda: sees_page(story))
    write_a_line(story, "After the restart")


def say_goodbye(story: Story) -> None:
    """The customer is told, everything granted ends, and the applet leaves nothing behind."""
    words, labels, desk, customer = story.words, story.labels, story.desk, story.customer
    desk.click(labels.close)
    desk.fill(words.notes, "The printer prints again")
    desk.click(labels.close_session)
    customer.sees_heading(labels.page_over)
    desk.see(lambda screen: not screen.session(NAME))
    session = story.session()
    assert session["notes"] == "The printer prints again"
    assert session["consents"] == {}
    desk.wait_for(lambda: not story.session()["applet"])
    # The window's final message is smaller than anything it shows during a session.
    desk.wait_for(lambda: customer.height_of_applet() < 250)
    customer.person.press_in_applet("Return")
    assert customer.end_of_applet() == 0
    assert customer.left_behind() == []
    quit_app(desk, labels)


def write_a_line(story: Story, line: str) -> None:
    story.point_at_page()
    story.hands.press("ctrl+End", "Return")
    story.desk.wait_for(lambda: story.customer.text().endswith("\n"))
    story.write(line)


def sees_page(story: Story) -> bool:
    """Tell whether the technician's screen shows the frame of the customer's page."""
    place = story.customer.place_of_page(across=0.02, down=0.5)
    seen = story.hands.colour_in_picture(*place)
    frame = bytes.fromhex(COLOUR.removeprefix("#"))
    return all(abs(is_ - should) < 24 for is_, should in zip(seen, frame, strict=True))


def digest(file: Path) -> str:
    """Return the SHA-256 of a file; empty if it does not exist."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""
