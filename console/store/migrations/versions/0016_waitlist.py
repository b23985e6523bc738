"""Who waits for what is sold out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0016"
down_revision: str | None = "0014"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """A synced table comes, so every replica starts anew."""
    op.create_table(
        "waitlist",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True,
                  autoincrement=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("shop_id", sa.BigInteger(), sa.ForeignKey("shop.id"), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False, unique=True),
        sa.Column("member_id", sa.BigInteger(), sa.ForeignKey("member.id"), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), sa.ForeignKey("variant.id"), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), sa.ForeignKey("staff.id")),
        sa.Column("state", sa.Text(), nullable=False, server_default="waiting"),
        sa.Column("hold_id", sa.BigInteger()),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
    )  # fmt: skip
    op.create_index("ix_waitlist_rev", "waitlist", ["rev"])
    op.create_index("ix_waitlist_member_id", "waitlist", ["member_id"])
    _partial("ix_waitlist_live", ["variant_id", "id"], "state IN ('waiting', 'offered')")
    _partial("ix_waitlist_due", ["due_at"], "due_at IS NOT NULL")
    _partial("ix_waitlist_hold", ["hold_id"], "hold_id IS NOT NULL")
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        mint_epoch(connection)


def _partial(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "waitlist", columns, sqlite_where=where, postgresql_where=where)
