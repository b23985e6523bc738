"""When a device was last there, to tell one's own consoles from forgotten ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """No synced table changes, so replicas go on."""
    op.add_column("device", sa.Column("seen_at", sa.BigInteger(), nullable=True))
