"""The event log: events are rows, written in the transaction that makes the change they report.

So an event exists exactly when its change does, and a console that was away reads what it missed.
Numbers appear in the order of commits, since writing transactions run one after another.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import msgspec
from sqlalchemy import delete, func, insert, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import ChatMessage, Email, Session
from rescue_console.protocol.signals import Signal
from rescue_console.server.events.frames import text_frame
from rescue_console.server.storage.tables import events

CHAT_SAID = "chat.said"
SIGNAL_SENT = "signal.sent"
SIGNAL_TO_CUSTOMER = "signal.to_customer"
"""Never goes to consoles: only the customer's side may know of it."""

KEPT = timedelta(days=3)
"""How long events are kept; a console away for longer reads the collections again."""

SIGNALS_KEPT = timedelta(minutes=5)
"""How long signals are kept; the two sides send them anew when one of them was away."""

_SIGNALS_LOOKED_FOR = timedelta(hours=1)

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class LoggedEvent:
    """One event as it is kept.

    Attributes:
        group_id: Those who see this group's sessions may know of it; for ``me.changed``, those who
            are in or below the group.
        technician_ids: Others who may know of it.
        session_id: Which session it is about, for that session's join page.
        message: What goes out, encoded.
    """

    number: int
    kind: str
    group_id: str | None
    technician_ids: frozenset[str]
    session_id: str | None
    message: bytes

    @cached_property
    def frame(self) -> bytes:
        """``message`` as it goes over the wire, made once for all who get it."""
        return text_frame(self.message)


async def tell_session(connection: AsyncConnection, session: Session, now: datetime) -> None:
    """Log that *session* was created or changed.

    While the session is offered to another group, that group's technicians are told in a separate
    event; whoever sees both groups is told twice.
    """
    taker = session.transfer.to_group if session.transfer else None
    if taker is not None and taker.id != session.group.id:
        await _insert(connection, now, "session.changed", {"session": session}, group_id=taker.id)
    await _insert(
        connection,
        now,
        "session.changed",
        {"session": session},
        group_id=session.group.id,
        technician_ids=_concerned(session),
        session_id=session.id,
    )


async def tell_removed(
    connection: AsyncConnection,
    session_id: str,
    now: datetime,
    *,
    group_id: str | None = None,
    technician_ids: Iterable[str] = (),
) -> None:
    """Log that those who see *group_id*, or individual technicians, lose sight of a session.

    Log the session itself afterwards, so that whoever still sees it gets it back at once.
    """
    await _insert(
        connection,
        now,
        "session.removed",
        {"session_id": session_id},
        group_id=group_id,
        technician_ids=technician_ids,
    )


async def tell_email(
    connection: AsyncConnection, email: Email, session: Session, now: datetime
) -> None:
    """Log that *email* changed; the session, which shows its state, follows."""
    await _insert(
        connection,
        now,
        "email.changed",
        {"email": email},
        group_id=session.group.id,
        technician_ids=_concerned(session),
    )
    await tell_session(connection, session, now)


async def tell_chat(
    connection: AsyncConnection, message: ChatMessage, session: Session, now: datetime
) -> None:
    """Log that a chat message was written."""
    await _insert(
        connection,
        now,
        CHAT_SAID,
        {"message": message},
        group_id=None,
        technician_ids=_concerned(session),
        session_id=session.id,
    )


async def tell_signal(
    connection: AsyncConnection,
    signal: Signal,
    session: Session,
    now: datetime,
    *,
    to_customer: bool,
) -> None:
    """Log a signal, which is forgotten after SIGNALS_KEPT."""
    holder = {session.technician.id} if session.technician else set()
    await _insert(
        connection,
        now,
        SIGNAL_TO_CUSTOMER if to_customer else SIGNAL_SENT,
        {"session_id": session.id, "signal": signal},
        group_id=None,
        technician_ids=set() if to_customer else holder,
        session_id=session.id,
    )


async def tell_me(
    connection: AsyncConnection,
    now: datetime,
    *,
    group_id: str | None = None,
    technician_ids: Iterable[str] = (),
) -> None:
    """Log that what technicians are told about themselves has changed.

    Args:
        connection: The transaction of the change.
        now: When it happens.
        group_id: Tells technicians in this group and below.
        technician_ids: Tells these technicians.
    """
    await _insert(
        connection, now, "me.changed", {}, group_id=group_id, technician_ids=technician_ids
    )


async def read_after(connection: AsyncConnection, number: int, limit: int) -> list[LoggedEvent]:
    """Return at most *limit* events numbered above *number*, in order."""
    columns = events.c
    query = (
        select(
            columns.number,
            columns.kind,
            columns.group_id,
            columns.technician_ids,
            columns.session_id,
            columns.body,
        )
        .where(columns.number > number)
        .order_by(columns.number)
        .limit(limit)
    )
    return [
        LoggedEvent(
            number=number,
            kind=kind,
            group_id=group_id,
            technician_ids=frozenset(technician_ids),
            session_id=session_id,
            message=_message(kind, number, body),
        )
        for number, kind, group_id, technician_ids, session_id, body in (
            await connection.execute(query)
        )
    ]


async def forget_chat_events(connection: AsyncConnection, session_ids: Collection[str]) -> None:
    """Delete the chat events of sessions that are over."""
    # The kind is a literal in the statement, or neither engine would use the partial index.
    is_chat = events.c.kind == literal_column(f"'{CHAT_SAID}'")
    await connection.execute(delete(events).where(is_chat, events.c.session_id.in_(session_ids)))


async def forget_old(connection: AsyncConnection, now: datetime) -> None:
    """Delete events older than KEPT, and signals that nobody waits for any more.

    The newest event always stays, so that counting goes on from its number.
    """
    not_newest = events.c.number < select(func.max(events.c.number)).scalar_subquery()
    # Starts, which have numbers below 0, are kept as long as an event before them.
    is_event = events.c.number > 0
    await connection.execute(delete(events).where(events.c.at < now - KEPT, not_newest, is_event))
    # Only recent signals are looked for: older ones were deleted before, or go with all events.
    passed = events.c.at.between(now - _SIGNALS_LOOKED_FOR, now - SIGNALS_KEPT)
    is_signal = events.c.kind.in_((SIGNAL_SENT, SIGNAL_TO_CUSTOMER))
    await connection.execute(delete(events).where(passed, is_signal, not_newest))


def _concerned(session: Session) -> set[str]:
    concerned = {session.created_by.id}
    if session.technician:
        concerned.add(session.technician.id)
    if session.transfer:
        concerned.add(session.transfer.from_technician.id)
        if session.transfer.to_technician:
            concerned.add(session.transfer.to_technician.id)
    return concerned


def _message(kind: str, number: int, body: str) -> bytes:
    head = f'{{"kind":"{kind}","number":{number}'
    return f"{head},{body[1:]}".encode() if len(body) > 2 else f"{head}}}".encode()


async def _insert(
    connection: AsyncConnection,
    now: datetime,
    kind: str,
    body: dict[str, object],
    *,
    group_id: str | None,
    technician_ids: Iterable[str] = (),
    session_id: str | None = None,
) -> None:
    await connection.execute(
        insert(events).values(
            {
                events.c.at: now,
                events.c.kind: kind,
                events.c.group_id: group_id,
                events.c.technician_ids: sorted(technician_ids),
                events.c.session_id: session_id,
                events.c.body: _encode(body).decode(),
            }
        )
    )
