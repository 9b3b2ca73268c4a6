"""Checks that no linter makes: no traces of one machine, everything pinned, all translated.

``python -m deploy.check_repository`` prints each problem on a line of its own, and fails if there
are any.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import PySide6
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.cited_paths import Repository
from deploy.pins import read_pins, without_wheel

TRACES = re.compile(
    r"pypi\.or[g]|pythonhoste[d]|registry\.npmj[s]|deb\.debian\.or[g]|(?<![\w.])/(work|tmp|root)/"
)
"""Hosts of package registries and folders of one machine, which do not belong in a repository."""

TOP = frozenset(
    {
        *(".ci", ".editorconfig", ".github", ".gitignore", ".pre-commit-config.yaml"),
        *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "SECURITY.md"),
        *("benchmarks", "build_installer.spec", "deploy", "docs", "pyproject.toml"),
        *("requirements.txt", "rescue_console", "resources", "tests", "ui"),
    }
)
"""Everything that is allowed at the top of the repository: as little as possible."""

PLACEHOLDER = re.compile(r"\{\w*\}|%L?\d|%n")
"""A placeholder that a program fills in: Python's ``{name}``, or Qt's ``%1`` and ``%n``."""

Message = tuple[str, str, str]
"""A text that the screens show: its context (form or class), English sentence, and comment."""


def tracked_files(root: Path) -> list[Path]:
    """Return the text files under version control."""
    return [root / name for name in _listed(root, "grep", "-Il", "", "--", ".", ":!*.svg")]


def _listed(root: Path, *words: str) -> list[str]:
    """Return the lines that ``git`` with *words* prints in the checkout at *root*."""
    listed = subprocess.run(  # noqa: S603
        ["git", *words],  # noqa: S607 (git, wherever it is)
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.splitlines()


def traces(files: Iterable[Path]) -> Iterator[str]:
    """Name each line that contains a registry's host or a path of one machine."""
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if found := TRACES.search(line):
                yield f"{path}:{number}: '{found[0]}' belongs to one machine or one registry"


def strangers_at_the_top(files: Iterable[Path], root: Path) -> Iterator[str]:
    """Name each file or folder at the top that does not belong there."""
    for name in sorted({path.relative_to(root).parts[0] for path in files} - TOP):
        yield f"{name}: only {', '.join(sorted(TOP))} belong at the top"


def unpinned(project: Path, pins: Path) -> Iterator[str]:
    """Name each requirement of *project* that *pins* leaves out or pins outside its range."""
    table = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    asked = [
        *table["dependencies"],
        *(p for e in table["optional-dependencies"].values() for p in e),
    ]
    pinned = {pin.name: pin.version for pin in read_pins(pins.read_text(encoding="utf-8"))}
    for text in asked:
        requirement = Requirement(text)
        version = pinned.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version):
            yield f"{pins.name}: {requirement} is pinned to {version}; run 'make requirements'"


def untranslated(source: Path, translation: Path) -> Iterator[str]:
    """Name each message of *source* that *translation* lacks or has with other placeholders.

    Both are ``.ts`` files; *source* has just been collected from the code and the forms.
    """
    translated = dict(_messages(translation))
    for key in dict(_messages(source)):
        context, text, _ = key
        said = translated.get(key)
        if said is None or not all(said):
            yield f"{translation.name}: {context}: '{text}' is not translated"
        elif any(_placeholders(form) != _placeholders(text) for form in said):
            yield f"{translation.name}: {context}: '{text}' has other placeholders than its source"


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def _messages(path: Path) -> Iterator[tuple[Message, list[str]]]:
    """Yield every message in use with its translations: one, or one for each plural form."""
    for context in ElementTree.parse(path).iter("context"):  # noqa: S314 (a file of ours)
        for message in context.iter("message"):
            translation = message.find("translation")
            kind = None if translation is None else translation.get("type")
            if translation is None or kind in ("vanished", "obsolete"):
                continue
            forms = translation.findall("numerusform") or [translation]
            said = ["" if kind == "unfinished" else (form.text or "") for form in forms]
            source = message.findtext("source", "")
            yield (context.findtext("name", ""), source, message.findtext("comment", "")), said


def fresh_messages(root: Path, folder: Path) -> Path:
    """Collect the texts of all forms and of the desktop's code into a ``.ts`` file in *folder*."""
    sources = [*sorted((root / "ui").rglob("*.ui")), *_desktop_code(root)]
    collected = folder / "collected.ts"
    name = "lupdate.exe" if sys.platform == "win32" else "lupdate"
    subprocess.run(  # noqa: S603 (a tool of the installed PySide6)
        [Path(PySide6.__file__).parent / name, "-silent", *sources, "-ts", collected],
        check=True,
        capture_output=True,
    )
    return collected


def _desktop_code(root: Path) -> list[Path]:
    desktop = root / "rescue_console" / "desktop"
    compiled = ("ui_", "resources_rc")
    return [path for path in sorted(desktop.rglob("*.py")) if not path.name.startswith(compiled)]


def problems(root: Path) -> Iterator[str]:
    """Yield everything that is wrong with the checkout at *root*."""
    files = tracked_files(root)
    yield from traces(files)
    everything = [root / name for name in _listed(root, "ls-files")]
    yield from Repository(root, everything).lost()
    yield from strangers_at_the_top(everything, root)
    yield from unpinned(root / "pyproject.toml", root / "requirements.txt")
    yield from without_wheel(read_pins((root / "requirements.txt").read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        collected = fresh_messages(root, Path(folder))
        for translation in sorted((root / "resources" / "translations").glob("*.ts")):
            yield from untranslated(collected, translation)


def main() -> int:
    """Print the problems of this checkout; fail when there are any."""
    found = list(problems(Path(__file__).resolve().parent.parent))
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
