"""The console's fixtures, shared with the desktop's own tests."""

from tests.stage.technicians.fixtures import calls, me, qt_loop, settings

__all__ = ["calls", "me", "qt_loop", "settings"]
