"""A real coturn with the settings that are shipped, in the small internet or on the loopback."""

import socket
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.stage.checkout import ROOT
from tests.stage.networks.internet import HELP_DESK
from tests.stage.networks.namespace import Namespace
from tests.stage.servers.certificates import Certificates

SETTINGS: Final = ROOT / "deploy" / "turnserver.conf"
SECRET: Final = "only for this test"
UDP: Final = f"turn:{HELP_DESK}:3478?transport=udp"
TCP: Final = f"turn:{HELP_DESK}:3478?transport=tcp"
TLS: Final = f"turns:{HELP_DESK}:5349?transport=tcp"
STUN: Final = f"stun:{HELP_DESK}:3478"
LOOPBACK: Final = ("127.0.0.1", "::1")
STOP_S = 20.0

Settings = Mapping[str, str | Sequence[str]]


def edited(changes: Settings, without: Sequence[str] = ()) -> str:
    """Return the shipped settings as somebody has edited them for their machine."""
    gone = {*changes, *without}
    kept = [
        line
        for line in SETTINGS.read_text("utf-8").splitlines()
        if line.partition("=")[0] not in gone
    ]
    for name, given in changes.items():
        values = [given] if isinstance(given, str) else given
        kept += [f"{name}={value}" for value in values]
    return "\n".join([*kept, ""])


class Coturn:
    """A coturn process; use it as a context manager.

    Attributes:
        port: Where it listens for UDP and TCP.
        tls_port: Where it listens for TLS.
    """

    def __init__(
        self,
        middle: Namespace | None,
        folder: Path,
        certificates: Certificates,
        secret: str = SECRET,
        *,
        user: str | None = None,
        more: Settings | None = None,
    ) -> None:
        """Write its settings.

        Args:
            middle: The network in which it runs; ``None`` for the loopback.
            folder: Where its files are; made if needed.
            certificates: Its certificate and key.
            secret: The secret from which credentials must be derived.
            user: As whom it runs, if not as the user of the test.
            more: Further changes to the shipped settings.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._middle, self._user = middle, user
        self._said: list[str] = []
        addresses = LOOPBACK if middle is None else [HELP_DESK]
        self.port, self.tls_port = (3478, 5349) if middle else _free_ports()
        changes: dict[str, str | Sequence[str]] = {
            "listening-ip": addresses,
            "relay-ip": addresses,
            "allowed-peer-ip": HELP_DESK,
            "listening-port": str(self.port),
            "tls-listening-port": str(self.tls_port),
            "realm": "help.example",
            "static-auth-secret": secret,
            "cert": str(certificates.server),
            "pkey": str(certificates.server),
            "userdb": str(folder / "turn.db"),
            "pidfile": str(folder / "turn.pid"),
            "log-file": "stdout",
        }
        self._configuration = folder / "turnserver.conf"
        self._configuration.write_text(edited({**changes, **(more or {})}) + "verbose\n", "utf-8")

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def __enter__(self) -> Self:
        with self._middle.entered() if self._middle else nullcontext():
            self._process = subprocess.Popen(
                ["turnserver", "-c", str(self._configuration)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user else None,
            )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._said.append(line)
            if "Total General servers" in line:  # its ports are open
                break
        else:
            raise RuntimeError("".join(self._said))
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(STOP_S)
        self._listening.join(STOP_S)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def said(self, part: str) -> bool:
        """Tell whether *part* occurs in its log."""
        return any(part in line for line in tuple(self._said))

    def _listen(self) -> None:
        assert self._process.stdout is not None
        self._said.extend(self._process.stdout)


def _free_ports() -> tuple[int, int]:
    """Return two ports at which nobody listens now; coturn cannot choose any itself."""
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as other,
    ):
        return one.getsockname()[1], other.getsockname()[1]
