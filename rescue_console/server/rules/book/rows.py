"""Sessions and their e-mails as rules read and write them, and as programs see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from msgspec import Struct
from sqlalchemy import ColumnElement, Executable, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import (
    Email,
    GroupRef,
    Seat,
    Session,
    TechnicianRef,
    Transfer,
)
from rescue_console.protocol.choices import (
    ConnectionMethod,
    DevicePlatform,
    EmailState,
    Language,
)
from rescue_console.protocol.email_troubles import EmailTrouble
from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.links import build_link
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus, is_over
from rescue_console.server.storage.rows import columns_of, make_row
from rescue_console.server.storage.tables import emails, groups, sessions, technicians


class EmailRow(Struct, frozen=True):
    """The stored columns of an e-mail that programs see."""

    id: str
    session_id: str
    recipient: str
    state: EmailState
    attempts: int
    created_at: datetime
    changed_at: datetime
    next_attempt_at: datetime | None
    detail: str
    trouble: EmailTrouble | None = None


class SessionNames(Struct, frozen=True):
    """The names that belong to the ids in a session's row.

    Attributes:
        holder: The technician who has the session, once one has started it.
        giver: The technician who is transferring it.
        taker: The colleague to whom it is being transferred.
        taker_group: The group to which it is being transferred.
    """

    creator: str
    group: str
    holder: str | None = None
    giver: str | None = None
    taker: str | None = None
    taker_group: str | None = None


class _SessionColumns(Struct, frozen=True):
    id: str
    name: str
    status: SessionStatus
    status_since: datetime
    live: bool
    method: ConnectionMethod
    language: Language
    mobile: bool
    platform: DevicePlatform
    code: str
    link_key: str
    created_at: datetime
    created_by: str
    group_id: str
    expires_at: datetime | None = None
    due_at: datetime | None = None
    returns_to: SessionStatus | None = None
    returns_since: datetime | None = None
    active_at: datetime | None = None
    detected_platform: DevicePlatform | None = None
    customer_token_hash: str | None = None
    seen_at: datetime | None = None
    technician_id: str | None = None
    transfer_from: str | None = None
    transfer_to_technician: str | None = None
    transfer_to_group: str | None = None
    transfer_comment: str | None = None
    consents: dict[Power, Consent] = {}
    hindrances: dict[Power, PowerHindrance] = {}
    applet_token_hash: str | None = None
    applet_connected: bool = False
    applet_socket: str | None = None
    notes: str = ""
    recipient: str | None = None
    recording_since: datetime | None = None
    chat_ended_at: datetime | None = None
    seat_console: str | None = None
    seat_computer: str | None = None


class SessionRow(_SessionColumns, frozen=True, kw_only=True):
    """One session as stored, with the names that belong to its ids and its newest e-mail."""

    names: SessionNames
    email: EmailRow | None = None

    @property
    def over(self) -> bool:
        """Whether the session has ended."""
        return is_over(self.status)

    def consent(self, power: Power) -> Consent:
        """Return the state of the customer's consent to *power*."""
        return self.consents.get(power, Consent.NONE)


class SessionChanges(TypedDict, total=False):
    """Columns that rules may set in a session's row; ``SessionBook.change`` sets its status."""

    due_at: datetime | None
    returns_to: SessionStatus | None
    returns_since: datetime | None
    active_at: datetime | None
    detected_platform: DevicePlatform | None
    customer_token_hash: str | None
    seen_at: datetime | None
    group_id: str
    technician_id: str | None
    transfer_from: str | None
    transfer_to_technician: str | None
    transfer_to_group: str | None
    transfer_comment: str | None
    consents: dict[Power, Consent]
    hindrances: dict[Power, PowerHindrance]
    applet_token_hash: str | None
    applet_connected: bool
    applet_socket: str | None
    notes: str
    recording_since: datetime | None
    chat_ended_at: datetime | None
    seat_console: str | None
    seat_computer: str | None


class StatusChanges(SessionChanges, total=False):
    """Columns of a session's row that change together with its status."""

    status: SessionStatus
    status_since: datetime
    live: bool


_creator = technicians.alias("creator")
_holder = technicians.alias("holder")
_giver = technicians.alias("giver")
_taker = technicians.alias("taker")
_taker_group = groups.alias("taker_group")
_newest = emails.alias("newest")
_mail = emails.alias("mail")

_SESSION_COLUMNS = columns_of(_SessionColumns, sessions)
_NAMES: list[ColumnElement[str]] = [
    _creator.c.name,
    groups.c.name,
    _holder.c.name,
    _giver.c.name,
    _taker.c.name,
    _taker_group.c.name,
]
"""In the order of the fields of SessionNames."""

