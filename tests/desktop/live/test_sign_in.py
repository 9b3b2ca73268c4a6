from collections.abc import Iterator

import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rescue_console.client import credentials
from rescue_console.client.account import Account
from rescue_console.client.credentials import KeyringTrouble, KeyringUnusable
from rescue_console.desktop.entrance.sign_in import SignInWindow
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.words.keyring import keyring_text
from rescue_console.network.errors import Refused
from rescue_console.protocol.problems import Problem, ProblemWord
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_NAME, OWNER_PASSWORD, RealServer
from tests.stage.until import WAIT_MS


@pytest.fixture
def window(qt_loop: qasync.QEventLoop, qtbot: QtBot, settings: Settings) -> Iterator[SignInWindow]:
    window = SignInWindow(settings)
    qtbot.addWidget(window)
    window.show()
    yield window
    qtbot.waitUntil(lambda: window.jobs.running == 0, timeout=WAIT_MS)


def fill(window: SignInWindow, server: str, password: str = OWNER_PASSWORD) -> None:
    window.ui.serverEdit.setText(server)
    window.ui.emailEdit.setText(OWNER_EMAIL)
    window.ui.passwordEdit.setText(password)


def enter(window: SignInWindow) -> None:
    QTest.keyClick(window.ui.passwordEdit, Qt.Key.Key_Return)


def test_enter_signs_in(
    window: SignInWindow, server: RealServer, settings: Settings, qtbot: QtBot
) -> None:
    fill(window, server.url)
    with qtbot.waitSignal(window.signed_in, timeout=WAIT_MS) as signed_in:
        enter(window)
    assert signed_in.args is not None
    account: Account = signed_in.args[0]
    assert account.me.name == OWNER_NAME
    assert (settings.server_url, settings.email) == (server.url, OWNER_EMAIL)
    assert window.ui.passwordEdit.text() == ""
    account.close()


def test_a_wrong_password_is_reported_beside_its_field_and_nothing_typed_is_lost(
    window: SignInWindow, server: RealServer, qtbot: QtBot
) -> None:
    fill(window, server.url, "not the password")
    enter(window)
    qtbot.waitUntil(lambda: bool(window.ui.passwordMessage.text()), timeout=WAIT_MS)
    assert window.ui.passwordEdit.text() == "not the password"
    assert window.ui.emailEdit.text() == OWNER_EMAIL
    assert not window.busy


def test_a_server_that_does_not_answer_is_reported_beside_its_address(
    window: SignInWindow, wire: Wire, qtbot: QtBot
) -> None:
    wire.block()
    fill(window, wire.url)
    enter(window)
    qtbot.waitUntil(lambda: bool(window.ui.serverMessage.text()), timeout=WAIT_MS)
    assert "Nothing answers at this address" in window.ui.serverMessage.text()


@pytest.mark.parametrize(
    ("address", "email", "password", "message"),
    [
        ("two words", "a@example.org", "p", "serverMessage"),
        ("localhost", "", "p", "emailMessage"),
        ("localhost", "a@example.org", "", "passwordMessage"),
    ],
)
def test_what_is_missing_is_reported_without_asking_the_server(
    window: SignInWindow, address: str, email: str, password: str, message: str
) -> None:
    fill(window, address, password)
    window.ui.emailEdit.setText(email)
    enter(window)
    assert getattr(window.ui, message).text()
    assert not window.busy


def test_a_password_is_sent_unencrypted_to_another_machine_only_on_request(
    window: SignInWindow,
) -> None:
    fill(window, "http://help.example.org")
    enter(window)
    assert not window.busy
    assert "not encrypted" in window.ui.serverMessage.text()
    assert window.ui.exposedBox.isVisible()
    assert not window.ui.exposedBox.isChecked()


def test_after_too_many_attempts_the_button_waits_and_counts_down(window: SignInWindow) -> None:
    problem = Problem(
        type=f"urn:rescue-console:problem:{ProblemWord.TOO_MANY_ATTEMPTS}",
        title="",
        status=429,
        detail="",
        retry_after_s=2,
    )
    window._show_error(Refused(problem))
    assert "2 s" in window.ui.message.text()
    assert not window.ui.signInButton.isEnabled()
    window._on_second()
    assert "1 s" in window.ui.message.text()
    window._on_second()
    assert window.ui.signInButton.isEnabled()
    assert window.ui.message.text() == ""


def test_an_attempt_can_be_cancelled(window: SignInWindow, wire: Wire, qtbot: QtBot) -> None:
    fill(window, wire.url)
    signed_in: list[object] = []
    window.signed_in.connect(signed_in.append)
    enter(window)
    assert window.busy
    window.ui.cancelButton.click()
    qtbot.waitUntil(lambda: window.jobs.running == 0, timeout=WAIT_MS)
    assert not window.busy
    assert window.ui.passwordEdit.text() == OWNER_PASSWORD
    assert not signed_in


def test_without_a_keyring_the_person_is_told_that_they_sign_in_each_time(
    window: SignInWindow, server: RealServer, qtbot: QtBot
) -> None:
    fill(window, server.url, "")
    window.resume()
    qtbot.waitUntil(lambda: bool(window.ui.message.text()), timeout=WAIT_MS)
    assert "keyring" in window.ui.message.text()


@pytest.mark.parametrize("trouble", [each for each in KeyringTrouble if each.name != "ABSENT"])
def test_a_sign_in_that_is_not_kept_says_why_once(
    trouble: KeyringTrouble,
    window: SignInWindow,
    server: RealServer,
    settings: Settings,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(user: str, token: str = "") -> None:
        raise KeyringUnusable(trouble, "as the test wants")

    monkeypatch.setattr(credentials, "_keyring_get", fail)
    monkeypatch.setattr(credentials, "_keyring_set", fail)
    fill(window, server.url)
    with qtbot.waitSignal(window.signed_in, timeout=WAIT_MS) as signed_in:
        enter(window)
    assert signed_in.args is not None
    signed_in.args[0].close()
    assert window.why_unkept() == keyring_text(trouble)

    again = SignInWindow(settings)
    qtbot.addWidget(again)
    again.resume()
    qtbot.waitUntil(lambda: bool(again.ui.message.text()), timeout=WAIT_MS)
    assert again.ui.message.text() == keyring_text(trouble)
    assert again.why_unkept() == ""
