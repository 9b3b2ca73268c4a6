"""Where this checkout is: for what tests read from it, and start in it."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
