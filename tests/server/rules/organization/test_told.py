"""What consoles are told: every change that they may see, in order, and no other."""

import msgspec
import pytest

from rescue_console.protocol.events import Event, SessionChanged
from rescue_console.protocol.requests import TransferSession
from rescue_console.server.events.log import LoggedEvent
from rescue_console.server.rules.access.caller import Caller
from tests.stage.rules.workplace import Workplace, body_of

EVERYBODY = ("olivia", "adam", "nora", "nils", "sara", "sam")


def sees(caller: Caller, event: LoggedEvent) -> bool:
    return caller.technician_id in event.technician_ids or event.group_id in caller.visible_groups


class Listeners:
    """Every technician's picture of the session list, built from events alone."""

    def __init__(self, work: Workplace) -> None:
        self._work = work

    async def check(self) -> None:
        """Fail unless everybody's picture is what the server would list for them now."""
        events = await self._work.events_after(0)
        for name in EVERYBODY:
            caller = await self._work.caller(name)
            picture: dict[str, str] = {}
            for event in events:
                if not sees(caller, event):
                    continue
                body = body_of(event)
                if event.kind == "session.changed":
                    picture[body["session"]["id"]] = body["session"]["status"]
                elif event.kind == "session.removed":
                    picture.pop(body["session_id"], None)
            page = await self._work.parts.sessions.page(caller, [], None, 100)
            assert picture == {session.id: session.status.value for session in page.items}, name


async def test_every_change_is_told_once_in_order(work: Workplace) -> None:
    session, token = await work.active("nora")
    await work.parts.customers.went_away(session.id)
    await work.parts.customers.came_back(token)
    await work.parts.sessions.hold(await work.caller("nora"), session.id)
    await work.parts.sessions.close(await work.caller("nora"), session.id)
    events = [event for event in await work.events_after(0) if event.session_id == session.id]
    assert [body_of(event)["session"]["status"] for event in events] == [
        "invited",
        "connecting",
        "waiting",
        "active",
        "reconnecting",
        "active",
        "on_hold",
        "closed_by_technician",
    ]
    numbers = [event.number for event in events]
    assert numbers == sorted(set(numbers))


async def test_what_is_told_can_be_read_by_a_console(work: Workplace) -> None:
    session, _ = await work.active("nora", name="Zoé 🙂")
    told = [msgspec.json.decode(event.message, type=Event) for event in await work.events_after(0)]
    last = told[-1]
    assert isinstance(last, SessionChanged)
    assert last.session == session


async def test_a_session_is_told_to_those_who_may_see_it(work: Workplace) -> None:
    number = await work.event_number()
    await work.create("nils")
    [event] = await work.events_after(number)
    told = {name for name in EVERYBODY if sees(await work.caller(name), event)}
    assert told == {"olivia", "adam", "nora", "nils"}


@pytest.mark.parametrize("to", ["Night", "North", "South", "sam", "nils", "olivia"])
@pytest.mark.parametrize("taker", ["giver", "offered"])
async def test_consoles_that_only_follow_events_see_what_the_server_would_list(
    work: Workplace, to: str, taker: str
) -> None:
    listeners = Listeners(work)
    session, _ = await work.active("sara")
    await listeners.check()
    request = (
        TransferSession(group_id=work.groups[to])
        if to in work.groups
        else TransferSession(technician_id=(await work.caller(to)).technician_id)
    )
    async with work.at_desk("sam", "nils", "olivia"):
        await work.parts.sessions.transfer(await work.caller("sara"), session.id, request)
    await listeners.check()
    members = {"Night": "nils", "North": "nora", "South": "sam"}
    name = "sara" if taker == "giver" else members.get(to, to)
    await work.parts.sessions.start(await work.caller(name), session.id)
    await listeners.check()
    await work.parts.sessions.close(await work.caller(name), session.id)
    await listeners.check()


async def test_a_session_passed_on_repeatedly_is_seen_by_those_it_concerns(work: Workplace) -> None:
    listeners = Listeners(work)
    session, _ = await work.active("nils")
    for giver, taker in (("nils", "sara"), ("sara", "nora"), ("nora", "sam")):
        taker_id = (await work.caller(taker)).technician_id
        request = TransferSession(technician_id=taker_id)
        async with work.at_desk(taker):
            await work.parts.sessions.transfer(await work.caller(giver), session.id, request)
        await listeners.check()
        await work.parts.sessions.start(await work.caller(taker), session.id)
        await listeners.check()
