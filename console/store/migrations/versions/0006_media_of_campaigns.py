"""Which media a campaign has, found at once: its draft keeps those that were taken out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """No synced table changes, so replicas go on."""
    ours = sa.text("campaign_id IS NOT NULL")
    op.create_index(
        "ix_media_campaign", "media", ["campaign_id"], sqlite_where=ours, postgresql_where=ours
    )
