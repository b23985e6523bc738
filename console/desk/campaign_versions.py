"""Versions of a draft: one for all, women's and men's, or A and B by chance.

Knows no database; who gets which is drawn in ``domain.audiences``.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from msgspec.structs import replace

from console.desk.campaign_types import DraftVariant
from console.domain import audiences
from console.domain.segments import Choice, Rule


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
