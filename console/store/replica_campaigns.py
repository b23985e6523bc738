"""What decides about a campaign's audience, asked of a replica.  Reads only.

As the relay will ask it when the campaign is frozen (``relay.handlers.campaign_audience``); what
is judged about each member, ``domain.audiences`` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Any, Final

import msgspec

from console.domain import audiences
from console.domain.audiences import Holdout, Person
from console.domain.segments import GONE_STATES, Rule
from console.store import replica_queries
from console.store.driver import Connection
from console.store.row_codec import from_ms, to_ms
from console.wire.rows import RESTORED_SETTING, SettingRow


def members_of(db: Connection, rule: Rule, today: date, zone: tzinfo) -> frozenset[int]:
    """Ids of the members a rule matches; it must be written out."""
    # The SQL toolkit takes half a second to load, which no start should wait for.
    from console.store import segment_query  # noqa: PLC0415

    statement = segment_query.as_text(segment_query.ids(rule, today, zone))
    return frozenset(row[0] for row in db.execute(*statement))


def left_over(db: Connection, campaign_id: int, to: str) -> frozenset[int]:
    """Those of a sent campaign whom it (and its resends) did not reach, or who did not read it."""
    where = "state = 'written' AND read_at IS NULL"
    if to != "unread":
        where = f"state IN ('skipped', 'cancelled') AND reason NOT IN {audiences.UNMISSED}"
    query = f"SELECT member_id FROM recipient WHERE campaign_id = ? AND {where}"  # noqa: S608
    found = frozenset(row[0] for row in db.execute(query, (campaign_id,)))
    found = found if to == "unread" else found - _reached(db, family(db, campaign_id))
    # Who was merged since is written to as who she is now.
    merged = db.execute("SELECT id, merged_into FROM member WHERE merged_into IS NOT NULL")
    return found | {into for gone, into in merged if gone in found}


def _reached(db: Connection, campaign_ids: Sequence[int]) -> frozenset[int]:
    marks = ", ".join("?" * len(campaign_ids))
    query = f"SELECT member_id FROM recipient WHERE campaign_id IN ({marks}) AND state = 'written'"  # noqa: S608
    return frozenset(row[0] for row in db.execute(query, campaign_ids))


def family(db: Connection, campaign_id: int) -> list[int]:
    """A campaign, what it was sent again of and what was sent again of these."""
    query = """
        WITH RECURSIVE up(id) AS (
            SELECT ? UNION SELECT c.parent_id FROM campaign c JOIN up ON c.id = up.id
            WHERE c.kind = 'resend' AND c.parent_id IS NOT NULL
        ), every(id) AS (
            SELECT id FROM up UNION SELECT c.id FROM campaign c JOIN every ON c.parent_id = every.id
            WHERE c.kind = 'resend' AND c.recalled_at IS NULL
        ) SELECT id FROM every
    """
    return [row[0] for row in db.execute(query, (campaign_id,))]


def people(
    db: Connection, shop_id: int, week: tuple[datetime, datetime], exempt: Sequence[str]
) -> list[tuple[int, Person]]:
    """Every member of the shop who is not gone, by id, with what decides about her."""
    gone = sorted(GONE_STATES)
    spent = dict(db.execute(
        """SELECT member_id, count(*) FROM recipient
           WHERE counted AND written_at >= ? AND written_at < ? GROUP BY member_id""",
        (to_ms(week[0]), to_ms(week[1])),
    ))  # fmt: skip
    spared = tagged(db, exempt)
    found = db.execute(
        f"""SELECT m.id, m.state, c.id, coalesce(m.last_seen_at, m.joined_at), m.marketing,
              m.blocked, m.weekly_cap, m.bucket
            FROM member AS m LEFT JOIN conversation AS c ON c.member_id = m.id
            WHERE m.shop_id = ? AND m.state NOT IN ({", ".join("?" * len(gone))})
            ORDER BY m.id""",  # noqa: S608 - marks only
        (shop_id, *gone),
    )
    return [
        (who, Person(state, thread is not None, None if seen is None else from_ms(seen),
                     bool(marketing), bool(blocked), cap, spent.get(who, 0), bucket,
                     who in spared))
        for who, state, thread, seen, marketing, blocked, cap, bucket in found
    ]  # fmt: skip


def setting(rows: Sequence[SettingRow], key: str) -> Any:
    """The value of a setting, ``None`` when nobody set it."""
    return next((row.value for row in rows if row.key == key), None)


def stopped_by_a_restore(db: Connection) -> dict[int, datetime]:
    """Campaigns that wait for staff since the shop's data was brought back, and since when."""
    row = db.execute("SELECT value FROM setting WHERE key = ?", (RESTORED_SETTING,)).fetchone()
    if row is None:
        return {}
    value = msgspec.json.decode(row[0])
    at = datetime.fromisoformat(value["at"])
    waiting = db.execute("SELECT id FROM campaign WHERE state IN ('late', 'paused')")
    return dict.fromkeys({row[0] for row in waiting} & set(value["held"]), at)


