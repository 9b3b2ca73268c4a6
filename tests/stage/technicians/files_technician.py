"""A technician with the sections for screen and files, connected to a real server."""

from pathlib import Path

from rescue_console.desktop.workspace.files.page_link import PageLink
from rescue_console.desktop.workspace.files.pane import FilesPane
from rescue_console.peer.files.transfer import Transfer, TransferState
from rescue_console.protocol.signals import Signal
from tests.stage.technicians.screen_technician import Technician


class FilesTechnician(Technician):
    """A technician who also has the files section, sharing what panes of one workspace share."""

    def _join(self) -> None:
        self.link = PageLink(self.calls, self.identity)
        self.files = FilesPane(self.situation, self.channel, self.link)
        self.files.power_wanted.connect(self.ask)
        super()._join()
        self.files.resize(900, 500)
        self.files.show()

    def _on_signal(self, session_id: str, signal: Signal) -> None:
        super()._on_signal(session_id, signal)
        if session_id == self.session.id:
            self.files.on_signal(signal)

    @property
    def transfers(self) -> list[Transfer]:
        """Every transfer, the oldest first."""
        model = self.files.model
        rows = range(model.rowCount())
        return [model.transfer(model.index(row, 0)) for row in reversed(rows)]

    def ended(self, count: int) -> bool:
        """Tell whether there are *count* transfers and all are over."""
        return len(self.transfers) == count and all(each.over for each in self.transfers)

    @property
    def states(self) -> list[TransferState]:
        return [each.state for each in self.transfers]

    def send(self, *paths: Path) -> None:
        self.files.send(list(paths))

    @property
    def asked(self) -> str:
        """The question that is being asked now; empty if there is none."""
        return self.files.ui.questionBar.ui.message.text()

    async def aclose(self) -> None:
        self.files.close()
        await self.files.aclose()
        await super().aclose()
        self.files.deleteLater()
