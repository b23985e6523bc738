"""What is asked of a replica about who waits for what is sold out.  Reads only."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from console.store.driver import Connection
from console.store.replica_tables import CODECS
from console.wire.rows import WaitlistRow

_LIVE = "state IN ('waiting', 'offered')"
_MANY = 900


class NamedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place with the member's name, "" while she has not arrived."""

    row: WaitlistRow
    name: str


def of_variant(db: Connection, variant_id: int) -> list[NamedPlace]:
    """Who waits for a variant or was offered one, in order."""
    found = db.execute(
        f"""SELECT coalesce(m.name, ''), w.* FROM waitlist AS w
            LEFT JOIN member AS m ON m.id = w.member_id
            WHERE w.variant_id = ? AND w.{_LIVE} ORDER BY w.id""",  # noqa: S608 - own words
        (variant_id,),
    )
    struct = CODECS["waitlist"].struct
    return [NamedPlace(name=row[0], row=struct(row[1:])) for row in found]


def counts(db: Connection, variant_ids: Collection[int]) -> dict[int, int]:
    """How many wait for each of these variants, without those for whom nobody does."""
    wanted, found = list(variant_ids), dict[int, int]()
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        marks = ", ".join("?" * len(some))
        found |= dict(db.execute(
            f"""SELECT variant_id, count(*) FROM waitlist
                WHERE variant_id IN ({marks}) AND {_LIVE} AND state = 'waiting'
                GROUP BY variant_id""",  # noqa: S608 - own words
            some,
        ))  # fmt: skip
    return found


def of_member(db: Connection, member_id: int) -> list[WaitlistRow]:
    """What a member waits for or was offered, the newest first."""
    found = db.execute(
        f"""SELECT * FROM waitlist WHERE member_id = ? AND {_LIVE}
            ORDER BY id DESC""",  # noqa: S608 - own words
        (member_id,),
    )
    struct = CODECS["waitlist"].struct
    return [struct(row) for row in found]


def places(db: Connection, rows: Sequence[WaitlistRow]) -> dict[int, int]:
    """The place of each of these that wait, from 1, by id."""
    query = f"""SELECT count(*) FROM waitlist
                WHERE variant_id = ? AND id <= ? AND {_LIVE}
                  AND state = 'waiting'"""  # noqa: S608 - own words
    return {
        row.id: db.execute(query, (row.variant_id, row.id)).fetchone()[0]
        for row in rows if row.state == "waiting"
    }  # fmt: skip
