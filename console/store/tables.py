"""All tables, once, for relay and replica.

No queries here.  The relay creates every table and enforces foreign keys; a replica
creates only ``SYNCED`` tables (plus its own in ``store.replica_tables``) and does not
enforce them, since a child's revision may precede its parent's.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

from console.store.utc_datetime import UtcDateTime

metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True,
                  autoincrement=False)  # fmt: skip


def _synced(name: str, *columns: Any) -> Table:
    """A synced table: integer ``id`` given by the relay, and ``rev`` of the last change."""
    rev = Column("rev", BigInteger, nullable=False, index=True)
    return Table(name, metadata, _id(), rev, *columns)


def _ref(name: str, target: str, *, null: bool = False, **kw: Any) -> Column[int]:
    return Column(name, BigInteger, ForeignKey(f"{target}.id"), nullable=null, **kw)


def _text(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _int(name: str, default: int = 0) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default=str(default))


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=text("0"))


def _where(condition: str) -> dict[str, Any]:
    """What makes an index a partial one."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def _when(name: str, *, null: bool = True) -> Column[datetime]:
    return Column(name, UtcDateTime, nullable=null)


shop = _synced("shop", _text("name"), _text("timezone", "Asia/Shanghai"), _int("opens", 600),
               _int("closes", 1290), _text("greeting"))  # fmt: skip
setting = _synced("setting", Column("key", Text, nullable=False, unique=True),
                  Column("value", JSON), _flag("public"))  # fmt: skip
staff = _synced("staff", _ref("shop_id", "shop"), _text("name"), _text("role", "clerk"),
                Column("active", Boolean, nullable=False, server_default=text("1")))  # fmt: skip

member = _synced(
    "member",
    _ref("shop_id", "shop"),
    _text("name"), _text("pinyin"), _text("initials"), _text("phone"), _text("gender"),
    _text("tier", "basic"), _int("points"), _text("birthday"), _flag("birthday_lunar"),
    Column("sizes", JSON, nullable=False, server_default="{}"),
    _flag("marketing"), _int("weekly_cap", 3), _int("bucket"), _text("state", "known"),
    _ref("merged_into", "member", null=True), _flag("blocked"), _text("remark"),
    _when("joined_at"), _when("last_seen_at"), _when("last_visit_at"), _when("created_at"),
    Index("ix_member_phone", "phone"),
    Index("ix_member_merged_into", "merged_into", **_where("merged_into IS NOT NULL")),
)  # fmt: skip
member_tag = _synced("member_tag", _ref("member_id", "member"), _text("tag"),
                     UniqueConstraint("member_id", "tag"),
                     Index("ix_member_tag_tag", "tag", "member_id"))  # fmt: skip
consent = _synced("consent", _ref("member_id", "member", index=True), _text("purpose"),
                  _flag("granted"), _text("text_hash"), _text("channel", "page"), _text("actor"),
                  _when("at", null=False))  # fmt: skip

member_merge = _synced(
    "member_merge",
    _ref("keep_id", "member", index=True), _ref("gone_id", "member"), _text("gone_name"),
    _ref("staff_id", "staff"), _when("at", null=False), _when("undone_at"),
)  # fmt: skip

