"""Campaigns, their recipients, templates; messages and media that belong to a campaign."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

_OPEN = "state IN ('pending', 'deferred')"
_STANDING = "state = 'written' AND recalled_at IS NULL"


def _big(name: str, *, null: bool = False, default: str | None = None) -> Any:
    return sa.Column(name, sa.BigInteger(), nullable=null, server_default=default)


def _text(name: str, default: str = "") -> Any:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _flag(name: str) -> Any:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text("0"))


def _json(name: str, *, null: bool = False, default: str | None = None) -> Any:
    return sa.Column(name, sa.JSON(), nullable=null, server_default=default)


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


def _named_by_client() -> Any:
    return sa.Column("client_id", sa.String(64), nullable=False, unique=True)


def _index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=sa.text(where),
                    postgresql_where=sa.text(where))  # fmt: skip


def upgrade() -> None:
    """Synced tables change, so every replica starts anew."""
    _make_tables()
    _grow_old_tables()
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        mint_epoch(connection)


def _make_tables() -> None:
    _synced("template", _big("shop_id"), _named_by_client(), _text("scenario"), _text("title"),
            _text("body"), _json("fields", default="{}"), _json("media", default="[]"),
            _text("layout"), _big("at"), refs={"shop_id": "shop"})  # fmt: skip
    _synced(
        "campaign", _big("shop_id"), _named_by_client(), _text("kind", "campaign"),
        _big("parent_id", null=True), _text("title"), _json("content"), _json("rule", null=True),
        _json("weekly", null=True), _big("due_at", null=True), _big("priority", default="5"),
        _flag("defer"), _text("state", "draft"), _big("next_at", null=True),
        _big("frozen_at", null=True), _text("frozen_hash"), _big("started_at", null=True),
        _big("finished_at", null=True), _big("recalled_at", null=True),
        _json("counts", default="{}"), _json("beside", default="[]"),
        _big("created_by", null=True), _big("at"),
        refs={"shop_id": "shop", "parent_id": "campaign", "created_by": "staff"},
    )  # fmt: skip
    op.create_index("ix_campaign_parent_id", "campaign", ["parent_id"])
    _index("ix_campaign_next", "campaign", ["next_at"], "next_at IS NOT NULL")
    _index("ix_campaign_occurrence", "campaign", ["parent_id", "due_at"], "kind = 'occurrence'",
           unique=True)  # fmt: skip
    _synced(
        "recipient", _big("campaign_id"), _big("member_id"), _text("state", "pending"),
        _text("reason"), _text("variant"), _big("until", null=True),
        _big("written_at", null=True), _flag("counted"), _big("message_id", null=True),
        _big("read_at", null=True), _big("replied_at", null=True),
        _big("recalled_at", null=True), _big("at"),
        sa.UniqueConstraint("campaign_id", "member_id"),
        refs={"campaign_id": "campaign", "member_id": "member"},
    )  # fmt: skip
    _index("ix_recipient_open", "recipient", ["campaign_id", "id"], _OPEN)
    _index("ix_recipient_standing", "recipient", ["campaign_id", "id"], _STANDING)
    _index("ix_recipient_counted", "recipient", ["member_id", "written_at"], "counted")


def _grow_old_tables() -> None:
    for column in ("campaign_id", "addressee_id"):
        op.add_column("message", _big(column, null=True))
    ours = "campaign_id IS NOT NULL"
    _index("ix_message_campaign", "message", ["campaign_id", "addressee_id"], ours, unique=True)
    _index("ix_message_campaign_seq", "message", ["conversation_id", "seq"], ours)
    op.add_column("media", _big("campaign_id", null=True))
