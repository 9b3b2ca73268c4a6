"""The calls for helping, to a real server over a network that fails."""

from uuid import uuid4

import pytest

from rescue_console.client.account import Account
from rescue_console.network.errors import Refused, Unreachable
from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.links import LinkParts
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import CreateSession, SendChat, SendSignal, WriteNotes
from rescue_console.protocol.signals import SignalKind
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import RealServer


@pytest.fixture
def session(account: Account, server: RealServer) -> Session:
    """An active session that a customer has joined."""
    request = CreateSession(method=ConnectionMethod.LINK, name="Marie")
    made = account.api.create_session(request, uuid4().hex)
    parts = LinkParts(made.code, made.link.rpartition("k=")[2])
    answer = server.asker().post(
        f"{server.url}/Customer/Join",
        data={"code": parts.code, "key": parts.key, "platform": "linux"},
        headers={"Origin": server.url},
    )
    assert answer.ok
    return account.api.start(made.id)


def test_a_chat_message_whose_answer_is_lost_is_kept_once(
    account: Account, session: Session, wire: Wire
) -> None:
    wire.lose_answers(1)
    said = account.api.say(session.id, SendChat(text="Hello", key="k1"))
    assert (said.text, said.key, said.technician_id) == ("Hello", "k1", account.me.id)
    account.api.say(session.id, SendChat(text="Are you there?", key="k2"))
    texts = [message.text for message in account.api.chat(session.id).items]
    assert texts == ["Hello", "Are you there?"]
    newer = account.api.chat(session.id, after=said.number).items
    assert [message.text for message in newer] == ["Are you there?"]


def test_a_power_is_asked_for_and_given_up(account: Account, session: Session) -> None:
    asked = account.api.ask_power(session.id, Power.VIEW)
    assert asked.consents == {Power.VIEW: Consent.ASKED}
    assert account.api.drop_power(session.id, Power.VIEW).consents == {}


def test_a_power_that_needs_the_applet_is_refused_without_it(
    account: Account, session: Session
) -> None:
    with pytest.raises(Refused) as refusal:
        account.api.ask_power(session.id, Power.CONTROL)
    assert refusal.value.problem.word == ProblemWord.STATUS_CONFLICT


def test_a_signal_is_passed_on_and_not_repeated_when_its_answer_is_lost(
    account: Account, session: Session, wire: Wire
) -> None:
    typing = SendSignal(kind=SignalKind.TYPING)
    account.api.send_signal(session.id, typing)
    wire.lose_answers(1)
    with pytest.raises(Unreachable):
        account.api.send_signal(session.id, typing)


def test_notes_are_replaced(account: Account, session: Session) -> None:
    account.api.write_notes(session.id, WriteNotes(text="Toner"))
    account.api.write_notes(session.id, WriteNotes(text="Toner replaced"))
    assert account.api.session(session.id).notes == "Toner replaced"


def test_ice_servers_are_read(account: Account, session: Session) -> None:
    assert account.api.ice_servers(session.id).expires_in > 0
