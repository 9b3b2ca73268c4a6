"""Pictures of any size become images of the wanted size."""

import av
import pytest
from PySide6.QtCore import QSize

from rescue_console.desktop.media.pictures import Pictures


@pytest.mark.parametrize("source", [(1, 1), (2, 1), (16_384, 1), (1, 16_384), (3, 7)])
@pytest.mark.parametrize("target", [None, (1, 1), (300, 200)])
async def test_any_size_is_converted_and_the_next_may_differ(
    source: tuple[int, int], target: tuple[int, int] | None
) -> None:
    told: list[None] = []
    pictures = Pictures(lambda: told.append(None))
    pictures.set_target(QSize(*target) if target else None)
    await pictures.convert(av.VideoFrame(64, 64, "yuv420p"))
    await pictures.convert(av.VideoFrame(*source, "yuv420p"))
    picture = pictures.take()
    pictures.close()

    assert picture is not None
    assert picture.source == QSize(*source)
    assert picture.image.size() == QSize(*(target or source))
    assert len(told) == 1
