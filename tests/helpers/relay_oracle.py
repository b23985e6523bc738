"""What a reader may see of a relay's database, said anew and not by the feed's own code."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from console.wire.campaign_rows import CampaignContent, CampaignVersion, Weekly
from console.wire.codec import encode
from console.wire.rows import TABLES, MediaRef, OfferRef, ProductCard, QuestionRef
from tests.helpers.relay_replica import Rows

STAFF_SCOPES = {
    "shop": "shop", "setting": "shop", "staff": "shop", "member": "members",
    "member_tag": "members", "consent": "members", "member_merge": "members",
    "product": "products", "variant": "products",
    "stock_movement": "products",
    "campaign": "campaigns", "recipient": "campaigns", "template": "campaigns",
    "visit": "trade", "purchase": "trade", "enquiry": "trade", "hold": "trade",
    "waitlist": "trade",
    "fitting_room": "trade", "fitting": "trade",
    "coupon": "trade", "offer": "campaigns",
    "segment": "campaigns", "question_answer": "campaigns",
    "campaign_tally": "campaigns", "readership": "campaigns",
}  # fmt: skip


JSON_COLUMNS = {
    "sizes", "media", "value", "style_tags", "card", "content", "rule", "weekly", "counts",
    "beside", "fields", "offer", "question", "buckets", "states", "read_within", "variants",
    "answered_within", "read_answered_within",
}  # fmt: skip
STRUCTS: dict[str, Any] = {
    "media": list[MediaRef], "card": ProductCard, "offer": OfferRef, "question": QuestionRef,
}  # fmt: skip
CAMPAIGN_STRUCTS: dict[str, Any] = {
    "content": CampaignContent, "weekly": Weekly, "beside": list[CampaignVersion],
}  # fmt: skip


HERS: dict[str, dict[str, Any]] = {
    "hold": {}, "waitlist": {"staff_id": None},
    "fitting": {"room_id": 0, "variants": [], "staff_id": None, "remind_at": None},
    "coupon": {"claimant_id": None, "redeemed_by": None},
    "question_answer": {"bucket": ""},
}  # fmt: skip
"""Rows of a member's own, and what of them she is not told."""


_reading: dict[Path, sqlite3.Connection] = {}
"""The connection to the database that was asked last: to open one is dearer than to ask."""


def query(path: Path, sql: str, *parameters: Any) -> list[sqlite3.Row]:
    """Rows on a connection of one's own, which stays open until ``release``."""
    if path not in _reading:
        release()
        _reading[path] = sqlite3.connect(path)
        _reading[path].row_factory = sqlite3.Row
    return _reading[path].execute(sql, parameters).fetchall()


def release() -> None:
    """Before the relay closes a database: whoever closes it last tidies it up."""
    while _reading:
        _reading.popitem()[1].close()


def _table(path: Path, table: str) -> Iterable[dict[str, Any]]:
    for raw in query(path, f'select * from "{table}"'):
        values = dict(raw)
        for name, value in list(values.items()):
            if value is not None and (
                name in {"at", "until"} or name.endswith(("_at", "_since", "_until"))
            ):
                values[name] = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value)
            elif name in JSON_COLUMNS and (table, name) != ("draft", "beside"):
                values[name] = json.loads(value) if isinstance(value, str) else value
            elif name in {"granted", "marketing", "blocked", "birthday_lunar", "active",
                          "public", "automatic", "defer", "counted",
                          "revised", "in_hours"}:  # fmt: skip
                values[name] = bool(value)
        yield values


def visible(path: Path, device_id: int, role: str) -> Rows:
    """Everything the reader behind a phone may see, said anew and not by the feed."""
    device = query(path, "select * from device where id = ?", device_id)[0]
    reader = device["staff_id"] or device["member_id"]
    granted = {
        row["scope"] for row in query(
            path, 'select scope from "grant" where reader_kind = ? and reader_id = ?'
            " and revoked_at is null", device["kind"], reader)
    } if device["revoked_at"] is None else set()  # fmt: skip
    found: Rows = {}
    for table, kind in TABLES.items():
        for values in _table(path, table):
            if device["kind"] == "staff":
                scope = _staff_scope(table, values)
                if role == "clerk" and values.get("phone"):
                    values["phone"] = values["phone"][:3] + "****" + values["phone"][-4:]
            else:
                scope = _member_view(table, values, reader)
            if scope in granted:
                _shape(table, values)
                row = json.loads(encode(kind(**values)))
                found[scope, table, values["id"]] = row
    return found


