"""When members look: readers by weekday and hour, and what that says about when to send.

Standard library only.  Days and hours are those of the clock where the shop stands.  A member
who reads several notices within an hour is one reader.  An hour that comes twice when clocks
are set back is two hours long here, one that is left out is none, and every cell says how long
it was watched, so that five Mondays and four Tuesdays compare.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from console.domain import spans
from console.domain.campaigns import QUIET_FROM, QUIET_UNTIL
from console.domain.intervals import CONFIDENCE, FEWEST, Doubt, Estimate, Told, TooFew, counted
from console.domain.statistics import Notice
from console.domain.student_t import NORMAL

PROMPTED = timedelta(hours=1)
"""A read so soon after sending tells when the shop sent, not when she looks by herself."""
_QUARTER = timedelta(minutes=15)
"""All clocks of the world differ by multiples of it."""
_QUARTERS, _DAY = 4, 24
"""Quarters in an hour, hours in a day."""

Hour = tuple[date, int]
"""A day of the shop and an hour of it (0–23)."""
Place = tuple[int, int]
"""Weekday (0 is Monday) and hour."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """An hour of a weekday, or of every day.

    Attributes:
        weekday: 0 is Monday; ``None``: all days together.
        readers: members who read in it, each once on one day.
        quarters: quarters of an hour that it was watched for.
    """

    weekday: int | None
    hour: int
    readers: int
    quarters: int

    @property
    def rate(self) -> float:
        """Readers in one such hour; 0 where there was none."""
        return self.readers * _QUARTERS / self.quarters if self.quarters else 0.0


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Cells from Monday 0:00 on (168), or from 0:00 on (24), and how unsteady they are.

    ``spread``: how many times the counts of single hours vary as much as those of members who
    look independently of each other (1 at least): weeks with a campaign differ from others.
    """

    cells: tuple[HeatCell, ...]
    spread: float

    def tell(self, cell: HeatCell) -> Told:
        """Readers in one such hour with the interval of a count (``intervals.counted``).

        Too few to tell: an hour that never came, or fewer than ``FEWEST`` readers in all.
        """
        if not cell.quarters:
            return TooFew(Doubt.NOBODY)
        if cell.readers < FEWEST:
            return TooFew(Doubt.TOO_RARE)
        interval = counted(cell.readers, self.spread).scaled(_QUARTERS / cell.quarters)
        return Estimate(cell.rate, interval)


def unprompted(notices: Iterable[Notice]) -> list[Notice]:
    """Those read by themselves: later than ``PROMPTED`` after they were written."""
    return [
        each for each in notices
        if each.written_at is not None and each.read_at is not None
        and each.read_at - each.written_at > PROMPTED
    ]  # fmt: skip


def heat_map(notices: Iterable[Notice], first: date, last: date, timezone: str) -> HeatMap:
    """Readers by weekday and hour from one day of the shop to another, both included."""
    zone = ZoneInfo(timezone)
    readers = {(_hour(each.read_at, zone), each.member_id)
               for each in notices if each.read_at is not None}  # fmt: skip
    return heat_map_of(Counter(hour for hour, _ in readers), first, last, timezone)


def heat_map_of(
    readers: Mapping[Hour, int], first: date, last: date, timezone: str
) -> HeatMap:  # fmt: skip
    """The same out of readers by hour; hours of other days are left out."""
    watched = _watched(first, last, ZoneInfo(timezone))
    counts = Counter({hour: amount for hour, amount in readers.items() if hour in watched})
    places: dict[Place, list[Hour]] = {(day, hour): [] for day in range(7) for hour in range(_DAY)}
    for day, hour in watched:
        places[day.weekday(), hour].append((day, hour))
    cells = tuple(
        HeatCell(*place, sum(counts[each] for each in hours), sum(watched[each] for each in hours))
        for place, hours in places.items()
    )
    return HeatMap(cells, _spread(counts, watched, places.values()))


