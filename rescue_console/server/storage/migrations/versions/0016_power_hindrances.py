"""Why a power is not there."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of earlier sessions nothing is known."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("hindrances", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("sessions") as sessions:
        sessions.alter_column("hindrances", existing_type=sa.JSON(), server_default=None)


def downgrade() -> None:
    """Remove what was added."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("hindrances")
