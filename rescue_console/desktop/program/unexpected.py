"""Shows an unexpected error once, in plain words, with details to pass on."""

import logging
import platform
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, QSysInfo, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

import rescue_console
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.log_file import without_secrets
from rescue_console.desktop.program.ui_unexpected import Ui_UnexpectedForm

log = logging.getLogger(__name__)

Place = tuple[type[BaseException], str, int]


class UnexpectedErrors(QObject):
    """Reports each fault of the program once; the type and the source line identify it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._seen: set[Place] = set()
        self.dialog: UnexpectedDialog | None = None

    @Slot(object)
    def report(self, exception: BaseException) -> None:
        """Show *exception*, already logged, unless the same fault was shown before."""
        place = _place(exception)
        if place in self._seen:
            return
        self._seen.add(place)
        if self.dialog is None:
            self.dialog = UnexpectedDialog(self._window)
        self.dialog.add(details(exception))
        self.dialog.show()

    def on_uncaught(
        self,
        kind: type[BaseException],
        exception: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log and report an uncaught exception, with the arguments of ``sys.excepthook``."""
        if issubclass(kind, KeyboardInterrupt):
            return
        log.error("Uncaught", exc_info=(kind, exception, trace))
        self.report(exception.with_traceback(trace))


class UnexpectedDialog(QDialog):
    """An explanation, the details, and a button that copies them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_UnexpectedForm()
        self.ui.setupUi(self)
        width = self.fontMetrics().averageCharWidth()
        self.resize(width * 90, self.fontMetrics().lineSpacing() * 24)
        self.ui.copyButton.clicked.connect(self._copy)
        self.ui.closeButton.clicked.connect(self.accept)

    def add(self, text: str) -> None:
        """Show the details of one more error below those still shown."""
        if self.isHidden():
            self.ui.detailsEdit.clear()
        self.ui.detailsEdit.appendPlainText(text)
        self.ui.copiedMessage.say("")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.ui.detailsEdit.toPlainText())
        self.ui.copiedMessage.say(self.tr("Copied"), Tone.GOOD)


def details(exception: BaseException) -> str:
    """Return what helps to fix the fault: versions and the traceback, without secrets."""
    about = (
        f"Rescue Console {rescue_console.__version__}, Python {platform.python_version()}, "
        f"Qt {qVersion()}, {QSysInfo.prettyProductName()}, {QSysInfo.currentCpuArchitecture()}, "
        f"kernel {QSysInfo.kernelVersion()}"
    )
    trace = "".join(traceback.format_exception(exception))
    return without_secrets(f"{about}\n\n{trace}")


def _place(exception: BaseException) -> Place:
    frames = traceback.extract_tb(exception.__traceback__)
    last = frames[-1] if frames else None
    return type(exception), last.filename if last else str(exception), (last and last.lineno) or 0
