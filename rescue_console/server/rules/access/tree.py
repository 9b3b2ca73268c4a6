"""The tree of technician groups: ancestors, descendants, and what groups inherit."""

from dataclasses import dataclass

import msgspec
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.settings import (
    EARLIER_NAMES,
    TEMPLATES,
    GroupSettings,
    ResolvedSettings,
)
from rescue_console.server.mail.languages import usual_template
from rescue_console.server.storage.tables import groups

KeptSettings = dict[str, object]
"""Settings by their names, as the table holds them."""

_DEFAULTS = ResolvedSettings()


@dataclass(frozen=True)
class GroupRow:
    """One group as stored."""

    id: str
    name: str
    parent_id: str | None
    permissions: dict[Permission, bool]
    settings: GroupSettings


class GroupTree:
    """All groups, held for the duration of one request.

    An organization has tens of groups, or a few thousand at most, so one short query reads them
    all, and every question about the tree is then plain code.
    """

    def __init__(self, rows: list[GroupRow]) -> None:
        self._rows = {row.id: row for row in rows}
        self._children: dict[str | None, list[GroupRow]] = {}
        for row in sorted(rows, key=lambda row: row.name.casefold()):
            self._children.setdefault(row.parent_id, []).append(row)

    def get(self, group_id: str) -> GroupRow | None:
        """Return one group, or None."""
        return self._rows.get(group_id)

    def name(self, group_id: str | None) -> str | None:
        """Return the name of a group; None when no group has this id."""
        row = self._rows.get(group_id) if group_id else None
        return row.name if row else None

    def path(self, group_id: str) -> list[GroupRow]:
        """Return the group and everything above it, ending with the topmost group."""
        path: list[GroupRow] = []
        row = self._rows.get(group_id)
        while row is not None:
            path.append(row)
            row = self._rows.get(row.parent_id) if row.parent_id else None
        return path

    def below(self, group_id: str) -> list[GroupRow]:
        """Return the group and everything below it, parents before children."""
        found: list[GroupRow] = []
        waiting = [self._rows[group_id]] if group_id in self._rows else []
        while waiting:
            row = waiting.pop(0)
            found.append(row)
            waiting[:0] = self._children.get(row.id, [])
        return found

    def all(self) -> list[GroupRow]:
        """Return every group, parents before children."""
        return [row for root in self._children.get(None, []) for row in self.below(root.id)]

    def permissions(self, group_id: str) -> frozenset[Permission]:
        """Return what the group may do: the nearest group that says yes or no decides, else no."""
        decided: dict[Permission, bool] = {}
        for row in self.path(group_id):
            decided = {**row.permissions, **decided}
        return frozenset(permission for permission, allowed in decided.items() if allowed)

    def settings(self, group_id: str) -> ResolvedSettings:
        """Return the settings in force: the nearest group with a value decides, or the default."""
        decided: KeptSettings = {
            "mail_subject": usual_template("subject"),
            "mail_text": usual_template("text"),
        }
        for row in reversed(self.path(group_id)):
            decided = with_settings(decided, own_settings(row.settings))
        return replace(_DEFAULTS, **decided)


def own_settings(settings: GroupSettings) -> KeptSettings:
    """Return only the settings that have a value, by name, without those under earlier names."""
    return {
        name: value
        for name, value in msgspec.structs.asdict(settings).items()
        if value is not None and name not in EARLIER_NAMES
    }


def with_settings(settings: KeptSettings, own: KeptSettings) -> KeptSettings:
    """Return *settings* overridden by *own*; templates are overridden language by language."""
    templates = {
        name: templates_of(settings, name) | templates_of(own, name)
        for name in TEMPLATES
        if isinstance(own.get(name), dict)
    }
    return settings | own | templates


def templates_of(settings: KeptSettings, name: str) -> dict[str, object]:
    """Return the templates of the setting *name* by language; empty when none are set."""
    templates = settings.get(name)
    return dict(templates) if isinstance(templates, dict) else {}


async def read_tree(connection: AsyncConnection) -> GroupTree:
    """Read all groups."""
    query = select(
        groups.c.id, groups.c.name, groups.c.parent_id, groups.c.permissions, groups.c.settings
    )
    return GroupTree(
        [
            GroupRow(
                id=group_id,
                name=name,
                parent_id=parent_id,
                permissions=msgspec.convert(permissions, dict[Permission, bool], strict=False),
                settings=msgspec.convert(settings, GroupSettings),
            )
            for group_id, name, parent_id, permissions, settings in await connection.execute(query)
        ]
    )
