"""A hostile applet does no harm to the technician's app."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import qasync
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.applet.consent.duty import POWERS_FOR
from rescue_console.desktop.workspace.files.console_reception import QUESTIONS_MAX
from rescue_console.protocol.answers import Me
from rescue_console.protocol.channel import (
    ClipboardChanged,
    ClipboardWanted,
    Fact,
    FolderChange,
    FolderWanted,
    FromApplet,
    Greeting,
    Message,
    Screen,
    ScreensChanged,
    SystemInformation,
    SystemInformationWanted,
)
from rescue_console.protocol.limits import FILES_OFFERED_MAX
from rescue_console.protocol.powers import Power
from tests.hostile.console_side import WAIT_MS, ConsoleSide, no_faults
from tests.hostile.messages import messages, structs
from tests.stage.technicians.fake_calls import FakeCalls

HAPPENING = st.sampled_from(["come", "go"])
POWERS = st.frozensets(st.sampled_from([power for power in Power if power is not Power.VIEW]))
"""All powers but the picture, since nobody here can offer one."""

WIDEST = 65_535
FAR = 2**63 - 1
SCREENS = {
    "none": [],
    "one pixel": [Screen(name="", left=0, top=0, width=1, height=1)],
    "the largest": [Screen(name="", left=0, top=0, width=WIDEST, height=WIDEST)],
    "far away": [
        Screen(name="", left=left, top=top, width=9, height=9)
        for left, top in ((-(2**63), FAR), (FAR, -(2**63)))
    ],
    "on top of each other": [Screen(name="", left=0, top=0, width=800, height=600)] * 64,
    "a line": [Screen(name="", left=0, top=0, width=WIDEST, height=1)],
}


@pytest.fixture
def console(
    calls: FakeCalls, me: Me, qt_loop: qasync.QEventLoop, qtbot: QtBot
) -> Iterator[ConsoleSide]:
    console = ConsoleSide(calls, me, qt_loop, qtbot, applet=True)
    yield console
    console.close()


@pytest.fixture
def downloads() -> Path:
    places = QStandardPaths.StandardLocation.DownloadLocation
    return Path(QStandardPaths.writableLocation(places))


def seen(folder: Path) -> set[Path]:
    return set(folder.rglob("*")) if folder.exists() else set()


ANSWERS = st.one_of(
    *(structs(kind) for kind in get_args(FromApplet) if "id" in kind.__struct_fields__)
)
NUMBERED = st.tuples(ANSWERS, st.integers(0, 3))
"""An answer, and which of the latest requests it names: a hostile applet knows their numbers."""


STEPS = st.one_of(HAPPENING, POWERS, messages(FromApplet), NUMBERED)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_the_applet_says_nothing_fails_and_nothing_ungranted_happens(
    console: ConsoleSide, downloads: Path, data: st.DataObject
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("mine")
    there = seen(downloads)
    console.channel.lose()
    console.grant()
    with no_faults(console):
        for _ in range(data.draw(st.integers(1, 25))):
            step = data.draw(STEPS)
            _do(console, step)
            assert len(console.files.ways.applet.exchange._incoming) <= FILES_OFFERED_MAX
            assert console.files.ui.questionBar.waiting <= QUESTIONS_MAX
            assert QApplication.activeModalWidget() is None
    # Nobody has pressed a button, so nothing may have been fetched, accepted or changed.
    assert clipboard.text() == "mine"
    assert seen(downloads) == there
    assert not [sent for sent in console.channel.sent if isinstance(sent, FolderChange)]
    _well_behaved(console)


def _do(console: ConsoleSide, step: object) -> None:
    before = len(console.channel.sent)
    match step:
        case "come":
            console.channel.open()
        case "go":
            console.channel.lose()
        case frozenset():
            console.grant(*step)
        case Message():
            console.hear(step)
        case (Message() as answer, int(back)):
            numbers = [sent.id for sent in console.channel.sent if hasattr(sent, "id")] or [0]
            answer.id = numbers[-1 - back % len(numbers)]  # type: ignore[attr-defined]
            console.hear(answer)
    granted = {power for power, _ in console.situation.session.consents.items()}
    for sent in console.channel.sent[before:]:
        # Messages that end something may be sent even without the power.
        if isinstance(sent, FolderWanted | SystemInformationWanted | ClipboardWanted):
            assert POWERS_FOR[type(sent)] & granted, (step, sent)


def _well_behaved(console: ConsoleSide) -> None:
    """Check that an applet that keeps to the rules still works afterwards."""
    console.channel.lose()
    console.grant(Power.SYSTEM_INFORMATION)
    console.channel.open()
    console.system.refresh()
    wanted = [sent for sent in console.channel.sent if isinstance(sent, SystemInformationWanted)]
    fact = Fact(section="System", name="Name", value="desk")
    console.hear(SystemInformation(id=wanted[-1].id, facts=[fact]))
    assert [(fact.name, fact.value) for fact in console.system.facts] == [("Name", "desk")]
    console.channel.lose()


@pytest.mark.parametrize("screens", SCREENS.values(), ids=SCREENS)
def test_screens_of_any_size_and_place_are_accepted(
    console: ConsoleSide, screens: list[Screen]
) -> None:
    console.grant(Power.CONTROL)
    console.channel.open()
    greeting = Greeting(system="", version="", screens=screens, can_control=True)
    with no_faults(console):
        console.hear(greeting, ScreensChanged(screens=screens[:1]), greeting)

    assert console.screen.ui.screenBox.count() == len(screens)


def test_a_text_reaches_the_clipboard_only_if_the_technician_wants_it(
    console: ConsoleSide, qtbot: QtBot
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("mine")
    console.grant(Power.CLIPBOARD)
    console.channel.open()
    console.hear(ClipboardChanged(text="evil"))
    assert clipboard.text() == "mine"

    console.screen.clipboard.fetch.trigger()
    console.hear(ClipboardChanged(text="asked for"), ClipboardChanged(text="evil"))
    qtbot.waitUntil(lambda: clipboard.text() == "asked for", timeout=WAIT_MS)
