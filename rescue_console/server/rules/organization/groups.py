"""Technician groups: the tree, what each allows and sets, and who may change it."""

from collections.abc import Collection, Iterator, Mapping
from typing import TypedDict

import msgspec
from msgspec import UNSET
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import Group, GroupPage
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import FieldError, ProblemWord
from rescue_console.protocol.requests import ChangeGroup, CreateGroup
from rescue_console.protocol.settings import (
    TEMPLATES,
    GroupSettings,
    SettingChange,
    under_new_names,
)
from rescue_console.server.events.log import tell_me
from rescue_console.server.mail.languages import NO_TEXTS, mail_texts
from rescue_console.server.mail.template import TemplateRefused, read_subject, read_text
from rescue_console.server.refusals import check_email, check_text, invalid, not_found, refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.public_url import check_public_url
from rescue_console.server.rules.access.tree import (
    GroupRow,
    GroupTree,
    KeptSettings,
    own_settings,
    read_tree,
    templates_of,
    with_settings,
)
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.organization.group_limits import renew_deadlines
from rescue_console.server.rules.organization.withdrawal import end_forbidden
from rescue_console.server.storage.columns import new_id
from rescue_console.server.storage.tables import groups, sessions, technicians


class GroupChanges(TypedDict, total=False):
    """What an administrator may write into a group."""

    name: str
    parent_id: str
    permissions: dict[str, bool]
    settings: KeptSettings


