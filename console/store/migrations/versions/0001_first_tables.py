"""Every table of the relay as the first release had it.

Written out and never changed again: later shapes are later revisions.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def _id() -> Any:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True, autoincrement=False)


def _text(name: str, default: str = "") -> Any:
    return sa.Column(name, sa.Text(), server_default=default, nullable=False)


def _int(name: str, default: int) -> Any:
    return sa.Column(name, sa.BigInteger(), server_default=str(default), nullable=False)


def _big(name: str, *, null: bool = False) -> Any:
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _flag(name: str, default: int) -> Any:
    return sa.Column(name, sa.Boolean(), server_default=sa.text(str(default)), nullable=False)


def _ref(name: str, target: str) -> Any:
    return sa.ForeignKeyConstraint([name], [f"{target}.id"])


INDEXES = (
    "ix_grant_rev grant rev",
    "ix_setting_rev setting rev",
    "ix_shop_rev shop rev",
    "ix_tombstone_scope_rev tombstone scope rev",
    "ix_member_phone member phone",
    "ix_member_rev member rev",
    "ix_product_rev product rev",
    "ix_staff_rev staff rev",
    "ix_consent_member_id consent member_id",
    "ix_consent_rev consent rev",
    "ix_conversation_latest conversation shop_id last_message_at",
    "ix_conversation_rev conversation rev",
    "ix_member_tag_rev member_tag rev",
    "ix_variant_product_id variant product_id",
    "ix_variant_rev variant rev",
    "ix_visit_member_id visit member_id",
    "ix_visit_rev visit rev",
    "ix_draft_rev draft rev",
    "ix_enquiry_member_id enquiry member_id",
    "ix_enquiry_rev enquiry rev",
    "ix_hold_member_id hold member_id",
    "ix_hold_rev hold rev",
    "ix_hold_variant_id hold variant_id",
    "ix_media_sha256 media sha256",
    "ix_message_conversation_rev message conversation_id rev",
    "ix_message_rev message rev",
    "ix_participant_conversation_rev participant conversation_id rev",
    "ix_participant_rev participant rev",
    "ix_purchase_member_id purchase member_id",
    "ix_purchase_rev purchase rev",
)
"""Name, table and columns of every plain index."""


def upgrade() -> None:
    """Make the tables, parents before children, then their indexes."""
    _create_tables()
    for line in INDEXES:
        name, table, *columns = line.split()
        op.create_index(name, table, columns)
    op.create_index("ix_conversation_member", "conversation", ["member_id"], unique=True)
    op.create_index("ix_message_seq", "message", ["conversation_id", "seq"], unique=True)
    waiting = sa.text("waiting_since IS NOT NULL")
    op.create_index(
        "ix_conversation_waiting",
        "conversation",
        ["shop_id", "waiting_since"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _create_tables() -> None:
    # fmt: off
    op.create_table(
        "audit",
        _id(), _big("at"), _text("actor"), _text("what"), _int("subject_id", 0), _text("detail"),
        _text("previous"), _text("hash"),
    )
    op.create_table(
        "command",
        _big("device_id"), _big("n"), sa.Column("digest", sa.LargeBinary(), nullable=False),
        _int("rev", 0), sa.Column("answer", sa.LargeBinary(), nullable=False), _big("at"),
        sa.PrimaryKeyConstraint("device_id", "n"),
    )
    op.create_table(
        "commit_log",
        _big("rev"), _text("mark"), _big("at"), sa.PrimaryKeyConstraint("rev"),
    )
    op.create_table(
        "grant",
        _id(), _big("rev"), _text("reader_kind"), _int("reader_id", 0), _text("scope"),
        _big("revoked_at", null=True), sa.UniqueConstraint("reader_kind", "reader_id", "scope"),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False), _int("head", 0), _text("mark"),
        _text("epoch"), _int("horizon", 0),
    )
    op.create_table(
        "sequence",
        sa.Column("name", sa.Text(), nullable=False), _int("next", 1),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "setting",
        _id(), _big("rev"), sa.Column("key", sa.Text(), nullable=False), sa.Column("value",
        sa.JSON(), nullable=True), _flag("public", 0), sa.UniqueConstraint("key"),
    )
    op.create_table(
        "shop",
        _id(), _big("rev"), _text("name"), _text("timezone", "Asia/Shanghai"), _int("opens", 600),
        _int("closes", 1290), _text("greeting"),
    )
    op.create_table(
        "tombstone",
        _id(), _int("rev", 0), _text("scope"), _text("table_name"), _int("row_id", 0), _big("at"),
    )
    op.create_table(
        "upload",
        _id(), sa.Column("client_id", sa.String(length=64), nullable=False), _text("owner_kind"),
        _int("owner_id", 0), _int("size", 0), _text("mime"), _text("sha256"), _big("created_at"),
        sa.UniqueConstraint("client_id"),
    )
    op.create_table(
        "member",
        _id(), _big("rev"), _big("shop_id"), _text("name"), _text("pinyin"), _text("initials"),
        _text("phone"), _text("gender"), _text("tier", "basic"), _int("points", 0),
        _text("birthday"), _flag("birthday_lunar", 0), sa.Column("sizes", sa.JSON(),
        server_default="{}", nullable=False), _flag("marketing", 0), _int("weekly_cap", 3),
        _int("bucket", 0), _text("state", "known"), _big("merged_into", null=True),
        _flag("blocked", 0), _big("joined_at", null=True), _big("last_seen_at", null=True),
        _big("last_visit_at", null=True), _big("created_at", null=True), _ref("merged_into",
        "member"), _ref("shop_id", "shop"),
    )
    op.create_table(
        "product",
        _id(), _big("rev"), _big("shop_id"), sa.Column("sku", sa.Text(), nullable=False),
        _text("name"), _text("name_en"), _text("category"), _text("gender"), _int("price", 0),
        _big("promo_price", null=True), _text("picture"), sa.Column("style_tags", sa.JSON(),
        server_default="[]", nullable=False), _ref("shop_id", "shop"), sa.UniqueConstraint("sku"),
    )
    op.create_table(
        "staff",
        _id(), _big("rev"), _big("shop_id"), _text("name"), _text("role", "clerk"),
        _flag("active", 1), _ref("shop_id", "shop"),
    )
    op.create_table(
        "account",
        _big("staff_id"), _text("secret_hash"), _int("failures", 0), _big("locked_until",
        null=True), _ref("staff_id", "staff"), sa.PrimaryKeyConstraint("staff_id"),
    )
    op.create_table(
        "consent",
        _id(), _big("rev"), _big("member_id"), _text("purpose"), _flag("granted", 0),
        _text("text_hash"), _text("channel", "page"), _text("actor"), _big("at"),
        _ref("member_id", "member"),
    )
    op.create_table(
        "conversation",
        _id(), _big("rev"), _big("shop_id"), _text("kind", "direct"), _text("title"),
        _big("member_id", null=True), _text("status", "open"), _big("assignee_id", null=True),
        _int("last_seq", 0), _big("last_message_at", null=True), _big("waiting_since", null=True),
        _text("preview_kind"), _text("preview_text"), _text("preview_sender"), _ref("assignee_id",
        "staff"), _ref("member_id", "member"), _ref("shop_id", "shop"),
    )
    op.create_table(
        "device",
        _id(), _text("kind"), _big("staff_id", null=True), _big("member_id", null=True),
        _text("name"), sa.Column("token_hash", sa.String(length=64), nullable=False),
        _int("confirmed", 0), _big("created_at"), _big("revoked_at", null=True), _ref("member_id",
        "member"), _ref("staff_id", "staff"), sa.UniqueConstraint("token_hash"),
    )
    op.create_table(
        "invite",
        _id(), sa.Column("token_hash", sa.String(length=64), nullable=False), _big("member_id"),
        _big("expires_at"), _big("used_at", null=True), _ref("member_id", "member"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_table(
        "member_tag",
        _id(), _big("rev"), _big("member_id"), _text("tag"), _ref("member_id", "member"),
        sa.UniqueConstraint("member_id", "tag"),
    )
    op.create_table(
        "pair_code",
        _id(), sa.Column("code_hash", sa.String(length=64), nullable=False), _big("staff_id"),
        _big("expires_at"), _big("used_at", null=True), _ref("staff_id", "staff"),
        sa.UniqueConstraint("code_hash"),
    )
    op.create_table(
        "variant",
        _id(), _big("rev"), _big("shop_id"), _big("product_id"), _text("colour"),
        _text("colour_en"), _text("colour_hex"), _text("size"), _text("barcode"), _int("stock",
        0), _int("held", 0), _text("shelf"), _text("picture"), _ref("product_id", "product"),
        _ref("shop_id", "shop"),
    )
    op.create_table(
        "visit",
        _id(), _big("rev"), _big("shop_id"), _big("member_id"), _big("at"), _text("source",
        "counter"), _ref("member_id", "member"), _ref("shop_id", "shop"),
    )
    op.create_table(
        "draft",
        _id(), _big("rev"), _big("staff_id"), _big("conversation_id"), _text("body"),
        _text("beside"), _big("updated_at"), _ref("conversation_id", "conversation"),
        _ref("staff_id", "staff"), sa.UniqueConstraint("staff_id", "conversation_id"),
    )
    op.create_table(
        "enquiry",
        _id(), _big("rev"), _big("shop_id"), _big("member_id"), _big("product_id"),
        _big("variant_id", null=True), _big("message_id", null=True), _text("source", "clerk"),
        _big("at"), _ref("member_id", "member"), _ref("product_id", "product"), _ref("shop_id",
        "shop"), _ref("variant_id", "variant"),
    )
    op.create_table(
        "hold",
        _id(), _big("rev"), _big("shop_id"),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        _big("member_id"), _big("variant_id"), _text("title"), _text("title_en"),
        _int("quantity", 1), _text("state", "asked"), _big("expires_at", null=True), _big("at"),
        _ref("member_id", "member"), _ref("shop_id", "shop"), _ref("variant_id", "variant"),
        sa.UniqueConstraint("client_id"),
    )
    op.create_table(
        "media",
        _id(), sa.Column("client_id", sa.String(length=64), nullable=False), _text("owner_kind"),
        _int("owner_id", 0), _big("conversation_id", null=True), sa.Column("sha256",
        sa.String(length=64), nullable=False), _text("mime"), _int("width", 0), _int("height", 0),
        _int("size", 0), _text("blurhash"), _big("created_at"), _big("erased_at", null=True),
        _ref("conversation_id", "conversation"), sa.UniqueConstraint("client_id"),
    )
    op.create_table(
        "message",
        _id(), _big("rev"), _big("shop_id"), _big("conversation_id"), _int("seq", 0),
        sa.Column("client_id", sa.String(length=64), nullable=False), _text("sender_kind"),
        _big("sender_id", null=True), _text("kind", "text"), _text("body"), sa.Column("media",
        sa.JSON(), server_default="[]", nullable=False), _big("reply_to", null=True),
        _big("sent_at"), _big("recalled_at", null=True), _ref("conversation_id", "conversation"),
        _ref("shop_id", "shop"), sa.UniqueConstraint("client_id"),
    )
    op.create_table(
        "participant",
        _id(), _big("rev"), _big("shop_id"), _big("conversation_id"), _big("member_id",
        null=True), _big("staff_id", null=True), _int("delivered_seq", 0), _int("read_seq", 0),
        _big("read_at", null=True), _ref("conversation_id", "conversation"), _ref("member_id",
        "member"), _ref("shop_id", "shop"), _ref("staff_id", "staff"),
        sa.UniqueConstraint("conversation_id", "member_id"),
        sa.UniqueConstraint("conversation_id", "staff_id"),
    )
    op.create_table(
        "purchase",
        _id(), _big("rev"), _big("shop_id"), _big("member_id"), _big("variant_id", null=True),
        _big("product_id", null=True), _int("quantity", 1), _int("amount", 0), _big("at"),
        _ref("member_id", "member"), _ref("product_id", "product"), _ref("shop_id", "shop"),
        _ref("variant_id", "variant"),
    )
    # fmt: on
