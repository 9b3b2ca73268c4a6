"""The seat: which one of a technician's consoles has what exists once in a session.

The relay, the picture and the files of the page have one end on the technician's side. A technician
who is signed in at two computers has two consoles; the one that starts the session has the seat, or
else the first that needs it. It passes to another when the technician says so there, or when the
console that has it is closed; a connection that was only lost changes nothing.
"""

from collections.abc import Callable

from sqlalchemy import select

from rescue_console.protocol.answers import Session
from rescue_console.protocol.holder import is_helping
from rescue_console.protocol.log_kinds import Occurrence
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import TakeSeat
from rescue_console.protocol.signals import Signal, SignalKind
from rescue_console.protocol.statuses import STARTED
from rescue_console.server.events.log import tell_signal
from rescue_console.server.refusals import Refusal, refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.computers import computer_of, has_ended
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import SessionChanges, SessionRow
from rescue_console.server.rules.sessions.sessions import find_own
from rescue_console.server.storage.tables import sessions


class Seats:
    """Gives the seat of a session to one console.

    Args:
        is_here: Tells whether the console with that sign-in may be connected now.
    """

    def __init__(self, books: SessionBooks, is_here: Callable[[str], bool]) -> None:
        self._books = books
        self._is_here = is_here

    async def take(self, caller: Caller, session_id: str, request: TakeSeat) -> Session:
        """Give the seat to the caller's console; one that has it keeps it.

        Raises:
            Refusal: ``not-found``, ``taken-by`` or ``status-conflict``; ``helped-elsewhere`` while
                another console is there, unless the request takes it over.
        """
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            session = book.view(row)
            if row.status not in STARTED or not is_helping(session, caller.technician_id):
                raise _not_helping()
            if row.seat_console == caller.sign_in_id:
                return session
            left = row.seat_console is not None and not self._is_here(row.seat_console)
            if not (request.take_over or left or await _is_free(book, row)):
                raise _elsewhere(row)
            return book.view(await _give(book, row, caller))

    async def sit(self, caller: Caller, session: Session) -> None:
        """Give the caller's console the seat of a session in which they help, if it is free.

        Raises:
            Refusal: ``helped-elsewhere``; ``status-conflict`` where somebody else helps.
        """
        if session.seat is not None and session.seat.console == caller.sign_in_id:
            return  # the usual case needs no transaction
        async with self._books.write() as book:
            await sit(book, await book.lock(session.id), caller)

    async def leave(self, caller: Caller) -> None:
        """Free the seats of the caller's console, which has been closed.

        Raises:
            StorageError: see Database.write.
        """
        mine = select(sessions.c.id).where(
            sessions.c.technician_id == caller.technician_id,
            sessions.c.seat_console == caller.sign_in_id,
            sessions.c.status.in_(STARTED),
        )
        async with self._books.read() as book:
            if (await book.connection.execute(mine)).first() is None:
                return
        async with self._books.write() as book:
            for session_id in (await book.connection.execute(mine)).scalars().all():
                row = await book.lock(session_id)
                changes: SessionChanges = {"seat_console": None, "seat_computer": None}
                changes |= await _end_recording(book, row, caller.name)
                await book.set(row, **changes)


async def sit(book: SessionBook, row: SessionRow, caller: Caller) -> SessionRow:
    """Give the caller's console the seat if it is free and the caller is who helps.

    Raises:
        Refusal: ``helped-elsewhere``; ``status-conflict`` where somebody else helps, from whom the
            caller could not take the seat.
    """
    if row.seat_console == caller.sign_in_id:
        return row
    if not await _is_free(book, row):
        raise _elsewhere(row) if row.technician_id == caller.technician_id else _not_helping()
    if row.technician_id != caller.technician_id:
        return row
    return await _give(book, row, caller)


async def _is_free(book: SessionBook, row: SessionRow) -> bool:
    return row.seat_console is None or await has_ended(book.connection, row.seat_console)


async def _give(book: SessionBook, row: SessionRow, caller: Caller) -> SessionRow:
    computer = await computer_of(book.connection, caller.sign_in_id) or ""
    changes: SessionChanges = {"seat_console": caller.sign_in_id, "seat_computer": computer}
    if row.seat_console is not None:
        await book.log(row.id, Occurrence.SEAT_TAKEN_OVER, who=caller.name, detail=computer)
        changes |= await _end_recording(book, row, caller.name)
    return await book.set(row, **changes)


async def _end_recording(book: SessionBook, row: SessionRow, who: str) -> SessionChanges:
    """End the recording of the console that had the seat: it can no longer say so itself."""
    changes = await book.end_recording(row, who)
    if changes:
        off = Signal(kind=SignalKind.RECORDING, body="off")
        await tell_signal(book.connection, off, book.view(row), book.now, to_customer=True)
    return changes


def _not_helping() -> Refusal:
    return refuse(ProblemWord.STATUS_CONFLICT, "You are not helping in this session.")


def _elsewhere(row: SessionRow) -> Refusal:
    where = row.seat_computer or "another computer"
    return refuse(
        ProblemWord.HELPED_ELSEWHERE,
        f"This session is helped from {where}. Continue here, or end it there first.",
        computer=row.seat_computer or "",
    )
