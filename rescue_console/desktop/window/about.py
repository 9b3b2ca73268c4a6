"""The *About* box."""

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

import rescue_console
from rescue_console.desktop.look.icons import icon

translate = QCoreApplication.translate


def show_about(parent: QWidget, server_version: str) -> None:
    """Show what this program is, without holding up the window."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(translate("About", "About Rescue Console"))
    size = box.fontMetrics().height() * 4
    box.setIconPixmap(icon("app").pixmap(size, size))
    box.setText(translate("About", "Rescue Console {0}").format(rescue_console.__version__))
    box.setInformativeText(
        translate(
            "About",
            "Open, self-hosted remote support under the MIT licence.\n\nServer: {0}\nQt: {1}",
        ).format(server_version, qVersion())
    )
    box.open()
