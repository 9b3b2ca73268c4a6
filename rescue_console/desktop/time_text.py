"""Lengths of time as they run in the session list."""

from PySide6.QtCore import QCoreApplication


def running_time_text(seconds: float) -> str:
    """Return ``0:42``, ``12:05``, ``1:02:33`` or ``3 d 4 h``; less than zero is zero."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    if hours >= 24:
        days = QCoreApplication.translate("Time", "{0} d {1} h")
        return days.format(*divmod(hours, 24))
    minutes, last = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{last:02}" if hours else f"{minutes}:{last:02}"
