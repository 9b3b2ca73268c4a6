"""An active session in which the page and the console exchange files."""

from pathlib import Path

from playwright.sync_api import Page

from rescue_console.peer.files.transfer import TransferState
from rescue_console.protocol.powers import Consent, Power
from tests.stage.stories.screen_story import Story
from tests.stage.technicians.files_technician import FilesTechnician

SLOW_BYTES_PER_S = 400_000


class FilesStory(Story):
    """An active session in which files can be exchanged with the page."""

    technician_kind = FilesTechnician
    technician: FilesTechnician

    def allow_files(self) -> None:
        """Ask for files, allow it, and wait until the link is open on both sides."""
        self.until(lambda: not self.technician.files.ui.askButton.isHidden())
        self.technician.files.ui.askButton.click()
        self.click("#consent-allow:enabled")
        self.until_open()

    def until_open(self) -> None:
        self.until(lambda: self.technician.link.is_open)
        self.act(lambda page: page.locator("#files-choose:enabled").wait_for())

    def choose(self, *paths: Path) -> None:
        """Let the customer choose files."""
        self.act(lambda page: page.locator("#files-input").set_input_files(list(paths)))

    def answer(self, label: str) -> None:
        """Answer the question that the technician is asked by pressing *label*."""
        self.until(lambda: bool(self.technician.asked))
        asked, bar = self.technician.asked, self.technician.files.ui.questionBar
        [button] = [button for button in bar.buttons if button.text() == label]
        button.click()
        self.until(lambda: self.technician.asked != asked)

    def row(self, name: str, state: str) -> None:
        """Wait until the page shows the file *name* in *state*."""
        selector = f'#files-list li[data-state="{state}"]:has([data-role=name]:text-is("{name}"))'
        self.act(lambda page: page.locator(selector).wait_for())

    def press(self, name: str, role: str) -> None:
        """Press the button *role* in a file's row."""
        selector = f'#files-list li:has([data-role=name]:text-is("{name}")) [data-role={role}]'
        self.click(selector)

    def save(self, name: str) -> tuple[str, bytes]:
        """Save a received file; return its suggested name and its content."""

        def act(page: Page) -> tuple[str, bytes]:
            row = f'#files-list li:has([data-role=name]:text-is("{name}"))'
            with page.expect_download() as coming:
                page.locator(f"{row} [data-role=save]").click()
            return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()

        return self.act(act)

    def under_way(self, count: int = 1) -> bool:
        """Tell whether *count* transfers are running and a part of each has arrived."""
        transfers = self.technician.transfers
        begun = [transfer for transfer in transfers if transfer.done > 0]
        return sum(transfer.state is TransferState.RUNNING for transfer in begun) == count

    def send_under_way(self, path: Path) -> None:
        """Let the technician send a file slowly; return while it is on its way to the page."""
        self.slow(SLOW_BYTES_PER_S)
        self.technician.send(path)
        self.row(path.name, "asked")
        self.press(path.name, "accept")
        self.until(self.under_way)

    def choose_under_way(self, path: Path) -> None:
        """Let the customer send a file slowly; return while it is on its way to the console."""
        self.slow(SLOW_BYTES_PER_S)
        self.choose(path)
        self.answer("Receive")
        self.until(self.under_way)

    def slow(self, bytes_per_s: float | None) -> None:
        """Slow files down so that something can happen meanwhile; ``None`` ends that."""
        files = self.technician.link.negotiation.answerer
        assert files is not None
        files.set_rate_limit(bytes_per_s)

    def consent(self) -> Consent:
        return self.technician.session.consents.get(Power.FILES, Consent.NONE)
