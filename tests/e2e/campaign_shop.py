"""A shop of 2,000 members who have joined, and who of them must get which words, and why not.

The answer is worked out anew from the members' rows, without the product's own rules, so that
it can disagree with them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bench.world import World, open_at_noon, populate
from console.relay.backups import DATABASE
from console.store.bulk import fill
from console.store.engine import writer_engine

MEMBERS: Final = 2_000
ABSENT: Final = 20
"""So many are only known by their number, and as many have not looked for half a year."""
NAMES: Final = (
    "陈采薇",
    "王芳",
    "李雷",
    'O\'Neill "小"',
    "<b>周</b>",
    "{points}",
    "林 小雨",
    "Zoë 🧥",
)
HELD_PERCENT: Final = 20
"""So many of a hundred get no marketing, to see what it is good for."""
_SPAN: Final = HELD_PERCENT * 100
LOOSE: Final = {"marketing": 13, "blocked": 101, "gender": 97, "name": 31, "points": 25, "cap": 11}
"""Every so manieth member opted out, is blocked, …, wants one notice a week."""


def founded(folder: Path) -> World:
    """The shop in a database that no relay serves yet."""
    database = folder / DATABASE
    world = populate(database, MEMBERS, clerks=0, name="时光衣橱")
    open_at_noon(database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(
            "update member set name = ?, gender = ?, points = ?, marketing = ?, blocked = ?,"
            " weekly_cap = ?, bucket = ? where id = ?",
            [_facts(number) for number in range(1, MEMBERS + 1)],
        )
    engine = writer_engine(database, synchronous="OFF")
    with engine.begin() as connection:
        fill(connection, _absent(), datetime.now(UTC))
    engine.dispose()
    return world


def _absent() -> dict[str, list[dict[str, Any]]]:
    """Those who are only known, and those who joined long ago and never came back."""
    known = range(MEMBERS + 1, MEMBERS + ABSENT + 1)
    asleep = range(known.stop, known.stop + ABSENT)
    long_ago = datetime.now(UTC) - timedelta(days=200)
    member = [
        {"id": number, "shop_id": 1, "name": f"远{number}", "phone": f"137{number:08}",
         "gender": "f", "marketing": True, "bucket": 9_999,
         "state": "known" if number in known else "confirmed",
         "joined_at": None if number in known else long_ago}
        for number in (*known, *asleep)
    ]  # fmt: skip
    conversation = [{"id": number, "shop_id": 1, "member_id": number} for number in asleep]
    return {"member": member, "conversation": conversation}


def _facts(number: int) -> tuple[Any, ...]:
    def one_of(what: str) -> bool:
        return number % LOOSE[what] == 0

    gender = "" if one_of("gender") else "mf"[number % 2]
    name = "" if one_of("name") else f"{NAMES[number % len(NAMES)]}{number}"
    points = 0 if one_of("points") else number * 37 % 3_000 + 1
    cap = 1 if one_of("cap") else 3
    bucket = number * 7_919 % 10_000
    return (name, gender, points, not one_of("marketing"), one_of("blocked"), cap, bucket, number)


# --- who must get what ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meant:
    """What must become of one member: ``words`` of her version, else the ``reason``.

    ``name``: how staff find her.
    """

    name: str
    variant: str = ""
    words: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands before, between and behind the name and the points in one version."""

    parts: tuple[str, str, str]
    no_name: str
    no_points: str

    def to(self, name: str, points: int) -> str:
        """As she must read them."""
        before, between, behind = self.parts
        return f"{before}{name or self.no_name}{between}{points or self.no_points}{behind}"


@dataclass(slots=True)
class Verdicts:
    """What must become of every member of the shop, by her id."""

    meant: dict[int, Meant] = field(default_factory=dict)

    @property
    def receivers(self) -> dict[int, Meant]:
        """Those who get it."""
        return {who: each for who, each in self.meant.items() if not each.reason}

    @property
    def reasons(self) -> Counter[str]:
        """How many do not, by reason."""
        return Counter(each.reason for each in self.meant.values() if each.reason)

    @property
    def versions(self) -> Counter[str]:
        """How many get which version."""
        return Counter(each.variant for each in self.receivers.values())


def verdicts(database: Path, versions: dict[str, Words], earlier: str) -> Verdicts:
    """What the members' rows say now; ``earlier`` names a campaign of this week."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        had = Counter(
            row[0] for row in connection.execute(
                "select addressee_id from message where campaign_id ="
                " (select id from campaign where client_id = ?)", (earlier,),
            )
        )  # fmt: skip
        special = {
            row[0] for row in connection.execute("select member_id from member_tag where tag='VIP'")
        }
        [zone] = connection.execute("select timezone from shop").fetchone()
        rows = connection.execute("select * from member").fetchall()
    long_ago = (datetime.now(UTC) - timedelta(days=90)).timestamp() * 1_000
    first = _held_from(zone)
    found = Verdicts()
    for row in rows:
        reason = _against(row, had[row["id"]], long_ago)
        if not reason and row["id"] not in special and (row["bucket"] - first) % 10_000 < _SPAN:
            reason = "holdout"
        name = row["name"] or row["phone"]
        version = {"f": "women", "m": "men"}.get(row["gender"], "")
        if reason or not version:
            found.meant[row["id"]] = Meant(name, reason=reason or "no_variant")
        else:
            words = versions[version].to(row["name"], row["points"])
            found.meant[row["id"]] = Meant(name, version, words)
    return found


def _held_from(zone: str) -> int:
    """Which part of the buckets is held out, moves on with each quarter by its own size."""
    today = datetime.now(ZoneInfo(zone))
    return (today.year * 4 + (today.month - 1) // 3) * _SPAN % 10_000


def _against(row: sqlite3.Row, had: int, long_ago: float) -> str:
    reasons = {
        "not_joined": row["state"] not in {"guest", "confirmed"},
        "no_channel": (row["last_seen_at"] or row["joined_at"] or 0) < long_ago,
        "opted_out": not row["marketing"],
        "blocked": bool(row["blocked"]),
        "cap": had >= row["weekly_cap"],
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


# --- what was written down --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """What the relay's own tables say of one campaign.

    Attributes:
        id: the relay's number of it.
        recipients: state, reason and, where it was written, variant by member.
        messages: addressee, whose conversation it is in, and words, by addressee.
    """

    id: int
    recipients: dict[int, tuple[str, str, str]]
    messages: list[tuple[int, int, str]]


def written(database: Path, client_id: str) -> Written:
    """Read it from the database that the relay serves."""
    with closing(sqlite3.connect(database)) as connection:
        [key] = connection.execute(
            "select id from campaign where client_id = ?", (client_id,)
        ).fetchone()
        recipients = connection.execute(
            "select member_id, state, reason, variant from recipient where campaign_id = ?", (key,)
        ).fetchall()
        messages = connection.execute(
            "select m.addressee_id, c.member_id, m.body from message m join conversation c"
            " on c.id = m.conversation_id where m.campaign_id = ? order by 1", (key,),
        ).fetchall()  # fmt: skip
    by_member = {
        who: (state, reason, variant if state == "written" else "")
        for who, state, reason, variant in recipients
    }
    assert len(by_member) == len(recipients)
    return Written(key, by_member, messages)
