"""Compiles forms, translations and the resource file into ``rescue_console/desktop``.

``ui`` mirrors the folders of the desktop: ``ui/create_session/pin.ui`` becomes
``desktop/create_session/ui_pin.py``, beside the file that gives it behaviour.

Every package build runs it where PySide6 is installed; elsewhere the build leaves the forms out,
since a server is installed without Qt. ``python resources/hatch_build.py`` (``make forms``) runs it
by hand, and then needs PySide6. Up-to-date files stay untouched. Each result is written to a
temporary place and then renamed, so that nobody ever imports half a file.

Nothing here depends on what the forms contain. Translations are compiled first, because the
resource file carries all of them.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DESKTOP = Path("rescue_console", "desktop")
RESOURCE_FILE = Path("resources", "resources.qrc")
RESOURCES = DESKTOP / "resources_rc.py"
RECORD = DESKTOP / ".compiled.json"
PREFIX = "ui_"
QT = "PySide6-Essentials"
"""The package whose tools compile."""
NOT_OURS = "# mypy: ignore-errors\n# ruff: noqa\n"
"""Put in front of what Qt's tools write, so that its style is not checked."""


class CompileFailed(Exception):
    """One form, translation or resource file could not be compiled; the message names it."""


@dataclass(frozen=True)
class Step:
    """One run of a Qt tool: what it reads, what it writes, and how."""

    tool: Path
    arguments: tuple[str, ...]
    source: Path
    inputs: tuple[Path, ...]
    output: Path

    def digest(self) -> str:
        """Return the hexadecimal SHA-256 of everything that the output depends on."""
        parts = [version(QT), self.tool.name, *self.arguments]
        digest = hashlib.sha256("\0".join(parts).encode())
        for path in self.inputs:
            digest.update(b"\0" + path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()

    def run(self) -> None:
        """Write the output, completely or not at all.

        Raises:
            CompileFailed: the tool rejected the source, or warned about it.
        """
        with _whole(self.output) as unfinished:
            into = "-qm" if self.tool.stem == "lrelease" else "-o"
            done = subprocess.run(  # noqa: S603 (the tools of the installed PySide6)
                [str(self.tool), *self.arguments, str(self.source), into, str(unfinished)],
                capture_output=True,
                text=True,
                check=False,
                stdin=subprocess.DEVNULL,
            )
            if done.returncode or done.stderr.strip() or not unfinished.exists():
                words = (done.stderr or done.stdout).strip() or f"exit status {done.returncode}"
                raise CompileFailed(f"{self.source}: {self.tool.stem} says: {words}")
            if self.tool.stem == "uic":
                _give_types(unfinished)


def compile_all(root: Path) -> list[Path]:
    """Compile whatever is out of date below *root*; return what was written.

    Raises:
        CompileFailed: a source is wrong (others may have been compiled already), or Qt's tools are
            not installed.
    """
    record = _read_record(root / RECORD)
    written = [step.output for step in _steps(root) if _bring_up_to_date(step, root, record)]
    _remove_leftovers(root)
    return written


def _bring_up_to_date(step: Step, root: Path, record: dict[str, str]) -> bool:
    name = step.output.relative_to(root).as_posix()
    digest = step.digest()
    if step.output.exists() and record.get(name) == digest:
        return False
    step.run()
    record[name] = digest
    _write(root / RECORD, json.dumps(record, indent=1, sort_keys=True))
    return True


def _steps(root: Path) -> Iterator[Step]:
    """Yield the steps so that each comes after those that write what it reads."""
    for source in sorted((root / "ui").rglob("*.ui")):
        output = _compiled(root, source)
        yield Step(_libexec("uic"), ("-g", "python", "--from-imports"), source, (source,), output)
    for source in sorted((root / "resources" / "translations").glob("*.ts")):
        yield Step(_tool("lrelease"), ("-silent",), source, (source,), source.with_suffix(".qm"))
    resource_file = root / RESOURCE_FILE
    if resource_file.exists():
        whole = _with_translations(resource_file)
        inputs = (whole, *_listed(whole))
        yield Step(_libexec("rcc"), ("-g", "python"), whole, inputs, root / RESOURCES)


def _with_translations(resource_file: Path) -> Path:
    """Write a copy of the resource file that also carries every translation; return its path.

    Raises:
        CompileFailed: the resource file is not XML.
    """
    tree = _parse(resource_file)
    group = ElementTree.SubElement(tree.getroot(), "qresource", prefix="/")
    for source in sorted((resource_file.parent / "translations").glob("*.ts")):
        ElementTree.SubElement(group, "file").text = f"translations/{source.stem}.qm"
    whole = resource_file.with_name(f"{resource_file.stem}_whole.qrc")
    _write(whole, ElementTree.tostring(tree.getroot(), encoding="unicode"))
    return whole


def _parse(resource_file: Path) -> "ElementTree.ElementTree[ElementTree.Element]":
    try:
        return ElementTree.parse(resource_file)  # noqa: S314 (a file of this repository)
    except ElementTree.ParseError as error:
        raise CompileFailed(f"{resource_file}: {error}") from error


def _compiled(root: Path, source: Path) -> Path:
    """Return where the compiled form of *source* belongs."""
    room = source.parent.relative_to(root / "ui")
    return root / DESKTOP / room / f"{PREFIX}{source.stem}.py"


def _give_types(form: Path) -> None:
    """Annotate ``setupUi`` in a compiled form, so that type checkers see its widgets' types."""
    text = form.read_text(encoding="utf-8")
    kinds = re.findall(r"^ +def setupUi\(self, (\w+)\):$", text, re.MULTILINE)
    for name in kinds:
        text = text.replace(f"(self, {name}):", f"(self, {name}: QWidget) -> None:")
    form.write_text(NOT_OURS + text, encoding="utf-8")


def _listed(resource_file: Path) -> Sequence[Path]:
    """Return the files that a ``.qrc`` carries.

    Raises:
        CompileFailed: it lists a file that is missing.
    """
    entries = _parse(resource_file).iter("file")
    files = [resource_file.parent / (entry.text or "") for entry in entries]
    for path in files:
        if not path.is_file():
            raise CompileFailed(f"{resource_file}: lists {path.name}, which does not exist")
    return files


def _remove_leftovers(root: Path) -> None:
    """Remove compiled forms whose source no longer exists."""
    kept = {_compiled(root, source) for source in (root / "ui").rglob("*.ui")}
    for leftover in {*(root / DESKTOP).rglob(f"{PREFIX}*.py")} - kept:
        leftover.unlink()


def qt_folder() -> Path | None:
    """Return the folder of PySide6, or None where it is not installed."""
    found = find_spec("PySide6")
    return Path(found.origin).parent if found and found.origin else None


def _libexec(name: str) -> Path:
    """Return a Qt tool that PySide6 keeps in Qt's libexec folder, except on Windows."""
    return _tool(name if sys.platform == "win32" else f"Qt/libexec/{name}")


def _tool(name: str) -> Path:
    """Return a Qt tool that PySide6 keeps beside its modules."""
    folder = qt_folder()
    if folder is None:
        raise CompileFailed(f"PySide6 is not installed: pip install {QT}")
    return folder / (f"{name}.exe" if sys.platform == "win32" else name)


def _read_record(path: Path) -> dict[str, str]:
    """Return the digests of the last compilation; none when the record is missing or unreadable."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _write(path: Path, text: str) -> None:
    """Write *text* to *path*, unless the file already holds it."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        with _whole(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Yield a temporary path to write to; rename it to *path* unless the block fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".compiling-") as folder:
        unfinished = Path(folder, path.name)
        yield unfinished
        unfinished.replace(path)


class FormsBuildHook(BuildHookInterface[BuilderConfig]):
    """Compiles before hatchling collects the files of a package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into the source tree; the ``artifacts`` setting includes the results."""
        if qt_folder() is None:
            self.app.display_warning("Without PySide6 this package has no forms: servers only.")
        else:
            compile_all(Path(self.root))


def main() -> int:
    """Compile everything in this checkout and say what was done."""
    root = Path(__file__).resolve().parent.parent
    try:
        written = compile_all(root)
    except CompileFailed as failure:
        sys.stderr.write(f"Not compiled. {failure}\n")
        return 1
    for path in written:
        sys.stdout.write(f"{path.relative_to(root)}\n")
    sys.stdout.write(f"{len(written)} compiled, the rest is up to date.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
