"""Every entry of a session's log is of a kind that the protocol knows; no rule invents one."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import rescue_console.server
from rescue_console.protocol.log_kinds import LOG_KINDS, LogKind, log_word
from rescue_console.server.rules.book.book import SessionBook

SERVER = Path(rescue_console.server.__file__).parent
NOT_STATUSES = {word for kind in LOG_KINDS if "_" in (word := log_word(kind))}
COLUMNS = {"applet_connected"}
"""Words that are also names of columns."""


def _constants(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_an_entry_is_logged_by_its_kind_alone() -> None:
    assert get_type_hints(SessionBook.log)["kind"] == LogKind


def test_only_the_book_writes_entries() -> None:
    writers = [path for path in SERVER.rglob("*.py") if "insert(session_log)" in path.read_text()]
    assert [path.name for path in writers] == ["book.py"]


def test_no_rule_spells_out_the_word_of_an_entry() -> None:
    for path in (SERVER / "rules").rglob("*.py"):
        assert not NOT_STATUSES & set(_constants(path)) - COLUMNS, path.name


def test_no_rule_assembles_the_word_of_an_entry() -> None:
    beginnings = ("email_", "restart_")
    for path in (SERVER / "rules").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
                assert "_" not in parts, path.name
                assert not set(beginnings) & {str(part) for part in parts}, path.name
