"""Limited offers and coupons; messages that carry an offer."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None


def _big(name: str, *, null: bool = False, default: str | None = None) -> Any:
    return sa.Column(name, sa.BigInteger(), nullable=null, server_default=default)


def _text(name: str, default: str = "") -> Any:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _synced(name: str, *columns: Any, refs: dict[str, str]) -> None:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        name,
        sa.Column("id", kind, primary_key=True, autoincrement=False),
        _big("rev"),
        *columns,
        *(sa.ForeignKeyConstraint([column], [f"{there}.id"]) for column, there in refs.items()),
    )
    op.create_index(f"ix_{name}_rev", name, ["rev"])


def upgrade() -> None:
    """Synced tables change, so every replica starts anew."""
    _synced(
        "offer", _big("shop_id"),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False, unique=True), _text("title"),
        _big("quantity", default="0"), _big("claimed", default="0"), _big("ends_at"),
        _big("valid_until"), _big("closed_at", null=True), _big("at"),
        sa.CheckConstraint("claimed >= 0 AND claimed <= quantity", name="ck_offer_claimed"),
        refs={"shop_id": "shop", "campaign_id": "campaign"},
    )  # fmt: skip
    _synced(
        "coupon", _big("shop_id"), _big("member_id"),
        sa.Column("code", sa.String(16), nullable=False, unique=True), _text("title"),
        _text("source", "offer"), _big("offer_id", null=True), _big("claimant_id", null=True),
        _big("issued_at"), _big("expires_at"), _big("redeemed_at", null=True),
        _big("redeemed_by", null=True), _big("voided_at", null=True),
        sa.UniqueConstraint("offer_id", "claimant_id"),
        refs={"shop_id": "shop", "member_id": "member", "offer_id": "offer",
              "claimant_id": "member", "redeemed_by": "staff"},
    )  # fmt: skip
    op.create_index("ix_coupon_member", "coupon", ["member_id", "offer_id"])
    op.add_column("message", sa.Column("offer", sa.JSON(), nullable=True))
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        mint_epoch(connection)