def every_day(found: HeatMap) -> HeatMap:
    """The hours of all weekdays together: less detail, and more that can be told."""
    hours: list[list[HeatCell]] = [[] for _ in range(_DAY)]
    for cell in found.cells:
        hours[cell.hour].append(cell)
    cells = tuple(
        HeatCell(None, hour, sum(each.readers for each in of), sum(each.quarters for each in of))
        for hour, of in enumerate(hours)
    )
    return HeatMap(cells, found.spread)


# --- hours of the shop's clock ------------------------------------------------------------------


def _hour(at: datetime, zone: ZoneInfo) -> Hour:
    local = at.astimezone(zone)
    return local.date(), local.hour


def _watched(first: date, last: date, zone: ZoneInfo) -> dict[Hour, int]:
    """Quarters of an hour in each hour of these days."""
    found: dict[Hour, int] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        begin, end = spans.midnight(day, zone), spans.midnight(day + timedelta(days=1), zone)
        if end - begin == timedelta(hours=_DAY):
            found.update({(day, hour): _QUARTERS for hour in range(_DAY)})
            continue
        quarters = range((end - begin) // _QUARTER)
        found.update(Counter(_hour(begin + each * _QUARTER, zone) for each in quarters))
    return found


def _spread(
    counts: Mapping[Hour, int], watched: Mapping[Hour, int], places: Iterable[Sequence[Hour]]
) -> float:
    """Pearson's X² of the single hours around their cell's rate ÷ its degrees of freedom.

    Hours of a cell where nobody ever read say nothing about it.
    """
    found, degrees = 0.0, 0
    for hours in places:
        readers, length = sum(counts[each] for each in hours), sum(watched[each] for each in hours)
        if readers:
            expected = [readers * watched[each] / length for each in hours]
            found += sum((counts[each] - mean) ** 2 / mean
                         for each, mean in zip(hours, expected, strict=True))  # fmt: skip
            degrees += len(hours) - 1
    return max(1.0, found / degrees) if degrees else 1.0


# --- when to send -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Advice:
    """Which hours of sending are as good as the best one, as far as that is known.

    Attributes:
        best: the one with most readers an hour.
        as_good: those that differ from it by no more than chance, it included.
        worse: those with fewer readers by more than chance; none: no hour stands out.
    """

    best: HeatCell
    as_good: tuple[HeatCell, ...]
    worse: tuple[HeatCell, ...]


def send_time_advice(found: HeatMap) -> Advice | TooFew:
    """Which hours have fewer readers than the best one by more than chance.

    Asked of the map of ``unprompted`` reads, for the hours in which marketing may begin.  Two
    cells with e₁ and e₂ quarters, alike, would share their n readers as n·e₁/(e₁+e₂); the best is
    ahead by more than chance when it has over z·√(φ·n·e₁e₂)/(e₁+e₂) more, with z for 5 % ÷
    (cells − 1): with many cells to choose from, one is ahead by luck.  So the truly best hour is
    among ``as_good`` in 95 of 100 shops (Gupta).

    Too few to tell: the best hour has fewer than ``FEWEST`` readers.
    """
    cells = [cell for cell in found.cells if cell.quarters and _may_begin(cell.hour)]
    best = max(cells, key=lambda cell: cell.rate, default=None)
    if best is None:
        return TooFew(Doubt.NOBODY)
    if best.readers < FEWEST:
        return TooFew(Doubt.TOO_RARE)
    chance = (1 - CONFIDENCE) / max(1, len(cells) - 1)
    limit = NORMAL.inv_cdf(1 - chance) * math.sqrt(found.spread)
    worse = tuple(cell for cell in cells if _ahead(best, cell) > limit)
    return Advice(best, tuple(cell for cell in cells if cell not in worse), worse)


def _may_begin(hour: int) -> bool:
    return QUIET_UNTIL <= hour * 60 < QUIET_FROM


def _ahead(best: HeatCell, other: HeatCell) -> float:
    """By how many standard deviations the best has more readers than an equal share."""
    both, length = best.readers + other.readers, best.quarters + other.quarters
    more = best.readers - both * best.quarters / length
    return more * length / math.sqrt(both * best.quarters * other.quarters)
