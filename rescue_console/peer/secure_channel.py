"""TLS 1.3 between console and applet, inside the WebSocket of the relay.

The console is the TLS server, with a throw-away certificate; the applet pins that certificate's
SHA-256 fingerprint and checks nothing else. The relay sees records, not contents.
Source: RFC 8446. The standard library's ``ssl.MemoryBIO`` separates TLS from the socket.
"""

import asyncio
import hashlib
import hmac
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

RECORDS_MAX = 48 * 1024
"""Bytes sent to the relay at once; it accepts at most 64 KiB in one message."""

APPLICATION = "rescue-console/2"
"""What both sides name in TLS (RFC 7301) if they can agree on a security code; see
``peer/channel_codes.py``. Programs of before name nothing."""

_WRITE_MAX = 32 * 1024
_READ_MAX = 64 * 1024


class NotTheConsole(Exception):
    """The certificate is not the pinned one: somebody intercepts, or it is a different console."""


class ChannelClosed(Exception):
    """The other side has ended the channel, or TLS failed."""


class SecureChannel:
    """One side of the channel: reads what the relay delivers, and sends with the given function.

    Only one task may use it at a time. The exception is ``write``, which any task of the loop may
    call: writes go out whole and in order.
    """

    def __init__(
        self, tls: ssl.SSLContext, send: Callable[[bytes], Awaitable[None]], *, server_side: bool
    ) -> None:
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = tls.wrap_bio(self._incoming, self._outgoing, server_side=server_side)
        self._send = send
        self._writing = asyncio.Lock()

    async def shake_hands(self, incoming: AsyncIterator[bytes]) -> None:
        """Do the handshake, reading the other side's part of it from *incoming*.

        Raises:
            ChannelClosed: the handshake failed, or the other side has gone.
        """
        while True:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                await self._flush()
                try:
                    self._incoming.write(await anext(incoming))
                except StopAsyncIteration:
                    raise ChannelClosed("The other side has gone.") from None
            except ssl.SSLError as error:
                raise ChannelClosed(f"The encrypted channel failed: {error.reason}.") from error
            else:
                await self._flush()
                return

    @property
    def makes_code(self) -> bool:
        """Whether both sides can agree on a security code; known after the handshake."""
        return self._tls.selected_alpn_protocol() == APPLICATION

    def check_pin(self, fingerprint: bytes) -> None:
        """Compare the certificate that the other side showed with the pinned *fingerprint*.

        Raises:
            NotTheConsole: they differ.
        """
        shown = self._tls.getpeercert(binary_form=True) or b""
        if not hmac.compare_digest(hashlib.sha256(shown).digest(), fingerprint):
            raise NotTheConsole("The technician's certificate is not the expected one.")

    def read(self, data: bytes) -> bytes:
        """Decrypt *data* from the relay and return the contents, which may be empty for now.

        Raises:
            ChannelClosed: the other side has ended the channel, or the bytes were tampered with.
        """
        self._incoming.write(data)
        parts: list[bytes] = []
        while True:
            try:
                part = self._tls.read(_READ_MAX)
            except ssl.SSLWantReadError:
                return b"".join(parts)
            except ssl.SSLError as error:
                raise ChannelClosed(f"The encrypted channel failed: {error.reason}.") from error
            if not part:
                raise ChannelClosed("The other side has ended the channel.")
            parts.append(part)

    async def write(self, data: bytes) -> None:
        """Encrypt *data* and send it; waits while the connection accepts no more."""
        async with self._writing:
            view = memoryview(data)
            for start in range(0, len(view), _WRITE_MAX):
                self._tls.write(view[start : start + _WRITE_MAX])
                await self._flush()

    async def _flush(self) -> None:
        while self._outgoing.pending:
            await self._send(self._outgoing.read(RECORDS_MAX))


def applet_tls() -> ssl.SSLContext:
    """Return the applet's TLS settings: 1.3 only; it trusts the pin, not an authority."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.minimum_version = ssl.TLSVersion.TLSv1_3
    tls.check_hostname = False
    tls.verify_mode = ssl.CERT_NONE
    tls.set_alpn_protocols([APPLICATION])
    return tls


def console_tls(certificate_file: str) -> ssl.SSLContext:
    """Return the console's TLS settings, with the certificate and key from one PEM file."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.minimum_version = ssl.TLSVersion.TLSv1_3
    tls.load_cert_chain(certificate_file)
    tls.set_alpn_protocols([APPLICATION])
    return tls
