"""Where and on which device each sign-in was made: the throttle spares them."""

import sqlalchemy as sa
from alembic import op

from rescue_console.server.storage.columns import Moment, Words

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nothing is known of earlier sign-ins until they are renewed."""
    with op.batch_alter_table("sign_ins") as sign_ins:
        sign_ins.add_column(sa.Column("network", Words(64)))
        sign_ins.add_column(sa.Column("network_at", Moment()))
        sign_ins.add_column(sa.Column("device_hash", Words(64)))


def downgrade() -> None:
    """Remove the columns."""
    with op.batch_alter_table("sign_ins") as sign_ins:
        sign_ins.drop_column("device_hash")
        sign_ins.drop_column("network_at")
        sign_ins.drop_column("network")
