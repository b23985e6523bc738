"""Rules about held stock.  Units are whole; ``held`` are still on the shelf's count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

MAX_QUANTITY = 20
MAX_HOURS = 24 * 14


class Variant(Protocol):
    """One colour and size of an article."""

    @property
    def colour(self) -> str:
        """As the catalogue calls it."""

    @property
    def size(self) -> str:
        """ "" for what has none."""

    @property
    def stock(self) -> int:
        """Units on the shelf."""

    @property
    def held(self) -> int:
        """Units of these that are kept for somebody."""


Kind = TypeVar("Kind", bound=Variant)


def can_reserve(stock: int, held: int, quantity: int) -> bool:
    """Whether ``quantity`` more units can be kept: exactly what is on the shelf and not kept."""
    return 0 < quantity <= stock - held


def stock_after_sale(stock: int, quantity: int) -> int:
    """Units left after a sale.  A sale is a fact even when the count was wrong: never below 0."""
    return max(0, stock - quantity)


def is_left(variant: Variant) -> bool:
    """Whether one more can be kept."""
    return can_reserve(variant.stock, variant.held, 1)


def offered(variants: Iterable[Kind], colour: str) -> list[Kind]:
    """In what an article shown in ``colour`` ("": in all of them) may be asked for.

    Each colour and size once; what is left comes first, else the order stays.
    """
    found: dict[tuple[str, str], Kind] = {}
    for each in sorted(variants, key=lambda each: not is_left(each)):
        if colour in {"", each.colour}:
            found.setdefault((each.colour, each.size), each)
    return list(found.values())


def meant(offers: Iterable[Kind], colour: str, size: str) -> Kind | None:
    """Which of them is asked for; ``None`` for none, or for several when no colour is said."""
    found = [each for each in offers if each.size == size and colour in {"", each.colour}]
    return found[0] if len(found) == 1 else None
