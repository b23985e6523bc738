"""Each figure against its definition, counted anew in another way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.intervals import Doubt, Estimate, Rate, TooFew
from console.domain.statistics import (
    CURVE,
    Member,
    Notice,
    OptOut,
    Stage,
    Step,
    Visitor,
    funnel,
    monthly_open_rate,
    opt_out_rates,
    read_curve,
    read_rate,
    visits_against_holdout,
)

ZONE = "Asia/Shanghai"
SENT = datetime(2026, 11, 16, 2, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DEEDS = [Step.ANSWERED, Step.RESERVED, Step.VISITED, Step.BOUGHT]

moments = st.integers(-3, 20 * 24 * 60).map(lambda minutes: SENT + minutes * MINUTE)
maybe = st.none() | moments
notices = st.lists(
    st.builds(
        Notice, st.integers(1, 3), st.integers(1, 8), maybe, maybe, maybe,
        st.frozensets(st.sampled_from(DEEDS)),
    ),
    max_size=30,
)  # fmt: skip
unique = notices.map(
    lambda found: list({(each.campaign_id, each.member_id): each for each in found}.values())
)


def notice(
    member: int, read: timedelta | None = None, *done: Step, campaign: int = 1,
    written: datetime = SENT,
) -> Notice:  # fmt: skip
    """Written to, and read so long after."""
    return Notice(campaign, member, written, None, None if read is None else written + read,
                  frozenset(done))  # fmt: skip


# --- reading ------------------------------------------------------------------------------------


def test_readers_are_divided_by_those_written_to_not_by_those_delivered_to() -> None:
    audience = [notice(1, HOUR), notice(2), notice(3), Notice(1, 4),
                replace(notice(5), delivered_at=SENT)]  # fmt: skip
    assert read_rate(audience) == Rate(1, 4)
    assert read_rate([]) == Rate(0, 0)


def test_the_funnel_narrows_step_by_step_and_says_who_took_a_short_cut() -> None:
    audience = [
        Notice(1, 1), notice(2), replace(notice(3), delivered_at=SENT), notice(4, HOUR),
        notice(5, HOUR, Step.ANSWERED, Step.RESERVED, Step.VISITED, Step.BOUGHT),
        notice(6, HOUR, Step.BOUGHT), notice(7, None, Step.VISITED, Step.BOUGHT),
    ]  # fmt: skip
    assert funnel(audience) == (
        Stage(Step.AUDIENCE, 7, 7), Stage(Step.WRITTEN, 6, 6), Stage(Step.DELIVERED, 4, 4),
        Stage(Step.READ, 3, 3), Stage(Step.ANSWERED, 1, 1), Stage(Step.RESERVED, 1, 1),
        Stage(Step.VISITED, 1, 2), Stage(Step.BOUGHT, 1, 3),
    )  # fmt: skip


@given(audience=notices)
def test_every_step_of_the_funnel_is_a_part_of_the_one_before(audience: list[Notice]) -> None:
    stages = funnel(audience)
    # Counted anew: whoever is left after each step goes on to the next.
    left = list(audience)
    for stage in stages:
        left = [each for each in left if each.took(stage.step)]
        assert stage.through == len(left)
        written = [each for each in audience if each.written_at or not stage.step]
        assert stage.took == sum(each.took(stage.step) for each in written)
    rate = read_rate(audience)
    assert (stages[Step.READ].through, stages[Step.WRITTEN].through) == (rate.part, rate.whole)


def test_the_curve_is_the_share_of_those_who_had_read_by_then() -> None:
    audience = [notice(1, 3 * MINUTE), notice(2, 50 * MINUTE), notice(3, 30 * HOUR), notice(4)]
    found = {point.elapsed: point.share for point in read_curve(audience, SENT + 4 * DAY)}
    assert list(found) == list(CURVE)
    assert found[timedelta()] == 0
    assert [found[at] for at in (5 * MINUTE, HOUR, DAY, 3 * DAY)] == pytest.approx(
        [0.25, 0.5, 0.5, 0.75]
    )


def test_whoever_was_written_to_later_counts_for_as_long_as_she_was_watched() -> None:
    late = SENT + DAY - 2 * HOUR
    audience = [notice(1, HOUR), notice(2, 5 * HOUR), notice(3),
                notice(4, written=late), notice(5, HOUR, written=late)]  # fmt: skip
    points = [HOUR, 5 * HOUR, DAY, 2 * DAY]
    # After an hour 2 of 5; after five hours 1 of the 2 left who were watched for so long.
    found = read_curve(audience, SENT + DAY, points)
    assert [(each.elapsed, each.watched) for each in found] == [(HOUR, 5), (5 * HOUR, 3), (DAY, 3)]
    assert [each.share for each in found] == pytest.approx([0.4, 1 - 0.6 * 0.5, 1 - 0.6 * 0.5])


def test_nothing_written_has_no_curve() -> None:
    assert read_curve([Notice(1, 1)], SENT) == ()


@given(audience=notices, hours=st.integers(0, 600))
def test_the_curve_never_falls_and_stays_within_all(audience: list[Notice], hours: int) -> None:
    now = SENT + hours * HOUR
    found = read_curve([each for each in audience if not each.written_at
                        or each.written_at <= now], now)  # fmt: skip
    shares = [point.share for point in found]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)


@given(audience=notices)
def test_watched_to_the_end_the_curve_is_a_plain_share(audience: list[Notice]) -> None:
    points = read_curve(audience, SENT + 30 * DAY)
    written = [each for each in audience if each.written_at]
    assert len(points) == (len(CURVE) if written else 0)
    for point in points:
        readers = sum(bool(each.read_at and each.read_at - each.written_at <= point.elapsed)  # type: ignore[operator]
                      for each in written)  # fmt: skip
        assert point.share == pytest.approx(readers / len(written))
        assert point.watched == len(written)


# --- the month ----------------------------------------------------------------------------------

NOVEMBER = date(2026, 11, 9)
SOUND = Member(1, SENT - 400 * DAY, opted_in=True, last_seen_at=SENT)
END = datetime(2026, 11, 30, 16, tzinfo=UTC)
"""When the shop's December begins."""


