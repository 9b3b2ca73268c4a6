"""Connections: those that wait make room for others; those in use stay."""

import pytest

from rescue_console.server.door.crowd import WAITING_MAX, Crowd, Guest, network_of

PROXY = "192.0.2.7"
PLACES = 4 * WAITING_MAX


@pytest.fixture
def crowd() -> Crowd:
    return Crowd(PLACES, [PROXY])


@pytest.fixture
def gone() -> list[int]:
    """The connections that were turned away."""
    return []


def come(crowd: Crowd, gone: list[int], number: int, address: str, *, busy: bool = False) -> bool:
    """Let one come; it is in use at once if it is *busy*."""
    admitted = crowd.admit(number, address, lambda: gone.append(number))
    if busy and admitted:
        crowd.note(find(crowd, number), waiting=False)
    return admitted


def find(crowd: Crowd, number: int) -> Guest:
    guest = crowd.find(number)
    assert guest is not None
    return guest


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("64:ff9b::203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("not an address", "not an address"),
    ],
)
def test_an_address_counts_as_what_one_customer_has(address: str, network: str) -> None:
    assert network_of(address) == network


def test_who_waited_longest_makes_room_for_the_next_of_that_network(
    crowd: Crowd, gone: list[int]
) -> None:
    for number in range(WAITING_MAX + 2):
        assert come(crowd, gone, number, f"2001:db8::{number:x}")
    assert gone == [0, 1]
    assert come(crowd, gone, -1, "198.51.100.7")
    assert gone == [0, 1]


def test_what_is_in_use_is_not_turned_away_and_waits_anew_afterwards(
    crowd: Crowd, gone: list[int]
) -> None:
    for number in range(WAITING_MAX):
        come(crowd, gone, number, "203.0.113.5")
    first = find(crowd, 0)
    crowd.note(first, waiting=False)
    come(crowd, gone, WAITING_MAX, "203.0.113.5")
    assert gone == []
    crowd.note(first, waiting=True)
    come(crowd, gone, WAITING_MAX + 1, "203.0.113.5")
    assert gone == [1]


def test_one_network_gets_half_of_all_places(crowd: Crowd, gone: list[int]) -> None:
    for number in range(PLACES // 2):
        assert come(crowd, gone, number, "203.0.113.5", busy=True)
    assert not come(crowd, gone, PLACES, "203.0.113.5")
    assert come(crowd, gone, PLACES, "198.51.100.7")
    crowd.leave(0)
    assert come(crowd, gone, 0, "203.0.113.5")
    assert gone == []


def test_when_all_places_are_taken_whoever_waited_longest_makes_room(
    crowd: Crowd, gone: list[int]
) -> None:
    come(crowd, gone, 0, "203.0.113.5", busy=True)
    for number in range(1, PLACES):
        assert come(crowd, gone, number, f"198.51.{number // 250}.{number % 250}")
    assert come(crowd, gone, PLACES, "203.0.113.9")
    assert gone == [1]
    assert len(crowd) == PLACES


def test_a_trusted_proxy_connects_for_many(crowd: Crowd, gone: list[int]) -> None:
    for number in range(PLACES - 1):
        assert come(crowd, gone, number, PROXY, busy=number % 2 == 0)
    assert gone == []


def test_a_mapped_address_of_a_trusted_proxy_is_one(crowd: Crowd, gone: list[int]) -> None:
    for number in range(WAITING_MAX + 1):
        come(crowd, gone, number, f"::ffff:{PROXY}")
    assert gone == []


def test_who_has_left_is_forgotten(crowd: Crowd, gone: list[int]) -> None:
    come(crowd, gone, 1, "203.0.113.5")
    guest = find(crowd, 1)
    crowd.leave(1)
    crowd.leave(1)
    crowd.note(guest, waiting=True)
    assert len(crowd) == 0
    assert crowd.find(1) is None


@pytest.mark.parametrize("spelt", [PROXY, f"::ffff:{PROXY}"])
@pytest.mark.parametrize("named", [PROXY, "192.0.2.0/24", f"::ffff:{PROXY}"])
def test_a_trusted_proxy_is_known_however_either_side_spells_it(
    gone: list[int], spelt: str, named: str
) -> None:
    crowd = Crowd(PLACES, [named])
    for number in range(WAITING_MAX + 1):
        assert come(crowd, gone, number, spelt)
    assert not gone
