"""The replica's schema: a copy of the synced tables plus what only a console keeps.

No transactions here.  Columns come from ``store.row_codec``; foreign keys and unique
constraints are left out on purpose, since rows arrive in the order of their revisions and
two of them may hold the same value for a moment.
"""

from __future__ import annotations

from console.store import message_index, replica_kept_schema
from console.store.row_codec import RowCodec
from console.wire import rows as wire_rows

REPLICA_VERSION = 20
"""Kept in ``user_version``; another number means: fetch a new copy, there is no migration."""

OWN_TABLES = (
    # One row: whose copy this is, and the commit up to which it was proved and applied.
    """CREATE TABLE mark (id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL,
       mark_rev INTEGER NOT NULL, mark TEXT NOT NULL, applied_rev INTEGER NOT NULL,
       reader_id INTEGER NOT NULL)""",
    """CREATE TABLE scope_state (scope TEXT PRIMARY KEY, cursor INTEGER NOT NULL,
       head INTEGER NOT NULL, after TEXT NOT NULL, complete INTEGER NOT NULL) WITHOUT ROWID""",
    # Ids deleted while their scope's snapshot is still on its way.
    """CREATE TABLE gone (table_name TEXT NOT NULL, row_id INTEGER NOT NULL,
       rev INTEGER NOT NULL, scope TEXT NOT NULL,
       PRIMARY KEY (table_name, row_id)) WITHOUT ROWID""",
    # Conversations with unread messages of members, kept in step within each transaction.
    """CREATE TABLE unread (conversation_id INTEGER PRIMARY KEY, amount INTEGER NOT NULL)""",
    # What a member is found by, folded; see ``store.search``.
    """CREATE TABLE member_key (member_id INTEGER PRIMARY KEY, folded TEXT NOT NULL)""",
    # How far this console has read before the relay confirms it.
    """CREATE TABLE read_here (conversation_id INTEGER PRIMARY KEY, seq INTEGER NOT NULL)""",
    """CREATE TABLE media_file (media_id INTEGER NOT NULL, side INTEGER NOT NULL,
       size INTEGER NOT NULL, used_at INTEGER NOT NULL,
       PRIMARY KEY (media_id, side)) WITHOUT ROWID""",
    # Media whose cached files must go; emptied only after the files are gone.
    """CREATE TABLE media_trash (media_id INTEGER PRIMARY KEY)""",
)

