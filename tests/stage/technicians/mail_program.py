"""Replaces the system's mail client, through Qt's own hook for that."""

from PySide6.QtCore import QObject, QUrl, Slot


class MailProgram(QObject):
    """Records the URLs that it is asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(bytes(url.toEncoded().data()).decode("ascii"))
