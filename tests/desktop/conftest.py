"""What tests of the desktop share: a loop that Qt runs, the settings, and a technician."""

from tests.stage.technicians.fixtures import (
    calls,
    french,
    mail_program,
    me,
    qt_loop,
    settings,
    standing,
)

__all__ = ["calls", "french", "mail_program", "me", "qt_loop", "settings", "standing"]
