"""The console's side, as the desktop's own tests have it."""

from tests.desktop.conftest import calls, me, qt_loop, settings

__all__ = ["calls", "me", "qt_loop", "settings"]
