"""The limit of open files: raised at the start, or refused with words."""

import re
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.stage.servers.rescue_server import COMMAND, RealServer
from tests.stage.until import WAIT_S

pytestmark = [
    pytest.mark.starts_programs,
    pytest.mark.skipif(sys.platform != "linux", reason="sets the limit with Linux's prlimit"),
]


def start_with(data: Path, limits: str) -> "subprocess.CompletedProcess[str]":
    """Start a server with *limits* (``soft:hard``), which it refuses."""
    words = ["prlimit", f"--nofile={limits}", *COMMAND, "--data", str(data), "--port", "0"]
    return subprocess.run(words, capture_output=True, text=True, timeout=WAIT_S, check=False)


def test_too_few_open_files_are_refused_with_what_to_do(tmp_path: Path) -> None:
    ended = start_with(tmp_path / "data", "256:256")
    assert ended.returncode == 1
    assert "LimitNOFILE" in ended.stderr
    assert "256" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_the_limit_is_raised_as_far_as_it_goes(tmp_path: Path) -> None:
    with RealServer(
        tmp_path / "data", make_owner=False, prefix=["prlimit", "--nofile=300:4000"]
    ) as server:
        limits = Path(f"/proc/{server.process.pid}/limits").read_text("utf-8")
        assert re.search(r"Max open files +4000 +4000", limits)


def test_strangers_who_take_every_place_keep_nobody_out_and_fill_no_log(tmp_path: Path) -> None:
    prefix = ["prlimit", "--nofile=1024:1024"]
    with RealServer(tmp_path / "data", make_owner=False, prefix=prefix) as server:
        port = int(server.url.rpartition(":")[2])
        with ExitStack() as stack:
            for _ in range(1_500):
                one = socket.create_connection(("127.0.0.1", port), WAIT_S)
                stack.enter_context(one)
                with suppress(ConnectionError):
                    one.send(b"G")
            assert server.asker().get(f"{server.url}/healthz").status_code == 200
        server.stop()
        assert len(server.log_records()) < 500
