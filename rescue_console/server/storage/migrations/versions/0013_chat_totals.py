"""How much each side of a session has written, and the order in which a chat is read."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_INDEX = "ix_chat_messages_session_id_number"
_COUNT = sa.text(
    """
    INSERT INTO chat_totals (session_id, by_customer, messages, bytes, lines)
    SELECT session_id, technician_id IS NULL, count(*), sum(length(text)),
           sum(length(text) - length(replace(text, :line_end, '')) + 1)
    FROM chat_messages GROUP BY session_id, technician_id IS NULL
    """
).bindparams(line_end="\n")


def upgrade() -> None:
    """Count what has been written so far, with one byte for each character."""
    op.create_index(_INDEX, "chat_messages", ["session_id", "number"])
    op.create_table(
        "chat_totals",
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("by_customer", sa.Boolean(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_chat_totals_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "by_customer", name=op.f("pk_chat_totals")),
    )
    op.execute(_COUNT)


def downgrade() -> None:
    """Remove what was added."""
    op.drop_table("chat_totals")
    op.drop_index(_INDEX, table_name="chat_messages")
