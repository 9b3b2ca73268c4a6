"""Technicians: their accounts, who may change them, and how available they are."""

from datetime import datetime
from typing import TypedDict

from msgspec import UNSET, Struct, UnsetType
from sqlalchemy import func, insert, or_, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import (
    Colleagues,
    GroupRef,
    Technician,
    TechnicianPage,
)
from rescue_console.protocol.domain_names import fold_address
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import (
    ChangeTechnician,
    CreateTechnician,
    SetAvailability,
)
from rescue_console.server.clock import Clock
from rescue_console.server.events.log import tell_me
from rescue_console.server.refusals import (
    Refusal,
    check_email,
    check_text,
    invalid,
    not_found,
    refuse,
)
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.sign_in import checked_hash, end_sign_ins
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.organization.withdrawal import end_forbidden
from rescue_console.server.rules.sessions.availability import read_colleagues
from rescue_console.server.storage.columns import new_id
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.rows import columns_of, read_first, read_rows
from rescue_console.server.storage.tables import groups, technicians


class TechnicianRow(Struct, frozen=True):
    """The stored columns of an account that programs see."""

    id: str
    email: str
    name: str
    group_id: str
    administrator: bool
    mobile_module: bool
    enabled: bool
    created_at: datetime


class TechnicianChanges(TypedDict, total=False):
    """What an administrator may write into an account."""

    email: str
    email_folded: str
    name: str
    password_hash: str
    group_id: str
    administrator: bool
    mobile_module: bool
    enabled: bool


_TECHNICIANS = select(*columns_of(TechnicianRow, technicians))


class Technicians:
    """Reads and changes accounts, for administrators."""

    def __init__(self, database: Database, books: SessionBooks) -> None:
        self._database = database
        self._books = books

    async def page(self, caller: Caller, after: str | None, limit: int) -> TechnicianPage:
        """Return technicians of the groups that the caller administers, sorted by name.

        Raises:
            Refusal: ``not-allowed``.
        """
        caller.require_administrator()
        query = _TECHNICIANS.where(technicians.c.group_id.in_(caller.visible_groups))
        order = (func.lower(technicians.c.name), technicians.c.id)
        async with self._database.read() as connection:
            if after is not None:
                last = select(*order).where(technicians.c.id == after)
                place = (await connection.execute(last)).first()
                if place is None:
                    raise invalid("after", "There is no such page.")
                query = query.where(tuple_(*order) > tuple_(*place))
            query = query.order_by(*order).limit(limit + 1)
            rows = await read_rows(connection, TechnicianRow, query)
        items = [_view(row) for row in rows[:limit]]
        return TechnicianPage(items=items, next=items[-1].id if len(rows) > limit else None)

    async def read(self, caller: Caller, technician_id: str) -> Technician:
        """Return one technician.

        Raises:
            Refusal: ``not-allowed`` or ``not-found``.
        """
        caller.require_administrator()
        async with self._database.read() as connection:
            return _view(await _ruled(connection, caller, technician_id))

    async def create(self, caller: Caller, request: CreateTechnician) -> Technician:
        """Make an account.

        Raises:
            Refusal: ``not-allowed``, ``invalid`` or ``already-exists``.
        """
        caller.require_administrator()
        _check_group(caller, request.group_id)
        _refuse_more_than_own(caller, request.mobile_module)
        name = check_text("name", request.name)
        email = check_email("email", request.email)
        password_hash = await checked_hash("password", request.password, name, email)
        try:
            async with self._database.write() as connection:
                technician_id = await insert_technician(
                    connection,
                    self._books.clock,
                    email=email,
                    name=name,
                    password_hash=password_hash,
                    group_id=request.group_id,
                    administrator=request.administrator,
                    mobile_module=request.mobile_module,
                )
                return _view(await _ruled(connection, caller, technician_id))
        except IntegrityError as error:
            raise _address_taken() from error

    async def change(
        self, caller: Caller, technician_id: str, request: ChangeTechnician
    ) -> Technician:
        """Change an account; a new password or disabling ends its sign-ins at once.

        Whatever the technician may no longer do in their sessions ends as well.

        Raises:
            Refusal: ``not-allowed``, ``not-found``, ``invalid``, ``already-exists`` or ``in-use``.
        """
        caller.require_administrator()
        changes = await _checked_changes(caller, request)
        try:
            async with self._books.write() as book:
                connection, now = book.connection, book.now
                row = await _ruled(connection, caller, technician_id)
                if changes:
                    await connection.execute(
                        update(technicians)
                        .where(technicians.c.id == technician_id)
                        .values(**changes)
                    )
                await _refuse_without_administrator(connection, row, changes)
                if "password_hash" in changes or changes.get("enabled") is False:
                    await end_sign_ins(connection, technician_id, now)
                await tell_me(connection, now, technician_ids=[technician_id])
                await end_forbidden(book, technicians.c.id == technician_id, who=caller.name)
                view = _view(await _ruled(connection, caller, technician_id))
        except IntegrityError as error:
            raise _address_taken() from error
        return view

    async def disable(self, caller: Caller, technician_id: str) -> None:
        """Take an account out of use; its sessions and their log stay.

        Raises:
            Refusal: ``not-allowed``, ``not-found`` or ``in-use``.
        """
        await self.change(caller, technician_id, ChangeTechnician(enabled=False))

    async def colleagues(self, caller: Caller) -> Colleagues:
        """Return the colleagues and groups that the caller can transfer a session to.

        Raises:
            Refusal: ``permission-missing``.
        """
        caller.require(Permission.TRANSFER_SESSIONS)
        others = technicians.c.id != caller.technician_id
        async with self._books.read() as book:
            return Colleagues(
                technicians=await read_colleagues(book, others),
                groups=[GroupRef(id=row.id, name=row.name) for row in book.tree.all()],
            )

    async def set_availability(self, caller: Caller, request: SetAvailability) -> None:
        """Mark the caller as away or back; their consoles are told."""
        if request.away == caller.away:
            return
        async with self._books.write() as book:
            await book.connection.execute(
                update(technicians)
                .where(technicians.c.id == caller.technician_id)
                .values({technicians.c.away_since: book.now if request.away else None})
            )
            await tell_me(book.connection, book.now, technician_ids=[caller.technician_id])


