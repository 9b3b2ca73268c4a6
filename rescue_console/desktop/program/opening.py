"""Opens folders and web pages outside this program, and says so where nothing opens them."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from rescue_console.desktop.program.system_opener import SystemOpener

translate = QCoreApplication.translate


def open_folder(folder: Path, parent: QWidget) -> None:
    """Show *folder* in the system's file manager."""
    _open(QUrl.fromLocalFile(str(folder)), str(folder), parent)


def open_page(address: str, parent: QWidget) -> None:
    """Show a web page in the system's browser."""
    _open(QUrl(address), address, parent)


def _open(url: QUrl, shown: str, parent: QWidget) -> None:
    opener = SystemOpener(parent)
    opener.failed.connect(lambda: _tell(url, shown, parent))
    opener.ended.connect(opener.deleteLater)
    if not opener.open(url):
        opener.deleteLater()
        _tell(url, shown, parent)


def _tell(url: QUrl, shown: str, parent: QWidget) -> None:
    """Say that nothing opened *url*, and offer to copy where it leads."""
    box = QMessageBox(QMessageBox.Icon.Warning, _title(), _text(url), parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(shown)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    copy = box.addButton(translate("Opening", "Copy"), QMessageBox.ButtonRole.AcceptRole)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(shown))
    box.addButton(translate("Opening", "Close"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(copy)
    box.open()


def _title() -> str:
    return translate("Opening", "Nothing opened")


def _text(url: QUrl) -> str:
    if not url.isLocalFile():
        return translate(
            "Opening",
            "No browser on this computer opened this address. Copy it and open it another way:",
        )
    if not Path(url.toLocalFile()).is_dir():
        return translate("Opening", "This folder is no longer there:")
    return translate(
        "Opening",
        "No program on this computer opened this folder. Copy where it is and open it another way:",
    )
