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
    readers: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows["participant"]:
        readers[row["conversation_id"]].append(row)
    threads = {thread["member_id"]: thread for thread in rows["conversation"]}
    fresh: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in letters:
        member = row["addressee_id"]
        if row["sender_kind"] == "member":
            member, row["addressee_id"] = row["sender_id"], None
        row["conversation_id"] = threads[member]["id"]
        fresh[member].append(row)
    for member, added in fresh.items():
        thread = threads[member]
        _put_between(thread, said[thread["id"]], added, readers[thread["id"]])
        rows["message"] += added
    _number_anew(rows)


def _put_between(
    thread: dict[str, Any], said: list[dict[str, Any]], added: list[dict[str, Any]],
    readers: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Give all messages of a conversation new places; who had read up to what was said before
    an added one has read that, too.
    """
    said.sort(key=lambda row: row["seq"])
    places = {}
    for seq, row in enumerate(sorted([*said, *added], key=lambda row: row["sent_at"]), 1):
        if "seq" in row:
            places[row["seq"]] = seq
        row["seq"] = seq
    thread["last_seq"] = len(said) + len(added)
    places[len(said) + 1] = thread["last_seq"] + 1
    for row in readers:
        for name in ("delivered_seq", "read_seq"):
            row[name] = places[row[name] + 1] - 1


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
