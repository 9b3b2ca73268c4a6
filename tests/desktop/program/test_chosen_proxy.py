"""The proxy of the options: kept, passed on, its password in the keyring, and IT may fix it."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from rescue_console.desktop.entrance.proxy import ProxyDialog
from rescue_console.desktop.entrance.sign_in import SignInWindow
from rescue_console.desktop.program.chosen_proxy import ChosenProxy
from rescue_console.desktop.program.proxy_form import ProxyForm
from rescue_console.desktop.program.settings import ProxyWay, Settings
from rescue_console.desktop.program.settings_file import SettingsFile
from rescue_console.network.errors import Unreachable, Why
from rescue_console.network.server_address import read_address
from rescue_console.network.way_out import choose, proxy_for, proxy_url
from tests.stage.technicians.memory_keyring import MemoryKeyring
from tests.stage.until import WAIT_S, turn_until

SERVER = read_address("https://help.example")
ENVIRONMENT = "http://other.example:8080"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", ENVIRONMENT)
    yield
    choose(None)


@pytest.fixture
def backend() -> Iterator[MemoryKeyring]:
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def form(settings: Settings, qtbot: QtBot, qt_loop: qasync.QEventLoop) -> ProxyForm:
    form = ProxyForm()
    qtbot.addWidget(form)
    form.use(settings)
    form.show()
    return form


def type_into(form: ProxyForm, name: str, text: str) -> None:
    edit = getattr(form.ui, name)
    edit.clear()
    edit.insert(text)
    edit.editingFinished.emit()


def choose_way(form: ProxyForm, way: ProxyWay) -> None:
    form.ui.wayBox.setCurrentIndex(form.ui.wayBox.findData(way.value))


def test_as_the_system_is_usual_and_none_goes_straight(settings: Settings, form: ProxyForm) -> None:
    assert settings.proxy_way is ProxyWay.SYSTEM
    assert proxy_url(SERVER) == ENVIRONMENT
    choose_way(form, ProxyWay.NONE)
    assert proxy_for(SERVER) is None
    assert not form.ui.hostEdit.isEnabled()
    choose_way(form, ProxyWay.SYSTEM)
    assert proxy_url(SERVER) == ENVIRONMENT


def test_a_proxy_by_hand_signs_in_with_the_password_of_the_keyring(
    settings: Settings, form: ProxyForm, backend: MemoryKeyring, qtbot: QtBot, tmp_path: Path
) -> None:
    choose_way(form, ProxyWay.BY_HAND)
    assert form.ui.message.text() == "Type the proxy’s address."
    with pytest.raises(Unreachable) as error:
        proxy_for(SERVER)
    assert error.value.why is Why.PROXY_UNUSABLE
    type_into(form, "hostEdit", "proxy.example")
    form.ui.portBox.setValue(8080)
    form.ui.portBox.editingFinished.emit()
    assert proxy_url(SERVER) == "http://proxy.example:8080"
    type_into(form, "userEdit", "anna")
    type_into(form, "passwordEdit", "pä:ss")
    turn_until(qtbot, lambda: "keyring" in form.ui.message.text())
    assert proxy_url(SERVER) == "http://anna:p%C3%A4%3Ass@proxy.example:8080"
    assert proxy_for(read_address("http://127.0.0.1:8080")) is None
    form.ui.passwordEdit.editingFinished.emit()
    assert form.ui.passwordEdit.text() == ""
    assert set(backend.kept.values()) == {"pä:ss"}
    assert "pä:ss" not in settings._file.path.read_text("utf-8")

    choose(None)
    again = Settings(SettingsFile(settings._file.path))
    ChosenProxy.of(again)
    assert proxy_url(SERVER) == "http://anna:p%C3%A4%3Ass@proxy.example:8080"


def test_without_a_keyring_the_password_holds_until_the_program_ends(
    settings: Settings, form: ProxyForm, qtbot: QtBot
) -> None:
    settings.proxy_way, settings.proxy_host = ProxyWay.BY_HAND, "proxy.example"
    type_into(form, "userEdit", "anna")
    type_into(form, "passwordEdit", "secret")
    turn_until(qtbot, lambda: "until you quit" in form.ui.message.text())
    assert proxy_url(SERVER) == "http://anna:secret@proxy.example:3128"
    assert ChosenProxy.of(settings) is ChosenProxy.of(settings)


@pytest.mark.parametrize("way_out", ["Enter", "Close"])
def test_a_password_typed_last_is_kept_though_the_dialog_is_closed_at_once(
    way_out: str,
    settings: Settings,
    backend: MemoryKeyring,
    qtbot: QtBot,
    qt_loop: qasync.QEventLoop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.proxy_way, settings.proxy_host = ProxyWay.BY_HAND, "proxy.example"
    settings.proxy_user = "anna"
    chosen, faults, go_on = ChosenProxy.of(settings), list[object](), threading.Event()
    qt_loop.set_exception_handler(lambda _, context: faults.append(context))
    chosen.jobs.failed.connect(faults.append)
    store = chosen.passwords.store

    def store_slowly(host: str, user: str, password: str) -> None:
        go_on.wait(WAIT_S)
        store(host, user, password)

    monkeypatch.setattr(chosen.passwords, "store", store_slowly)
    window = SignInWindow(settings)
    qtbot.addWidget(window)
    window.show()
    window.ui.proxyButton.click()
    dialog = window.findChild(ProxyDialog)
    assert dialog is not None
    edit = dialog.ui.proxyForm.ui.passwordEdit
    turn_until(qtbot, dialog.isActiveWindow)
    edit.setFocus()
    QTest.keyClicks(edit, "secret")
    if way_out == "Enter":
        QTest.keyClick(edit, Qt.Key.Key_Return)
    else:
        QTest.mouseClick(dialog.ui.closeButton, Qt.MouseButton.LeftButton)
    turn_until(qtbot, lambda: not isValid(dialog))
    go_on.set()
    turn_until(qtbot, lambda: chosen.jobs.running == 0)
    assert proxy_url(SERVER) == "http://anna:secret@proxy.example:3128"
    assert not faults


def test_a_password_that_is_typed_first_waits_for_the_address(
    settings: Settings, form: ProxyForm, backend: MemoryKeyring, qtbot: QtBot
) -> None:
    choose_way(form, ProxyWay.BY_HAND)
    type_into(form, "userEdit", "anna")
    type_into(form, "passwordEdit", "secret")
    assert form.ui.message.text() == "Type the proxy’s address."
    assert not backend.kept
    type_into(form, "hostEdit", "proxy.example")
    turn_until(qtbot, lambda: "keyring" in form.ui.message.text())
    assert form.ui.passwordEdit.text() == ""
    assert proxy_url(SERVER) == "http://anna:secret@proxy.example:3128"


@pytest.mark.parametrize(
    ("edit", "first", "corrected"),
    [("hostEdit", "porxy.example", "proxy.example"), ("userEdit", "ana", "anna")],
)
def test_the_password_is_asked_for_again_when_it_was_kept_for_another_proxy_or_user(
    edit: str,
    first: str,
    corrected: str,
    settings: Settings,
    form: ProxyForm,
    backend: MemoryKeyring,
    qtbot: QtBot,
) -> None:
    settings.proxy_way, settings.proxy_host = ProxyWay.BY_HAND, "proxy.example"
    settings.proxy_user = "anna"
    type_into(form, edit, first)
    assert form.ui.message.text() == "Type the password for this proxy and user."
    type_into(form, "passwordEdit", "secret")
    turn_until(qtbot, lambda: "keyring" in form.ui.message.text())
    type_into(form, edit, corrected)
    assert form.ui.message.text() == "Type the password for this proxy and user."
    # Nor is it said of a password that is only now kept for the one before.
    ChosenProxy.of(settings).kept.emit()
    assert form.ui.message.text() == "Type the password for this proxy and user."
    assert proxy_url(SERVER) == "http://anna:@proxy.example:3128"
    type_into(form, edit, first)
    assert form.ui.message.text() == ""


def test_what_was_set_before_needs_no_new_password(settings: Settings, qtbot: QtBot) -> None:
    settings.proxy_way, settings.proxy_host = ProxyWay.BY_HAND, "proxy.example"
    settings.proxy_user = "anna"
    form = ProxyForm()
    qtbot.addWidget(form)
    form.use(settings)
    assert form.ui.message.text() == ""
    type_into(form, "hostEdit", "other.example")
    assert form.ui.message.text() == "Type the password for this proxy and user."


def test_a_whole_address_may_be_pasted(
    settings: Settings, form: ProxyForm, backend: MemoryKeyring, qtbot: QtBot
) -> None:
    choose_way(form, ProxyWay.BY_HAND)
    type_into(form, "hostEdit", " https://anna:s%20t@pröxy.example:8443/ ")
    turn_until(qtbot, lambda: "keyring" in form.ui.message.text())
    assert form.ui.hostEdit.text() == "https://xn--prxy-6qa.example"
    assert proxy_url(SERVER) == "https://anna:s%20t@xn--prxy-6qa.example:8443"
    type_into(form, "hostEdit", "2001:db8::1")
    assert form.ui.message.text() == "This is not the address of an HTTP proxy."
    type_into(form, "hostEdit", "[2001:db8::1]")
    assert proxy_url(SERVER) == "http://anna:@[2001:db8::1]:8443"


@pytest.mark.parametrize("typed", ["socks5://proxy.example", "http://", "a b", "proxy.example:x"])
def test_what_is_no_http_proxy_is_refused_and_changes_nothing(
    typed: str, settings: Settings, form: ProxyForm
) -> None:
    settings.proxy_way, settings.proxy_host = ProxyWay.BY_HAND, "proxy.example"
    type_into(form, "hostEdit", typed)
    assert form.ui.message.text() == "This is not the address of an HTTP proxy."
    settings.sound_on = False
    assert form.ui.hostEdit.text() == typed
    assert settings.proxy_host == "proxy.example"


def test_it_may_fix_the_proxy(tmp_path: Path, qtbot: QtBot) -> None:
    policy = {"proxy_way": "by_hand", "proxy_host": "proxy.example", "proxy_port": 8080}
    settings = Settings(SettingsFile(tmp_path / "settings.json"), policy)
    form = ProxyForm()
    qtbot.addWidget(form)
    form.use(settings)
    assert proxy_url(SERVER) == "http://proxy.example:8080"
    enabled: Callable[[str], bool] = lambda name: getattr(form.ui, name).isEnabled()  # noqa: E731
    assert [enabled(name) for name in ("wayBox", "hostEdit", "portBox", "userEdit")] == [
        False,
        False,
        False,
        True,
    ]
    assert "organization" in form.ui.hostEdit.toolTip()
