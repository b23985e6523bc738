"""Versions of a draft: one for all, women's and men's, or A and B by chance; and what A and B
could show before they are sent.

Knows no database; the rules are those of ``domain.audiences`` and ``domain.experiments``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Final

from msgspec.structs import replace

from console.desk.campaign_types import CampaignItem, DraftVariant
from console.domain import audiences
from console.domain.experiments import OVER, smallest_rise
from console.domain.intervals import Estimate, Rate, TooFew, tell_rate
from console.domain.segments import Choice, Rule

_NEWEST: Final = 5
"""The usual read rate is that of so many campaigns together."""
_HALF: Final = 0.5
"""Where the usual rate is not known it is taken for this: near it most members are needed."""
_TO_EVERYBODY: Final = frozenset({"campaign", "occurrence"})
"""What is sent again goes to those who did not read, and says nothing about the others."""


class Way(StrEnum):
    """How a campaign is divided into versions."""

    ONE = "one"
    SEXES = "sexes"
    HALVES = "halves"


_SHAPES: Final[dict[Way, tuple[tuple[str, Rule | None, int], ...]]] = {
    Way.ONE: (("", None, 100),),
    Way.SEXES: (("women", Choice("gender", ("f",)), 100), ("men", Choice("gender", ("m",)), 100)),
    # The second one takes whom the first one leaves, so that nobody is left out.
    Way.HALVES: (("A", None, 50), ("B", None, 100)),
}
"""Name, rule and share of each version."""


def way_of(variants: Sequence[DraftVariant]) -> Way:
    """How these are divided."""
    if len(variants) == 1:
        return Way.ONE
    return Way.HALVES if audiences.by_chance(each.share for each in variants) else Way.SEXES


def divided(variants: Sequence[DraftVariant], at: int, way: Way) -> tuple[DraftVariant, ...]:
    """The same words and photos divided otherwise.

    Of two versions that become one the ``at``-th stays; one becomes two alike; two stay two.
    """
    shapes = _SHAPES[way]
    every = variants if len(variants) == len(shapes) else [variants[at]] * len(shapes)
    return tuple(replace(each, name=name, rule=rule, share=share)
                 for each, (name, rule, share) in zip(every, shapes, strict=True))  # fmt: skip


def usual_rate(items: Iterable[CampaignItem], now: datetime) -> float | None:
    """Readers ÷ written of the newest campaigns that are read to the end, all together.

    ``items`` come the newest first; ``None``: there are too few to tell.
    """
    newest = list(islice((each.counts for each in items if _is_read(each, now)), _NEWEST))
    written = sum(each["written"] for each in newest)
    told = tell_rate(Rate(sum(each.get("read", 0) for each in newest), written))
    return told.value if isinstance(told, Estimate) else None


def _is_read(item: CampaignItem, now: datetime) -> bool:
    ended = item.finished_at
    told = item.kind in _TO_EVERYBODY and item.recalled_at is None and item.counts.get("written")
    return bool(told) and ended is not None and now - ended >= OVER


def smallest_difference(members: int, usual: float | None) -> float | TooFew:
    """What so many members in two halves show with 80 % certainty, a share (0.05: 5 points)."""
    half = members // 2
    return smallest_rise(_HALF if usual is None else usual, half, members - half)
