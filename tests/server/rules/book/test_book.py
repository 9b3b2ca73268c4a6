"""The book: what it returns after a change is what is in the database."""

from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.requests import TransferSession
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import SessionRow
from rescue_console.server.rules.sessions.hand_over import hand_over
from tests.stage.rules.workplace import PUBLIC_URL, Workplace, body_of

S = SessionStatus


def books_of(work: Workplace) -> SessionBooks:
    parts = work.parts
    return SessionBooks(parts.database, parts.stream, work.clock, PUBLIC_URL)


async def stands(book: SessionBook, row: SessionRow) -> bool:
    """Tell whether *row* is what the database holds."""
    return row == await book.lock(row.id)


async def test_a_new_session_is_told_as_it_is_stored(work: Workplace) -> None:
    number = await work.event_number()
    session = await work.create("nora", name="Ada")
    async with books_of(work).read() as book:
        kept = book.view(await book.lock(session.id))
    assert session == kept
    [event] = await work.events_after(number)
    assert body_of(event)["session"]["created_by"]["name"] == "Nora"
    assert body_of(event)["session"]["group"]["name"] == "North"


async def test_the_row_after_a_start_names_who_has_the_session(work: Workplace) -> None:
    session, _ = await work.waiting("nora")
    olivia = await work.caller("olivia")
    async with books_of(work).write() as book:
        row = await hand_over(book, await book.lock(session.id), olivia)
        assert row.status is S.ACTIVE
        assert row.names.holder == "Olivia"
        assert await stands(book, row)


async def test_the_row_after_a_transfer_names_both_sides(work: Workplace) -> None:
    session, _ = await work.active("nora")
    sara = (await work.caller("sara")).technician_id
    async with books_of(work).write() as book:
        row = await book.lock(session.id)
        row = await book.change(
            row, S.TRANSFERRING, transfer_from=row.technician_id, transfer_to_technician=sara
        )
        assert (row.names.giver, row.names.taker, row.names.taker_group) == ("Nora", "Sara", None)
        assert await stands(book, row)
        row = await book.set(
            row, transfer_to_technician=None, transfer_to_group=work.groups["South"]
        )
        assert (row.names.giver, row.names.taker, row.names.taker_group) == ("Nora", None, "South")
        assert await stands(book, row)


async def test_the_row_of_a_session_that_moves_names_its_new_group(work: Workplace) -> None:
    session, _ = await work.active("nora")
    south = TransferSession(group_id=work.groups["South"])
    await work.parts.sessions.transfer(await work.caller("nora"), session.id, south)
    number = await work.event_number()
    started = await work.parts.sessions.start(await work.caller("sam"), session.id)
    assert (started.group.name, started.transfer) == ("South", None)
    assert started.technician is not None
    assert started.technician.name == "Sam"
    told = body_of((await work.events_after(number))[-1])["session"]
    assert (told["group"]["name"], told["technician"]["name"]) == ("South", "Sam")


async def test_a_row_from_before_a_change_undoes_nothing(work: Workplace) -> None:
    session, _ = await work.active("nora")
    number = await work.event_number()
    async with books_of(work).write() as book:
        before = await book.lock(session.id)
        await book.change(before, S.ON_HOLD)
        row = await book.set(before, notes="Printer")
        assert (row.status, row.notes) == (S.ON_HOLD, "Printer")
        assert await stands(book, row)
    told = body_of((await work.events_after(number))[-1])["session"]
    assert (told["status"], told["notes"]) == ("on_hold", "Printer")


async def test_a_session_that_ends_keeps_no_consent(work: Workplace) -> None:
    session, _ = await work.active("nora")
    async with books_of(work).write() as book:
        row = await book.set(await book.lock(session.id), consents={Power.VIEW: Consent.GRANTED})
        assert row.consent(Power.VIEW) is Consent.GRANTED
        assert row.consent(Power.FILES) is Consent.NONE
        assert await stands(book, row)
        row = await book.change(row, S.CLOSED_BY_TECHNICIAN)
        assert row.over
        assert row.consents == {}
        assert await stands(book, row)
