"""Who is there, which sessions are recorded, and how long chat is kept."""

import sqlalchemy as sa
from alembic import op

from rescue_console.server.storage.columns import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CHAT_EVENTS = sa.text("kind = 'chat.said'")


def upgrade() -> None:
    """Add the columns; for sessions that are over, chat counts as kept since their end."""
    with op.batch_alter_table("technicians") as technicians:
        technicians.add_column(sa.Column("away_since", Moment()))
        technicians.add_column(sa.Column("seen_at", Moment()))
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("recording_since", Moment()))
        sessions.add_column(sa.Column("chat_ended_at", Moment()))
    op.execute(sa.text("UPDATE sessions SET chat_ended_at = status_since WHERE NOT live"))
    op.create_index(
        op.f("ix_sessions_group_id_chat_ended_at"), "sessions", ["group_id", "chat_ended_at"]
    )
    op.create_index(
        "ix_events_chat",
        "events",
        ["session_id"],
        sqlite_where=_CHAT_EVENTS,
        postgresql_where=_CHAT_EVENTS,
    )


def downgrade() -> None:
    """Remove what was added."""
    op.drop_index("ix_events_chat", "events")
    op.drop_index(op.f("ix_sessions_group_id_chat_ended_at"), "sessions")
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("chat_ended_at")
        sessions.drop_column("recording_since")
    with op.batch_alter_table("technicians") as technicians:
        technicians.drop_column("seen_at")
        technicians.drop_column("away_since")
