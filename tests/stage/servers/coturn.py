"""A real coturn in the middle of the small internet."""

import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.stage.networks.internet import HELP_DESK
from tests.stage.networks.namespace import Namespace
from tests.stage.servers.certificates import Certificates

SECRET: Final = "only for this test"
UDP: Final = f"turn:{HELP_DESK}:3478?transport=udp"
TCP: Final = f"turn:{HELP_DESK}:3478?transport=tcp"
TLS: Final = f"turns:{HELP_DESK}:5349?transport=tcp"
STUN: Final = f"stun:{HELP_DESK}:3478"
STOP_S = 20.0


class Coturn:
    """A coturn process; use it as a context manager.

    Args:
        secret: The secret from which credentials must be derived.
    """

    def __init__(
        self, middle: Namespace, folder: Path, certificates: Certificates, secret: str = SECRET
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._middle = middle
        self._said: list[str] = []
        settings = {
            "listening-ip": HELP_DESK,
            "relay-ip": HELP_DESK,
            "listening-port": "3478",
            "tls-listening-port": "5349",
            "realm": "help.example",
            "static-auth-secret": secret,
            "cert": str(certificates.server),
            "pkey": str(certificates.server),
            "userdb": str(folder / "turn.db"),
            "pidfile": str(folder / "turn.pid"),
        }
        alone = ["use-auth-secret", "no-cli", "no-multicast-peers", "log-file=stdout", "verbose"]
        lines = [*alone, *(f"{name}={value}" for name, value in settings.items())]
        self._configuration = folder / "turnserver.conf"
        self._configuration.write_text("\n".join([*lines, ""]), "utf-8")

    def __enter__(self) -> Self:
        with self._middle.entered():
            self._process = subprocess.Popen(
                ["turnserver", "-c", str(self._configuration)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
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
