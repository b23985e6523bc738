"""When a conversation may come back: the usual times, and those used lately on this computer.

Times of the shop go in and come out as aware datetimes in the shop's zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

import msgspec

from console.desk.types import Value

EVENING: Final = time(18, 0)
MORNING: Final = time(10, 0)
REMEMBERED: Final = 3
_SOON = timedelta(minutes=30)


class SnoozeChoice(Value, frozen=True, kw_only=True):
    """A time to choose; ``kind``: ``hour``, ``evening``, ``tomorrow``, ``monday`` or ``used``."""

    kind: str
    until: datetime


class UsedTime(Value, frozen=True, kw_only=True):
    """A time somebody chose by hand: so many days ahead, at that minute of the day."""

    days: int
    minute: int


def choices(now: datetime, used: Sequence[UsedTime] = ()) -> list[SnoozeChoice]:
    """What to offer at a moment of the shop's time: the usual ones, then those used lately."""
    tomorrow = now + timedelta(days=1)
    monday = now + timedelta(days=7 - now.weekday())
    usual = [SnoozeChoice(kind="hour", until=_minutes(now + timedelta(hours=1)))]
    if _at(now, EVENING) > now + _SOON:
        usual.append(SnoozeChoice(kind="evening", until=_at(now, EVENING)))
    usual.append(SnoozeChoice(kind="tomorrow", until=_at(tomorrow, MORNING)))
    if monday.date() != tomorrow.date():
        usual.append(SnoozeChoice(kind="monday", until=_at(monday, MORNING)))
    known = {choice.until for choice in usual}
    for each in used:
        until = _at(now + timedelta(days=each.days), time(each.minute // 60, each.minute % 60))
        if until > now and until not in known:
            known.add(until)
            usual.append(SnoozeChoice(kind="used", until=until))
    return usual


def used_time(until: datetime, now: datetime) -> UsedTime:
    """What to remember of a time chosen by hand at ``now``."""
    return UsedTime(days=(until.date() - now.date()).days, minute=until.hour * 60 + until.minute)


def remember(used: Sequence[UsedTime], new: UsedTime) -> list[UsedTime]:
    """The times used lately, the newest first, each once."""
    return [new, *(each for each in used if each != new)][:REMEMBERED]


def load(file: Path) -> list[UsedTime]:
    """The times kept in a file; none when it is missing or damaged."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=list[UsedTime])
    except (OSError, msgspec.DecodeError):
        return []
    return [each for each in found if 0 <= each.minute < 24 * 60 and 0 <= each.days <= 366]


def save(file: Path, used: Sequence[UsedTime]) -> None:
    """Keep the times.  Raises ``OSError``."""
    beside = file.with_suffix(".new")
    beside.write_bytes(msgspec.json.encode(list(used)))
    beside.replace(file)


def remember_in(file: Path, until: datetime) -> None:
    """Keep a time (in the shop's zone) that was chosen by hand.  Raises ``OSError``."""
    now = datetime.now(until.tzinfo)
    save(file, remember(load(file), used_time(until, now)))


def _at(day: datetime, moment: time) -> datetime:
    return day.replace(hour=moment.hour, minute=moment.minute, second=0, microsecond=0)


def _minutes(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
