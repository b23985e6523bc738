"""``hold.settle``: holds end by themselves, and members are told before and after.

Each is one commit with the words about it: killed at any moment, the next look finds what is
still due and nothing else.  A service message: no cap concerns it, but it waits for the morning.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.domain.after_hours import say_when
from console.domain.holds import State, tell_again_at
from console.domain.hours import Hours
from console.domain.quick_replies import starter_language
from console.relay.handlers.base import Request
from console.relay.handlers.posting import Post, post
from console.relay.handlers.told import texts
from console.relay.handlers.trade import end_hold
from console.relay.internal import SettleHolds
from console.store import opening, reading, tables
from console.store.unit_of_work import Transaction
from console.wire.rows import HoldRow, ShopRow


def settle(tx: Transaction, request: Request[SettleHolds]) -> dict[str, int]:
    """End those whose time is over, then tell whoever is to be told."""
    done = _lapse(tx, request.command.at_most)
    return {"done": done + _tell(tx, request.command.at_most)}


def _lapse(tx: Transaction, at_most: int) -> int:
    table = tables.hold
    query = (
        reading.rows_of(table).where(tables.HOLD_KEPT, table.c.expires_at <= tx.now)
        .order_by(table.c.expires_at, table.c.id).limit(at_most)
    )  # fmt: skip
    rows: list[HoldRow] = reading.run(tx.connection, table, query)
    for row in rows:
        end_hold(tx, row, "lapse")
    return len(rows)


def _tell(tx: Transaction, at_most: int) -> int:
    table = tables.hold
    query = (
        reading.rows_of(table).where(table.c.notify_at.is_not(None), table.c.notify_at <= tx.now)
        .order_by(table.c.notify_at, table.c.id).limit(at_most)
    )  # fmt: skip
    rows: list[HoldRow] = reading.run(tx.connection, table, query)
    if not rows:
        return 0
    hours = opening.hours_by_shop(tx.connection)
    told: list[HoldRow] = []
    changes: list[dict[str, Any]] = []
    for row in rows:
        until = row.expires_at or tx.now
        at = tell_again_at(row.state, tx.now, until, hours[row.shop_id].timezone)
        now = at is not None and at <= tx.now
        if now:
            told.append(row)
        changes.append({"id": row.id, "notify_at": None if now else at})
    post(tx, _posts(tx, told, hours))
    tx.update(table, changes)
    return len(rows)


def _posts(tx: Transaction, rows: Sequence[HoldRow], hours: dict[int, Hours]) -> list[Post]:
    """A message for each who can read one and is not shut out."""
    members = reading.by_ids(tx.connection, tables.member, [row.member_id for row in rows])
    threads = reading.by_ids(tx.connection, tables.conversation, list(members), "member_id")
    shops = reading.by_ids(tx.connection, tables.shop, [row.shop_id for row in rows])
    return [
        # One for each end it was given: kept for longer, she is reminded of the new one.
        Post(threads[row.member_id], f"hold-{row.id}-{row.state}-{_number(row)}",
             _words(tx, row, shops[row.shop_id], hours[row.shop_id]))
        for row in rows
        if row.member_id in threads and not members[row.member_id].blocked
    ]  # fmt: skip


def _number(row: HoldRow) -> int:
    return int(row.expires_at.timestamp()) if row.expires_at is not None else 0


def _words(tx: Transaction, row: HoldRow, shop: ShopRow, hours: Hours) -> str:
    language = starter_language(shop.name, shop.greeting)
    what = (row.title_en if language == "en" else "") or row.title
    until = row.expires_at or tx.now
    when = say_when(texts("auto_reply", language), hours, until, tx.now).strip()
    name = "over" if row.state == State.LAPSED else "soon"
    return str(texts("holds", language)[name]).format(what=what, when=when)
