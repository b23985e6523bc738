"""One transaction of the relay: its revision, its clock, its ids, and what it touched.

The only way to change synced rows.  Whoever holds a ``Transaction`` writes through it, so
that every changed row carries the commit's ``rev`` and every deletion leaves a tombstone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select

from console.store import tables
from console.store.dialect import (
    AlikeRows,
    insert_alike,
    insert_many,
    insert_structs,
    one_of,
    update_many,
    update_structs,
)
from console.store.ids import IdSource
from console.store.suppression_facts import Suppression
from console.wire.epochs import next_epoch

Row = Mapping[str, Any]
Reader = tuple[str, int]
"""``(kind, id)`` of a staff member or member."""
KnownRows = Mapping[str, Mapping[int, Any]]
"""Synced rows by table and id, as they stand after a commit."""
_id_of, _rev_of = attrgetter("id"), attrgetter("rev")


def as_kept(at: datetime) -> datetime:
    """The time as a column gives it back: in UTC and whole milliseconds."""
    return at.astimezone(UTC).replace(microsecond=at.microsecond // 1_000 * 1_000)


@dataclass(slots=True)
class Effects:
    """What must happen outside once the transaction is committed."""

    erased_media: list[int] = field(default_factory=list)
    """Media whose files must go."""
    revoked_devices: set[int] = field(default_factory=set)
    readers: set[Reader] = field(default_factory=set)
    """Readers whose grants, role, name or devices changed."""
    devices: set[int] = field(default_factory=set)
    """Devices that belong to somebody else now."""
    settled: set[int] = field(default_factory=set)
    """Devices that settled commands."""
    erased: bool = False
    """Words were erased: the journal must not keep them."""
    member_erased: bool = False
    """A whole member was erased: copies of the database must not keep her."""
    suppressed: list[Suppression] = field(default_factory=list)
    """What no backup may bring back, to be told outside the database, too."""
    epoch: str = ""
    """The new epoch, when one was minted."""
    horizon: int = 0
    """The new tombstone horizon, when it moved."""

    def copy(self) -> Effects:
        """As it stands now, to return to when a command is rolled back."""
        return deepcopy(self)


class Transaction:
    """Writes of one commit.

    Attributes:
        connection: inside the open transaction.
        rev: the revision this commit will have if it changes anything.
        now: aware UTC in whole milliseconds, the same for the whole commit.
        ids: where new ids come from.
        effects: what to do after the commit.
        touched: names of tables it changed; empty means there is nothing to announce.
        writes: number of statements that changed something.
    """

    def __init__(self, connection: Connection, rev: int, now: datetime, ids: IdSource) -> None:
        self.connection = connection
        self.rev = rev
        self.now = as_kept(now)
        self.ids = ids
        self.effects = Effects()
        self.touched: set[str] = set()
        self.writes = 0
        self._known: dict[str, dict[int, Any] | None] = {}

    @property
    def known(self) -> KnownRows:
        """The changed rows of those touched tables whose every change was given whole."""
        return {name: rows for name, rows in self._known.items() if rows is not None}

    def forget_known(self) -> None:
        """What was written so far may be undone: only the database knows how it stands."""
        self._known = dict.fromkeys(self._known)

    @property
    def dirty(self) -> bool:
        """Whether the commit gets a revision."""
        return bool(self.touched)

    def new_ids(self, table: Table, count: int = 1) -> range:
        """Fresh ids for rows of ``table``."""
        return self.ids.take(self.connection, table.name, count)

    def new_id(self, table: Table) -> int:
        """One fresh id."""
        return self.new_ids(table)[0]

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows that all have the same columns; synced ones get this commit's ``rev``."""
        if not rows:
            return
        self._note(table)
        insert_many(self.connection, table, rows, self._rev_of(table))

    def insert_alike(self, table: Table, rows: AlikeRows) -> None:
        """Insert rows that differ in a number and their kind; they get fresh ids in their order."""
        if not rows.numbers:
            return
        first_id = self.new_ids(table, len(rows.numbers))[0]
        self._note(table)
        insert_alike(self.connection, table, rows, first_id, self._rev_of(table))

    def add(self, table: Table, **values: Any) -> int:
        """Insert one row and return its new id."""
        row_id = self.new_id(table)
        self.insert(table, [{"id": row_id, **values}])
        return row_id

    def update(self, table: Table, rows: Sequence[Row]) -> None:
        """Change rows by ``id``; every mapping has ``id`` and the same other columns."""
        if not rows:
            return
        self._note(table)
        update_many(self.connection, table, rows, self._rev_of(table))

    def insert_whole(self, table: Table, rows: Sequence[Any], columns: tuple[str, ...]) -> None:
        """Insert synced rows, given as their structs with this commit's ``rev``.

        ``columns`` are those that are not at their default in all of them.
        """
        if rows:
            self._note_whole(table, rows)
            insert_structs(self.connection, table, rows, columns)

    def update_whole(self, table: Table, rows: Sequence[Any], columns: tuple[str, ...]) -> None:
        """Change ``columns`` of synced rows, given whole and with this commit's ``rev``.

        The other columns must be as this transaction read them.
        """
        if rows:
            self._note_whole(table, rows)
            update_structs(self.connection, table, rows, columns)

    def change(self, table: Table, row_id: int, **values: Any) -> None:
        """Change one row."""
        self.update(table, [{"id": row_id, **values}])

    def delete(self, table: Table, ids: Iterable[int], scopes: Sequence[str]) -> None:
        """Delete synced rows and leave their tombstones in every scope that showed them."""
        row_ids = sorted(ids)
        if not row_ids:
            return
        found = one_of(self.connection, table.c.id, row_ids)
        self.connection.execute(table.delete().where(found))
        self.bury(table, row_ids, scopes)

    def bury(self, table: Table, row_ids: Sequence[int], scopes: Sequence[str]) -> None:
        """Leave tombstones for rows that a scope no longer shows."""
        self._note(table)
        if "rev" not in table.c or not row_ids or not scopes:
            return
        pairs = [(scope, row_id) for scope in scopes for row_id in row_ids]
        fresh = self.new_ids(tables.tombstone, len(pairs))
        self.insert(tables.tombstone, [
            {"id": tomb_id, "scope": scope, "table_name": table.name, "row_id": row_id,
             "at": self.now}
            for tomb_id, (scope, row_id) in zip(fresh, pairs, strict=True)
        ])  # fmt: skip

    def _rev_of(self, table: Table) -> int | None:
        """Synced rows get this commit's revision."""
        return self.rev if "rev" in table.c else None

    def note_write(self) -> None:
        """A statement of one's own changed rows that are not synced."""
        self.writes += 1

    def _note(self, table: Table) -> None:
        self.writes += 1
        if "rev" in table.c:
            self.touched.add(table.name)
            self._known[table.name] = None

    def _note_whole(self, table: Table, rows: Sequence[Any]) -> None:
        if set(map(_rev_of, rows)) != {self.rev}:
            raise ValueError("a whole row has the revision of its commit")
        fresh = dict(zip(map(_id_of, rows), rows, strict=True))
        if len(fresh) != len(rows):
            raise ValueError("a row is given twice")
        self.writes += 1
        self.touched.add(table.name)
        known = self._known.setdefault(table.name, {})
        if known is not None:
            known.update(fresh)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest commit: its revision and mark, the epoch, and the tombstone horizon."""

    rev: int
    mark: str
    epoch: str
    horizon: int


# Built once: to build a statement costs more than to execute it, and these are in every commit.
_READ_HEAD = select(
    tables.revision.c.head, tables.revision.c.mark,
    tables.revision.c.epoch, tables.revision.c.horizon,
).where(tables.revision.c.id == 1)  # fmt: skip
_MOVE_HEAD = (
    tables.revision.update()
    .where(tables.revision.c.id == 1)
    .values(head=bindparam("new_head"), mark=bindparam("new_mark"))
)
_LOG_COMMIT = tables.commit_log.insert()


def read_head(connection: Connection) -> Head:
    """The head as this connection's transaction sees it."""
    row = connection.execute(_READ_HEAD).one()
    return Head(rev=row.head, mark=row.mark, epoch=row.epoch, horizon=row.horizon)


def seal(tx: Transaction) -> str:
    """Write the commit's revision and random mark; call last, only when ``tx.dirty``."""
    mark = secrets.token_hex(8)
    tx.connection.execute(_MOVE_HEAD, {"new_head": tx.rev, "new_mark": mark})
    tx.connection.execute(_LOG_COMMIT, {"rev": tx.rev, "mark": mark, "at": tx.now})
    return mark


def mint_epoch(connection: Connection) -> str:
    """A new history of the same shop: replicas of the old one will start anew."""
    before = connection.scalar(select(tables.revision.c.epoch).where(tables.revision.c.id == 1))
    epoch = next_epoch(before or "")
    mark = secrets.token_hex(8)
    found = connection.execute(
        tables.revision.update().where(tables.revision.c.id == 1).values(epoch=epoch, mark=mark)
    )
    if not found.rowcount:
        connection.execute(
            tables.revision.insert().values(id=1, head=0, mark=mark, epoch=epoch, horizon=0)
        )
    return epoch
