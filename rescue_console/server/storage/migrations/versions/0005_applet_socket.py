"""Which connection of an applet is the one that counts."""

import sqlalchemy as sa
from alembic import op

from rescue_console.server.storage.columns import Words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; connected applets fill it when they reconnect to the upgraded server."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("applet_socket", Words(32)))


def downgrade() -> None:
    """Remove what was added."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("applet_socket")
