"""Who the recipients of a campaign are at this moment: members become others by merges.

Reads; writes nothing.  A recipient stays the member she was at freezing; what is written to her
goes to whom she was merged into, who gets no campaign twice for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from console.domain import audiences
from console.store import reading, tables
from console.store.dialect import listed, one_of, one_of_named
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignRow
from console.wire.rows import MemberRow


@dataclass(frozen=True, slots=True)
class People:
    """Some recipients of one campaign.

    Attributes:
        now: by the member that a recipient names, who that is today.
        former: ids of everybody who was merged into one of them, and into whom.
        spared: who needs it no more, and why: ``audiences.MERGED`` (it reached her already as
            somebody else), ``READ`` (what is sent again to who had not) or ``REACHED`` (another
            resend came to her first).
    """

    now: dict[int, MemberRow]
    former: dict[int, int]
    spared: dict[int, str]

    @classmethod
    def load(cls, tx: Transaction, campaign: CampaignRow, member_ids: Collection[int]) -> People:
        """As this transaction finds them."""
        now = _living(tx, member_ids)
        former = _former(tx, {row.id for row in now.values()})
        people = cls(now, former, {})
        people.spared.update(dict.fromkeys(people._resent(tx, campaign), audiences.REACHED))
        people.spared.update(dict.fromkeys(people._readers(tx, campaign), audiences.READ))
        people.spared.update(dict.fromkeys(people._reached(tx, campaign), audiences.MERGED))
        return people

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

    def _readers(self, tx: Transaction, campaign: CampaignRow) -> set[int]:
        if campaign.kind != "resend" or campaign.rule["to"] != "unread":
            return set()
        read = tables.recipient.c.read_at.is_not(None)
        return self._among(tx, [campaign.rule["campaign"]], {*self.ids, *self.former}, read)

    def _resent(self, tx: Transaction, campaign: CampaignRow) -> set[int]:
        """Two members of staff may send the same again to the same people."""
        if campaign.kind != "resend":
            return set()
        others = set(family(tx, first_of(tx, campaign).id)) - {campaign.id}
        since: ColumnElement[bool] = tables.RECIPIENT_WRITTEN
        if campaign.rule["to"] == "unread":
            # What came to her before was known when this one was frozen.
            since = and_(since, tables.recipient.c.written_at > campaign.frozen_at)
        return self._among(tx, sorted(others), {*self.ids, *self.former}, since)

    def _reached(self, tx: Transaction, campaign: CampaignRow) -> set[int]:
        if not self.former:
            return set()
        names = {*self.former, *self.former.values()}
        return self._among(tx, [campaign.id], names, tables.RECIPIENT_WRITTEN)

    def _among(
        self, tx: Transaction, campaign_ids: Sequence[int], names: set[int],
        which: ColumnElement[bool],
    ) -> set[int]:  # fmt: skip
        recipient = tables.recipient
        query = select(recipient.c.member_id).where(
            recipient.c.campaign_id.in_(campaign_ids), which,
            one_of(tx.connection, recipient.c.member_id, names),
        )  # fmt: skip
        return {self.former.get(each, each) for each in tx.connection.scalars(query)}


def first_of(tx: Transaction, row: CampaignRow) -> CampaignRow:
    """The campaign of which this one was sent again, perhaps again and again; else itself."""
    table = tables.campaign
    while row.kind == "resend" and row.parent_id is not None:
        parent: CampaignRow | None = reading.one(tx.connection, table, table.c.id == row.parent_id)
        if parent is None:
            break
        row = parent
    return row


def family(tx: Transaction, root_id: int, *, also_recalled: bool = False) -> list[int]:
    """A campaign and what was sent again of it, again and again."""
    table = tables.campaign
    found = [root_id]
    for one_id in found:
        query = select(table.c.id).where(table.c.parent_id == one_id, table.c.kind == "resend")
        if not also_recalled:
            query = query.where(table.c.recalled_at.is_(None))
        found.extend(tx.connection.scalars(query))
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
