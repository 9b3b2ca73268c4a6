"""The one place where a session's status changes: table, deadline, log line and event together."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import Session
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.statuses import SessionStatus, is_over, may_change
from rescue_console.server.events.log import tell_session
from rescue_console.server.refusals import Refusal, not_found, refuse
from rescue_console.server.rules.deadlines import deadline
from rescue_console.server.rules.session_rows import read_row, view
from rescue_console.server.rules.tree import GroupTree, read_tree
from rescue_console.server.storage.tables import session_log, sessions

_ENDS_CONSENT = frozenset({SessionStatus.ON_HOLD, SessionStatus.TRANSFERRING})
"""A session that is set aside or given away starts again with no power granted."""


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
        ends = deadline(status, began, row.expires_at, self.tree.settings(group_id))
        values |= {
            "status": status,
            "status_since": began,
            "due_at": ends.at if ends else None,
            "live": not is_over(status),
        }
        if status in _ENDS_CONSENT or is_over(status):
            values["consents"] = {}
        await self.connection.execute(
            update(sessions).where(sessions.c.id == row.id).values(**values)
        )
        await self.log(row.id, status.value, who=who, detail=detail)
        return await self.tell(row.id)

    async def set(self, row: Row[Any], **values: Any) -> Session:
        """Set columns that are not the status, and tell everybody."""
        await self.connection.execute(
            update(sessions).where(sessions.c.id == row.id).values(**values)
        )
        return await self.tell(row.id)

    async def tell(self, session_id: str) -> Session:
        """Log the event that a session changed; return the session as it is now."""
        row = await read_row(self.connection, session_id)
        assert row is not None, "just written"
        session = self.view(row)
        await tell_session(self.connection, session, self.now)
        return session

    async def log(self, session_id: str, what: str, *, who: str = "", detail: str = "") -> None:
        """Add one line to a session's log."""
        await self.connection.execute(
            insert(session_log).values(
                session_id=session_id, at=self.now, what=what, who=who, detail=detail
            )
        )


def status_conflict(old: SessionStatus, new: SessionStatus | str) -> Refusal:
    """Return the exception for a change of status that the table does not allow."""
    return refuse(
        ProblemWord.STATUS_CONFLICT,
        f"The session is {old.replace('_', ' ')} and cannot become {str(new).replace('_', ' ')}. "
        "The session list shows its present status.",
    )
