"""The type checker finds columns that do not exist in the rules of the server."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stage.checkout import ROOT

pytestmark = [pytest.mark.timeout(300), pytest.mark.starts_programs]

CACHE = f".mypy_cache/{sys.platform}"
"""The cache of ``make check``: with it, this test takes two seconds, without it up to a minute."""

LINES = """\
from sqlalchemy import insert, select, update
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.rows import SessionChanges, SessionRow
from rescue_console.server.storage.tables import emails, sessions, technicians
holder = technicians.alias("holder")
async def rule(book: SessionBook, row: SessionRow) -> None:
    row.notes, row.names.holder, row.consents
    row.nots  # wrong
    row.names.hoder  # wrong
    row.status = row.status  # wrong
    await book.set(row, notes="")
    await book.set(row, nots="")  # wrong
    await book.set(row, notes=1)  # wrong
    await book.set(row, status=row.status)  # wrong
    await book.change(row, row.status, seen_at=book.now)
    await book.change(row, row.status, seenat=book.now)  # wrong
    changes: SessionChanges = {"notes": ""}
    changes["nots"] = ""  # wrong
    select(sessions.c.status).where(holder.c.enabled)
    select(sessions.c.stauts)  # wrong
    select(sessions.c.status).where(holder.c.enabeld)  # wrong
    insert(emails).values({emails.c.link: ""})
    insert(emails).values({emails.c.lnk: ""})  # wrong
    update(sessions).values({sessions.c.seen_at: book.now})
    update(sessions).values({sessions.c.seenat: book.now})  # wrong
    for status, since in await book.connection.execute(
        select(sessions.c.status, sessions.c.status_since)
    ):
        since.isoformat(), status.value
        since.value  # wrong
"""


def test_a_misspelled_column_in_a_rule_is_found_by_the_type_checker(tmp_path: Path) -> None:
    rule = tmp_path / "rule.py"
    rule.write_text(LINES, "utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", CACHE, str(rule)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = [number for number, line in enumerate(LINES.split("\n"), 1) if "# wrong" in line]
    found = sorted({int(line) for line in re.findall(r"rule\.py:(\d+): error: ", checked.stdout)})
    assert found == wrong, checked.stdout + checked.stderr
