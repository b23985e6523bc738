"""The ledger of stock, and the index that finds a variant by its barcode."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from console.store import stock_opening
from console.store.unit_of_work import mint_epoch, read_head

revision = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """A synced table comes, so every replica starts anew; what is there opens the ledgers."""
    op.create_table(
        "stock_movement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True,
                  autoincrement=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("shop_id", sa.BigInteger(), sa.ForeignKey("shop.id"), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), sa.ForeignKey("variant.id"), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")
          for name in ("delta", "balance", "short")),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.Column("staff_id", sa.BigInteger(), sa.ForeignKey("staff.id")),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )  # fmt: skip
    op.create_index("ix_stock_movement_rev", "stock_movement", ["rev"])
    op.create_index("ix_stock_movement_variant", "stock_movement", ["variant_id", "id"])
    op.create_index("ix_variant_barcode", "variant", ["barcode"])
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        stock_opening.fill(connection, read_head(connection).rev, datetime.now(UTC))
        mint_epoch(connection)
