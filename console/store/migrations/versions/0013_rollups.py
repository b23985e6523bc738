"""Sums of campaigns and of who read when, and the index that keeps them cheap."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None

_TALLIED = ("audience", "written", "delivered", "read", "replied", "answered", "read_answered",
            "silent", "opted_out")  # fmt: skip


def upgrade() -> None:
    """Synced tables come, so every replica starts anew; 0019 counts the sums of the past."""
    _make(
        "campaign_tally", sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False, server_default=""),
        *(_number(name) for name in _TALLIED),
        sa.Column("states", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("read_within", sa.JSON(), nullable=False, server_default="[]"),
        sa.UniqueConstraint("campaign_id", "variant"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"]),
    )  # fmt: skip
    _make(
        "readership", sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("span", sa.String(16), nullable=False),
        _number("readers"), _number("unprompted"),
        sa.UniqueConstraint("shop_id", "span"), sa.ForeignKeyConstraint(["shop_id"], ["shop.id"]),
    )  # fmt: skip
    read = sa.text("counted AND read_at IS NOT NULL")
    op.create_index(
        "ix_recipient_read", "recipient", ["member_id", "read_at", "written_at"],
        sqlite_where=read, postgresql_where=read,
    )  # fmt: skip
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        mint_epoch(connection)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")


def _make(name: str, *columns: sa.schema.SchemaItem) -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        name, sa.Column("id", key, primary_key=True, autoincrement=False),
        sa.Column("rev", sa.BigInteger(), nullable=False), *columns,
    )  # fmt: skip
    op.create_index(f"ix_{name}_rev", name, ["rev"])
