"""Questions of campaigns: what a message asks, the members' answers, names of their buckets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Synced tables change, so every replica starts anew."""
    op.add_column("message", sa.Column("question", sa.JSON(), nullable=True))
    buckets = sa.Column("buckets", sa.JSON(), nullable=False, server_default="{}")
    op.add_column("campaign", buckets)
    _make_table()
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        mint_epoch(connection)


def _make_table() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    big = sa.BigInteger
    op.create_table(
        "question_answer",
        sa.Column("id", key, primary_key=True, autoincrement=False),
        sa.Column("rev", big(), nullable=False),
        sa.Column("campaign_id", big(), nullable=False),
        sa.Column("member_id", big(), nullable=False),
        sa.Column("choice", big(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False, server_default=""),
        sa.Column("message_id", big(), nullable=True),
        sa.Column("bucket", sa.Text(), nullable=False, server_default=""),
        sa.Column("at", big(), nullable=False),
        sa.Column("revised", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.UniqueConstraint("campaign_id", "member_id"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"]),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"]),
    )
    for column in ("rev", "member_id"):
        op.create_index(f"ix_question_answer_{column}", "question_answer", [column])
    spoken = sa.text("message_id IS NOT NULL")
    op.create_index(
        "ix_question_answer_message", "question_answer", ["message_id"], sqlite_where=spoken,
        postgresql_where=spoken,
    )  # fmt: skip
