"""What the documentation says is there."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK: Final = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
CODE_PATH: Final = re.compile(
    r"`((?:protocol|client|desktop|server|web)/[\w/]+\.py|(?:ui|resources|deploy|tests)/[\w/.]+)`"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    names = CODE_PATH.findall(page.read_text(encoding="utf-8"))

    lost = [
        name
        for name in names
        if "NAME" not in name
        and not (ROOT / name).exists()
        and not (ROOT / "rescue_console" / name).exists()
    ]

    assert lost == []


def test_the_servers_page_lists_exactly_its_options() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "rescue_console.server", "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    page = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    table = "\n".join(line for line in page.splitlines() if line.startswith("| `--"))

    options = set(re.findall(r"^  (--[\w-]+)", told, re.MULTILINE)) - {"--version"}

    assert set(re.findall(r"--[\w-]+", table)) == options
