"""One line of the table that ``make bench`` prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """A figure beside its budget, both as people read them.

    Attributes:
        name: What was measured.
        budget: What it may be, with its unit; empty when there is none.
        measured: What it was, with its unit.
        ok: Whether the budget was kept; ``None`` when there is no budget.
    """

    name: str
    budget: str
    measured: str
    ok: bool | None