conversation = _synced(
    "conversation",
    _ref("shop_id", "shop"), _text("kind", "direct"), _text("title"),
    _ref("member_id", "member", null=True), _text("status", "open"),
    _ref("assignee_id", "staff", null=True), _int("last_seq"), _when("last_message_at"),
    _when("waiting_since"), _when("snoozed_until"), Column("snoozed_by", BigInteger),
    _when("woken_at"), _when("auto_replied_at"), _text("preview_kind"), _text("preview_text"),
    _text("preview_sender"),
    Index("ix_conversation_member", "member_id", unique=True),
    Index("ix_conversation_latest", "shop_id", "last_message_at"),
    Index("ix_conversation_waiting", "shop_id", "waiting_since",
          **_where("waiting_since IS NOT NULL")),
    Index("ix_conversation_snoozed", "snoozed_until", **_where("snoozed_until IS NOT NULL")),
)  # fmt: skip
participant = _synced(
    "participant",
    _ref("shop_id", "shop"), _ref("conversation_id", "conversation"),
    _ref("member_id", "member", null=True), _ref("staff_id", "staff", null=True),
    _int("delivered_seq"), _int("read_seq"), _when("read_at"),
    UniqueConstraint("conversation_id", "member_id"),
    UniqueConstraint("conversation_id", "staff_id"),
    Index("ix_participant_conversation_rev", "conversation_id", "rev"),
)  # fmt: skip
message = _synced(
    "message",
    _ref("shop_id", "shop"), _ref("conversation_id", "conversation"), _int("seq"),
    Column("client_id", String(64), nullable=False, unique=True),
    _text("sender_kind"), Column("sender_id", BigInteger), _text("kind", "text"), _text("body"),
    Column("media", JSON, nullable=False, server_default="[]"),
    _text("layout"), Column("card", JSON(none_as_null=True)),
    Column("question", JSON(none_as_null=True)), Column("reply_to", BigInteger),
    Column("reply_media", BigInteger),
    _flag("automatic"), Column("campaign_id", BigInteger), Column("addressee_id", BigInteger),
    Column("offer", JSON(none_as_null=True)), _when("sent_at", null=False), _when("recalled_at"),
    Index("ix_message_seq", "conversation_id", "seq", unique=True),
    Index("ix_message_conversation_rev", "conversation_id", "rev"),
    Index("ix_message_campaign", "campaign_id", "addressee_id", unique=True,
          **_where("campaign_id IS NOT NULL")),
    Index("ix_message_campaign_seq", "conversation_id", "seq", **_where("campaign_id IS NOT NULL")),
)  # fmt: skip
note = _synced(
    "note",
    _ref("shop_id", "shop"), _ref("conversation_id", "conversation", index=True),
    Column("client_id", String(64), nullable=False, unique=True), _ref("staff_id", "staff"),
    _int("after_seq"), _text("body"), _when("at", null=False),
)  # fmt: skip
scheduled = _synced(
    "scheduled",
    _ref("shop_id", "shop"), _ref("conversation_id", "conversation", index=True),
    Column("client_id", String(64), nullable=False, unique=True), _ref("staff_id", "staff"),
    _text("body"), Column("media", JSON, nullable=False, server_default="[]"), _text("layout"),
    Column("card", JSON(none_as_null=True)), Column("reply_to", BigInteger),
    _when("due_at", null=False), _text("state", "waiting"), _text("code"),
    Column("message_id", BigInteger), _when("at", null=False),
    Index("ix_scheduled_due", "due_at", **_where("state = 'waiting'")),
)  # fmt: skip
wait = _synced(
    "wait",
    _ref("shop_id", "shop"), _ref("conversation_id", "conversation", null=True),
    _when("asked_at", null=False), _flag("in_hours"), _when("ended_at"),
    _ref("staff_id", "staff", null=True), _text("outcome"),
    Index("ix_wait_asked", "asked_at"),
    Index("ix_wait_conversation", "conversation_id", "asked_at"),
    Index("ix_wait_open", "conversation_id", **_where("ended_at IS NULL")),
)  # fmt: skip
quick_reply = _synced(
    "quick_reply",
    _ref("shop_id", "shop"), Column("client_id", String(64), nullable=False, unique=True),
    _ref("staff_id", "staff", null=True), _text("title"), _text("shortcut"), _text("body"),
    Column("media", JSON, nullable=False, server_default="[]"), _int("uses"), _when("used_at"),
    _when("at", null=False),
)  # fmt: skip
draft = _synced("draft", _ref("staff_id", "staff"), _ref("conversation_id", "conversation"),
                _text("body"), _text("beside"), _when("updated_at", null=False),
                UniqueConstraint("staff_id", "conversation_id"))  # fmt: skip

