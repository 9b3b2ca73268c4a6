"""Runs the benchmarks and prints their table: ``python -m benchmarks [WORD…]``.

Each ``bench_*.py`` has ``measure() -> list[Result]``. With words, only files whose name contains
one of them are run. The exit status is 1 when a budget was broken or a benchmark failed.
"""

import importlib
import pkgutil
import sys
import traceback
from collections.abc import Sequence

import benchmarks
from benchmarks.result import Result

VERDICTS = {True: "kept", False: "BROKEN", None: ""}


def subjects(words: Sequence[str]) -> list[str]:
    """Return the names of the modules to run, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    benches = [name for name in names if name.startswith("bench_")]
    return [name for name in benches if not words or any(word in name for word in words)]


def measure(name: str) -> list[Result]:
    """Run one benchmark; if it fails, its line of the table says so."""
    try:
        results: list[Result] = importlib.import_module(f"benchmarks.{name}").measure()
    except Exception as error:
        traceback.print_exc()  # Go on: the other subjects are still worth measuring.
        return [Result(name, "", f"failed: {error!r}", ok=False)]
    return results


def table(results: Sequence[Result]) -> str:
    """Return the results as a table with aligned columns."""
    rows = [("measured", "budget", "figure", "")]
    rows += [(r.name, r.budget, r.measured, VERDICTS[r.ok]) for r in results]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    rows.insert(1, ("-" * widths[0], "-" * widths[1], "-" * widths[2], "-" * widths[3]))
    cells = (zip(row, widths, strict=True) for row in rows)
    return "\n".join("  ".join(text.ljust(width) for text, width in row).rstrip() for row in cells)


def main(words: Sequence[str]) -> int:
    """Run the benchmarks and print their table; return the exit status."""
    results: list[Result] = []
    try:
        for name in subjects(words):
            print(f"{name} …", file=sys.stderr, flush=True)
            results += measure(name)
    finally:
        # Whoever interrupts it still sees what was measured so far.
        print(table(results))
    return 1 if any(result.ok is False for result in results) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
