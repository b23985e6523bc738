"""All holds of the shop as a replica has them, for the list of holds.  Runs in a reading thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from console.desk.panel import TradeBook
from console.desk.spelling import spelled
from console.desk.types import TradeLine, Value
from console.store import overlay_trade, replica_queries, search
from console.store.outbox import Entry
from console.store.replica import Connection
from console.store.row_codec import to_ms
from console.wire.rows import HoldRow

RAN_OUT: Final = timedelta(days=3)
"""So long what lapsed is shown: until then the piece is put back."""
_SHOWN: Final = ("asked", "confirmed", "lapsed")


class HoldItem(Value, frozen=True, kw_only=True):
    """A hold with whose it is; ``words`` is everything it is found by, as search compares it."""

    member_id: int
    member: str
    line: TradeLine
    words: str


def all_holds(db: Connection, entries: Sequence[Entry], now: datetime) -> list[HoldItem]:
    """Asked for first, oldest first; then kept, the next to end first; then what ran out."""
    known = replica_queries.open_holds(db, to_ms(now - RAN_OUT))
    names = {row.client_id for row in known}
    rows = [overlay_trade.with_steps(row, entries) for row in known]
    rows += [
        HoldRow(id=0, rev=0, shop_id=0, client_id=ask.client_id, member_id=ask.member_id,
                variant_id=ask.variant_id, quantity=ask.quantity, at=now)
        for ask in overlay_trade.asked_holds(entries) if ask.client_id not in names
    ]  # fmt: skip
    shown = sorted((row for row in rows if row.state in _SHOWN), key=_order)
    book = TradeBook(db, shown)
    members = {
        row.id: row.name
        for row in replica_queries.by_ids(db, "member", sorted({row.member_id for row in shown}))
    }
    found = ((row, book.line(row)) for row in shown)
    return [
        _item(row, line, members.get(row.member_id, ""), entries) for row, line in found if line
    ]


def _order(row: HoldRow) -> tuple[int, datetime]:
    asked = row.state == "asked" or row.expires_at is None
    return _SHOWN.index(row.state), row.at if asked or row.expires_at is None else row.expires_at


def _item(row: HoldRow, line: TradeLine, name: str, entries: Sequence[Entry]) -> HoldItem:
    line = msgspec.structs.replace(line, unsent=overlay_trade.unsent(row.client_id, entries))
    said = (name, *spelled(name), line.name, line.name_en, line.colour, line.colour_en, line.size)
    return HoldItem(member_id=row.member_id, member=name, line=line,
                    words=" ".join(search.normalise(each) for each in said))  # fmt: skip


def fits(item: HoldItem, query: str) -> bool:
    """Whether every word of a query is in it."""
    return all(search.normalise(word) in item.words for word in query.split())
