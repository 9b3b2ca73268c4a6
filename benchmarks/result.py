"""One line of the table that ``make bench`` prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """A figure and its budget, both as text that people read.

    Attributes:
        name: What was measured.
        budget: The budget with its unit; empty when there is none.
        measured: The figure with its unit.
        ok: Whether the budget was kept; None when there is no budget.
    """

    name: str
    budget: str
    measured: str
    ok: bool | None
