"""One machine has one address, however its network spells it."""

import pytest

from rescue_console.server.door.addresses import network_around, plain, read_network


@pytest.mark.parametrize(
    ("spelt", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 ", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::FFFF:C000:201", "192.0.2.1"),
        ("0:0:0:0:0:ffff:c000:0201", "192.0.2.1"),
        ("::ffff:127.0.0.1", "127.0.0.1"),
        ("::ffff:0:192.0.2.1", "192.0.2.1"),
        ("64:ff9b::192.0.2.1", "192.0.2.1"),
        ("64:ff9b::c000:201", "192.0.2.1"),
        ("64:ff9b:1::192.0.2.1", "192.0.2.1"),
        ("64:ff9b:1:fffe::192.0.2.1", "192.0.2.1"),
        ("2001:DB8::0:1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::1", "::1"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_an_address_is_made_plain(spelt: str, address: str) -> None:
    assert plain(spelt) == address


@pytest.mark.parametrize(
    "inside", ["127.0.0.1", "10.0.0.7", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0"]
)
def test_no_gateway_makes_a_stranger_this_machine_or_one_of_the_own_network(inside: str) -> None:
    for prefix in ("64:ff9b::", "64:ff9b:1::", "::ffff:0:"):
        assert ":" in plain(f"{prefix}{inside}"), prefix


@pytest.mark.parametrize(
    ("typed", "network"),
    [
        ("127.0.0.1", "127.0.0.1/32"),
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("::ffff:127.0.0.1", "127.0.0.1/32"),
        ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
        ("::ffff:0:0/96", "0.0.0.0/0"),
        ("64:ff9b::203.0.113.0/120", "203.0.113.0/24"),
        ("64:ff9b::203.0.113.9", "203.0.113.9/32"),
        # The addresses in these stay as they are, too.
        ("64:ff9b::10.0.0.0/104", "64:ff9b::a00:0/104"),
        ("64:ff9b::/96", "64:ff9b::/96"),
        ("2001:db8::/32", "2001:db8::/32"),
        ("::/0", "::/0"),
    ],
)
def test_networks_are_made_plain_like_the_addresses_in_them(typed: str, network: str) -> None:
    assert str(read_network(typed)) == network


@pytest.mark.parametrize("typed", ["", "10.0.0.1/8", "::ffff:10.0.0.1/104", "help.example"])
def test_what_is_no_network_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"does not appear|host bits"):
        read_network(typed)


@pytest.mark.parametrize(
    ("address", "bits", "network"),
    [
        ("192.0.2.77", (32, 64), "192.0.2.77"),
        ("192.0.2.77", (24, 64), "192.0.2.0/24"),
        ("::ffff:192.0.2.77", (24, 64), "192.0.2.0/24"),
        ("64:ff9b::192.0.2.77", (24, 64), "192.0.2.0/24"),
        ("2001:db8:1:2ff::1", (32, 64), "2001:db8:1:2ff::/64"),
        ("2001:db8:1:2ff::1", (32, 56), "2001:db8:1:200::/56"),
        ("2001:db8:1:2ff::1", (32, 48), "2001:db8:1::/48"),
        ("2001:db8:1:2ff::1", (32, 32), "2001:db8::/32"),
        ("", (32, 64), None),
        ("unknown", (32, 64), None),
    ],
)
def test_the_network_of_a_size_around_an_address(
    address: str, bits: tuple[int, int], network: str | None
) -> None:
    assert network_around(address, ipv4_bits=bits[0], ipv6_bits=bits[1]) == network
