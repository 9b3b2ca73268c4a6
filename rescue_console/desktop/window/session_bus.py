"""The message bus of the technician's login session, where Linux desktops offer their services.

Sources: D-Bus Specification, "Message Bus Specification"; the manual page sd_bus_open_user(3) for
where the bus is when no variable names it. QtDBus is not used: from Python it sends every number as
signed, and services refuse such calls.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from rescue_console.desktop.program.jobs import Jobs

if TYPE_CHECKING:
    from jeepney import Message  # type: ignore[import-untyped]
    from jeepney.io.asyncio import DBusConnection  # type: ignore[import-untyped]

ANSWER_WITHIN_S = 10.0
"""How long a service may take to answer; some are only started by the call."""

_log = logging.getLogger(__name__)


class BusTrouble(Exception):
    """The bus or the service on it did not do what was asked; the message says why."""


class ServiceAbsent(BusTrouble):
    """There is no bus, or no such service on it."""


class Service(Struct, frozen=True):
    """An object on the bus, and what it can be asked: names as D-Bus spells them."""

    name: str
    path: str
    interface: str


_ABSENT = ("org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.Spawn")
_BUS = Service("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


class Heard(Struct, frozen=True):
    """A signal of a service; it calls *receiver* with the signal's values."""

    service: Service
    member: str
    receiver: Callable[..., object]
    about: str = ""
    """The signal's first value, where only one is of interest."""


def owner_changes(service: Service, receiver: Callable[[str, str, str], object]) -> Heard:
    """Return the signal by which the bus tells that *service* begins or ends.

    *receiver* gets the service's name, and its old and new owner; empty for none.
    """
    return Heard(_BUS, "NameOwnerChanged", receiver, about=service.name)


def bus_address() -> str:
    """Return where the bus of this login session is; empty where there is none."""
    if sys.platform != "linux":
        return ""
    if said := os.environ.get("DBUS_SESSION_BUS_ADDRESS", ""):
        return said
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return f"unix:path={runtime}/bus" if runtime and (Path(runtime) / "bus").exists() else ""


class SessionBus:
    """A connection to the bus: opened by the first call, and again by the next one if it is lost.

    Args:
        heard: The signals to listen for while there is a connection.
    """

    def __init__(self, *heard: Heard) -> None:
        self._heard = heard
        self._jobs = Jobs()
        self._opening = asyncio.Lock()
        self._connection: DBusConnection | None = None
        self._answers: dict[int, asyncio.Future[Message]] = {}

    async def call(
        self, service: Service, method: str, signature: str = "", *values: object
    ) -> tuple[Any, ...]:
        """Ask *service* and return its answer; the bus starts it if it can.

        Raises:
            ServiceAbsent: there is no bus, or no such service on it.
            BusTrouble: it refuses or does not answer.
        """
        from jeepney import DBusErrorResponse

        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                async with self._opening:
                    if self._connection is None:
                        await self._open()
                answer: tuple[Any, ...] = await self._ask(service, method, signature, *values)
                return answer
        except DBusErrorResponse as error:
            kind = ServiceAbsent if str(error.name).startswith(_ABSENT) else BusTrouble
            raise kind(f"{service.name}: {error}") from error
        except (OSError, EOFError, ValueError) as error:
            raise BusTrouble(f"{service.name}: {type(error).__name__}: {error}") from error

    async def runs(self, service: Service) -> bool:
        """Tell whether *service* runs now.

        Raises:
            BusTrouble: there is no bus, or it does not answer.
        """
        (runs,) = await self.call(_BUS, "NameHasOwner", "s", service.name)
        return bool(runs)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._jobs.aclose()

    # The connection

    async def _open(self) -> None:
        from jeepney.io.asyncio import open_dbus_connection
        from jeepney.io.common import RouterClosed  # type: ignore[import-untyped]

        try:
            connection = await open_dbus_connection(bus_address())
        except (OSError, EOFError, ValueError, RuntimeError, RouterClosed) as error:
            raise ServiceAbsent(f"no session bus: {type(error).__name__}: {error}") from error
        self._connection = connection
        self._jobs.start(self._receive(connection), "listen to the session bus")
        for heard in self._heard:
            await self._ask(_BUS, "AddMatch", "s", _rule(heard))

    async def _ask(self, service: Service, method: str, signature: str, *values: object) -> Any:
        from jeepney import DBusAddress, new_method_call
        from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped]

        connection = self._connection
        if connection is None:
            raise EOFError("the connection to the bus was lost")
        address = DBusAddress(service.path, service.name, service.interface)
        serial = next(connection.outgoing_serial)
        answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._answers[serial] = answer
        try:
            message = new_method_call(address, method, signature or None, values)
            await connection.send(message, serial=serial)
            return unwrap_msg(await answer)
        finally:
            del self._answers[serial]

    async def _receive(self, connection: DBusConnection) -> None:
        """Pass on what arrives until the connection is lost or closed."""
        try:
            while True:
                self._take(await connection.receive())
        except (OSError, EOFError, ValueError) as error:
            _log.warning("The connection to the session bus was lost: %s", error)
        finally:
            self._connection = None
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(EOFError("the connection to the bus was lost"))
            with suppress(OSError):
                await connection.close()

    def _take(self, message: Message) -> None:
        from jeepney import HeaderFields, MessageType

        fields = message.header.fields
        if message.header.message_type is not MessageType.signal:
            answer = self._answers.get(fields.get(HeaderFields.reply_serial, 0))
            if answer is not None and not answer.done():
                answer.set_result(message)
            return
        for heard in self._heard:
            if (
                fields.get(HeaderFields.interface) == heard.service.interface
                and fields.get(HeaderFields.path) == heard.service.path
                and fields.get(HeaderFields.member) == heard.member
                and heard.about in ("", (*message.body, "")[0])
            ):
                heard.receiver(*message.body)


def _rule(heard: Heard) -> str:
    from jeepney import MatchRule

    rule = MatchRule(
        type="signal",
        sender=heard.service.name,
        path=heard.service.path,
        interface=heard.service.interface,
        member=heard.member,
    )
    if heard.about:
        rule.add_arg_condition(0, heard.about)
    return str(rule.serialise())
