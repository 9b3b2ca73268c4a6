"""When something last happened in a session."""

import sqlalchemy as sa
from alembic import op

from rescue_console.server.storage.columns import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; without noted activity, idle time counts since a session became active."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("active_at", Moment()))


def downgrade() -> None:
    """Remove what was added."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("active_at")
