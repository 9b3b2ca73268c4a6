"""Applet and console come to one code; whoever sits in between gets one chance, not many."""

import asyncio

import pytest

from rescue_console.peer.channel_codes import NO_VALUE, ChannelCodes, CodeRefused
from rescue_console.protocol.security_code import (
    NO_KEY,
    VALUE_BYTES,
    commitment,
    security_code,
)

SESSION = "01a220d77366e6e21502861c816ed635"
CONSOLE, BETWEEN = b"\1" * VALUE_BYTES, b"\2" * VALUE_BYTES


class Line:
    """Bytes that go one way."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[int] = asyncio.Queue()
        self.carried = b""

    async def send(self, data: bytes) -> None:
        self.carried += data
        for byte in data:
            self._queue.put_nowait(byte)

    async def receive(self, count: int) -> bytes:
        return bytes([await self._queue.get() for _ in range(count)])


async def meet(
    applet: ChannelCodes, console: ChannelCodes, key: bytes = CONSOLE
) -> tuple[str, str, Line]:
    """Return the codes of both sides, and what the applet has sent."""
    there, back = Line(), Line()
    codes = await asyncio.gather(
        applet.agree_as_applet(SESSION, key, there.send, back.receive),
        console.agree_as_console(SESSION, key, back.send, there.receive),
    )
    return *codes, there


async def test_both_sides_have_the_same_code_and_another_one_each_time() -> None:
    codes = set()
    for _ in range(10):
        mine, theirs, _ = await meet(ChannelCodes(), ChannelCodes())
        assert mine == theirs
        codes.add(mine)
    assert len(codes) == 10


async def test_the_code_stays_the_same_when_the_channel_is_opened_again() -> None:
    applet, console = ChannelCodes(), ChannelCodes()
    first, _, _ = await meet(applet, console)
    for _ in range(3):
        mine, theirs, _ = await meet(applet, console)
        assert mine == theirs == first


@pytest.mark.parametrize("again", ["applet", "console"])
async def test_a_program_that_was_started_again_gets_another_code(again: str) -> None:
    applet, console = ChannelCodes(), ChannelCodes()
    first, _, _ = await meet(applet, console)
    if again == "applet":
        applet = ChannelCodes()
    else:
        console = ChannelCodes()
    mine, theirs, _ = await meet(applet, console)
    assert mine == theirs != first


async def test_the_proof_of_an_earlier_channel_is_not_shown_to_another_key() -> None:
    applet, console = ChannelCodes(), ChannelCodes()
    await meet(applet, console)
    _, _, known = await meet(applet, console)
    proof = known.carried[VALUE_BYTES : 2 * VALUE_BYTES]
    _, _, other = await meet(applet, ChannelCodes(), BETWEEN)
    assert proof not in other.carried


async def test_an_applet_does_not_believe_that_it_is_known_where_it_was_never() -> None:
    there, back = Line(), Line()
    await back.send(NO_VALUE)
    with pytest.raises(CodeRefused):
        await ChannelCodes().agree_as_applet(SESSION, CONSOLE, there.send, back.receive)
    assert len(there.carried) == 2 * VALUE_BYTES


async def test_a_stranger_cannot_pass_for_the_applet_of_before() -> None:
    """The server may cut the applet off and come to the console itself: the code tells."""
    applet, console = ChannelCodes(), ChannelCodes()
    first, _, _ = await meet(applet, console)
    _, theirs, _ = await meet(ChannelCodes(), console)
    assert theirs != first


async def test_a_value_that_was_not_committed_to_is_refused() -> None:
    there, back = Line(), Line()
    mine, other = b"\3" * VALUE_BYTES, b"\4" * VALUE_BYTES
    await there.send(commitment(SESSION, NO_KEY, mine) + bytes(VALUE_BYTES) + other)
    with pytest.raises(CodeRefused):
        await ChannelCodes().agree_as_console(SESSION, CONSOLE, back.send, there.receive)


async def test_the_applet_reveals_its_value_only_once_the_console_has_given_its_own() -> None:
    there, back = Line(), Line()
    mine = b"\5" * VALUE_BYTES
    codes = ChannelCodes(lambda count: mine[:count])
    agreeing = asyncio.create_task(
        codes.agree_as_applet(SESSION, CONSOLE, there.send, back.receive)
    )
    committed = await there.receive(2 * VALUE_BYTES)
    assert committed[:VALUE_BYTES] == commitment(SESSION, NO_KEY, mine)
    assert there.carried == committed
    await back.send(b"\6" * VALUE_BYTES)
    code = await agreeing
    assert there.carried == committed + mine
    assert code == security_code(SESSION, NO_KEY, CONSOLE, mine, b"\6" * VALUE_BYTES)


async def between(first: str) -> tuple[str, str]:
    """Return the codes of applet and console with somebody in between, who does both exchanges."""
    to_applet, from_applet = Line(), Line()
    to_console, from_console = Line(), Line()
    mine = b"\7" * VALUE_BYTES
    applet = asyncio.create_task(
        ChannelCodes().agree_as_applet(SESSION, BETWEEN, from_applet.send, to_applet.receive)
    )
    console = asyncio.create_task(
        ChannelCodes().agree_as_console(SESSION, CONSOLE, from_console.send, to_console.receive)
    )

    async def meet_console() -> None:
        # Committed before the console's value is known: nothing can be chosen by the outcome.
        await to_console.send(commitment(SESSION, NO_KEY, mine) + bytes(VALUE_BYTES))
        await from_console.receive(VALUE_BYTES)
        assert not console.done()
        await to_console.send(mine)

    async def meet_applet() -> None:
        # The applet's value is still unknown as the own one must be given.
        await from_applet.receive(2 * VALUE_BYTES)
        await to_applet.send(mine)
        await from_applet.receive(VALUE_BYTES)

    steps = [meet_applet, meet_console]
    for step in steps if first == "applet" else reversed(steps):
        await step()
    return await applet, await console


@pytest.mark.parametrize("first", ["applet", "console"])
async def test_somebody_in_between_has_two_different_codes(first: str) -> None:
    mine, theirs = await between(first)
    assert mine != theirs
