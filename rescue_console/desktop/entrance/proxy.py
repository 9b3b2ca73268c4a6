"""The choice of a proxy before anybody has signed in: without it, nobody may be able to."""

from PySide6.QtWidgets import QDialog, QWidget

from rescue_console.desktop.entrance.ui_proxy import Ui_ProxyDialog
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.program.settings import Settings


class ProxyDialog(QDialog):
    """Holds the form that the options have, too."""

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_ProxyDialog()
        self.ui.setupUi(self)
        self.ui.proxyForm.use(settings)
        self.ui.closeButton.clicked.connect(self.accept)
        on_language_change(self, lambda: self.ui.retranslateUi(self))
