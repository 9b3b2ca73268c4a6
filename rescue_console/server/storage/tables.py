"""The tables, as the newest migration leaves them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from rescue_console.server.storage.columns import Moment, Prose, RowNumber, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _reference(name: str, target: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Words(32), ForeignKey(target), nullable=nullable)


organization = Table(
    "organization",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words(200), nullable=False),
    Column("language", Words(8), nullable=False),
    Column("created_at", Moment, nullable=False),
)

groups = Table(
    "groups",
    metadata,
    Column("id", Words(32), primary_key=True),
    Column("name", Words(200), nullable=False),
    _reference("parent_id", "groups.id", nullable=True),
    Column("permissions", JSON, nullable=False),
    Column("settings", JSON, nullable=False),
)

technicians = Table(
    "technicians",
    metadata,
    Column("id", Words(32), primary_key=True),
    Column("email", Words(254), nullable=False),
    Column("email_folded", Words(254), nullable=False, unique=True),
    Column("name", Words(200), nullable=False),
    Column("password_hash", Words(200), nullable=False),
    _reference("group_id", "groups.id"),
    Column("administrator", Boolean, nullable=False),
    Column("mobile_module", Boolean, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("away_since", Moment),
    Column("seen_at", Moment),
    Column("created_at", Moment, nullable=False),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("id", Words(32), primary_key=True),
    _reference("technician_id", "technicians.id"),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index(None, "technician_id"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", Words(64), primary_key=True),
    _reference("sign_in_id", "sign_ins.id"),
    Column("kind", Words(8), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("spent_at", Moment),
    Index(None, "sign_in_id"),
    Index(None, "expires_at"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    Column("bucket", Words(100), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "bucket", "at"),
    Index(None, "at"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Words(32), primary_key=True),
    Column("name", Words(200), nullable=False),
    Column("status", Words(32), nullable=False),
    Column("status_since", Moment, nullable=False),
    Column("returns_to", Words(32)),
    Column("returns_since", Moment),
    Column("due_at", Moment),
    Column("active_at", Moment),
    Column("live", Boolean, nullable=False),
    Column("method", Words(8), nullable=False),
    Column("language", Words(8), nullable=False),
    Column("mobile", Boolean, nullable=False),
    Column("platform", Words(16), nullable=False),
    Column("detected_platform", Words(16)),
    Column("code", Words(12), nullable=False),
    Column("link_key", Words(22), nullable=False),
    Column("customer_token_hash", Words(64), unique=True),
    Column("seen_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    _reference("created_by", "technicians.id"),
    _reference("group_id", "groups.id"),
    _reference("technician_id", "technicians.id", nullable=True),
    _reference("transfer_from", "technicians.id", nullable=True),
    _reference("transfer_to_technician", "technicians.id", nullable=True),
    _reference("transfer_to_group", "groups.id", nullable=True),
    Column("consents", JSON, nullable=False, default=dict),
    Column("applet_token_hash", Words(64), unique=True),
    Column("applet_connected", Boolean, nullable=False, default=False),
    Column("applet_socket", Words(32)),
    Column("notes", Prose, nullable=False, default=""),
    Column("transfer_comment", Prose),
    Column("recording_since", Moment),
    Column("chat_ended_at", Moment),
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
"""``chat_ended_at`` is when a session ended whose chat has not been forgotten yet."""

session_log = Table(
    "session_log",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    _reference("session_id", "sessions.id"),
    Column("at", Moment, nullable=False),
    Column("what", Words(64), nullable=False),
    Column("who", Words(200), nullable=False),
    Column("detail", Prose, nullable=False),
    Index(None, "session_id"),
)

chat_messages = Table(
    "chat_messages",
    metadata,
    Column("number", RowNumber, primary_key=True, autoincrement=True),
    _reference("session_id", "sessions.id"),
    Column("at", Moment, nullable=False),
    _reference("technician_id", "technicians.id", nullable=True),
    Column("name", Words(200), nullable=False),
    Column("text", Prose, nullable=False),
    Column("key", Words(64), nullable=False),
    UniqueConstraint("session_id", "key"),
)

emails = Table(
    "emails",
    metadata,
    Column("id", Words(32), primary_key=True),
    _reference("session_id", "sessions.id"),
    _reference("technician_id", "technicians.id"),
    Column("idempotency_key", Words(128), nullable=False),
    Column("recipient", Words(254), nullable=False),
    Column("message_id", Words(254), nullable=False),
    Column("sender", Words(254), nullable=False),
    Column("sender_name", Words(402), nullable=False),
    Column("reply_to", Words(254), nullable=False),
    Column("subject", Prose, nullable=False),
    Column("text", Prose, nullable=False),
    Column("link", Words(700), nullable=False),
    Column("language", Words(8), nullable=False),
    Column("state", Words(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("detail", Prose, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("next_attempt_at", Moment),
    Column("claimed_until", Moment),
    UniqueConstraint("technician_id", "idempotency_key"),
    Index(None, "session_id"),
    Index(None, "state", "next_attempt_at"),
)

idempotency = Table(
    "idempotency",
    metadata,
    _reference("technician_id", "technicians.id"),
    Column("key", Words(128), nullable=False),
    Column("request", Words(64), nullable=False),
    _reference("session_id", "sessions.id"),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("technician_id", "key"),
    Index(None, "created_at"),
)

events = Table(
    "events",
    metadata,
    Column("number", RowNumber, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("kind", Words(32), nullable=False),
    Column("group_id", Words(32)),
    Column("technician_ids", JSON, nullable=False),
    Column("session_id", Words(32)),
    Column("body", Prose, nullable=False),
    Index(None, "at"),
    Index(
        "ix_events_chat",
        "session_id",
        sqlite_where=text("kind = 'chat.said'"),
        postgresql_where=text("kind = 'chat.said'"),
    ),
    sqlite_autoincrement=True,
)
"""What consoles are told, numbered. ``group_id`` and ``technician_ids`` say who may see it; they
are no foreign keys, so that telling of a removed group stays possible."""
