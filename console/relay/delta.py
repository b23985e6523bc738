"""What some commits changed, encoded once per scope and kind of reader.

Values only; no database, no sockets, no sessions but those to be told of their grants.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from console.relay.encoding import changes_head, scope_part
from console.relay.identity import Identity
from console.relay.writer import Settled
from console.store import scopes, tables
from console.store.feed import ScopePart
from console.store.projection import EVERY_MEMBER

if TYPE_CHECKING:
    from console.relay.session import Session


@dataclass(slots=True)
class Delta:
    """What commits in ``low < rev <= high`` changed.

    Attributes:
        mark: the one of ``high``.
        parts: the changes, by scope.
        concerned: sessions whose grants may be others now.
        identities: who their devices stand for.
        head: how every frame of these changes begins.
    """

    low: int
    high: int
    mark: str
    parts: dict[str, ScopePart] = field(default_factory=dict)
    concerned: list[Session] = field(default_factory=list)
    identities: dict[int, Identity] = field(default_factory=dict)
    head: bytes = b""
    _encoded: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.head = changes_head(self.high, self.mark)

    def part(self, scope: str, audience: str) -> bytes:
        """One scope as one kind of reader sees it; empty when she sees nothing of it."""
        key = (scope if scope in self.parts else EVERY_MEMBER, audience)
        data = self._encoded.get(key)
        if data is None:
            data = self._encoded[key] = scope_part(self.high, self.parts[key[0]], audience)
        return data

    def spread(self) -> None:
        """What every member sees is in her own scope, where that changed, too."""
        whole = self.parts.get(EVERY_MEMBER)
        if whole is None:
            return
        for scope, part in self.parts.items():
            if scopes.kind_of(scope) == EVERY_MEMBER and part is not whole:
                for table, rows in whole.rows.items():
                    part.rows.setdefault(table, []).extend(rows)
                for table, ids in whole.gone.items():
                    part.gone.setdefault(table, []).extend(ids)


def known_rows(gathered: Sequence[Settled], low: int) -> dict[str, Collection[Any]]:
    """The rows changed after ``low``, of those tables of which these commits know them all."""
    changing = [settled for settled in gathered if settled.touched]
    if [settled.rev for settled in changing] != list(range(low + 1, gathered[-1].rev + 1)):
        return {}
    known: dict[str, Collection[Any]] = {}
    for table in tables.SYNCED:
        commits = [each.known.get(table.name) for each in changing if table.name in each.touched]
        if not commits or None in commits:
            continue
        # Of a row that changed twice the newer one stays, as the database would tell it.
        newest: dict[int, Any] = {}
        for rows in commits:
            newest.update(rows or {})
        known[table.name] = newest.values()
    return known
