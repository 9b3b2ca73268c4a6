"""The *Transfer session* dialog: to which colleague or group, with a comment."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from rescue_console.desktop.actions.transfer_targets import (
    TARGET_ROLE,
    Target,
    TargetSearch,
    TransferTargets,
)
from rescue_console.desktop.actions.ui_transfer import Ui_Transfer
from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.words.error import error_text
from rescue_console.network.errors import ClientError
from rescue_console.protocol.answers import GroupRef, Session
from rescue_console.protocol.requests import TransferSession


class TransferDialog(QDialog):
    """Transfers one session; not modal, and closed once the server has accepted the transfer.

    Signals:
        transferred: The session as it is now.
        failed: A fault of this program occurred; it has already been logged.
    """

    transferred = Signal(Session)
    failed = Signal(object)

    def __init__(self, calls: Calls, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._session = session
        self._working = False
        self._loaded = False
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self.failed)
        self.ui = Ui_Transfer()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self._targets = TransferTargets()
        self._search = TargetSearch(self._targets)
        self.ui.targetView.setModel(self._search)
        self.ui.progress.setFixedWidth(self.fontMetrics().averageCharWidth() * 16)
        self.ui.retryButton.hide()
        self._explain()
        self._connect()
        self._show_state()

    @property
    def target(self) -> Target | None:
        """The selected colleague or group, if any."""
        rows = self.ui.targetView.selectionModel().selectedRows()
        target: Target | None = rows[0].data(TARGET_ROLE) if rows else None
        return target

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Load colleagues and groups when first shown."""
        super().showEvent(event)
        if not event.spontaneous() and not self._loaded:
            self._start_loading()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Cancel what is running."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._jobs.cancel_all()
            self._set_working(False)

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._explain()
        self._show_state()

    def _connect(self) -> None:
        self.ui.searchEdit.textChanged.connect(self._on_search)
        self.ui.targetView.selectionModel().selectionChanged.connect(self._show_state)
        self.ui.targetView.activated.connect(self._on_transfer)
        self.ui.transferButton.clicked.connect(self._on_transfer)
        self.ui.cancelButton.clicked.connect(self.reject)
        self.ui.retryButton.clicked.connect(self._start_loading)

    def _explain(self) -> None:
        name = self._session.name or self.tr("Customer")
        self.ui.explanation.setText(self.tr("To whom should the session “{0}” go?").format(name))

    def _start_loading(self) -> None:
        self.ui.retryButton.hide()
        self.ui.message.say("")
        self._set_working(True)
        self._jobs.start(self._load(), "load colleagues")

    async def _load(self) -> None:
        try:
            self._targets.show(await self._calls.colleagues())
            self._loaded = True
            self._select_first()
        except ClientError as error:
            self.ui.message.say(error_text(error), Tone.ERROR)
            self.ui.retryButton.show()
        finally:
            self._set_working(False)
        self._say_when_nobody_is_there()

    def _say_when_nobody_is_there(self) -> None:
        if self._loaded and not self._targets.rowCount():
            self.ui.message.say(
                self.tr("There is no colleague or group that could take the session."), Tone.QUIET
            )

    def _on_search(self, text: str) -> None:
        self._search.setFilterFixedString(text.strip())
        self._select_first()
        self._show_state()

    def _select_first(self) -> None:
        rows = (self._search.index(row, 0) for row in range(self._search.rowCount()))
        free = next((row for row in rows if row.flags() & Qt.ItemFlag.ItemIsEnabled), None)
        if self.target is None and free is not None:
            self.ui.targetView.setCurrentIndex(free)

    def _on_transfer(self) -> None:
        if self.target is not None and not self._working:
            self.ui.message.say("")
            self._set_working(True)
            self._jobs.start(self._transfer(self.target), "transfer session")

    async def _transfer(self, target: Target) -> None:
        is_group = isinstance(target, GroupRef)
        request = TransferSession(
            technician_id=None if is_group else target.id,
            group_id=target.id if is_group else None,
            comment=self.ui.commentEdit.text().strip(),
        )
        try:
            session = await self._calls.transfer(self._session.id, request)
        except ClientError as error:
            self.ui.message.say(error_text(error), Tone.ERROR)
        else:
            self.transferred.emit(session)
            self.accept()
        finally:
            self._set_working(False)

    def _set_working(self, working: bool) -> None:
        self._working = working
        self._show_state()

    def _show_state(self) -> None:
        self.ui.progress.setVisible(self._working)
        missing = "" if self.target else self.tr("Select a colleague or a group.")
        self.ui.transferButton.setEnabled(not missing and not self._working)
        self.ui.transferButton.setToolTip(missing)
