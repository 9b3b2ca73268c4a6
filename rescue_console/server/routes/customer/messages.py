"""The messages on ``/Customer/Live`` after joining: handles the customer's, forms the server's."""

import msgspec

from rescue_console.protocol.customer import (
    Answered,
    ChatRead,
    ChatShown,
    CustomerSays,
    CustomerSignals,
    FromCustomer,
    Hindered,
    Leaves,
    PageOpen,
    ReadsChat,
    Refused,
    Shows,
    Side,
    SignalShown,
    StaysOn,
)
from rescue_console.protocol.events import ChatSaid
from rescue_console.protocol.limits import SIGNAL_MAX
from rescue_console.protocol.powers import Power
from rescue_console.protocol.signals import Signal, SignalKind
from rescue_console.protocol.unreadable import UNREADABLE
from rescue_console.server.events.log import CHAT_SAID, LoggedEvent
from rescue_console.server.refusals import Refusal
from rescue_console.server.rules.helping.activity import Activity
from rescue_console.server.rules.helping.chat import ChatPart
from rescue_console.server.rules.helping.helping import Helping
from rescue_console.server.storage.database import StorageError

MESSAGE_MAX = 2 * SIGNAL_MAX
"""Characters in one message; JSON may need two characters for one of a signal."""

_said = msgspec.json.Decoder(FromCustomer)
_chat = msgspec.json.Decoder(ChatSaid)


class _ToCustomer(msgspec.Struct):
    signal: Signal


_signal = msgspec.json.Decoder(_ToCustomer)
_APPLET_HEARS = frozenset({SignalKind.RELAY_READY})


async def receive(
    helping: Helping, activity: Activity, session_id: str, text: str, side: Side = Side.PAGE
) -> ChatRead | Refused | None:
    """Do what one message of *side* asks for; return the answer, if any.

    That is a page of the chat, or a refusal if what was asked for is not possible.
    """
    if len(text) > MESSAGE_MAX:
        return Refused(text="The message is too long.")
    try:
        said = _said.decode(text)
    except UNREADABLE:
        return Refused(text="The message was not understood.")
    key = said.key if isinstance(said, CustomerSays) else ""
    if side is Side.APPLET and not _is_applets(said):
        return Refused(text="Only the page in the browser can say this, not the applet.", key=key)
    try:
        match said:
            case Answered():
                await helping.answered(session_id, said)
            case Hindered():
                await helping.hindered(session_id, said)
            case CustomerSays():
                await helping.said(session_id, said)
            case ReadsChat(before=before):
                page = await helping.read_chat(session_id, ChatPart(before=before))
                return ChatRead(page=page, before=before)
            case CustomerSignals():
                await helping.signalled(session_id, said)
            case Shows():
                await activity.page_busy(session_id)
            case StaysOn():
                await helping.stays_on(session_id, said)
            case Leaves():
                await helping.left(session_id)
            case _:
                return Refused(text="The page is open already.")
    except Refusal as error:
        return Refused(text=str(error), key=key, word=error.word)
    except StorageError as error:
        return Refused(text=error.words, key=key)
    return None


def for_customer(event: LoggedEvent, side: Side) -> ChatShown | SignalShown | None:
    """Return the event of a chat message or signal in the form that *side* reads.

    Returns None if that side does not get it.
    """
    if event.kind == CHAT_SAID:
        shows_chat = side is Side.PAGE
        return ChatShown(message=_chat.decode(event.message).message) if shows_chat else None
    signal = _signal.decode(event.message).signal
    if side is Side.APPLET and signal.kind not in _APPLET_HEARS:
        return None
    return SignalShown(signal=signal)


def _is_applets(said: FromCustomer) -> bool:
    """Tell whether the applet may say this. It stops the picture, but only the page gives it."""
    if isinstance(said, Answered):
        return said.power is not Power.VIEW or not said.granted
    return isinstance(said, (StaysOn, Leaves, PageOpen))
