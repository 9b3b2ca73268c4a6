"""The table of allowed changes, compared with a second copy of it that is written down here."""

from itertools import product

import pytest

from rescue_console.protocol.statuses import (
    ABSENT,
    ALLOWED_CHANGES,
    APPLET_LINKED,
    CLOSED,
    CONNECTED,
    HELPED,
    JOINABLE,
    JOINED,
    LIVE,
    LOST,
    PAGE_LINKED,
    PRESENT,
    SET_ASIDE,
    STARTABLE,
    STARTED,
    SessionStatus,
    is_over,
    may_change,
)

_CLOSED = "closed_by_technician closed_by_customer closed_by_waiting_customer"
GLOSSARY = {
    "invited": "connecting expired closed_by_technician",
    "connecting": f"waiting invited expired {_CLOSED}",
    "waiting": "active transferring reconnecting timed_out closed_by_waiting_customer "
    "closed_by_technician",
    "active": f"on_hold transferring reconnecting rebooting timed_out {_CLOSED} aborted",
    "on_hold": f"active transferring {_CLOSED} reconnecting",
    "transferring": f"active waiting {_CLOSED} timed_out reconnecting",
    # Back to the earlier status: every status that can become reconnecting.
    "reconnecting": f"waiting active on_hold transferring offline {_CLOSED}",
    "rebooting": f"active offline {_CLOSED}",
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


def test_a_session_that_loses_its_customer_can_go_back_to_its_earlier_status() -> None:
    losing = {old for old in SessionStatus if may_change(old, SessionStatus.RECONNECTING)}
    assert losing == PRESENT
    assert all(may_change(SessionStatus.RECONNECTING, old) for old in losing)


def test_start_works_where_the_table_allows_it() -> None:
    assert {"waiting", "on_hold", "transferring"} == STARTABLE
    assert all(may_change(status, SessionStatus.ACTIVE) for status in STARTABLE)


def test_a_code_works_until_somebody_has_joined() -> None:
    assert {"invited", "connecting"} == JOINABLE


def test_a_session_without_a_connected_customer_has_another_status() -> None:
    assert {"invited", "reconnecting", "rebooting", "offline"} == LIVE - CONNECTED
    assert {"invited", "connecting"} == LIVE - JOINED


def test_a_status_is_live_as_long_as_another_can_follow() -> None:
    assert {status for status in SessionStatus if not is_over(status)} == LIVE
    assert not CLOSED & LIVE
    assert all(status.startswith("closed_") for status in CLOSED)


def test_an_absent_customer_can_come_back() -> None:
    assert {"reconnecting", "offline", "rebooting"} == ABSENT
    assert {"reconnecting", "offline"} == LOST
    assert all(may_change(status, SessionStatus.ACTIVE) for status in ABSENT)


def test_a_workspace_shows_sessions_that_were_started_and_not_set_aside() -> None:
    assert not STARTED & SET_ASIDE
    assert {"active", "reconnecting", "offline", "rebooting"} == STARTED


def test_a_grant_counts_until_the_device_has_restarted() -> None:
    assert {"active", "rebooting"} == HELPED


def test_a_connection_outlives_a_short_loss() -> None:
    assert {"active", "reconnecting"} == PAGE_LINKED
    assert {"active", "reconnecting", "rebooting"} == APPLET_LINKED
