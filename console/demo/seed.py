"""Writes the sample shop into a fresh database, through ``store``.

Turns the plain values of ``history`` into rows.  The same moment and seed give the same
shop.  Media of the talks are processed once and kept beside the database.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from console.demo import (
    backroom,
    bubbles,
    fitted,
    kept,
    midweek,
    mondays,
    pictures,
    recordings,
    trade,
    weekend,
)
from console.demo.catalogue import SAMPLE
from console.demo.history import History, history
from console.demo.people import STAFF, Person
from console.demo.rhythm import moment
from console.domain.members import bucket_of
from console.relay.names import spelled
from console.store import migrate, past_waits, scopes
from console.store.bulk import fill
from console.store.engine import writer_engine

SHOP_ID = 1
LIVE_MEMBERS = 40
"""How many members come alive in front of the newcomer."""
PIN = "135790"
"""Of everybody who works in the sample shop, for the lock and for changing over."""
_OWNER_ID = 1
_TIERS = {"normal": "basic", "silver": "silver", "gold": "gold"}
_FIRST_PHONE = 100

_NEXT_TALK, _GLANCE = timedelta(hours=12), timedelta(seconds=90)

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class LiveMember:
    """A member whose phone will be simulated: ids and the cookie her phone keeps."""

    member_id: int
    conversation_id: int
    token: str
    gender: str


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the composition root needs to go on.

    Attributes:
        live: members to simulate.
    """

    live: tuple[LiveMember, ...]


def seed(database: Path, media: Path, now: datetime) -> Seeded:
    """Create ``database`` (which must not exist) and the media below ``media``."""
    past = history(now)
    facts = {**pictures.prepare(media, _pictures_of(past)), **recordings.prepare(media)}
    migrate.upgrade(database)
    rows: Rows = {}
    _shop_and_staff(rows)
    live = _members(rows, past, now)
    trade.products(rows, SHOP_ID)
    trade.receipts(rows, past, SHOP_ID)
    bubbles.Talks(rows, facts, SHOP_ID).write(past.chats)
    weekend.offer(rows, past.chats, SHOP_ID, now)
    midweek.question(rows, SHOP_ID, now)
    kept.holds(rows, past.chats, SHOP_ID, now)
    kept.waits(rows, SHOP_ID, now)
    fitted.fittings(rows, SHOP_ID, now)
    mondays.arrivals(rows, SHOP_ID, now)
    backroom.furnish(rows, past.chats, facts, SHOP_ID, now)
    _engine_fill(database, rows, now)
    return Seeded(live)


def _engine_fill(database: Path, rows: Rows, now: datetime) -> None:
    # Made anew at every start of the sample, so its making needs no safety of its own.
    engine = writer_engine(database, synchronous="OFF")
    with engine.begin() as connection:
        fill(connection, rows, now)
        past_waits.fill(connection)
        # Her thanks at the end of a talk need no answer: they did not wait for the next one.
        past_waits.give_up(connection, _NEXT_TALK, _GLANCE)
    engine.dispose()


def _pictures_of(past: History) -> set[str]:
    said = {m.picture for chat in past.chats for m in chat.messages if m.picture}
    return said | set(backroom.PICTURES)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _shop_and_staff(rows: Rows) -> None:
    greeting = (SAMPLE / "greeting.txt").read_text("utf-8").strip()
    rows["shop"] = [{"id": SHOP_ID, "name": "时光衣橱", "greeting": greeting}]
    rows["staff"] = [
        {"id": n, "shop_id": SHOP_ID, "name": clerk.nickname, "role": clerk.role}
        for n, clerk in enumerate(STAFF, 1)
    ]
    secret_hash = PasswordHasher().hash(PIN)
    rows["account"] = [
        {"staff_id": n, "secret_hash": secret_hash} for n in range(1, len(STAFF) + 1)
    ]
    rows["grant"] = [
        {"reader_kind": "staff", "reader_id": n, "scope": scope}
        for n in range(1, len(STAFF) + 1)
        for scope in scopes.staff_scopes(SHOP_ID, n)
    ]


def _members(rows: Rows, past: History, now: datetime) -> tuple[LiveMember, ...]:
    seen: dict[int, datetime] = {visit.member: visit.at for visit in past.visits}
    rows["member"] = [_member(person, seen.get(person.number), now) for person in past.members]
    tags = [(person.number, tag) for person in past.members for tag in person.tags]
    rows["member_tag"] = [
        {"id": n, "member_id": member_id, "tag": tag}
        for n, (member_id, tag) in enumerate(dict.fromkeys(tags), 1)
    ]
    rows["consent"] = _consents(past.members)
    talking = {chat.member: conversation for conversation, chat in enumerate(past.chats, 1)}
    rows["grant"] += [
        {"reader_kind": "member", "reader_id": person.number, "scope": scope}
        for person in past.members
        if person.on_page and person.number in talking
        for scope in scopes.member_scopes(person.number, talking[person.number])
    ]
    for n, row in enumerate(rows["grant"], 1):
        row["id"] = n
    return _live(rows, past, talking, now)


def _member(person: Person, last_visit: datetime | None, now: datetime) -> dict[str, Any]:
    pinyin, initials = spelled(person.name)
    joined = moment(person.joined, time(12))
    month, day = person.birthday
    return {
        "id": person.number, "shop_id": SHOP_ID, "name": person.name, "pinyin": pinyin,
        "initials": initials, "phone": person.phone, "gender": person.gender,
        "tier": _TIERS[person.tier], "points": person.points,
        "birthday": f"{month:02}-{day:02}", "birthday_lunar": person.lunar,
        "sizes": person.sizes, "marketing": person.opted_in and person.on_page,
        "weekly_cap": person.weekly_cap, "bucket": bucket_of(person.number),
        "state": "confirmed" if person.on_page else "known",
        "joined_at": joined if person.on_page else None,
        "last_seen_at": now - timedelta(minutes=person.number * 7 % 40_000)
        if person.on_page else None,
        "last_visit_at": last_visit, "created_at": joined, "blocked": False, "remark": "",
    }  # fmt: skip


def _consents(members: tuple[Person, ...]) -> list[dict[str, Any]]:
    lines = [
        (person, purpose)
        for person in members
        if person.on_page
        for purpose in ("privacy", "marketing")
        if purpose == "privacy" or person.opted_in
    ]
    return [
        {"id": n, "member_id": person.number, "purpose": purpose, "granted": True,
         "channel": "page", "actor": f"member/{person.number}",
         "at": moment(person.joined, time(12))}
        for n, (person, purpose) in enumerate(lines, 1)
    ]  # fmt: skip


def _live(
    rows: Rows, past: History, talking: dict[int, int], now: datetime
) -> tuple[LiveMember, ...]:
    """Phones for the members of the newest talks, the hand-told ones left to speak first."""
    newest = sorted(past.chats, key=lambda chat: chat.messages[-1].at, reverse=True)
    people = {person.number: person for person in past.members}
    blocked = backroom.blocked_member(past.chats)
    chosen = [
        chat for chat in newest if people[chat.member].on_page and chat.member != blocked
    ][:LIVE_MEMBERS]  # fmt: skip
    live = tuple(
        LiveMember(
            chat.member, talking[chat.member], secrets.token_urlsafe(32),
            people[chat.member].gender,
        )
        for chat in chosen
    )  # fmt: skip
    rows["device"] = [
        {"id": _FIRST_PHONE + n, "kind": "member", "staff_id": None,
         "member_id": each.member_id, "name": "phone", "token_hash": _token_hash(each.token),
         "created_at": now}
        for n, each in enumerate(live)
    ]  # fmt: skip
    return live
