"""Ids given by the relay: integers per table, taken in the transaction that uses them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, select

from console.store import tables

_SAVE = (
    tables.sequence.update()
    .where(tables.sequence.c.name == bindparam("of"))
    .values(next=bindparam("following"))
)


class IdSource:
    """Next ids, cached between transactions.

    The one writer owns it: ``take`` inside a transaction, ``save`` before it commits,
    ``forget`` when it was rolled back.  An id is never given twice.
    """

    def __init__(self) -> None:
        self._next: dict[str, int] = {}
        self._taken: set[str] = set()

    def take(self, connection: Connection, name: str, count: int = 1) -> range:
        """``count`` fresh ids of table ``name``."""
        first = self._next.get(name)
        if first is None:
            first = _load(connection, name)
        self._next[name] = first + count
        self._taken.add(name)
        return range(first, first + count)

    def save(self, connection: Connection) -> None:
        """Write the sequences that moved."""
        for name in sorted(self._taken):
            following = self._next[name]
            found = connection.execute(_SAVE, {"of": name, "following": following})
            if not found.rowcount:
                connection.execute(tables.sequence.insert().values(name=name, next=following))
        self._taken.clear()

    @property
    def top(self) -> int:
        """The greatest id given lately, or one above."""
        return max(self._next.values(), default=0)

    def leap(self, connection: Connection, names: Sequence[str], above: int, gap: int) -> None:
        """Leave out all ids up to ``gap`` above any in use or given here, and ``above``."""
        first = max(above, *(_load(connection, name) for name in names)) + gap
        self._next.update(dict.fromkeys(names, first))
        self._taken.update(names)

    def forget(self) -> None:
        """Trust only the database again."""
        self._next.clear()
        self._taken.clear()


def _load(connection: Connection, name: str) -> int:
    """The stored next id, or one past the largest in use when that is higher (imported rows)."""
    stored = connection.scalar(select(tables.sequence.c.next).where(tables.sequence.c.name == name))
    table = tables.metadata.tables[name]
    largest = connection.scalar(select(func.max(table.c.id)))
    return max(stored or 1, (largest or 0) + 1)
