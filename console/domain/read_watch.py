"""How long the members of a campaign were watched, and what share had read it when.

Standard library only.  ``statistics`` counts it from notices, a replica in one go; the curve is
the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import accumulate
from typing import Final, NamedTuple

MICROSECOND: Final = timedelta(microseconds=1)


class Watch(NamedTuple):
    """How many members were ``watched`` for how many microseconds since theirs was written, the
    same of those who have it ``unread``, and after how many the others ``read`` it.
    """

    watched: Mapping[int, int]
    unread: Mapping[int, int]
    read: Mapping[int, int]

    def curve(self, points: Sequence[timedelta]) -> Iterator[tuple[timedelta, float, int, int]]:
        """What ``statistics.CurvePoint`` has, up to the last point that somebody was watched for.

        The share is Kaplan and Meier's: 1 − Π(1 − read ÷ still unread).
        """
        ages, younger = _in_order(self.watched)
        times, sooner = _in_order(self.read)
        shares = self._shares(times, sooner)
        for elapsed in sorted(points):
            after = elapsed // MICROSECOND
            count = younger[-1] - younger[bisect_left(ages, after)]
            if not count:
                return
            place = bisect_right(times, after)
            yield elapsed, shares[place], count, sooner[place]

    def _shares(self, times: Sequence[int], sooner: Sequence[int]) -> list[float]:
        """Before anybody read it, and from each reading time on."""
        ages, younger = _in_order(self.unread)
        unread, found = 1.0, [0.0]
        for place, time in enumerate(times):
            silent = younger[-1] - younger[bisect_left(ages, time)]
            unread *= 1 - self.read[time] / (sooner[-1] - sooner[place] + silent)
            found.append(1 - unread)
        return found


def _in_order(counts: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """The times in order; how many members lie before each, and in all."""
    times = sorted(counts)
    return times, list(accumulate((counts[each] for each in times), initial=0))
