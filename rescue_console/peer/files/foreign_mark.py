"""Marks a file as coming from another computer, so that Windows warns before it runs."""

import sys
from contextlib import suppress
from pathlib import Path

STREAM = "Zone.Identifier"
INTERNET_ZONE = b"[ZoneTransfer]\r\nZoneId=3\r\n"


def mark_foreign(path: Path) -> None:
    """Mark *path* if the system has such a mark and the disk can store it: on Windows, with NTFS.

    Source: Microsoft, [MS-FSCC] 5.6.1, Zone.Identifier Stream Name.
    """
    if sys.platform == "win32":
        with suppress(OSError):
            Path(f"{path}:{STREAM}").write_bytes(INTERNET_ZONE)
