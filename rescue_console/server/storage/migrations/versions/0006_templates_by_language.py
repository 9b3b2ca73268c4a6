"""Mail templates by language, in place of one setting for English and one for French."""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TEMPLATES = ("mail_subject", "mail_text")
_EARLIER_LANGUAGES = ("en", "fr")

_groups = sa.table("groups", sa.column("id", sa.String), sa.column("settings", sa.JSON))


def upgrade() -> None:
    """Move the templates that groups have set to the new names."""
    _rewrite(_by_language)


def downgrade() -> None:
    """Go back to English and French: other templates are lost, and English replaces their language.

    The earlier version cannot read any other language.
    """
    _rewrite(_by_name)
    for name in ("organization", "sessions", "emails"):
        table = sa.table(name, sa.column("language", sa.String))
        others = table.c.language.not_in(_EARLIER_LANGUAGES)
        op.execute(table.update().where(others).values(language="en"))


def _rewrite(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(_groups)).all():
        kept = row.settings if isinstance(row.settings, dict) else json.loads(row.settings)
        changed = change(kept)
        if changed != kept:
            own = _groups.c.id == row.id
            connection.execute(_groups.update().where(own).values(settings=changed))


def _by_language(settings: dict[str, Any]) -> dict[str, Any]:
    kept = dict(settings)
    for name in _TEMPLATES:
        earlier = {code: kept.pop(f"{name}_{code}", None) for code in _EARLIER_LANGUAGES}
        templates = {code: text for code, text in earlier.items() if text is not None}
        if templates:
            kept[name] = templates | kept.get(name, {})
    return kept


def _by_name(settings: dict[str, Any]) -> dict[str, Any]:
    kept = dict(settings)
    for name in _TEMPLATES:
        templates = kept.pop(name, {})
        for code in _EARLIER_LANGUAGES:
            if code in templates:
                kept[f"{name}_{code}"] = templates[code]
    return kept
