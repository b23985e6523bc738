"""Units that become free are offered to whoever waits for them, in the same commit.

``settle`` is called where a variant's stock rises (``stock.book``) and where a hold ends
(``trade.free_units``), when both numbers stand as they will.  In the shop's quiet hours nothing
is offered: the first who waits carries the moment at which it is looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from console.domain import waitlist
from console.domain.after_hours import AutoReply
from console.domain.campaigns import allowed_from, is_quiet
from console.domain.holds import remind_at
from console.domain.waitlist import State
from console.relay import shown
from console.relay.handlers.campaign_audience import timezone_of
from console.relay.handlers.conversations import direct_conversation
from console.relay.handlers.posting import Post, post
from console.relay.handlers.told import texts
from console.store import opening, reading, tables
from console.store.unit_of_work import Transaction
from console.wire.rows import AUTO_REPLY_SETTING, HoldRow, MemberRow, VariantRow, WaitlistRow

_GONE: Final = frozenset({"merged", "erased"})


def live(tx: Transaction, variant_id: int) -> list[WaitlistRow]:
    """Who waits for the variant or was offered one of it."""
    table = tables.waitlist
    return reading.fetch(
        tx.connection, table, table.c.variant_id == variant_id, tables.WAITLIST_LIVE
    )


def move(tx: Transaction, row: WaitlistRow, name: str) -> None:
    """An entry goes on or is over; nothing where that cannot be."""
    state = waitlist.after(row.state, name)
    if state is not None:
        ended_at = None if state in waitlist.LIVE else tx.now
        tx.change(tables.waitlist, row.id, state=state.value, due_at=None, ended_at=ended_at)


def hold_ended(tx: Transaction, hold: HoldRow) -> None:
    """What had been offered is kept no longer: its time passed, or it was let go before."""
    row = reading.one(tx.connection, tables.waitlist, tables.waitlist.c.hold_id == hold.id)
    if row is not None:
        lapsed = hold.expires_at is not None and hold.expires_at <= tx.now
        move(tx, row, "lapse" if lapsed else "leave")


def bought(tx: Transaction, member_id: int, variant_id: int) -> None:
    """She has one now, whether it was offered or not."""
    for row in live(tx, variant_id):
        if row.member_id == member_id:
            move(tx, row, "take")


def settle(tx: Transaction, variant_id: int) -> None:
    """Offer what is free of the variant to as many as there are units, in their order."""
    rows = live(tx, variant_id)
    waiting = [row for row in rows if row.state == State.WAITING]
    if not waiting:
        return
    variant: VariantRow = reading.by_ids(tx.connection, tables.variant, [variant_id])[variant_id]
    free = waitlist.free_units(variant.stock, variant.held)
    members = reading.by_ids(tx.connection, tables.member, [row.member_id for row in waiting])
    absent = {key for key, row in members.items() if row.blocked or row.state in _GONE}
    offered, over = waitlist.next_up(rows, free, absent)
    for row in over:
        move(tx, row, "leave")
    timezone = timezone_of(tx, variant.shop_id)
    if offered and is_quiet(tx.now, timezone):
        _look_again(tx, waiting, offered[0], allowed_from(tx.now, timezone))
        return
    _look_again(tx, [row for row in waiting if row not in over], None, None)
    if offered:
        _Offers.load(tx, variant, timezone).make(offered, members)


def _look_again(
    tx: Transaction, rows: Sequence[WaitlistRow], first: WaitlistRow | None, at: datetime | None
) -> None:
    """Only ``first`` of those who wait carries the moment of the next look."""
    tx.update(tables.waitlist, [
        {"id": row.id, "due_at": at if row is first else None}
        for row in rows if row.due_at != (at if row is first else None)
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Offers:
    """What one variant's offers have in common."""

    tx: Transaction
    variant: VariantRow
    until: datetime
    remind_at: datetime | None
    titles: dict[str, str]
    body: str

    @classmethod
    def load(cls, tx: Transaction, variant: VariantRow, timezone: str) -> _Offers:
        until = tx.now + waitlist.OFFER_FOR
        titles = shown.titles_of(tx.connection, variant)
        setting = AutoReply.read(opening.setting(tx.connection, AUTO_REPLY_SETTING))
        title = titles["title_en" if setting.language == "en" else "title"]
        there = until.astimezone(ZoneInfo(timezone))
        body = waitlist.words(texts("waitlist", setting.language), title, there)
        return cls(tx, variant, until, remind_at(tx.now, until, timezone), titles, body)

    def make(self, rows: Sequence[WaitlistRow], members: dict[int, MemberRow]) -> None:
        """Keep a unit for each and tell her."""
        tx, held = self.tx, self.variant.held + len(rows)
        tx.change(tables.variant, self.variant.id, held=held)
        for row in rows:
            tx.change(
                tables.waitlist, row.id, state=State.OFFERED.value, hold_id=self._keep(row),
                due_at=self.until,
            )  # fmt: skip
        threads = [direct_conversation(tx, members[row.member_id]) for row in rows]
        known = reading.by_ids(tx.connection, tables.conversation, threads)
        # Named by chance: nobody can take the name of what is not offered yet.
        post(tx, [Post(known[each], f"back-{uuid4().hex}", self.body) for each in threads])

    def _keep(self, row: WaitlistRow) -> int:
        return self.tx.add(
            tables.hold, shop_id=self.variant.shop_id, client_id=f"back-{uuid4().hex}",
            member_id=row.member_id, variant_id=self.variant.id, quantity=1, state="confirmed",
            expires_at=self.until, notify_at=self.remind_at, at=self.tx.now, **self.titles,
        )  # fmt: skip


def forget_member(tx: Transaction, member_id: int) -> None:
    """She is erased and waits for nothing; call it before her holds end."""
    table = tables.waitlist
    rows = reading.fetch(tx.connection, table, table.c.member_id == member_id)
    tx.delete(table, [row.id for row in rows], ["trade", f"self/{member_id}"])
    for variant_id in {row.variant_id for row in rows if row.due_at is not None}:
        settle(tx, variant_id)
