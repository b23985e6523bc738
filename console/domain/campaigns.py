"""Rules about campaigns: states, the shop's week, quiet hours, lateness.  Standard library only.

Weeks and quiet hours are those of the wall clock where the shop stands, whatever its changes
of the clock; all moments given and returned are aware, results in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

UNDO = timedelta(seconds=60)
"""Between the command to send and the first message."""
LATE = timedelta(hours=2)
"""Slept over for longer than this it is not sent in silence: staff are asked."""
FARTHEST = timedelta(days=366)
"""So far ahead a campaign may be planned."""
MAX_DEFERRED = timedelta(weeks=4)
"""So long after its first message it moves to the next week whom the cap holds back."""
QUIET_FROM, QUIET_UNTIL = 21 * 60 + 30, 9 * 60
"""Minutes after local midnight between which marketing waits."""
CONFIRM_FROM = 200
"""Sending to more people than this needs their number said once more."""
REPLY_WINDOW = timedelta(days=30)
"""A message of hers so long after a campaign's may be a reply to it: as long as the longest window
of ``attribution``, so that whatever window is set, its replies are known."""
_DAY = timedelta(days=1)


class State(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    FROZEN = "frozen"
    SCHEDULED = "scheduled"
    LATE = "late"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


_MOVES: dict[str, dict[State, State]] = {
    "freeze": {State.DRAFT: State.FROZEN},
    "undo": dict.fromkeys((State.FROZEN, State.SCHEDULED, State.LATE), State.DRAFT),
    "schedule": dict.fromkeys((State.FROZEN, State.SCHEDULED, State.LATE), State.SCHEDULED),
    "send_now": dict.fromkeys((State.FROZEN, State.SCHEDULED, State.LATE), State.SENDING),
    "fire": {State.SCHEDULED: State.SENDING},
    "miss": dict.fromkeys((State.SCHEDULED, State.SENDING), State.LATE),
    "pause": {State.SENDING: State.PAUSED},
    "resume": dict.fromkeys((State.PAUSED, State.LATE), State.SENDING),
    "finish": {State.SENDING: State.DONE},
    "cancel": dict.fromkeys(
        (State.FROZEN, State.SCHEDULED, State.LATE, State.SENDING, State.PAUSED), State.CANCELLED
    ),
}
TRIAL = "trial"
"""The kind of what a draft is tried out with."""
MARKETING = frozenset({"campaign", "resend", "occurrence"})
"""Kinds that caps, quiet hours, consent and holdout concern.

A ``correction`` is owed; a ``trial`` goes to the shop's own people, who asked for it.
"""
SETTLED = frozenset({State.DONE, State.CANCELLED})
"""States in which nothing is written any more."""


def after(state: str, move: str) -> State | None:
    """The state that ``move`` leads to, or ``None`` where it is not allowed."""
    return _MOVES[move].get(State(state))


# --- the shop's clock -------------------------------------------------------------------------


def _moment(day: date, minute: int, timezone: str) -> datetime:
    clock = time(minute // 60, minute % 60)
    return datetime.combine(day, clock, ZoneInfo(timezone)).astimezone(UTC)


def week_of(at: datetime, timezone: str) -> tuple[datetime, datetime]:
    """The ISO week (Monday 00:00 to the next) in which a moment lies."""
    day = at.astimezone(ZoneInfo(timezone)).date()
    monday = day - _DAY * day.weekday()
    return _moment(monday, 0, timezone), _moment(monday + _DAY * 7, 0, timezone)


def is_quiet(at: datetime, timezone: str) -> bool:
    """Whether marketing waits at that moment."""
    local = at.astimezone(ZoneInfo(timezone))
    minute = local.hour * 60 + local.minute
    return minute >= QUIET_FROM or minute < QUIET_UNTIL


def allowed_from(at: datetime, timezone: str) -> datetime:
    """The first moment not before ``at`` that is not quiet."""
    if not is_quiet(at, timezone):
        return at
    local = at.astimezone(ZoneInfo(timezone))
    evening = local.hour * 60 + local.minute >= QUIET_FROM
    return _moment(local.date() + _DAY * evening, QUIET_UNTIL, timezone)


def quiet_began(at: datetime, timezone: str) -> datetime:
    """When the quiet hours began in which ``at`` lies."""
    local = at.astimezone(ZoneInfo(timezone))
    evening = local.hour * 60 + local.minute >= QUIET_FROM
    return _moment(local.date() - _DAY * (not evening), QUIET_FROM, timezone)


def next_week(at: datetime, timezone: str) -> datetime:
    """When marketing may begin in the week after the one of ``at``."""
    return allowed_from(week_of(at, timezone)[1], timezone)


def is_late(due_at: datetime, now: datetime) -> bool:
    """Whether it was slept over for so long that staff have to decide."""
    return now - due_at > LATE


def next_slot(weekday: int, minute: int, after_at: datetime, timezone: str) -> datetime:
    """The next time of a weekly campaign after ``after_at``; ``weekday`` 0 is Monday."""
    day = after_at.astimezone(ZoneInfo(timezone)).date()
    day += _DAY * ((weekday - day.weekday()) % 7)
    slot = _moment(day, minute, timezone)
    return slot if slot > after_at else _moment(day + _DAY * 7, minute, timezone)


def last_slot(weekday: int, minute: int, until: datetime, timezone: str) -> datetime:
    """The newest time of a weekly campaign that is not after ``until``."""
    following = next_slot(weekday, minute, until, timezone)
    day = following.astimezone(ZoneInfo(timezone)).date() - _DAY * 7
    return _moment(day, minute, timezone)
