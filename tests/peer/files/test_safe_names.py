"""Any name from the other side becomes a plain name."""

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.peer.files.safe_names import (
    DEPTH_MAX,
    NAME_BYTES_MAX,
    numbered,
    safe_name,
    safe_parts,
)

HOSTILE = st.text(
    st.one_of(st.sampled_from("./\\:. \0\n|<>\u202e~aC1"), st.characters(codec="utf-8")),
    max_size=300,
)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("été 2024.odt", "été 2024.odt"),
        (".profile", ".profile"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system.ini", "system.ini"),
        ("C:evil", "evil"),
        ("a\0b\nc", "a_b_c"),
        ("nul", "_nul"),
        ("COM1.txt", "_COM1.txt"),
        ("com¹.log", "_com¹.log"),
        ("trailing. . .", "trailing"),
        ("exe\u202efdp.txt", "exe_fdp.txt"),
        ("stream:hidden", "stream_hidden"),
        ("\u200bhidden\ufeff.exe", "_hidden_.exe"),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_a_name_is_reduced_to_a_plain_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(HOSTILE)
def test_any_name_becomes_one_part_on_any_system(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) <= NAME_BYTES_MAX + 1
    assert PureWindowsPath(safe).name == safe
    assert not PureWindowsPath(safe).drive
    assert Path("/top", safe).parent == Path("/top")
    assert safe not in (".", "..")
    assert safe[-1] not in ". "
    assert safe_name(safe) == safe


@given(HOSTILE)
def test_any_path_stays_below_its_folder(name: str) -> None:
    try:
        parts = safe_parts(name)
    except ValueError:
        assert name.count("/") + name.count("\\") >= DEPTH_MAX
        return
    path = Path("/top").joinpath(*parts).resolve()
    assert path.is_relative_to("/top")
    assert path != Path("/top")


def test_folders_in_a_name_are_kept() -> None:
    assert safe_parts("album/2024/sea.jpg") == ("album", "2024", "sea.jpg")
    assert safe_parts("C:\\album\\..\\sea.jpg") == ("album", "sea.jpg")
    assert safe_parts("/") == ("file",)


def test_a_number_comes_before_the_suffix() -> None:
    assert numbered("a.tar.gz", 2) == "a.tar (2).gz"
    assert numbered(".profile", 3) == ".profile (3)"
    assert numbered("README", 2) == "README (2)"


@pytest.mark.parametrize(
    "name",
    [
        "Screenshot 2026-11-27 at 9.41.00\u202fAM.png",
        "Facture\u00a0n\u00b0\u00a012.pdf",
        "\u898b\u7a4d\u66f8\u3000\u6700\u65b0.xlsx",
        "\u0646\u0627\u0645\u0647\u200c\u0647\u0627.txt",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 holiday.jpg",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f.jpg",
        "\U0001fae8.png",
        "Donau\u00addampf.txt",
        "\u200f\u05d3\u05d5\u05d7.docx",
        "cafe\u0301.txt",
    ],
)
def test_a_name_that_people_use_stays_as_it_is(name: str) -> None:
    assert safe_name(name) == name
