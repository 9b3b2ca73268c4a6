"""A hostile console can do nothing to the customer that was not granted."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rescue_console.applet.consent.duty import POWERS_FOR
from rescue_console.applet.machine.base import Machine
from rescue_console.protocol.channel import (
    ButtonChanged,
    ClipboardChanged,
    ClipboardWanted,
    Done,
    FileEnded,
    FileOffered,
    FileWanted,
    FolderAction,
    FolderChange,
    FolderListed,
    FolderWanted,
    FromConsole,
    KeyChanged,
    Message,
    MouseButton,
    PointerMoved,
    RestartWanted,
    SecureAttention,
    SystemInformation,
    SystemInformationWanted,
    TextTyped,
    WheelTurned,
)
from rescue_console.protocol.limits import FILES_OFFERED_MAX
from rescue_console.protocol.powers import Consent, Power
from tests.hostile.applet_side import AppletSide
from tests.hostile.messages import structs

PATHS = ("", "..", "made", "made/../../x", "nul", "a\0b", "kept.txt")
"""Paths in the test's own folder, so that nothing else on this computer is ever named."""

HELD_MOST = 64
"""Keys and buttons held at once, at most; more than anybody can hold."""

Step = Message | frozenset[Power]


class NoMachine(Machine):
    """A computer that must not be restarted."""

    def data_folder(self) -> Path:
        raise AssertionError

    def call_at_sign_in(self, name: str, command: Sequence[str]) -> None:
        raise AssertionError

    def forget(self, name: str) -> None:
        raise AssertionError

    def restart(self) -> None:
        raise AssertionError


def about_folders(folder: Path) -> st.SearchStrategy[Message]:
    paths = st.sampled_from([str(folder / path) for path in PATHS])
    numbers = st.integers(0, 2**53)
    return st.one_of(
        st.builds(FolderWanted, id=numbers, path=paths),
        st.builds(FileWanted, id=numbers, path=paths),
        st.builds(
            FolderChange,
            id=numbers,
            action=st.sampled_from(FolderAction),
            path=paths,
            to=st.sampled_from(["made", "../x", "", "CON", "a/b"]),
        ),
    )


def steps(folder: Path) -> st.SearchStrategy[list[Step]]:
    folders = (FolderWanted, FileWanted, FolderChange)
    others = [structs(kind) for kind in get_args(FromConsole) if kind not in folders]
    grants = st.frozensets(st.sampled_from(Power))
    return st.lists(st.one_of(grants, about_folders(folder), *others), min_size=1, max_size=40)


@pytest.mark.starts_programs  # system information asks the system's own tools
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_the_console_says_only_what_is_granted_happens(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "home"
        folder.mkdir()
        (folder / "kept.txt").write_text("kept")
        asyncio.run(_say(folder, data.draw(steps(folder))))


async def _say(folder: Path, said: list[Step]) -> None:
    applet = AppletSide(folder, NoMachine())
    granted: frozenset[Power] = frozenset()
    ever: set[Power] = set()
    await applet.begin()
    for step in said:
        if isinstance(step, frozenset):
            granted = step
            ever |= granted
            applet.grant(granted)
            assert Power.CONTROL in granted or applet.device.held == []
            continue
        before = len(applet.done)
        await applet.hear(step)
        assert {Power(each) for each in applet.done[before:]} <= granted
        assert len(applet.device.held) <= HELD_MOST
        assert len(applet.files._exchange._incoming) <= FILES_OFFERED_MAX
        assert applet.restart.seconds is None or Power.REBOOT in ever
    assert _answered_without(applet, ever) == []
    # A console that keeps to the rules is answered as if nothing had happened.
    applet.grant([Power.CLIPBOARD])
    await applet.hear(ClipboardWanted())
    assert applet.posted[-1] == ClipboardChanged(text="a secret")
    await applet.aclose()
    assert applet.device.held == []
    if not ever & {Power.FILES, Power.FILE_MANAGER}:
        assert not applet.downloads.exists()
    if Power.FILE_MANAGER not in ever:
        assert (folder / "kept.txt").read_text() == "kept"
    assert {path.name for path in folder.parent.iterdir()} <= {"home", "x"}


def _answered_without(applet: AppletSide, ever: set[Power]) -> list[Message]:
    """Return the answers that need powers which were never granted."""
    needed: dict[type[Message], Power] = {
        ClipboardChanged: Power.CLIPBOARD,
        FolderListed: Power.FILE_MANAGER,
        Done: Power.FILE_MANAGER,
        SystemInformation: Power.SYSTEM_INFORMATION,
    }
    return [one for one in applet.posted if (power := needed.get(type(one))) and power not in ever]


REQUESTS: dict[Power, tuple[Message, ...]] = {
    Power.VIEW: (),
    Power.CONTROL: (
        PointerMoved(screen=0, x=0.5, y=0.5),
        ButtonChanged(button=MouseButton.LEFT, down=True),
        WheelTurned(y=1),
        KeyChanged(code="KeyA", down=True),
        TextTyped(text="a"),
        SecureAttention(),
    ),
    Power.CLIPBOARD: (ClipboardChanged(text="a"), ClipboardWanted()),
    Power.FILES: (FileOffered(id=2, name="a", size=0),),
    Power.FILE_MANAGER: (FolderWanted(id=2),),
    Power.SYSTEM_INFORMATION: (SystemInformationWanted(id=2),),
    Power.REBOOT: (RestartWanted(id=2),),
}


def test_every_power_has_requests_here() -> None:
    assert set(REQUESTS) == set(Power)
    for power, requests in REQUESTS.items():
        assert all(power in POWERS_FOR[type(request)] for request in requests)


@pytest.mark.parametrize("power", Power)
@pytest.mark.parametrize(
    "stand", ["none", "asked", "denied", "said", "taken back here", "held", "others"]
)
async def test_without_the_customers_grant_a_power_does_nothing_at_the_applet(
    power: Power, stand: str, tmp_path: Path
) -> None:
    applet = AppletSide(tmp_path, NoMachine())
    match stand:
        case "asked" | "denied":
            applet.grants.update({power: Consent(stand)})
        case "said":
            # The server says that it is granted, but nobody has allowed it here.
            applet.grants.update({power: Consent.GRANTED})
        case "taken back here":
            # The server or the page still says that it is granted.
            applet.grant([power])
            applet.grants.take_back([power])
            applet.grants.update({power: Consent.GRANTED})
        case "held":
            applet.grant([power])
            applet.grants.update({})
        case "others":
            applet.grant(set(Power) - {power, Power.FILES, Power.FILE_MANAGER})
    await applet.begin()
    before = asyncio.all_tasks()
    for request in REQUESTS[power]:
        await applet.hear(request)
    begun = asyncio.all_tasks() - before
    answered = [message for message in applet.posted if not isinstance(message, FileEnded)]
    restarting = applet.restart.seconds
    await applet.aclose()

    assert begun == set()
    assert (applet.done, answered, restarting) == ([], [], None)
    assert not applet.downloads.exists()


async def test_only_so_many_keys_can_be_held(tmp_path: Path) -> None:
    applet = AppletSide(tmp_path, NoMachine())
    applet.grant([Power.CONTROL])
    for number in range(10_000):
        await applet.hear(KeyChanged(code=f"Key{number}", down=True))
    held = len(applet.device.held)
    applet.grant([])
    await applet.aclose()

    assert 10 <= held <= HELD_MOST
    assert applet.device.held == []
