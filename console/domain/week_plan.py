"""A week's plan: what each member's weekly cap leaves to each campaign.  Standard library only.

Members are alike who may still get as many notices and are meant by the same campaigns; they
are counted together.  Campaigns take in the order in which they are sent: whoever has nothing
left does not get the later ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from console.domain.campaigns import allowed_from

DAYS = 7


class Sent(Protocol):
    """What decides about the order."""

    @property
    def at(self) -> datetime: ...
    @property
    def priority(self) -> int: ...


S = TypeVar("S", bound=Sent)


def in_order(planned: Iterable[S], timezone: str) -> list[S]:
    """As they are sent: by time (quiet hours passed), of the same time the more urgent first."""
    return sorted(planned, key=lambda each: (allowed_from(each.at, timezone), -each.priority))


@dataclass(frozen=True, slots=True)
class Alike:
    """So many members who may get ``left`` more notices and are meant by these campaigns."""

    left: int
    meant: tuple[bool, ...]
    members: int


@dataclass(frozen=True, slots=True)
class Share:
    """What becomes of one campaign.

    Attributes:
        receive: who gets it; ``lost``: who is meant and has nothing left.
        last: for how many of those who get it, it is the last of the week.
        takes: by the place of a later campaign, how many lose that one because this one was
            their last.
    """

    receive: int = 0
    lost: int = 0
    last: int = 0
    takes: dict[int, int] = field(default_factory=dict)


def shares(groups: Iterable[Alike], campaigns: int) -> list[Share]:
    """What each of so many campaigns, in the order of sending, gets."""
    receive, lost, last = [0] * campaigns, [0] * campaigns, [0] * campaigns
    takes: list[dict[int, int]] = [{} for _ in range(campaigns)]
    for group in groups:
        wanted = [place for place in range(campaigns) if group.meant[place]]
        got, missed = wanted[: group.left], wanted[group.left :]
        for place in got:
            receive[place] += group.members
        for place in missed:
            lost[place] += group.members
        if got and len(got) == group.left:
            last[got[-1]] += group.members
            for place in missed:
                takes[got[-1]][place] = takes[got[-1]].get(place, 0) + group.members
    return [Share(*each) for each in zip(receive, lost, last, takes, strict=True)]


def left_over(groups: Iterable[Alike]) -> dict[int, int]:
    """How many members may get how many more notices once the plan is done."""
    found: dict[int, int] = {}
    for group in groups:
        left = max(0, group.left - sum(group.meant))
        found[left] = found.get(left, 0) + group.members
    return found


# --- days -------------------------------------------------------------------------------------


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def moment(day: date, minute: int, timezone: str) -> datetime:
    """A minute after the shop's midnight of a day, in UTC."""
    clock = time(minute // 60, minute % 60)
    return datetime.combine(day, clock, ZoneInfo(timezone)).astimezone(UTC)


def place_of(at: datetime, timezone: str) -> tuple[date, int]:
    """The shop's day and minute of a moment."""
    local = at.astimezone(ZoneInfo(timezone))
    return local.date(), local.hour * 60 + local.minute


def later(at: datetime, days: int, timezone: str) -> datetime:
    """The same wall-clock time so many days later."""
    day, minute = place_of(at, timezone)
    return moment(day + timedelta(days=days), minute, timezone)


def clashes(planned: Sequence[Sent], within: timedelta = timedelta(minutes=30)) -> set[int]:
    """Places of those, in order, that come right after another one."""
    return {
        place for place in range(1, len(planned))
        if planned[place].at - planned[place - 1].at < within
    }  # fmt: skip
