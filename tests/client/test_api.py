from uuid import uuid4

import pytest

from rescue_console.client.account import Account
from rescue_console.network.errors import Refused, Unreachable
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import (
    CreateSession,
    PreviewMail,
    SetAvailability,
    TransferSession,
)
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.networks.wire import Wire

LINK = CreateSession(method=ConnectionMethod.LINK, name="Marie")


def key() -> str:
    return uuid4().hex


def test_a_session_is_created_read_and_closed(account: Account) -> None:
    made = account.api.create_session(LINK, key())
    assert account.api.session(made.id).name == "Marie"
    assert account.api.close_session(made.id).status is SessionStatus.CLOSED_BY_TECHNICIAN
    log = [entry.what for entry in account.api.session_log(made.id).items]
    assert log == ["created", "closed_by_technician"]


def test_a_lost_answer_does_not_make_a_second_session(account: Account, wire: Wire) -> None:
    before = len(account.api.sessions().items)
    wire.lose_answers(1)
    account.api.create_session(LINK, key())
    assert len(account.api.sessions().items) == before + 1


def test_a_read_is_repeated_after_a_lost_connection(account: Account, wire: Wire) -> None:
    wire.lose_answers(2)
    assert account.api.me().name


def test_a_change_that_must_not_be_repeated_is_not(account: Account, wire: Wire) -> None:
    made = account.api.create_session(LINK, key())
    wire.lose_answers(1)
    with pytest.raises(Unreachable):
        account.api.close_session(made.id)


def test_pages_follow_each_other(account: Account) -> None:
    made = {account.api.create_session(LINK, key()).id for _ in range(3)}
    first = account.api.sessions(limit=2)
    assert first.next is not None
    second = account.api.sessions(after=first.next, limit=1000)
    ids = [session.id for session in (*first.items, *second.items)]
    assert made <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_session_that_nobody_joined_cannot_be_started(account: Account) -> None:
    made = account.api.create_session(LINK, key())
    with pytest.raises(Refused) as refusal:
        account.api.start(made.id)
    assert refusal.value.problem.word == ProblemWord.STATUS_CONFLICT


def test_a_transfer_needs_a_colleague_or_a_group(account: Account) -> None:
    made = account.api.create_session(LINK, key())
    with pytest.raises(Refused) as refusal:
        account.api.transfer(made.id, TransferSession())
    assert refusal.value.problem.word == ProblemWord.INVALID


def test_a_hostile_id_stays_within_its_path(account: Account) -> None:
    with pytest.raises(Refused):
        account.api.session("../me")


def test_the_mail_can_be_previewed_before_there_is_a_session(account: Account) -> None:
    assert account.api.preview_mail(PreviewMail(name="Marie")).subject


def test_nobody_is_their_own_colleague(account: Account) -> None:
    assert all(ref.id != account.me.id for ref in account.api.colleagues().technicians)


def test_a_technician_is_away_and_back_again(account: Account) -> None:
    for away in (True, True, False):
        account.api.set_availability(SetAvailability(away=away))
        assert account.api.me().away is away
