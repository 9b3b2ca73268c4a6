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

from rescue_console.protocol.email_troubles import EmailTrouble
from rescue_console.server.mail.greeting import address_literal, own_name
from rescue_console.server.mail.message import Message
from rescue_console.server.mail.smtp_replies import reply_trouble, silence_trouble
from rescue_console.server.mail.smtp_url import SmtpSettings, Tls
from rescue_console.server.mail.transport import DeliveryFailed, clean_words, failure

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
        self._own_name: str | None = None
        self._own_name_known = False

    async def deliver(self, message: Message) -> str:
        """Hand *message* to the mail server.

        Returns:
            The mail server's words, which mostly name the message in its queue.

        Raises:
            TemporaryFailure: a 4xx reply, a connection that failed or was lost, no answer in time,
                or something that IT has to mend. If the connection was lost after the message was
                sent, the mail server may have accepted it.
            PermanentFailure: a 5xx reply that is about this recipient or this message.
        """
        async with self._free:
            try:
                return clean_words(self._conceal(await self._send(message)))
            except SMTPResponseException as error:
                raise self._refusal(error) from error
            except (SMTPException, OSError, TimeoutError) as error:
                reason = str(error) or type(error).__name__
                raise failure(silence_trouble(error), reason=self._conceal(reason)) from error

    async def rest(self) -> None:
        """End every connection that is not in use with QUIT."""
        warm, self._warm = self._warm, []
        await asyncio.gather(*(_quit(client) for client in warm))

    async def _send(self, message: Message) -> str:
        client = await self._open_envelope(message)
        try:
            await client.rcpt(message.recipient)
            taken = await client.data(message.content)
        except SMTPResponseException:
            await self._reset(client)
            raise
        except BaseException:
            client.close()
            raise
        self._keep(client)
        return f"{taken.code} {taken.message}"

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
            # Without any, the library asks the system, which may fail; nothing is said before
            # the right one is known.
            local_hostname="localhost",
            use_tls=settings.tls is Tls.FROM_START,
            start_tls=False,
            tls_context=await self._context(),
        )
        try:
            await client.connect()
            client.local_hostname = await self._greeting(client)
            if settings.tls in (Tls.IF_OFFERED, Tls.STARTTLS):
                await self._upgrade(client)
            if settings.user:
                await self._sign_in(client)
        except BaseException:
            client.close()
            raise
        return client

    async def _greeting(self, client: SMTP) -> str:
        if self._settings.greeting:
            return self._settings.greeting
        if not self._own_name_known:
            self._own_name = await asyncio.to_thread(own_name)
            self._own_name_known = True
        transport = client.transport
        return self._own_name or address_literal(
            transport.get_extra_info("sockname") if transport else None
        )

    async def _upgrade(self, client: SMTP) -> None:
        await client.ehlo()
        if client.supports_extension("starttls"):
            await client.starttls()
        elif self._settings.tls is Tls.STARTTLS:
            raise failure(
                EmailTrouble.ENCRYPTION_MISSING, reason="The mail server does not offer STARTTLS."
            )

    async def _sign_in(self, client: SMTP) -> None:
        try:
            await client.login(self._settings.user, self._settings.password)
        except (SMTPResponseException, OSError, TimeoutError):
            raise
        except SMTPException as error:
            # Nothing was asked: the library found no way to sign in among those offered.
            raise failure(EmailTrouble.SIGN_IN_NOT_OFFERED, reason=str(error)) from error

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

    def _refusal(self, error: SMTPResponseException) -> DeliveryFailed:
        trouble = reply_trouble(error)
        if error.code <= 0:
            # What was received is no reply at all; the words are those of the library.
            return failure(trouble, reason=self._conceal(error.message))
        return failure(trouble, self._conceal(f"{error.code} {error.message}"))

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