INDEXES = (
    "CREATE INDEX member_tag_member ON member_tag (member_id)",
    "CREATE INDEX member_tag_tag ON member_tag (tag, member_id)",
    "CREATE INDEX member_merged ON member (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE INDEX consent_member ON consent (member_id, at)",
    "CREATE INDEX member_merge_keep ON member_merge (keep_id)",
    "CREATE INDEX conversation_latest ON conversation (last_message_at DESC, id DESC)",
    # With all that a list of the queue asks: its rows are not looked up one by one.
    """CREATE INDEX conversation_waiting ON conversation (waiting_since, id, snoozed_until)
       WHERE waiting_since IS NOT NULL""",
    "CREATE INDEX conversation_member ON conversation (member_id)",
    "CREATE INDEX participant_conversation ON participant (conversation_id, staff_id, read_seq)",
    "CREATE INDEX message_seq ON message (conversation_id, seq)",
    "CREATE INDEX message_client ON message (client_id)",
    """CREATE INDEX conversation_snoozed ON conversation (snoozed_until)
       WHERE snoozed_until IS NOT NULL""",
    """CREATE INDEX conversation_woken ON conversation (woken_at) WHERE woken_at IS NOT NULL""",
    """CREATE INDEX conversation_mine ON conversation (assignee_id, last_message_at, id)
       WHERE status = 'open'""",
    """CREATE INDEX conversation_group ON conversation (last_message_at, id)
       WHERE kind = 'group'""",
    "CREATE INDEX note_conversation ON note (conversation_id, after_seq)",
    "CREATE INDEX scheduled_conversation ON scheduled (conversation_id, due_at)",
    """CREATE INDEX wait_asked ON wait (asked_at, ended_at, outcome, staff_id, conversation_id)
       WHERE in_hours AND outcome <> 'void'""",
    "CREATE INDEX draft_conversation ON draft (conversation_id)",
    "CREATE INDEX variant_product ON variant (product_id)",
    "CREATE INDEX variant_barcode ON variant (barcode)",
    "CREATE INDEX stock_movement_variant ON stock_movement (variant_id, id)",
    "CREATE INDEX visit_member ON visit (member_id, at)",
    "CREATE INDEX purchase_member ON purchase (member_id, at, product_id, quantity, amount)",
    "CREATE INDEX purchase_product ON purchase (product_id, at, member_id, quantity, amount)",
    "CREATE INDEX enquiry_member ON enquiry (member_id, at, product_id)",
    "CREATE INDEX enquiry_product ON enquiry (product_id, at, member_id)",
    "CREATE INDEX hold_member ON hold (member_id, at)",
    "CREATE INDEX waitlist_member ON waitlist (member_id)",
    """CREATE INDEX waitlist_variant ON waitlist (variant_id, id)
       WHERE state IN ('waiting', 'offered')""",
    "CREATE INDEX fitting_time ON fitting (starts_at)",
    "CREATE INDEX fitting_member ON fitting (member_id, starts_at)",
    "CREATE INDEX recipient_campaign ON recipient (campaign_id, state, reason)",
    # Who read in a time, and the newest read, without looking at the rows.
    """CREATE INDEX recipient_read ON recipient (read_at, member_id, counted)
       WHERE read_at IS NOT NULL""",
    # An audience with what became of each, without looking at the rows.
    """CREATE INDEX recipient_audience ON recipient
       (campaign_id, written_at, read_at, replied_at, member_id, variant)""",
    # All that decides who is reachable, has come or is held out: a tenth of the rows themselves.
    """CREATE INDEX member_known ON member
       (id, shop_id, state, joined_at, last_seen_at, blocked, marketing, bucket)""",
    "CREATE INDEX visit_at ON visit (at, member_id)",
    "CREATE INDEX purchase_at ON purchase (at, member_id)",
    "CREATE INDEX hold_at ON hold (at, member_id)",
    "CREATE INDEX consent_refused ON consent (at, member_id, purpose) WHERE NOT granted",
    "CREATE INDEX campaign_tally_campaign ON campaign_tally (campaign_id)",
    "CREATE INDEX readership_span ON readership (span)",
    "CREATE INDEX offer_campaign ON offer (campaign_id)",
    "CREATE INDEX coupon_member ON coupon (member_id, issued_at)",
    "CREATE INDEX coupon_code ON coupon (code)",
    "CREATE INDEX coupon_offer ON coupon (offer_id)",
    "CREATE INDEX recipient_member ON recipient (member_id, written_at)",
    "CREATE INDEX question_answer_campaign ON question_answer (campaign_id, member_id)",
    "CREATE INDEX question_answer_member ON question_answer (member_id)",
)


CODECS: dict[str, RowCodec] = {
    name: RowCodec(name, struct) for name, struct in wire_rows.TABLES.items()
}
"""One codec per synced table, parents before children."""


def schema() -> list[str]:
    """Every statement that makes an empty replica."""
    return [*(codec.create for codec in CODECS.values()), *OWN_TABLES, *INDEXES,
            *replica_kept_schema.SCHEMA, *message_index.SCHEMA,
            f"PRAGMA user_version = {REPLICA_VERSION}"]  # fmt: skip


def scope_filter(scope: str, table: str) -> tuple[str, tuple[int, ...]]:
    """SQL condition and parameters that pick the rows of ``scope`` in one of its tables."""
    kind, _, key = scope.partition("/")
    if (kind, table) == ("shop", "quick_reply"):
        return "staff_id IS NULL", ()
    column = {"chats": "shop_id", "drafts": "staff_id"}.get(kind)
    return (f"{column} = ?", (int(key),)) if column and key else ("1 = 1", ())
