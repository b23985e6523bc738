"""``fitting.remind``: members are reminded of their fittings, once, outside quiet hours."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from console.domain.after_hours import say_when
from console.domain.fittings import State, remind_again_at
from console.domain.hours import Hours
from console.domain.quick_replies import starter_language
from console.relay.handlers.base import Request
from console.relay.handlers.posting import Post, post
from console.relay.handlers.told import texts
from console.relay.internal import RemindFittings
from console.store import opening, reading, tables
from console.store.unit_of_work import Transaction
from console.wire.rows import FittingRow


def due(tx: Transaction, at_most: int) -> Select[Any]:
    """Whom to remind now, the earliest first."""
    table = tables.fitting
    return (
        reading.rows_of(table)
        .where(table.c.remind_at.is_not(None), table.c.remind_at <= tx.now)
        .order_by(table.c.remind_at, table.c.id)
        .limit(at_most)
    )


def remind(tx: Transaction, request: Request[RemindFittings]) -> dict[str, int]:
    """Write to those who are to come; slept over, it waits until morning or is let go."""
    table = tables.fitting
    rows: list[FittingRow] = reading.run(tx.connection, table, due(tx, request.command.at_most))
    if not rows:
        return {"done": 0}
    hours = opening.hours_by_shop(tx.connection)
    told: list[FittingRow] = []
    changes: list[dict[str, Any]] = []
    for row in rows:
        at = remind_again_at(row.starts_at, tx.now, hours[row.shop_id].timezone)
        now = at is not None and at <= tx.now
        if now and row.state == State.BOOKED:
            told.append(row)
        changes.append({"id": row.id, "remind_at": None if now else at})
    post(tx, _posts(tx, told, hours))
    tx.update(table, changes)
    return {"done": len(rows)}


def _posts(tx: Transaction, rows: list[FittingRow], hours: dict[int, Hours]) -> list[Post]:
    """A message for each who can read one and is not shut out."""
    members = reading.by_ids(tx.connection, tables.member, [row.member_id for row in rows])
    threads = reading.by_ids(tx.connection, tables.conversation, list(members), "member_id")
    shops = reading.by_ids(tx.connection, tables.shop, [row.shop_id for row in rows])
    posts = []
    for row in rows:
        thread, shop = threads.get(row.member_id), shops[row.shop_id]
        if thread is None or members[row.member_id].blocked:
            continue
        language = starter_language(shop.name, shop.greeting)
        when = say_when(texts("auto_reply", language), hours[row.shop_id], row.starts_at, tx.now)
        body = texts("fittings", language)["reminder"].format(when=when.strip())
        # One for each time it was booked for: moved, she is reminded of the new one.
        name = f"fitting-{row.id}-{int(row.starts_at.timestamp())}"
        posts.append(Post(thread, name, body))
    return posts
