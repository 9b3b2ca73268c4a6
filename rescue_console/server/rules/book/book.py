"""The one place where a session's status changes, along with its deadline, log and event."""

from datetime import datetime
from typing import Unpack

from msgspec.structs import replace
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import Session
from rescue_console.protocol.log_kinds import ConsentChanged, LogKind, Occurrence, log_word
from rescue_console.protocol.powers import Consent
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.settings import ResolvedSettings
from rescue_console.protocol.statuses import SET_ASIDE, SessionStatus, is_over, may_change
from rescue_console.server.events.log import tell_session
from rescue_console.server.refusals import Refusal, not_found, refuse
from rescue_console.server.rules.access.tree import GroupTree, read_tree
from rescue_console.server.rules.book.deadlines import Deadline, deadline
from rescue_console.server.rules.book.naming import names_after
from rescue_console.server.rules.book.noting import worth_noting
from rescue_console.server.rules.book.rows import (
    SessionChanges,
    SessionRow,
    StatusChanges,
    kept_columns,
    read_session,
    view,
)
from rescue_console.server.storage.tables import session_log, sessions

_REFERENCES = frozenset(
    {"group_id", "technician_id", "transfer_from", "transfer_to_technician", "transfer_to_group"}
)
"""Columns with ids: when one of them changes, the names in the row change with it."""


