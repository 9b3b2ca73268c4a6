"""Marks a file as come from elsewhere, so that Windows warns before it runs."""

import sys
from contextlib import suppress
from pathlib import Path

STREAM = "Zone.Identifier"
INTERNET_ZONE = b"[ZoneTransfer]\r\nZoneId=3\r\n"


def mark_foreign(path: Path) -> None:
    """Mark *path* where the system knows such a mark and its disk keeps it: NTFS on Windows.

    Source: Microsoft, [MS-FSCC] 5.6.1, Zone.Identifier Stream Name.
    """
    if sys.platform == "win32":
        with suppress(OSError):
            Path(f"{path}:{STREAM}").write_bytes(INTERNET_ZONE)
