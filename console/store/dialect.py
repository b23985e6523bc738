"""What SQLite and PostgreSQL say differently, and the fast way to write and ask for many rows.

SQLAlchemy compiles every statement; for bursts its per-row parameter handling is passed by
(it costs more than the database does).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    Table,
    any_,
    bindparam,
    column,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert, UpdateBase
from sqlalchemy.sql.functions import GenericFunction

from console.store.utc_datetime import UtcDateTime

T = TypeVar("T")
PACK_FROM = 4
"""Rows from which statements of many are better than one a row."""
PACKS = (256, 64, 16, PACK_FROM)
"""Rows in one statement: few sizes, so that the driver keeps them compiled."""
CHUNK = 5_000
"""Pairs bound at once; SQLite takes 32,766 values and PostgreSQL 65,535."""


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Slices of at most ``size`` values."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def insert_missing(connection: Connection, table: Table) -> Any:
    """An INSERT that skips rows which would break a unique constraint."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def one_of(
    connection: Connection, column: ColumnElement[Any], values: Collection[int] | Collection[str]
) -> ColumnElement[bool]:
    """``column IN values`` with a single bound parameter, however many there are."""
    if connection.dialect.name == "postgresql":
        return column == any_(postgresql.array(list(values)))
    listed = func.json_each(msgspec.json.encode(list(values)).decode()).table_valued("value")
    wanted: Select[Any] = select(listed.c.value)
    return column.in_(wanted)


