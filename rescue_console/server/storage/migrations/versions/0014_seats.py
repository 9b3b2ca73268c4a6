"""At which of a technician's consoles a session is helped."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; in a session under way, the first console that needs it has the seat."""
    with op.batch_alter_table("sign_ins") as sign_ins:
        sign_ins.add_column(sa.Column("computer", sa.String(64)))
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("seat_console", sa.String(32)))
        sessions.add_column(sa.Column("seat_computer", sa.String(64)))


def downgrade() -> None:
    """Remove what was added."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("seat_computer")
        sessions.drop_column("seat_console")
    with op.batch_alter_table("sign_ins") as sign_ins:
        sign_ins.drop_column("computer")