def _shape(table: str, values: dict[str, Any]) -> None:
    """JSON columns as the structs they are."""
    for name, struct in (CAMPAIGN_STRUCTS if table == "campaign" else STRUCTS).items():
        if values.get(name):
            values[name] = msgspec.convert(values[name], struct)


def _staff_scope(table: str, values: dict[str, Any]) -> str:
    if table == "draft":
        return f"drafts/{values['staff_id']}"
    if table == "quick_reply":
        return "shop" if values["staff_id"] is None else f"drafts/{values['staff_id']}"
    return STAFF_SCOPES.get(table) or f"chats/{values['shop_id']}"


def _member_view(table: str, values: dict[str, Any], reader: int) -> str:
    own = f"self/{reader}"
    if table == "member" and values["id"] == reader:
        if values["state"] != "guest" and values["phone"]:
            values["phone"] = values["phone"][:3] + "****" + values["phone"][-4:]
        values.update(pinyin="", initials="", bucket=0, blocked=False, remark="")
        return own
    if table == "shop" or (table == "setting" and values["public"]):
        return own
    if table in HERS and values["member_id"] == reader:
        values.update(HERS[table])
        if table == "fitting" and values["state"] == "no_show":
            values["state"] = "booked"
        return own
    if table == "offer":
        values.update(campaign_id=0, title="")
        return own
    if table == "conversation":
        values.update(assignee_id=None, waiting_since=None, status="open", snoozed_until=None,
                      snoozed_by=None, woken_at=None, auto_replied_at=None)  # fmt: skip
        return f"chat/{values['id']}"
    if table in {"participant", "message"}:
        return f"chat/{values['conversation_id']}"
    return ""


def check_tables(path: Path, reads: dict[int, tuple[int, int]], acked: set[str]) -> None:
    """What must hold in the database at any time; ``reads`` remembers receipts seen before."""
    for row in query(
        path,
        "select c.id, c.last_seq, count(m.id) as n, coalesce(max(m.seq), 0) as top,"
        " count(distinct m.seq) as seqs from conversation c left join message m"
        " on m.conversation_id = c.id group by c.id",
    ):
        assert row["last_seq"] == row["n"] == row["top"] == row["seqs"], dict(row)
    for row in query(path, "select * from participant"):
        before = reads.get(row["id"], (0, 0))
        reads[row["id"]] = (row["delivered_seq"], row["read_seq"])
        assert row["delivered_seq"] >= before[0], "delivered went back"
        assert row["read_seq"] >= before[1], "read went back"
    here = {row["client_id"] for row in query(path, "select client_id from message")}
    assert acked <= here, "an acknowledged message is missing"
    for row in query(
        path,
        "select c.id, c.waiting_since, min(w.asked_at) as since from conversation c"
        " left join wait w on w.conversation_id = c.id and w.ended_at is null group by c.id",
    ):
        assert row["waiting_since"] == row["since"], dict(row)
    for row in query(path, "select * from wait"):
        assert (row["ended_at"] is None) == (row["outcome"] == ""), dict(row)
    for row in query(path, "select stock, held from variant"):
        assert 0 <= row["held"] <= row["stock"]
    newest = query(path, "select max(rev) as rev from commit_log")[0]["rev"]
    head = query(path, "select head from revision")[0]["head"]
    assert newest in {None, head}


def filled(rows: Rows) -> dict[tuple[str, str, int], Any]:
    """With their defaults, which may be left out on the wire."""
    return {key: msgspec.convert(row, TABLES[key[1]]) for key, row in rows.items()}


def difference(name: str, got: Rows, expected: Rows) -> str:
    """What two copies disagree about, for people."""
    missing = {key: row for key, row in expected.items() if key not in got}
    extra = {key: row for key, row in got.items() if key not in expected}
    other = {key: (got[key], expected[key]) for key in got
             if key in expected and got[key] != expected[key]}  # fmt: skip
    return f"{name}: missing {missing}, extra {extra}, different {other}"
