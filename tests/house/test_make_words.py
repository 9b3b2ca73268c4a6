"""The scripts' words are those of the protocol, and no script defines them again."""

import json
import re
from pathlib import Path

import pytest

from deploy.make_words import SCRIPT, SETS, VALUES, script
from rescue_console.protocol.earlier_sentences import FILE_SENTENCES
from rescue_console.protocol.file_problems import FileProblem

OTHERS = sorted(path for path in SCRIPT.parent.glob("*.js") if path != SCRIPT)


def test_the_scripts_words_are_up_to_date() -> None:
    assert SCRIPT.read_text("utf-8") == script(), "make words"


def test_every_word_is_used_by_some_script() -> None:
    scripts = "".join(path.read_text("utf-8") for path in OTHERS)
    unused = {name for name in (*SETS, *VALUES, "FILE_PROBLEMS") if name not in scripts}
    assert not unused


def test_the_page_knows_every_file_problem() -> None:
    assert set(FILE_SENTENCES) == set(FileProblem)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_no_script_repeats_what_the_protocol_defines(path: Path) -> None:
    code = re.sub(r"^ *//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    assert not [sentence for sentence in FILE_SENTENCES.values() if sentence in code]
    assert not re.findall(r"new Set\(\[\"", code)
    defined = set(re.findall(r"^const (\w+) =", code, re.MULTILINE))
    assert not defined & {*SETS, *VALUES}
    assert json.dumps(VALUES["CODE_LABEL"]) not in code
