"""The tables, as the newest migration leaves them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from rescue_console.server.storage.columns import Moment, RowNumber

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _reference(name: str, target: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, String(32), ForeignKey(target), nullable=nullable)


organization = Table(
    "organization",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("language", String(8), nullable=False),
    Column("created_at", Moment, nullable=False),
)

groups = Table(
    "groups",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(200), nullable=False),
    _reference("parent_id", "groups.id", nullable=True),
    Column("permissions", JSON, nullable=False),
    Column("settings", JSON, nullable=False),
)

technicians = Table(
    "technicians",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("email", String(254), nullable=False),
    Column("email_folded", String(254), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("password_hash", String(200), nullable=False),
    _reference("group_id", "groups.id"),
    Column("administrator", Boolean, nullable=False),
    Column("mobile_module", Boolean, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("id", String(32), primary_key=True),
    _reference("technician_id", "technicians.id"),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Index(None, "technician_id"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _reference("sign_in_id", "sign_ins.id"),
    Column("kind", String(8), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("spent_at", Moment),
    Index(None, "sign_in_id"),
    Index(None, "expires_at"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    Column("bucket", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "bucket", "at"),
    Index(None, "at"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("status", String(32), nullable=False),
    Column("status_since", Moment, nullable=False),
    Column("returns_to", String(32)),
    Column("returns_since", Moment),
    Column("due_at", Moment),
    Column("live", Boolean, nullable=False),
    Column("method", String(8), nullable=False),
    Column("language", String(8), nullable=False),
    Column("mobile", Boolean, nullable=False),
    Column("platform", String(16), nullable=False),
    Column("detected_platform", String(16)),
    Column("code", String(12), nullable=False),
    Column("link_key", String(22), nullable=False),
    Column("customer_token_hash", String(64), unique=True),
    Column("seen_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    _reference("created_by", "technicians.id"),
    _reference("group_id", "groups.id"),
    _reference("technician_id", "technicians.id", nullable=True),
    _reference("transfer_from", "technicians.id", nullable=True),
    _reference("transfer_to_technician", "technicians.id", nullable=True),
    _reference("transfer_to_group", "groups.id", nullable=True),
    Column("transfer_comment", Text),
    Column("consents", JSON, nullable=False, server_default="{}"),
    Column("applet_token_hash", String(64), unique=True),
    Column("applet_connected", Boolean, nullable=False, server_default=false()),
    Column("notes", Text, nullable=False, server_default=""),
    Index(None, "group_id"),
    Index(None, "technician_id"),
    Index(None, "due_at"),
    Index(
        "uq_sessions_live_code",
        "code",
        unique=True,
        sqlite_where=text("live"),
        postgresql_where=text("live"),
    ),
)

session_log = Table(
    "session_log",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    _reference("session_id", "sessions.id"),
    Column("at", Moment, nullable=False),
    Column("what", String(64), nullable=False),
    Column("who", String(200), nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "session_id"),
)

chat_messages = Table(
    "chat_messages",
    metadata,
    Column("number", RowNumber, primary_key=True, autoincrement=True),
    _reference("session_id", "sessions.id"),
    Column("at", Moment, nullable=False),
    _reference("technician_id", "technicians.id", nullable=True),
    Column("name", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("key", String(64), nullable=False),
    UniqueConstraint("session_id", "key"),
)

emails = Table(
    "emails",
    metadata,
    Column("id", String(32), primary_key=True),
    _reference("session_id", "sessions.id"),
    _reference("technician_id", "technicians.id"),
    Column("idempotency_key", String(128), nullable=False),
    Column("recipient", String(254), nullable=False),
    Column("message_id", String(254), nullable=False),
    Column("sender", String(254), nullable=False),
    Column("sender_name", String(402), nullable=False),
    Column("reply_to", String(254), nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("link", String(700), nullable=False),
    Column("language", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("detail", Text, nullable=False),
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
    Column("key", String(128), nullable=False),
    Column("request", String(64), nullable=False),
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
    Column("kind", String(32), nullable=False),
    Column("group_id", String(32)),
    Column("technician_ids", JSON, nullable=False),
    Column("session_id", String(32)),
    Column("body", Text, nullable=False),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
"""What consoles are told, numbered. ``group_id`` and ``technician_ids`` say who may see it; they
are no foreign keys, so that telling of a removed group stays possible."""
