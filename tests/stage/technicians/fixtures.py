"""Fixtures for tests of windows: a loop that Qt runs, settings, a server, a technician."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
import qasync
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.program import translation
from rescue_console.desktop.program.settings import LanguageChoice, Settings
from rescue_console.desktop.program.settings_file import SettingsFile
from rescue_console.protocol.answers import GroupRef, Me, Organization, ServerState
from rescue_console.protocol.choices import Language
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.settings import ResolvedSettings
from tests.stage.technicians.fake_calls import NOW, FakeCalls
from tests.stage.technicians.mail_program import MailProgram
from tests.stage.until import WAIT_MS

Finish = Callable[[Coroutine[Any, Any, None]], None]
"""Runs a coroutine to its end while Qt keeps handling events."""


@pytest.fixture
def qt_loop(qapp: QApplication) -> Iterator[qasync.QEventLoop]:
    """The asyncio loop that Qt's own loop runs, for the length of a test."""
    loop = qasync.QEventLoop(qapp, already_running=True)
    yield loop
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    loop.stop()
    asyncio.events._set_running_loop(None)
    # Needed even without tasks: otherwise Qt's next loops return at once.
    loop.run_until_complete(_ended(tasks))
    loop.close()


async def _ended(tasks: set[asyncio.Task[object]]) -> None:
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def finish(qt_loop: qasync.QEventLoop, qtbot: QtBot) -> Finish:
    """Runs a coroutine to its end while Qt handles events."""

    def run(coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(coroutine)
        qtbot.waitUntil(task.done, timeout=WAIT_MS)
        task.result()

    return run


@pytest.fixture
def settings(qapp: QApplication, tmp_path: Path) -> Settings:
    """Settings in a folder that belongs to the test."""
    return Settings(SettingsFile(tmp_path / "settings.json"))


@pytest.fixture
def calls() -> FakeCalls:
    """A server that answers at once, until told otherwise."""
    return FakeCalls()


@pytest.fixture
def french(qapp: QApplication) -> Iterator[None]:
    """French screens for the length of a test."""
    translation.install(qapp, LanguageChoice("fr"))
    yield
    translation.install(qapp, LanguageChoice("en"))


@pytest.fixture
def me() -> Me:
    """A technician who may do everything, on a server that can send mail."""
    return Me(
        id="t1",
        email="alice@example.org",
        name="Alice Martin",
        administrator=False,
        group=GroupRef(id="g1", name="Support"),
        organization=Organization(name="Example", language=Language("en")),
        permissions=list(Permission),
        settings=ResolvedSettings(),
        server=ServerState(
            version="1",
            time=NOW,
            public_url="https://help.example.org",
            mail=True,
            keeps_address=True,
        ),
    )


@pytest.fixture
def standing(me: Me) -> Standing:
    """That technician, connected."""
    return Standing(me, online=True)


@pytest.fixture
def mail_program(qapp: QApplication) -> Iterator[MailProgram]:
    """The mail client of this computer, for the length of a test."""
    program = MailProgram()
    QDesktopServices.setUrlHandler("mailto", program, "open")  # type: ignore[arg-type]  # wrong stub
    yield program
    QDesktopServices.unsetUrlHandler("mailto")