class SessionBook:
    """Reads and changes sessions inside one transaction.

    Rows are frozen. The book keeps the current row of each session that it has handed out, so
    nothing is read again after a write, and a rule may safely pass in an older row.

    Args:
        connection: The transaction; whoever opened it pokes the event stream after the commit.
        now: The moment at which everything in this transaction happens.
        public_url: The server's own public URL, for groups that set none.
    """

    def __init__(
        self, connection: AsyncConnection, tree: GroupTree, now: datetime, public_url: str
    ) -> None:
        self.connection = connection
        self.tree = tree
        self.now = now
        self._public_url = public_url
        self._present: dict[str, SessionRow] = {}

    @classmethod
    async def open(
        cls, connection: AsyncConnection, now: datetime, public_url: str
    ) -> "SessionBook":
        """Return a book on *connection*, with the groups as they are now."""
        return cls(connection, await read_tree(connection), now, public_url)

    async def lock(self, session_id: str) -> SessionRow:
        """Return a session's row, locked against other writers until the transaction ends.

        Raises:
            Refusal: ``not-found``.
        """
        if self.connection.dialect.name == "postgresql":
            query = select(sessions.c.id).where(sessions.c.id == session_id).with_for_update()
            await self.connection.execute(query)
        row = await read_session(self.connection, sessions.c.id == session_id)
        if row is None:
            raise not_found("session")
        self._present[row.id] = row
        return row

    def view(self, row: SessionRow) -> Session:
        """Return the session in *row* as programs see it."""
        return view(row, self.tree.settings(row.group_id).public_url or self._public_url)

    async def add(self, row: SessionRow, *, who: str, detail: str) -> None:
        """Add a new session, log that it was created, and tell everybody."""
        await self.connection.execute(insert(sessions).values(kept_columns(row)))
        self._present[row.id] = row
        await self.log(row.id, Occurrence.CREATED, who=who, detail=detail)
        await self.tell(row)

    async def change(
        self,
        row: SessionRow,
        status: SessionStatus,
        *,
        who: str = "",
        detail: str = "",
        since: datetime | None = None,
        **changes: Unpack[SessionChanges],
    ) -> SessionRow:
        """Give a session another *status*, log it and tell everybody; return its new row.

        Args:
            row: The session, as a method of this book returned it.
            status: The new status.
            who: Who did it, for the session log; empty when it happened by itself.
            detail: What else the log should say.
            since: When the status counts as entered, if not now (as for a customer who came back).
            changes: Other columns to set.

        Raises:
            Refusal: ``status-conflict`` when the table of allowed changes does not list this one.
        """
        row = self._present.get(row.id, row)
        if not may_change(row.status, status):
            raise status_conflict(row.status, status)
        if status in SET_ASIDE or is_over(status):
            changes |= await self._end_consents(row, who)
        if is_over(status):
            changes["chat_ended_at"] = self.now
        entered = self._enter(row, status, since or self.now, changes.get("group_id"))
        row = await self._write(row, {**changes, **entered})
        await self.log(row.id, status, who=who, detail=detail)
        await self.tell(row)
        return row

    async def set(self, row: SessionRow, **changes: Unpack[SessionChanges]) -> SessionRow:
        """Set columns that are not the status, and tell everybody; return the new row."""
        row = await self._write(self._present.get(row.id, row), changes)
        await self.tell(row)
        return row

    async def note(self, row: SessionRow, **changes: Unpack[SessionChanges]) -> SessionRow:
        """Set columns that no program sees, telling nobody; return the new row."""
        return await self._write(self._present.get(row.id, row), changes)

    async def tell(self, row: SessionRow) -> None:
        """Log the event that a session is new or changed."""
        await tell_session(self.connection, self.view(row), self.now)

    async def end_recording(self, row: SessionRow, who: str = "") -> SessionChanges:
        """Log the end of a recording, if there is one; return the columns to set."""
        if row.recording_since is None:
            return {}
        await self.log(row.id, Occurrence.RECORDING_OFF, who=who)
        return {"recording_since": None}

    def activity(self, row: SessionRow) -> SessionChanges:
        """Return the columns to set for activity in a session: usually none."""
        settings = self.tree.settings(row.group_id)
        if not worth_noting(row.status, row.active_at, self.now, settings):
            return {}
        ends = self.deadline(replace(row, active_at=self.now))
        return {"active_at": self.now, "due_at": ends.at if ends else None}

    def deadline(self, row: SessionRow) -> Deadline | None:
        """Return when and how the status in *row* ends by itself, given the limits of its group."""
        settings = self.tree.settings(row.group_id)
        return deadline(row.status, row.status_since, row.expires_at, settings, row.active_at)

    async def note_activity(self, row: SessionRow) -> None:
        """Note activity in a session; tell everybody if its deadline moves."""
        row = self._present.get(row.id, row)
        changes = self.activity(row)
        if changes:
            changed = await self.note(row, **changes)
            if changed.due_at != row.due_at:
                await self.tell(changed)

    async def log(self, session_id: str, kind: LogKind, *, who: str = "", detail: str = "") -> None:
        """Add one line to a session's log."""
        await self.connection.execute(
            insert(session_log).values(
                {
                    session_log.c.session_id: session_id,
                    session_log.c.at: self.now,
                    session_log.c.what: log_word(kind),
                    session_log.c.who: who,
                    session_log.c.detail: detail,
                }
            )
        )

    async def _end_consents(self, row: SessionRow, who: str) -> SessionChanges:
        """Log the end of a recording and of each granted power; return the columns to set."""
        changes: SessionChanges = {"consents": {}, "hindrances": {}}
        changes |= await self.end_recording(row, who)
        for power, consent in row.consents.items():
            if consent is Consent.GRANTED:
                await self.log(row.id, ConsentChanged(power, Consent.NONE), who=who)
        return changes

    def _enter(
        self, row: SessionRow, status: SessionStatus, began: datetime, group_id: str | None
    ) -> StatusChanges:
        """Return the columns to set for a new status, by the limits of the session's new group."""
        settings = self.tree.settings(group_id or row.group_id)
        active_at = self._active_at(row, status, began, settings)
        ends = deadline(status, began, row.expires_at, settings, active_at)
        return {
            "status": status,
            "status_since": began,
            "due_at": ends.at if ends else None,
            "active_at": active_at,
            "live": not is_over(status),
        }

    def _active_at(
        self, row: SessionRow, status: SessionStatus, began: datetime, settings: ResolvedSettings
    ) -> datetime | None:
        """Return the moment from which idle time counts in the new status.

        Becoming active counts as activity. Coming back after a short loss does not, unless the
        session would otherwise end at the very moment its customer comes back.
        """
        kept = row.active_at
        if status is not SessionStatus.ACTIVE:
            return kept
        if row.status is not SessionStatus.RECONNECTING:
            return self.now
        ends = deadline(status, began, row.expires_at, settings, kept)
        return self.now if ends and ends.at <= self.now else kept

    async def _write(self, row: SessionRow, changes: SessionChanges | StatusChanges) -> SessionRow:
        """Write columns of a session and return the row that results."""
        await self.connection.execute(
            update(sessions).where(sessions.c.id == row.id).values(**changes)
        )
        after = replace(row, **changes)
        if not _REFERENCES.isdisjoint(changes):
            names = await names_after(self.connection, self.tree, row, after)
            after = replace(after, names=names)
        self._present[row.id] = after
        return after


def status_conflict(old: SessionStatus, new: SessionStatus | str) -> Refusal:
    """Return the exception for a change of status that the table does not allow."""
    return refuse(
        ProblemWord.STATUS_CONFLICT,
        f"The session is {old.replace('_', ' ')} and cannot become {str(new).replace('_', ' ')}. "
        "The session list shows its present status.",
    )
