import threading

import pytest

from rescue_console.client.account import Account, open_with_password, open_with_token
from rescue_console.client.api import RescueApi
from rescue_console.client.credentials import Credentials
from rescue_console.client.tokens import Tokens
from rescue_console.client.transport import Transport
from rescue_console.network.errors import Refused, SignedOut, Unreachable, Why
from rescue_console.network.server_address import read_address
from rescue_console.protocol.problems import ProblemWord
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_NAME, OWNER_PASSWORD, RealServer


def test_an_account_knows_who_is_signed_in(account: Account) -> None:
    assert (account.me.name, account.me.administrator) == (OWNER_NAME, True)


def test_a_wrong_password_is_refused(server: RealServer) -> None:
    with pytest.raises(Refused) as refusal:
        open_with_password(read_address(server.url), OWNER_EMAIL, "not the password", None)
    assert refusal.value.problem.word == ProblemWord.WRONG_CREDENTIALS


def test_a_sign_in_continues_with_the_kept_token(server: RealServer) -> None:
    address, credentials = read_address(server.url), Credentials()
    open_with_password(address, OWNER_EMAIL, OWNER_PASSWORD, credentials).close()
    first = credentials.load(address.url, OWNER_EMAIL)
    resumed = open_with_token(address, OWNER_EMAIL, credentials)
    assert resumed is not None
    resumed.close()
    assert credentials.load(address.url, OWNER_EMAIL) not in (None, first)


def test_without_a_kept_token_there_is_no_sign_in(server: RealServer) -> None:
    assert open_with_token(read_address(server.url), OWNER_EMAIL, Credentials()) is None


def test_a_sign_in_that_has_ended_cannot_continue_and_is_forgotten(server: RealServer) -> None:
    address, credentials = read_address(server.url), Credentials()
    account = open_with_password(address, OWNER_EMAIL, OWNER_PASSWORD, credentials)
    spent = credentials.load(address.url, OWNER_EMAIL)
    assert spent is not None
    account.sign_out()
    account.close()
    credentials.store(address.url, OWNER_EMAIL, spent)
    with pytest.raises(SignedOut):
        open_with_token(address, OWNER_EMAIL, credentials)
    assert credentials.load(address.url, OWNER_EMAIL) is None


def test_after_signing_out_no_call_is_possible(server: RealServer) -> None:
    account = open_with_password(read_address(server.url), OWNER_EMAIL, OWNER_PASSWORD, None)
    account.sign_out()
    with pytest.raises(SignedOut):
        account.api.me()
    account.close()


def test_a_kept_sign_in_survives_an_unreachable_server(wire: Wire) -> None:
    address, credentials = read_address(wire.url), Credentials()
    open_with_password(address, OWNER_EMAIL, OWNER_PASSWORD, credentials).close()
    wire.block()
    with pytest.raises(Unreachable) as error:
        open_with_token(address, OWNER_EMAIL, credentials)
    assert error.value.why is Why.CONNECTION_REFUSED
    assert credentials.load(address.url, OWNER_EMAIL) is not None


def test_threads_that_need_a_new_access_token_renew_it_once(server: RealServer) -> None:
    kept: list[str] = []
    transport = Transport(read_address(server.url))
    tokens = Tokens(transport, kept.append)
    tokens.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    stale = tokens.access_token()
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(tokens.replace(stale))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    transport.close()
    assert len(set(found)) == 1
    assert len(kept) == 2


def test_a_refused_access_token_is_renewed_behind_the_scenes(server: RealServer) -> None:
    transport = Transport(read_address(server.url))
    tokens = Tokens(transport, lambda _: None)
    tokens.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    tokens._access = "no-longer-good"
    assert RescueApi(transport, tokens).me().name == OWNER_NAME
    transport.close()


def test_a_lost_answer_to_a_renewal_does_not_end_the_sign_in(wire: Wire) -> None:
    transport = Transport(read_address(wire.url))
    tokens = Tokens(transport, lambda _: None)
    tokens.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    stale = tokens.access_token()
    wire.lose_answers(1)
    with pytest.raises(Unreachable):
        tokens.replace(stale)
    assert tokens.replace(stale) != stale
    transport.close()


def test_a_device_that_signed_in_before_is_not_kept_out_by_who_guesses_beside_it(
    server: RealServer,
) -> None:
    address, credentials = read_address(server.url), Credentials()
    first = open_with_password(address, OWNER_EMAIL, OWNER_PASSWORD, credentials)
    first.sign_out()
    first.close()
    guess = {"email": OWNER_EMAIL, "password": "wrong"}
    statuses = {server.asker().post("/auth/token", json=guess).status_code for _ in range(12)}
    assert statuses == {401, 429}
    with pytest.raises(Refused):
        open_with_password(address, OWNER_EMAIL, OWNER_PASSWORD, None)
    open_with_password(address, OWNER_EMAIL, OWNER_PASSWORD, credentials).close()
