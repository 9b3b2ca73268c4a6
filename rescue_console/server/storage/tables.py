"""The tables, as the newest migration leaves them."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Named,
    Table,
    UniqueConstraint,
    text,
)

from rescue_console.protocol.choices import (
    ConnectionMethod,
    DevicePlatform,
    EmailState,
    Language,
)
from rescue_console.protocol.customer import Side
from rescue_console.protocol.email_troubles import EmailTrouble
from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.storage.columns import (
    ByPower,
    Choice,
    Columns,
    Moment,
    Prose,
    RowNumber,
    Words,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class OrganizationColumns(Columns):
    """The columns of ``organization``."""

    id: Named[int] = Column(Integer, primary_key=True)
    name: Named[str] = Column(Words(200))
    language: Named[Language] = Column(Choice(Language, 8))
    created_at: Named[datetime] = Column(Moment)


organization = Table("organization", metadata, OrganizationColumns)


class GroupColumns(Columns):
    """The columns of ``groups``."""

    id: Named[str] = Column(Words(32), primary_key=True)
    name: Named[str] = Column(Words(200))
    parent_id: Named[str | None] = Column(Words(32), ForeignKey("groups.id"))
    permissions: Named[dict[str, bool]] = Column(JSON)
    settings: Named[dict[str, object]] = Column(JSON)


groups = Table("groups", metadata, GroupColumns)


class TechnicianColumns(Columns):
    """The columns of ``technicians``."""

    id: Named[str] = Column(Words(32), primary_key=True)
    email: Named[str] = Column(Words(254))
    email_folded: Named[str] = Column(Words(254), unique=True)
    name: Named[str] = Column(Words(200))
    password_hash: Named[str] = Column(Words(200))
    group_id: Named[str] = Column(Words(32), ForeignKey("groups.id"))
    administrator: Named[bool] = Column(Boolean)
    mobile_module: Named[bool] = Column(Boolean)
    enabled: Named[bool] = Column(Boolean)
    away_since: Named[datetime | None] = Column(Moment)
    seen_at: Named[datetime | None] = Column(Moment)
    created_at: Named[datetime] = Column(Moment)


technicians = Table("technicians", metadata, TechnicianColumns)


class SignInColumns(Columns):
    """The columns of ``sign_ins``."""

    id: Named[str] = Column(Words(32), primary_key=True)
    technician_id: Named[str] = Column(Words(32), ForeignKey("technicians.id"))
    created_at: Named[datetime] = Column(Moment)
    ended_at: Named[datetime | None] = Column(Moment)
    network: Named[str | None] = Column(Words(64))
    network_at: Named[datetime | None] = Column(Moment)
    device_hash: Named[str | None] = Column(Words(64))
    computer: Named[str | None] = Column(Words(64))


sign_ins = Table(
    "sign_ins",
    metadata,
    SignInColumns,
    Index(None, "technician_id"),
)
"""``network`` is where it was last made or renewed, ``network_at`` when; ``device_hash`` is of what
the device was given to be known by."""


class TokenColumns(Columns):
    """The columns of ``tokens``."""

    token_hash: Named[str] = Column(Words(64), primary_key=True)
    sign_in_id: Named[str] = Column(Words(32), ForeignKey("sign_ins.id"))
    kind: Named[str] = Column(Words(8))
    expires_at: Named[datetime] = Column(Moment)
    spent_at: Named[datetime | None] = Column(Moment)


tokens = Table(
    "tokens",
    metadata,
    TokenColumns,
    Index(None, "sign_in_id"),
    Index(None, "expires_at"),
)


class AttemptColumns(Columns):
    """The columns of ``attempts``."""

    id: Named[int] = Column(RowNumber, primary_key=True, autoincrement=True)
    bucket: Named[str] = Column(Words(100))
    at: Named[datetime] = Column(Moment)


attempts = Table(
    "attempts",
    metadata,
    AttemptColumns,
    Index(None, "bucket", "at"),
    Index(None, "at"),
)


class SessionColumns(Columns):
    """The columns of ``sessions``."""

    id: Named[str] = Column(Words(32), primary_key=True)
    name: Named[str] = Column(Words(200))
    status: Named[SessionStatus] = Column(Choice(SessionStatus, 32))
    status_since: Named[datetime] = Column(Moment)
    returns_to: Named[SessionStatus | None] = Column(Choice(SessionStatus, 32))
    returns_since: Named[datetime | None] = Column(Moment)
    due_at: Named[datetime | None] = Column(Moment)
    active_at: Named[datetime | None] = Column(Moment)
    live: Named[bool] = Column(Boolean)
    method: Named[ConnectionMethod] = Column(Choice(ConnectionMethod, 8))
    language: Named[Language] = Column(Choice(Language, 8))
    mobile: Named[bool] = Column(Boolean)
    platform: Named[DevicePlatform] = Column(Choice(DevicePlatform, 16))
    detected_platform: Named[DevicePlatform | None] = Column(Choice(DevicePlatform, 16))
    code: Named[str] = Column(Words(12))
    link_key: Named[str] = Column(Words(22))
    customer_token_hash: Named[str | None] = Column(Words(64), unique=True)
    seen_at: Named[datetime | None] = Column(Moment)
    created_at: Named[datetime] = Column(Moment)
    expires_at: Named[datetime | None] = Column(Moment)
    created_by: Named[str] = Column(Words(32), ForeignKey("technicians.id"))
    group_id: Named[str] = Column(Words(32), ForeignKey("groups.id"))
    technician_id: Named[str | None] = Column(Words(32), ForeignKey("technicians.id"))
    transfer_from: Named[str | None] = Column(Words(32), ForeignKey("technicians.id"))
    transfer_to_technician: Named[str | None] = Column(Words(32), ForeignKey("technicians.id"))
    transfer_to_group: Named[str | None] = Column(Words(32), ForeignKey("groups.id"))
    consents: Named[dict[Power, Consent]] = Column(ByPower(Consent), default=dict)
    hindrances: Named[dict[Power, PowerHindrance]] = Column(ByPower(PowerHindrance), default=dict)
    applet_token_hash: Named[str | None] = Column(Words(64), unique=True)
    applet_connected: Named[bool] = Column(Boolean, default=False)
    applet_socket: Named[str | None] = Column(Words(32))
    notes: Named[str] = Column(Prose, default="")
    recipient: Named[str | None] = Column(Words(254))
    transfer_comment: Named[str | None] = Column(Prose)
    recording_since: Named[datetime | None] = Column(Moment)
    chat_ended_at: Named[datetime | None] = Column(Moment)
    seat_console: Named[str | None] = Column(Words(32))
    seat_computer: Named[str | None] = Column(Words(64))


sessions = Table(
    "sessions",
    metadata,
    SessionColumns,
    Index(None, "group_id"),
    Index(None, "technician_id"),
    Index(None, "due_at"),
    Index(None, "group_id", "chat_ended_at"),
    Index(
        "uq_sessions_live_code",
        "code",
        unique=True,
        sqlite_where=text("live"),
        postgresql_where=text("live"),
    ),
)
"""``chat_ended_at`` is when a session ended, until its chat has been forgotten; ``seat_console`` is
the sign-in of the console that has the seat."""


class PassColumns(Columns):
    """The columns of ``passes``."""

    id: Named[int] = Column(RowNumber, primary_key=True, autoincrement=True)
    key_hash: Named[str] = Column(Words(64), unique=True)
    session_id: Named[str] = Column(Words(32), ForeignKey("sessions.id"))
    side: Named[Side] = Column(Choice(Side, 8))
    expires_at: Named[datetime] = Column(Moment)
    spent_at: Named[datetime | None] = Column(Moment)


passes = Table(
    "passes",
    metadata,
    PassColumns,
    Index(None, "session_id"),
    Index(None, "expires_at"),
)


class SessionLogColumns(Columns):
    """The columns of ``session_log``."""

    id: Named[int] = Column(RowNumber, primary_key=True, autoincrement=True)
    session_id: Named[str] = Column(Words(32), ForeignKey("sessions.id"))
    at: Named[datetime] = Column(Moment)
    what: Named[str] = Column(Words(64))
    who: Named[str] = Column(Words(200))
    detail: Named[str] = Column(Prose)


session_log = Table(
    "session_log",
    metadata,
    SessionLogColumns,
    Index(None, "session_id"),
)


class ChatMessageColumns(Columns):
    """The columns of ``chat_messages``."""

    number: Named[int] = Column(RowNumber, primary_key=True, autoincrement=True)
    session_id: Named[str] = Column(Words(32), ForeignKey("sessions.id"))
    at: Named[datetime] = Column(Moment)
    technician_id: Named[str | None] = Column(Words(32), ForeignKey("technicians.id"))
    name: Named[str] = Column(Words(200))
    text: Named[str] = Column(Prose)
    key: Named[str] = Column(Words(64))


chat_messages = Table(
    "chat_messages",
    metadata,
    ChatMessageColumns,
    UniqueConstraint("session_id", "key"),
    Index(None, "session_id", "number"),
)


class ChatTotalColumns(Columns):
    """The columns of ``chat_totals``: how much each side of a session has written."""

    session_id: Named[str] = Column(Words(32), ForeignKey("sessions.id"), primary_key=True)
    by_customer: Named[bool] = Column(Boolean, primary_key=True)
    messages: Named[int] = Column(Integer)
    bytes: Named[int] = Column(BigInteger)
    lines: Named[int] = Column(Integer)


chat_totals = Table("chat_totals", metadata, ChatTotalColumns)


class EmailColumns(Columns):
    """The columns of ``emails``."""

    id: Named[str] = Column(Words(32), primary_key=True)
    session_id: Named[str] = Column(Words(32), ForeignKey("sessions.id"))
    technician_id: Named[str] = Column(Words(32), ForeignKey("technicians.id"))
    idempotency_key: Named[str] = Column(Words(128))
    recipient: Named[str] = Column(Words(254))
    message_id: Named[str] = Column(Words(254))
    sender: Named[str] = Column(Words(254))
    sender_name: Named[str] = Column(Words(402))
    reply_to: Named[str] = Column(Words(254))
    subject: Named[str] = Column(Prose)
    text: Named[str] = Column(Prose)
    link: Named[str] = Column(Words(700))
    language: Named[Language] = Column(Choice(Language, 8))
    state: Named[EmailState] = Column(Choice(EmailState, 8))
    attempts: Named[int] = Column(Integer)
    detail: Named[str] = Column(Prose)
    trouble: Named[EmailTrouble | None] = Column(Choice(EmailTrouble, 32))
    created_at: Named[datetime] = Column(Moment)
    changed_at: Named[datetime] = Column(Moment)
    next_attempt_at: Named[datetime | None] = Column(Moment)
    claimed_until: Named[datetime | None] = Column(Moment)


emails = Table(
    "emails",
    metadata,
    EmailColumns,
    UniqueConstraint("technician_id", "idempotency_key"),
    Index(None, "session_id"),
    Index(None, "state", "next_attempt_at"),
)


class IdempotencyColumns(Columns):
    """The columns of ``idempotency``."""

    technician_id: Named[str] = Column(Words(32), ForeignKey("technicians.id"))
    key: Named[str] = Column(Words(128))
    request: Named[str] = Column(Words(64))
    session_id: Named[str] = Column(Words(32), ForeignKey("sessions.id"))
    created_at: Named[datetime] = Column(Moment)


idempotency = Table(
    "idempotency",
    metadata,
    IdempotencyColumns,
    UniqueConstraint("technician_id", "key"),
    Index(None, "created_at"),
)


class ClockColumns(Columns):
    """The columns of ``clock``."""

    id: Named[int] = Column(Integer, primary_key=True)
    moved: Named[int] = Column(BigInteger)


clock = Table("clock", metadata, ClockColumns)
"""One row: by how many microseconds in all the server's time was moved; see ``clock_watch.py``."""


class EventColumns(Columns):
    """The columns of ``events``."""

    number: Named[int] = Column(RowNumber, primary_key=True, autoincrement=True)
    at: Named[datetime] = Column(Moment)
    kind: Named[str] = Column(Words(32))
    group_id: Named[str | None] = Column(Words(32))
    technician_ids: Named[list[str]] = Column(JSON)
    session_id: Named[str | None] = Column(Words(32))
    body: Named[str] = Column(Prose)


events = Table(
    "events",
    metadata,
    EventColumns,
    Index(None, "at"),
    Index(
        "ix_events_chat",
        "session_id",
        sqlite_where=text("kind = 'chat.said'"),
        postgresql_where=text("kind = 'chat.said'"),
    ),
    sqlite_autoincrement=True,
)
"""What consoles are told, numbered. ``group_id`` and ``technician_ids`` say who may see an event;
they are not foreign keys, so that events about a removed group remain possible."""


class LeaseColumns(Columns):
    """The columns of ``leases``."""

    name: Named[str] = Column(Words(32), primary_key=True)
    node: Named[str] = Column(Words(64))
    until: Named[datetime] = Column(Moment)


leases = Table("leases", metadata, LeaseColumns)
"""What only one node at a time does, and which does it until when unless it renews its lease."""
