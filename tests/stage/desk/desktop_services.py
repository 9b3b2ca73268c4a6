"""What a Linux desktop offers on its message bus: notifications and a tray, as a program.

``python -m tests.stage.desk.desktop_services SERVICE [ABILITY …]`` takes the name of ``SERVICE``
and prints each call as a JSON line ``[METHOD, SIGNATURE, VALUES]``, first ``["ready"]``. A line
``NUMBER ACTION`` on standard input clicks on a notification. ``DesktopService`` is the other end.

Sources: Desktop Notifications Specification 1.2; StatusNotifierItem Specification.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection  # type: ignore[import-untyped]

from tests.stage.checkout import ROOT
from tests.stage.until import wait_until

NOTIFICATIONS = "org.freedesktop.Notifications"
TRAY = "org.kde.StatusNotifierWatcher"
USUAL = ("actions", "body", "body-markup", "persistence")
NOTIFY = "susssasa{sv}i"
STOP_S = 20
_PATHS = {NOTIFICATIONS: "/org/freedesktop/Notifications", TRAY: "/StatusNotifierWatcher"}
_RETURNED = {"GetCapabilities": "as", "Notify": "u", "Get": "v"}


class DesktopService:
    """The running program; use it as a context manager.

    Args:
        environment: Variables of its process, with the bus's address.
        service: ``NOTIFICATIONS`` or ``TRAY``.
        abilities: What the service for notifications can do.
    """

    def __init__(self, environment: Mapping[str, str], service: str, *abilities: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __spec__.name, service, *abilities],
            env=dict(environment),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._calls: list[list[Any]] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        wait_until(lambda: self._calls)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(STOP_S)
        self._reader.join(STOP_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def calls(self, method: str) -> list[list[Any]]:
        """Return the values of every call of *method* so far."""
        return [call[2] for call in tuple(self._calls) if call[0] == method]

    def click(self, number: int, action: str = "default") -> None:
        """Click on the notification with that number."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{number} {action}\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._calls.append(json.loads(line))


class _Service:
    def __init__(self, connection: DBusConnection, service: str, abilities: list[str]) -> None:
        self._connection = connection
        self._service = service
        self._abilities = abilities
        self._count = 0

    def take_name(self) -> None:
        Proxy(message_bus, self._connection).RequestName(self._service)
        _print("ready")

    def serve(self) -> None:
        while True:
            message = self._connection.receive()
            if message.header.message_type is MessageType.method_call:
                self._connection.send(self._answer(message))

    def _answer(self, message: Message) -> Message:
        method = message.header.fields[HeaderFields.member]
        signature = message.header.fields.get(HeaderFields.signature, "")
        _print(method, signature, message.body)
        if method == "Notify" and signature != NOTIFY:
            return new_error(message, "org.freedesktop.DBus.Error.InvalidArgs")
        return new_method_return(message, _RETURNED.get(method), self._returned(method))

    def _returned(self, method: str) -> tuple[object, ...]:
        match method:
            case "GetCapabilities":
                return (self._abilities,)
            case "Notify":
                self._count += 1
                return (self._count,)
            case "Get":
                return (("b", True),)
            case _:
                return ()

    def click(self, number: int, action: str) -> None:
        emitter = DBusAddress(_PATHS[self._service], interface=self._service)
        self._connection.send(new_signal(emitter, "ActivationToken", "us", (number, "a-token")))
        self._connection.send(new_signal(emitter, "ActionInvoked", "us", (number, action)))


def _print(*values: object) -> None:
    print(json.dumps(values), flush=True)  # noqa: T201 (this is its way to answer)


def main(service: str, *abilities: str) -> None:
    """Serve until the process is ended."""
    with open_dbus_connection() as connection:
        offered = _Service(connection, service, [*abilities] or [*USUAL])
        offered.take_name()
        threading.Thread(target=offered.serve, daemon=True).start()
        for line in sys.stdin:
            number, action = line.split()
            offered.click(int(number), action)


if __name__ == "__main__":
    main(*sys.argv[1:])
