"""When members are told of their holds, and the indexes that find which end next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0017"
down_revision: str | None = "0016"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """A synced table changes, so every replica starts anew."""
    op.add_column("hold", sa.Column("notify_at", sa.BigInteger()))
    kept, due = sa.text("state = 'confirmed'"), sa.text("notify_at IS NOT NULL")
    op.create_index("ix_hold_due", "hold", ["expires_at"], sqlite_where=kept,
                    postgresql_where=kept)  # fmt: skip
    op.create_index("ix_hold_notify", "hold", ["notify_at"], sqlite_where=due,
                    postgresql_where=due)  # fmt: skip
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        mint_epoch(connection)
