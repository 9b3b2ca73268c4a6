"""Powers over the customer's device: technicians ask, customers grant, both can end them."""

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import may_run_one_of
from rescue_console.protocol.hindrances import NO_OBSTACLES, REPORTED, PowerHindrance
from rescue_console.protocol.log_kinds import ConsentChanged
from rescue_console.protocol.powers import POWER_PERMISSIONS, STANDING, Consent, Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.refusals import refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import SessionChanges, SessionRow
from rescue_console.server.rules.helping.applets import Applets
from rescue_console.server.rules.helping.restarts import go_on
from rescue_console.server.rules.sessions.sessions import find_own


class Powers:
    """The technicians' side of consent."""

    def __init__(self, books: SessionBooks, applets: Applets) -> None:
        self._books = books
        self._applets = applets

    async def ask(self, caller: Caller, session_id: str, power: Power) -> Session:
        """Ask the customer for *power*; asking again after a denial is allowed.

        If the power needs the applet and there is none yet, the page asks to start it.

        Raises:
            Refusal: ``permission-missing``, ``not-found``, ``taken-by``, or ``status-conflict``
                when the session is not active or the power needs the applet, which is not there
                and which this server does not have for the customer's device.
        """
        _require_any(caller, power)
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            self._refuse_unless_possible(row, power)
            if row.consent(power) is not Consent.GRANTED:
                row = await set_consent(book, row, power, Consent.ASKED, who=caller.name)
            return book.view(row)

    async def drop(self, caller: Caller, session_id: str, power: Power) -> Session:
        """Give a power up, or stop asking for it.

        Raises:
            Refusal: ``not-found`` or ``taken-by``.
        """
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            if row.consent(power) is not Consent.NONE:
                row = await set_consent(book, row, power, Consent.NONE, who=caller.name)
            return book.view(row)

    def _refuse_unless_possible(self, row: SessionRow, power: Power) -> None:
        if row.status is not SessionStatus.ACTIVE:
            raise refuse(
                ProblemWord.STATUS_CONFLICT, "Only in an active session can the customer be asked."
            )
        if power.needs_applet and not row.applet_connected and not self._has_applet_for(row):
            raise refuse(
                ProblemWord.STATUS_CONFLICT,
                "This needs the applet on the customer's device, which is not connected yet, and "
                "this server has none for that device.",
            )

    def _has_applet_for(self, row: SessionRow) -> bool:
        return may_run_one_of(self._applets.platforms(), row.detected_platform)


async def answer(
    book: SessionBook,
    row: SessionRow,
    power: Power,
    *,
    granted: bool,
    hindrance: PowerHindrance | None = None,
) -> None:
    """Note the customer's answer: a grant counts only when asked for, a denial also later.

    What only the applet can do is granted only while the applet is there.

    Args:
        hindrance: What is granted in place of what was asked for.
    """
    present = row.consent(power)
    if granted and power.needs_applet and not row.applet_connected:
        return
    if not granted:
        if present in STANDING:
            why = _why_denied(row, power)
            await set_consent(book, row, power, Consent.DENIED, hindrance=why)
    elif present is Consent.ASKED:
        await set_consent(book, row, power, Consent.GRANTED, hindrance=_reported(power, hindrance))
    elif present is Consent.GRANTED:
        await _set_hindrance(book, row, power, _reported(power, hindrance))


async def hindered(
    book: SessionBook, row: SessionRow, power: Power, hindrance: PowerHindrance
) -> None:
    """Note what keeps the customer's page from giving what was asked for, or what it gave."""
    if row.consent(power) in STANDING and _reported(power, hindrance) is not None:
        await _set_hindrance(book, row, power, hindrance)


async def note_scripts(book: SessionBook, row: SessionRow, *, run: bool) -> SessionRow:
    """Note whether the customer's browser runs the page's scripts, without which it gives nothing.

    Args:
        run: Whether it does.
    """
    none = PowerHindrance.NO_SCRIPTS
    hindrances = {power: known for power, known in row.hindrances.items() if known != none}
    if not run:
        hindrances |= {power: none for power in Power if not power.needs_applet}
    return row if hindrances == row.hindrances else await book.set(row, hindrances=hindrances)


async def set_consent(
    book: SessionBook,
    row: SessionRow,
    power: Power,
    consent: Consent,
    *,
    who: str = "",
    hindrance: PowerHindrance | None = None,
) -> SessionRow:
    """Keep *consent* and what hinders it, write both into the session's log and tell everybody."""
    consents = {**row.consents, power: consent}
    if consent is Consent.NONE:
        del consents[power]
    if consent is Consent.ASKED and row.hindrances.get(power) is PowerHindrance.NO_SCRIPTS:
        hindrance = PowerHindrance.NO_SCRIPTS  # asking does not change that
    changes: SessionChanges = {
        "consents": consents,
        "hindrances": _with(row.hindrances, power, hindrance),
    }
    if power is Power.VIEW and consent is not Consent.GRANTED:
        changes |= await book.end_recording(row, who)
    await book.log(row.id, ConsentChanged(power, consent), who=who, detail=hindrance or "")
    if power is Power.REBOOT and row.status is SessionStatus.REBOOTING:
        row = await go_on(book, row)
    return await book.set(row, **(changes | book.activity(row)))


async def _set_hindrance(
    book: SessionBook, row: SessionRow, power: Power, hindrance: PowerHindrance | None
) -> None:
    """Keep what hinders *power*, and tell everybody if that is news."""
    hindrances = _with(row.hindrances, power, hindrance)
    if hindrances != row.hindrances:
        await book.set(row, hindrances=hindrances)


def _with(
    hindrances: dict[Power, PowerHindrance], power: Power, hindrance: PowerHindrance | None
) -> dict[Power, PowerHindrance]:
    others = {other: word for other, word in hindrances.items() if other is not power}
    return others if hindrance is None else {**others, power: hindrance}


def _why_denied(row: SessionRow, power: Power) -> PowerHindrance:
    """Return why *power*, which was asked for or granted until now, is not there any more."""
    if row.consent(power) is Consent.GRANTED:
        return PowerHindrance.TAKEN_BACK
    known = row.hindrances.get(power)
    return PowerHindrance.DECLINED if known is None or known in NO_OBSTACLES else known


def _reported(power: Power, hindrance: PowerHindrance | None) -> PowerHindrance | None:
    """Return *hindrance* if the page can know it of *power*, which it gives itself; else None."""
    return hindrance if hindrance in REPORTED and not power.needs_applet else None


def _require_any(caller: Caller, power: Power) -> None:
    wanted = POWER_PERMISSIONS[power]
    if not wanted & caller.permissions:
        caller.require(sorted(wanted)[0])