@pytest.mark.parametrize(
    ("change", "reachable"),
    [
        ({}, True),
        ({"joined_at": None}, False),
        ({"joined_at": END + MINUTE}, False),
        ({"opted_in": False}, False),
        ({"last_seen_at": None}, False),
        ({"last_seen_at": END - 90 * DAY}, True),
        ({"last_seen_at": END - 90 * DAY - MINUTE}, False),
        ({"last_seen_at": END - 90 * DAY - MINUTE, "can_wake": True}, True),
        ({"last_seen_at": None, "can_wake": True, "opted_in": False}, False),
    ],
)
def test_reachable_is_joined_opted_in_and_seen_lately_or_to_be_woken(
    change: dict[str, object], reachable: bool
) -> None:
    member = replace(SOUND, **change)  # type: ignore[arg-type]
    assert member.is_reachable(END) == reachable
    assert monthly_open_rate([member], [], NOVEMBER, ZONE, END + DAY) == Rate(0, reachable)


def test_a_member_who_read_ten_notices_counts_once() -> None:
    members = [replace(SOUND, member_id=number) for number in range(1, 5)]
    read = [notice(1, number * HOUR, campaign=number) for number in range(1, 11)]
    assert monthly_open_rate(members, read, NOVEMBER, ZONE, END) == Rate(1, 4)


def test_whoever_read_and_then_opted_out_was_reachable() -> None:
    gone = replace(SOUND, opted_in=False)
    found = monthly_open_rate([gone, replace(SOUND, member_id=2)], [notice(1, HOUR)], NOVEMBER,
                              ZONE, END)  # fmt: skip
    assert found == Rate(1, 2)


def test_a_month_begins_and_ends_at_the_shops_midnight() -> None:
    begin = datetime(2026, 10, 31, 16, tzinfo=UTC)
    read = [Notice(1, member, begin - DAY, None, at) for member, at in
            enumerate([begin - MINUTE, begin, END - MINUTE, END], 1)]  # fmt: skip
    assert monthly_open_rate([], read, NOVEMBER, ZONE, END + DAY) == Rate(2, 2)
    assert monthly_open_rate([], read, NOVEMBER, "UTC", END + DAY) == Rate(2, 2)
    assert monthly_open_rate([], read, date(2026, 10, 1), ZONE, END + DAY) == Rate(1, 1)


