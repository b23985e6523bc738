"""Rules about held stock.  Units are whole; ``held`` are still on the shelf's count."""

from __future__ import annotations

MAX_QUANTITY = 20
MAX_HOURS = 24 * 14


def can_reserve(stock: int, held: int, quantity: int) -> bool:
    """Whether ``quantity`` more units can be kept: exactly what is on the shelf and not kept."""
    return 0 < quantity <= stock - held


def stock_after_sale(stock: int, quantity: int) -> int:
    """Units left after a sale.  A sale is a fact even when the count was wrong: never below 0."""
    return max(0, stock - quantity)
