"""A login session with a real keyring: its own message bus, with gnome-keyring on it."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from jeepney import MatchRule, message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import Proxy, open_dbus_connection  # type: ignore[import-untyped]

SERVICE = "org.freedesktop.secrets"
STOP_S = 20
WAIT_S = 60


@contextmanager
def keyring_session(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Open a session with an unlocked keyring; yield the environment for programs in it."""
    inside = dict(environment)
    inside.pop("PYTHON_KEYRING_BACKEND", None)
    with message_bus_process(inside) as address:
        inside["DBUS_SESSION_BUS_ADDRESS"] = address
        with _keyring(inside):
            yield inside


@contextmanager
def message_bus_process(environment: Mapping[str, str]) -> Iterator[str]:
    """Open a message bus of its own; yield its address."""
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with bus:
        assert bus.stdout is not None
        try:
            yield bus.stdout.readline().strip()
        finally:
            bus.terminate()
            bus.wait(STOP_S)


@contextmanager
def _keyring(environment: Mapping[str, str]) -> Iterator[None]:
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with daemon:
        assert daemon.stdin is not None
        daemon.stdin.write("the password of this login")
        daemon.stdin.close()
        try:
            _wait_for_service(environment["DBUS_SESSION_BUS_ADDRESS"])
            yield
        finally:
            daemon.terminate()
            daemon.wait(STOP_S)


def _wait_for_service(address: str) -> None:
    """Return once the keyring's name is owned on the bus."""
    with open_dbus_connection(address) as connection:
        rule = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
        rule.add_arg_condition(0, SERVICE)
        bus = Proxy(message_bus, connection)
        with connection.filter(rule) as changes:
            bus.AddMatch(rule)
            if not bus.NameHasOwner(SERVICE)[0]:
                connection.recv_until_filtered(changes, timeout=WAIT_S)
