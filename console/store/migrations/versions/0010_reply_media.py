"""Which photo of the answered message is meant."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """A synced table changes, so every replica starts anew."""
    op.add_column("message", sa.Column("reply_media", sa.BigInteger(), nullable=True))
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        mint_epoch(connection)
