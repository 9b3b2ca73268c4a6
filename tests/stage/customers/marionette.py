"""Drives Firefox by Marionette, the protocol that is built into it.

Source: Firefox Source Docs, "Marionette", Protocol. Each message is its length, a colon and JSON.
"""

import json
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.stage.until import WAIT_S, wait_until

_COMMAND, _ANSWER = 0, 1


class Marionette:
    """One session with one browser."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), WAIT_S)
        self._file = self._socket.makefile("rb")
        self._number = 0
        assert self._read()["marionetteProtocol"] == 3

    def do(self, command: str, **arguments: object) -> Any:
        """Return the value of the answer; a refusal is an error with the browser's own words."""
        self._number += 1
        text = json.dumps([_COMMAND, self._number, command, arguments])
        self._socket.sendall(f"{len(text)}:{text}".encode())
        kind, number, error, result = self._read()
        assert (kind, number) == (_ANSWER, self._number)
        if error is not None:
            raise AssertionError(f"{command}: {error['error']}: {error['message']}")
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def run_as_browser(self, script: str, *arguments: object) -> None:
        """Run *script* with the rights of the browser itself."""
        self.do("Marionette:SetContext", value="chrome")
        try:
            self.do("WebDriver:ExecuteScript", script=script, args=arguments)
        finally:
            self.do("Marionette:SetContext", value="content")

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def _read(self) -> Any:
        length = b""
        while (byte := self._file.read(1)) != b":":
            assert byte, "the browser has gone"
            length += byte
        return json.loads(self._file.read(int(length)))


@contextmanager
def browser(
    program: str, screen: Mapping[str, str], folder: Path, preferences: Mapping[str, object]
) -> Iterator[Marionette]:
    """Run Firefox on *screen* while the block runs; its new profile and its log are in *folder*."""
    profile, log = folder / "profile", folder / "firefox.log"
    profile.mkdir()
    lines = {"marionette.port": 0, **preferences}
    (profile / "user.js").write_text(
        "".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in lines.items())
    )
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [
                program,
                "--marionette",
                "--remote-allow-system-access",
                "--no-remote",
                "--profile",
                str(profile),
            ],
            env=dict(screen),
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            port = profile / "MarionetteActivePort"
            wait_until(lambda: port.exists() and port.read_text().strip())
            driver = Marionette(int(port.read_text()))
            try:
                driver.do("WebDriver:NewSession")
                yield driver
                driver.do("Marionette:Quit", flags=["eForceQuit"])
            finally:
                driver.close()
            process.wait(WAIT_S)
        finally:
            process.kill()