product = _synced(
    "product",
    _ref("shop_id", "shop"), Column("sku", Text, nullable=False, unique=True), _text("name"),
    _text("name_en"), _text("category"), _text("gender"), _int("price"),
    Column("promo_price", BigInteger), _text("picture"),
    Column("style_tags", JSON, nullable=False, server_default="[]"),
)  # fmt: skip
variant = _synced(
    "variant",
    _ref("shop_id", "shop"), _ref("product_id", "product", index=True), _text("colour"),
    _text("colour_en"), _text("colour_hex"), _text("size"), _text("barcode"), _int("stock"),
    _int("held"), _text("shelf"), _text("picture"),
    Index("ix_variant_barcode", "barcode"),
)  # fmt: skip
stock_movement = _synced(
    "stock_movement",
    _ref("shop_id", "shop"), _ref("variant_id", "variant"), _int("delta"), _int("balance"),
    _int("short"), _text("reason"), _text("note"), _ref("staff_id", "staff", null=True),
    _when("at", null=False),
    Index("ix_stock_movement_variant", "variant_id", "id"),
)  # fmt: skip
visit = _synced("visit", _ref("shop_id", "shop"), _ref("member_id", "member"),
                _when("at", null=False), _text("source", "counter"),
                Column("client_id", String(64)),
                Index("ix_visit_member", "member_id", "at"),
                Index("ix_visit_client_id", "client_id", unique=True,
                      **_where("client_id IS NOT NULL")))  # fmt: skip
purchase = _synced(
    "purchase",
    _ref("shop_id", "shop"), _ref("member_id", "member"),
    _ref("variant_id", "variant", null=True), _ref("product_id", "product", null=True),
    _int("quantity", 1), _int("amount"), _when("at", null=False),
    # With all that segments ask: a shop's purchases are added up without reading their rows.
    Index("ix_purchase_member", "member_id", "at", "product_id", "quantity", "amount"),
    Index("ix_purchase_product", "product_id", "at", "member_id", "quantity", "amount"),
)  # fmt: skip
enquiry = _synced(
    "enquiry",
    _ref("shop_id", "shop"), _ref("member_id", "member"),
    _ref("product_id", "product"), _ref("variant_id", "variant", null=True),
    Column("message_id", BigInteger), Column("media_id", BigInteger), _text("colour"),
    _text("source", "clerk"), _when("at", null=False),
    Index("ix_enquiry_member", "member_id", "at", "product_id"),
    Index("ix_enquiry_product", "product_id", "at", "member_id"),
)  # fmt: skip
hold = _synced(
    "hold",
    _ref("shop_id", "shop"), Column("client_id", String(64), nullable=False, unique=True),
    _ref("member_id", "member", index=True), _ref("variant_id", "variant", index=True),
    _text("title"), _text("title_en"), _int("quantity", 1), _text("state", "asked"),
    _when("expires_at"), _when("notify_at"), _when("at", null=False),
    Index("ix_hold_due", "expires_at", **_where("state = 'confirmed'")),
    Index("ix_hold_notify", "notify_at", **_where("notify_at IS NOT NULL")),
)  # fmt: skip
_LIVE_ENTRY = "state IN ('waiting', 'offered')"
waitlist = _synced(
    "waitlist",
    _ref("shop_id", "shop"), Column("client_id", String(64), nullable=False, unique=True),
    _ref("member_id", "member", index=True), _ref("variant_id", "variant"),
    _ref("staff_id", "staff", null=True), _text("state", "waiting"), Column("hold_id", BigInteger),
    _when("asked_at", null=False), _when("due_at"), _when("ended_at"),
    Index("ix_waitlist_live", "variant_id", "id", **_where(_LIVE_ENTRY)),
    Index("ix_waitlist_due", "due_at", **_where("due_at IS NOT NULL")),
    Index("ix_waitlist_hold", "hold_id", **_where("hold_id IS NOT NULL")),
)  # fmt: skip
WAITLIST_LIVE: ColumnElement[bool] = literal_column(f"waitlist.{_LIVE_ENTRY}")
fitting_room = _synced(
    "fitting_room",
    _ref("shop_id", "shop"), Column("client_id", String(64), nullable=False, unique=True),
    _text("name"), _int("place"), _when("removed_at"),
)  # fmt: skip
fitting = _synced(
    "fitting",
    _ref("shop_id", "shop"), Column("client_id", String(64), nullable=False, unique=True),
    _ref("member_id", "member"), _ref("room_id", "fitting_room"),
    _when("starts_at", null=False), _when("ends_at", null=False), _text("state", "booked"),
    Column("variants", JSON, nullable=False, server_default="[]"),
    _ref("staff_id", "staff", null=True), _when("remind_at"), _when("at", null=False),
    # Nobody gets a place that is taken: the database says so, whatever the program does.
    Index("ix_fitting_live", "room_id", "starts_at", unique=True,
          **_where("state IN ('booked', 'arrived', 'bought')")),
    Index("ix_fitting_time", "shop_id", "starts_at"),
    Index("ix_fitting_member", "member_id", "starts_at"),
    Index("ix_fitting_remind", "remind_at", **_where("remind_at IS NOT NULL")),
)  # fmt: skip

