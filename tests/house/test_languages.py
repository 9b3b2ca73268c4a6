"""Languages are data: a new one needs one file for each room, and nothing else.

The proof is a made-up language, added to an otherwise unchanged copy of this checkout.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, chdir
from pathlib import Path
from typing import Any, Final

import pytest
import requests

from rescue_console.protocol.choices import Language
from rescue_console.texts.texts import PLURAL
from tests.stage.checkout import ROOT
from tests.stage.languages import ENGLISH
from tests.stage.room_texts import (
    ROOMS,
    file_of,
    languages,
    messages,
    missing,
    new_catalogue,
    read,
    translate_catalogue,
)
from tests.stage.servers.rescue_server import (
    RealServer,
    create_owner,
)

MADE_UP: Final = Language("eo")
"""Any language code for which Qt knows the plural forms will do."""
JSON_ROOMS: Final = [room for room in ROOMS if room != "desktop"]
GONE: Final = {
    "desktop": "Cancel",
    "web": "join.title",
    "mail": "month.3",
    "applet": "Share my screen",
}
"""The text of each room that the unfinished language lacks."""

pytestmark = pytest.mark.starts_programs


def made_up(text: str) -> str:
    """Return *text* in the made-up language; placeholders stay as they are."""
    return f"⟦{text}⟧"


def whole_file(room: str) -> dict[str, str | dict[str, str]]:
    """Return every text of a room in the made-up language."""
    french = read(file_of(room, Language("fr")))
    english = {key: key for key in french} if room == "applet" else read(file_of(room, ENGLISH))
    return {key: text if key == PLURAL else translated(text) for key, text in english.items()}


def translated(text: str | dict[str, str]) -> str | dict[str, str]:
    if isinstance(text, str):
        return made_up(text)
    return {form: made_up(words) for form, words in text.items()}


def cut_out(key: str | None, texts: dict[str, str | dict[str, str]]) -> str:
    """Return *texts* as a file without *key*."""
    return json.dumps({name: text for name, text in texts.items() if name != key})


def build_house(folder: Path, lacks: dict[str, str]) -> Path:
    """Copy this checkout and add one file for each room, without the texts in *lacks*."""
    for part in ("rescue_console", "resources", "ui"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for room in JSON_ROOMS:
        texts = cut_out(lacks.get(room), whole_file(room))
        file_of(room, MADE_UP, folder).write_text(texts, encoding="utf-8")
    catalogue = file_of("desktop", MADE_UP, folder)
    new_catalogue(catalogue, MADE_UP)
    gone = lacks.get("desktop")
    translate_catalogue(catalogue, lambda text: "" if text == gone else made_up(text))
    compiler = [sys.executable, "resources/hatch_build.py"]
    subprocess.run(compiler, cwd=folder, check=True, capture_output=True, timeout=300)
    return folder


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that also speaks the made-up language."""
    return build_house(tmp_path_factory.mktemp("house"), {})


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose made-up language lacks one text in each room."""
    return build_house(tmp_path_factory.mktemp("unfinished"), GONE)


def everything(house: Path) -> dict[str, list[list[str]]]:
    """Return every text, by room: its key, or for the desktop context, sentence and comment."""
    keys = {room: [[key] for key in whole_file(room) if key != PLURAL] for room in JSON_ROOMS}
    desktop = [list(parts) for parts in messages(file_of("desktop", MADE_UP, house))]
    return {"desktop": desktop, **keys}


def say(house: Path, asked: dict[str, list[list[str]]]) -> dict[str, list[str]]:
    """Return what the programs of *house* show in the made-up language."""
    script = ROOT / "tests" / "stage" / "say_everything.py"
    done = subprocess.run(
        [sys.executable, "-P", str(script), MADE_UP],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "QT_QPA_PLATFORM": "offscreen"},
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    shown: dict[str, list[str]] = json.loads(done.stdout)
    return shown


@pytest.mark.parametrize("language", sorted(languages() - {ENGLISH}))
@pytest.mark.parametrize("room", ROOMS)
def test_a_language_is_complete_in_every_room(room: str, language: Language) -> None:
    assert missing(room, language) == []


def test_what_a_language_lacks_is_reported_with_its_room(unfinished: Path) -> None:
    assert MADE_UP in languages(unfinished)
    for room, key in GONE.items():
        lacking = missing(room, MADE_UP, unfinished)
        assert lacking
        assert all(line.startswith(f"{room}: ") and line.endswith(key) for line in lacking)


def test_a_room_without_a_file_lacks_everything(unfinished: Path) -> None:
    for room in ROOMS:
        assert len(missing(room, Language("de"), unfinished)) >= 20


def test_every_text_of_a_new_language_is_shown(house: Path) -> None:
    asked = everything(house)
    shown = say(house, asked)
    for room in ROOMS:
        assert len(shown[room]) == len(asked[room]) >= 20
        assert [text for text in shown[room] if not text.startswith("⟦")] == []
    assert shown["desktop"] == [made_up(sentence) for _, sentence, _ in asked["desktop"]]
    assert shown["applet"] == [made_up(sentence) for [sentence] in asked["applet"]]


def test_a_new_language_is_in_the_lists_under_its_own_name(house: Path) -> None:
    shown = say(house, {room: [] for room in ROOMS})
    assert shown["names"] == ["English", "⟦English⟧", "Français"]
    assert shown["pages"] == ["English", "⟦English⟧", "Français"]


def test_a_text_that_a_language_lacks_is_shown_in_english(unfinished: Path) -> None:
    shown = say(unfinished, everything(unfinished))
    in_english = {room: [text for text in shown[room] if text[0] != "⟦"] for room in ROOMS}
    assert set(in_english.pop("desktop")) == {"Cancel"}
    assert in_english == {
        "web": ["7 wants to help you"],
        "mail": ["March"],
        "applet": ["Share my screen"],
    }


@pytest.fixture(scope="module")
def server(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """The server of the copied checkout, whose organization speaks the made-up language."""
    data = tmp_path_factory.mktemp("server") / "data"
    with ExitStack() as stack:
        with chdir(house):
            made = create_owner(data, "--language", MADE_UP)
            assert made.returncode == 0, made.stderr
            running = stack.enter_context(RealServer(data, make_owner=False))
        yield running


def test_a_server_offers_a_new_language_to_consoles(server: RealServer) -> None:
    me = server.owner.get("/me").json()
    assert me["server"]["languages"] == {"en": "English", "eo": "⟦English⟧", "fr": "Français"}
    assert me["organization"]["language_code"] == "eo"
    assert me["organization"]["language"] == "en", "for consoles that do not know it"


def test_a_session_in_a_new_language_has_mail_and_pages_in_it(server: RealServer) -> None:
    session = server.owner.create_session("email", name="")
    assert session["language_code"] == "eo"
    assert session["mail"]["subject"] == "⟦Link to connect by e-mail⟧"
    headers = {"Accept-Language": "eo-XX, fr;q=0.5"}
    page = requests.get(session["link"], headers=headers, timeout=30).text
    assert '<html lang="eo">' in page
    assert "⟦Join in this browser⟧" in page


def test_a_group_can_set_its_own_mail_in_a_new_language(server: RealServer) -> None:
    group = server.owner.get("/me").json()["group"]["id"]
    settings = {"mail_subject": {"eo": "Saluton {name}"}}
    answer = server.owner.patch(f"/groups/{group}", json={"settings": settings})
    assert answer.json()["settings"]["mail_subject"] == {"eo": "Saluton {name}"}
    asked: dict[str, Any] = {"name": "Zoe", "language": "eo"}
    preview = server.owner.post("/mail/preview", json=asked).json()
    assert preview["subject"] == "Saluton Zoe"
