"""To whom a session's link is to be sent, for the list."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; sessions of before show the address of their newest e-mail, if any."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("recipient", sa.String(254)))


def downgrade() -> None:
    """Remove what was added."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("recipient")
