"""What a counter calls a visit, so that it can take it back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0020"
down_revision: str | None = "0019"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """A synced table changes, so every replica starts anew."""
    op.add_column("visit", sa.Column("client_id", sa.String(64)))
    named = sa.text("client_id IS NOT NULL")
    op.create_index("ix_visit_client_id", "visit", ["client_id"], unique=True, sqlite_where=named,
                    postgresql_where=named)  # fmt: skip
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        mint_epoch(connection)