def one_of_named(dialect_name: str, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """``column IN :name`` for a statement that is built once: that costs more than to ask it.

    Give the parameter as ``listed(dialect_name, values)``.
    """
    if dialect_name == "postgresql":
        return column == any_(bindparam(name, type_=postgresql.ARRAY(column.type)))
    values = func.json_each(bindparam(name)).table_valued("value")
    wanted: Select[Any] = select(values.c.value)
    return column.in_(wanted)


def listed(dialect_name: str, values: Collection[int] | Collection[str]) -> Any:
    """The value of a ``one_of_named`` parameter."""
    if dialect_name == "postgresql":
        return list(values)
    return msgspec.json.encode(list(values)).decode()


class json_each_text(GenericFunction[Any]):  # noqa: N801 - PostgreSQL's name for it
    """The entries of a JSON object of texts: rows of ``key`` and ``value``.

    SQLite looks a path up by the key's bytes and finds none with a quotation mark in it.
    """

    inherit_cache = True


@compiles(json_each_text, "sqlite")
def _entries_on_sqlite(element: json_each_text, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


# --- many rows ------------------------------------------------------------------------------

Rows = Sequence[Mapping[str, Any]]
_Text = Callable[[str, Sequence[str], int], str]
"""The statement for a table, its quoted columns and a number of rows."""


def insert_many(connection: Connection, table: Table, rows: Rows, rev: int | None = None) -> None:
    """Insert rows that all have the same columns; ``rev`` is given to every one of them."""
    many = _inserter(connection.dialect, table, tuple(rows[0]), rev is not None)
    many.write(connection, many.of_mappings(rows, rev), at_once=len(rows) >= PACK_FROM)


def update_many(connection: Connection, table: Table, rows: Rows, rev: int | None = None) -> None:
    """Set the given columns (and ``rev``) of rows by their ``id``; all have the same columns."""
    many = _updater(connection.dialect, table, tuple(rows[0]), rev is not None)
    # Of two changes of one row in one statement either might win; one after the other the last.
    distinct = len(rows) >= PACK_FROM and len({row["id"] for row in rows}) == len(rows)
    many.write(connection, many.of_mappings(rows, rev), at_once=distinct)


def insert_structs(
    connection: Connection, table: Table, rows: Sequence[Any], columns: tuple[str, ...]
) -> None:
    """Insert these columns of synced rows, and their ``rev``."""
    many = _inserter(connection.dialect, table, columns, True)
    many.write(connection, many.of_structs(rows), at_once=len(rows) >= PACK_FROM)


def update_structs(
    connection: Connection, table: Table, rows: Sequence[Any], columns: tuple[str, ...]
) -> None:
    """Set these columns and ``rev`` of synced rows by their ``id``; no row may be there twice."""
    many = _updater(connection.dialect, table, ("id", *columns), True)
    many.write(connection, many.of_structs(rows), at_once=len(rows) >= PACK_FROM)


class _Many:
    """A compiled statement, and how a row's values become its parameters.

    SQLite's driver gives Python's lock away for every row, and in a busy process waits
    milliseconds for it each time: there ``text`` makes statements of many rows.
    """

    def __init__(self, dialect: Dialect, table: Table, statement: UpdateBase, text: _Text) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self.sql: str = str(compiled)
        self._keys: list[str] | None = None if compiled.positional else list(compiled.params)
        names = [name.removeprefix("where_") for name in compiled.positiontup or compiled.params]
        self._names = names
        quoted = [dialect.identifier_preparer.quote(name) for name in names]
        target = dialect.identifier_preparer.format_table(table)
        self._packed = {}
        if dialect.name == "sqlite":
            self._packed = {count: text(target, quoted, count) for count in PACKS}
        found = [(place, _binder(dialect, table.c[name])) for place, name in enumerate(names)]
        self._binders = [(place, binder) for place, binder in found if binder is not None]

    def write(self, connection: Connection, parameters: list[Any], *, at_once: bool) -> None:
        """Execute it for all rows."""
        done = 0
        for count, sql in self._packed.items() if at_once else ():
            while len(parameters) - done >= count:
                packed = tuple(chain.from_iterable(parameters[done : done + count]))
                connection.exec_driver_sql(sql, packed)
                done += count
        if done < len(parameters):
            connection.exec_driver_sql(self.sql, parameters[done:])

    def of_mappings(self, rows: Rows, rev: int | None) -> list[Any]:
        """The parameters of rows by column, all of that ``rev``."""
        names = self._names if rev is None else [name for name in self._names if name != "rev"]
        columns: list[Iterable[Any]] = [map(itemgetter(name), rows) for name in names]
        if rev is not None:
            columns.insert(self._names.index("rev"), repeat(rev, len(rows)))
        return self._parameters(columns)

    def of_structs(self, rows: Sequence[Any]) -> list[Any]:
        """The parameters of synced rows."""
        return self._parameters([map(attrgetter(name), rows) for name in self._names])

    def _parameters(self, columns: list[Iterable[Any]]) -> list[Any]:
        """One tuple a row (or a mapping, where the driver wants names).

        Column by column, so that no line of Python is run per row.
        """
        for place, binder in self._binders:
            columns[place] = map(binder, columns[place])
        listed = list(zip(*columns, strict=True))
        if self._keys is None:
            return listed
        return [dict(zip(self._keys, values, strict=True)) for values in listed]


def _values(columns: int, rows: int) -> str:
    one = f"({', '.join('?' * columns)})"
    return f"VALUES {', '.join([one] * rows)}"


def _insert_text(target: str, names: Sequence[str], count: int) -> str:
    """An INSERT of ``count`` rows."""
    return f"INSERT INTO {target} ({', '.join(names)}) {_values(len(names), count)}"


def _update_text(target: str, names: Sequence[str], count: int) -> str:
    """An UPDATE of ``count`` rows by their ids (the last of ``names``)."""
    changes = ", ".join(f"{name} = packed.{name}" for name in names[:-1])
    rows = f"WITH packed ({', '.join(names)}) AS ({_values(len(names), count)})"
    which = f"{target}.{names[-1]} = packed.{names[-1]}"
    # Names are the metadata's own, quoted; every value is a parameter.
    return f"{rows} UPDATE {target} SET {changes} FROM packed WHERE {which}"  # noqa: S608


def _binder(dialect: Dialect, column: Column[Any]) -> Callable[[Any], Any] | None:
    found: Callable[[Any], Any] | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    if found is None:
        return None
    if isinstance(column.type, UtcDateTime):
        # One commit writes one and the same time into all its rows.
        return lru_cache(maxsize=64)(found)
    return _once(found) if isinstance(column.type, JSON) else found


def _once(bind: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A campaign's messages share their photos: what is the very value as before is not encoded
    again.
    """

    before, given = None, bind(None)

    def bound(value: Any) -> Any:
        nonlocal before, given
        if value is not before:
            before, given = value, bind(value)
        return given

    return bound


@lru_cache(maxsize=256)
def _inserter(dialect: Dialect, table: Table, names: tuple[str, ...], rev: bool) -> _Many:
    columns = (*names, "rev") if rev else names
    statement = table.insert().values({name: bindparam(name) for name in columns})
    return _Many(dialect, table, statement, _insert_text)


@lru_cache(maxsize=256)
def _updater(dialect: Dialect, table: Table, names: tuple[str, ...], rev: bool) -> _Many:
    columns = [name for name in (*names, "rev") if name != "id" and (rev or name != "rev")]
    values: dict[str, Any] = {name: bindparam(name) for name in columns}
    statement = table.update().where(table.c.id == bindparam("where_id")).values(values)
    return _Many(dialect, table, statement, _update_text)


# --- rows that are alike ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AlikeRows:
    """New rows, a whole shop's perhaps, that differ in one number and in their kind alone.

    Attributes:
        column, numbers: the column of that number, and the one of each row (none is negative).
        kinds: what the rows of a kind have in common, each with the same columns: texts and
            numbers only.
        kind_of: the kind of each row, by its place in ``kinds``.
        shared: what all of them have in common, of whatever type.
    """

    column: str
    numbers: Sequence[int]
    kinds: Sequence[Mapping[str, Any]]
    kind_of: Sequence[int]
    shared: Mapping[str, Any]

    def spelled_out(self, first_id: int) -> Rows:
        """The very rows."""
        return [
            {"id": row_id, self.column: number, **self.kinds[kind], **self.shared}
            for row_id, (number, kind) in enumerate(
                zip(self.numbers, self.kind_of, strict=True), first_id
            )
        ]


def insert_alike(
    connection: Connection, table: Table, rows: AlikeRows, first_id: int, rev: int | None = None
) -> None:
    """Insert rows of the ids from ``first_id`` on, in their order; there is at least one.

    SQLite writes them out itself, of a list of numbers that says number and kind at once: to
    bind every column of every row costs more than to keep them.
    """
    if connection.dialect.name != "sqlite":
        insert_many(connection, table, rows.spelled_out(first_id), rev)
        return
    shared = rows.shared if rev is None else {**rows.shared, "rev": rev}
    names = tuple(rows.kinds[0])
    statement = _alike_statement(table, rows.column, names, tuple(shared))
    count = len(rows.kinds)
    listed_rows = [number * count + kind
                   for number, kind in zip(rows.numbers, rows.kind_of, strict=True)]  # fmt: skip
    listed_kinds = [[kind[name] for name in names] for kind in rows.kinds]
    connection.execute(statement, {
        "_rows": msgspec.json.encode(listed_rows).decode(),
        "_kinds": msgspec.json.encode(listed_kinds).decode(),
        "_count": count, "_first": first_id, **shared,
    })  # fmt: skip


@lru_cache(maxsize=16)
def _alike_statement(
    table: Table, number: str, of_kind: tuple[str, ...], shared: tuple[str, ...]
) -> Insert:
    """One statement for any number of rows and kinds."""
    place, value = column("key", BigInteger), column("value", BigInteger)
    rows = func.json_each(bindparam("_rows")).table_valued(place, value, name="packed")
    listed_kinds = func.json_each(bindparam("_kinds")).table_valued("key", "value", name="listed")
    fields = [func.json_extract(listed_kinds.c.value, f"$[{place}]").label(name)
              for place, name in enumerate(of_kind)]  # fmt: skip
    # Else every row would take its kind out of the text again.
    kinds = select(listed_kinds.c.key.label("kind"), *fields).cte("kinds")
    kinds = kinds.prefix_with("MATERIALIZED")
    count: ColumnElement[int] = bindparam("_count", type_=BigInteger)
    given = [bindparam(name, type_=table.c[name].type) for name in shared]
    query = select(
        rows.c.key + bindparam("_first", type_=BigInteger), rows.c.value // count,
        *(kinds.c[name] for name in of_kind), *given,
    ).join_from(rows, kinds, kinds.c.kind == rows.c.value % count)  # fmt: skip
    return table.insert().from_select(["id", number, *of_kind, *shared], query)
