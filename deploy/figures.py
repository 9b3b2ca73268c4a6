"""Counts how the code is divided, typed, documented and tested.

``make figures`` prints a small table; ``make figures ARGS=--write`` puts it into CONTRIBUTING.md as
well. Nothing here sets limits: the figures help people see where the code is growing out of shape.
"""

import argparse
import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Final

import grimp

from benchmarks.figures import percentile
from deploy.room_coverage import MEASURED, measured_rooms

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = "rescue_console"
PAGE: Final = ROOT / "CONTRIBUTING.md"
BEGIN: Final = "<!-- figures: written by 'make figures ARGS=--write' -->"
END: Final = "<!-- end of figures -->"
_LARGEST: Final = 3
_COMPILED: Final = ("ui_*.py", "resources_rc.py")

Row = tuple[str, str]
Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def sources(folder: Path) -> list[Path]:
    """Return the Python files below *folder*, but not those that the build compiles."""
    return [
        path
        for path in sorted(folder.rglob("*.py"))
        if not any(path.match(compiled) for compiled in _COMPILED)
    ]


def largest_folders(files: Iterable[Path], root: Path) -> list[tuple[str, int]]:
    """Return the folders with the most files directly in them, each with its number of files."""
    counts = Counter(path.parent.relative_to(root).as_posix() for path in files)
    return counts.most_common(_LARGEST)


def folder_circles(package: str) -> list[str]:
    """Name every folder whose parts import each other in a circle; there should be none."""
    graph = grimp.build_graph(package, cache_dir=None)
    parents = [name for name in graph.modules if graph.find_children(name)]
    return sorted(name for name in parents if _is_circle(graph, name))


def _is_circle(graph: grimp.ImportGraph, parent: str) -> bool:
    """Tell whether the children of *parent*, each with all its descendants, import in a circle."""
    children = graph.find_children(parent)
    owner = {child: child for child in children}
    for child in children:
        owner.update(dict.fromkeys(graph.find_descendants(child), child))
    imported: dict[str, set[str]] = {child: set() for child in children}
    for module, child in owner.items():
        for other in graph.find_modules_directly_imported_by(module):
            if owner.get(other, child) != child:
                imported[child].add(owner[other])
    while free := [child for child, others in imported.items() if not others]:
        for child in free:
            del imported[child]
        for others in imported.values():
            others.difference_update(free)
    return bool(imported)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Yield every function in *tree*, including methods and nested functions."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def body_lines(function: Function) -> int:
    """Return the number of lines in a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1


def count_any(tree: ast.AST) -> int:
    """Count how often ``Any`` is used, not counting its imports."""
    return sum(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(tree))


def public_definitions(tree: ast.Module) -> Iterator[Documented]:
    """Yield the module, and each public class, function and method in it."""
    yield tree
    yield from _public_parts(tree)


def _public_parts(node: ast.Module | ast.ClassDef) -> Iterator[Documented]:
    for part in node.body:
        if isinstance(part, Function | ast.ClassDef) and not part.name.startswith("_"):
            yield part
            if isinstance(part, ast.ClassDef):
                yield from _public_parts(part)


def _code_lines(files: Iterable[Path]) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)


def _parsed(files: Iterable[Path]) -> list[ast.Module]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in files]


def rows(root: Path) -> Iterator[Row]:
    """Yield each thing that is counted, with its figure."""
    files, tests = sources(root / PACKAGE), sources(root / "tests")
    trees = _parsed(files)
    rules = _parsed(sources(root / PACKAGE / "server" / "rules"))
    lengths = [float(body_lines(function)) for tree in trees for function in functions(tree)]
    public = [node for tree in trees for node in public_definitions(tree)]
    documented = sum(ast.get_docstring(node) is not None for node in public)
    lines = _code_lines(files)
    circles = folder_circles(PACKAGE)
    folders = (f"`{name}` {count}" for name, count in largest_folders(files, root / PACKAGE))
    test_folders = (f"`{name}` {count}" for name, count in largest_folders(tests, root))
    yield "files, lines of Python", f"{len(files)}, {lines}"
    yield "largest folders (files)", ", ".join(folders)
    yield "largest folders of tests (files)", ", ".join(test_folders)
    yield "folders that import in a circle", ", ".join([str(len(circles)), *circles])
    yield (
        "function bodies (lines): median, 95th percentile",
        (f"{median(lengths):.0f}, {percentile(lengths, 95):.0f}"),
    )
    yield "`Any` in `server/rules`", str(sum(map(count_any, rules)))
    yield "test code ÷ product code", f"{_code_lines(tests) / lines:.2f}"
    yield "documented public definitions", f"{100 * documented / len(public):.1f} %"
    yield from _coverage_rows()


def _coverage_rows() -> Iterator[Row]:
    """Yield the coverage that ``make coverage`` last measured, if there is any."""
    if not MEASURED.exists():
        return
    rooms = measured_rooms(MEASURED)
    lines, run = (sum(getattr(room, what) for room in rooms.values()) for what in ("lines", "run"))
    weakest = sorted(rooms.items(), key=lambda item: item[1].percent)[:_LARGEST]
    yield "lines that the tests run", f"{100 * run / lines:.1f} %"
    yield (
        "… in the weakest rooms",
        ", ".join(f"`{name}` {room.percent:.0f} %" for name, room in weakest),
    )


def table(counted: Iterable[Row]) -> str:
    """Return *counted* as a table that is readable both as text and as Markdown."""
    body = [("what", "figure"), *counted]
    widths = [max(len(row[column]) for row in body) for column in (0, 1)]
    lines = [f"| {what:{widths[0]}} | {figure:{widths[1]}} |" for what, figure in body]
    return "\n".join([lines[0], f"|{'-' * (widths[0] + 2)}|{'-' * (widths[1] + 2)}|", *lines[1:]])


def put_between_marks(text: str, figures: str) -> str:
    """Return *text* with *figures* in place of what is between the two marks."""
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError("the page has no place for the figures")
    return f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}"


def main(arguments: list[str] | None = None) -> None:
    """Print the figures for this checkout."""
    parser = argparse.ArgumentParser(prog="make figures")
    parser.add_argument("--write", action="store_true", help="put them into CONTRIBUTING.md, too")
    options = parser.parse_args(arguments)
    figures = table(rows(ROOT))
    sys.stdout.write(f"{figures}\n")
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(put_between_marks(page, figures), encoding="utf-8")


if __name__ == "__main__":
    main()
