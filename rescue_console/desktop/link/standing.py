"""How this console stands with its server: who the technician is, and whether it is connected."""

from PySide6.QtCore import QObject, Signal

from rescue_console.protocol.answers import Me


class Standing(QObject):
    """One for each sign-in; whoever depends on it holds it and connects to its signals.

    Signals:
        me_changed: The server has told ``me`` anew.
        online_changed: ``online`` has another value.
    """

    me_changed = Signal()
    online_changed = Signal()

    def __init__(self, me: Me, *, online: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._me = me
        self._online = online

    @property
    def me(self) -> Me:
        """Who the technician is and what they may do."""
        return self._me

    @me.setter
    def me(self, me: Me) -> None:
        self._me = me
        # Told though it be the same: what it stands for, such as the mail's text, may be new.
        self.me_changed.emit()

    @property
    def online(self) -> bool:
        """Whether the console is connected to the server."""
        return self._online

    @online.setter
    def online(self, online: bool) -> None:
        if online != self._online:
            self._online = online
            self.online_changed.emit()
