"""The one place where a session's status changes: table, deadline, log line and event together."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
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
from rescue_console.server.rules.book.deadlines import deadline
from rescue_console.server.rules.book.noting import worth_noting
from rescue_console.server.rules.book.rows import read_consents, read_row, view
from rescue_console.server.storage.tables import session_log, sessions


class SessionBook:
    """Reads and changes sessions inside one writing transaction.

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

    @classmethod
    async def open(
        cls, connection: AsyncConnection, now: datetime, public_url: str
    ) -> "SessionBook":
        """Return a book on *connection*, with the groups as they are now."""
        return cls(connection, await read_tree(connection), now, public_url)

    async def lock(self, session_id: str) -> Row[Any]:
        """Return a session's row, kept from other writers until the transaction ends.

        Raises:
            Refusal: ``not-found``.
        """
        if self.connection.dialect.name == "postgresql":
            query = select(sessions.c.id).where(sessions.c.id == session_id).with_for_update()
            await self.connection.execute(query)
        row = await read_row(self.connection, session_id)
        if row is None:
            raise not_found("session")
        return row

    def view(self, row: Row[Any]) -> Session:
        """Return what programs are shown of *row*."""
        return view(row, self.tree.settings(row.group_id).public_url or self._public_url)

    async def change(
        self,
        row: Row[Any],
        status: SessionStatus,
        *,
        who: str = "",
        detail: str = "",
        since: datetime | None = None,
        **values: Any,
    ) -> Session:
        """Give the session in *row* another *status*, log it and tell everybody.

        Args:
            row: As ``lock`` returned it in this transaction.
            status: The new status.
            who: Who did it, for the session log; empty when it happened by itself.
            detail: What else the log should say.
            since: When the status counts as entered, if not now (a customer who came back).
            values: Other columns to set.

        Raises:
            Refusal: ``status-conflict`` when the table of allowed changes has no such change.
        """
        old = SessionStatus(row.status)
        if not may_change(old, status):
            raise status_conflict(old, status)
        began = since or self.now
        group_id = values.get("group_id", row.group_id)
        settings = self.tree.settings(group_id)
        active_at = self._active_at(row, status, began, settings)
        ends = deadline(status, began, row.expires_at, settings, active_at)
        values |= {
            "status": status,
            "status_since": began,
            "due_at": ends.at if ends else None,
            "active_at": active_at,
            "live": not is_over(status),
        }
        if status in SET_ASIDE or is_over(status):
            values |= {"consents": {}, **await self.end_recording(row, who)}
            await self._log_ended(row, who)
        if is_over(status):
            values["chat_ended_at"] = self.now
        await self._write(row.id, values)
        await self.log(row.id, status, who=who, detail=detail)
        return await self.tell(row.id)

    async def set(self, row: Row[Any], **values: Any) -> Session:
        """Set columns that are not the status, and tell everybody."""
        await self._write(row.id, values)
        return await self.tell(row.id)

    async def end_recording(self, row: Row[Any], who: str = "") -> dict[str, Any]:
        """Log that the picture is no longer recorded, if it was; return the columns to set."""
        if row.recording_since is None:
            return {}
        await self.log(row.id, Occurrence.RECORDING_OFF, who=who)
        return {"recording_since": None}

    def activity(self, row: Row[Any]) -> dict[str, Any]:
        """Return the columns to set because something happens in a session: mostly none."""
        status = SessionStatus(row.status)
        settings = self.tree.settings(row.group_id)
        if not worth_noting(status, row.active_at, self.now, settings):
            return {}
        ends = deadline(status, row.status_since, row.expires_at, settings, self.now)
        return {"active_at": self.now, "due_at": ends.at if ends else None}

    async def note_activity(self, row: Row[Any]) -> None:
        """Note that something happens in a session; tell whom its later end concerns."""
        values = self.activity(row)
        if values:
            await self._write(row.id, values)
            if values["due_at"] != row.due_at:
                await self.tell(row.id)

    async def tell(self, session_id: str) -> Session:
        """Log the event that a session changed; return the session as it is now."""
        row = await read_row(self.connection, session_id)
        assert row is not None, "just written"
        session = self.view(row)
        await tell_session(self.connection, session, self.now)
        return session

    async def log(self, session_id: str, kind: LogKind, *, who: str = "", detail: str = "") -> None:
        """Add one line to a session's log."""
        await self.connection.execute(
            insert(session_log).values(
                session_id=session_id, at=self.now, what=log_word(kind), who=who, detail=detail
            )
        )

    async def _log_ended(self, row: Row[Any], who: str) -> None:
        """Write a line for each power that ends with the status, as if it were taken back."""
        for power, consent in read_consents(row.consents).items():
            if consent is Consent.GRANTED:
                await self.log(row.id, ConsentChanged(power, Consent.NONE), who=who)

    def _active_at(
        self, row: Row[Any], status: SessionStatus, began: datetime, settings: ResolvedSettings
    ) -> datetime | None:
        """Return from when on the session counts as idle once it has its new status.

        Becoming active is activity. Coming back after a short loss is not, but nobody shall come
        back only to see the session end in that moment.
        """
        kept: datetime | None = row.active_at
        if status is not SessionStatus.ACTIVE:
            return kept
        if row.status != SessionStatus.RECONNECTING:
            return self.now
        ends = deadline(status, began, row.expires_at, settings, kept)
        return self.now if ends and ends.at <= self.now else kept

    async def _write(self, session_id: str, values: dict[str, Any]) -> None:
        await self.connection.execute(
            update(sessions).where(sessions.c.id == session_id).values(**values)
        )


def status_conflict(old: SessionStatus, new: SessionStatus | str) -> Refusal:
    """Return the exception for a change of status that the table does not allow."""
    return refuse(
        ProblemWord.STATUS_CONFLICT,
        f"The session is {old.replace('_', ' ')} and cannot become {str(new).replace('_', ' ')}. "
        "The session list shows its present status.",
    )
