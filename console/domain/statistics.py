"""The figures of the shop, each defined once, with its formula.  Standard library only.

What was counted comes in (one ``Notice`` for each member of a campaign's audience …), figures
go out as ``Rate``: so many of so many, for the screen to divide and ``intervals`` to judge.
Months are those of the clock where the shop stands.  How far a figure can be trusted is in
``intervals``, whose campaign an outcome is in ``attribution``, when members look in
``heat_map``, how soon they are answered in ``replies``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from console.domain import spans
from console.domain.audiences import is_awake
from console.domain.intervals import (
    Rate,
    Sample,
    Told,
    tell_mean,
    tell_mean_difference,
    tell_rate_difference,
)
from console.domain.read_watch import MICROSECOND, Watch

OPT_OUT_WINDOW = timedelta(days=7)
"""So long after a notice, an opt-out that names no campaign is that notice's."""
MONTH_DAYS = 365.25 / 12
"""A month, where a period of other length is brought to one."""
OPEN_RATE_GOAL = 0.35
"""The monthly open rate that shops set out for, until the owner sets another."""
GOALS = range(1, 100)
"""What may be set, in per cent."""
CURVE = tuple(
    timedelta(minutes=minutes)
    for minutes in (0, 1, 5, 15, 30, 60, 120, 240, 480, 720, 1_440, 2_160, 2_880, 4_320)
)
"""Where the read curve has its points: from sending to three days later."""


class Step(IntEnum):
    """How far a campaign got with a member; greater is stronger."""

    AUDIENCE = 0
    WRITTEN = 1
    DELIVERED = 2
    READ = 3
    ANSWERED = 4
    RESERVED = 5
    VISITED = 6
    BOUGHT = 7


@dataclass(frozen=True, slots=True)
class Notice:
    """One campaign and one member of its audience.

    Attributes:
        written_at: when the message was; ``None``: she did not get it.
        delivered_at: when it came to her phone, as far as that is known.
        read_at: when half of it had been on her screen for a second.
        outcomes: what she did that ``attribution`` gives to this campaign.
    """

    campaign_id: int
    member_id: int
    written_at: datetime | None = None
    delivered_at: datetime | None = None
    read_at: datetime | None = None
    outcomes: frozenset[Step] = frozenset()

    def took(self, step: Step) -> bool:
        """Whether she came to that step, whatever she left out before; reading is delivery."""
        match step:
            case Step.AUDIENCE:
                return True
            case Step.WRITTEN:
                return self.written_at is not None
            case Step.DELIVERED:
                return self.delivered_at is not None or self.read_at is not None
            case Step.READ:
                return self.read_at is not None
            case _:
                return step in self.outcomes


# --- reading ------------------------------------------------------------------------------------


def read_rate(notices: Iterable[Notice]) -> Rate:
    """Read rate = readers ÷ written.

    Not ÷ delivered: a page counts as delivered mostly when it is opened, which would flatter.
    """
    written = [each for each in notices if each.took(Step.WRITTEN)]
    return Rate(sum(each.took(Step.READ) for each in written), len(written))


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the funnel.

    Attributes:
        through: members who took this step and every one before: a part of the stage before.
        took: members who took this step, whatever they left out; from ``WRITTEN`` on, of those
            to whom it was written.
    """

    step: Step
    through: int
    took: int


def steps_of(notice: Notice) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps that she came ``through``, and those that she ``took``: as ``Stage`` has it."""
    taken = tuple(step for step in Step if notice.took(step))
    through = tuple(step for place, step in enumerate(taken) if place == step)
    return through, taken if Step.WRITTEN in taken else (Step.AUDIENCE,)


def funnel(notices: Iterable[Notice]) -> tuple[Stage, ...]:
    """Audience → written → delivered → read → answered → reserved → visited → bought."""
    through, took = Counter[Step](), Counter[Step]()
    for notice in notices:
        for counts, steps in zip((through, took), steps_of(notice), strict=True):
            counts.update(steps)
    return tuple(Stage(step, through[step], took[step]) for step in Step)


def parse_goal(value: object) -> float:
    """The goal of a monthly open rate out of whole per cent.  Raises ``ValueError``."""
    if type(value) is not int or value not in GOALS:
        raise ValueError(value)
    return value / 100


def read_goal(value: object) -> float:
    """As ``parse_goal``; what makes no sense, or was never set, is ``OPEN_RATE_GOAL``."""
    try:
        return parse_goal(value)
    except ValueError:
        return OPEN_RATE_GOAL


