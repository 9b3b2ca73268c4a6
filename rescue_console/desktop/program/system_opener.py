"""Opens a URL with the system's own opener, where Qt would not notice that nothing opened.

On Linux desktops Qt starts ``xdg-open`` and calls that a success. So the system is asked first
which program opens such a URL, and then how the opener ended is looked at. Windows shows a window
of its own when nothing is registered, and calls that a success, too; it is asked first as well.
Elsewhere Qt asks the system itself.
Source: the manual pages xdg-mime(1) and xdg-open(1).
"""

import shutil
import subprocess
import sys

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from rescue_console.desktop.program.windows_handlers import has_handler
from rescue_console.system.environment import system_environment

_ASK = "xdg-mime"
_OPEN = "xdg-open"
_ASK_TIMEOUT_S = 3.0
_LOOK_MS = 100
_WATCHED_MS = 10_000
"""How long the opener is watched. Some end at once, some only with the program that they opened."""


class SystemOpener(QObject):
    """Opens URLs, and tells when one turns out not to have been opened.

    Signals:
        failed: The opener that ``open`` started has ended with an error.
        ended: The opener that ``open`` started is no longer watched.
    """

    failed = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opener: subprocess.Popen[bytes] | None = None
        self._looks_left = 0
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def open(self, url: QUrl) -> bool:
        """Open *url*; return False if it is known already that nothing opens it."""
        if sys.platform == "win32" and not (url.isLocalFile() or has_handler(url.scheme())):
            return False
        if QGuiApplication.platformName() not in ("xcb", "wayland") or not _has_opener():
            return QDesktopServices.openUrl(url)
        return _has_program(url) and self._start(url)

    def _start(self, url: QUrl) -> bool:
        command = [_OPEN, bytes(url.toEncoded().data()).decode("ascii")]
        try:
            self._opener = subprocess.Popen(  # noqa: S603 (the system's opener, and no shell)
                command,
                env=system_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return False
        self._looks_left = _WATCHED_MS // _LOOK_MS
        self._timer.start()
        return True

    def _look(self) -> None:
        self._looks_left -= 1
        code = self._opener.poll() if self._opener else 0
        if code is None and self._looks_left > 0:
            return
        self._timer.stop()
        if code:
            self.failed.emit()
        self.ended.emit()


def _has_opener() -> bool:
    return shutil.which(_OPEN) is not None and shutil.which(_ASK) is not None


def _has_program(url: QUrl) -> bool:
    """Tell whether the system names a program for *url*; if it does not answer, assume one.

    A local URL is that of a folder: nothing else is opened from here.
    """
    kind = "inode/directory" if url.isLocalFile() else f"x-scheme-handler/{url.scheme()}"
    try:
        answer = subprocess.run(  # noqa: S603 (the system's own, with a scheme of ours)
            [_ASK, "query", "default", kind],
            env=system_environment(),
            capture_output=True,
            timeout=_ASK_TIMEOUT_S,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return answer.returncode != 0 or bool(answer.stdout.strip())
