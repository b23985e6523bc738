"""How long members waited for a reply, and how it ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store import past_waits
from console.store.unit_of_work import mint_epoch

revision = "0011"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None

_WAITING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """A synced table comes, so every replica starts anew; the past is read from messages."""
    op.create_table(
        "wait",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True,
                  autoincrement=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("shop_id", sa.BigInteger(), sa.ForeignKey("shop.id"), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), sa.ForeignKey("conversation.id")),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("in_hours", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("staff_id", sa.BigInteger(), sa.ForeignKey("staff.id")),
        sa.Column("outcome", sa.Text(), nullable=False, server_default=""),
    )  # fmt: skip
    op.create_index("ix_wait_rev", "wait", ["rev"])
    op.create_index("ix_wait_asked", "wait", ["asked_at"])
    op.create_index("ix_wait_conversation", "wait", ["conversation_id", "asked_at"])
    op.create_index("ix_wait_open", "wait", ["conversation_id"], sqlite_where=_WAITING,
                    postgresql_where=_WAITING)  # fmt: skip
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        past_waits.fill(connection)
        mint_epoch(connection)
