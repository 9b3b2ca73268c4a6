"""Passes the proxy chosen in the options on to ``network.way_out``, which decides for all ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from rescue_console.client.proxy_passwords import ProxyPasswords
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.settings import ProxyWay, Settings
from rescue_console.network.errors import Unreachable, Why

if TYPE_CHECKING:
    from rescue_console.network.way_out import Proxy

_PREFIX = "proxy_"
NO_ADDRESS = "–"
"""Names the proxy in a sentence while none has been typed."""


class ChosenProxy(QObject):
    """Follows the settings, and knows the proxy's password.

    Signals:
        kept: A password is kept: in the keyring, if ``passwords.persistent``.
    """

    kept = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._settings = settings
        self._applied = False
        self.passwords = ProxyPasswords()
        # Its own: the form in which a password was typed may be closed before it is kept.
        self.jobs = Jobs(self)
        settings.changed.connect(self._on_changed)
        self.apply()

    @classmethod
    def of(cls, settings: Settings) -> ChosenProxy:
        """Return the one that follows *settings*; they have no more than one."""
        found = settings.findChild(cls)
        return found if isinstance(found, cls) else cls(settings)

    def apply(self) -> None:
        """Use what the settings say for every connection from now on."""
        way = self._settings.proxy_way
        if way is ProxyWay.SYSTEM and not self._applied:
            return  # That is the usual way, and its modules take long to load.
        from rescue_console.network.way_out import choose

        self._applied = True
        match way:
            case ProxyWay.SYSTEM:
                choose(None)
            case ProxyWay.NONE:
                choose(_straight)
            case ProxyWay.BY_HAND:
                choose(self._by_hand())

    def keep(self, password: str) -> None:
        """Keep *password* for the proxy and the user that are set, and use it."""
        host, user = self._settings.proxy_host, self._settings.proxy_user
        self.jobs.start(self._keep(host, user, password), "keep the proxy's password")

    async def _keep(self, host: str, user: str, password: str) -> None:
        await self.jobs.in_thread(self.passwords.store, host, user, password)
        self.apply()
        self.kept.emit()

    def _by_hand(self) -> Callable[[], Proxy | None]:
        """Return the choice of the proxy as it is set now; its password is read at first use."""
        settings, passwords = self._settings, self.passwords
        host, port, user = settings.proxy_host, settings.proxy_port, settings.proxy_user

        @cache
        def proxy() -> Proxy | None:
            from rescue_console.network.way_out import read_proxy

            if not host.strip():
                raise Unreachable(Why.PROXY_UNUSABLE, proxy=NO_ADDRESS)
            password = passwords.load(host, user) if user else ""
            return replace(read_proxy(host), port=port, user=user, password=password)

        return proxy

    def _on_changed(self, name: str) -> None:
        if name.startswith(_PREFIX):
            self.apply()


def _straight() -> None:
    return None
