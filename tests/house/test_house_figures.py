"""``make figures`` counts correctly."""

import ast
import sys
from pathlib import Path

import pytest

from deploy.figures import (
    BEGIN,
    END,
    PAGE,
    body_lines,
    count_any,
    folder_circles,
    functions,
    largest_folders,
    public_definitions,
    put_between_marks,
    sources,
    table,
)

CODE = '''
"""The module."""
from typing import Any

def one(a: Any) -> dict[str, Any]:
    """Not counted as its body.

    However long.
    """
    if a:
        return {}

    return a

class Door:
    def open(self): ...
    def _push(self):
        def inner(): return 1
        return inner
'''


def test_bodies_are_counted_without_their_docstring() -> None:
    counted = {found.name: body_lines(found) for found in functions(ast.parse(CODE))}

    assert counted == {"one": 4, "open": 1, "_push": 2, "inner": 1}


def test_any_is_counted_where_it_is_used() -> None:
    assert count_any(ast.parse(CODE)) == 2


def test_private_names_and_nested_functions_are_not_public() -> None:
    names = [getattr(node, "name", "module") for node in public_definitions(ast.parse(CODE))]

    assert names == ["module", "one", "Door", "open"]


def test_compiled_files_are_not_counted(tmp_path: Path) -> None:
    for name in ("a/b/one.py", "a/b/two.py", "a/three.py", "a/ui_form.py", "a/resources_rc.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")

    assert largest_folders(sources(tmp_path), tmp_path) == [("a/b", 2), ("a", 1)]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two rooms whose files can import each other."""
    package = tmp_path / "some_house"
    for room in ("hall", "attic"):
        (package / room).mkdir(parents=True)
        for name in ("__init__", "one", "two"):
            (package / room / f"{name}.py").write_text("", encoding="utf-8")
    (package / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "some_house", raising=False)
    return package


def test_folders_can_form_a_circle_although_their_files_do_not(house: Path) -> None:
    (house / "hall" / "one.py").write_text("import some_house.attic.one\n", encoding="utf-8")
    assert folder_circles("some_house") == []

    (house / "attic" / "two.py").write_text("import some_house.hall.two\n", encoding="utf-8")

    assert folder_circles("some_house") == ["some_house"]


def test_figures_replace_the_earlier_ones() -> None:
    page = f"above\n{BEGIN}\nold\n{END}\nbelow\n"

    assert put_between_marks(page, "new") == f"above\n{BEGIN}\n\nnew\n\n{END}\nbelow\n"
    with pytest.raises(ValueError, match="no place"):
        put_between_marks("nothing", "new")


def test_contributing_has_a_place_for_figures() -> None:
    put_between_marks(PAGE.read_text(encoding="utf-8"), "")


def test_columns_are_aligned() -> None:
    lines = table([("files", "3"), ("a longer one", "none")]).splitlines()

    assert len({line.index("|", 1) for line in lines}) == 1