segment = _synced(
    "segment",
    _ref("shop_id", "shop"), Column("client_id", String(64), nullable=False, unique=True),
    _text("name"), Column("rule", JSON, nullable=False), _ref("created_by", "staff", null=True),
    _when("at", null=False),
)  # fmt: skip
template = _synced(
    "template",
    _ref("shop_id", "shop"), Column("client_id", String(64), nullable=False, unique=True),
    _text("scenario"), _text("title"), _text("body"),
    Column("fields", JSON, nullable=False, server_default="{}"),
    Column("media", JSON, nullable=False, server_default="[]"), _text("layout"),
    _when("at", null=False),
)  # fmt: skip
campaign = _synced(
    "campaign",
    _ref("shop_id", "shop"), Column("client_id", String(64), nullable=False, unique=True),
    _text("kind", "campaign"), _ref("parent_id", "campaign", null=True, index=True),
    _text("title"), Column("content", JSON, nullable=False), Column("rule", JSON),
    Column("weekly", JSON(none_as_null=True)), _when("due_at"), _int("priority", 5),
    _flag("defer"), _text("state", "draft"), _when("next_at"), _when("frozen_at"),
    _text("frozen_hash"), _when("started_at"), _when("finished_at"), _when("recalled_at"),
    Column("counts", JSON, nullable=False, server_default="{}"),
    Column("beside", JSON, nullable=False, server_default="[]"),
    Column("buckets", JSON, nullable=False, server_default="{}"),
    _ref("created_by", "staff", null=True), _when("at", null=False),
    Index("ix_campaign_next", "next_at", **_where("next_at IS NOT NULL")),
    Index("ix_campaign_occurrence", "parent_id", "due_at", unique=True,
          **_where("kind = 'occurrence'")),
)  # fmt: skip
recipient = _synced(
    "recipient",
    _ref("campaign_id", "campaign"), _ref("member_id", "member"), _text("state", "pending"),
    _text("reason"), _text("variant"), _when("until"), _when("written_at"), _flag("counted"),
    Column("message_id", BigInteger), _when("read_at"), _when("replied_at"),
    _when("recalled_at"), _when("at", null=False),
    UniqueConstraint("campaign_id", "member_id"),
    Index("ix_recipient_open", "campaign_id", "id", **_where("state IN ('pending', 'deferred')")),
    Index("ix_recipient_standing", "campaign_id", "id",
          **_where("state = 'written' AND recalled_at IS NULL")),
    Index("ix_recipient_counted", "member_id", "written_at", **_where("counted")),
    # What she read before, without looking at the rows: asked at every read.
    Index("ix_recipient_read", "member_id", "read_at", "written_at",
          **_where("counted AND read_at IS NOT NULL")),
)  # fmt: skip
offer = _synced(
    "offer",
    _ref("shop_id", "shop"), _ref("campaign_id", "campaign", unique=True), _text("title"),
    _int("quantity"), _int("claimed"), _when("ends_at", null=False),
    _when("valid_until", null=False), _when("closed_at"), _when("at", null=False),
    CheckConstraint("claimed >= 0 AND claimed <= quantity", name="ck_offer_claimed"),
)  # fmt: skip
coupon = _synced(
    "coupon",
    _ref("shop_id", "shop"), _ref("member_id", "member"),
    Column("code", String(16), nullable=False, unique=True), _text("title"),
    _text("source", "offer"), _ref("offer_id", "offer", null=True),
    _ref("claimant_id", "member", null=True), _when("issued_at", null=False),
    _when("expires_at", null=False), _when("redeemed_at"),
    _ref("redeemed_by", "staff", null=True), _when("voided_at"),
    # Nobody claims twice: the database says so, whatever the program does.
    UniqueConstraint("offer_id", "claimant_id"),
    Index("ix_coupon_member", "member_id", "offer_id"),
)  # fmt: skip
question_answer = _synced(
    "question_answer",
    _ref("campaign_id", "campaign"), _ref("member_id", "member", index=True),
    Column("choice", BigInteger), _text("text"), Column("message_id", BigInteger), _text("bucket"),
    _when("at", null=False), _flag("revised"),
    UniqueConstraint("campaign_id", "member_id"),
    Index("ix_question_answer_message", "message_id", **_where("message_id IS NOT NULL")),
)  # fmt: skip
campaign_tally = _synced(
    "campaign_tally",
    _ref("campaign_id", "campaign"), _text("variant"), _int("audience"), _int("written"),
    _int("delivered"), _int("read"), _int("replied"), _int("silent"), _int("opted_out"),
    Column("states", JSON, nullable=False, server_default="{}"),
    *(Column(name, JSON, nullable=False, server_default="[]")
      for name in ("read_within", "answered_within", "read_answered_within")),
    UniqueConstraint("campaign_id", "variant"),
)  # fmt: skip
readership = _synced(
    "readership", _ref("shop_id", "shop"), Column("span", String(16), nullable=False),
    _int("readers"), _int("unprompted"), UniqueConstraint("shop_id", "span"),
)  # fmt: skip
# Said as the partial indexes have it: with a bound value, or "= 1", SQLite passes them by.
RECIPIENT_OPEN = recipient.c.state.in_([literal_column("'pending'"), literal_column("'deferred'")])
RECIPIENT_WRITTEN = recipient.c.state == literal_column("'written'")
HOLD_KEPT = hold.c.state == literal_column("'confirmed'")
RECIPIENT_COUNTED: ColumnElement[bool] = literal_column("recipient.counted")

