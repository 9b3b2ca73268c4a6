"""Addresses as they are compared and counted: the IPv4 address inside an IPv6 one is taken out.

A server that listens on ``::`` sees IPv4 callers as ``::ffff:192.0.2.1``, and a NAT64 gateway makes
them ``64:ff9b::192.0.2.1``. Whoever compares addresses gets them from here, so that one machine has
one address.
"""

import ipaddress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_MAPPED = IPv6Network("::ffff:0:0/96")
"""IPv4-mapped addresses (RFC 4291), which the system makes of IPv4 callers."""

_TRANSLATED = (
    IPv6Network("64:ff9b::/96"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("::ffff:0:0:0/96"),
)
"""What translators in the network make: NAT64's well-known prefix (RFC 6052), the one for local use
(RFC 8215), taken as a /96, and IPv4-translated addresses (RFC 7915)."""

_NOT_TRANSLATED = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/3",
    )
)
"""What no translator may carry (RFC 6052, 3.1). Left wrapped: from outside nobody becomes loopback,
or a proxy of the organization's own network, by an address that spells it."""

_WRAPPING_BITS = 96
"""How much of an IPv6 address stands before the IPv4 address in it."""


def read_ip_address(text: str) -> Address | None:
    """Return the plain address in *text*, or None if it holds none."""
    try:
        parsed = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return parsed if parsed.version == 4 else _unwrap(parsed)


def plain(text: str) -> str:
    """Return *text* as a plain address, or as it is if it is none."""
    parsed = read_ip_address(text)
    return text if parsed is None else str(parsed)


def read_network(text: str) -> Network:
    """Return the network in *text*, made plain like the addresses in it.

    Raises:
        ValueError: it is no network, or has bits set after its length.
    """
    network = ipaddress.ip_network(text.strip())
    if network.version == 4 or network.prefixlen < _WRAPPING_BITS:
        return network
    inside = IPv4Network(
        (int(network.network_address) & 0xFFFFFFFF, network.prefixlen - _WRAPPING_BITS)
    )
    return inside if _is_wrapped(network, inside) else network


def network_around(address: str, *, ipv4_bits: int = 32, ipv6_bits: int = 64) -> str | None:
    """Return the network of a size that *address* is in, or None if it is no address.

    IPv4 is given out by the address, IPv6 by the network: a home or an office has a /64 or a /56,
    some customers of hosting and tunnels have a /48, and a provider has a /32.
    """
    parsed = read_ip_address(address)
    if parsed is None:
        return None
    bits = ipv4_bits if parsed.version == 4 else ipv6_bits
    if bits == parsed.max_prefixlen:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, bits), strict=False))


def _unwrap(address: IPv6Address) -> Address:
    # Without the scope, which names an interface of this machine: fe80::1%eth0.
    address = IPv6Address(int(address))
    inside = IPv4Address(int(address) & 0xFFFFFFFF)
    return inside if _is_wrapped(IPv6Network(address), IPv4Network(inside)) else address


def _is_wrapped(outside: IPv6Network, inside: IPv4Network) -> bool:
    if outside.subnet_of(_MAPPED):
        return True
    return any(outside.subnet_of(prefix) for prefix in _TRANSLATED) and not any(
        inside.overlaps(network) for network in _NOT_TRANSLATED
    )
