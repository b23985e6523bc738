"""Puts messages between those of the sample shop's talks, whose numbers move on.  Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

Rows = dict[str, list[dict[str, Any]]]

_PLAIN: Final = {"campaign_id": None, "addressee_id": None, "offer": None, "question": None}
_NAMING: Final = ("recipient", "question_answer")
"""Tables whose rows name a message."""


def letter(
    shop_id: int, member: int, sent: datetime, body: str, campaign_id: int
) -> dict[str, Any]:
    """A message of a campaign to one member, to be written."""
    return {
        "shop_id": shop_id, "sender_kind": "system", "sender_id": None, "kind": "text",
        "body": body, "media": [], "layout": "", "card": None, "reply_to": None,
        "sent_at": sent, **_PLAIN, "campaign_id": campaign_id, "addressee_id": member,
    }  # fmt: skip


def write(rows: Rows, letters: Iterable[dict[str, Any]]) -> None:
    """Add messages, each in the conversation of its ``addressee_id``, at its time.

    A member's own (``sender_kind``) says so by ``sender_id`` and keeps no addressee.
    """
    said: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows["message"]:
        row.update({name: row.get(name) for name in _PLAIN})
        said[row["conversation_id"]].append(row)
    threads = {thread["member_id"]: thread for thread in rows["conversation"]}
    for row in letters:
        member = row["addressee_id"]
        if row["sender_kind"] == "member":
            member, row["addressee_id"] = row["sender_id"], None
        thread = threads[member]
        own = said[thread["id"]]
        seq = 1 + sum(other["sent_at"] <= row["sent_at"] for other in own)
        _make_room(rows, thread, own, seq)
        row |= {"conversation_id": thread["id"], "seq": seq}
        own.append(row)
        rows["message"].append(row)
    _number_anew(rows)


def _make_room(rows: Rows, thread: dict[str, Any], said: list[dict[str, Any]], seq: int) -> None:
    """From ``seq`` on everything in a conversation stands one place later."""
    thread["last_seq"] += 1
    for row in said:
        row["seq"] += row["seq"] >= seq
    for row in rows["participant"]:
        if row["conversation_id"] == thread["id"]:
            for name in ("delivered_seq", "read_seq"):
                row[name] += row[name] >= seq - 1


def _number_anew(rows: Rows) -> None:
    """Ids in order of time, as they are when the relay gives them; what names them follows."""
    messages = rows["message"]
    messages.sort(key=lambda row: row["sent_at"])
    new = {row["id"]: n for n, row in enumerate(messages, 1) if "id" in row}
    for n, row in enumerate(messages, 1):
        row["id"], row["client_id"] = n, f"sample-{n}"
        row["reply_to"] = new[row["reply_to"]] if row["reply_to"] is not None else None
    for table in _NAMING:
        for row in rows.get(table, ()):
            row["message_id"] = new[row["message_id"]] if row["message_id"] is not None else None
