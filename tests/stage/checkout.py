"""Where this checkout is, for tests that read from it or start programs in it."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
