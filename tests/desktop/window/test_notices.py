"""Notifications over a real message bus: they need no tray, open sessions, and hold no markup."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.sounds.sounds import Sounds
from rescue_console.desktop.window.notifications import Notifications
from rescue_console.desktop.window.tray import Tray
from tests.stage.desk.desktop_services import NOTIFICATIONS, DesktopService
from tests.stage.programs import starts_programs
from tests.stage.servers.keyring import message_bus_process
from tests.stage.technicians.fixtures import Finish, finish
from tests.stage.technicians.listener import Listener
from tests.stage.technicians.sessions import make_session
from tests.stage.until import until, until_here

__all__ = ["finish"]

pytestmark = pytest.mark.starts_programs

NASTY = "<b>A</b> & <img src=file:///etc/passwd>"


@pytest.fixture(scope="module")
@starts_programs
def bus_address() -> Iterator[str]:
    with message_bus_process(os.environ) as address:
        yield address


@pytest.fixture
def bus(bus_address: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The variables of a login session with a message bus."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus_address)
    return dict(os.environ)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def tray(window: QWidget) -> Tray:
    return Tray(window)


@pytest.fixture
def notifications(settings: Settings, tray: Tray, window: QWidget) -> Notifications:
    return Notifications(settings, Sounds(settings, player=Listener()), tray, window)


async def first_notice(service: DesktopService) -> dict[str, object]:
    await until(lambda: service.calls("Notify"))
    words = ("program", "replaced", "icon", "title", "text", "actions", "hints", "shown_ms")
    return dict(zip(words, service.calls("Notify")[0], strict=True))


def test_a_click_on_a_notification_opens_its_session(
    bus: dict[str, str], tray: Tray, notifications: Notifications, finish: Finish
) -> None:
    opened: list[str] = []
    shown: list[bool] = []
    tray.session_requested.connect(opened.append)
    tray.show_requested.connect(lambda: shown.append(True))

    async def work() -> None:
        with DesktopService(bus, NOTIFICATIONS) as service:
            notifications.call_for([make_session(1, name="Ana")])
            await until(lambda: service.calls("Notify"))
            notifications.call_for([make_session(2, name="Ben")])
            await until(lambda: len(service.calls("Notify")) == 2)
            await until_here(lambda: not tray.jobs.running)
            service.click(1)
            await until_here(lambda: opened)
            service.click(2)
            await until_here(lambda: len(opened) == 2)
            service.click(99)
            service.click(1, "other")
            service.click(2)
            await until_here(lambda: len(opened) == 3)
            notice = await first_notice(service)
        assert notice["actions"] == ["default", "Show"]
        await tray.aclose()

    finish(work())
    assert opened == ["s1", "s2", "s2"]
    assert len(shown) == 3


@pytest.mark.parametrize(
    ("abilities", "title", "text"),
    [
        (
            ["body", "body-markup"],
            "A customer is waiting",
            "&lt;b&gt;A&lt;/b&gt; &amp; &lt;img src=file:///etc/passwd&gt;",
        ),
        (["body", "actions"], "A customer is waiting", NASTY),
        (["persistence"], f"A customer is waiting: {NASTY}", ""),
    ],
)
def test_a_customers_name_is_never_markup(
    abilities: list[str],
    title: str,
    text: str,
    bus: dict[str, str],
    tray: Tray,
    notifications: Notifications,
    finish: Finish,
) -> None:
    async def work() -> None:
        with DesktopService(bus, NOTIFICATIONS, *abilities) as service:
            notifications.call_for([make_session(1, name=NASTY)])
            notice = await first_notice(service)
        assert (notice["title"], notice["text"]) == (title, text)
        assert bool(notice["actions"]) == ("actions" in abilities)
        await tray.aclose()

    finish(work())


def test_another_service_may_take_over_and_old_numbers_mean_nothing(
    bus: dict[str, str], tray: Tray, notifications: Notifications, finish: Finish
) -> None:
    opened: list[str] = []
    tray.session_requested.connect(opened.append)

    async def work() -> None:
        with DesktopService(bus, NOTIFICATIONS) as service:
            notifications.call_for([make_session(1)])
            await first_notice(service)
            await until_here(lambda: not tray.jobs.running)
        with DesktopService(bus, NOTIFICATIONS) as service:
            service.click(1)
            notifications.call_for([make_session(2)])
            await first_notice(service)
            await until_here(lambda: not tray.jobs.running)
            service.click(1)
            await until_here(lambda: opened)
        await tray.aclose()

    finish(work())
    assert opened == ["s2"]


def test_without_the_service_the_icon_in_the_tray_notifies(
    bus: dict[str, str],
    tray: Tray,
    notifications: Notifications,
    finish: Finish,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[tuple[str, str, str]] = []
    monkeypatch.setattr(tray, "_notify_by_icon", lambda *words: told.append(words))

    async def work() -> None:
        notifications.call_for([make_session(1, name=NASTY)])
        await until_here(lambda: told)
        await tray.aclose()

    finish(work())
    assert told == [("A customer is waiting", NASTY, "s1")]


def test_a_lost_bus_is_opened_anew(
    tray: Tray,
    notifications: Notifications,
    finish: Finish,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def notify_once() -> None:
        with message_bus_process(os.environ) as address:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
            with DesktopService(dict(os.environ), NOTIFICATIONS) as service:
                notifications.call_for([make_session(1)])
                await first_notice(service)
                await until_here(lambda: not tray.jobs.running)

    async def work() -> None:
        await notify_once()
        await until_here(lambda: tray._notices._bus._connection is None)
        await notify_once()
        await tray.aclose()

    finish(work())
