"""Says when the first window of a program can be used."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class Usable(QObject):
    """Watches a program from within; writes ``usable`` to standard output, once."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Wait until a window is painted for the first time."""
        if (
            event.type() == QEvent.Type.Paint
            and isinstance(watched, QWidget)
            and watched.isWindow()
        ):
            self._app.removeEventFilter(self)
            # This runs once everything that painting has scheduled is done.
            QTimer.singleShot(0, lambda: print("usable", flush=True))
        return False
