"""Notes, messages sent later, quick replies, snoozing, cards, voice, merges of members."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from console.store.unit_of_work import mint_epoch

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def _big(name: str, *, null: bool = False, default: str | None = None) -> Any:
    return sa.Column(name, sa.BigInteger(), nullable=null, server_default=default)


def _text(name: str, default: str = "") -> Any:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _flag(name: str) -> Any:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text("0"))


def _json(name: str, *, null: bool = False) -> Any:
    return sa.Column(name, sa.JSON(), nullable=null, server_default=None if null else "[]")


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


def upgrade() -> None:
    """Synced tables change, so every replica starts anew."""
    _grow_old_tables()
    _make_new_tables()
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT count(*) FROM revision")).scalar_one():
        mint_epoch(connection)


def _grow_old_tables() -> None:
    op.add_column("member", _text("remark"))
    for column in ("snoozed_until", "snoozed_by", "woken_at", "auto_replied_at"):
        op.add_column("conversation", _big(column, null=True))
    _partial_index("ix_conversation_snoozed", "conversation", "snoozed_until",
                   "snoozed_until IS NOT NULL")  # fmt: skip
    op.add_column("message", _text("layout"))
    op.add_column("message", _json("card", null=True))
    op.add_column("message", _flag("automatic"))
    op.add_column("media", _big("duration_ms", default="0"))
    op.add_column("media", _text("waveform"))
    op.add_column("media", _flag("internal"))


def _partial_index(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where),
                    postgresql_where=sa.text(where))  # fmt: skip


def _make_new_tables() -> None:
    shop, staff, thread = {"shop_id": "shop"}, {"staff_id": "staff"}, {
        "conversation_id": "conversation"}  # fmt: skip
    _synced("member_merge", _big("keep_id"), _big("gone_id"), _text("gone_name"),
            _big("staff_id"), _big("at"), _big("undone_at", null=True),
            refs={"keep_id": "member", "gone_id": "member", **staff})  # fmt: skip
    op.create_index("ix_member_merge_keep_id", "member_merge", ["keep_id"])
    op.create_table(
        "merge_journal", _big("merge_id"), sa.Column("moved", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("merge_id"),
        sa.ForeignKeyConstraint(["merge_id"], ["member_merge.id"]),
    )  # fmt: skip
    _synced("note", _big("shop_id"), _big("conversation_id"), _named_by_client(),
            _big("staff_id"), _big("after_seq", default="0"), _text("body"), _big("at"),
            refs={**shop, **thread, **staff})  # fmt: skip
    op.create_index("ix_note_conversation_id", "note", ["conversation_id"])
    _synced("scheduled", _big("shop_id"), _big("conversation_id"), _named_by_client(),
            _big("staff_id"), _text("body"), _json("media"), _text("layout"),
            _json("card", null=True), _big("reply_to", null=True), _big("due_at"),
            _text("state", "waiting"), _text("code"), _big("message_id", null=True), _big("at"),
            refs={**shop, **thread, **staff})  # fmt: skip
    op.create_index("ix_scheduled_conversation_id", "scheduled", ["conversation_id"])
    _partial_index("ix_scheduled_due", "scheduled", "due_at", "state = 'waiting'")
    _synced("quick_reply", _big("shop_id"), _named_by_client(), _big("staff_id", null=True),
            _text("title"), _text("shortcut"), _text("body"), _json("media"),
            _big("uses", default="0"), _big("used_at", null=True), _big("at"),
            refs={**shop, **staff})  # fmt: skip
