"""How a variant's stock moves: every change is a line of a ledger.  Pure.

Units are whole.  The stock is the sum of its movements and never below 0.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

from console.domain.holds import stock_after_sale

MAX_UNITS: Final = 1_000_000
MAX_NOTE_CHARS: Final = 200


class Reason(enum.StrEnum):
    """Why units came or went."""

    OPENING = "opening"
    """What was there when the ledger began."""
    ARRIVED = "arrived"
    SOLD = "sold"
    RETURNED = "returned"
    COUNTED = "counted"
    """The shelf was counted."""
    CORRECTED = "corrected"
    MOVED = "moved"
    """To or from another shop."""


BY_HAND: Final = (
    Reason.ARRIVED, Reason.SOLD, Reason.RETURNED, Reason.MOVED, Reason.CORRECTED,
)  # fmt: skip
"""Reasons that staff give a movement; a count has its own command."""
_ONLY_IN: Final = frozenset({Reason.ARRIVED, Reason.RETURNED})
_ONLY_OUT: Final = frozenset({Reason.SOLD})


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the ledger.

    Attributes:
        delta: by how much the stock changed.
        balance: the stock after it.
        short: units that went although the stock did not know of them.
    """

    delta: int
    balance: int
    short: int = 0


def sold(stock: int, quantity: int) -> Movement:
    """A sale is a fact even when the count was wrong: what was not there is ``short``."""
    left = stock_after_sale(stock, quantity)
    return Movement(left - stock, left, quantity - (stock - left))


def counted(stock: int, units: int) -> Movement:
    """So many are on the shelf."""
    return Movement(units - stock, units)


def moved(stock: int, delta: int) -> Movement | None:
    """Units came (or, below 0, went); ``None`` when more would go than are there."""
    balance = stock + delta
    return Movement(delta, balance) if 0 <= balance <= MAX_UNITS else None


def can_be(reason: Reason, delta: int) -> bool:
    """Whether units can come or go for that reason by hand."""
    if reason not in BY_HAND or not 0 < abs(delta) <= MAX_UNITS:
        return False
    return not ((reason in _ONLY_IN and delta < 0) or (reason in _ONLY_OUT and delta > 0))


def signed(reason: Reason, units: int, *, out: bool) -> int:
    """Units as a movement has them; ``out`` decides only where they may go either way."""
    goes = reason in _ONLY_OUT or (out and reason not in _ONLY_IN)
    return -units if goes else units


def oversold(stock: int, held: int) -> int:
    """Units kept for members that are not on the shelf (a sale or a count took them)."""
    return max(0, held - stock)
