"""The console's side, as the desktop's own tests have it."""

from tests.stage.technicians.fixtures import calls, me, qt_loop, settings

__all__ = ["calls", "me", "qt_loop", "settings"]
