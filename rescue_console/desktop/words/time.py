"""Moments and lengths of time as the screens show them."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale


def running_time_text(seconds: float) -> str:
    """Return ``0:42``, ``12:05``, ``1:02:33`` or ``3 d 4 h``; less than zero is zero."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    if hours >= 24:
        days = QCoreApplication.translate("Time", "{0} d {1} h")
        return days.format(*divmod(hours, 24))
    minutes, last = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{last:02}" if hours else f"{minutes}:{last:02}"


def moment_text(moment: datetime) -> str:
    """Return a moment in this computer's time zone: the time alone if it was today."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    if local.date() == QDateTime.currentDateTime().date():
        return QLocale().toString(local.time(), QLocale.FormatType.ShortFormat)
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)
