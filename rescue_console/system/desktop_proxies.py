"""The proxies that a Linux desktop is set to use, as its own settings say.

Sources: the schema ``org.gnome.system.proxy``, which GNOME and the desktops beside it share, and
how GIO reads it; ``kioslaverc`` of KDE, group "Proxy Settings" (``ProxyType`` 1 = set by hand).
Proxies that a script on the network would choose (PAC) are not found out.
"""

import ast
import configparser
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from rescue_console.system.environment import system_environment

KEPT_S = 60.0
"""How long the settings are remembered, in seconds; asking takes some milliseconds."""
_ANSWER_WITHIN_S = 3.0
_SCHEMA = "org.gnome.system.proxy"
_BY_HAND = "1"


class DesktopProxies(Struct, frozen=True):
    """What the desktop is set to.

    Attributes:
        proxies: Addresses by scheme, as ``urllib.request.getproxies`` gives them; "all" stands
            for every scheme that is not named.
        spared: Names, domains and networks that are reached straight, as in ``NO_PROXY``.
        only_spared: Whether ``spared`` names what goes through the proxy instead.
    """

    proxies: dict[str, str] = {}
    spared: str = ""
    only_spared: bool = False


_kept: tuple[float, DesktopProxies] | None = None


def desktop_proxies() -> DesktopProxies:
    """Return what the desktop is set to, or was less than a minute ago; nothing elsewhere."""
    global _kept
    now = time.monotonic()
    if _kept is None or now - _kept[0] > KEPT_S:
        _kept = (now, _ask())
    return _kept[1]


def forget_desktop_proxies() -> None:
    """Ask again at the next call."""
    global _kept
    _kept = None


def _ask() -> DesktopProxies:
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "")
    if sys.platform != "linux" or not desktop:
        return DesktopProxies()
    if "KDE" in desktop.split(":"):
        return read_kioslaverc(_kioslaverc())
    return read_gsettings(_gsettings())


# GNOME


def _gsettings() -> str:
    """Return what the desktop's settings say of proxies; empty if they cannot be asked."""
    program = shutil.which("gsettings")
    if program is None:
        return ""
    try:
        answer = subprocess.run(  # noqa: S603 (the system's own)
            [program, "list-recursively", _SCHEMA],
            env=system_environment(),
            capture_output=True,
            timeout=_ANSWER_WITHIN_S,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.decode("utf-8", "replace") if answer.returncode == 0 else ""


def read_gsettings(listed: str) -> DesktopProxies:
    """Return what ``gsettings list-recursively org.gnome.system.proxy`` has listed."""
    said = _Gsettings(listed)
    if said.text("mode") != "manual":
        return DesktopProxies()
    proxies = {scheme: address for scheme in ("http", "https") if (address := said.proxy(scheme))}
    if "http" in proxies and "https" not in proxies and said.is_true("use-same-proxy"):
        proxies["https"] = proxies["http"]
    if socks := said.proxy("socks"):
        proxies["all"] = socks
    return DesktopProxies(proxies, ",".join(said.texts("ignore-hosts")))


class _Gsettings:
    """The lines ``SCHEMA KEY VALUE``, with values in GVariant's text format."""

    def __init__(self, listed: str) -> None:
        words = (line.split(" ", 2) for line in listed.splitlines())
        self._values = {tuple(word[:2]): word[2] for word in words if len(word) == 3}

    def value(self, key: str, part: str = "") -> object:
        said = self._values.get((f"{_SCHEMA}.{part}" if part else _SCHEMA, key), "")
        try:
            return ast.literal_eval(said.removeprefix("@as ").strip())
        except (ValueError, SyntaxError):
            return None

    def is_true(self, key: str, part: str = "") -> bool:
        schema = f"{_SCHEMA}.{part}" if part else _SCHEMA
        return self._values.get((schema, key), "").strip() == "true"

    def text(self, key: str, part: str = "") -> str:
        value = self.value(key, part)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> list[str]:
        value = self.value(key)
        return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []

    def proxy(self, part: str) -> str:
        host, port = self.text("host", part).strip(), self.value("port", part)
        if not host or not isinstance(port, int):
            return ""
        user = password = ""
        if part == "http" and self.is_true("use-authentication", part):
            user = self.text("authentication-user", part)
            password = self.text("authentication-password", part)
        return _address("socks" if part == "socks" else "http", host, port, user, password)


# KDE


def _kioslaverc() -> str:
    """Return KDE's file; empty if there is none."""
    folder = os.environ.get("XDG_CONFIG_HOME", "") or str(Path.home() / ".config")
    try:
        return (Path(folder) / "kioslaverc").read_text("utf-8", "replace")
    except OSError:
        return ""


def read_kioslaverc(text: str) -> DesktopProxies:
    """Return what the text of KDE's ``kioslaverc`` says."""
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    try:
        parser.read_string(text)
        said = {key.partition("[")[0]: value or "" for key, value in parser.items("Proxy Settings")}
    except configparser.Error:
        return DesktopProxies()
    if said.get("ProxyType", "0").strip() != _BY_HAND:
        return DesktopProxies()
    named = {"http": "httpProxy", "https": "httpsProxy", "all": "socksProxy"}
    proxies = {
        scheme: address
        for scheme, key in named.items()
        if (address := _kde_address(said.get(key, "")))
    }
    only_spared = said.get("ReversedException", "").strip().lower() == "true"
    return DesktopProxies(proxies, said.get("NoProxyFor", ""), only_spared)


def _kde_address(said: str) -> str:
    """Return an address that KDE writes with its port after a blank, or in the address."""
    address, _, port = said.strip().partition(" ")
    if not address.partition("://")[2].strip("/") and "://" in address:
        return ""
    return f"{address}:{port.strip()}" if port.strip() else address


def _address(scheme: str, host: str, port: int, user: str, password: str) -> str:
    secret = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{secret}{shown}:{port}"
