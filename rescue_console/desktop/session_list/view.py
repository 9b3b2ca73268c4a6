"""The session list: search, filter by status, table, and what to do when it is empty."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto

from PySide6.QtCore import QByteArray, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIcon, QShowEvent
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.session_list.filter import SessionFilter, Shown
from rescue_console.desktop.session_list.filter_text import shown_text
from rescue_console.desktop.session_list.model import SessionModel
from rescue_console.desktop.session_list.order import Column
from rescue_console.desktop.session_list.ui_view import Ui_SessionList
from rescue_console.protocol.answers import Session

_WIDTHS = {
    Column.NAME: 22,
    Column.STATUS: 26,
    Column.TIME: 17,
    Column.METHOD: 12,
    Column.PLATFORM: 13,
    Column.EMAIL: 22,
    Column.TECHNICIAN: 15,
    Column.CREATED: 12,
}
"""Column widths, in average characters."""


class Emptiness(Enum):
    """Why the list shows no session."""

    LOADING = auto()
    NO_SESSION = auto()
    NO_MATCH = auto()


class SessionList(QWidget):
    """Shows the sessions of a ``SessionModel``.

    Signals:
        selected: The person has selected another session, or none.
        current_changed: Another session is selected, or the selected one may have changed or gone.
        activated: A session was double-clicked, or Enter pressed on it.
        menu_requested: The context menu is wanted at this global point.
        new_session_requested: The button of the empty list was pressed.
    """

    selected = Signal()
    current_changed = Signal()
    activated = Signal(object)
    menu_requested = Signal(QPoint)
    new_session_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SessionList()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self._loading = True
        self._may_create = True
        self._changing = False
        self._fill_statuses()
        self.ui.searchEdit.addAction(
            icon("search"), self.ui.searchEdit.ActionPosition.LeadingPosition
        )
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._repaint_times)

    def set_model(self, model: SessionModel) -> None:
        """Show the sessions of *model*; to be called once."""
        self._model = model
        table = self.ui.table
        header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(Column.TIME, Qt.SortOrder.DescendingOrder)
        table.setModel(model)
        table.setSortingEnabled(True)
        unit = self.fontMetrics().averageCharWidth()
        for column, characters in _WIDTHS.items():
            titled = header.sectionSizeHint(column)
            table.setColumnWidth(column, max(characters * unit, titled))
        table.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.7))
        table.verticalHeader().setMinimumSectionSize(0)
        self._connect()
        self._show_emptiness()

    def _connect(self) -> None:
        self.ui.searchEdit.textChanged.connect(self._apply_filter)
        self.ui.statusBox.currentIndexChanged.connect(self._apply_filter)
        self.ui.searchEdit.returnPressed.connect(self._go_to_first)
        self.ui.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.ui.table.activated.connect(self._on_activated)
        self.ui.table.customContextMenuRequested.connect(self._on_menu)
        self.ui.emptyButton.clicked.connect(self._on_empty_button)
        for signal in (
            self._model.rowsInserted,
            self._model.rowsRemoved,
            self._model.layoutChanged,
            self._model.modelReset,
        ):
            signal.connect(self._show_emptiness)

    # The selected session

    @property
    def current(self) -> Session | None:
        """The selected session, if any."""
        return self._model.session_at(self.ui.table.currentIndex())

    def select(self, session_id: str, *, reveal: bool = True) -> None:
        """Select a session and bring it into view.

        Args:
            session_id: The session to select; an unknown id changes nothing.
            reveal: Whether to show all sessions if the filter hides this one.
        """
        index = self._model.index_of(session_id)
        hidden = not index.isValid() and self._model.session(session_id) is not None
        if hidden and reveal:
            self.clear_filter(Shown.ALL)
            index = self._model.index_of(session_id)
        if index.isValid():
            self.ui.table.setCurrentIndex(index)
            self.ui.table.scrollTo(index)

    def select_none(self) -> None:
        """Select no session."""
        self.ui.table.setCurrentIndex(QModelIndex())

    def _on_current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        if not self._changing:
            self.selected.emit()
        self.current_changed.emit()

    @contextmanager
    def _no_other_selected(self) -> Iterator[None]:
        """Select nothing if the selected row goes; Qt would select its neighbour."""
        before = self.current
        self._changing = True
        try:
            yield
            now = self.current
            if now is not None and (before is None or now.id != before.id):
                self.select_none()
        finally:
            self._changing = False

    def _on_activated(self, index: QModelIndex) -> None:
        self.activated.emit(self._model.session_at(index))

    def _on_menu(self, place: QPoint) -> None:
        if self.ui.table.indexAt(place).isValid():
            self.menu_requested.emit(self.ui.table.viewport().mapToGlobal(place))

    # Search and filter

    def focus_search(self) -> None:
        """Move the focus to the search."""
        self.ui.searchEdit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ui.searchEdit.selectAll()

    def clear_filter(self, shown: Shown = Shown.OPEN) -> None:
        """Clear the search, and show the sessions of *shown*."""
        self.ui.searchEdit.clear()
        self.ui.statusBox.setCurrentIndex(list(Shown).index(shown))

    def _apply_filter(self) -> None:
        shown = list(Shown)[self.ui.statusBox.currentIndex()]
        with self._no_other_selected():
            self._model.set_filter(SessionFilter(self.ui.searchEdit.text(), shown))
        self.current_changed.emit()

    def _go_to_first(self) -> None:
        if self._model.rowCount():
            self.ui.table.setCurrentIndex(self._model.index(0, 0))
            self.ui.table.setFocus()

    def _fill_statuses(self) -> None:
        for shown in Shown:
            self.ui.statusBox.addItem(shown_text(shown))

    # Changes

    def apply(self, changed: Sequence[Session], removed: Sequence[str]) -> None:
        """Apply a batch of changes without moving what the person is looking at."""
        top = self._top_session(changed)
        with self._no_other_selected():
            self._model.apply(changed, removed)
        if top is not None:
            index = self._model.index_of(top)
            if index.isValid():
                self.ui.table.scrollTo(index, self.ui.table.ScrollHint.PositionAtTop)
        self.current_changed.emit()

    def _top_session(self, changed: Sequence[Session]) -> str | None:
        """Return the id of the topmost session in a scrolled list, unless it has changed itself."""
        if not self.ui.table.verticalScrollBar().value():
            return None
        top = self._model.session_at(self.ui.table.indexAt(QPoint(0, 0)))
        if top is None or any(session.id == top.id for session in changed):
            return None
        return top.id

    def set_loading(self, loading: bool) -> None:
        """Say whether sessions are still being read."""
        self._loading = loading
        self._show_emptiness()

    def set_may_create(self, may: bool) -> None:
        """Say whether the empty list offers to create a session."""
        self._may_create = may
        self._show_emptiness()

    def _repaint_times(self) -> None:
        height = self.ui.table.viewport().height()
        first = self.ui.table.rowAt(0)
        last = self.ui.table.rowAt(height - 1)
        if first >= 0:
            self._model.repaint_times(first, last if last >= 0 else self._model.rowCount() - 1)

    # Nothing to show

    @property
    def emptiness(self) -> Emptiness | None:
        """Why the list shows nothing; ``None`` when it shows something."""
        if self._model.rowCount():
            return None
        if self._loading:
            return Emptiness.LOADING
        return Emptiness.NO_MATCH if self._model.total else Emptiness.NO_SESSION

    def _show_emptiness(self) -> None:
        why = self.emptiness
        page = self.ui.tablePage if why is None else self.ui.emptyPage
        self.ui.stack.setCurrentWidget(page)
        self.ui.emptyButton.setVisible(
            why is Emptiness.NO_MATCH or (why is Emptiness.NO_SESSION and self._may_create)
        )
        match why:
            case Emptiness.LOADING:
                self._say(self.tr("Reading the session list…"), "")
            case Emptiness.NO_MATCH:
                self._say(
                    self.tr("No session matches"),
                    self.tr("Search for something else, or show all sessions."),
                )
                self.ui.emptyButton.setText(self.tr("Show all sessions"))
                self.ui.emptyButton.setIcon(QIcon())
            case Emptiness.NO_SESSION:
                self._say(
                    self.tr("No sessions yet"),
                    self.tr("Create a session and send its link or PIN code to your customer."),
                )
                self.ui.emptyButton.setText(self.tr("New session"))
                self.ui.emptyButton.setIcon(icon("new-session"))

    def _say(self, title: str, text: str) -> None:
        self.ui.emptyTitle.setText(title)
        self.ui.emptyText.setText(text)

    def _on_empty_button(self) -> None:
        if self.emptiness is Emptiness.NO_MATCH:
            self.clear_filter(Shown.ALL)
        else:
            self.new_session_requested.emit()

    # Looks

    def save_state(self) -> bytes:
        """Return widths, order and sorting of the columns."""
        return bytes(self.ui.table.horizontalHeader().saveState().data())

    def restore_state(self, state: bytes) -> None:
        """Restore what ``save_state`` returned; a state that cannot be read changes nothing."""
        header = self.ui.table.horizontalHeader()
        if state and header.restoreState(QByteArray(state)):
            self._model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Start updating the running times."""
        super().showEvent(event)
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Stop updating the running times while nobody sees them."""
        super().hideEvent(event)
        self._second.stop()

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        for place, shown in enumerate(Shown):
            self.ui.statusBox.setItemText(place, shown_text(shown))
        self._model.retranslate()
        self._show_emptiness()
