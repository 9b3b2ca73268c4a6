"""``make bench`` shows every figure beside its budget, and every failure."""

from pathlib import Path

import pytest

import benchmarks
from benchmarks.__main__ import main, table
from benchmarks.result import Result


def test_the_table_shows_figure_budget_and_verdict_side_by_side() -> None:
    lines = table(
        [
            Result("join page", "≤ 60 kB", "41 kB", ok=True),
            Result("start", "≤ 3 ×", "4.2 ×", ok=False),
            Result("mails", "", "80/s", ok=None),
        ]
    ).splitlines()

    assert lines[2].split("  ")[0] == "join page"
    assert [line.split()[-1] for line in lines[2:]] == ["kept", "BROKEN", "80/s"]
    assert (
        len({line.index(word) for line, word in zip(lines[2:4], ("≤ 60", "≤ 3"), strict=True)}) == 1
    )


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose ``bench_*.py`` files are the only benchmarks found."""
    monkeypatch.setattr(benchmarks, "__path__", [str(tmp_path)])
    return tmp_path


def write(folder: Path, name: str, body: str) -> None:
    text = f"from benchmarks.result import Result\ndef measure():\n    {body}\n"
    (folder / f"{name}.py").write_text(text, encoding="utf-8")


def test_kept_budgets_are_a_success(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(bench, "bench_kept", "return [Result('x', '≤ 2', '1', True)]")

    assert main([]) == 0
    assert "kept" in capsys.readouterr().out


def test_a_failing_benchmark_is_reported_and_the_others_still_run(
    bench: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(bench, "bench_a_broken", "raise OSError('no port')")
    write(bench, "bench_b_fine", "return [Result('fine', '≤ 2', '1', True)]")

    assert main([]) == 1

    out = capsys.readouterr().out
    assert "OSError('no port')" in out
    assert "fine" in out


def test_words_select_the_benchmarks(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(bench, "bench_list", "return [Result('the list', '', '1', None)]")
    write(bench, "bench_mail", "return [Result('the mail', '', '1', None)]")

    main(["mail"])

    out = capsys.readouterr().out
    assert "the mail" in out
    assert "the list" not in out
