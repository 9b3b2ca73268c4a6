"""``target.py`` with Qt, which reads an X server's keys by a library of its own (libxkbcommon)."""

import sys
import threading

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit


class Entry(QLineEdit):
    """Prints a line for each key, like the other target."""

    def event(self, event: QEvent) -> bool:
        """Print a key before the entry's shortcuts take it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._tell("down", event)
        return super().event(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Print a key that came up, and the text so far."""
        self._tell("up", event, self.text())

    def _tell(self, what: str, event: QKeyEvent, *more: str) -> None:
        number = event.key()
        name = chr(number) if number < sys.maxunicode else event.keyCombination().key().name
        print(what, name.removeprefix("Key_"), *more, flush=True)  # noqa: T201


class End(QObject):
    """Ends the program when standard input brings a line or ends."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        sys.stdin.readline()
        QApplication.postEvent(self, QEvent(QEvent.Type.User))

    def event(self, event: QEvent) -> bool:
        """End."""
        self._app.quit()
        return True


def main() -> None:
    """Show the window until standard input ends."""
    app = QApplication(sys.argv)
    entry = Entry()
    entry.setWindowTitle("Target")
    entry.resize(600, 80)
    entry.show()
    End(app)
    print("ready", flush=True)  # noqa: T201
    app.exec()


if __name__ == "__main__":
    main()
