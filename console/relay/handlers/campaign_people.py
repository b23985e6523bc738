"""Who the recipients of a campaign are at this moment: members become others by merges.

Reads; writes nothing.  A recipient stays the member she was at freezing; what is written to her
goes to whom she was merged into, who gets no campaign twice for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, select

from console.store import reading, tables
from console.store.dialect import listed, one_of, one_of_named
from console.store.unit_of_work import Transaction
from console.wire.rows import MemberRow


@dataclass(frozen=True, slots=True)
class People:
    """Some recipients of one campaign.

    Attributes:
        now: by the member that a recipient names, who that is today.
        former: ids of everybody who was merged into one of them, and into whom.
        reached: whom it reached already as somebody else.
    """

    now: dict[int, MemberRow]
    former: dict[int, int]
    reached: set[int]

    @classmethod
    def load(cls, tx: Transaction, campaign_id: int, member_ids: Collection[int]) -> People:
        """As this transaction finds them."""
        now = _living(tx, member_ids)
        former = _former(tx, {row.id for row in now.values()})
        return cls(now, former, _reached(tx, campaign_id, former))

    @property
    def ids(self) -> list[int]:
        """Those whom it may be written to."""
        return list(dict.fromkeys(row.id for row in self.now.values()))

    def spent(self, used: Mapping[int, int]) -> dict[int, int]:
        """What was used under any of her names is hers."""
        found: dict[int, int] = {}
        for member_id, number in used.items():
            who = self.former.get(member_id, member_id)
            found[who] = found.get(who, 0) + number
        return found


def _living(tx: Transaction, member_ids: Collection[int]) -> dict[int, MemberRow]:
    """Each of these, or whom she was merged into, perhaps through others."""
    rows = reading.by_ids(tx.connection, tables.member, member_ids)
    wanted = set(rows)
    while missing := {row.merged_into for row in rows.values()} - {None, *rows}:
        rows |= reading.by_ids(tx.connection, tables.member, missing)
    return {member_id: _last(rows, member_id) for member_id in wanted}


def _last(rows: Mapping[int, MemberRow], member_id: int) -> MemberRow:
    row = rows[member_id]
    while row.merged_into is not None:
        row = rows[row.merged_into]
    return row


@cache
def _merged_query(dialect_name: str) -> Select[Any]:
    """Asked in every slice: built once."""
    member = tables.member
    into = one_of_named(dialect_name, member.c.merged_into, "into")
    return select(member.c.id, member.c.merged_into).where(into, member.c.merged_into.is_not(None))


def _former(tx: Transaction, member_ids: Iterable[int]) -> dict[int, int]:
    name, found = tx.connection.dialect.name, dict[int, int]()
    into = {member_id: member_id for member_id in member_ids}
    while into:
        rows = tx.connection.execute(_merged_query(name), {"into": listed(name, list(into))})
        into = {row.id: into[row.merged_into] for row in rows}
        found |= into
    return found


def _reached(tx: Transaction, campaign_id: int, former: Mapping[int, int]) -> set[int]:
    if not former:
        return set()
    recipient = tables.recipient
    query = select(recipient.c.member_id).where(
        recipient.c.campaign_id == campaign_id, recipient.c.state == "written",
        one_of(tx.connection, recipient.c.member_id, {*former, *former.values()}),
    )  # fmt: skip
    return {former.get(member_id, member_id) for member_id in tx.connection.scalars(query)}
