"""The technician's app in one session; the test holds the applet's end of the channel."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import qasync
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.files.page_link import PageLink
from rescue_console.desktop.workspace.files.pane import FilesPane
from rescue_console.desktop.workspace.screen.pane import ScreenPane
from rescue_console.desktop.workspace.section.identity import Identity
from rescue_console.desktop.workspace.section.pane import Pane
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.desktop.workspace.system.pane import SystemPane
from rescue_console.protocol.answers import Me
from rescue_console.protocol.channel import Message
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.open_channel import OpenChannel
from tests.stage.technicians.sessions import ALICE, make_session

WAIT_MS = 30_000


class ConsoleSide:
    """The panes that handle an applet's messages.

    Attributes:
        faults: Errors of failed jobs; there must be none, whatever the applet says.
    """

    def __init__(
        self, calls: FakeCalls, me: Me, loop: qasync.QEventLoop, qtbot: QtBot, *, applet: bool
    ) -> None:
        self._loop, self._qtbot = loop, qtbot
        self.channel = OpenChannel()
        self.faults: list[BaseException] = []
        identity, link = Identity(), self.channel
        session = make_session(1, SessionStatus.ACTIVE, technician=ALICE, applet=applet)
        session = msgspec.structs.replace(session, name="Jean Dupont")
        self.situation = now = Situation(session, Standing(me, online=True))
        page_link = PageLink(calls, identity)
        self.screen = ScreenPane(now, calls, identity, link)  # type: ignore[arg-type]
        self.files = FilesPane(now, link, page_link)  # type: ignore[arg-type]
        self.system = SystemPane(now, calls, link)  # type: ignore[arg-type]
        for pane in self.panes:
            pane.failed.connect(self.faults.append)
            pane.show()

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All the panes."""
        return self.screen, self.files, self.system

    def grant(self, *powers: Power) -> None:
        """Have the customer grant exactly *powers*."""
        consents = dict.fromkeys(powers, Consent.GRANTED)
        self.situation.update(msgspec.structs.replace(self.situation.session, consents=consents))

    def hear(self, *messages: Message) -> None:
        """Receive *messages* as if they came from the applet."""
        for message in messages:
            self.channel.received.emit(message)
        QApplication.processEvents()

    def close(self) -> None:
        """Close the panes and wait for their jobs."""
        for pane in self.panes:
            pane.close()
            closing = self._loop.create_task(pane.aclose())
            self._qtbot.waitUntil(closing.done, timeout=WAIT_MS)
            pane.deleteLater()


@contextmanager
def no_faults(console: ConsoleSide) -> Iterator[None]:
    """Check that neither slots nor jobs raise anything in the block."""
    with capture_exceptions() as escaped:
        yield
        QApplication.processEvents()
    assert [error for _, error, _ in escaped] == []
    assert console.faults == []


def rich_texts(widget: QWidget) -> list[str]:
    """Return every text in *widget* and its children that Qt would take for markup."""
    children = [widget, *widget.findChildren(QWidget)]
    labels = [child for child in children if isinstance(child, QLabel)]
    found = [
        label.text()
        for label in labels
        if label.textFormat() != Qt.TextFormat.PlainText and GuiQt.mightBeRichText(label.text())
    ]
    tips = [child.toolTip() for child in children]
    for view in (child for child in children if isinstance(child, QAbstractItemView)):
        if view.model() is not None:
            tips += _tool_tips(view.model(), QModelIndex())
    # Markup made from plain text holds no tags except paragraphs and line breaks.
    plain = [tip.replace("<p>", "").replace("</p>", "").replace("<br>", "") for tip in tips]
    return found + [tip for tip in plain if "<" in tip and GuiQt.mightBeRichText(tip)]


def _tool_tips(model: QAbstractItemModel, parent: QModelIndex) -> list[str]:
    found = []
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            found.append(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
            if column == 0:
                found += _tool_tips(model, index)
    return found
