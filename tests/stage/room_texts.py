"""What each room says in a language: which file holds its texts, and which texts it lacks."""

import importlib.util
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from rescue_console.protocol.choices import Language
from tests.stage.checkout import ROOT

ROOMS: Final = {
    "desktop": "resources/translations/rescue_console_{code}.ts",
    "web": "rescue_console/web/join/texts/{code}.json",
    "mail": "rescue_console/server/mail/texts/{code}.json",
    "applet": "rescue_console/applet/window/translations/{code}.json",
}
"""The file of each room; the English texts of desktop and applet are in their sources."""


def file_of(room: str, language: Language, house: Path = ROOT) -> Path:
    """Return the file that *room* needs in order to speak *language*."""
    code = language.replace("-", "_") if room == "desktop" else language
    return house / ROOMS[room].format(code=code)


def languages(house: Path = ROOT) -> set[Language]:
    """Return every language for which any room of *house* has a file."""
    return {
        Language(path.name.removeprefix(before).removesuffix(after).replace("_", "-"))
        for pattern in ROOMS.values()
        for before, _, after in [Path(pattern).name.partition("{code}")]
        for path in (house / pattern).parent.glob(f"{before}*{after}")
    }


def missing(room: str, language: Language, house: Path = ROOT) -> list[str]:
    """Return what *room* does not say in *language*, as ``room: key``."""
    file = file_of(room, language, house)
    if room == "desktop":
        return [f"{room}: {text}" for text in _untranslated(file)]
    own = read(file) if file.exists() else {}
    others = [read(path) for path in sorted(file.parent.glob("*.json"))]
    keys = {key: None for texts in others for key in texts}
    return [f"{room}: {key}" for key in keys if not own.get(key)]


def read(file: Path) -> dict[str, str | dict[str, str]]:
    """Return the texts of a JSON file."""
    texts: dict[str, str | dict[str, str]] = json.loads(file.read_text("utf-8"))
    return texts


def new_catalogue(file: Path, language: Language) -> None:
    """Make a ``.ts`` file with every text of the desktop, all of them untranslated."""
    head = f'<!DOCTYPE TS><TS version="2.1" language="{language}"></TS>'
    file.write_text(head, encoding="utf-8")
    _update()(file)


def translate_catalogue(file: Path, translate: Callable[[str], str]) -> None:
    """Fill in every text of a ``.ts`` file."""
    tree = ElementTree.parse(file)
    for message in tree.iter("message"):
        source = message.findtext("source", "")
        for translation in message.iter("translation"):
            translation.attrib.pop("type", None)
            for form in [*translation.iter("numerusform")] or [translation]:
                form.text = translate(source)
    tree.write(file, encoding="utf-8", xml_declaration=True)


def messages(file: Path) -> Iterator[tuple[str, str, str]]:
    """Yield context, English text and comment of every message in a ``.ts`` file."""
    for context in ElementTree.parse(file).iter("context"):
        for message in context.iter("message"):
            yield (
                context.findtext("name", ""),
                message.findtext("source", ""),
                message.findtext("comment", ""),
            )


def _untranslated(file: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, file.name)
        if file.exists():
            shutil.copy(file, copy)
        return _update()(copy)


def _update() -> Callable[[Path], list[str]]:
    """Return the function that updates a catalogue from the sources and returns what it lacks."""
    path = ROOT / "resources" / "translations" / "update_translations.py"
    spec = importlib.util.spec_from_file_location("update_translations", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    update: Callable[[Path], list[str]] = module.update
    return update
