"""Addresses as they are compared and counted: the IPv4 address inside an IPv6 one is taken out.

A server that listens on ``::`` sees IPv4 callers as ``::ffff:192.0.2.1``, and a NAT64 gateway makes
them ``64:ff9b::192.0.2.1``. Whoever compares addresses gets them from here, so that one machine has
one address.
"""

import ipaddress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_MAPPED = (IPv6Network("::ffff:0:0/96"), IPv6Network("::ffff:0:0:0/96"))
"""IPv4-mapped addresses (RFC 4291), which the system makes, and IPv4-translated ones (RFC 7915)."""

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""NAT64's well-known prefix (RFC 6052), and the one for local use (RFC 8215), taken as a /96."""

_NOT_BEHIND_NAT64 = tuple(
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
"""What NAT64 may not carry (RFC 6052, 3.1). Left wrapped: from outside nobody becomes loopback, or
a proxy of the organization's own network, by an address that spells it."""


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
    """Return the network in *text*; one of IPv4-mapped addresses becomes one of IPv4.

    Raises:
        ValueError: it is no network, or has bits set after its length.
    """
    network = ipaddress.ip_network(text.strip())
    if network.version == 6:
        for prefix in _MAPPED:
            if network.subnet_of(prefix):
                inside = int(network.network_address) & 0xFFFFFFFF
                return IPv4Network((inside, network.prefixlen - prefix.prefixlen))
    return network


def _unwrap(address: IPv6Address) -> Address:
    # Without the scope, which names an interface of this machine: fe80::1%eth0.
    address = IPv6Address(int(address))
    inside = IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in prefix for prefix in _MAPPED):
        return inside
    if any(address in prefix for prefix in _NAT64) and not any(
        inside in network for network in _NOT_BEHIND_NAT64
    ):
        return inside
    return address
