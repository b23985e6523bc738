"""A made-up shop of any size, written straight into a fresh database, for benches and soaks."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from console.store import migrate, scopes
from console.store.bulk import fill
from console.store.engine import writer_engine

WORDS = ("风衣 衬衫 连衣裙 大衣 针织衫 有货 红色 蓝色 尺码 周六 试穿 预留 谢谢 好看 多少钱").split()
FIRST_MEMBER_DEVICE = 1_000


@dataclass(frozen=True, slots=True)
class Phone:
    """A member who has joined: who she is and what her phone keeps."""

    member_id: int
    conversation_id: int
    token: str


@dataclass(frozen=True, slots=True)
class World:
    """What was made.

    Attributes:
        phones: one per member, in order of id.
        owner_token: device tokens of the owner's consoles, ``clerk_tokens`` of the clerks'.
    """

    phones: list[Phone]
    owner_token: str
    clerk_tokens: list[str]


def token_hash(token: str) -> str:
    """As the relay stores it."""
    return hashlib.sha256(token.encode()).hexdigest()


def populate(
    database: Path, members: int, *, messages_each: int = 0, clerks: int = 2, name: str = "Bench"
) -> World:
    """Create ``database`` with so many joined members and ``messages_each`` in every chat."""
    database.parent.mkdir(parents=True, exist_ok=True)
    migrate.upgrade(database)
    now = datetime.now(UTC)
    phones = [Phone(n, n, f"phone-{n:06}") for n in range(1, members + 1)]
    rows: dict[str, list[dict[str, Any]]] = {"shop": [{"id": 1, "name": name}]}
    add_staff(rows, clerks, now)
    _members(rows, phones, now, messages_each)
    if messages_each:
        rows["message"] = [
            _message(phone, seq, messages_each, now)
            for phone in phones
            for seq in range(1, messages_each + 1)
        ]
    engine = writer_engine(database, synchronous="OFF")
    with engine.begin() as connection:
        fill(connection, rows, now)
    engine.dispose()
    clerk_tokens = [f"clerk-{n}" for n in range(clerks)]
    return World(phones, "owner", clerk_tokens)


def open_at_noon(database: Path) -> None:
    """Everybody takes any number of notices, and the shop stands where it is about noon.

    So no campaign has to wait for quiet hours to pass or for another week.
    """
    ahead = 12 - datetime.now(UTC).hour
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("update shop set timezone = ?", (zone,))
        connection.execute("update member set marketing = 1, weekly_cap = 99")


def add_staff(rows: dict[str, list[dict[str, Any]]], clerks: int, now: datetime) -> None:
    """The owner and so many clerks, their devices (tokens are their names) and grants."""
    names = [("owner", "owner"), *((f"clerk-{n}", "clerk") for n in range(clerks))]
    rows["staff"] = [
        {"id": n, "shop_id": 1, "name": token, "role": role}
        for n, (token, role) in enumerate(names, 1)
    ]
    rows["device"] = [
        {"id": n, "kind": "staff", "staff_id": n, "member_id": None, "name": token,
         "token_hash": token_hash(token), "created_at": now}
        for n, (token, _role) in enumerate(names, 1)
    ]  # fmt: skip
    rows["grant"] = grants("staff", ((n, s) for n in range(1, clerks + 2)
                                      for s in scopes.staff_scopes(1, n)), 1)  # fmt: skip


def grants(kind: str, pairs: Any, first: int) -> list[dict[str, Any]]:
    """Grants of ``(reader id, scope)`` pairs, ids from ``first`` on."""
    return [
        {"id": first + n, "reader_kind": kind, "reader_id": reader, "scope": scope}
        for n, (reader, scope) in enumerate(pairs)
    ]


def _members(
    rows: dict[str, list[dict[str, Any]]], phones: list[Phone], now: datetime, last_seq: int
) -> None:
    rows["member"] = [
        {"id": p.member_id, "shop_id": 1, "name": f"会员{p.member_id}", "state": "confirmed",
         "phone": f"139{p.member_id:08}", "joined_at": now, "bucket": p.member_id % 10_000}
        for p in phones
    ]  # fmt: skip
    rows["device"] += [
        {"id": FIRST_MEMBER_DEVICE + p.member_id, "kind": "member", "staff_id": None,
         "member_id": p.member_id, "name": "phone", "token_hash": token_hash(p.token),
         "created_at": now}
        for p in phones
    ]  # fmt: skip
    rows["conversation"] = [_conversation(p, now, last_seq) for p in phones]
    rows["participant"] = [
        {"id": p.member_id, "shop_id": 1, "conversation_id": p.conversation_id,
         "member_id": p.member_id, "delivered_seq": last_seq, "read_seq": last_seq}
        for p in phones
    ]  # fmt: skip
    rows["grant"] += grants(
        "member",
        ((p.member_id, s) for p in phones
         for s in scopes.member_scopes(p.member_id, p.conversation_id)),
        len(rows["grant"]) + 1,
    )  # fmt: skip


def _conversation(phone: Phone, now: datetime, last_seq: int) -> dict[str, Any]:
    at = now - timedelta(minutes=phone.conversation_id % 50_000)
    waiting = bool(last_seq) and phone.conversation_id % 40 == 0
    return {
        "id": phone.conversation_id, "shop_id": 1, "kind": "direct", "title": "",
        "member_id": phone.member_id, "last_seq": last_seq,
        "last_message_at": at if last_seq else None, "waiting_since": at if waiting else None,
        "preview_kind": "text" if last_seq else "", "preview_sender": "member" if last_seq else "",
        "preview_text": words(phone.conversation_id + last_seq) if last_seq else "",
    }  # fmt: skip


def _message(phone: Phone, seq: int, last_seq: int, now: datetime) -> dict[str, Any]:
    number = (phone.conversation_id - 1) * last_seq + seq
    mine = seq % 2 == 0
    return {
        "id": number, "shop_id": 1, "conversation_id": phone.conversation_id, "seq": seq,
        "client_id": f"seed-{number}", "sender_kind": "staff" if mine else "member",
        "sender_id": 1 if mine else phone.member_id, "kind": "text",
        "body": words(phone.conversation_id + seq),
        "sent_at": now - timedelta(minutes=phone.conversation_id % 50_000 + last_seq - seq),
    }  # fmt: skip


def words(seed: int) -> str:
    """What somebody says; the same seed, the same words."""
    return "".join(WORDS[(seed * 7 + step * 3) % len(WORDS)] for step in range(2 + seed % 5))
