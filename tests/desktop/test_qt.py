"""The Qt binding itself: a fault in it that would end the program after some thousand calls."""

import sys

import pytest
from PySide6.QtCore import QObject

CALLS = 2_000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_a_call_into_qt_takes_no_reference_away_from_none() -> None:
    """Seen with PySide6 6.12.0: "Fatal Python error: deallocating None" after about 5 000 calls."""
    target = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        target.setObjectName("name")
    assert sys.getrefcount(None) > before - CALLS / 2
