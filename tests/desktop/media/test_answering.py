"""Whatever a connection carries, its loss is reported once, with the step and the known reason."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import ClassVar

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription

from rescue_console.desktop.media import answering
from rescue_console.desktop.media.answering import AnsweringConnection
from rescue_console.desktop.media.base import BadDescription, Failure, Hindrance, Step
from rescue_console.desktop.media.certificate import make_certificate
from rescue_console.desktop.media.relays import RelayState, Ways
from rescue_console.protocol.answers import IceServer
from tests.stage.servers.turn import Turn, open_sockets, running_turn
from tests.stage.until import WAIT_S, until_here

CANDIDATE = {"candidate": "candidate:1 1 udp 1 192.0.2.7 40000 typ host", "sdpMid": "0"}


class Silent(AnsweringConnection):
    """Carries nothing, and is lost when the test says so."""

    medium = "application"
    reached: ClassVar[Step] = Step.FINDING

    def __init__(self, *servers: IceServer) -> None:
        self.told: asyncio.Queue[Failure] = asyncio.Queue()
        ways = Ways(list(servers), RelayState.NONE)
        super().__init__(make_certificate(), ways, self.told.put_nowait)
        self.lost = asyncio.Event()
        self.fault: Exception | None = None

    def _agree(self, offer: RTCSessionDescription) -> None:
        pass

    async def _watch(self) -> None:
        await self.lost.wait()
        if self.fault is not None:
            raise self.fault
        self._lose("It is lost.")
        self._lose("It is lost again.")

    def _reached(self) -> Step:
        return self.reached

    async def lose(self) -> Failure:
        """Lose the connection, and return the failure that it reports."""
        self.lost.set()
        failure = await self.told.get()
        assert self.told.empty()
        return failure


@pytest.fixture
async def connection() -> AsyncIterator[Silent]:
    made = Silent()
    yield made
    await made.close()


async def make_offer() -> str:
    """Return an offer of a data channel, without any address yet."""
    page = RTCPeerConnection()
    page.createDataChannel("files-page")
    await page.setLocalDescription(await page.createOffer())
    lines = page.localDescription.sdp.splitlines()
    await page.close()
    addresses = ("a=candidate:", "a=end-of-candidates")
    sdp = "\r\n".join([line for line in lines if not line.startswith(addresses)] + [""])
    return json.dumps({"type": "offer", "sdp": sdp})


async def test_a_browser_without_addresses_is_named(connection: Silent) -> None:
    await connection.answer(await make_offer())
    assert await connection.lose() == Failure(Step.FINDING, Hindrance.NO_ADDRESSES)


async def test_an_address_that_arrives_after_the_offer_counts(connection: Silent) -> None:
    await connection.answer(await make_offer())
    await connection.add_candidate(json.dumps(CANDIDATE))
    assert await connection.lose() == Failure(Step.FINDING, Hindrance.NO_RELAY)


async def test_at_any_other_step_addresses_do_not_matter(
    connection: Silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Silent, "reached", Step.ENCRYPTING)
    await connection.answer(await make_offer())
    assert await connection.lose() == Failure(Step.ENCRYPTING)


async def test_a_fault_while_watching_is_logged_and_reported_as_a_loss(
    connection: Silent, expected_errors: list[str]
) -> None:
    expected_errors.append("A connection to the customer's page failed")
    connection.fault = ZeroDivisionError()
    await connection.answer(await make_offer())
    assert (await connection.lose()).step is Step.FINDING


async def test_a_connection_that_was_closed_reports_nothing(connection: Silent) -> None:
    await connection.answer(await make_offer())
    await connection.close()
    connection._lose("It is lost.")
    assert connection.told.empty()


@pytest.mark.parametrize("given", ["nonsense", '{"type": "offer", "sdp": "m=video 9 x 0"}'])
async def test_an_offer_of_something_else_is_refused(connection: Silent, given: str) -> None:
    with pytest.raises(BadDescription):
        await connection.answer(given)


async def test_a_candidate_that_makes_no_sense_is_refused(connection: Silent) -> None:
    await connection.answer(await make_offer())
    with pytest.raises(BadDescription):
        await connection.add_candidate("nonsense")


@pytest.fixture
async def turn() -> AsyncIterator[Turn]:
    async with running_turn("udp") as made:
        yield made


async def test_an_answer_that_nobody_waits_for_any_more_leaves_nothing_open(turn: Turn) -> None:
    offer, before = await make_offer(), open_sockets()
    turn.gives.clear()
    connection = Silent(turn.server)
    answer = asyncio.create_task(connection.answer(offer))
    await turn.asked.wait()
    answer.cancel()
    closing = asyncio.create_task(connection.close())
    turn.gives.set()
    await asyncio.gather(answer, closing, return_exceptions=True)
    assert answer.cancelled()
    assert open_sockets() == before


async def test_an_answer_that_is_closed_half_way_leaves_nothing_open(turn: Turn) -> None:
    offer, before = await make_offer(), open_sockets()
    turn.gives.clear()
    connection = Silent(turn.server)
    answer = asyncio.create_task(connection.answer(offer))
    await turn.asked.wait()
    closing = asyncio.create_task(connection.close())
    turn.gives.set()
    await asyncio.gather(answer, closing)
    assert open_sockets() == before


@pytest.mark.parametrize("cancelled", [False, True])
async def test_a_leave_that_takes_longer_than_anybody_waits_goes_on_to_its_end(
    turn: Turn, monkeypatch: pytest.MonkeyPatch, cancelled: bool
) -> None:
    offer, before = await make_offer(), open_sockets()
    monkeypatch.setattr(answering, "CLOSE_WITHIN_S", WAIT_S if cancelled else 0.05)
    turn.takes_back.clear()
    connection = Silent(turn.server)
    await connection.answer(offer)
    closing = asyncio.create_task(connection.close())
    await turn.leaving.wait()
    if cancelled:
        closing.cancel()
    await asyncio.gather(closing, return_exceptions=True)
    assert turn.reached_by() == 1
    turn.takes_back.set()
    await until_here(lambda: open_sockets() == before)
