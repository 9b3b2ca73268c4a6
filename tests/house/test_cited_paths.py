"""A cited file that does not exist is reported; one that exists is not, however it is written."""

from pathlib import Path

import pytest

from deploy.cited_paths import Repository

FILES = [
    "rescue_console/protocol/powers.py",
    "rescue_console/server/rules/helping/chat.py",
    "rescue_console/server/routes/chat.py",
    "ui/look/pin.ui",
    "tests/house/test_docs.py",
    "docs/server.md",
]


def lost(folder: Path, citing: str, line: str) -> list[str]:
    """Return what is reported if the file *citing* contains *line*."""
    for name in {*FILES, citing}:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"first\n{line}\n" if name == citing else "", encoding="utf-8")
    return list(Repository(folder, [folder / name for name in {*FILES, citing}]).lost())


@pytest.mark.parametrize(
    "line",
    [
        "see rescue_console/protocol/powers.py.",
        "(`protocol/powers.py`)",
        "[rules](docs/server.md)",
        "`rules/helping/chat.py`, and `rules/helping/`",
        "each `ui/*.ui`, ui/look/NAME.ui and `ui/look`, `ui/ROOM/NAME.ui`",
        "`desktop/look/ui_pin.py` is compiled, like ui_NAME.py",
        "chat.py, server.md and Node.js",
        "https://example.org/protocol/none.py",
        "application/json, text/html and and/or",
        "some.method.py()",
    ],
)
def test_existing_files_and_other_text_are_not_reported(tmp_path: Path, line: str) -> None:
    assert lost(tmp_path, "rescue_console/server/routes/citing.py", line) == []


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("see rescue_console/protocol/none.py", "rescue_console/protocol/none.py"),
        ("(`protocol/none.py`)", "protocol/none.py"),
        ("// as in protocol/none.py.", "protocol/none.py"),
        ("`protocol/powers` has no ending", "protocol/powers"),
        ("`rules/chat.py`", "rules/chat.py"),
        ("each `look/*.svg`", "look/*.svg"),
        ("none.md has the words", "none.md"),
    ],
)
def test_a_missing_file_is_reported_with_its_place(tmp_path: Path, line: str, path: str) -> None:
    citing = "rescue_console/server/routes/citing.py"

    assert lost(tmp_path, citing, line) == [f"{citing}:2: there is no {path}"]


def test_in_tests_only_a_path_from_the_top_counts(tmp_path: Path) -> None:
    citing = "tests/server/citing.py"

    assert lost(tmp_path, citing, "`look/none.svg` none.md") == []
    assert lost(tmp_path, citing, "`ui/none.ui`") == [f"{citing}:2: there is no ui/none.ui"]
