"""The table of allowed changes against what the glossary says, written down here a second time."""

from itertools import product

import pytest

from rescue_console.protocol.statuses import (
    ALLOWED_CHANGES,
    JOINABLE,
    PRESENT,
    STARTABLE,
    SessionStatus,
    is_over,
    may_change,
)

CLOSED = "closed_by_technician closed_by_customer closed_by_waiting_customer"
GLOSSARY = {
    "invited": "connecting expired closed_by_technician",
    "connecting": f"waiting invited expired {CLOSED}",
    "waiting": "active transferring reconnecting timed_out closed_by_waiting_customer "
    "closed_by_technician",
    "active": f"on_hold transferring reconnecting rebooting timed_out {CLOSED} aborted",
    "on_hold": f"active transferring {CLOSED} reconnecting",
    "transferring": f"active waiting {CLOSED} timed_out reconnecting",
    # "Back to where it was": whatever can become reconnecting.
    "reconnecting": f"waiting active on_hold transferring offline {CLOSED}",
    "rebooting": f"active offline {CLOSED}",
    "offline": "active waiting closed_by_technician timed_out",
    "timed_out": "",
    "expired": "",
    "closed_by_technician": "",
    "closed_by_customer": "",
    "closed_by_waiting_customer": "",
    "aborted": "",
}


def test_the_glossary_names_every_status_and_no_other() -> None:
    assert set(GLOSSARY) == {status.value for status in SessionStatus}
    assert set(ALLOWED_CHANGES) == set(SessionStatus)


@pytest.mark.parametrize(("old", "new"), list(product(SessionStatus, SessionStatus)))
def test_a_change_is_allowed_exactly_when_the_glossary_has_it(
    old: SessionStatus, new: SessionStatus
) -> None:
    assert may_change(old, new) == (new.value in GLOSSARY[old.value].split())


@pytest.mark.parametrize("status", SessionStatus)
def test_a_session_is_over_exactly_when_nothing_follows(status: SessionStatus) -> None:
    assert is_over(status) == (not GLOSSARY[status.value])


@pytest.mark.parametrize("status", SessionStatus)
def test_no_status_changes_into_itself(status: SessionStatus) -> None:
    assert not may_change(status, status)


def test_every_status_can_be_reached_from_an_invitation() -> None:
    reached, found = set(), {SessionStatus.INVITED}
    while found:
        reached |= found
        found = {new for old in found for new in ALLOWED_CHANGES[old]} - reached
    assert reached == set(SessionStatus)


def test_whatever_loses_its_customer_can_get_it_back() -> None:
    losing = {old for old in SessionStatus if may_change(old, SessionStatus.RECONNECTING)}
    assert losing == PRESENT
    assert all(may_change(SessionStatus.RECONNECTING, old) for old in losing)


def test_start_works_where_the_table_lets_it() -> None:
    assert {"waiting", "on_hold", "transferring"} == STARTABLE
    assert all(may_change(status, SessionStatus.ACTIVE) for status in STARTABLE)


def test_a_code_lets_in_until_somebody_has_joined() -> None:
    assert {"invited", "connecting"} == JOINABLE
