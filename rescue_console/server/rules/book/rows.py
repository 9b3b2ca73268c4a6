"""Sessions as they are read: from rows to what programs are shown."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import Email, GroupRef, Session, TechnicianRef, Transfer
from rescue_console.protocol.choices import (
    ConnectionMethod,
    DevicePlatform,
    EmailState,
    Language,
)
from rescue_console.protocol.links import build_link
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.storage.tables import emails, groups, sessions, technicians

_creator = technicians.alias("creator")
_holder = technicians.alias("holder")
_giver = technicians.alias("giver")
_taker = technicians.alias("taker")
_taker_group = groups.alias("taker_group")
_newest = emails.alias("newest")
_mail = emails.alias("mail")


def select_sessions() -> Select[Any]:
    """Return the query for sessions with every name that their view needs."""
    newest_email = (
        select(func.max(_newest.c.id))
        .where(_newest.c.session_id == sessions.c.id)
        .correlate(sessions)
        .scalar_subquery()
    )
    return (
        select(
            sessions,
            _creator.c.name.label("creator_name"),
            _holder.c.name.label("holder_name"),
            _giver.c.name.label("giver_name"),
            _taker.c.name.label("taker_name"),
            _taker_group.c.name.label("taker_group_name"),
            groups.c.name.label("group_name"),
            *(column.label(f"mail_{column.name}") for column in _mail.c),
        )
        .join(_creator, _creator.c.id == sessions.c.created_by)
        .join(groups, groups.c.id == sessions.c.group_id)
        .outerjoin(_holder, _holder.c.id == sessions.c.technician_id)
        .outerjoin(_giver, _giver.c.id == sessions.c.transfer_from)
        .outerjoin(_taker, _taker.c.id == sessions.c.transfer_to_technician)
        .outerjoin(_taker_group, _taker_group.c.id == sessions.c.transfer_to_group)
        .outerjoin(_mail, _mail.c.id == newest_email)
    )


async def read_row(connection: AsyncConnection, session_id: str) -> Row[Any] | None:
    """Return one session's row with its names, or None."""
    query = select_sessions().where(sessions.c.id == session_id)
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


def view(row: Row[Any], public_url: str) -> Session:
    """Return what programs are shown of a row of ``select_sessions``.

    Args:
        row: The row.
        public_url: Where customers reach the server, for the link.
    """
    method = ConnectionMethod(row.method)
    link = (
        f"{public_url.rstrip('/')}/"
        if method is ConnectionMethod.PIN
        else build_link(public_url, method.link_number, row.code, row.link_key)
    )
    return Session(
        id=row.id,
        name=row.name,
        status=SessionStatus(row.status),
        status_since=row.status_since,
        due_at=row.due_at,
        method=method,
        language=Language(row.language),
        mobile=row.mobile,
        platform=DevicePlatform(row.platform),
        detected_platform=(
            DevicePlatform(row.detected_platform) if row.detected_platform else None
        ),
        code=row.code,
        link=link,
        created_at=row.created_at,
        expires_at=row.expires_at,
        created_by=TechnicianRef(id=row.created_by, name=row.creator_name),
        group=GroupRef(id=row.group_id, name=row.group_name),
        technician=_reference(row.technician_id, row.holder_name),
        transfer=_transfer(row),
        email=_email_of(row),
        consents=read_consents(row.consents),
        applet=row.applet_connected,
        notes=row.notes,
    )


def read_consents(kept: dict[str, str]) -> dict[Power, Consent]:
    """Return the consents as they are kept in a row."""
    return {Power(power): Consent(consent) for power, consent in kept.items()}


def email_view(row: Row[Any]) -> Email:
    """Return what programs are shown of a row of ``emails``."""
    return Email(
        id=row.id,
        session_id=row.session_id,
        to=row.recipient,
        state=EmailState(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        changed_at=row.changed_at,
        next_attempt_at=row.next_attempt_at if row.state == EmailState.QUEUED else None,
        detail=row.detail,
    )


def _email_of(row: Row[Any]) -> Email | None:
    if row.mail_id is None:
        return None
    queued = row.mail_state == EmailState.QUEUED
    next_attempt_at: datetime | None = row.mail_next_attempt_at if queued else None
    return Email(
        id=row.mail_id,
        session_id=row.id,
        to=row.mail_recipient,
        state=EmailState(row.mail_state),
        attempts=row.mail_attempts,
        created_at=row.mail_created_at,
        changed_at=row.mail_changed_at,
        next_attempt_at=next_attempt_at,
        detail=row.mail_detail,
    )


def _reference(technician_id: str | None, name: str | None) -> TechnicianRef | None:
    return TechnicianRef(id=technician_id, name=name or "") if technician_id else None


def _transfer(row: Row[Any]) -> Transfer | None:
    giver = _reference(row.transfer_from, row.giver_name)
    if giver is None:
        return None
    group_id = row.transfer_to_group
    return Transfer(
        from_technician=giver,
        to_technician=_reference(row.transfer_to_technician, row.taker_name),
        to_group=GroupRef(id=group_id, name=row.taker_group_name or "") if group_id else None,
        comment=row.transfer_comment or "",
    )
