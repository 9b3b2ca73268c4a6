"""Notifications by the desktop's own service, which open what they are about when clicked.

Source: Desktop Notifications Specification 1.2 and 1.3: ``Notify``, ``GetCapabilities``,
``ActionInvoked``, ``ActivationToken``, the action "default", and the markup that a body may hold.
"""

import html
import logging
import os
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.window.session_bus import (
    BusTrouble,
    Heard,
    Service,
    ServiceAbsent,
    SessionBus,
    owner_changes,
)

SERVICE = Service(
    "org.freedesktop.Notifications",
    "/org/freedesktop/Notifications",
    "org.freedesktop.Notifications",
)
SHOWN_MS = 20_000
"""How long a notification stays, in milliseconds, where the system honours it."""
REMEMBERED = 200
"""How many notifications can still be clicked: many desktops keep them in a list."""
_CLICK = "default"
_NORMAL_URGENCY = 1

_log = logging.getLogger(__name__)


class DesktopNotices(QObject):
    """Shows notifications over the session bus.

    Signals:
        clicked: The notification about the session with this id was clicked.
    """

    clicked = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._shown: OrderedDict[int, str] = OrderedDict()
        self._jobs = jobs
        self._bus = SessionBus(
            Heard(SERVICE, "ActionInvoked", self._on_action),
            Heard(SERVICE, "ActivationToken", self._on_token),
            owner_changes(SERVICE, self._on_other_service),
        )

    def show(self, title: str, text: str, session_id: str, otherwise: Callable[[], object]) -> None:
        """Show a notification about a session; call *otherwise* if there is no such service."""
        self._jobs.start(self._show(title, text, session_id, otherwise), "notify")

    async def aclose(self) -> None:
        """Close the connection; what is shown stays where the desktop lets it."""
        await self._bus.aclose()

    async def _show(
        self, title: str, text: str, session_id: str, otherwise: Callable[[], object]
    ) -> None:
        try:
            # Asked each time: the service may have been replaced by another.
            (abilities,) = await self._bus.call(SERVICE, "GetCapabilities")
            number = await self._notify(title, text, abilities)
        except ServiceAbsent as absence:
            _log.debug("No service for notifications: %s", absence)
            otherwise()
        except BusTrouble as trouble:
            _log.warning("A notification was not shown: %s", trouble)
        else:
            self._remember(number, session_id)

    async def _notify(self, title: str, text: str, abilities: list[str]) -> int:
        """Return the number that the service has given to the notification."""
        if "body" not in abilities:
            title, text = f"{title}: {text}", ""
        elif "body-markup" in abilities:
            text = html.escape(text, quote=False)
        actions = [_CLICK, self.tr("Show")] if "actions" in abilities else []
        hints = {
            "desktop-entry": ("s", QGuiApplication.desktopFileName()),
            "urgency": ("y", _NORMAL_URGENCY),
        }
        (number,) = await self._bus.call(
            SERVICE,
            "Notify",
            "susssasa{sv}i",
            QGuiApplication.applicationDisplayName(),
            0,
            QGuiApplication.desktopFileName(),
            title,
            text,
            actions,
            hints,
            SHOWN_MS,
        )
        return int(number)

    def _remember(self, number: int, session_id: str) -> None:
        self._shown[number] = session_id
        self._shown.move_to_end(number)
        while len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)

    # What the service tells

    def _on_token(self, number: int, token: str) -> None:
        """Let the window come to the front on Wayland, which asks for the click's token."""
        if number in self._shown:
            os.environ["XDG_ACTIVATION_TOKEN"] = token

    def _on_action(self, number: int, action: str) -> None:
        # Every program hears of every notification's actions.
        if action == _CLICK and number in self._shown:
            self.clicked.emit(self._shown[number])

    def _on_other_service(self, _name: str, _before: str, _now: str) -> None:
        """Forget the numbers of a service that is gone: the next one gives them out again."""
        self._shown.clear()
