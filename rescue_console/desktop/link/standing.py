"""The state of a sign-in: who the technician is, and whether the console is connected."""

from PySide6.QtCore import QObject, Signal

from rescue_console.protocol.answers import Me


class Standing(QObject):
    """Holds the state of one sign-in for every part that depends on it.

    Signals:
        me_changed: The server has sent ``me`` again.
        online_changed: ``online`` or ``plain`` has changed.
    """

    me_changed = Signal()
    online_changed = Signal()

    def __init__(self, me: Me, *, online: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._me = me
        self._online = online
        self._plain = False

    @property
    def me(self) -> Me:
        """Who the technician is and what they may do."""
        return self._me

    @me.setter
    def me(self, me: Me) -> None:
        self._me = me
        # Emitted even if it is equal: what depends on it, such as the mail's text, may be new.
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

    @property
    def plain(self) -> bool:
        """Whether no WebSocket gets through to the server, though requests do."""
        return self._plain

    @plain.setter
    def plain(self, plain: bool) -> None:
        if plain != self._plain:
            self._plain = plain
            self.online_changed.emit()
