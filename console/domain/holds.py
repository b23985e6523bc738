"""Rules about held stock.  Units are whole; ``held`` are still on the shelf's count.

How a hold moves: asked → confirmed → collected, released or lapsed.  The time it is kept for is
chosen by staff; before it ends the member is reminded once, by day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from console.domain.campaigns import allowed_from, is_quiet, quiet_began

MAX_QUANTITY = 20
MIN_KEPT: Final = timedelta(minutes=15)
MAX_KEPT: Final = timedelta(days=30)
DEFAULT_HOURS: Final = 48.0
REMIND_BEFORE: Final = timedelta(hours=3)
"""So long before the end she is reminded."""
SHORT: Final = timedelta(hours=6)
"""Of what is kept for less she is not reminded: she has only just been told."""
_EVENING: Final = timedelta(hours=1)
"""So long before quiet hours begin, where the reminder would fall into them."""
_WORTH: Final = timedelta(minutes=30)
"""Closer to the end, or to the moment it was kept, a reminder is none."""
_NEWS: Final = timedelta(days=2)
"""Nobody is told of what ended before that: the relay was away for long."""


class State(StrEnum):
    """Where a hold stands."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    """Units are kept, until a time."""
    COLLECTED = "collected"
    """She has them."""
    RELEASED = "released"
    """Somebody let go of it."""
    LAPSED = "lapsed"
    """Its time ended."""


_MOVES: Final[dict[str, dict[State, State]]] = {
    "confirm": {State.ASKED: State.CONFIRMED},
    "extend": {State.CONFIRMED: State.CONFIRMED},
    "release": dict.fromkeys((State.ASKED, State.CONFIRMED), State.RELEASED),
    "lapse": {State.CONFIRMED: State.LAPSED},
    # She took it although its time had ended, or before that was heard: a sale is a fact.
    "collect": dict.fromkeys((State.CONFIRMED, State.LAPSED), State.COLLECTED),
}


def after(state: str, move: str) -> State | None:
    """The state that ``move`` leads to, or ``None`` where it is not allowed."""
    try:
        return _MOVES[move].get(State(state))
    except ValueError:
        return None


def can_last(now: datetime, until: datetime) -> bool:
    """Whether units may be kept from now until then."""
    return MIN_KEPT <= until - now <= MAX_KEPT


def can_extend(now: datetime, until: datetime) -> bool:
    """Whether an end may be moved to ``until``: still to come, and not too far."""
    return timedelta() < until - now <= MAX_KEPT


def remind_at(now: datetime, until: datetime, timezone: str) -> datetime | None:
    """When to remind her of what is kept from now until then, or ``None`` for never.

    Some hours before, but in no quiet hours: then on the evening before they begin, or where
    it was not yet kept by then, when they are over.
    """
    if until - now < SHORT:
        return None
    at = until - REMIND_BEFORE
    if is_quiet(at, timezone):
        evening = quiet_began(at, timezone) - _EVENING
        at = evening if evening - now >= _WORTH else allowed_from(at, timezone)
    return at if until - at >= _WORTH else None


def tell_again_at(state: str, now: datetime, until: datetime, timezone: str) -> datetime | None:
    """When she may be told what is due now: ``now`` itself, after quiet hours, or never.

    That something is kept no longer is told while it is news; a reminder only before the end.
    """
    at = allowed_from(now, timezone)
    if state == State.LAPSED:
        return at if at - until <= _NEWS else None
    return at if state == State.CONFIRMED and at < until else None


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
