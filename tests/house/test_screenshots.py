"""The pictures in ``docs/screenshots``: complete, and small enough to keep."""

from itertools import product
from pathlib import Path

from PIL import Image

from deploy.pictures.__main__ import USUAL_FOLDER, make_small
from deploy.pictures.pages import THEMES
from tests.stage.languages import LANGUAGES

ALL_BYTES_MAX = 6_000_000


def test_every_screen_is_shown_in_every_language_and_theme() -> None:
    screens: dict[str, set[str]] = {}
    for path in USUAL_FOLDER.glob("*.png"):
        language, theme, screen = path.stem.split("-", 2)
        screens.setdefault(screen, set()).add(f"{language}-{theme}")
    everywhere = {f"{language}-{theme}" for language, theme in product(LANGUAGES, THEMES)}

    assert screens
    assert {screen: kinds for screen, kinds in screens.items() if kinds != everywhere} == {}


def test_all_pictures_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in USUAL_FOLDER.glob("*.png")) < ALL_BYTES_MAX


def test_a_picture_is_made_smaller_without_changing_its_size_on_screen(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    Image.radial_gradient("L").convert("RGB").save(path)
    before = path.stat().st_size

    make_small(tmp_path)

    with Image.open(path) as small:
        assert small.size == (256, 256)
    assert path.stat().st_size < before
