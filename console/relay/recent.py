"""The newest changes in memory: who was away for a moment is caught up without the database.

Values only; the hub adds what it hands out, sessions ask what they missed.  Bounded by
what it weighs, and emptied when words were erased, so that none stay behind here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.store import scopes
from console.store.feed import ScopePart
from console.store.projection import EVERY_MEMBER

MAX_WEIGHT = 12 * 2**20
"""About how many bytes are kept."""
MAX_ROWS = 1_000
"""Who missed more is paged from the database."""
_ROW_WEIGHT = 500
_SCOPE_WEIGHT = 700


@dataclass(frozen=True, slots=True)
class _Kept:
    """The changes of ``.. < rev <= high``."""

    high: int
    parts: Mapping[str, ScopePart]
    weight: int


class Recent:
    """Changes of the last commits, by scope.

    Attributes:
        since: every change after this rev and up to the last one added is here.
    """

    def __init__(self, since: int, max_weight: int = MAX_WEIGHT) -> None:
        self.since = since
        self._max_weight = max_weight
        self._weight = 0
        self._kept: deque[_Kept] = deque()
        self._by_scope: dict[str, deque[tuple[int, ScopePart]]] = {}
        self._clean_from = 0

    def add(self, high: int, parts: Mapping[str, ScopePart]) -> None:
        """The next changes, up to ``high``; they may not be altered any more."""
        if high < self._clean_from:
            # Read before an erasure: they may hold its words.
            self.since = high
            return
        kept = _Kept(high, parts, _weight_of(parts))
        self._kept.append(kept)
        self._weight += kept.weight
        for scope, part in parts.items():
            entries = self._by_scope.get(scope)
            if entries is None:
                self._by_scope[scope] = entries = deque()
            entries.append((high, part))
        while self._weight > self._max_weight:
            self._drop_oldest()

    def forget(self, rev: int) -> None:
        """Words were erased at ``rev``: nothing older stays."""
        self._clean_from = max(self._clean_from, rev)
        while self._kept:
            self._drop_oldest()

    def restart(self, rev: int) -> None:
        """What happened up to ``rev`` was not handed in: begin anew behind it."""
        while self._kept:
            self._drop_oldest()
        self.since = rev

    def missed(self, scope: str, cursor: int) -> ScopePart | None:
        """What changed in ``scope`` after ``cursor``; ``None``: too much, or too long ago."""
        if cursor < self.since:
            return None
        found = self._after(scope, cursor)
        if scopes.kind_of(scope) == EVERY_MEMBER:
            found += self._after(EVERY_MEMBER, cursor)
            found.sort(key=_high)
        if sum(len(rows) for _, part in found for rows in part.rows.values()) > MAX_ROWS:
            return None
        return merged((part for _, part in found), cursor)

    def _after(self, scope: str, cursor: int) -> list[tuple[int, ScopePart]]:
        return [item for item in self._by_scope.get(scope, ()) if item[0] > cursor]

    def _drop_oldest(self) -> None:
        kept = self._kept.popleft()
        self.since = kept.high
        self._weight -= kept.weight
        for scope in kept.parts:
            entries = self._by_scope[scope]
            entries.popleft()
            if not entries:
                del self._by_scope[scope]


def _high(item: tuple[int, ScopePart]) -> int:
    return item[0]


def _weight_of(parts: Mapping[str, ScopePart]) -> int:
    """Rows are counted in each scope that shows them, which errs on the safe side."""
    weight = _SCOPE_WEIGHT * len(parts)
    for part in parts.values():
        for rows in part.rows.values():
            weight += _ROW_WEIGHT * len(rows)
            if rows and hasattr(rows[0], "body"):
                for row in rows:
                    weight += 2 * len(row.body)
    return weight


def merged(parts: Iterable[ScopePart], cursor: int) -> ScopePart:
    """Parts of one scope, oldest first, as one query would have found them after ``cursor``."""
    rows: dict[str, dict[int, Any]] = {}
    gone: dict[str, dict[int, None]] = {}
    for part in parts:
        for table, found in part.rows.items():
            here, buried = rows.setdefault(table, {}), gone.get(table, {})
            for row in found:
                if row.rev > cursor:
                    here[row.id] = row
                    buried.pop(row.id, None)
        for table, ids in part.gone.items():
            here, dead = rows.get(table, {}), gone.setdefault(table, {})
            for row_id in ids:
                here.pop(row_id, None)
                dead[row_id] = None
    return ScopePart(
        {table: list(found.values()) for table, found in rows.items() if found},
        {table: list(ids) for table, ids in gone.items() if ids},
    )
