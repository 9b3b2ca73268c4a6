"""Powers over the customer's device: technicians ask, customers grant, both can end them."""

from typing import Any

from sqlalchemy import Row

from rescue_console.protocol.answers import Session
from rescue_console.protocol.log_kinds import ConsentChanged
from rescue_console.protocol.powers import POWER_PERMISSIONS, Consent, Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.refusals import refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import read_consents
from rescue_console.server.rules.helping.restarts import go_on
from rescue_console.server.rules.sessions.sessions import find_own


class Powers:
    """The technicians' side of consent."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def ask(self, caller: Caller, session_id: str, power: Power) -> Session:
        """Ask the customer for *power*; asking again after a refusal is allowed.

        Raises:
            Refusal: ``permission-missing``, ``not-found``, ``taken-by``, or ``status-conflict``
                when the session is not active or the power needs the applet, which is not there.
        """
        _require_any(caller, power)
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            _refuse_unless_possible(row, power)
            if _consent(row, power) is Consent.GRANTED:
                return book.view(row)
            return await set_consent(book, row, power, Consent.ASKED, who=caller.name)

    async def drop(self, caller: Caller, session_id: str, power: Power) -> Session:
        """Give a power up, or stop asking for it.

        Raises:
            Refusal: ``not-found`` or ``taken-by``.
        """
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            if _consent(row, power) is Consent.NONE:
                return book.view(row)
            return await set_consent(book, row, power, Consent.NONE, who=caller.name)


async def answer(book: SessionBook, row: Row[Any], power: Power, *, granted: bool) -> None:
    """Note the customer's answer: a grant counts only when it was asked for, a refusal always."""
    present = _consent(row, power)
    if granted and present is not Consent.ASKED:
        return
    wanted = Consent.GRANTED if granted else Consent.DENIED
    if present is not wanted and (granted or present is not Consent.NONE):
        await set_consent(book, row, power, wanted)


async def set_consent(
    book: SessionBook, row: Row[Any], power: Power, consent: Consent, *, who: str = ""
) -> Session:
    """Keep *consent*, write it into the session's log and tell everybody."""
    consents = {**row.consents, power.value: consent.value}
    if consent is Consent.NONE:
        del consents[power.value]
    values: dict[str, Any] = {"consents": consents}
    if power is Power.VIEW and consent is not Consent.GRANTED:
        values |= await book.end_recording(row, who)
    await book.log(row.id, ConsentChanged(power, consent), who=who)
    if power is Power.REBOOT and row.status == SessionStatus.REBOOTING:
        await go_on(book, row)
    return await book.set(row, **values, **book.activity(row))


def _consent(row: Row[Any], power: Power) -> Consent:
    return read_consents(row.consents).get(power, Consent.NONE)


def _require_any(caller: Caller, power: Power) -> None:
    wanted = POWER_PERMISSIONS[power]
    if not wanted & caller.permissions:
        caller.require(sorted(wanted)[0])


def _refuse_unless_possible(row: Row[Any], power: Power) -> None:
    if row.status != SessionStatus.ACTIVE:
        raise refuse(
            ProblemWord.STATUS_CONFLICT, "Only in an active session can the customer be asked."
        )
    if power.needs_applet and not row.applet_connected:
        raise refuse(
            ProblemWord.STATUS_CONFLICT,
            "This needs the applet on the customer's device, which is not connected yet.",
        )
