"""A technician stays signed in across starts with a keyring, and never without one."""

import json

import pytest

from tests.stage.desk.desk import Desk
from tests.stage.desk.home import Home
from tests.stage.desk.labels import ENGLISH
from tests.stage.desk.steps import quit_app, sign_in, wait_until_ready
from tests.stage.servers.keyring import keyring_session
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD, RealServer

pytestmark = pytest.mark.timeout(300)

TOKEN = rb"(?<![\w-])[\w-]{43}(?![\w-])"
"""256 random bits in base64url."""


def accepted_tokens(server: RealServer, home: Home) -> list[str]:
    """Return the tokens in the technician's files that the server accepts for signing in."""
    asker = server.asker()
    return [
        word
        for word in home.words_like(TOKEN)
        if asker.post("/auth/refresh", json={"refresh_token": word}).status_code == 200
    ]


def test_a_keyring_keeps_the_technician_signed_in(server: RealServer, home: Home) -> None:
    with keyring_session(home.environment) as session:
        with Desk(session, "--server", server.url) as desk:
            sign_in(desk, ENGLISH)
            quit_app(desk, ENGLISH)

        with Desk(session) as desk:
            wait_until_ready(desk, ENGLISH)
            quit_app(desk, ENGLISH)
    assert home.words_like(OWNER_PASSWORD.encode()) == []


def test_signing_out_makes_the_keyring_forget(server: RealServer, home: Home) -> None:
    with keyring_session(home.environment) as session:
        with Desk(session, "--server", server.url) as desk:
            sign_in(desk, ENGLISH)
            desk.click("Session")
            desk.click("Sign out")
            desk.see_text("You are signed out.")

        with Desk(session) as desk:
            screen = desk.see(lambda screen: screen.can_press(ENGLISH.sign_in))
            assert screen.field(ENGLISH.email_address) == OWNER_EMAIL
            assert screen.field(ENGLISH.password) == ""


def test_a_token_in_a_file_would_be_noticed(server: RealServer, home: Home) -> None:
    credentials = {"email": OWNER_EMAIL, "password": OWNER_PASSWORD}
    tokens = server.asker().post("/auth/token", json=credentials).json()
    (home.folder / "settings.json").write_text(json.dumps(tokens), "utf-8")

    assert accepted_tokens(server, home) == [tokens["refresh_token"]]


def test_without_a_keyring_each_start_asks_again_and_no_file_holds_a_token(
    server: RealServer, home: Home
) -> None:
    with Desk(home.environment, "--server", server.url) as desk:
        sign_in(desk, ENGLISH)
        quit_app(desk, ENGLISH)
    assert accepted_tokens(server, home) == []

    with Desk(home.environment) as desk:
        screen = desk.see_text("This computer has no keyring that works")
        assert screen.field(ENGLISH.server) == server.url
        assert screen.field(ENGLISH.email_address) == OWNER_EMAIL
        assert screen.field(ENGLISH.password) == ""
