"""Which photo of which message a member tapped, and in which colour it shows its article."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """A synced table changes, so every replica starts anew."""
    op.add_column("enquiry", sa.Column("media_id", sa.BigInteger(), nullable=True))
    colour = sa.Column("colour", sa.Text(), nullable=False, server_default="")
    op.add_column("enquiry", colour)
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        mint_epoch(connection)
