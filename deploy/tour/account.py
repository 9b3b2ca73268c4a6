"""The account of a guided tour: numbered pictures with text, printed and written to a file."""

import textwrap
from collections.abc import Callable
from pathlib import Path

TITLE = "A session by e-mail, from the invitation to the end"
WIDTH = 96


class Account:
    """Tells about the tour step by step, in a folder of its own.

    Args:
        folder: Where the account goes; that of an earlier tour is removed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pictures = 0
        self._lines = [TITLE, "=" * len(TITLE), ""]
        folder.mkdir(parents=True, exist_ok=True)
        for old in [*folder.glob("[0-9][0-9]-*.png"), folder / "README.txt"]:
            old.unlink(missing_ok=True)

    def tell(self, sentence: str) -> None:
        """Say what happens."""
        self._write(*textwrap.wrap(sentence, WIDTH), "")

    def show(self, name: str, take_picture: Callable[[Path], None]) -> None:
        """Let *take_picture* write the next picture, and say where it is."""
        self._pictures += 1
        path = self.folder / f"{self._pictures:02}-{name}.png"
        take_picture(path)
        self._write(f"    Picture: {path.name}", "")

    def close(self) -> None:
        """Say where the account is."""
        self._write(f"That is the whole tour; this text is also in {self.folder / 'README.txt'}.")

    def _write(self, *lines: str) -> None:
        for line in lines:
            print(line, flush=True)  # noqa: T201
        self._lines.extend(lines)
        (self.folder / "README.txt").write_text("\n".join(self._lines) + "\n", "utf-8")