_EMAIL_BEGINS = len(_SESSION_COLUMNS) + len(_NAMES)
_NEWEST_EMAIL = (
    select(func.max(_newest.c.id))
    .where(_newest.c.session_id == sessions.c.id)
    .correlate(sessions)
    .scalar_subquery()
)
_SESSIONS = (
    select(*_SESSION_COLUMNS, *_NAMES, *columns_of(EmailRow, _mail))
    .join(_creator, _creator.c.id == sessions.c.created_by)
    .join(groups, groups.c.id == sessions.c.group_id)
    .outerjoin(_holder, _holder.c.id == sessions.c.technician_id)
    .outerjoin(_giver, _giver.c.id == sessions.c.transfer_from)
    .outerjoin(_taker, _taker.c.id == sessions.c.transfer_to_technician)
    .outerjoin(_taker_group, _taker_group.c.id == sessions.c.transfer_to_group)
    .outerjoin(_mail, _mail.c.id == _NEWEST_EMAIL)
)


def select_sessions() -> Select[*tuple[object, ...]]:
    """Return a query for sessions, to be narrowed and passed to ``read_sessions``."""
    return _SESSIONS


async def read_sessions(connection: AsyncConnection, query: Executable) -> list[SessionRow]:
    """Return the sessions that a query built on ``select_sessions`` finds."""
    return [_session_row(values) for values in await connection.execute(query)]


async def read_session(
    connection: AsyncConnection, *which: ColumnElement[bool]
) -> SessionRow | None:
    """Return the session that the conditions select, or None."""
    values = (await connection.execute(_SESSIONS.where(*which))).first()
    return None if values is None else _session_row(values)


def _session_row(values: Sequence[object]) -> SessionRow:
    names = make_row(SessionNames, values[len(_SESSION_COLUMNS) : _EMAIL_BEGINS])
    email = values[_EMAIL_BEGINS:]
    return make_row(
        SessionRow,
        values[: len(_SESSION_COLUMNS)],
        names=names,
        email=None if email[0] is None else make_row(EmailRow, email),
    )


def kept_columns(row: SessionRow) -> dict[str, object]:
    """Return the values in *row* that the sessions table stores, by column name."""
    return {name: getattr(row, name) for name in _SessionColumns.__struct_fields__}


def view(row: SessionRow, public_url: str) -> Session:
    """Return a session as programs see it.

    Args:
        row: The session.
        public_url: Where customers reach the server, for the link.
    """
    link = (
        f"{public_url.rstrip('/')}/"
        if row.method is ConnectionMethod.PIN
        else build_link(public_url, row.method.link_number, row.code, row.link_key)
    )
    return Session(
        id=row.id,
        name=row.name,
        status=row.status,
        status_since=row.status_since,
        due_at=row.due_at,
        method=row.method,
        language=row.language,
        mobile=row.mobile,
        platform=row.platform,
        detected_platform=row.detected_platform,
        code=row.code,
        link=link,
        created_at=row.created_at,
        expires_at=row.expires_at,
        created_by=TechnicianRef(id=row.created_by, name=row.names.creator),
        group=GroupRef(id=row.group_id, name=row.names.group),
        technician=_reference(row.technician_id, row.names.holder),
        transfer=_transfer(row),
        to=row.recipient or "",
        email=email_view(row.email) if row.email else None,
        consents=row.consents,
        hindrances={power: word.value for power, word in row.hindrances.items()},
        applet=row.applet_connected,
        notes=row.notes,
        seat=_seat(row),
    )


def email_view(row: EmailRow) -> Email:
    """Return an e-mail as programs see it."""
    return Email(
        id=row.id,
        session_id=row.session_id,
        to=row.recipient,
        state=row.state,
        attempts=row.attempts,
        created_at=row.created_at,
        changed_at=row.changed_at,
        next_attempt_at=row.next_attempt_at if row.state is EmailState.QUEUED else None,
        detail=row.detail,
        trouble=row.trouble or "",
    )


def _reference(technician_id: str | None, name: str | None) -> TechnicianRef | None:
    return TechnicianRef(id=technician_id, name=name or "") if technician_id else None


def _seat(row: SessionRow) -> Seat | None:
    if row.seat_console is None:
        return None
    return Seat(console=row.seat_console, computer=row.seat_computer or "")


def _transfer(row: SessionRow) -> Transfer | None:
    giver = _reference(row.transfer_from, row.names.giver)
    if giver is None:
        return None
    group_id = row.transfer_to_group
    return Transfer(
        from_technician=giver,
        to_technician=_reference(row.transfer_to_technician, row.names.taker),
        to_group=GroupRef(id=group_id, name=row.names.taker_group or "") if group_id else None,
        comment=row.transfer_comment or "",
    )
