"""How applet and console come to the same security code, first thing in each new channel.

The applet sends its commitment and a proof that it is the one of an earlier channel. The console
answers with its own fresh value, and the applet reveals its own (``protocol/security_code.py``). If
the console knows the proof, it answers with NO_VALUE instead, and the code stays the same: a short
loss of the network does not make people compare again. The proof can be made only from the values
of the earlier channel, and goes only to the holder of the key that it went to before.

Applet and console do this if both can: TLS tells them so (RFC 7301), and a program of before says
nothing. Then there is no code, and the people are told which program is too old.
"""

import hashlib
import hmac
import os
from collections.abc import Awaitable, Callable

from rescue_console.peer.secure_channel import ChannelClosed
from rescue_console.protocol.security_code import (
    NO_KEY,
    VALUE_BYTES,
    commitment,
    security_code,
)

NO_VALUE = bytes(VALUE_BYTES)
_PROOF_LABEL = b"rescue-console same applet 2"

Send = Callable[[bytes], Awaitable[None]]
Receive = Callable[[int], Awaitable[bytes]]
"""Returns exactly that many bytes."""


class CodeRefused(ChannelClosed):
    """The other side did not keep to the order of things: it may be somebody in between."""


class ChannelCodes:
    """What one side keeps, so that its code stays the same from one channel to the next.

    Args:
        random: Returns that many random bytes.
    """

    def __init__(self, random: Callable[[int], bytes] = os.urandom) -> None:
        self._random = random
        self._console = b""
        self._proof = b""
        self._code = ""

    async def agree_as_applet(
        self, session_id: str, console: bytes, send: Send, receive: Receive
    ) -> str:
        """Return the code for the channel to the console whose certificate has that SHA-256."""
        mine = self._random(VALUE_BYTES)
        known = self._proof if console == self._console else b""
        await send(commitment(session_id, NO_KEY, mine) + (known or self._random(VALUE_BYTES)))
        theirs = await receive(VALUE_BYTES)
        if theirs == NO_VALUE:
            if not known:
                raise CodeRefused("The console claims to know an applet that it cannot know.")
            return self._code
        await send(mine)
        return self._keep(session_id, console, mine, theirs)

    async def agree_as_console(
        self, session_id: str, console: bytes, send: Send, receive: Receive
    ) -> str:
        """Return the code for the channel to an applet; *console* is this side's own key."""
        committed, proof = await receive(VALUE_BYTES), await receive(VALUE_BYTES)
        if self._proof and hmac.compare_digest(proof, self._proof):
            await send(NO_VALUE)
            return self._code
        mine = self._random(VALUE_BYTES)
        await send(mine)
        theirs = await receive(VALUE_BYTES)
        if not hmac.compare_digest(commitment(session_id, NO_KEY, theirs), committed):
            raise CodeRefused("The applet's value is not the one that it had committed itself to.")
        return self._keep(session_id, console, theirs, mine)

    def _keep(self, session_id: str, console: bytes, applet: bytes, own: bytes) -> str:
        self._console = console
        self._proof = hashlib.sha256(_PROOF_LABEL + console + applet + own).digest()
        self._code = security_code(session_id, NO_KEY, console, applet, own)
        return self._code
