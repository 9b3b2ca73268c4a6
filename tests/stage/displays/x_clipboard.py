"""A program that copies and pastes on an X screen.

``python -m tests.stage.displays.x_clipboard``: each line on standard input is a JSON string to
copy, or ``null`` to paste; the answer is a line with what the clipboard then holds, as a JSON
string.
"""

import json
import subprocess
import sys
import threading
import tkinter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.stage.checkout import ROOT


class Clipboard:
    """The clipboard of an X screen."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def copy(self, text: str) -> None:
        assert self._ask(text) == text

    def paste(self) -> str:
        return self._ask(None)

    def _ask(self, text: str | None) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(text)}\n")
        self._process.stdin.flush()
        answer: str = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def x_clipboard(environment: Mapping[str, str]) -> Iterator[Clipboard]:
    """Run the program on the screen of *environment* while the block runs."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.stage.displays.x_clipboard"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Clipboard(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()


def main() -> None:
    root = tkinter.Tk()
    root.withdraw()
    lines: list[str] = []

    def answer() -> None:
        text = json.loads(lines.pop(0))
        if text is not None:
            root.clipboard_clear()
            root.clipboard_append(text)
        try:
            held = str(root.clipboard_get(type="UTF8_STRING"))
        except tkinter.TclError:
            held = ""
        print(json.dumps(held), flush=True)  # noqa: T201 (its answer)

    def read() -> None:
        for line in sys.stdin:
            lines.append(line)
            root.event_generate("<<Line>>")
        root.event_generate("<<End>>")

    root.bind("<<Line>>", lambda _event: answer())
    root.bind("<<End>>", lambda _event: root.destroy())
    threading.Thread(target=read, daemon=True).start()
    root.mainloop()


if __name__ == "__main__":
    main()
