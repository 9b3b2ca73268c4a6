"""The documentation agrees with the programs."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import msgspec
import pytest

from rescue_console.protocol.choices import Language
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.settings import EARLIER_NAMES, ResolvedSettings
from tests.stage.checkout import ROOT
from tests.stage.languages import LANGUAGES

PAGES: Final = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK: Final = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
SERVER_PAGE: Final = ROOT / "docs" / "server.md"
APPLET: Final = ROOT / "rescue_console/applet/window/translations/fr.json"
TRANSLATIONS: Final = ROOT / "resources/translations/rescue_console_fr.ts"
FOR_PEOPLE: Final = ("customers", "technicians")
"""The pages for people who use the programs; bold text in them must be on a screen."""


def plain(text: str) -> str:
    """Return *text* without differences that readers do not notice."""
    straight = re.sub(r"\s+", " ", text.replace("\u00a0", " ")).replace("’", "'")
    return straight.replace("&", "").strip(" …")


def shown(language: Language) -> Iterator[str]:
    """Yield the texts of all programs."""
    english = language == Language("en")
    page = json.loads((ROOT / f"rescue_console/web/join/texts/{language}.json").read_text("utf-8"))
    for text in page.values():
        yield from [text] if isinstance(text, str) else text.values()
    french = json.loads(APPLET.read_text("utf-8"))
    yield from french if english else french.values()
    for message in ElementTree.parse(TRANSLATIONS).iter("message"):
        yield message.findtext("source" if english else "translation") or ""


@pytest.mark.parametrize("name", FOR_PEOPLE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bold_label_is_on_a_screen(name: str, language: Language) -> None:
    page = (ROOT / "docs" / f"{name}.{language}.md").read_text(encoding="utf-8")
    texts = {plain(text) for text in shown(language)}

    bold = {plain(label) for label in re.findall(r"\*\*(.+?)\*\*", page, re.DOTALL)}

    assert bold
    # A label may be the beginning of a text: its first sentence, or the part before a value.
    assert {b for b in bold if not any(text.startswith(b) for text in texts)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_on_a_page_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def rows_under(heading: str) -> Iterator[tuple[list[str], str]]:
    """Yield names and second column of each row in that table of the server's page.

    Args:
        heading: The heading of the table's first column.
    """
    table = SERVER_PAGE.read_text(encoding="utf-8").split(f"| {heading} |")[1].split("\n\n")[0]
    for line in table.splitlines()[2:]:
        names, second = line.split("|")[1:3]
        yield re.findall(r"`(\w+)`", names), second.strip()


def test_the_servers_page_lists_every_permission_once() -> None:
    listed = [name for names, _ in rows_under("permission") for name in names]

    assert sorted(listed) == sorted(Permission)


def test_the_servers_page_lists_every_setting_with_its_default() -> None:
    numbers = {
        name: int(default)
        for names, default in rows_under("setting")
        for name in names
        if default.isdecimal()
    }
    texts = [name for names, _ in rows_under("setting") for name in names if name not in numbers]
    defaults = {
        name: value
        for name, value in msgspec.structs.asdict(ResolvedSettings()).items()
        if name not in EARLIER_NAMES
    }

    assert numbers == {n: value for n, value in defaults.items() if isinstance(value, int)}
    assert sorted(texts) == sorted(defaults.keys() - numbers.keys())


@pytest.mark.starts_programs
def test_the_servers_page_lists_exactly_its_options() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "rescue_console.server", "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    page = SERVER_PAGE.read_text(encoding="utf-8")
    table = "\n".join(line for line in page.splitlines() if line.startswith("| `--"))

    options = set(re.findall(r"^  (--[\w-]+)", printed, re.MULTILINE)) - {"--version"}

    assert set(re.findall(r"--[\w-]+", table)) == options
