"""Console and applet with a channel between them, for files."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stage.applets.two_sides import Sides, file_threads


@pytest.fixture
async def sides(tmp_path: Path) -> AsyncIterator[Sides]:
    """Console and applet, connected with each other."""
    with file_threads() as threads:
        sides = Sides(tmp_path, threads)
        sides.connect()
        yield sides
        await sides.aclose()
