"""First replies out of what is known; loaded when they are wanted first.

What a figure means is in ``domain.replies``; nothing is counted here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from console.desk.reply_types import (
    NOBODY,
    RepliesTold,
    ReplyFigures,
    ReplyLine,
    WaitLine,
    WaitPart,
)
from console.desk.report_types import ShareTold
from console.domain.replies import (
    EDGES,
    Waited,
    bar_of,
    first_replies,
    hour_of,
    is_due,
)

MOST: Final = 500
"""So many waits are listed, the longest first."""


class ReplyFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked in a period and in the one before, and what staff are called."""

    waits: Sequence[Waited]
    before: Sequence[Waited] = ()
    staff: Mapping[int, str] = {}


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """Who looks, where and when.

    ``only``: the staff member of whom alone lines are shown; ``None``: of everybody.
    """

    timezone: str
    as_of: datetime
    live: bool = True
    only: int | None = None

    def sees(self, staff_id: int) -> bool:
        """Whether the line of a staff member is shown."""
        return self.only in {None, staff_id}


def made(facts: ReplyFacts, viewer: Viewer) -> ReplyFigures:
    """The figures out of what is known."""
    at, hour = viewer.as_of, hour_of(viewer.timezone)
    bars = Counter(bar_of(each, at) for each in facts.waits if is_due(each, at))
    both: dict[_Place, list[Waited]] = {}
    for each in facts.waits:
        both.setdefault((_whose(each), hour(each)), []).append(each)
    return ReplyFigures(
        as_of=at, live=viewer.live, own=viewer.only is not None, told=_told(facts.waits, at),
        before=first_replies(facts.before, at).median,
        bars=tuple(bars[number] for number in range(len(EDGES) + 1)),
        clerks=_lines(both, facts, viewer, lambda place: (place[0], None)),
        hours=_lines(both, facts, viewer, lambda place: (None, place[1])),
        both=_lines(both, facts, viewer, lambda place: place),
    )  # fmt: skip


_Place = tuple[int | None, int | None]
"""A staff member and an hour."""


def _lines(
    both: Mapping[_Place, list[Waited]], facts: ReplyFacts, viewer: Viewer,
    of: Callable[[_Place], _Place],
) -> tuple[ReplyLine, ...]:  # fmt: skip
    """A line for each part of the places in which something was due; nobody's last."""
    found: dict[_Place, list[Waited]] = {}
    for place, waits in both.items():
        found.setdefault(of(place), []).extend(waits)
    lines = [
        ReplyLine(part=WaitPart(staff_id=staff, hour=hour),
                  name=facts.staff.get(staff or NOBODY, ""), told=_told(some, viewer.as_of))
        for (staff, hour), some in found.items() if staff is None or viewer.sees(staff)
    ]  # fmt: skip
    due = [line for line in lines if line.told.soon.rate.whole]
    return tuple(sorted(due, key=_rank))


def _rank(line: ReplyLine) -> tuple[bool, int, int]:
    part = line.part
    return part.staff_id == NOBODY, part.staff_id or NOBODY, part.hour or 0


def _whose(wait: Waited) -> int:
    return wait.staff_id or NOBODY


def _told(waits: Iterable[Waited], at: datetime) -> RepliesTold:
    found = first_replies(waits, at)
    return RepliesTold(soon=ShareTold.of(found.soon), later=ShareTold.of(found.later),
                       median=found.median, unanswered=found.unanswered)  # fmt: skip


def part_of(waits: Iterable[Waited], part: WaitPart, viewer: Viewer) -> list[Waited]:
    """The waits behind a figure, the longest first."""
    at, hour = viewer.as_of, hour_of(viewer.timezone)
    found = [
        each for each in waits
        if is_due(each, at) and (viewer.sees(_whose(each)) or not each.answered)
        and part.staff_id in {None, _whose(each)} and part.hour in {None, hour(each)}
        and part.bar in {None, bar_of(each, at)}
    ]  # fmt: skip
    return sorted(found, key=lambda each: each.lasted(at), reverse=True)[:MOST]


def lines(
    waits: Iterable[Waited], names: Mapping[int, str], staff: Mapping[int, str], at: datetime
) -> tuple[WaitLine, ...]:
    """As they are listed; ``names`` by conversation, ``staff`` by number."""
    return tuple(
        WaitLine(
            conversation_id=each.conversation_id if each.conversation_id in names else None,
            name=names.get(each.conversation_id or 0, ""), asked_at=each.asked_at,
            lasted_s=each.lasted(at).total_seconds(),
            answered=each.answered, by=staff.get(each.staff_id or 0, "") if each.answered else "",
            open=each.ended_at is None,
        )
        for each in waits
    )  # fmt: skip
