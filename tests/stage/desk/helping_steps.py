"""What technician and customer do during an active session, step by step."""

from pathlib import Path

from playwright.sync_api import Page, expect

from rescue_console.protocol.choices import Language
from tests.stage.customers.place import SIZE, CustomerPlace
from tests.stage.desk.desk import Desk
from tests.stage.desk.real_hands import RealHands
from tests.stage.desk.story_words import STORY_WORDS
from tests.stage.desk.workspace_labels import WORKSPACE_LABELS

PRINTER_FIELD = (0.444, 0.402)
"""The place of the printer's name field, as fractions of the customer's screen size."""
NEAR = 6
"""Pixels by which the pointer may miss its target, as the picture is smaller than the screen."""


class HelpingSteps:
    """Both sides of one active session, whose workspace is open at *desk*.

    Args:
        display: Variables that lead to the technician's screen.
        language: The language of both sides.

    Attributes:
        labels, more: Texts on the technician's screen.
    """

    def __init__(
        self, desk: Desk, display: dict[str, str], place: CustomerPlace, language: Language
    ) -> None:
        self._desk = desk
        self._place = place
        self.labels = STORY_WORDS[language]
        self.more = WORKSPACE_LABELS[language]
        self._hands = RealHands(desk, display, self.labels.picture)
        self._height = 0

    @property
    def _page(self) -> Page:
        return self._place.customer.page

    def ask(self, power: str) -> None:
        """Let the technician press the button *power*; return when the customer is asked."""
        self._height = self._place.height_of_applet()
        self._desk.click(power)
        expect(self._page.locator("#consent")).to_be_visible()
        # A question makes the applet's window higher.
        self._desk.wait_for(
            lambda: not self._height or self._place.height_of_applet() > self._height
        )

    def allow(self, granted: int) -> None:
        """Let the customer allow the power; return when the technician sees it as granted.

        What the applet does is allowed in its window, everything else on the page.

        Args:
            granted: How many powers are then granted.
        """
        if self._page.locator("#consent-allow").is_visible():
            self._page.locator("#consent-allow:enabled").click()
        else:
            self._place.person.allow()
        expect(self._page.locator("#consent")).to_be_hidden()
        self._desk.see(lambda screen: screen.texts.count(self.more.granted) == granted)

    def see_screen(self) -> None:
        """Wait until the technician sees the customer's screen, and both see the same code."""
        self._desk.see_text(self.more.shown)
        code = self._page.locator("#screen-digits")
        expect(code).to_be_visible()
        together = code.inner_text().replace(" ", "\N{NO-BREAK SPACE}")
        wanted = self.labels.security_code + together
        self._desk.see(lambda screen: wanted in screen.texts)

    def chat(self) -> None:
        """Let both write to each other, the customer first; the chat section stays open."""
        self._desk.click(self.labels.chat)
        for number, text in enumerate(self._place.words.conversation):
            if number % 2:
                self._desk.fill(self.labels.chat_field, text)
                self._desk.click(self.more.send)
            else:
                self._page.get_by_label(self.labels.page_chat).fill(text)
                self._page.get_by_label(self.labels.page_chat).press("Enter")
            expect(self._page.locator("#chat-log li:not(.unsent)")).to_have_count(number + 1)

    def set_printer(self) -> None:
        """Let the technician type the printer's name into the customer's own program."""
        self._desk.click(self.labels.screen)
        self._desk.wait_for(self._point_at_printer)
        self._hands.type(self._place.words.typed)
        self._hands.press("Return")
        self._desk.wait_for(lambda: self._place.printer() == self._place.words.typed)

    def _point_at_printer(self) -> bool:
        """Click on the field; tell whether the pointer moved there.

        It does not while the customer's own input has priority.
        """
        self._hands.click_in_picture(*PRINTER_FIELD)
        wanted = [part * most for part, most in zip(PRINTER_FIELD, SIZE, strict=True)]
        apart = [abs(is_ - to) for is_, to in zip(self._place.person.place(), wanted, strict=True)]
        return max(apart) < NEAR

    def send_file(self, path: Path) -> None:
        """Let the technician choose *path* and send it."""
        field = self.labels.file_name
        self._desk.click(self.labels.send_files)
        self._hands.click(field)
        self._hands.type(str(path))
        self._desk.see(lambda screen: screen.field(field) == str(path))
        self._hands.press("Return")
        self._desk.see(lambda screen: screen.field(field) is None)
