"""When a message may go out later: the usual times of a shop, and those used lately here.

Times of the shop go in and come out as aware datetimes in the shop's zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from console.desk.snoozes import UsedTime
from console.desk.types import Value
from console.domain.hours import Hours

EVENING: Final = time(20, 0)
MORNING: Final = time(10, 0)
_SOON = timedelta(minutes=15)


class LaterChoice(Value, frozen=True, kw_only=True):
    """A time to choose; ``kind``: ``hour``, ``evening``, ``opening``, ``morning`` or ``used``."""

    kind: str
    at: datetime


def choices(now: datetime, used: Sequence[UsedTime], hours: Hours | None) -> list[LaterChoice]:
    """What to offer at a moment of the shop's time: the usual ones, then those used lately."""
    hour = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    usual = [LaterChoice(kind="hour", at=hour)]
    if (evening := _at(now, EVENING)) > now + _SOON:
        usual.append(LaterChoice(kind="evening", at=evening))
    opening = hours.next_open(_at(now + timedelta(days=1), time())) if hours is not None else None
    if opening is not None:
        usual.append(LaterChoice(kind="opening", at=opening.astimezone(now.tzinfo)))
    else:
        usual.append(LaterChoice(kind="morning", at=_at(now + timedelta(days=1), MORNING)))
    known = {choice.at for choice in usual}
    for each in used:
        minute = time(each.minute // 60, each.minute % 60)
        at = _at(now + timedelta(days=each.days), minute)
        if at > now and at not in known:
            known.add(at)
            usual.append(LaterChoice(kind="used", at=at))
    return usual


def _at(day: datetime, moment: time) -> datetime:
    return day.replace(hour=moment.hour, minute=moment.minute, second=0, microsecond=0)
