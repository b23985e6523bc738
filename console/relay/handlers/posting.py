"""Words of the shop into many conversations at once, for notices and campaigns; set-wise.

They do not clutter the inbox: the conversation neither waits nor is answered nor moves up.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from console.relay.handlers.contents import preview_of
from console.store import tables
from console.store.unit_of_work import Transaction
from console.wire.rows import (
    ConversationRow,
    MediaRef,
    MessageRow,
    OfferRef,
    ProductCard,
    QuestionRef,
)


class Post(msgspec.Struct, frozen=True):
    """One message to be written; ``thread`` is its conversation as this transaction read it."""

    thread: ConversationRow
    client_id: str
    body: str
    kind: str = "text"
    media: list[MediaRef] = []
    layout: str = ""
    card: ProductCard | None = None
    question: QuestionRef | None = None
    campaign_id: int | None = None
    addressee_id: int | None = None
    offer: OfferRef | None = None


_GROWN = ("last_seq", "preview_kind", "preview_text", "preview_sender")
_PLAIN = (
    "id", "shop_id", "conversation_id", "seq", "client_id", "sender_kind", "body", "sent_at",
)  # fmt: skip
_RICH: Final[dict[str, Any]] = {
    "kind": "text", "media": [], "layout": "", "card": None, "question": None,
    "campaign_id": None, "addressee_id": None, "offer": None,
}  # fmt: skip
"""What only some messages have, and what it is where they have none."""


def post(tx: Transaction, posts: Sequence[Post]) -> range:
    """Write them, in this order; their ids."""
    if not posts:
        return range(0)
    ids = tx.new_ids(tables.message, len(posts))
    threads: dict[int, ConversationRow] = {}
    rows: list[MessageRow] = []
    for row_id, item in zip(ids, posts, strict=True):
        thread = _grown(threads.get(item.thread.id, item.thread), item, tx)
        threads[thread.id] = thread
        rows.append(_message(row_id, thread, item, tx))
    rich = [name for name, none in _RICH.items()
            if list(map(attrgetter(name), rows)).count(none) < len(rows)]  # fmt: skip
    tx.insert_whole(tables.message, rows, (*_PLAIN, *rich))
    tx.update_whole(tables.conversation, list(threads.values()), _GROWN)
    return ids


def _grown(thread: ConversationRow, item: Post, tx: Transaction) -> ConversationRow:
    return replace(
        thread, rev=tx.rev, last_seq=thread.last_seq + 1, preview_kind=item.kind,
        preview_text=preview_of(item.body, item.card, item.question), preview_sender="system",
    )  # fmt: skip


def _message(row_id: int, thread: ConversationRow, item: Post, tx: Transaction) -> MessageRow:
    """The last message of its conversation."""
    values: dict[str, Any] = {} if item.campaign_id is None else {
        "kind": item.kind, "media": item.media, "layout": item.layout, "card": item.card,
        "question": item.question,
        "campaign_id": item.campaign_id, "addressee_id": item.addressee_id,
        "offer": item.offer,
    }  # fmt: skip
    return MessageRow(
        id=row_id, rev=tx.rev, shop_id=thread.shop_id, conversation_id=thread.id,
        seq=thread.last_seq, client_id=item.client_id, sender_kind="system", body=item.body,
        sent_at=tx.now, **values,
    )  # fmt: skip
