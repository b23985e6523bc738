"""Saved segments, what they are asked with, and the scope of campaigns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """A synced table more, so every replica starts anew."""
    _make_table()
    _replace_indexes()
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        _grant(connection)
        mint_epoch(connection)


def _make_table() -> None:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "segment",
        sa.Column("id", kind, primary_key=True, autoincrement=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("shop_id", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False, server_default=""),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"]),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"]),
    )
    op.create_index("ix_segment_rev", "segment", ["rev"])


def _replace_indexes() -> None:
    for table in ("visit", "purchase", "enquiry"):
        op.drop_index(f"ix_{table}_member_id", table)
    op.create_index("ix_visit_member", "visit", ["member_id", "at"])
    facts = ["at", "product_id", "quantity", "amount"]
    op.create_index("ix_purchase_member", "purchase", ["member_id", *facts])
    by_product = ["product_id", "at", "member_id", "quantity", "amount"]
    op.create_index("ix_purchase_product", "purchase", by_product)
    op.create_index("ix_enquiry_member", "enquiry", ["member_id", "at", "product_id"])
    op.create_index("ix_enquiry_product", "enquiry", ["product_id", "at", "member_id"])
    op.create_index("ix_member_tag_tag", "member_tag", ["tag", "member_id"])
    merged = sa.text("merged_into IS NOT NULL")
    op.create_index("ix_member_merged_into", "member", ["merged_into"], sqlite_where=merged,
                    postgresql_where=merged)  # fmt: skip


def _grant(connection: sa.Connection) -> None:
    """Whoever sees the members sees campaigns and segments."""
    found = connection.execute(
        sa.text(
            "SELECT reader_id FROM \"grant\" WHERE reader_kind = 'staff' AND scope = 'members'"
            " AND revoked_at IS NULL ORDER BY reader_id"
        )
    )
    readers = list(found.scalars())
    first = connection.execute(sa.text('SELECT coalesce(max(id), 0) + 1 FROM "grant"')).scalar_one()
    head = connection.execute(sa.text("SELECT head FROM revision")).scalar_one()
    for row_id, reader_id in enumerate(readers, first):
        connection.execute(
            sa.text(
                'INSERT INTO "grant" (id, rev, reader_kind, reader_id, scope)'
                " VALUES (:id, :rev, 'staff', :reader, 'campaigns')"
            ),
            {"id": row_id, "rev": head, "reader": reader_id},
        )
    connection.execute(
        sa.text("UPDATE sequence SET next = :next WHERE name = 'grant' AND next < :next"),
        {"next": first + len(readers)},
    )
