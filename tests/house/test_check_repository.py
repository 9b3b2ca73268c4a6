"""The checks of the repository find the problems that they are meant to find."""

from pathlib import Path

import pytest

from deploy.check_repository import strangers_at_the_top, traces, unpinned, untranslated


@pytest.mark.parametrize(
    "line",
    ["--index-url https://" + "pypi" + ".org/simple", "see /" + "work/main", "open('/" + "tmp/x')"],
)
def test_a_registry_or_a_folder_of_one_machine_is_reported_with_its_line(
    tmp_path: Path, line: str
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(f"fine\n{line}\n", encoding="utf-8")

    (found,) = traces([file])

    assert found.startswith(f"{file}:2:")


def test_a_folder_inside_the_project_is_allowed(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("build/tmp/x and https://example.org/work/life\n", encoding="utf-8")

    assert not list(traces([file]))


def write_project(folder: Path, pins: str) -> tuple[Path, Path]:
    project = folder / "pyproject.toml"
    project.write_text(
        '[project]\ndependencies = ["Some_Thing>=2"]\n'
        '[project.optional-dependencies]\ndev = ["other"]\n',
        encoding="utf-8",
    )
    (folder / "requirements.txt").write_text(pins, encoding="utf-8")
    return project, folder / "requirements.txt"


def test_pins_that_cover_every_package_are_accepted(tmp_path: Path) -> None:
    pins = "# pinned\nother==1 ; sys_platform == 'linux'\nsome-thing==2.1\n"

    assert not list(unpinned(*write_project(tmp_path, pins)))


@pytest.mark.parametrize("pins", ["other==1\n", "other==1\nsome-thing==1.9\n"])
def test_a_package_without_a_matching_pin_is_reported(tmp_path: Path, pins: str) -> None:
    (found,) = unpinned(*write_project(tmp_path, pins))

    assert "Some_Thing" in found


def write_messages(file: Path, *messages: str) -> Path:
    file.write_text(
        "<TS><context><name>Window</name>"
        + "".join(f"<message>{message}</message>" for message in messages)
        + "</context></TS>",
        encoding="utf-8",
    )
    return file


COLLECTED = "<source>{0} open</source><translation type='unfinished'/>"


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("<source>Other</source><translation>Autre</translation>", "is not translated"),
        ("<source>{0} open</source><translation/>", "is not translated"),
        (
            "<source>{0} open</source><translation type='unfinished'>{0} ouvert</translation>",
            "is not translated",
        ),
        ("<source>{0} open</source><translation>ouvert</translation>", "other placeholders"),
        (
            "<source>{0} open</source><comment>door</comment>"
            "<translation>{0} ouverte</translation>",
            "is not translated",
        ),
    ],
)
def test_a_sentence_without_its_translation_is_reported(
    tmp_path: Path, said: str, complaint: str
) -> None:
    source = write_messages(tmp_path / "collected.ts", COLLECTED)
    translation = write_messages(tmp_path / "fr.ts", said)

    (found,) = untranslated(source, translation)

    assert complaint in found
    assert "{0} open" in found


def test_a_complete_translation_is_accepted(tmp_path: Path) -> None:
    source = write_messages(tmp_path / "collected.ts", COLLECTED)
    said = "<source>{0} open</source><translation>{0} ouvert</translation>"
    old = "<source>Gone</source><translation type='vanished'>Parti</translation>"

    assert not list(untranslated(source, write_messages(tmp_path / "fr.ts", said, old)))


def test_whatever_does_not_belong_at_the_top_is_reported(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("docs/a.md", "Makefile", "notes.txt", "lib/x.py")]

    found = [line.split(":")[0] for line in strangers_at_the_top(files, tmp_path)]

    assert found == ["lib", "notes.txt"]
