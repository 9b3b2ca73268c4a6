"""Files through the real server's relay, inside the encrypted channel."""

from pathlib import Path

import pytest

from rescue_console.network.server_address import read_address
from rescue_console.peer.files.sources import find_sources
from rescue_console.peer.files.transfer import TransferState
from tests.stage.applets.relay_end import RelayEnd, arrange
from tests.stage.files import files_in, make_file
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import RealServer


async def test_files_pass_through_the_relay_both_ways(server: RealServer, tmp_path: Path) -> None:
    meeting = arrange(server, tmp_path)
    content = make_file(tmp_path / "from" / "photo.raw", 6_000_001)
    sources = find_sources([tmp_path / "from" / "photo.raw"])
    async with (
        RelayEnd(meeting, tmp_path / "console", console=True).open() as console,
        RelayEnd(meeting, tmp_path / "applet", console=False).open() as applet,
    ):
        [there], [back] = console.exchange.offer(sources), applet.exchange.offer(sources)
        await console.until(lambda: there.over)
        await applet.until(lambda: back.over)
        assert (there.problem, back.problem) == ("", "")
    assert files_in(tmp_path / "console") == {"photo.raw": content}
    assert files_in(tmp_path / "applet") == {"photo.raw": content}


@pytest.mark.parametrize("lost", ["network", "server"])
async def test_a_file_survives_a_loss(server: RealServer, tmp_path: Path, lost: str) -> None:
    meeting = arrange(server, tmp_path)
    content = make_file(tmp_path / "from" / "large.bin", 40_000_000)
    with Wire(int(server.url.rpartition(":")[2])) as wire:
        async with (
            RelayEnd(
                meeting, tmp_path / "console", console=True, address=read_address(wire.url)
            ).open() as console,
            RelayEnd(meeting, tmp_path / "applet", console=False).open() as applet,
        ):
            [sent] = console.exchange.offer(find_sources([tmp_path / "from" / "large.bin"]))
            await console.until(lambda: sent.done > 5_000_000)
            if lost == "network":
                wire.cut()
            else:
                server.kill()
                server.start()
            await console.until(lambda: sent.state is TransferState.PAUSED)
            await console.until(lambda: sent.over)
            assert sent.problem == ""
            assert console.met >= 2
            assert applet.exchange.running is False
    assert files_in(tmp_path / "applet") == {"large.bin": content}
