"""The passes with which applet and page join beside each other."""

import sqlalchemy as sa
from alembic import op

from rescue_console.server.storage.columns import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "passes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("spent_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passes")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_passes_key_hash")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_passes_session_id")),
    )
    op.create_index(op.f("ix_passes_session_id"), "passes", ["session_id"])
    op.create_index(op.f("ix_passes_expires_at"), "passes", ["expires_at"])


def downgrade() -> None:
    """Remove what was added."""
    op.drop_table("passes")
