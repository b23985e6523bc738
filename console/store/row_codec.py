"""Rows of the synced tables as a replica keeps them: tuples, and the SQL that takes them.

Derived from the wire's structs alone, whose fields are the columns in their order, so that a
console starts without the relay's SQL toolkit.  Times are integer milliseconds, lists and maps
are JSON text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from types import NoneType
from typing import Any, Final, get_args, get_origin

import msgspec

from console.wire.rows import Row

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_NUMBERS: Final = (int, bool, datetime)


def to_ms(value: datetime) -> int:
    """Milliseconds since 1970 of an aware datetime."""
    return (value - _EPOCH) // _MILLISECOND


def from_ms(value: int) -> datetime:
    """The aware UTC datetime of ``to_ms``."""
    return _EPOCH + timedelta(milliseconds=value)


class Column(msgspec.Struct, frozen=True):
    """One column; ``kind`` is the Python type of its values."""

    name: str
    kind: Any
    nullable: bool

    @property
    def is_json(self) -> bool:
        """Kept as JSON text."""
        return self.kind not in (*_NUMBERS, str)

    @property
    def definition(self) -> str:
        """Its part of CREATE TABLE."""
        kept = "INTEGER" if self.kind in _NUMBERS else "TEXT"
        return f'"{self.name}" {kept}{"" if self.nullable else " NOT NULL"}'


def columns_of(struct: type[Row]) -> tuple[Column, ...]:
    """The columns of a synced table: ``id``, ``rev`` and the struct's own fields."""
    return tuple(_column(field.name, field.type) for field in msgspec.structs.fields(struct))


def _column(name: str, kind: Any) -> Column:
    parts = get_args(kind) if get_origin(kind) not in (list, dict) else ()
    if NoneType in parts:
        (inner,) = (part for part in parts if part is not NoneType)
        return Column(name, inner, nullable=True)
    return Column(name, kind, nullable=kind is Any)


class RowCodec:
    """Turns rows of one synced table into tuples for SQLite and back.

    Attributes:
        name: the table's name.
        columns: column names in order; ``id`` first, ``rev`` second.
        create: statement that makes the table.
        upsert: statement that writes one tuple unless a newer row is there.
        insert: statement that writes one tuple where none is.
        tuples: what ``upsert`` takes, one tuple per struct of the list given.
        struct: the wire struct of a tuple read in column order.
    """

    def __init__(self, name: str, struct: type[Row]) -> None:
        columns = columns_of(struct)
        self.name = name
        self.columns = tuple(column.name for column in columns)
        self._list = list[struct]  # type: ignore[valid-type]
        self.create = _create(name, columns)
        self.insert = _insert(name, self.columns)
        self.upsert = _upsert(self.insert, name, self.columns)
        self.tuples: Callable[[Sequence[Any]], list[tuple[Any, ...]]] = _writer(columns)
        self.struct: Callable[[Sequence[Any]], Any] = _reader(struct, columns)

    def structs(self, raw: Sequence[Any]) -> list[Any]:
        """Rows of a frame as wire structs; raises ``msgspec.ValidationError`` when malformed."""
        return msgspec.convert(raw, self._list)


def _create(name: str, columns: Sequence[Column]) -> str:
    rest = ", ".join(column.definition for column in columns[1:])
    return f'CREATE TABLE "{name}" (id INTEGER PRIMARY KEY, {rest})'


def _insert(name: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    return f'INSERT INTO "{name}" ({names}) VALUES ({marks})'  # noqa: S608 - names of our own


def _upsert(insert: str, name: str, columns: Sequence[str]) -> str:
    sets = ", ".join(f'"{column}" = excluded."{column}"' for column in columns[1:])
    return f'{insert} ON CONFLICT (id) DO UPDATE SET {sets} WHERE excluded.rev > "{name}".rev'


# --- loops written out --------------------------------------------------------------------
# As ``namedtuple`` does it: a first copy is a million rows, and converting each column by a
# call costs three times as much.  Made of the structs' own names and nothing else.


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _writer(columns: Sequence[Column]) -> Any:
    values = []
    for column in columns:
        value = f"row.{column.name}"
        if column.kind is datetime:
            value = f"(None if {value} is None else ({value} - _epoch) // _ms)"
        elif column.is_json:
            value = f"_json({value})"
        values.append(value)
    known = {"_epoch": _EPOCH, "_ms": _MILLISECOND, "_json": _json}
    return eval(f"lambda rows: [({', '.join(values)},) for row in rows]", known)  # noqa: S307


def _reader(struct: type[Row], columns: Sequence[Column]) -> Any:
    known: dict[str, Any] = {"_struct": struct, "_when": from_ms, "_flag": bool}
    values = []
    for column in columns:
        convert = {datetime: "_when", bool: "_flag"}.get(column.kind, "")
        if column.is_json:
            convert = f"_json_{column.name}"
            kind = column.kind | None if column.nullable and column.kind is not Any else column.kind
            known[convert] = msgspec.json.Decoder(kind).decode
        made = f"{convert}({column.name})" if convert else column.name
        if convert and column.nullable:
            made = f"None if {column.name} is None else {made}"
        values.append(f"{column.name}={made}")
    names = ", ".join(column.name for column in columns)
    unpack = f"(lambda {names}: _struct({', '.join(values)}))"
    return eval(f"lambda values: {unpack}(*values)", known)  # noqa: S307
