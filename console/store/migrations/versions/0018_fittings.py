"""Fitting rooms and fittings; no two live ones in one room at one time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0018"
down_revision: str | None = "0017"
branch_labels: str | None = None
depends_on: str | None = None

_LIVE = sa.text("state IN ('booked', 'arrived', 'bought')")
_TO_REMIND = sa.text("remind_at IS NOT NULL")


def upgrade() -> None:
    """Synced tables come, so every replica starts anew."""
    op.create_table(
        "fitting_room", *_synced(),
        sa.Column("client_id", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False, server_default=""),
        sa.Column("place", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("removed_at", sa.BigInteger()),
    )  # fmt: skip
    op.create_index("ix_fitting_room_rev", "fitting_room", ["rev"])
    op.create_table(
        "fitting", *_synced(),
        sa.Column("client_id", sa.String(64), nullable=False, unique=True),
        sa.Column("member_id", sa.BigInteger(), sa.ForeignKey("member.id"), nullable=False),
        sa.Column("room_id", sa.BigInteger(), sa.ForeignKey("fitting_room.id"), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, server_default="booked"),
        sa.Column("variants", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("staff_id", sa.BigInteger(), sa.ForeignKey("staff.id")),
        sa.Column("remind_at", sa.BigInteger()),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )  # fmt: skip
    op.create_index("ix_fitting_rev", "fitting", ["rev"])
    op.create_index("ix_fitting_live", "fitting", ["room_id", "starts_at"], unique=True,
                    sqlite_where=_LIVE, postgresql_where=_LIVE)  # fmt: skip
    op.create_index("ix_fitting_time", "fitting", ["shop_id", "starts_at"])
    op.create_index("ix_fitting_member", "fitting", ["member_id", "starts_at"])
    op.create_index("ix_fitting_remind", "fitting", ["remind_at"],
                    sqlite_where=_TO_REMIND, postgresql_where=_TO_REMIND)  # fmt: skip
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        mint_epoch(connection)


def _synced() -> list[sa.Column[int]]:
    """What every synced table begins with."""
    return [
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True,
                  autoincrement=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("shop_id", sa.BigInteger(), sa.ForeignKey("shop.id"), nullable=False),
    ]  # fmt: skip