def test_a_month_that_lasts_is_counted_until_now() -> None:
    joins = replace(SOUND, joined_at=SENT + DAY)
    assert monthly_open_rate([joins], [], NOVEMBER, ZONE, SENT) == Rate(0, 0)
    assert monthly_open_rate([joins], [], NOVEMBER, ZONE, SENT + 2 * DAY) == Rate(0, 1)


@given(audience=notices, present=st.sets(st.integers(1, 8)))
def test_members_who_open_are_a_part_of_those_reachable(
    audience: list[Notice], present: set[int]
) -> None:
    members = [replace(SOUND, member_id=number) for number in present]
    found = monthly_open_rate(members, audience, NOVEMBER, ZONE, END)
    opened = 0
    for number in range(1, 9):
        read = [each.read_at for each in audience if each.member_id == number and each.written_at]
        opened += any(at is not None and at.astimezone(ZoneInfo(ZONE)).month == 11 for at in read)
    assert found.part == opened
    assert max(opened, len(present)) <= found.whole <= 8


# --- opting out ---------------------------------------------------------------------------------


def test_an_opt_out_is_of_the_campaign_it_names_or_of_the_last_one_she_got() -> None:
    audience = [notice(member, campaign=campaign, written=SENT + campaign * DAY)
                for campaign in (1, 2) for member in (1, 2, 3, 4)]  # fmt: skip
    out = [
        OptOut(1, SENT + 2 * DAY),  # the very moment of the second
        OptOut(2, SENT + 3 * DAY, campaign_id=1),
        OptOut(3, SENT + 9 * DAY),  # seven days after the second
        OptOut(3, SENT + 9 * DAY),  # said twice
        OptOut(4, SENT + 9 * DAY + MINUTE),  # nobody's any more
        OptOut(5, SENT + 2 * DAY),  # never written to
        OptOut(4, SENT + 2 * DAY, campaign_id=7),  # names one she did not get
        OptOut(4, SENT, campaign_id=1),  # before it was written
    ]
    assert opt_out_rates(audience, out) == {1: Rate(1, 4), 2: Rate(2, 4)}


@given(audience=unique, data=st.data())
def test_no_opt_out_counts_twice_and_no_order_matters(
    audience: list[Notice], data: st.DataObject
) -> None:
    out = data.draw(st.lists(
        st.builds(OptOut, st.integers(1, 8), moments, st.none() | st.integers(1, 3)), max_size=8,
        unique_by=lambda each: each.member_id,
    ))  # fmt: skip
    found = opt_out_rates(audience, out)
    assert sum(rate.part for rate in found.values()) <= len(out)
    assert found == opt_out_rates(
        data.draw(st.permutations(audience)), data.draw(st.permutations(out))
    )


# --- visiting -----------------------------------------------------------------------------------


def test_visits_a_month_of_those_marketed_to_beside_those_held_out() -> None:
    visitors = [Visitor(number % 4, held_out=False) for number in range(1_600)]
    visitors += [Visitor(number % 3, held_out=True) for number in range(180)]
    visitors += [Visitor(30, held_out=False, exempt=True)] * 20
    month = visits_against_holdout(visitors, 30)
    assert month.marketed == pytest.approx(1.5 * 30.4375 / 30)
    assert month.held_out == pytest.approx(1.0 * 30.4375 / 30)
    assert isinstance(month.rise, Estimate)
    assert month.rise.value == pytest.approx(0.5 * 30.4375 / 30)
    assert 0.3 < month.rise.interval.low < month.rise.value < month.rise.interval.high < 0.7
    quarter = visits_against_holdout(visitors, 90)
    assert quarter.marketed == pytest.approx(month.marketed / 3)


def test_a_handful_held_out_says_nothing() -> None:
    visitors = [Visitor(1, held_out=False)] * 40 + [Visitor(0, held_out=True)] * 6
    assert visits_against_holdout(visitors, 30).rise == TooFew(Doubt.TOO_RARE)
    assert visits_against_holdout([], 30).rise == TooFew(Doubt.NOBODY)
    with pytest.raises(ValueError, match="days"):
        visits_against_holdout(visitors, 0)
