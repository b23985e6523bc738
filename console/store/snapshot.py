"""Pages of a scope's snapshot, most useful first, continued by stable keys.

Reads only.  A row that changes while a snapshot is being paged may be missed by the pages
(its condition or order changed), but then its ``rev`` is above the snapshot's head and the
live changes carry it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select, true

from console.store import feed, reading, scopes, tables
from console.wire.errors import Code, Refusal

_WAITING = select(tables.conversation.c.member_id).where(
    tables.conversation.c.waiting_since.is_not(None)
)


_RECENT = {
    "wait": ("asked_at", scopes.WAITS), "recipient": ("at", scopes.RECIPIENTS),
    "stock_movement": ("at", scopes.MOVEMENTS),
}  # fmt: skip
"""Of these only what is not long ago: by which column, and how long."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A run of rows of one table, newest key first."""

    table: Table
    key: str
    where: ColumnElement[bool]

    def rows(self, connection: Connection, below: int | None, limit: int) -> list[Any]:
        column = self.table.c[self.key]
        query = reading.rows_of(self.table).where(self.where).order_by(column.desc()).limit(limit)
        if below is not None:
            query = query.where(column < below)
        return reading.run(connection, self.table, query)


def _sections(scope: str, now: datetime) -> list[_Section]:
    kind = scopes.kind_of(scope)
    found: list[_Section] = []
    for name in feed.tables_of(scope):
        table = tables.metadata.tables[name]
        shown = feed.shown_in(scope, table)
        if kind == "chats":
            # The sum keeps the planner from an index by shop, which it would have to sort:
            # nearly all rows are of this shop, and the primary key has them in order.
            shown = table.c.shop_id + 0 == scopes.key_of(scope)
        if kind == "chats" and table is tables.conversation:
            urgent = table.c.waiting_since.is_not(None)
            found.append(_Section(table, "id", shown & urgent))
            found.append(_Section(table, "id", shown & ~urgent))
        elif kind == "chats" and table is tables.message:
            found.append(_Section(table, "id", shown & (table.c.sent_at >= now - scopes.HISTORY)))
        elif table.name in _RECENT:
            column, span = _RECENT[table.name]
            found.append(_Section(table, "id", shown & (table.c[column] >= now - span)))
        elif table is tables.offer and kind == "self":
            found.append(_Section(table, "id", table.c.ends_at >= now - scopes.OFFERS))
        elif table is tables.message:
            found.append(_Section(table, "seq", shown & true()))
        elif table is tables.member:
            # Who waits for an answer has her name first.  She comes once more with the others:
            # while the pages are on their way somebody else may begin to wait.
            found.append(_Section(table, "id", shown & table.c.id.in_(_WAITING)))
            found.append(_Section(table, "id", shown))
        else:
            found.append(_Section(table, "id", shown))
    return found


def page(
    connection: Connection, scope: str, after: str, limit: int, now: datetime
) -> tuple[feed.RowsByTable, str]:
    """At most ``limit`` rows beyond ``after``, and where to go on ("" after the last page).

    Raises ``Refusal`` (``frame.malformed``) for an ``after`` that no page gave.
    """
    sections = _sections(scope, now)
    number, below = _position(after, len(sections))
    found: feed.RowsByTable = {}
    left = limit
    while number < len(sections):
        section = sections[number]
        rows = section.rows(connection, below, left)
        if rows:
            found.setdefault(section.table.name, []).extend(rows)
            left -= len(rows)
        if left == 0:
            return found, f"{number}:{getattr(rows[-1], section.key)}"
        number, below = number + 1, None
    return found, ""


def _position(after: str, count: int) -> tuple[int, int | None]:
    """``"2:817"`` → section 2, keys below 817."""
    if not after:
        return 0, None
    number, _, key = after.partition(":")
    well_formed = number.isascii() and number.isdigit() and key.isascii() and key.isdigit()
    if not well_formed or len(after) > 18 or int(number) >= count:
        raise Refusal(Code.FRAME_MALFORMED)
    return int(number), int(key)
