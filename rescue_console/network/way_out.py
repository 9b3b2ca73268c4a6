"""Which way leads to a server: straight, or through a proxy. One decision for all that goes there.

REST calls, the event stream, the relay and the applet's own requests ask here, so that they take
the same way. What is decided from: the program's own options (``choose``); where they leave it to
the system, the environment (``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY``, ``NO_PROXY``, also in
small letters); where that names no proxy, the settings of Windows, macOS or the Linux desktop.
Nothing is read from ``~/.netrc``: what it says would take the place of the sign-in.
"""

import base64
import ipaddress
from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit
from urllib.request import getproxies, getproxies_environment, proxy_bypass

from msgspec import Struct

from rescue_console.network.errors import Unreachable, Why
from rescue_console.network.server_address import ServerAddress
from rescue_console.protocol.domain_names import DomainRefused, ascii_domain
from rescue_console.system.desktop_proxies import desktop_proxies

_NO_PROXY = "no"
_ALL = "all"
_PORTS = {"http": 80, "https": 443}


class Proxy(Struct, frozen=True, kw_only=True):
    """An HTTP proxy; ``shown`` names it without its password."""

    host: str
    port: int
    secure: bool = False
    user: str = ""
    password: str = ""

    @property
    def shown(self) -> str:
        """The proxy as a sentence or a log line may name it."""
        return f"{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The proxy as libraries take it, with user and password."""
        secret = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}@"
        scheme = "https" if self.secure else "http"
        return f"{scheme}://{secret if self.user else ''}{self.shown}"

    @property
    def authorization(self) -> dict[str, str]:
        """The header that signs in to the proxy; nothing when it wants none. Source: RFC 7617."""
        if not self.user:
            return {}
        secret = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return {"Proxy-Authorization": f"Basic {secret}"}


_chosen: Callable[[], Proxy | None] | None = None


def choose(choice: Callable[[], Proxy | None] | None) -> None:
    """Let *choice* say which way leads to every server from now on.

    Args:
        choice: Returns the proxy, or ``None`` for the straight way; it may be called from several
            threads. ``None`` instead: environment and system decide.
    """
    global _chosen
    _chosen = choice


def proxy_for(server: ServerAddress) -> Proxy | None:
    """Return the proxy that leads to *server*; ``None`` when the way is straight.

    Traffic to this computer never leaves it.

    Raises:
        Unreachable: a proxy is set that cannot be used.
    """
    if server.loopback:
        return None
    if _chosen is not None:
        return _chosen()
    scheme = "https" if server.secure else "http"
    port = urlsplit(server.url).port or _PORTS[scheme]
    environment = getproxies_environment()
    said = environment.get(scheme) or environment.get(_ALL)
    if said:
        return (
            None if _spared(server.host, port, environment.get(_NO_PROXY, "")) else read_proxy(said)
        )
    if _spared(server.host, port, environment.get(_NO_PROXY, "")) or _names_a_proxy(environment):
        return None
    return _by_the_system(server.host, port, scheme)


def _by_the_system(host: str, port: int, scheme: str) -> Proxy | None:
    system = getproxies()
    if said := system.get(scheme) or system.get(_ALL):
        return read_proxy(said) if not proxy_bypass(f"{host}:{port}") else None
    desktop = desktop_proxies()
    said = desktop.proxies.get(scheme) or desktop.proxies.get(_ALL)
    if not said or _spared(host, port, desktop.spared) != desktop.only_spared:
        return None
    return read_proxy(said)


def proxy_url(server: ServerAddress) -> str | None:
    """Return ``proxy_for`` as libraries take it."""
    proxy = proxy_for(server)
    return proxy.url if proxy is not None else None


def _names_a_proxy(environment: dict[str, str]) -> bool:
    return any(value for name, value in environment.items() if name != _NO_PROXY)


def read_proxy(said: str) -> Proxy:
    """Return the proxy that *said* names: ``[http[s]://][USER[:PASSWORD]@]HOST[:PORT]``.

    Raises:
        Unreachable: it is no HTTP proxy, or none at all.
    """
    text = said.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else ascii_domain(host)
    except (ValueError, DomainRefused):
        raise Unreachable(Why.PROXY_UNUSABLE, proxy=_without_secret(text)) from None
    if parts.scheme not in _PORTS:
        raise Unreachable(Why.PROXY_UNUSABLE, proxy=_without_secret(text))
    return Proxy(
        host=host,
        port=port or _PORTS[parts.scheme],
        secure=parts.scheme == "https",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _without_secret(text: str) -> str:
    scheme, mark, rest = text.rpartition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"[:200]


def _spared(host: str, port: int, no_proxy: str) -> bool:
    """Tell whether *no_proxy* holds the server: by name, domain, number or network, or ``*``."""
    return any(_holds(entry, host, port) for entry in no_proxy.replace(",", " ").split())


def _holds(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    number = _number(host)
    network = _network(entry)
    if network is not None:
        return number is not None and number in network
    name, its_port = _split(entry)
    if its_port and its_port != port:
        return False
    network = _network(name)
    if network is not None:
        return number is not None and number in network
    try:
        domain = ascii_domain(name.removeprefix("*").strip("."))
    except DomainRefused:
        return False
    return host == domain or host.endswith(f".{domain}")


def _number(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        number = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    return mapped or number


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text.strip("[]"), strict=False)
    except ValueError:
        return None


def _split(entry: str) -> tuple[str, int]:
    """Return name and port of an entry; 0 where it names none."""
    name, colon, port = entry.rpartition(":")
    return (name, int(port)) if colon and port.isdecimal() else (entry, 0)
