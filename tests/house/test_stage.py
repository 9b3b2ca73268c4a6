"""Shared code is on the stage: no test imports from another, and waiting is written once."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stage.checkout import ROOT

FOLDERS = ("tests", "benchmarks", "deploy")
WAITING = "tests/stage/until.py"


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the full names of everything that *tree* imports and that may be a module."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
                yield from (f"{module}.{alias.name}" for alias in node.names)
            case ast.ImportFrom():
                yield "."
            case _:
                pass


def is_test(module: str) -> bool:
    return any(part == "conftest" or part.startswith("test_") for part in module.split("."))


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def forbidden(importer: str, module: str) -> bool:
    """Tell whether *importer* must not import *module* of the tests.

    Allowed are only the stage and modules of the importer's own room, except for tests.
    """
    if module == ".":
        return True
    if not is_in(module, "tests") or module == "tests" or is_in(module, "tests.stage"):
        return False
    own_room = importer.rpartition(".")[0]
    return is_in(importer, "tests.stage") or is_test(module) or not is_in(module, own_room)


def forbidden_imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    importer = name_of(path)
    return [f"{importer}: {module}" for module in imported(tree) if forbidden(importer, module)]


def sleeping(path: Path) -> list[str]:
    """Return the places in *path* that call ``sleep`` with a time other than 0."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "sleep"
        and ast.unparse(node.args[0]) != "0"
    ]


def calling(path: Path, what: str) -> str:
    """Return *path* if it calls something whose name ends in *what*, otherwise an empty string."""
    text = path.read_text("utf-8")
    calls = (node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    called = what in text and any(ast.unparse(call).endswith(what) for call in calls)
    return path.relative_to(ROOT).as_posix() if called else ""


@pytest.mark.parametrize(
    ("importer", "module", "wrong"),
    [
        ("tests.applet.test_engine", "tests.stage.until", False),
        ("tests.hostile.test_live", "tests.hostile.messages", False),
        ("tests.applet.test_engine", "tests.hostile.messages", True),
        ("tests.applet.test_engine", "tests.applet.conftest", True),
        ("tests.applet.test_engine", "tests.applet.test_session", True),
        ("tests.stage.until", "tests.hostile.messages", True),
        ("benchmarks.bench_keys", "tests.stage.until", False),
        ("benchmarks.bench_keys", "tests.conftest", True),
        ("benchmarks.bench_keys", "tests.hostile.messages", True),
    ],
)
def test_only_the_stage_and_a_tests_own_room_may_be_imported(
    importer: str, module: str, wrong: bool
) -> None:
    assert forbidden(importer, module) is wrong


def test_nothing_imports_from_a_test() -> None:
    assert [found for path in modules(*FOLDERS) for found in forbidden_imports(path)] == []


def test_tests_wait_in_only_one_way() -> None:
    paths = [path for path in modules("tests") if path != ROOT / WAITING]
    assert [found for path in paths for found in sleeping(path)] == []


@pytest.mark.parametrize(
    ("what", "only"),
    [
        ("chromium.launch", "tests/stage/customers/browser.py"),
        ("x509.CertificateBuilder", "tests/stage/servers/certificates.py"),
    ],
)
def test_only_one_module_starts_the_browser_and_only_one_signs_certificates(
    what: str, only: str
) -> None:
    assert [found for path in modules(*FOLDERS) if (found := calling(path, what))] == [only]


def test_each_room_of_the_stage_says_what_is_in_it() -> None:
    for room in modules("tests/stage"):
        if room.name == "__init__.py":
            assert ast.get_docstring(ast.parse(room.read_text("utf-8"))), room
