"""What one cell of the session list shows: words, colour, weight and icon."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QFont, QGuiApplication

from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.look.palettes import Tone, tone_color
from rescue_console.desktop.look.tool_tip import tool_tip
from rescue_console.desktop.session_list.order import Column
from rescue_console.desktop.session_list.recipient import recipient
from rescue_console.desktop.words.email_trouble import email_blame, email_explanation
from rescue_console.desktop.words.platform import platform_name
from rescue_console.desktop.words.status import (
    customer_name,
    is_outgoing,
    method_text,
    session_status_text,
)
from rescue_console.desktop.words.time import moment_text, running_time_text
from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import DevicePlatform, EmailState
from rescue_console.protocol.email_troubles import Blame
from rescue_console.protocol.foreign_text import line
from rescue_console.protocol.statuses import SessionStatus, is_over

LAST_MINUTES_S = 300
"""A session that ends by itself within this many seconds is shown in a warning colour."""
SESSION_ROLE = int(Qt.ItemDataRole.UserRole)
Role = Qt.ItemDataRole
translate = QCoreApplication.translate


class SessionCells:
    """Makes the cells for one technician, by the server's clock.

    Args:
        now: Returns the server's time in seconds since the epoch.
        unread: Returns how many chat messages in the session with an id have not been looked at.
    """

    def __init__(
        self,
        now: Callable[[], float],
        my_id: str = "",
        unread: Callable[[str], int] = lambda _: 0,
    ) -> None:
        self._now = now
        self._unread = unread
        self.my_id = my_id
        self._icon = icon("wait")
        self._bold = QFont()
        self._bold.setBold(True)
        self._texts: dict[Column, Callable[[Session], str]] = {
            Column.NAME: self._name,
            Column.STATUS: lambda session: session_status_text(session, self.my_id),
            Column.TIME: self.time_in_status,
            Column.METHOD: lambda session: method_text(session.method),
            Column.PLATFORM: _platform,
            Column.EMAIL: recipient,
            Column.TECHNICIAN: lambda session: (
                line(session.technician.name) if session.technician else ""
            ),
            Column.CREATED: lambda session: moment_text(session.created_at),
        }

    def data(self, session: Session, column: Column, role: int) -> Any:
        """Return what a view asks of a cell."""
        match role:
            case Role.DisplayRole:
                return self._texts[column](session)
            case Role.FontRole:
                calling = self.is_calling(session) or self._unread(session.id)
                return self._bold if calling else None
            case Role.ForegroundRole:
                return self._ink(session, column)
            case Role.DecorationRole if column is Column.NAME and self.is_calling(session):
                return self._icon
            case Role.ToolTipRole:
                return tool_tip(self._tool_tip(session) or "") or None
            case Role.AccessibleTextRole:
                return f"{self.title(column)}: {self._texts[column](session)}"
            case _:
                return session if role == SESSION_ROLE else None

    def title(self, column: Column) -> str:
        """Return a column's title."""
        return {
            Column.NAME: translate("SessionList", "Name"),
            Column.STATUS: translate("SessionList", "Status"),
            Column.TIME: translate("SessionList", "Time in status"),
            Column.METHOD: translate("SessionList", "Method"),
            Column.PLATFORM: translate("SessionList", "Platform"),
            Column.EMAIL: translate("SessionList", "E-mail"),
            Column.TECHNICIAN: translate("SessionList", "Technician"),
            Column.CREATED: translate("SessionList", "Created"),
        }[column]

    def _name(self, session: Session) -> str:
        """Return the customer's name and how many of their messages are new."""
        name, new = customer_name(session), self._unread(session.id)
        return f"{name} ({new})" if new else name

    def time_in_status(self, session: Session) -> str:
        """Return how long the session has had its status."""
        return running_time_text(self._now() - session.status_since.timestamp())

    def seconds_left(self, session: Session) -> float | None:
        """Return in how many seconds the session ends by itself; ``None`` when it does not."""
        if session.due_at is None or is_over(session.status):
            return None
        return session.due_at.timestamp() - self._now()

    def is_calling(self, session: Session) -> bool:
        """Tell whether a customer is waiting whom this technician could help now."""
        if session.status is SessionStatus.TRANSFERRING:
            return not is_outgoing(session, self.my_id)
        return session.status is SessionStatus.WAITING

    def _ink(self, session: Session, column: Column) -> QBrush | None:
        tone = self._tone(session, column)
        if tone is Tone.PLAIN:
            return None
        return QBrush(tone_color(QGuiApplication.palette(), tone))

    def _tone(self, session: Session, column: Column) -> Tone:
        if is_over(session.status):
            return Tone.QUIET
        if column in (Column.STATUS, Column.EMAIL) and (tone := _email_tone(session)):
            return tone
        left_s = self.seconds_left(session)
        return Tone.WARNING if left_s is not None and left_s < LAST_MINUTES_S else Tone.PLAIN

    def _tool_tip(self, session: Session) -> str | None:
        if new := self._unread(session.id):
            return translate("SessionList", "Unread messages: {0}").format(new)
        if session.email is not None and (why := email_explanation(session.email)):
            return why
        left_s = self.seconds_left(session)
        if left_s is not None and left_s < LAST_MINUTES_S:
            return translate("SessionList", "Ends by itself in {0}").format(
                running_time_text(left_s)
            )
        if session.transfer is not None and session.transfer.comment:
            return line(session.transfer.comment)
        return None


def _email_tone(session: Session) -> Tone | None:
    """Return the colour for an e-mail that has not come through, while somebody waits for that."""
    if session.email is None or session.status is not SessionStatus.INVITED:
        return None
    match email_blame(session.email):
        case Blame.THEIRS | Blame.OURS:
            return Tone.ERROR
        case Blame.LATER:
            return Tone.WARNING if session.email.state is EmailState.QUEUED else Tone.ERROR
        case _:
            return None


def _platform(session: Session) -> str:
    known = session.detected_platform or session.platform
    return "" if known is DevicePlatform.AUTO else platform_name(known)