def holdout(db: Connection, at: datetime, timezone: str) -> tuple[Holdout, list[str]]:
    """Who is held out at a moment, and the tags whose members never are."""
    rows: list[SettingRow] = replica_queries.table_rows(db, "setting")
    quarter = audiences.quarter_of(at, timezone)
    return (audiences.holdout_of(setting(rows, audiences.HOLDOUT_SETTING), quarter),
            audiences.exempt_tags(setting(rows, audiences.EXEMPT_SETTING)))  # fmt: skip


def tagged(db: Connection, tags: Sequence[str]) -> frozenset[int]:
    """Members with one of these tags."""
    marks = ", ".join("?" * len(tags))
    query = f"SELECT DISTINCT member_id FROM member_tag WHERE tag IN ({marks})"  # noqa: S608
    return frozenset(row[0] for row in db.execute(query, list(tags)))


def newest_product(db: Connection, table: str, member_id: int, language: str) -> str:
    """The product she asked about (``enquiry``) or bought (``purchase``) last; "" without one."""
    name = "coalesce(nullif(p.name_en, ''), p.name)" if language == "en" else "p.name"
    found = db.execute(
        f"""SELECT {name} FROM {table} AS t JOIN product AS p ON p.id = t.product_id
            WHERE t.member_id = ? ORDER BY t.at DESC, t.id DESC LIMIT 1""",  # noqa: S608
        (member_id,),
    ).fetchone()
    return str(found[0]) if found else ""


def standing(db: Connection, campaign_id: int) -> list[tuple[str, str, int]]:
    """How many recipients of a frozen campaign are in each state, for each reason."""
    query = """SELECT state, reason, count(*) FROM recipient WHERE campaign_id = ?
               GROUP BY state, reason"""
    return [(state, reason, count) for state, reason, count in db.execute(query, (campaign_id,))]


def recipients(db: Connection, campaign_id: int, state: str, reason: str, limit: int) -> list[int]:
    """Members of a frozen campaign in that state for that reason."""
    query = """SELECT member_id FROM recipient
               WHERE campaign_id = ? AND state = ? AND reason = ? ORDER BY id LIMIT ?"""
    return [row[0] for row in db.execute(query, (campaign_id, state, reason, limit))]


_DID: Final = {"read": "read_at", "replied": "replied_at"}


def who_did(db: Connection, campaign_id: int, did: str, limit: int) -> list[int]:
    """Members who ``read`` a campaign, or ``replied`` to it, as far as their rows are here."""
    query = f"""SELECT member_id FROM recipient
                WHERE campaign_id = ? AND {_DID[did]} IS NOT NULL
                ORDER BY id LIMIT ?"""  # noqa: S608 - names of our own
    return [row[0] for row in db.execute(query, (campaign_id, limit))]
