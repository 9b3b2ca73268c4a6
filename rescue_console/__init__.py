"""Rescue Console: open, self-hosted remote support.

The rooms and what each may import are told in docs/architecture.md; the walls between them are
held by the import-linter contracts in pyproject.toml.
"""

__version__ = "0.2.0"
