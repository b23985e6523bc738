"""Makes rows of the conversation list, and gathers what a timeline window needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec

from console.desk.beside import Beside, gather
from console.desk.types import ConversationItem, Me, MessageItem
from console.store import overlay, overlay_writing, replica_queries
from console.store.outbox import Entry
from console.store.replica import Connection
from console.store.replica_queries import ConversationFacts, MessageWindow

PREVIEW_CHARS = 80


def conversation_item(
    facts: ConversationFacts, entries: Sequence[Entry], failed: Collection[int]
) -> ConversationItem:
    """One row; the newest queued message is its preview, the newest typed draft its draft.

    ``entries`` leaves out messages whose rows are here already.
    """
    row = facts.row
    draft = overlay.pending_draft(entries, row.id)
    words = facts.draft if draft is None else draft.body
    item = ConversationItem(
        id=row.id, title=facts.member_name or row.title, member_id=row.member_id, tier=facts.tier,
        preview_kind=row.preview_kind, preview_text=row.preview_text,
        preview_sender=row.preview_sender,
        preview_read=row.preview_sender == "staff" and facts.member_read_seq >= row.last_seq,
        last_message_at=row.last_message_at, waiting_since=row.waiting_since, unread=facts.unread,
        has_draft=bool(words), draft_text=words[:PREVIEW_CHARS], failed=row.id in failed,
        kind=row.kind, done=row.status == "done", last_seq=row.last_seq,
        assignee_id=row.assignee_id or 0, snoozed_until=row.snoozed_until, woken_at=row.woken_at,
        member_state=facts.state, blocked=facts.blocked,
    )  # fmt: skip
    pending = overlay.pending_messages(entries, row.id)
    if not pending:
        return item
    newest = pending[-1]
    return msgspec.structs.replace(
        item, preview_kind=overlay_writing.kind_of(newest.command, newest.entry.uploads),
        preview_text=newest.command.body[:PREVIEW_CHARS], preview_sender="staff",
        preview_read=False, preview_queued=True,
        last_message_at=newest.entry.created_at,
    )  # fmt: skip


def conversation_facts(
    db: Connection, ids: Sequence[int], keys: Sequence[str]
) -> tuple[list[ConversationFacts], set[str]]:
    """List rows, and which of the messages ``keys`` are here, in one view of the data."""
    present = replica_queries.present(db, keys) if keys else set()
    return replica_queries.conversations(db, ids), present


class WindowRows(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one timeline window is made of."""

    messages: MessageWindow
    beside: Beside
    member_name: str
    staff_names: dict[int, str]


def window_rows(
    db: Connection, conversation_id: int, staff_id: int, before_seq: int, limit: int,
    entries: Sequence[Entry],
) -> WindowRows:  # fmt: skip
    """A window's messages and what stands beside them, the member's and everybody's name."""
    rows = replica_queries.window(db, conversation_id, staff_id, before_seq, limit)
    member_id = rows.conversation.member_id if rows.conversation else None
    member = replica_queries.one(db, "member", member_id) if member_id else None
    return WindowRows(
        messages=rows, member_name=member.name if member else "",
        beside=gather(db, conversation_id, rows, entries, newest=not before_seq,
                      staff_id=staff_id),
        staff_names={row.id: row.name for row in replica_queries.staff(db).values()},
    )  # fmt: skip


def whoami(db: Connection, me: Me, shop_id: int) -> Me:
    """Who sits here as far as the rows have come; else as before."""
    person = replica_queries.one(db, "staff", me.staff_id)
    shop_id = shop_id or (person.shop_id if person else me.shop_id)
    shop = replica_queries.one(db, "shop", shop_id)
    return Me(
        staff_id=me.staff_id, name=person.name if person else me.name,
        role=person.role if person else me.role, shop_id=shop_id,
        shop_name=shop.name if shop else me.shop_name,
        timezone=shop.timezone if shop else me.timezone,
    )  # fmt: skip


def with_paths(item: MessageItem, folder: Path) -> MessageItem:
    """A queued bubble's media with the full paths of our copies."""
    if not any(photo.path for photo in item.photos):
        return item
    photos = tuple(
        msgspec.structs.replace(photo, path=str(folder / photo.path)) if photo.path else photo
        for photo in item.photos
    )
    return msgspec.structs.replace(item, photos=photos)
