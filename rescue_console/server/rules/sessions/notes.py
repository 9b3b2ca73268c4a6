"""The technician's notes on a session."""

from rescue_console.protocol.answers import Session
from rescue_console.protocol.requests import WriteNotes
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.sessions.sessions import find_own


class Notes:
    """Keeps one text per session, which can still be changed after the session has ended."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def write(self, caller: Caller, session_id: str, request: WriteNotes) -> Session:
        """Replace the notes.

        Raises:
            Refusal: ``not-found`` or ``taken-by``.
        """
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            if row.notes == request.text:
                return book.view(row)
            changes = book.activity(row)
            changes["notes"] = request.text
            return book.view(await book.set(row, **changes))
