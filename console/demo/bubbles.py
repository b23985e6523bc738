"""Turns the sample shop's talks into rows: conversations, messages, receipts, media.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from console.demo import trade
from console.demo.people import STAFF
from console.demo.talks import Chat, ChatMessage
from console.media.jobs import MediaFacts
from console.relay.handlers.contents import make_card, preview_of
from console.wire.rows import ProductRow, VariantRow

_ONE_GO = timedelta(seconds=90)
"""Pictures this close together were sent in one go."""

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Bubble:
    """One message as it is stored: photos shown together, with their words below."""

    seq: int
    said: tuple[ChatMessage, ...]

    @property
    def last(self) -> ChatMessage:
        return self.said[-1]

    @property
    def photos(self) -> list[ChatMessage]:
        return [each for each in self.said if each.picture]

    @property
    def kind(self) -> str:
        return "photo" if self.photos else self.last.kind

    @property
    def layout(self) -> str:
        """Labelled photos lie side by side."""
        labelled = [each for each in self.photos if each.label]
        return "strip" if len(labelled) > 1 else ""


def _bubbles(chat: Chat) -> list[_Bubble]:
    """Pictures a clerk sends in one go, and what she then says, are one message."""
    groups: list[list[ChatMessage]] = []
    for said in chat.messages:
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and before.picture
            and said.kind in {"picture", "text"}
            and said.sender == before.sender == "staff"
            and said.read == before.read
            and said.at - before.at < _ONE_GO
        ):
            groups[-1].append(said)
        else:
            groups.append([said])
    return [_Bubble(seq, tuple(group)) for seq, group in enumerate(groups, 1)]


@dataclass(slots=True)
class Talks:
    """Adds the rows of talks; ``facts`` are those of every photo and recording, by name."""

    rows: Rows
    facts: Mapping[str, MediaFacts]
    shop_id: int
    _staff: dict[str, int] = field(init=False)
    _quotes: list[tuple[dict[str, Any], int, int]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._staff = {clerk.key: n for n, clerk in enumerate(STAFF, 1)}
        for name in ("conversation", "participant", "message", "media", "enquiry"):
            self.rows[name] = []

    def write(self, chats: tuple[Chat, ...]) -> None:
        """One conversation per talk, numbered in order."""
        for conversation_id, chat in enumerate(chats, 1):
            bubbles = _bubbles(chat)
            told = [self._message(conversation_id, chat, bubble) for bubble in bubbles]
            self.rows["message"] += told
            self.rows["conversation"].append(self._conversation(conversation_id, chat, told[-1]))
            self._participants(conversation_id, chat, bubbles)
        # Ids order messages by time, as they do when the relay gives them.
        self.rows["message"].sort(key=lambda row: row["sent_at"])
        for n, row in enumerate(self.rows["message"], 1):
            row["id"] = n
            row["client_id"] = f"sample-{n}"
        places = {(row["conversation_id"], row["seq"]): row["id"] for row in self.rows["message"]}
        for row, conversation_id, seq in self._quotes:
            row["reply_to"] = places[conversation_id, seq]

    def _conversation(
        self, conversation_id: int, chat: Chat, last: dict[str, Any]
    ) -> dict[str, Any]:
        return {
            "id": conversation_id, "shop_id": self.shop_id, "kind": "direct", "title": "",
            "member_id": chat.member, "status": "open", "assignee_id": None,
            "last_seq": last["seq"], "last_message_at": last["sent_at"],
            "waiting_since": chat.waiting_since, "snoozed_until": None, "snoozed_by": None,
            "woken_at": None, "preview_kind": last["kind"],
            "preview_text": preview_of(last["body"], last["card"]),
            "preview_sender": last["sender_kind"],
        }  # fmt: skip

    def _participants(self, conversation_id: int, chat: Chat, bubbles: list[_Bubble]) -> None:
        """The member read what is marked read; every clerk read what the shop had read."""
        mine = [each.seq for each in bubbles if each.last.sender == "staff"]
        by_member = [s for s in mine if bubbles[s - 1].last.read]
        by_shop = [b.seq for b in bubbles if b.last.sender == "member" and b.last.read]
        shop_read = max([*mine, *by_shop], default=0)
        member_read = max(by_member, default=0)
        readers: list[tuple[int | None, int | None, int, int]] = [
            (chat.member, None, max(mine, default=0), member_read)
        ]
        readers += [(None, n, bubbles[-1].seq, shop_read) for n in self._staff.values()]
        rows = self.rows["participant"]
        for member_id, staff_id, delivered, read in readers:
            rows.append({
                "id": len(rows) + 1, "shop_id": self.shop_id,
                "conversation_id": conversation_id, "member_id": member_id,
                "staff_id": staff_id, "delivered_seq": delivered, "read_seq": read,
                "read_at": bubbles[read - 1].last.at if read else None,
            })  # fmt: skip

    def _message(self, conversation_id: int, chat: Chat, bubble: _Bubble) -> dict[str, Any]:
        said = bubble.last
        mine = said.sender == "staff"
        sender_id = self._staff[said.clerk or chat.clerk] if mine else chat.member
        shown = [(each, each.picture or "") for each in bubble.photos]
        shown += [(said, said.recording)] if said.recording else []
        media = [self._medium(conversation_id, each, name, sender_id) for each, name in shown]
        if said.about is not None and not mine:
            self._enquiry(chat, said)
        row = {
            "shop_id": self.shop_id, "conversation_id": conversation_id, "seq": bubble.seq,
            "sender_kind": said.sender, "sender_id": sender_id, "kind": bubble.kind,
            "body": said.text, "media": media, "layout": bubble.layout,
            "card": self._card(said), "reply_to": None, "sent_at": said.at,
        }  # fmt: skip
        if said.quotes:
            self._quotes.append((row, conversation_id, self._place(chat, said.quotes)))
        return row

    @staticmethod
    def _place(chat: Chat, seq: int) -> int:
        """Seq of the stored message that holds the one said as ``seq``."""
        return next(b.seq for b in _bubbles(chat) if any(each.seq == seq for each in b.said))

    def _card(self, said: ChatMessage) -> dict[str, Any] | None:
        if said.card is None:
            return None
        product_id, variant_id = trade.ids_of(said.card)
        product = next(row for row in self.rows["product"] if row["id"] == product_id)
        variants = [
            VariantRow(rev=0, **row)
            for row in self.rows["variant"] if row["product_id"] == product_id
        ]  # fmt: skip
        chosen = next(row for row in variants if row.id == variant_id)
        return make_card(ProductRow(rev=0, **product), variants, chosen)

    def _medium(
        self, conversation_id: int, said: ChatMessage, name: str, owner: int
    ) -> dict[str, Any]:
        return add_medium(
            self.rows, self.facts[name], at=said.at, conversation_id=conversation_id,
            owner=(said.sender, owner), caption=said.label,
        )  # fmt: skip

    def _enquiry(self, chat: Chat, said: ChatMessage) -> None:
        variant = said.about
        assert variant is not None
        rows = self.rows["enquiry"]
        product_id, variant_id = trade.ids_of(variant)
        rows.append({
            "id": len(rows) + 1, "shop_id": self.shop_id, "member_id": chat.member,
            "product_id": product_id, "variant_id": variant_id, "source": "message",
            "at": said.at,
        })  # fmt: skip


def add_medium(
    rows: Rows, facts: MediaFacts, *, at: Any, owner: tuple[str, int],
    conversation_id: int | None, caption: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Add a medium; what a message says of it.  Without a conversation it is internal."""
    number = len(rows["media"]) + 1
    shared = {"mime": facts.mime, "width": facts.width, "height": facts.height,
              "size": facts.size, "blurhash": facts.blurhash}  # fmt: skip
    length = {"duration_ms": facts.duration_ms, "waveform": facts.waveform}
    rows["media"].append({
        "id": number, "client_id": f"sample-photo-{number}", "owner_kind": owner[0],
        "owner_id": owner[1], "conversation_id": conversation_id, "sha256": facts.sha256,
        "created_at": at, "internal": conversation_id is None, **shared, **length,
    })  # fmt: skip
    extra = {**length, "caption": caption}
    return {"id": number, **shared, **{name: value for name, value in extra.items() if value}}
