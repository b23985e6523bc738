"""How soon somebody answers: the promise on the phone page, from what really happened.

The promise is the median wait for a first reply (``domain.replies``) to what was asked while
the shop was open in the last 14 days; it is left out when there are too few to say anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from console.domain.intervals import TooFew
from console.domain.replies import Waited, first_replies

WINDOW = timedelta(days=14)
"""How far back one looks."""
MIN_SAMPLES = 20
"""Below this the median says nothing."""


class Promise(NamedTuple):
    """The usual wait for a reply in seconds (``None``: no promise), and what it rests on."""

    seconds: int | None
    samples: int


def promise_of(waits: Iterable[Waited], now: datetime) -> Promise:
    """The median in whole seconds, or none when it would rest on too little."""
    found = first_replies(waits, now)
    samples = found.later.whole
    if isinstance(found.median, TooFew) or samples < MIN_SAMPLES:
        return Promise(None, samples)
    return Promise(round(found.median.value), samples)
