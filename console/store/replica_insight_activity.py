"""Who slept, woke or was active at several moments, asked of a replica.  Reads only.

What each of these means is defined in ``domain.activity``.  Where members are many their signs
are many more: they come in order from the database and are counted in milliseconds as they come,
so that no other thread waits.  Tests hold both to be equal.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from console.domain.activity import REACH, STAYED, Activity, ActivityCounts
from console.domain.audiences import AWAKE
from console.domain.segments import GONE_STATES
from console.store import replica_people
from console.store.driver import Connection
from console.store.replica_insights import here
from console.store.row_codec import to_ms

_GONE: Final = sorted(GONE_STATES)
_AWAKE_MS: Final = round(AWAKE.total_seconds() * 1000)
_STAYED_MS: Final = round(STAYED.total_seconds() * 1000)
_SIGNS: Final = (
    ("joined_at", "SELECT id AS member_id, joined_at AS at FROM member"),
    ("last_seen_at", "SELECT id, last_seen_at FROM member"),
    ("read_at", "SELECT member_id, read_at FROM recipient"),
    ("replied_at", "SELECT member_id, replied_at FROM recipient"),
    # What she got before she was merged stays under that name.
    *((at, f"""SELECT e.value, {at} FROM json_each(:heirs) AS e
               CROSS JOIN recipient AS r ON r.member_id = CAST(e.key AS INTEGER)""")  # noqa: S608
      for at in ("read_at", "replied_at")),
    ("issued_at", "SELECT member_id, issued_at FROM coupon"),
    ("redeemed_at", "SELECT member_id, redeemed_at FROM coupon"),
    # Every wait begins with a message of hers; messages themselves stay here only for a while.
    ("asked_at", """SELECT c.member_id, asked_at FROM wait
                    JOIN conversation AS c ON c.id = wait.conversation_id"""),
    *(("at", f"SELECT member_id, at FROM {table}")  # noqa: S608 - names only
      for table in ("enquiry", "hold", "question_answer", "visit", "purchase")),
)  # fmt: skip
_IN_ORDER: Final = " UNION ALL ".join(
    f"{text} WHERE {at} >= :since AND {at} <= :until" for at, text in _SIGNS
) + " ORDER BY member_id, at"  # fmt: skip


class _Spell(NamedTuple):
    """From its first sign until she sleeps, in milliseconds; ``stayed`` ``None``: never active."""

    member_id: int
    begin: int
    stayed: int | None
    until: int


def counts(
    db: Connection, shop_id: int, moments: Sequence[datetime]
) -> tuple[ActivityCounts, ...]:  # fmt: skip
    """How many of the members known at each of these moments, in order, were what."""
    at = [to_ms(each) for each in moments]
    known = _known(db, shop_id)
    in_all, awake, active = ([0] * (len(at) + 1) for _ in range(3))
    for since in known.values():
        in_all[bisect_left(at, since)] += 1
    for spell in _spells(db, at[0], at[-1]):
        joined = known.get(spell.member_id)
        if joined is None:
            continue
        end = bisect_right(at, spell.until)
        _add(awake, bisect_left(at, max(spell.begin, joined)), end)
        if spell.stayed is not None:
            _add(active, bisect_left(at, max(spell.stayed, joined)), end)
    return _summed(moments, in_all, awake, active)


def _add(steps: list[int], first: int, end: int) -> None:
    """One more at each moment from ``first`` until before ``end``."""
    if first < end:
        steps[first] += 1
        steps[end] -= 1


def _summed(
    moments: Sequence[datetime], in_all: list[int], awake: list[int], active: list[int]
) -> tuple[ActivityCounts, ...]:  # fmt: skip
    """``in_all`` and the others: by how many more they are at each moment than at the last."""
    found, whole, up, stayed = [], 0, 0, 0
    for place, moment in enumerate(moments):
        whole, up, stayed = whole + in_all[place], up + awake[place], stayed + active[place]
        found.append(ActivityCounts(moment, whole - up, up - stayed, stayed))
    return tuple(found)


def members(db: Connection, shop_id: int, what: Activity, at: datetime) -> tuple[int, ...]:
    """Members who were that at a moment."""
    moment = to_ms(at)
    known = {who for who, joined in _known(db, shop_id).items() if joined <= moment}
    spells = [each for each in _spells(db, moment, moment) if each.until >= moment]
    awake = {each.member_id for each in spells}
    active = {each.member_id for each in spells if each.stayed is not None}
    match what:
        case Activity.ASLEEP:
            found = known - awake
        case Activity.WAKING:
            found = known & (awake - active)
        case Activity.ACTIVE:
            found = known & active
    return tuple(sorted(found))


def _known(db: Connection, shop_id: int) -> dict[int, int]:
    """Members of the shop with when they joined."""
    return dict(db.execute(
        f"""SELECT id, joined_at FROM member WHERE shop_id = ? AND joined_at IS NOT NULL
            AND state NOT IN ({here(_GONE)})""",  # noqa: S608 - marks only
        (shop_id, *_GONE),
    ))  # fmt: skip


def _spells(db: Connection, first: int, last: int) -> Iterator[_Spell]:
    """Spells as far as they matter from one moment to another, those of each member in order."""
    values = {"since": first - round(REACH.total_seconds() * 1000), "until": last,
              "heirs": json.dumps(replica_people.heirs(db))}  # fmt: skip
    who, begin, before = 0, 0, -_AWAKE_MS
    stayed: int | None = None
    for member_id, at in db.execute(_IN_ORDER, values):
        if member_id != who or at - before > _AWAKE_MS:
            if who:
                yield _Spell(who, begin, stayed, before + _AWAKE_MS)
            who, begin, stayed = member_id, at, None
        elif stayed is None and at - begin >= _STAYED_MS:
            stayed = at
        before = at
    if who:
        yield _Spell(who, begin, stayed, before + _AWAKE_MS)
