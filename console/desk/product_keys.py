"""What articles are found by when something is typed: names, pinyin, initials, numbers.

Kept between searches; asked in the worker's thread.
"""

from __future__ import annotations

from typing import Final

from console.desk.spelling import spelled
from console.domain.answers import fold
from console.store import replica_products
from console.store.replica import Connection
from console.store.replica_products import Term

_MOST_TERMS: Final = 8


class ProductKeys:
    """Folded keys by article, until one changes; only names that are new are spelled."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, str], str] = {}
        self._found: list[tuple[int, str]] | None = None
        self._changes = 0

    def forget(self) -> None:
        """Articles changed."""
        self._changes += 1
        self._found = None

    def terms(self, db: Connection, text: str) -> list[Term]:
        """The words of a search with the articles that each of them means."""
        keys = self._found
        if keys is None:
            changes, keys = self._changes, self._of(db)
            if changes == self._changes:  # else perhaps no longer so
                self._found = keys
        return [
            Term(text=word, product_ids=[number for number, key in keys if word in key])
            for word in fold(text).split()[:_MOST_TERMS]
        ]

    def _of(self, db: Connection) -> list[tuple[int, str]]:
        found, kept = list[tuple[int, str]](), dict[tuple[str, str], str]()
        for each in replica_products.words(db):
            facts = each.name, each.rest
            key = self._keys.get(facts)
            if key is None:
                key = fold(" ".join((each.name, *spelled(each.name), each.rest)))
            kept[facts] = key
            found.append((each.id, key))
        self._keys = kept
        return found
