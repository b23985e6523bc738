"""Answers of a campaign by the day in which they came: a window of any length adds them up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store import rollups
from console.store.unit_of_work import mint_epoch, read_head

revision = "0019"
down_revision: str | None = "0018"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Columns of a synced table change, so every replica starts anew; all sums are counted."""
    for name in ("answered", "read_answered"):
        op.drop_column("campaign_tally", name)
    for name in ("answered_within", "read_answered_within"):
        op.add_column(
            "campaign_tally", sa.Column(name, sa.JSON(), nullable=False, server_default="[]")
        )
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        rollups.fill(connection, read_head(connection).rev)
        mint_epoch(connection)
