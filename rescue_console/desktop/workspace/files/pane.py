"""The files section: send by button or by dragging, follow every transfer, work in folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.program.opening import open_folder
from rescue_console.desktop.words.plain_way import applet_unreachable_text
from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.files.console_reception import ConsoleReception
from rescue_console.desktop.workspace.files.link_text import link_failure_text
from rescue_console.desktop.workspace.files.page_link import PageLink
from rescue_console.desktop.workspace.files.progress_delegate import ProgressDelegate
from rescue_console.desktop.workspace.files.totals_line import TotalsLine
from rescue_console.desktop.workspace.files.transfer_model import TransferColumn, TransferModel
from rescue_console.desktop.workspace.files.ui_files import Ui_FilesPane
from rescue_console.desktop.workspace.files.ways import FILE_POWERS, Ways
from rescue_console.desktop.workspace.section.asking import ask_text, why_not_ask
from rescue_console.desktop.workspace.section.pane import Pane
from rescue_console.peer.files.sources import Source, TooManyFiles, find_sources
from rescue_console.peer.files.transfer import Transfer
from rescue_console.protocol import channel as messages
from rescue_console.protocol.page_files import FILE_MAX
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Power

if TYPE_CHECKING:
    from rescue_console.desktop.workspace.section.channel import Channel
    from rescue_console.desktop.workspace.section.situation import Situation
    from rescue_console.protocol.signals import Signal as SessionSignal

_CHARACTERS = {
    TransferColumn.NAME: 24,
    TransferColumn.STATE: 16,
    TransferColumn.SIZE: 12,
    TransferColumn.DIRECTION: 18,
    TransferColumn.SPEED: 12,
}
"""How wide the columns of the transfers are at first, in average characters."""


class FilesPane(Pane):
    """Shows the transfers of one session and the customer's folders.

    Args:
        channel: Carries files to and from the applet; it belongs to the workspace.
        page_link: Carries files to and from the customer's page when there is no applet; it
            belongs to this section from now on.
    """

    permissions = frozenset(
        {Permission.SEND_FILES, Permission.RECEIVE_FILES, Permission.FILE_MANAGER}
    )
    icon_name = "files"

    def __init__(
        self,
        situation: Situation,
        channel: Channel,
        page_link: PageLink,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(situation, parent)
        self._channel = channel
        self._page_link = page_link
        # It is deleted with the section, in the windows' thread, as its timer requires.
        page_link.setParent(self)
        self._waiting = 0
        self.ui = Ui_FilesPane()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.model = TransferModel(self)
        self.totals = TotalsLine(self.ui.totalLabel, self.ui.cancelAllButton, self)
        self.reception = ConsoleReception(
            self.ui.questionBar, lambda: self._may(Permission.RECEIVE_FILES), self._show_refusing
        )
        self.ways = Ways(
            situation, channel, page_link, self.reception, self._on_transfer, self.jobs, self
        )
        self.setAcceptDrops(True)
        self._set_up_table()
        self._connect()
        page_link.set_online(situation.online)
        self._on_session()

    def _set_up_table(self) -> None:
        table = self.ui.transfers
        table.setModel(self.model)
        table.setItemDelegateForColumn(TransferColumn.STATE, ProgressDelegate(table))
        width = self.fontMetrics().averageCharWidth()
        for column, characters in _CHARACTERS.items():
            table.setColumnWidth(column, characters * width)
        # The progress stays visible however narrow the table is.
        header = table.horizontalHeader()
        header.moveSection(TransferColumn.STATE, TransferColumn.NAME + 1)
        self.ui.splitter.setSizes([600, 400])

    def _connect(self) -> None:
        ui, channel = self.ui, self._channel
        self.situation.session_changed.connect(self._on_session)
        self.situation.me_changed.connect(self._show)
        self.situation.online_changed.connect(self._on_online)
        ui.sendButton.clicked.connect(lambda: self._choose(QFileDialog.FileMode.ExistingFiles))
        ui.sendFolderButton.clicked.connect(lambda: self._choose(QFileDialog.FileMode.Directory))
        ui.askButton.clicked.connect(lambda: self.power_wanted.emit(Power.FILES))
        ui.cancelButton.clicked.connect(self._cancel)
        ui.cancelAllButton.clicked.connect(self.ways.cancel_all)
        ui.openButton.clicked.connect(self._open_folder)
        ui.clearButton.clicked.connect(self.model.clear_over)
        ui.transfers.selectionModel().selectionChanged.connect(self._enable)
        self.model.dataChanged.connect(self._enable)
        ui.questionBar.waiting_changed.connect(self._on_waiting)
        ui.refusingBanner.pressed.connect(self._ask_again)
        ui.folderView.said.connect(channel.post)
        ui.folderView.wanted.connect(self.reception.want)
        ui.folderView.power_wanted.connect(lambda: self.power_wanted.emit(Power.FILE_MANAGER))
        ui.folderView.jobs.failed.connect(self.failed)
        channel.received.connect(self._on_received)
        for link in (channel, self._page_link):
            link.opened.connect(self._show)
            link.closed.connect(self._show)
            link.failed.connect(self.failed)
        self._page_link.failure_changed.connect(self._show)
        self._page_link.code_agreed.connect(self._show)

    def title(self) -> str:
        """Return the section's name."""
        return QCoreApplication.translate("FilesPane", "Files")

    def badge(self) -> int:
        """Return how many questions wait for an answer."""
        return self.ui.questionBar.waiting

    def at_stake(self, power: Power | None = None) -> str:
        """Return how many transfers would be cancelled."""
        dropped = FILE_POWERS if power is None else (power,)
        count = self.ways.count_without(*dropped)
        if not count:
            return ""
        return self.tr("Transfers under way: {0}. They will be cancelled.").format(count)

    # What happens

    def _on_session(self) -> None:
        session = self.situation.session
        self.reception.customer = self.ui.folderView.customer = customer_name(session)
        self.ways.settle()
        self._page_link.set_session(session, here=self.situation.elsewhere is None)
        self._show()

    def _on_online(self) -> None:
        self._page_link.set_online(self.situation.online)
        self._show()

    def on_signal(self, signal: SessionSignal) -> None:
        """Pass on what the customer's page sends in order to connect."""
        self._page_link.on_signal(signal)

    def _on_transfer(self, transfer: Transfer) -> None:
        self.model.show(transfer)
        self.totals.show(transfer)

    def _on_received(self, message: messages.Message) -> None:
        match message:
            case messages.FolderListed() | messages.Done():
                self.ui.folderView.receive(message)

    def _on_waiting(self) -> None:
        begins = self._waiting == 0 and self.badge() > 0
        self._waiting = self.badge()
        self.badge_changed.emit()
        if begins:
            self.attention_wanted.emit()

    def _ask_again(self) -> None:
        self.reception.refuses_all = False
        self._show_refusing()

    def _show_refusing(self) -> None:
        text = ""
        if self.reception.refuses_all:
            text = self.tr("Files from {0} are refused without a question.").format(
                self.reception.customer
            )
        self.ui.refusingBanner.say(text, self.tr("Ask again"))

    def close(self) -> bool:
        """Stop asking the technician."""
        self.ui.folderView.jobs.cancel_all()
        return super().close()

    async def aclose(self) -> None:
        """End every transfer; no part of a file stays behind."""
        await self.ui.folderView.jobs.aclose()
        await super().aclose()
        await self.ways.aclose()
        await self._page_link.aclose()

    # What the technician does

    def send(self, paths: list[Path]) -> None:
        """Send files and folders."""
        self.jobs.start(self._send(paths), "send files")

    async def _send(self, paths: list[Path]) -> None:
        try:
            sources = await self.jobs.in_thread(find_sources, paths)
        except TooManyFiles:
            self.ui.message.say(self.tr("These are too many files at once."), Tone.ERROR)
            return
        if not self.ways.applet_there:
            sources = self._small_enough(sources)
        self.ways.now.exchange.offer(sources)

    def _small_enough(self, sources: list[Source]) -> list[Source]:
        """Return those of *sources* that a page can receive, and say so if some cannot."""
        small = [file for file in sources if "/" not in file.name and file.size <= FILE_MAX]
        if len(small) < len(sources):
            self.ui.message.say(self._limit_text(), Tone.WARNING)
        return small

    def _limit_text(self) -> str:
        return self.tr(
            "Without the applet on the customer’s device only single files of up to {0} can be "
            "exchanged."
        ).format(QLocale().formattedDataSize(FILE_MAX, 0, QLocale.DataSizeFormat.DataSizeSIFormat))

    def _choose(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, self.tr("Send to the customer"))
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(lambda names: self.send([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self) -> list[Transfer]:
        rows = self.ui.transfers.selectionModel().selectedRows()
        return [self.model.transfer(index) for index in rows]

    def _cancel(self) -> None:
        for transfer in self._chosen():
            self.ways.cancel(transfer)

    def _open_folder(self) -> None:
        for transfer in self._chosen()[:1]:
            if transfer.path is not None:
                open_folder(transfer.path.parent, self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Accept dragged files while they can be sent."""
        if self._may_send() and _local_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Send what was dropped."""
        if self._may_send():
            event.acceptProposedAction()
            self.send(_local_paths(event))

    # What is possible

    def _may(self, permission: Permission) -> bool:
        return permission in self.situation.me.permissions

    def _may_send(self) -> bool:
        return self.ways.now.is_open and self._may(Permission.SEND_FILES)

    def _show(self) -> None:
        self._enable()
        may_send = self._may_send()
        reason = "" if may_send else self._why_not(*FILE_POWERS)
        by_page = not self.ways.applet_there
        self.ui.message.say(reason or (self._limit_text() if by_page else ""), Tone.QUIET)
        by_open_page = by_page and self.ways.now.is_open
        self.ui.codeLabel.setText(self._page_link.code_text if by_open_page else "")
        self.ui.sendButton.setEnabled(may_send)
        self.ui.sendButton.setToolTip(reason)
        self.ui.sendFolderButton.setEnabled(may_send and self.ways.applet_there)
        self.ui.sendFolderButton.setToolTip(
            reason if self.ways.applet_there else self._needs_applet_text()
        )
        allowed = self.ways.granted(*self.ways.powers)
        self.ui.askButton.setVisible(self._may_ask(Power.FILES) and not allowed)
        manager = Power.FILE_MANAGER
        allowed = self._channel.is_open and self.ways.granted(manager)
        self.ui.folderView.set_allowed(
            allowed=allowed,
            why_not="" if allowed else self._why_not(manager),
            may_ask=self._may_ask(manager) and not self.ways.granted(manager),
            ask_text=ask_text(manager, self.situation.session, ""),
        )

    def _may_ask(self, power: Power) -> bool:
        return not why_not_ask(power, self.situation)

    def _why_not(self, *powers: Power) -> str:
        """Return why what *powers* allow is not possible at the moment."""
        if not self.ways.applet_there and Power.FILES not in powers:
            return self._needs_applet_text()
        if self.ways.granted(*(powers if self.ways.applet_there else (Power.FILES,))):
            if not self.ways.now.is_open:
                return self._waiting_text()
            return self.tr("Your group may not send files.")
        why_not = why_not_ask(powers[0], self.situation)
        return why_not or self.tr("The customer has not allowed this yet.")

    def _needs_applet_text(self) -> str:
        return self.tr("This needs the applet on the customer’s device, which is not connected.")

    def _waiting_text(self) -> str:
        if self.ways.applet_there and self.situation.plain:
            return applet_unreachable_text()
        if self.ways.applet_there:
            return self.tr("Waiting for the connection to the customer’s applet.")
        waiting = self.tr("Waiting for the connection to the customer’s page.")
        failure = self._page_link.failure
        return waiting if failure is None else f"{link_failure_text(failure)}\n{waiting}"

    def _enable(self) -> None:
        chosen = self._chosen()
        self.ui.cancelButton.setEnabled(any(not transfer.over for transfer in chosen))
        self.ui.openButton.setEnabled(len(chosen) == 1 and chosen[0].path is not None)

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.model.retranslate()
        self._show()
        self._show_refusing()


def _local_paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