class Groups:
    """Reads and changes groups, for administrators."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def all(self, caller: Caller) -> GroupPage:
        """Return the groups that the caller administers: their own and those below.

        Raises:
            Refusal: ``not-allowed``.
        """
        caller.require_administrator()
        async with self._books.read() as book:
            tree = book.tree
        return GroupPage(items=[_view(tree, row) for row in tree.below(caller.group_id)])

    async def read(self, caller: Caller, group_id: str) -> Group:
        """Return one group.

        Raises:
            Refusal: ``not-allowed`` or ``not-found``.
        """
        caller.require_administrator()
        async with self._books.read() as book:
            tree = book.tree
        return _view(tree, ruled_group(caller, tree, group_id))

    async def create(self, caller: Caller, request: CreateGroup) -> Group:
        """Make a group below another; tell technicians in the groups above, who now see into it.

        Raises:
            Refusal: ``not-allowed`` or ``invalid``.
        """
        caller.require_administrator()
        _refuse_more_than_own(caller, request.permissions)
        settings = _checked_settings(own_settings(request.settings))
        async with self._books.write() as book:
            _ruled_parent(caller, book.tree, request.parent_id)
            group_id = new_id(book.now)
            await book.connection.execute(
                insert(groups).values(
                    {
                        groups.c.id: group_id,
                        groups.c.name: check_text("name", request.name),
                        groups.c.parent_id: request.parent_id,
                        groups.c.permissions: dict(request.permissions),
                        groups.c.settings: settings,
                    }
                )
            )
            book.tree = await read_tree(book.connection)
            await _tell_those_above(book, {row.id for row in book.tree.path(request.parent_id)})
        return _view(book.tree, _known(book.tree, group_id))

    async def change(self, caller: Caller, group_id: str, request: ChangeGroup) -> Group:
        """Change a group; tell technicians in and below it, and apply the change to sessions.

        Raises:
            Refusal: ``not-allowed``, ``not-found`` or ``invalid``.
        """
        caller.require_administrator()
        async with self._books.write() as book:
            before = book.tree
            row = ruled_group(caller, before, group_id)
            await _update(book.connection, caller, before, row, request)
            book.tree = await read_tree(book.connection)
            await tell_me(book.connection, book.now, group_id=group_id)
            await _tell_those_above(book, _changed_ancestors(before, book.tree, group_id))
            below = {below.id for below in book.tree.below(group_id)}
            await renew_deadlines(book, below)
            await end_forbidden(book, technicians.c.group_id.in_(below), who=caller.name)
        return _view(book.tree, _known(book.tree, group_id))

    async def delete(self, caller: Caller, group_id: str) -> None:
        """Remove an empty group.

        Raises:
            Refusal: ``not-allowed``, ``not-found``, or ``in-use`` when there are technicians,
                groups or sessions in it.
        """
        caller.require_administrator()
        async with self._books.write() as book:
            tree, connection = book.tree, book.connection
            row = ruled_group(caller, tree, group_id)
            if row.parent_id is None or len(tree.below(group_id)) > 1:
                raise refuse(ProblemWord.IN_USE, "There are other groups below this one.")
            for what, column in _USERS_OF_GROUP:
                used = select(column).where(column == group_id).limit(1)
                if (await connection.execute(used)).first() is not None:
                    raise refuse(ProblemWord.IN_USE, f"There are {what} in this group.")
            await connection.execute(delete(groups).where(groups.c.id == group_id))


_USERS_OF_GROUP = (
    ("technicians", technicians.c.group_id),
    ("sessions", sessions.c.group_id),
    ("transferred sessions", sessions.c.transfer_to_group),
)


def ruled_group(caller: Caller, tree: GroupTree, group_id: str) -> GroupRow:
    """Return a group that the caller administers: their own or one below.

    Raises:
        Refusal: ``not-found``.
    """
    row = tree.get(group_id)
    if row is None or group_id not in caller.visible_groups:
        raise not_found("group")
    return row


def _known(tree: GroupTree, group_id: str) -> GroupRow:
    row = tree.get(group_id)
    assert row is not None, "just written"
    return row


def _ruled_parent(caller: Caller, tree: GroupTree, parent_id: str) -> None:
    if tree.get(parent_id) is None or parent_id not in caller.visible_groups:
        raise invalid("parent_id", "There is no such group.")


def _changed_ancestors(before: GroupTree, after: GroupTree, group_id: str) -> set[str]:
    """Return the groups that were above a moved group before or are now, but not both."""
    return {row.id for row in before.path(group_id)} ^ {row.id for row in after.path(group_id)}


async def _tell_those_above(book: SessionBook, group_ids: Collection[str]) -> None:
    """Tell the technicians of these groups that the groups they see into have changed."""
    query = select(technicians.c.id).where(technicians.c.group_id.in_(group_ids))
    people = (await book.connection.execute(query)).scalars().all()
    if people:
        await tell_me(book.connection, book.now, technician_ids=people)


async def _update(
    connection: AsyncConnection,
    caller: Caller,
    tree: GroupTree,
    row: GroupRow,
    request: ChangeGroup,
) -> None:
    changes: GroupChanges = {}
    if row.id == caller.group_id and len(caller.path) > 1:
        raise refuse(
            ProblemWord.NOT_ALLOWED,
            "Only an administrator of a group above can change your own group.",
        )
    if request.name is not UNSET:
        changes["name"] = check_text("name", request.name)
    if request.parent_id is not UNSET and request.parent_id != row.parent_id:
        _ruled_parent(caller, tree, request.parent_id)
        if row.parent_id is None or request.parent_id in {g.id for g in tree.below(row.id)}:
            raise invalid("parent_id", "A group cannot be put below itself.")
        changes["parent_id"] = request.parent_id
    if request.permissions is not UNSET:
        _refuse_more_than_own(caller, request.permissions)
        changes["permissions"] = _merged_permissions(row, request.permissions)
    if request.settings is not UNSET:
        changes["settings"] = _merged_settings(row, request.settings)
    if changes:
        await connection.execute(update(groups).where(groups.c.id == row.id).values(**changes))


def _refuse_more_than_own(caller: Caller, permissions: Mapping[Permission, bool | None]) -> None:
    # Nobody gives away more than they have, except an administrator of the topmost group.
    if len(caller.path) > 1:
        for permission, allowed in permissions.items():
            if allowed:
                caller.require(permission)


def _merged_permissions(row: GroupRow, changes: dict[Permission, bool | None]) -> dict[str, bool]:
    merged: dict[Permission, bool | None] = {**row.permissions, **changes}
    return {str(name): allowed for name, allowed in merged.items() if allowed is not None}


def _merged_settings(row: GroupRow, asked: dict[str, SettingChange]) -> KeptSettings:
    changes = under_new_names(asked)
    known = GroupSettings.__struct_fields__
    unknown = [name for name in changes if name not in known]
    if unknown:
        raise invalid(f"settings.{unknown[0][:60]}", "There is no such setting.")
    merged = _without_inherited(with_settings(own_settings(row.settings), changes))
    try:
        checked = msgspec.convert(merged, GroupSettings)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        place = where.strip("`").removeprefix("$").removesuffix("[...]")
        raise invalid(f"settings{place}", f"{what}.") from error
    settings = own_settings(checked)
    return with_settings(settings, _checked_settings(_changed(settings, changes)))


def _changed(settings: KeptSettings, changes: KeptSettings) -> KeptSettings:
    """Return those *settings*, and templates within them, that occur in *changes*."""
    changed = {name: value for name, value in settings.items() if name in changes}
    for name in TEMPLATES:
        if name in changed:
            asked = templates_of(changes, name)
            templates = templates_of(changed, name)
            changed[name] = {code: text for code, text in templates.items() if code in asked}
    return changed


def _without_inherited(settings: KeptSettings) -> KeptSettings:
    """Return *settings* without those that are ``None``, which are inherited."""
    own = {name: value for name, value in settings.items() if value is not None}
    for name in TEMPLATES:
        if isinstance(own.get(name), dict):
            templates = templates_of(own, name)
            own[name] = {code: text for code, text in templates.items() if text is not None}
    return own


def _checked_settings(settings: KeptSettings) -> KeptSettings:
    """Check *settings* and return them with addresses in the form in which they are stored."""
    checked = dict(settings)
    errors: list[FieldError] = []
    for name, value in settings.items():
        where = f"settings.{name}"
        if name in TEMPLATES:
            errors += _template_errors(name, templates_of(settings, name))
        if name == "sender_address" and value:
            checked[name] = check_email(where, str(value))
        if name == "public_url" and value:
            checked[name] = check_public_url(where, str(value))
    if errors:
        raise refuse(
            ProblemWord.INVALID,
            "The mail text cannot be used as it is: " + errors[0].what,
            errors=errors,
        )
    return checked


def _template_errors(name: str, templates: dict[str, object]) -> Iterator[FieldError]:
    read = read_subject if name == "mail_subject" else read_text
    for code, template in templates.items():
        where = f"settings.{name}.{code}"
        if code not in mail_texts():
            yield FieldError(where, NO_TEXTS.format(", ".join(mail_texts())))
        try:
            read(str(template), where)
        except TemplateRefused as error:
            yield from error.errors


def _view(tree: GroupTree, row: GroupRow) -> Group:
    return Group(
        id=row.id,
        name=row.name,
        parent_id=row.parent_id,
        permissions=row.permissions,
        settings=row.settings,
        effective_permissions=sorted(tree.permissions(row.id)),
        effective_settings=tree.settings(row.id),
    )
