"""The applet exits even while its threads wait for something."""

import subprocess
import sys

import pytest

from tests.stage.checkout import ROOT
from tests.stage.until import WAIT_S

ENDLESS = """
import asyncio, threading
from rescue_console.applet.engine import Engine
from rescue_console.applet.arriving.options import Options
from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.machine.opening import open_machine
from rescue_console.applet.window.texts import Texts
from rescue_console.protocol.choices import Language

began = threading.Event()

def endless():
    began.set()
    threading.Event().wait()

class Waiting(Engine):
    async def _help(self):
        await asyncio.to_thread(endless)

orders = []
engine = Waiting(
    Options(None, False, None), Texts(Language("en")), OwnWindows(), orders.append, open_machine()
)
thread = threading.Thread(target=engine.run, daemon=True)
thread.start()
began.wait()
engine.end()
thread.join()
print(*orders)
"""


@pytest.mark.starts_programs
def test_a_call_that_never_returns_keeps_neither_window_nor_program_open() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDLESS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=True,
    )
    assert done.stdout == "Quit()\n"
