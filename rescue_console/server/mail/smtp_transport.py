"""Sends messages to a mail server over SMTP, keeping a few connections warm during a burst."""

import asyncio
import base64
import ssl

from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPStatus,
)

from rescue_console.server.mail.message import Message
from rescue_console.server.mail.smtp_url import SmtpSettings, Tls
from rescue_console.server.mail.transport import PermanentFailure, TemporaryFailure

CONNECTIONS = 4
"""How many connections to the mail server are open at most."""
_QUIT_TIMEOUT_S = 2.0


class SmtpTransport:
    """Delivers to one mail server. Call ``rest`` when a burst is over and before the program ends.

    A message that is refused leaves its connection usable; a connection that breaks is dropped.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._free = asyncio.Semaphore(CONNECTIONS)
        self._warm: list[SMTP] = []
        self._tls_context: ssl.SSLContext | None = None

    async def deliver(self, message: Message) -> None:
        """Hand *message* to the mail server.

        Raises:
            TemporaryFailure: a 4xx reply, a connection that failed or was lost, no answer in time,
                or a TLS failure. If the connection was lost after the message was sent, the mail
                server may have accepted it.
            PermanentFailure: a 5xx reply to any command, or an address that SMTP cannot carry.
        """
        async with self._free:
            try:
                await self._send(message)
            except SMTPResponseException as error:
                raise self._refusal(error) from error
            except (SMTPException, OSError, TimeoutError) as error:
                words = str(error) or type(error).__name__
                raise TemporaryFailure(self._conceal(words)) from error
            except ValueError as error:
                raise PermanentFailure("The address cannot be put in an SMTP command.") from error

    async def rest(self) -> None:
        """End every connection that is not in use with QUIT."""
        warm, self._warm = self._warm, []
        await asyncio.gather(*(_quit(client) for client in warm))

    async def _send(self, message: Message) -> None:
        client = await self._open_envelope(message)
        try:
            await client.rcpt(message.recipient)
            await client.data(message.content)
        except SMTPResponseException:
            await self._reset(client)
            raise
        except BaseException:
            client.close()
            raise
        self._keep(client)

    async def _open_envelope(self, message: Message) -> SMTP:
        """Return a connection on which MAIL was accepted: a warm one if any still works."""
        while self._warm:
            try:
                return await self._begin(self._warm.pop(), message)
            except SMTPServerDisconnected:
                continue
            except SMTPSenderRefused as error:
                # A mail server that closes an idle connection may say so only now.
                if error.code != SMTPStatus.domain_unavailable:
                    raise
        return await self._begin(await self._connect(), message)

    async def _begin(self, client: SMTP, message: Message) -> SMTP:
        try:
            await client.mail(message.sender)
        except SMTPSenderRefused:
            await self._reset(client)
            raise
        except BaseException:
            client.close()
            raise
        return client

    async def _connect(self) -> SMTP:
        settings = self._settings
        client = SMTP(
            hostname=settings.host,
            port=settings.port,
            timeout=settings.timeout_s,
            local_hostname=settings.greeting,
            use_tls=settings.tls is Tls.FROM_START,
            start_tls=False,
            tls_context=await self._context(),
        )
        try:
            await client.connect()
            if settings.tls in (Tls.IF_OFFERED, Tls.STARTTLS):
                await self._upgrade(client)
            if settings.user:
                await client.login(settings.user, settings.password)
        except BaseException:
            client.close()
            raise
        return client

    async def _upgrade(self, client: SMTP) -> None:
        await client.ehlo()
        if self._settings.tls is Tls.STARTTLS or client.supports_extension("starttls"):
            await client.starttls()

    async def _context(self) -> ssl.SSLContext:
        if self._tls_context is None:
            self._tls_context = await asyncio.to_thread(_tls_context, self._settings)
        return self._tls_context

    async def _reset(self, client: SMTP) -> None:
        """Clear the envelope after a refusal, so that the next message can use the connection."""
        try:
            await client.rset()
        except (SMTPException, OSError):
            client.close()
        except BaseException:
            client.close()
            raise
        self._keep(client)

    def _keep(self, client: SMTP) -> None:
        if client.is_connected:
            self._warm.append(client)

    def _refusal(self, error: SMTPResponseException) -> TemporaryFailure | PermanentFailure:
        words = self._conceal(f"{error.code} {error.message}" if error.code > 0 else error.message)
        # Source: RFC 5321 section 4.2.1: 5 as first digit is a permanent negative reply.
        return PermanentFailure(words) if error.code // 100 == 5 else TemporaryFailure(words)

    def _conceal(self, words: str) -> str:
        """Remove the password from a reply in which the mail server repeats our own commands."""
        user, password = self._settings.user.encode(), self._settings.password.encode()
        if not password:
            return words
        for secret in (b"\0%b\0%b" % (user, password), password):
            words = words.replace(base64.b64encode(secret).decode("ascii"), "…")
        return words.replace(self._settings.password, "…")


def _tls_context(settings: SmtpSettings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.cafile)
    if not settings.verifies:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


async def _quit(client: SMTP) -> None:
    try:
        await client.quit(timeout=_QUIT_TIMEOUT_S)
    except (SMTPException, OSError, TimeoutError):
        client.close()
