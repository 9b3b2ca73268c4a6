"""Technicians' addresses are compared by IDNA 2008, where straße and strasse are two domains."""

from collections.abc import Callable

import idna
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_technicians = sa.table(
    "technicians",
    sa.column("id", sa.String),
    sa.column("email", sa.String),
    sa.column("email_folded", sa.String),
)


def upgrade() -> None:
    """Fold the international addresses anew; the others are the same both ways."""
    _fold(_by_idna_2008)


def downgrade() -> None:
    """Fold as the versions before did."""
    _fold(str.casefold)


def _fold(fold: Callable[[str], str]) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(_technicians).order_by(_technicians.c.id)).all()
    taken = {row.email_folded for row in rows}
    for row in rows:
        folded = row.email_folded if row.email.isascii() else fold(row.email)
        # Two spellings of one domain may have been two accounts: the later one stays as it was.
        if folded not in taken:
            taken.add(folded)
            own = _technicians.c.id == row.id
            connection.execute(_technicians.update().where(own).values(email_folded=folded))


def _by_idna_2008(email: str) -> str:
    local, at, domain = email.rpartition("@")
    try:
        return f"{local.casefold()}{at}{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError:
        return email.casefold()
