"""Which campaign an outcome is owed to: exactly one, or none.  Standard library only.

An outcome is what a member did: read, answered, reserved, visited, bought.  Some say at which
campaign (a read, an answer, a hold or coupon out of its message); these are also its *touches*.

1. A campaign may be given an outcome when it was written to that member at most a window
   before (``written ≤ outcome ≤ written + window``): ``WINDOW``, or as many days as the owner set.
2. An outcome that names a campaign is that one's, or nobody's.
3. Any other is the campaign's that touched her most strongly until then (bought > visited >
   reserved > answered > read), since it was written; of several touched alike the one written
   last, and of those the one with the greater number.  A campaign that she did not even read
   is given nothing.

So each outcome counts for one campaign, the order in which things are looked at changes nothing,
and a longer window never takes an outcome away: it may only bring a stronger touch.  That an
outcome is owed to a campaign does not show that the campaign caused it; the holdout does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.statistics import Notice, Step

DAY = timedelta(days=1)
WINDOW = 7 * DAY
"""So long after it was written a campaign is given what the member does, until the owner sets
another."""
WINDOWS = range(1, 31)
"""What may be set, in days."""


def parse_window(value: object) -> timedelta:
    """A window out of whole days.  Raises ``ValueError``."""
    if type(value) is not int or value not in WINDOWS:
        raise ValueError(value)
    return value * DAY


def read_window(value: object) -> timedelta:
    """As ``parse_window``; what makes no sense, or was never set, is ``WINDOW``."""
    try:
        return parse_window(value)
    except ValueError:
        return WINDOW


def day_of(elapsed: timedelta) -> int | None:
    """In which day after it was written a campaign was answered, from 0; ``None``: in none that
    a window may have.

    What came in the days before ``n`` is exactly what came within a window of ``n`` days.
    """
    day = max(0, -(-elapsed // DAY) - 1)
    return day if timedelta() <= elapsed and day < WINDOWS[-1] else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a member did.

    Attributes:
        outcome_id: its own, among all outcomes; the same one twice is one.
        step: ``READ`` or stronger.  Raises ``ValueError`` for another.
        campaign_id: at which campaign, where that is known.
    """

    outcome_id: int
    member_id: int
    step: Step
    at: datetime
    campaign_id: int | None = None

    def __post_init__(self) -> None:
        if self.step < Step.READ:
            raise ValueError("step")


@dataclass(frozen=True, slots=True)
class Credit:
    """An outcome and the one campaign it is owed to, by its strongest ``touch``."""

    outcome: Outcome
    campaign_id: int
    touch: Step


def attribute(
    notices: Iterable[Notice], outcomes: Iterable[Outcome], window: timedelta = WINDOW
) -> tuple[Credit, ...]:
    """The campaign of every outcome that has one, in the order of the outcomes' numbers.

    Raises ``ValueError`` when two different outcomes have one number.
    """
    done: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in _each_once(outcomes):
        done[outcome.member_id].append(outcome)
    written: dict[int, dict[int, datetime]] = defaultdict(dict)
    for notice in notices:
        if notice.written_at is not None and notice.member_id in done:
            first = written[notice.member_id].setdefault(notice.campaign_id, notice.written_at)
            written[notice.member_id][notice.campaign_id] = min(first, notice.written_at)
    found = [
        credit for member, of_hers in done.items() if member in written
        for credit in _of_member(written[member], of_hers, window)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda credit: credit.outcome.outcome_id))


def _each_once(outcomes: Iterable[Outcome]) -> set[Outcome]:
    found = set(outcomes)
    if len({each.outcome_id for each in found}) < len(found):
        raise ValueError("outcome_id")
    return found


def _of_member(
    written: Mapping[int, datetime], outcomes: Sequence[Outcome], window: timedelta
) -> Iterable[Credit]:
    touches = [each for each in outcomes if each.campaign_id in written]
    for outcome in outcomes:
        eligible = {
            campaign: at for campaign, at in written.items()
            if at <= outcome.at <= at + window and outcome.campaign_id in {None, campaign}
        }  # fmt: skip
        found = max(_standings(eligible, touches, outcome), default=None)
        if found is not None:
            touch, _, campaign = found
            yield Credit(outcome, campaign, touch)


def _standings(
    eligible: Mapping[int, datetime], touches: Iterable[Outcome], outcome: Outcome
) -> Iterable[tuple[Step, datetime, int]]:
    """Each eligible campaign's strongest touch until then, when it was written, its number."""
    for touch in touches:
        campaign = touch.campaign_id
        if campaign is None or campaign not in eligible:
            continue
        if eligible[campaign] <= touch.at <= outcome.at:
            yield touch.step, eligible[campaign], campaign


# --- what a campaign brought --------------------------------------------------------------------


def outcomes_by_campaign(found: Iterable[Credit]) -> dict[int, Counter[Step]]:
    """How many outcomes of each kind are owed to each campaign."""
    counts: dict[int, Counter[Step]] = {}
    for credit in found:
        counts.setdefault(credit.campaign_id, Counter())[credit.outcome.step] += 1
    return counts


def members_by_campaign(found: Iterable[Credit]) -> dict[int, Counter[Step]]:
    """How many members each campaign got how far: each once, by the strongest of her outcomes."""
    strongest: dict[tuple[int, int], Step] = {}
    for credit in found:
        place = (credit.campaign_id, credit.outcome.member_id)
        strongest[place] = max(credit.outcome.step, strongest.get(place, credit.outcome.step))
    counts: dict[int, Counter[Step]] = {}
    for (campaign, _), step in strongest.items():
        counts.setdefault(campaign, Counter())[step] += 1
    return counts


def steps_owed(found: Iterable[Credit]) -> dict[tuple[int, int], frozenset[Step]]:
    """By campaign and member: what it is owed of her, as ``statistics.Notice`` has it."""
    steps: dict[tuple[int, int], set[Step]] = defaultdict(set)
    for credit in found:
        steps[credit.campaign_id, credit.outcome.member_id].add(credit.outcome.step)
    return {place: frozenset(owed) for place, owed in steps.items()}
