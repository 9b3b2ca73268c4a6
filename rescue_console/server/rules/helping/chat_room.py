"""How much each side of a session has written, and whether there is room for more.

Without limits, one customer could fill the disk, and the memory of whoever reads the chat. Each
side has its own: whatever a customer writes, the technician can still answer.
"""

from msgspec import Struct
from sqlalchemy import insert, select, update

from rescue_console.protocol.limits import CHAT_BYTES_MAX, CHAT_LINES_MAX, CHAT_MESSAGES_MAX
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.refusals import refuse
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.storage.tables import chat_totals


class _Total(Struct, frozen=True):
    messages: int = 0
    bytes: int = 0
    lines: int = 0

    def with_message(self, text: str) -> "_Total":
        return _Total(
            self.messages + 1,
            self.bytes + len(text.encode()),
            self.lines + text.count("\n") + 1,
        )

    @property
    def fits(self) -> bool:
        return (
            self.messages <= CHAT_MESSAGES_MAX
            and self.bytes <= CHAT_BYTES_MAX
            and self.lines <= CHAT_LINES_MAX
        )


async def take_room(book: SessionBook, session_id: str, text: str, *, by_customer: bool) -> None:
    """Count a message of one side, whose session is locked.

    Raises:
        Refusal: ``chat-full`` when there is no room for it.
    """
    own = (
        chat_totals.c.session_id == session_id,
        chat_totals.c.by_customer == by_customer,
    )
    columns = chat_totals.c.messages, chat_totals.c.bytes, chat_totals.c.lines
    known = (await book.connection.execute(select(*columns).where(*own))).first()
    total = (_Total(*known) if known else _Total()).with_message(text)
    if not total.fits:
        raise refuse(
            ProblemWord.CHAT_FULL,
            "The chat of this session is full: it takes no more messages from this side. "
            "To go on writing, a new session is needed.",
        )
    counted = {
        chat_totals.c.messages: total.messages,
        chat_totals.c.bytes: total.bytes,
        chat_totals.c.lines: total.lines,
    }
    if known:
        await book.connection.execute(update(chat_totals).where(*own).values(counted))
    else:
        side = {chat_totals.c.session_id: session_id, chat_totals.c.by_customer: by_customer}
        await book.connection.execute(insert(chat_totals).values(side | counted))