@dataclass(frozen=True, slots=True)
class Member:
    """What decides whether a member can be reached, as it was when the month ended.

    Attributes:
        last_seen_at: when her page was open last, or when she joined.
        can_wake: a channel reaches her while her page is shut (push, later SMS).
    """

    member_id: int
    joined_at: datetime | None
    opted_in: bool
    last_seen_at: datetime | None
    can_wake: bool = False

    def is_reachable(self, at: datetime) -> bool:
        """Reachable = joined, opted in, and seen within 90 days or with a channel to wake her."""
        joined = self.joined_at is not None and self.joined_at <= at
        return joined and self.opted_in and (self.can_wake or is_awake(self.last_seen_at, at))


def monthly_open_rate(
    members: Iterable[Member], notices: Iterable[Notice], month: date, timezone: str, now: datetime
) -> Rate:
    """Monthly open rate = members who read at least one notice ÷ members reachable.

    ``month``: any day of it.  Reachable at its end (or ``now``, while it lasts); whoever read in
    it was reachable too, also when she opted out afterwards.
    """
    zone = ZoneInfo(timezone)
    first, last = spans.month_of(month)
    begin, end = spans.midnight(first, zone), spans.midnight(last + timedelta(days=1), zone)
    readers = {each.member_id for each in notices
               if each.took(Step.WRITTEN) and spans.inside(each.read_at, (begin, end))}  # fmt: skip
    at = min(end, now)
    return open_rate(readers, {each.member_id for each in members if each.is_reachable(at)})


def open_rate(readers: Set[int], reachable: Set[int]) -> Rate:
    """Open rate = members who read at least one notice ÷ members reachable; whoever read was
    reachable.
    """
    return Rate(len(readers), len(readers | reachable))


def average_rate(rates: Sequence[Rate]) -> Rate:
    """The rate of an average month = Σ parts ÷ Σ wholes, in whole members of one month.

    Not of all months together: who is counted twelve times is still one member, and the
    interval would be far too narrow.  Months with nobody to count are left out.
    """
    found = [each for each in rates if each.whole]
    if not found:
        return Rate(0, 0)
    part, whole = sum(each.part for each in found), sum(each.whole for each in found)
    return Rate(round(part / len(found)), round(whole / len(found)))


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The share (0–1) that had read ``elapsed`` after it was written to them.

    ``watched``: members to whom it was written at least that long ago; ``readers``: who had read
    it by then, of all.
    """

    elapsed: timedelta
    share: float
    watched: int
    readers: int


def read_curve(
    notices: Iterable[Notice], now: datetime, points: Sequence[timedelta] = CURVE
) -> tuple[CurvePoint, ...]:
    """The cumulative read rate by the time since each member's message was written.

    Where all were watched for that long it is readers so far ÷ written.  Whoever was written to
    later counts for as long as she was watched (Kaplan and Meier: 1 − Π(1 − read ÷ still
    unread)), so that the curve never falls.  Points that nobody was watched for are left out.
    """
    return curve_of_watch(watch_of(notices, now), points)


def watch_of(notices: Iterable[Notice], now: datetime) -> Watch:
    """What ``read_curve`` counts."""
    watched, unread, read = Counter[int](), Counter[int](), Counter[int]()
    for each in notices:
        if each.written_at is not None:
            age, time = (now - each.written_at) // MICROSECOND, _reading_time(each, now)
            watched[age] += 1
            (unread if time is None else read)[age if time is None else time // MICROSECOND] += 1
    return Watch(watched, unread, read)


def curve_of_watch(watch: Watch, points: Sequence[timedelta] = CURVE) -> tuple[CurvePoint, ...]:
    """``read_curve`` of what was counted already."""
    return tuple(CurvePoint(*each) for each in watch.curve(points))


def reading_times(notices: Iterable[Notice], now: datetime) -> tuple[tuple[timedelta, int], ...]:
    """Who had read by now and how long after hers was written: time and member, soonest first."""
    found = ((_reading_time(each, now), each.member_id) for each in notices)
    return tuple(sorted((time, member) for time, member in found if time is not None))


def _reading_time(notice: Notice, now: datetime) -> timedelta | None:
    """How long she took to read it; ``None``: she has not."""
    if notice.written_at is None or notice.read_at is None or notice.read_at > now:
        return None
    return max(notice.read_at - notice.written_at, timedelta())


# --- opting out ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OptOut:
    """A member wants no more notices; ``campaign_id`` when she said so at a certain one."""

    member_id: int
    at: datetime
    campaign_id: int | None = None


def opted_out(notices: Iterable[Notice], opt_outs: Iterable[OptOut]) -> dict[int, frozenset[int]]:
    """By campaign that was written to somebody: the members who opted out at it.

    An opt-out is that of the campaign it names, if that was written to her before; otherwise of
    the newest one written to her in the ``OPT_OUT_WINDOW`` before; of several at that moment the
    one with the greater number; without one it is nobody's.
    """
    left: dict[int, set[int]] = {}
    opt_outs = tuple(opt_outs)
    received: dict[int, list[tuple[datetime, int]]] = {each.member_id: [] for each in opt_outs}
    for notice in notices:
        if notice.written_at is not None:
            left.setdefault(notice.campaign_id, set())
            if notice.member_id in received:
                received[notice.member_id].append((notice.written_at, notice.campaign_id))
    for each in opt_outs:
        campaign = _blamed(each, received[each.member_id])
        if campaign is not None:
            left[campaign].add(each.member_id)
    return {campaign: frozenset(members) for campaign, members in left.items()}


def opt_out_rates(notices: Sequence[Notice], opt_outs: Iterable[OptOut]) -> dict[int, Rate]:
    """By campaign: members who opted out ÷ members to whom it was written; see ``opted_out``."""
    written = Counter(each.campaign_id for each in notices if each.took(Step.WRITTEN))
    left = opted_out(notices, opt_outs)
    return {campaign: Rate(len(left[campaign]), whole) for campaign, whole in written.items()}


def _blamed(opt_out: OptOut, received: Sequence[tuple[datetime, int]]) -> int | None:
    before = [touch for touch in received if touch[0] <= opt_out.at]
    if opt_out.campaign_id is not None:
        named = opt_out.campaign_id in {campaign for _, campaign in before}
        return opt_out.campaign_id if named else None
    at, campaign = max(before, default=(None, None))
    return campaign if at is not None and opt_out.at - at <= OPT_OUT_WINDOW else None


# --- visiting -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Visitor:
    """A member's visits in a period; ``exempt`` ones can never be held out."""

    visits: int
    held_out: bool
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class VisitsComparison:
    """Visits per member and month of those who get marketing and of those held out.

    ``rise``: first − second with its interval, or that there are too few to tell; ``told``: the
    first likewise.
    """

    marketed: float
    held_out: float
    rise: Told
    told: Told


