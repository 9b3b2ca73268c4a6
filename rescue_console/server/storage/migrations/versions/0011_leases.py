"""What only one node at a time does."""

import sqlalchemy as sa
from alembic import op

from rescue_console.server.storage.columns import Moment, Words

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "leases",
        sa.Column("name", Words(32), nullable=False),
        sa.Column("node", Words(64), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("leases")
