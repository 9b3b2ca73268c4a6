"""A customer at a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.stage.desk.desk import WAIT_S

expect.set_options(timeout=WAIT_S * 1000)


class Customer:
    """Opens pages, reads them and presses their buttons."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, link: str) -> None:
        """Go to *link* as a click in a mail does."""
        self.page.goto(link)

    def press(self, button: str) -> None:
        """Press the button called *button*."""
        self.page.get_by_role("button", name=button, exact=True).click()

    def type_pin(self, label: str, pin: str) -> None:
        """Type *pin* into the field called *label* and press Enter."""
        self.page.get_by_label(label).fill(pin)
        self.page.get_by_label(label).press("Enter")

    def sees_heading(self, text: str) -> None:
        """Wait until the page's heading is *text*."""
        expect(self.page.get_by_role("heading", level=1).locator("visible=true")).to_have_text(text)

    def sees(self, text: str) -> None:
        """Wait until *text* is visible on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def take_picture(self, path: Path) -> None:
        """Write a picture of what the browser shows."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)
