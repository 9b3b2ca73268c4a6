"""Helping: consents, the applet, notes and chat."""

import json

import sqlalchemy as sa
from alembic import op

from rescue_console.server.storage.columns import Moment, Prose, RowNumber, Words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NEW_PERMISSIONS = (
    "chat",
    "view_screen",
    "record_screen",
    "control",
    "clipboard",
    "send_files",
    "receive_files",
    "file_manager",
    "system_information",
    "reboot",
)


def upgrade() -> None:
    """Add the columns and the table, and allow the topmost group what this version adds."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("consents", sa.JSON()))
        sessions.add_column(sa.Column("applet_token_hash", Words(64)))
        sessions.add_column(sa.Column("applet_connected", sa.Boolean()))
        sessions.add_column(sa.Column("notes", Prose()))
    _fill_sessions()
    with op.batch_alter_table("sessions") as sessions:
        sessions.alter_column("consents", existing_type=sa.JSON(), nullable=False)
        sessions.alter_column("applet_connected", existing_type=sa.Boolean(), nullable=False)
        sessions.alter_column("notes", existing_type=Prose(), nullable=False)
        sessions.create_unique_constraint(
            op.f("uq_sessions_applet_token_hash"), ["applet_token_hash"]
        )
    op.create_table(
        "chat_messages",
        sa.Column("number", RowNumber, autoincrement=True, nullable=False),
        sa.Column("session_id", Words(32), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("technician_id", Words(32)),
        sa.Column("name", Words(200), nullable=False),
        sa.Column("text", Prose(), nullable=False),
        sa.Column("key", Words(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_chat_messages_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["technicians.id"], name=op.f("fk_chat_messages_technician_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chat_messages")),
        sa.UniqueConstraint("session_id", "key", name=op.f("uq_chat_messages_session_id_key")),
    )
    _allow_topmost_groups()


def _fill_sessions() -> None:
    sessions = sa.table(
        "sessions",
        sa.column("consents", sa.JSON),
        sa.column("applet_connected", sa.Boolean),
        sa.column("notes", sa.Text),
    )
    op.execute(sessions.update().values(consents={}, applet_connected=False, notes=""))


def _allow_topmost_groups() -> None:
    groups = sa.table(
        "groups",
        sa.column("id", sa.String),
        sa.column("parent_id", sa.String),
        sa.column("permissions", sa.JSON),
    )
    connection = op.get_bind()
    topmost = sa.select(groups).where(groups.c.parent_id.is_(None))
    for row in connection.execute(topmost).all():
        kept = row.permissions if isinstance(row.permissions, dict) else json.loads(row.permissions)
        connection.execute(
            groups.update()
            .where(groups.c.id == row.id)
            .values(permissions={**dict.fromkeys(_NEW_PERMISSIONS, True), **kept})
        )


def downgrade() -> None:
    """Remove what was added."""
    op.drop_table("chat_messages")
    with op.batch_alter_table("sessions") as sessions:
        for column in ("consents", "applet_token_hash", "applet_connected", "notes"):
            sessions.drop_column(column)