def visits_against_holdout(
    visitors: Iterable[Visitor] | Mapping[Visitor, int], days: float
) -> VisitsComparison:
    """Visits per member and month = visits ÷ members × ``MONTH_DAYS`` ÷ ``days``.

    All of a group count, whether or not they got or read anything, for only by its draw does
    the holdout resemble the others; exempt members are in neither.  The period lies within one
    quarter: with the next the holdout moves on.  A mapping says how many are alike.  Raises
    ``ValueError`` for a period without time.
    """
    return compare_visits(*visit_samples(visitors), days)


def visit_samples(visitors: Iterable[Visitor] | Mapping[Visitor, int]) -> tuple[Sample, Sample]:
    """What is known of the visits of who gets marketing, and of who is held out."""
    groups: dict[bool, Counter[int]] = {False: Counter(), True: Counter()}
    for each, members in Counter(visitors).items():
        if not each.exempt:
            groups[each.held_out][each.visits] += members
    return Sample.of(groups[False]), Sample.of(groups[True])


def compare_visits(marketed: Sample, held_out: Sample, days: float) -> VisitsComparison:
    """``visits_against_holdout`` of what was counted already."""
    if days <= 0:
        raise ValueError("days")
    scale = MONTH_DAYS / days
    return VisitsComparison(
        marketed.mean * scale, held_out.mean * scale,
        tell_mean_difference(marketed, held_out, scale), tell_mean(marketed, scale),
    )  # fmt: skip


# --- after a campaign ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WindowComparison:
    """Who did something in the window of attribution after a campaign began.

    Of those to whom it was written, and of those of its audience who were held out; exempt
    members are in neither.

    The same days count for both groups, whatever anybody got or read.
    """

    marketed: Rate
    held_out: Rate

    @property
    def rise(self) -> Told:
        """By how much the first rate is above the second, or that there are too few to tell."""
        return tell_rate_difference(self.marketed, self.held_out)


class PurchasesComparison(WindowComparison):
    """Who bought: what a campaign is judged by first."""

    __slots__ = ()


class ComersComparison(WindowComparison):
    """Who came to the shop: what it is judged by second."""

    __slots__ = ()
