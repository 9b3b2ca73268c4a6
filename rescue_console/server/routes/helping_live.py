"""The messages on ``/Customer/Live`` after joining: handles the customer's, forms the server's."""

import msgspec

from rescue_console.protocol.customer import (
    Answered,
    ChatShown,
    CustomerSays,
    CustomerSignals,
    FromCustomer,
    Hindered,
    Leaves,
    Refused,
    Shows,
    SignalShown,
    StaysOn,
)
from rescue_console.protocol.events import ChatSaid
from rescue_console.protocol.limits import SIGNAL_MAX
from rescue_console.protocol.signals import Signal
from rescue_console.protocol.unreadable import UNREADABLE
from rescue_console.server.events.log import CHAT_SAID, LoggedEvent
from rescue_console.server.refusals import Refusal
from rescue_console.server.rules.helping.activity import Activity
from rescue_console.server.rules.helping.helping import Helping
from rescue_console.server.storage.database import StorageError

MESSAGE_MAX = 2 * SIGNAL_MAX
"""Characters in one message; JSON may need two characters for one of a signal."""

_said = msgspec.json.Decoder(FromCustomer)
_chat = msgspec.json.Decoder(ChatSaid)


class _ToCustomer(msgspec.Struct):
    signal: Signal


_signal = msgspec.json.Decoder(_ToCustomer)


async def receive(
    helping: Helping, activity: Activity, session_id: str, text: str
) -> Refused | None:
    """Do what one message asks for; return a refusal if that is not possible."""
    if len(text) > MESSAGE_MAX:
        return Refused(text="The message is too long.")
    try:
        said = _said.decode(text)
    except UNREADABLE:
        return Refused(text="The message was not understood.")
    key = said.key if isinstance(said, CustomerSays) else ""
    try:
        match said:
            case Answered():
                await helping.answered(session_id, said)
            case Hindered():
                await helping.hindered(session_id, said)
            case CustomerSays():
                await helping.said(session_id, said)
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
        return Refused(text=str(error), key=key)
    except StorageError as error:
        return Refused(text=error.words, key=key)
    return None


def for_customer(event: LoggedEvent) -> ChatShown | SignalShown:
    """Return the event of a chat message or signal in the form that the customer's side reads."""
    if event.kind == CHAT_SAID:
        return ChatShown(message=_chat.decode(event.message).message)
    return SignalShown(signal=_signal.decode(event.message).signal)
