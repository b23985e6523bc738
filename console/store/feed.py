"""The feed: all rows a reader may see with a ``rev`` above her cursor, scope by scope.

Reads only.  Live pushes, catching up and reconnecting all ask here.  Rows come out whole;
``store.projection`` decides what of them a reader gets.  Call inside one read transaction,
so that rows, tombstones and head belong together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    func,
    select,
    true,
)

from console.store import projection, reading, scopes, tables
from console.store.unit_of_work import Head, read_head

PAGE_ROWS = 1_000
"""Rows after which a catch-up is cut, at the next commit's boundary."""

RECENT_ROWS = 2_500
"""Rows of a table that count as recent when the relay starts."""

RowsByTable = dict[str, list[Any]]
GoneByTable = dict[str, list[int]]


@dataclass(slots=True)
class ScopePart:
    """What changed in one scope."""

    rows: RowsByTable = field(default_factory=dict)
    gone: GoneByTable = field(default_factory=dict)

    def add(self, table: str, row: Any) -> None:
        """One more row."""
        self.rows.setdefault(table, []).append(row)

    def settle(self) -> None:
        """A row that came back is not gone."""
        for table, ids in list(self.gone.items()):
            here = {row.id for row in self.rows.get(table, ())}
            left = [row_id for row_id in ids if row_id not in here]
            if left:
                self.gone[table] = left
            else:
                del self.gone[table]


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything visible up to ``rev``, whose mark is ``mark``; ``more``: head is further on."""

    rev: int
    mark: str
    parts: dict[str, ScopePart]
    more: bool = False


def known_scope(scope: str) -> bool:
    """Whether the name is that of a scope, well formed."""
    kind, slash, key = scope.partition("/")
    if kind in {"shop", "members", "products", "trade", "campaigns"}:
        return not slash
    return (
        kind in {"chats", "drafts", "self", "chat"} and key.isascii() and key.isdigit()
    ) and len(key) <= 15


def tables_of(scope: str) -> tuple[str, ...]:
    """Names of the tables whose rows the scope shows, most useful first."""
    kind = scopes.kind_of(scope)
    return scopes.STAFF_TABLES.get(kind) or scopes.MEMBER_TABLES[kind]


def shown_in(scope: str, table: Table) -> ColumnElement[bool]:
    """The condition under which a row of ``table`` lies in ``scope``."""
    kind, key = scopes.kind_of(scope), scopes.key_of(scope)
    if kind == "chats":
        return table.c.shop_id == key
    if kind == "drafts":
        return table.c.staff_id == key
    if kind == "chat":
        if table is tables.conversation:
            return table.c.id == key
        return table.c.conversation_id == key
    if kind == "self":
        return _shown_to_member(table, key)
    if table is tables.quick_reply:
        return table.c.staff_id.is_(None)
    return true()


def _shown_to_member(table: Table, member_id: int) -> ColumnElement[bool]:
    if table is tables.setting:
        return table.c.public
    if table is tables.member:
        return table.c.id == member_id
    if table in (
        tables.hold,
        tables.waitlist,
        tables.fitting,
        tables.coupon,
        tables.question_answer,
    ):
        return table.c.member_id == member_id
    return true()


# --- catching up ----------------------------------------------------------------------------


_NEWEST = select(
    *(select(func.max(t.c.rev)).scalar_subquery().label(t.name) for t in tables.SYNCED)
)


@dataclass(frozen=True, slots=True)
class _Source:
    """One table's part of one scope, from a cursor on."""

    scope: str
    table: Table
    shown: ColumnElement[bool]
    cursor: int

    def boundary(self, connection: Connection, budget: int) -> int | None:
        """The last whole commit within ``budget`` rows; ``None`` when they all fit."""
        rev = self.table.c.rev
        newer = select(rev).where(self.shown, rev > self.cursor).order_by(rev)
        over = connection.scalar(newer.limit(1).offset(budget))
        if over is None:
            return None
        first = connection.scalar(newer.limit(1))
        return int(over) - 1 if first is not None and over > first else int(over)

    def rows(self, connection: Connection, upto: int) -> list[Any]:
        rev = self.table.c.rev
        return reading.fetch(connection, self.table, self.shown, rev > self.cursor, rev <= upto)


def changes(connection: Connection, cursors: Mapping[str, int], budget: int = PAGE_ROWS) -> Changes:
    """Changes of each scope since its cursor, cut at a commit after about ``budget`` rows."""
    head = read_head(connection)
    newest = connection.execute(_NEWEST).one()._mapping
    sources = [
        _Source(scope, tables.metadata.tables[name], shown_in(scope, tables.metadata.tables[name]),
                cursor)
        for scope, cursor in cursors.items()
        for name in tables_of(scope)
        if (newest[name] or 0) > cursor
    ]  # fmt: skip
    cuts = [source.boundary(connection, budget) for source in sources]
    upto = min((cut for cut in cuts if cut is not None), default=head.rev)
    rev, mark = _mark_at(connection, head, upto)
    parts: dict[str, ScopePart] = {}
    for source in sources:
        found = source.rows(connection, rev)
        if found:
            parts.setdefault(source.scope, ScopePart()).rows[source.table.name] = found
    for scope, cursor in cursors.items():
        _add_gone(connection, scope, cursor, rev, parts)
    return Changes(rev=rev, mark=mark, parts=parts, more=rev < head.rev)