SYNCED: tuple[Table, ...] = (
    shop, setting, staff, member, member_tag, consent, member_merge, conversation, participant,
    message, note, scheduled, wait, draft, quick_reply, product, variant, stock_movement,
    visit, purchase, enquiry, hold, waitlist, fitting_room, fitting, segment, template, campaign,
    recipient, offer, coupon, question_answer, campaign_tally, readership,
)  # fmt: skip
"""Tables that travel, parents before children."""

# --- the relay's own ----------------------------------------------------------------------

revision = Table("revision", metadata, Column("id", Integer, primary_key=True), _int("head"),
                 _text("mark"), _text("epoch"), _int("horizon"))  # fmt: skip
"""One row: the newest commit, its mark, the epoch, and the rev below which tombstones are gone."""
commit_log = Table("commit_log", metadata, Column("rev", BigInteger, primary_key=True),
                   _text("mark"), _when("at", null=False))  # fmt: skip
sequence = Table("sequence", metadata, Column("name", Text, primary_key=True), _int("next", 1))
"""Next id per table, taken in the same transaction (ids are never used twice)."""
tombstone = Table(
    "tombstone", metadata, _id(), _int("rev"), _text("scope"), _text("table_name"), _int("row_id"),
    _when("at", null=False), Index("ix_tombstone_scope_rev", "scope", "rev"),
)  # fmt: skip
grant = Table(
    "grant", metadata, _id(), Column("rev", BigInteger, nullable=False, index=True),
    _text("reader_kind"), _int("reader_id"), _text("scope"), _when("revoked_at"),
    UniqueConstraint("reader_kind", "reader_id", "scope"),
)  # fmt: skip
command = Table(
    "command", metadata,
    Column("device_id", BigInteger, primary_key=True), Column("n", BigInteger, primary_key=True),
    Column("digest", LargeBinary, nullable=False), _int("rev"),
    Column("answer", LargeBinary, nullable=False), _when("at", null=False),
)  # fmt: skip
"""Settled commands: the digest of the bytes and the encoded answer, for retries."""
device = Table(
    "device", metadata, _id(), _text("kind"), _ref("staff_id", "staff", null=True),
    _ref("member_id", "member", null=True), _text("name"),
    Column("token_hash", String(64), nullable=False, unique=True), _int("confirmed"),
    _when("created_at", null=False), _when("revoked_at"), _when("seen_at"),
)  # fmt: skip
account = Table(
    "account", metadata, Column("staff_id", BigInteger, ForeignKey("staff.id"), primary_key=True),
    _text("secret_hash"), _int("failures"), _when("locked_until"),
)  # fmt: skip
"""Secrets of staff, apart from the synced ``staff`` row."""
invite = Table(
    "invite", metadata, _id(), Column("token_hash", String(64), nullable=False, unique=True),
    _ref("member_id", "member"), _when("expires_at", null=False), _when("used_at"),
)  # fmt: skip
pair_code = Table(
    "pair_code", metadata, _id(), Column("code_hash", String(64), nullable=False, unique=True),
    _ref("staff_id", "staff"), _when("expires_at", null=False), _when("used_at"),
)  # fmt: skip
media = Table(
    "media", metadata, _id(), Column("client_id", String(64), nullable=False, unique=True),
    _text("owner_kind"), _int("owner_id"), _ref("conversation_id", "conversation", null=True),
    Column("sha256", String(64), nullable=False, index=True), _text("mime"), _int("width"),
    _int("height"), _int("size"), _text("blurhash"), _int("duration_ms"), _text("waveform"),
    _flag("internal"), Column("campaign_id", BigInteger), _when("created_at", null=False),
    _when("erased_at"),
    Index("ix_media_campaign", "campaign_id", **_where("campaign_id IS NOT NULL")),
)  # fmt: skip
"""A processed upload.  Seen through the message that carries it; alone it grants nothing.

``internal`` ones belong to a quick reply, a template, a campaign or to a message that is not
sent yet: staff only; one of ``campaign_id`` also to whom that campaign's message shows it.
"""
suppression = Table(
    "suppression", metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("mark", String(16), nullable=False, unique=True), _when("at", null=False),
    Column("fact", JSON, nullable=False),
)  # fmt: skip
"""What no backup may bring back, in the order of its commits; see ``store.suppressions``."""
merge_journal = Table(
    "merge_journal", metadata, Column("merge_id", BigInteger, ForeignKey("member_merge.id"),
                                      primary_key=True), Column("moved", JSON, nullable=False),
)  # fmt: skip
"""What a merge of two members moved and changed, for taking it back."""
upload = Table(
    "upload", metadata, _id(), Column("client_id", String(64), nullable=False, unique=True),
    _text("owner_kind"), _int("owner_id"), _int("size"), _text("mime"), _text("sha256"),
    _when("created_at", null=False),
)  # fmt: skip
audit = Table(
    "audit", metadata, _id(), _when("at", null=False), _text("actor"), _text("what"),
    _int("subject_id"), _text("detail"), _text("previous"), _text("hash"),
)  # fmt: skip
"""Operation log: each line's hash covers the one before."""
