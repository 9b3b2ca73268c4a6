"""TLS between the two sides: what one side writes, only the other side can read."""

import asyncio
import hashlib
from collections.abc import AsyncIterator

import pytest

from rescue_console.desktop.media.certificate import Certificate, make_certificate
from rescue_console.peer.secure_channel import (
    RECORDS_MAX,
    ChannelClosed,
    NotTheConsole,
    SecureChannel,
    applet_tls,
)


class Pipe:
    """Carries records one way and remembers them."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[bytes] = asyncio.Queue()
        self.carried: list[bytes] = []

    async def send(self, data: bytes) -> None:
        self.carried.append(data)
        self._queue.put_nowait(data)

    async def records(self) -> AsyncIterator[bytes]:
        while True:
            yield await self._queue.get()

    def waiting(self) -> bytes:
        """Return what was sent and not yet read."""
        parts = []
        while not self._queue.empty():
            parts.append(self._queue.get_nowait())
        return b"".join(parts)


class Pair:
    """Both sides of a channel, for tests that begin after the handshake."""

    def __init__(self, certificate: Certificate) -> None:
        self.to_console, self.to_applet = Pipe(), Pipe()
        self.applet = SecureChannel(applet_tls(), self.to_console.send, server_side=False)
        self.console = SecureChannel(certificate.tls(), self.to_applet.send, server_side=True)

    async def shake_hands(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.applet.shake_hands(self.to_applet.records()))
            group.create_task(self.console.shake_hands(self.to_console.records()))


@pytest.fixture(scope="module")
def certificate() -> Certificate:
    return make_certificate()


@pytest.fixture
async def pair(certificate: Certificate) -> Pair:
    pair = Pair(certificate)
    await pair.shake_hands()
    return pair


async def test_each_side_reads_what_the_other_writes(pair: Pair) -> None:
    await pair.applet.write(b"from the applet")
    await pair.console.write(b"from the console")

    assert pair.console.read(pair.to_console.waiting()) == b"from the applet"
    assert pair.applet.read(pair.to_applet.waiting()) == b"from the console"


async def test_the_relay_sees_no_contents_and_no_message_that_is_too_large(pair: Pair) -> None:
    secret = b"what the customer typed" * 20_000
    await pair.console.write(secret)

    assert pair.applet.read(pair.to_applet.waiting()) == secret
    assert not [part for part in pair.to_applet.carried if b"the customer typed" in part]
    assert max(map(len, pair.to_applet.carried)) <= RECORDS_MAX


async def test_writes_of_several_tasks_go_out_whole(pair: Pair) -> None:
    blocks = [bytes([number]) * 100_000 for number in range(5)]
    await asyncio.gather(*(pair.applet.write(block) for block in blocks))

    read = pair.console.read(pair.to_console.waiting())

    assert sorted(read[start : start + 100_000] for start in range(0, 500_000, 100_000)) == blocks


async def test_only_the_pinned_certificate_is_accepted(
    pair: Pair, certificate: Certificate
) -> None:
    pair.applet.check_pin(certificate.fingerprint)

    with pytest.raises(NotTheConsole):
        pair.applet.check_pin(hashlib.sha256(b"another").digest())


async def test_a_byte_changed_on_the_way_ends_the_channel(pair: Pair) -> None:
    await pair.console.write(b"delete nothing")
    record = bytearray(pair.to_applet.waiting())
    record[-1] ^= 1

    with pytest.raises(ChannelClosed):
        pair.applet.read(bytes(record))


async def test_bytes_that_are_not_tls_end_the_handshake(pair: Pair) -> None:
    async def nonsense() -> AsyncIterator[bytes]:
        yield b"GET / HTTP/1.1\r\n\r\n" * 10

    with pytest.raises(ChannelClosed):
        await _fresh(pair).shake_hands(nonsense())


def _fresh(pair: Pair) -> SecureChannel:
    return SecureChannel(applet_tls(), pair.to_console.send, server_side=False)


async def test_a_side_that_goes_during_the_handshake_is_noticed(pair: Pair) -> None:
    async def silence() -> AsyncIterator[bytes]:
        return
        yield b""

    with pytest.raises(ChannelClosed):
        await _fresh(pair).shake_hands(silence())
