"""What two versions of a draft could show before it is sent, by how earlier ones were read.

Knows no database; the rules are those of ``domain.experiments``.  Loaded when the first draft is
divided by chance: no start waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Final

from console.desk.campaign_types import CampaignItem
from console.domain.experiments import OVER, smallest_rise
from console.domain.intervals import Estimate, Rate, TooFew, tell_rate

_NEWEST: Final = 5
"""The usual read rate is that of so many campaigns together."""
_HALF: Final = 0.5
"""Where the usual rate is not known it is taken for this: near it most members are needed."""
_TO_EVERYBODY: Final = frozenset({"campaign", "occurrence"})
"""What is sent again goes to those who did not read, and says nothing about the others."""


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
