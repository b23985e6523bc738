"""Who members became by merges, asked of a replica.  Reads only.

A recipient stays the member she was when the campaign was frozen, a guest perhaps; what she did,
before and since, goes along with whom she was merged into.  Where the two meet, they are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from console.domain.id_sets import IdSet
from console.store.driver import Connection


def heirs(db: Connection) -> dict[int, int]:
    """By everybody who was merged, directly or through others: who she is today."""
    into = dict(db.execute("SELECT id, merged_into FROM member WHERE merged_into IS NOT NULL"))
    return {who: _last(into, who) for who in into}


def _last(into: dict[int, int], who: int) -> int:
    while who in into:
        who = into[who]
    return who


def united(db: Connection, members: IdSet) -> IdSet:
    """Who these are today."""
    merged = {who: heir for who, heir in heirs(db).items() if who in members}
    if not merged:
        return members
    return IdSet.of([*merged.values(), *(who for who in members if who not in merged)])


def names(db: Connection, members: Collection[int]) -> dict[int, int]:
    """By everything that some members of today are or were called: who that is."""
    living = dict.fromkeys(members)
    formers = {who: heir for who, heir in heirs(db).items() if heir in living}
    return {**{who: who for who in living}, **formers}


def got_as(db: Connection, recipients: Collection[int]) -> dict[int, int]:
    """By other names of those who got something: as whom they did.

    Who got it under several is the one of today if she is among them, else the first: what she
    did counts once.
    """
    people: dict[int, set[int]] = defaultdict(set)
    for former, heir in heirs(db).items():
        people[heir] |= {former, heir}
    found: dict[int, int] = {}
    for heir, called in people.items():
        among = called.intersection(recipients)
        if among:
            one = heir if heir in among else min(among)
            found |= {name: one for name in called if name != one}
    return found
