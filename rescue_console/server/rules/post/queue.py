"""Sends queued mails: claims those that are due, delivers them and records each outcome at once.

A mail is marked as sent only after the mail server has accepted it. A crash between the mail
server's 250 and the commit of that mark makes the mail go out again, with the same Message-ID: SMTP
offers nothing better than "at least once".
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
from rescue_console.server.mail.message import Mail, Message, build_message
from rescue_console.server.mail.smtp_transport import CONNECTIONS
from rescue_console.server.mail.transport import PermanentFailure, TemporaryFailure, Transport
from rescue_console.server.rules.post.rows import LEASE, ClaimedMail, MailRows, Outcome
from rescue_console.server.storage.database import StorageError

LANES = 2 * CONNECTIONS
"""How many mails are in progress at once: some are being delivered while others are recorded."""
POLL_S = 5.0
"""How often the queue is checked without being poked, to pick up mails queued by other nodes."""

_BATCH = 2 * LANES
_STORAGE_PAUSE_MAX_S = 30.0
_STORAGE_TROUBLE = (StorageError, SQLAlchemyError)
UNWRITABLE = "The recipient's or the sender's address cannot be written in an e-mail."
SESSION_OVER = "The session ended before the e-mail could be sent."
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class MailQueue:
    """Delivers the mails in the database; run ``run`` as a task while the server lives."""

    def __init__(self, rows: MailRows, transport: Transport) -> None:
        self._rows = rows
        self._transport = transport
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
        await _insist(self._rows.take_over)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._renew_leases())
                for _ in range(LANES):
                    tasks.create_task(self._lane())
            await self._give_back()
        finally:
            await self._transport.rest()

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
                return Outcome(EmailState.FAILED, SESSION_OVER, tried=False)
            await self._transport.deliver(_message(claimed.mail))
        except PermanentFailure as failure:
            return Outcome(EmailState.FAILED, failure.detail)
        except TemporaryFailure as failure:
            return Outcome(EmailState.QUEUED, failure.detail)
        except Exception:
            # A bug that one mail triggers must not keep the others from going out.
            _log.exception("Sending the e-mail %s failed unexpectedly.", claimed.id)
            return Outcome(EmailState.QUEUED, "The server made a mistake; its log says more.")
        return Outcome(EmailState.SENT)

    async def _settle(self, claimed: ClaimedMail, outcome: Outcome) -> None:
        """Record an outcome, together with those that arrived while the database was busy."""
        self._outcomes.append((claimed, outcome))
        async with self._settling:
            outcomes, self._outcomes = self._outcomes, []
            if not outcomes:
                return
            try:
                await _insist(partial(self._rows.settle, outcomes))
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
        return build_message(mail)
    except ValueError as error:
        raise PermanentFailure(UNWRITABLE) from error


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