async def insert_technician(
    connection: AsyncConnection,
    clock: Clock,
    *,
    email: str,
    name: str,
    password_hash: str,
    group_id: str,
    administrator: bool,
    mobile_module: bool,
) -> str:
    """Insert an account and return its id.

    Raises:
        IntegrityError: the address belongs to an account already.
    """
    now = clock()
    technician_id = new_id(now)
    await connection.execute(
        insert(technicians).values(
            {
                technicians.c.id: technician_id,
                technicians.c.email: email,
                technicians.c.email_folded: fold_address(email),
                technicians.c.name: name,
                technicians.c.password_hash: password_hash,
                technicians.c.group_id: group_id,
                technicians.c.administrator: administrator,
                technicians.c.mobile_module: mobile_module,
                technicians.c.enabled: True,
                technicians.c.created_at: now,
            }
        )
    )
    return technician_id


def _check_group(caller: Caller, group_id: str) -> None:
    if group_id not in caller.visible_groups:
        raise invalid("group_id", "There is no such group.")


def _refuse_more_than_own(caller: Caller, mobile_module: bool | UnsetType) -> None:
    # Nobody gives away more than they have, except an administrator of the topmost group.
    if mobile_module is True and len(caller.path) > 1:
        caller.require(Permission.MOBILE_MODULE)


async def _checked_changes(caller: Caller, request: ChangeTechnician) -> TechnicianChanges:
    changes: TechnicianChanges = {}
    if request.email is not UNSET:
        changes["email"] = check_email("email", request.email)
        changes["email_folded"] = fold_address(changes["email"])
    if request.name is not UNSET:
        changes["name"] = check_text("name", request.name)
    if request.password is not UNSET:
        known = (changes.get("name", ""), changes.get("email", ""))
        changes["password_hash"] = await checked_hash("password", request.password, *known)
    if request.group_id is not UNSET:
        _check_group(caller, request.group_id)
        changes["group_id"] = request.group_id
    _refuse_more_than_own(caller, request.mobile_module)
    if request.administrator is not UNSET:
        changes["administrator"] = request.administrator
    if request.mobile_module is not UNSET:
        changes["mobile_module"] = request.mobile_module
    if request.enabled is not UNSET:
        changes["enabled"] = request.enabled
    return changes


async def _ruled(connection: AsyncConnection, caller: Caller, technician_id: str) -> TechnicianRow:
    query = _TECHNICIANS.where(
        technicians.c.id == technician_id,
        or_(
            technicians.c.group_id.in_(caller.visible_groups),
            technicians.c.id == caller.technician_id,
        ),
    )
    row = await read_first(connection, TechnicianRow, query)
    if row is None:
        raise not_found("technician")
    return row


async def _refuse_without_administrator(
    connection: AsyncConnection, row: TechnicianRow, changes: TechnicianChanges
) -> None:
    if not row.administrator or not {"administrator", "enabled", "group_id"} & changes.keys():
        return
    left = (
        select(technicians.c.id)
        .join(groups, groups.c.id == technicians.c.group_id)
        .where(technicians.c.administrator, technicians.c.enabled, groups.c.parent_id.is_(None))
    )
    if (await connection.execute(left)).first() is None:
        raise refuse(ProblemWord.IN_USE, "This is the last administrator of the topmost group.")


def _address_taken() -> Refusal:
    return refuse(ProblemWord.ALREADY_EXISTS, "Another technician has this e-mail address.")


def _view(row: TechnicianRow) -> Technician:
    return Technician(
        id=row.id,
        email=row.email,
        name=row.name,
        group_id=row.group_id,
        administrator=row.administrator,
        mobile_module=row.mobile_module,
        enabled=row.enabled,
        created_at=row.created_at,
    )
