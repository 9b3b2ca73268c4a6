"""Why an e-mail has not been sent."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; mails of before keep only the mail server's words."""
    with op.batch_alter_table("emails") as emails:
        emails.add_column(sa.Column("trouble", sa.String(32)))


def downgrade() -> None:
    """Remove what was added."""
    with op.batch_alter_table("emails") as emails:
        emails.drop_column("trouble")