def _mark_at(connection: Connection, head: Head, upto: int) -> tuple[int, str]:
    """The newest commit not after ``upto`` and its mark."""
    if upto >= head.rev:
        return head.rev, head.mark
    log = tables.commit_log
    row = connection.execute(
        select(log.c.rev, log.c.mark).where(log.c.rev <= upto).order_by(log.c.rev.desc()).limit(1)
    ).one()
    return row.rev, row.mark


def _add_gone(
    connection: Connection, scope: str, cursor: int, upto: int, parts: dict[str, ScopePart]
) -> None:
    tomb = tables.tombstone
    names = [scope]
    if scopes.kind_of(scope) == projection.EVERY_MEMBER:
        names.append(projection.EVERY_MEMBER)
    found = connection.execute(
        select(tomb.c.table_name, tomb.c.row_id).where(
            tomb.c.scope.in_(names), tomb.c.rev > cursor, tomb.c.rev <= upto
        )
    ).all()
    if not found:
        return
    part = parts.setdefault(scope, ScopePart())
    for table, row_id in found:
        part.gone.setdefault(table, []).append(row_id)
    part.settle()


# --- live -----------------------------------------------------------------------------------


@cache
def _between(dialect_name: str, table: Table) -> Select[Any]:
    query = reading.rows_of(table).where(*_in_range(table.c.rev))
    return reading.prepared(dialect_name, query)


def _in_range(rev: Column[int]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return rev > bindparam("low"), rev <= bindparam("high")


_BURIED = select(
    tables.tombstone.c.scope, tables.tombstone.c.table_name, tables.tombstone.c.row_id
).where(*_in_range(tables.tombstone.c.rev))


def collect(
    connection: Connection,
    low: int,
    high: int,
    touched: Iterable[str],
    known: Mapping[str, Collection[Any]] = MappingProxyType({}),
) -> dict[str, ScopePart]:
    """Every row changed in ``low < rev <= high``, in all scopes that show it.

    Tables in ``known`` are not asked: these are all their changed rows.
    """
    found: dict[str, Collection[Any]] = {}
    for table in tables.SYNCED:
        if table.name in known:
            found[table.name] = known[table.name]
        elif table.name in touched:
            query = _between(connection.dialect.name, table)
            found[table.name] = reading.run_prepared(connection, table, query, low=low, high=high)
    parts = filed(found)
    if tables.tombstone.name in touched:
        _collect_gone(connection, low, high, parts)
    return parts


def filed(rows: Mapping[str, Iterable[Any]]) -> dict[str, ScopePart]:
    """Changed rows by table, put into all scopes that show them.

    ``projection.EVERY_MEMBER`` stands for each member's own scope.
    """
    parts: dict[str, ScopePart] = {}
    for table, found in rows.items():
        for scope_of in (projection.staff_scope, projection.member_scope):
            by_scope: dict[str, list[Any]] = {}
            for row in found:
                scope = scope_of(row)
                if scope in by_scope:
                    by_scope[scope].append(row)
                else:
                    by_scope[scope] = [row]
            by_scope.pop("", None)
            for scope, its in by_scope.items():
                part = parts.get(scope)
                if part is None:
                    part = parts[scope] = ScopePart()
                part.rows[table] = its
    return parts


def _collect_gone(connection: Connection, low: int, high: int, parts: dict[str, ScopePart]) -> None:
    found = connection.execute(_BURIED, {"low": low, "high": high})
    buried: set[str] = set()
    for scope, table, row_id in found:
        parts.setdefault(scope, ScopePart()).gone.setdefault(table, []).append(row_id)
        buried.add(scope)
    for scope in buried:
        parts[scope].settle()


@dataclass(frozen=True, slots=True)
class RecentChanges:
    """What changed after ``since`` and up to the head, in all scopes."""

    since: int
    parts: dict[str, ScopePart]


def recent(connection: Connection, head: Head, rows: int = RECENT_ROWS) -> RecentChanges:
    """The newest changes: about ``rows`` of each table, whole commits."""
    since = head.horizon
    for table in (*tables.SYNCED, tables.tombstone):
        newest = select(table.c.rev).order_by(table.c.rev.desc()).limit(1).offset(rows)
        since = max(since, connection.scalar(newest) or 0)
    names = {table.name for table in (*tables.SYNCED, tables.tombstone)}
    return RecentChanges(since, collect(connection, since, head.rev, names))


# --- history --------------------------------------------------------------------------------


def known_mark(connection: Connection, rev: int, mark: str) -> bool:
    """Whether this history had ``mark`` at ``rev`` (0 is before any history)."""
    if rev == 0:
        return True
    log = tables.commit_log
    return connection.scalar(select(log.c.mark).where(log.c.rev == rev)) == mark


def forget_before(connection: Connection, horizon: int) -> None:
    """Drop tombstones and marks up to ``horizon``; cursors below it must start anew."""
    tomb, log = tables.tombstone, tables.commit_log
    connection.execute(tomb.delete().where(tomb.c.rev <= horizon))
    connection.execute(log.delete().where(log.c.rev < horizon))
    connection.execute(
        tables.revision.update().where(tables.revision.c.id == 1).values(horizon=horizon)
    )
