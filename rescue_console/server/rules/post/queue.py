"""Sends queued mails: claims those that are due, delivers them and records each outcome at once.

A mail is marked as sent only after the mail server has accepted it. A crash after the mail server
has taken it and before its 250 has been read here makes the mail go out again, with the same
Message-ID: SMTP offers nothing better than "at least once". What has been read is remembered in a
file at once (``accepted``), so that the time until the commit of that mark does not matter.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from rescue_console.protocol.choices import EmailState
from rescue_console.protocol.email_troubles import Blame, EmailTrouble, blame
from rescue_console.server.mail.message import Mail, Message, ascii_address, build_message
from rescue_console.server.mail.smtp_transport import CONNECTIONS
from rescue_console.server.mail.transport import DeliveryFailed, Transport, failure
from rescue_console.server.rules.post.accepted import AcceptedMails
from rescue_console.server.rules.post.rows import LEASE, ClaimedMail, MailRows, Outcome
from rescue_console.server.storage.database import StorageError

LANES = 2 * CONNECTIONS
"""How many mails are in progress at once: some are being delivered while others are recorded."""
POLL_S = 5.0
"""How often the queue is checked without being poked, to pick up mails queued by other nodes."""

_BATCH = 2 * LANES
_STORAGE_PAUSE_MAX_S = 30.0
_STORAGE_TROUBLE = (StorageError, SQLAlchemyError)
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class MailQueue:
    """Delivers the mails in the database; run ``run`` as a task while the server lives.

    Args:
        rows: The mails.
        transport: What takes them.
        accepted: Remembers what the transport took until the database knows.
        count: Told the outcome of each attempt; ``None`` when the mail was sent.
    """

    def __init__(
        self,
        rows: MailRows,
        transport: Transport,
        accepted: AcceptedMails,
        count: Callable[[EmailTrouble | None], None] = lambda _: None,
    ) -> None:
        self._rows = rows
        self._transport = transport
        self._accepted = accepted
        self._count = count
        self._ready: deque[ClaimedMail] = deque()
        self._held: set[str] = set()
        self._stuck: set[str] = set()
        self._outcomes: list[tuple[ClaimedMail, Outcome]] = []
        self._claiming = asyncio.Lock()
        self._settling = asyncio.Lock()
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()

    def poke(self) -> None:
        """Announce that a mail was queued, so that it goes out at once."""
        self._woken.set()

    def stop(self) -> None:
        """Make ``run`` return once the mails that are being delivered are done."""
        self._stopping.set()
        self._woken.set()

    async def run(self) -> None:
        """Deliver mails until ``stop`` is called.

        If cancelled instead, it leaves its claims to ``take_over`` or to the end of their leases.
        """
        await self._recall()
        await _insist(self._rows.take_over)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._renew_leases())
                for _ in range(LANES):
                    tasks.create_task(self._lane())
            await self._give_back()
        finally:
            self._accepted.close()
            await self._transport.rest()

    async def _recall(self) -> None:
        """Record what the mail server took just before this node was killed."""
        ids = await asyncio.to_thread(self._accepted.read)
        if ids:
            taken = await _insist(partial(self._rows.queued, ids))
            sent = [(claimed, Outcome(EmailState.SENT)) for claimed in taken]
            await _insist(partial(self._rows.settle, sent))
            for claimed in taken:
                _log.info("The e-mail %s had been sent before this server ended.", claimed.id)
        self._accepted.forget(ids)

    async def _lane(self) -> None:
        while (claimed := await self._next()) is not None:
            try:
                outcome = await self._attempt(claimed)
                await self._settle(claimed, outcome)
            finally:
                self._held.discard(claimed.id)

    async def _next(self) -> ClaimedMail | None:
        async with self._claiming:
            while not self._ready and not self._stopping.is_set():
                await self._claim_or_wait()
            return None if self._stopping.is_set() else self._ready.popleft()

    async def _claim_or_wait(self) -> None:
        self._woken.clear()
        if self._stopping.is_set():
            return
        try:
            wait_s = await self._rows.wait_s()
            fresh = await self._rows.claim(_BATCH) if wait_s == 0 else []
        except _STORAGE_TROUBLE as trouble:
            _log.warning("The mail queue could not be read; trying again: %s", _words(trouble))
            wait_s, fresh = POLL_S, []
        self._ready.extend(fresh)
        self._held.update(claimed.id for claimed in fresh)
        if not fresh:
            await self._wait(min(POLL_S, POLL_S if wait_s is None else wait_s))

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            if not self._held:
                await self._transport.rest()

    async def _attempt(self, claimed: ClaimedMail) -> Outcome:
        try:
            if await _insist(partial(self._rows.session_is_over, claimed.session_id)):
                trouble = EmailTrouble.SESSION_OVER
                return Outcome(EmailState.FAILED, trouble=trouble, tried=False)
            said = await self._transport.deliver(_message(claimed.mail))
        except DeliveryFailed as failed:
            return self._failed(claimed, failed)
        except Exception as error:
            # A bug that one mail triggers must not keep the others from going out.
            _log.exception("Sending the e-mail %s failed unexpectedly.", claimed.id)
            return self._failed(
                claimed, failure(EmailTrouble.SERVER_MISTAKE, reason=type(error).__name__)
            )
        self._accepted.add(claimed.id)
        self._count(None)
        _log.info("The e-mail %s was sent. %s", claimed.id, _for_log(claimed, said))
        return Outcome(EmailState.SENT)

    def _failed(self, claimed: ClaimedMail, failed: DeliveryFailed) -> Outcome:
        self._count(failed.trouble)
        whose = blame(failed.trouble)
        _log.log(
            logging.WARNING if whose is Blame.OURS else logging.INFO,
            "The e-mail %s was not sent: %s (%s), attempt %d. %s",
            claimed.id,
            failed.trouble.value,
            whose.value,
            claimed.attempts + 1,
            _for_log(claimed, failed.detail or failed.reason),
        )
        state = EmailState.FAILED if whose is Blame.THEIRS else EmailState.QUEUED
        return Outcome(state, failed.detail, failed.trouble)

    async def _settle(self, claimed: ClaimedMail, outcome: Outcome) -> None:
        """Record an outcome, together with those that arrived while the database was busy."""
        self._outcomes.append((claimed, outcome))
        async with self._settling:
            outcomes, self._outcomes = self._outcomes, []
            if not outcomes:
                return
            try:
                await _insist(partial(self._rows.settle, outcomes))
                self._accepted.forget([claimed.id for claimed, _ in outcomes])
            except Exception:
                ids = [claimed.id for claimed, _ in outcomes]
                # They stay claimed: if released, they would be sent again and again.
                self._stuck.update(ids)
                _log.exception("The outcomes of the e-mails %s were not recorded.", ids)

    async def _renew_leases(self) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LEASE.total_seconds() / 3):
                    await self._stopping.wait()
            if claimed := self._held | self._stuck:
                try:
                    await self._rows.renew(claimed)
                except _STORAGE_TROUBLE as trouble:
                    _log.warning("Claims on e-mails could not be renewed: %s", _words(trouble))

    async def _give_back(self) -> None:
        unsent = [claimed.id for claimed in self._ready]
        if not unsent:
            return
        try:
            await self._rows.release(unsent)
        except _STORAGE_TROUBLE as trouble:
            _log.warning("Claims on e-mails could not be released: %s", _words(trouble))


def _message(mail: Mail) -> Message:
    try:
        ascii_address(mail.recipient)
    except ValueError as error:
        raise failure(EmailTrouble.ADDRESS_UNUSABLE) from error
    try:
        return build_message(mail)
    except ValueError as error:
        raise failure(EmailTrouble.SENDER_REFUSED, reason="It cannot be written.") from error


def _for_log(claimed: ClaimedMail, said: str) -> str:
    """Return a mail server's words without what no log may hold, should it have repeated that."""
    for secret in (
        claimed.mail.link,
        claimed.mail.link.rpartition("k=")[2],
        claimed.mail.recipient,
    ):
        if secret:
            said = said.replace(secret, "…")
    return said


def _words(trouble: StorageError | SQLAlchemyError) -> str:
    """Return what went wrong, without the statement and its values, which contain links."""
    return str(trouble) if isinstance(trouble, StorageError) else type(trouble).__name__


async def _insist(action: Callable[[], Awaitable[_T]]) -> _T:
    """Repeat *action* until the database carries it out, so that no mail's outcome is lost."""
    pause_s = 1.0
    while True:
        try:
            return await action()
        except _STORAGE_TROUBLE as trouble:
            _log.warning("The mail queue could not be written; trying again: %s", _words(trouble))
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, _STORAGE_PAUSE_MAX_S)
