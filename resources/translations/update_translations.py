"""Updates every catalogue from the sources: adds new strings, removes unused ones.

Run it after changing a text, translate what it lists (Qt Linguist opens the ``.ts`` file), and
commit.
"""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import PySide6

ROOT = Path(__file__).resolve().parents[2]
COMPILED = ("ui_", "resources_rc")
CATALOGUES = sorted(Path(__file__).parent.glob("*.ts"))


def sources() -> list[Path]:
    """Return every file with translatable text; compiled forms only repeat ``ui``, so not those."""
    desktop = ROOT / "rescue_console" / "desktop"
    modules = [path for path in desktop.rglob("*.py") if not path.name.startswith(COMPILED)]
    return sorted([*(ROOT / "ui").rglob("*.ui"), *modules])


def update(catalogue: Path) -> list[str]:
    """Rewrite *catalogue*; return the strings that have no translation in it.

    Raises:
        subprocess.CalledProcessError: Qt's tool rejected a source.
    """
    name = "lupdate.exe" if sys.platform == "win32" else "lupdate"
    subprocess.run(  # noqa: S603 (the tool of the installed PySide6)
        [
            str(Path(PySide6.__file__).parent / name),
            "-silent",
            "-no-obsolete",
            "-locations",
            "none",
            *map(str, sources()),
            "-ts",
            str(catalogue),
        ],
        check=True,
    )
    return unfinished(catalogue)


def unfinished(catalogue: Path) -> list[str]:
    """Return the strings without a translation, each with its context in front."""
    return [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in _read(catalogue).iter("context")
        for message in context.iter("message")
        for translation in message.iter("translation")
        if translation.get("type") == "unfinished" or not _whole(translation)
    ]


def _whole(translation: "ElementTree.Element[str]") -> bool:
    """Tell whether the translation, with each of its plural forms, is filled in."""
    forms = translation.findall("numerusform") or [translation]
    return all((form.text or "").strip() for form in forms)


def _read(catalogue: Path) -> "ElementTree.ElementTree[ElementTree.Element[str]]":
    return ElementTree.parse(catalogue)  # noqa: S314 (a file of this repository)


if __name__ == "__main__":
    for catalogue in CATALOGUES:
        lacking = update(catalogue)
        sys.stdout.write("".join(f"{line}\n" for line in lacking))
        sys.stdout.write(f"{catalogue.name}: {len(lacking)} to be translated.\n")
