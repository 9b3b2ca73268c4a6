"""Restarting the customer's device: the session waits for the applet and goes on where it was.

The applet's grants outlast the restart, since it is the same customer at the same device in the
same session. Consent to a restart covers one restart only; another must be asked for. The picture
came from the page, which the restart has closed, so it must be asked for again.
"""

from collections.abc import Collection

from rescue_console.protocol.answers import Session
from rescue_console.protocol.customer import StaysOn
from rescue_console.protocol.foreign_text import line
from rescue_console.protocol.log_kinds import ConsentChanged, NotRestarted
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.refusals import refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.book import SessionBook, status_conflict
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import SessionRow
from rescue_console.server.rules.sessions.sessions import find_own


class Restarts:
    """The technicians' side of a restart."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def begin(self, caller: Caller, session_id: str) -> Session:
        """Note that the device is about to restart; if it already is, nothing changes.

        The server cannot restart it: only the technician's console can ask the applet, in the
        channel that the server cannot read.

        Raises:
            Refusal: ``permission-missing``, ``not-found``, ``taken-by``, or ``status-conflict``
                when the session is not active, the customer has not agreed, or the applet is not
                connected.
        """
        caller.require(Permission.REBOOT)
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            if row.status is not SessionStatus.REBOOTING:
                _refuse_unless_possible(row)
                row = await book.change(
                    row,
                    SessionStatus.REBOOTING,
                    who=caller.name,
                    returns_to=SessionStatus.ACTIVE,
                    returns_since=row.status_since,
                )
            return book.view(row)


async def stay(book: SessionBook, row: SessionRow, said: StaysOn) -> None:
    """Note that the device was not restarted, and why."""
    if row.status is SessionStatus.REBOOTING:
        await book.log(row.id, NotRestarted(said.problem), detail=line(said.detail))
        await go_on(book, row)


async def go_on(book: SessionBook, row: SessionRow) -> SessionRow:
    """Make a session active again when a restart is over or did not happen.

    It counts as active since the moment it became so before the restart.
    """
    return await book.change(
        row,
        SessionStatus.ACTIVE,
        since=row.returns_since,
        returns_to=None,
        returns_since=None,
        seen_at=book.now,
    )


async def return_from_restart(book: SessionBook, row: SessionRow) -> SessionRow:
    """Note that the applet is back after a restart; a session that waited for it goes on."""
    row = await _ask_anew(book, row, frozenset({Power.VIEW}))
    if row.status is SessionStatus.REBOOTING:
        row = await go_on(book, row)
    return row


async def begin_anew(book: SessionBook, row: SessionRow) -> SessionRow:
    """Note that the applet was started again by hand: its grants are asked for anew."""
    if row.status is SessionStatus.REBOOTING:
        row = await return_from_restart(book, row)
    return await _ask_anew(book, row, frozenset(power for power in Power if power.needs_applet))


async def _ask_anew(book: SessionBook, row: SessionRow, powers: Collection[Power]) -> SessionRow:
    """Use up the consent to a restart, and ask again for those of *powers* that are granted."""
    consents = dict(row.consents)
    hindrances = dict(row.hindrances)
    if consents.pop(Power.REBOOT, None) is not None:
        await book.log(row.id, ConsentChanged(Power.REBOOT, Consent.NONE))
    for power, consent in consents.items():
        if power in powers and consent is Consent.GRANTED:
            consents[power] = Consent.ASKED
            hindrances.pop(power, None)
            await book.log(row.id, ConsentChanged(power, Consent.ASKED))
    if consents == row.consents:
        return row
    return await book.set(row, consents=consents, hindrances=hindrances)


def _refuse_unless_possible(row: SessionRow) -> None:
    if row.status is not SessionStatus.ACTIVE:
        raise status_conflict(row.status, SessionStatus.REBOOTING)
    if row.consent(Power.REBOOT) is not Consent.GRANTED:
        raise refuse(ProblemWord.STATUS_CONFLICT, "The customer has not agreed to a restart.")
    if not row.applet_connected:
        raise refuse(
            ProblemWord.STATUS_CONFLICT,
            "This needs the applet on the customer's device, which is not connected at the moment.",
        )
