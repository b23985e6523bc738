"""Rows out of the database as the frozen structs that every other layer sees."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    func,
    select,
    type_coerce,
)
from sqlalchemy.types import BigInteger

from console.store.dialect import listed, one_of_named
from console.store.utc_datetime import UtcDateTime
from console.wire.campaign_rows import CampaignContent, CampaignVersion, TemplateTerms, Weekly
from console.wire.rows import TABLES, MediaRef, OfferRef, ProductCard, QuestionRef

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_media_decoder = msgspec.json.Decoder(list[MediaRef])
_STRUCTS: dict[str, Callable[[Any], Any]] = {
    "card": msgspec.json.Decoder(ProductCard).decode,
    "offer": msgspec.json.Decoder(OfferRef).decode,
    "question": msgspec.json.Decoder(QuestionRef).decode,
    "content": msgspec.json.Decoder(CampaignContent).decode,
    "weekly": msgspec.json.Decoder(Weekly).decode,
    "beside": msgspec.json.Decoder(list[CampaignVersion]).decode,
    "fields": msgspec.json.Decoder(dict[str, str | TemplateTerms]).decode,
}
"""JSON columns that are structs, by their names."""


@lru_cache(maxsize=4_096)
def _moment(value: int) -> datetime:
    """Rows of one commit share their times."""
    return _EPOCH + timedelta(milliseconds=value)


def _media(value: str) -> list[MediaRef]:
    return [] if value == "[]" else _media_decoder.decode(value)


def _json(value: Any) -> Any:
    """SQLite gives a JSON column's bare numbers back as numbers."""
    return msgspec.json.decode(value) if isinstance(value, str) else value


@cache
def columns_of(table: Table) -> tuple[Any, ...]:
    """The table's columns without SQLAlchemy's own conversions of values (see ``run``)."""
    return tuple(_raw(column) for column in table.columns)


def _raw(column: Any) -> Any:
    if isinstance(column.type, UtcDateTime):
        return type_coerce(column, BigInteger).label(column.name)
    if isinstance(column.type, JSON):
        return type_coerce(column, Text).label(column.name)
    return column


def _converter(column: Column[Any]) -> Callable[[Any], Any] | None:
    """How a column that is not plain becomes a value."""
    if isinstance(column.type, UtcDateTime):
        return _moment
    if column.name == "media":
        return _media
    if isinstance(column.type, JSON):
        convert: Callable[[Any], Any] = _STRUCTS.get(column.name, _json)
        return convert
    return bool if isinstance(column.type, Boolean) else None


@cache
def _maker(table: Table) -> Callable[[Iterable[Sequence[Any]]], list[Any]]:
    """The loop from tuples to structs, written out with the table's columns.

    As ``namedtuple`` does it: thousands of rows pass here at once, and a dictionary of
    arguments for each costs six times as much.
    """
    names = [column.name for column in table.columns]
    known: dict[str, Any] = {"_struct": TABLES[table.name]}
    values = []
    for column in table.columns:
        name, convert = column.name, _converter(column)
        if convert is None:
            values.append(f"{name}={name}")
        else:
            known[f"_to_{name}"] = convert
            values.append(f"{name}=None if {name} is None else _to_{name}({name})")
    loop = f"[_struct({', '.join(values)}) for {', '.join(names)} in rows]"
    # Made of the metadata's own names and nothing else.
    made: Callable[[Iterable[Sequence[Any]]], list[Any]] = eval(  # noqa: S307
        f"lambda rows: {loop}", known
    )
    return made


def rows_of(table: Table) -> Select[Any]:
    """A SELECT of all columns, to be narrowed and given to ``run``."""
    return select(*columns_of(table))


def run(connection: Connection, table: Table, query: Select[Any], **parameters: Any) -> list[Any]:
    """The structs of a ``rows_of`` query."""
    return _structs(table, _raw_rows(connection, query, parameters))


def _structs(table: Table, rows: Iterable[Sequence[Any]]) -> list[Any]:
    return _maker(table)(rows)


def _raw_rows(connection: Connection, query: Select[Any], parameters: Any) -> list[Any]:
    """The driver's own tuples: SQLAlchemy's row objects cost as much as the query."""
    result = connection.execute(query, parameters)
    rows = list(result.cursor.fetchall())
    result.close()
    return rows


def fetch(
    connection: Connection, table: Table, *where: ColumnElement[bool], limit: int | None = None
) -> list[Any]:
    """Rows that meet all conditions, in no particular order."""
    query = rows_of(table).where(*where)
    return run(connection, table, query if limit is None else query.limit(limit))


def by_ids(
    connection: Connection, table: Table, ids: Collection[int], column: str = "id"
) -> dict[int, Any]:
    """Rows by a unique integer column; those that do not exist are left out."""
    if not ids:
        return {}
    name = connection.dialect.name
    query = _by_column(name, table, column)
    found = run_prepared(connection, table, query, ids=listed(name, set(ids)))
    return {getattr(row, column): row for row in found}


@cache
def _by_column(dialect_name: str, table: Table, column: str) -> Select[Any]:
    where = one_of_named(dialect_name, table.c[column], "ids")
    return prepared(dialect_name, rows_of(table).where(where))


def prepared(dialect_name: str, query: Select[Any]) -> Select[Any]:
    """A query to be built once and given to ``run_prepared`` or ``numbers``.

    For SQLite everything comes as one value: its driver gives Python's lock away for every
    row, and in a busy process waits milliseconds for it each time.
    """
    if dialect_name != "sqlite":
        return query
    rows = query.subquery()
    return select(func.json_group_array(func.json_array(*rows.columns)))


def numbers(connection: Connection, query: Select[Any], **parameters: Any) -> list[Sequence[Any]]:
    """The rows of a ``prepared`` query of plain numbers."""
    found = connection.execute(query, parameters)
    if connection.dialect.name != "sqlite":
        return list(found.tuples())
    rows: list[Sequence[Any]] = msgspec.json.decode(found.scalar_one())
    return rows


def columns(connection: Connection, query: Select[Any], **parameters: Any) -> list[list[Any]]:
    """The columns of a query of plain numbers and texts, each in the order of the query.

    For thousands of rows: where a row is not needed whole, to make one of each costs more than
    to find it.
    """
    rows = query.subquery()
    if connection.dialect.name != "sqlite":
        found = connection.execute(query, parameters).all()
        return [[row[place] for row in found] for place in range(len(rows.columns))]
    listed_columns = select(*(func.json_group_array(each) for each in rows.columns))
    packed = connection.execute(listed_columns, parameters).one()
    return [msgspec.json.decode(each) for each in packed]


def run_prepared(
    connection: Connection, table: Table, query: Select[Any], **parameters: Any
) -> list[Any]:
    """The structs of a ``prepared`` query."""
    if connection.dialect.name != "sqlite":
        return run(connection, table, query, **parameters)
    packed = connection.execute(query, parameters).scalar_one()
    return _structs(table, msgspec.json.decode(packed))


def one(connection: Connection, table: Table, *where: ColumnElement[bool]) -> Any | None:
    """The row that meets all conditions, or ``None``."""
    found = fetch(connection, table, *where, limit=1)
    return found[0] if found else None
