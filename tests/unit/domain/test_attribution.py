"""Whose campaign an outcome is: one at most, the strongest touch's, whatever the order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.attribution import (
    WINDOW,
    WINDOWS,
    Credit,
    Outcome,
    attribute,
    day_of,
    members_by_campaign,
    outcomes_by_campaign,
    read_window,
    steps_owed,
)
from console.domain.campaigns import REPLY_WINDOW
from console.domain.statistics import Notice, Step, funnel

MONDAY = datetime(2026, 11, 16, 2, tzinfo=UTC)
HOUR, DAY, BLINK = timedelta(hours=1), timedelta(days=1), timedelta(milliseconds=1)
READ, ANSWERED, RESERVED, VISITED, BOUGHT = (step for step in Step if step >= Step.READ)
A, B = 1, 2
SENT = [Notice(A, 1, MONDAY), Notice(B, 1, MONDAY + 2 * DAY)]


def did(
    step: Step, at: datetime, campaign: int | None = None, number: int = 9, member: int = 1
) -> Outcome:
    return Outcome(number, member, step, at, campaign)


def credited(outcomes: list[Outcome], number: int = 9) -> tuple[int, Step] | None:
    found = {each.outcome.outcome_id: each for each in attribute(SENT, outcomes)}
    return (found[number].campaign_id, found[number].touch) if number in found else None


# --- one by one ---------------------------------------------------------------------------------


def test_a_purchase_is_of_the_campaign_that_touched_her_most_strongly() -> None:
    bought = did(BOUGHT, MONDAY + 5 * DAY)
    read_both = [did(READ, MONDAY + HOUR, A, 1), did(READ, MONDAY + 3 * DAY, B, 2)]
    assert credited([*read_both, bought]) == (B, READ)
    reserved = did(RESERVED, MONDAY + DAY, A, 3)
    assert credited([*read_both, reserved, bought]) == (A, RESERVED)


def test_of_equal_touches_the_campaign_written_last_wins_not_the_one_read_last() -> None:
    touches = [did(READ, MONDAY + 3 * DAY, B, 1), did(READ, MONDAY + 4 * DAY, A, 2)]
    assert credited([*touches, did(VISITED, MONDAY + 5 * DAY)]) == (B, READ)


def test_what_names_its_campaign_is_that_ones_or_nobodys() -> None:
    stronger = did(RESERVED, MONDAY + 3 * DAY, B, 1)
    assert credited([stronger, did(BOUGHT, MONDAY + 4 * DAY, A)]) == (A, BOUGHT)
    assert credited([stronger, did(BOUGHT, MONDAY + 8 * DAY, A)]) is None
    assert credited([stronger, did(BOUGHT, MONDAY + 4 * DAY, 3)]) is None


def test_a_campaign_that_she_did_not_read_is_given_nothing() -> None:
    assert credited([did(BOUGHT, MONDAY + DAY)]) is None
    assert credited([did(BOUGHT, MONDAY + DAY), did(READ, MONDAY + DAY + BLINK, A, 1)]) is None
    assert credited([did(BOUGHT, MONDAY + DAY), did(READ, MONDAY + DAY, A, 1)]) == (A, READ)


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (MONDAY - BLINK, None),
        (MONDAY, (A, READ)),
        (MONDAY + WINDOW, (A, READ)),
        (MONDAY + WINDOW + BLINK, None),
    ],
)
def test_the_window_begins_with_the_writing_and_both_ends_are_in_it(
    at: datetime, found: tuple[int, Step] | None
) -> None:
    assert credited([did(READ, MONDAY, A, 1), did(VISITED, at)]) == found


def test_a_touch_that_was_before_the_writing_is_none() -> None:
    assert credited([did(READ, MONDAY - HOUR, A, 1), did(VISITED, MONDAY + HOUR)]) is None


def test_another_members_reading_does_not_count() -> None:
    outcomes = [did(READ, MONDAY + HOUR, A, 1, member=2), did(VISITED, MONDAY + DAY)]
    assert attribute([*SENT, Notice(A, 2, MONDAY)], outcomes) == (Credit(outcomes[0], A, READ),)


def test_two_outcomes_of_one_number_are_refused_and_the_same_twice_is_one() -> None:
    one = did(READ, MONDAY + HOUR, A)
    assert len(attribute(SENT, [one, one])) == 1
    with pytest.raises(ValueError, match="outcome_id"):
        attribute(SENT, [one, did(READ, MONDAY + 2 * HOUR, A)])


@pytest.mark.parametrize("step", [Step.AUDIENCE, Step.WRITTEN, Step.DELIVERED])
def test_what_the_shop_does_is_no_outcome(step: Step) -> None:
    with pytest.raises(ValueError, match="step"):
        did(step, MONDAY)


def test_a_campaign_brought_outcomes_and_members_each_by_her_strongest() -> None:
    outcomes = [
        did(READ, MONDAY + HOUR, A, 1), did(RESERVED, MONDAY + 2 * HOUR, A, 2),
        did(VISITED, MONDAY + DAY, None, 3), did(BOUGHT, MONDAY + DAY + HOUR, None, 4),
        did(READ, MONDAY + HOUR, A, 5, member=2), did(READ, MONDAY + 3 * DAY, B, 6),
    ]  # fmt: skip
    sent = [*SENT, Notice(A, 2, MONDAY), Notice(A, 3)]
    found = attribute(sent, outcomes)
    assert outcomes_by_campaign(found) == {
        A: {READ: 2, RESERVED: 1, VISITED: 1, BOUGHT: 1}, B: {READ: 1},
    }  # fmt: skip
    assert members_by_campaign(found) == {A: {BOUGHT: 1, READ: 1}, B: {READ: 1}}
    owed = steps_owed(found)
    stages = funnel(replace(each, outcomes=owed.get((A, each.member_id), frozenset()))
                    for each in sent if each.campaign_id == A)  # fmt: skip
    assert [(stage.step, stage.took) for stage in stages if stage.step > READ] == [
        (ANSWERED, 0), (RESERVED, 1), (VISITED, 1), (BOUGHT, 1),
    ]  # fmt: skip


# --- whatever happens ---------------------------------------------------------------------------

moments = st.integers(0, 15 * 4).map(lambda quarters: MONDAY + quarters * DAY / 4)
notices = st.lists(
    st.builds(Notice, st.integers(1, 4), st.integers(1, 3), st.none() | moments), max_size=14,
    unique_by=lambda each: (each.campaign_id, each.member_id),
)  # fmt: skip
outcomes = st.lists(
    st.builds(Outcome, st.integers(1, 10_000), st.integers(1, 3),
              st.sampled_from([step for step in Step if step >= READ]), moments,
              st.none() | st.none() | st.integers(1, 4)),
    max_size=16, unique_by=lambda each: each.outcome_id,
)  # fmt: skip
windows = st.integers(0, 60).map(lambda quarters: quarters * DAY / 4)


def recount(
    sent: list[Notice], done: list[Outcome], window: timedelta
) -> dict[int, tuple[int, Step]]:
    """Each outcome asked campaign by campaign, from the strongest step down and from the newest
    notice back; the first yes is it.
    """
    found: dict[int, tuple[int, Step]] = {}
    newest = sorted((each for each in sent if each.written_at is not None),
                    key=lambda each: (each.written_at, each.campaign_id), reverse=True)  # fmt: skip
    for outcome in done:
        for step in sorted(Step, reverse=True):
            for notice in newest:
                at, number = notice.written_at, notice.campaign_id
                if at is None or notice.member_id != outcome.member_id:
                    continue
                if not timedelta() <= outcome.at - at <= window:
                    continue
                if outcome.campaign_id not in {None, number}:
                    continue
                touched = any(
                    each.step == step and each.campaign_id == number and at <= each.at <= outcome.at
                    for each in done if each.member_id == outcome.member_id
                )  # fmt: skip
                if touched:
                    found.setdefault(outcome.outcome_id, (number, step))
    return found


@given(sent=notices, done=outcomes, window=windows)
def test_a_recount_from_the_strongest_down_finds_the_same(
    sent: list[Notice], done: list[Outcome], window: timedelta
) -> None:
    found = attribute(sent, done, window)
    assert {each.outcome.outcome_id: (each.campaign_id, each.touch)
            for each in found} == recount(sent, done, window)  # fmt: skip


@given(sent=notices, done=outcomes, window=windows)
def test_campaigns_add_up_to_the_outcomes_that_were_given(
    sent: list[Notice], done: list[Outcome], window: timedelta
) -> None:
    found = attribute(sent, done, window)
    assert len({each.outcome.outcome_id for each in found}) == len(found)
    assert {each.outcome for each in found} <= set(done)
    counts = outcomes_by_campaign(found)
    assert sum(sum(each.values()) for each in counts.values()) == len(found)
    kinds = Counter(each.outcome.step for each in found)
    assert sum(counts.values(), Counter[Step]()) == kinds
    for campaign, members in members_by_campaign(found).items():
        hers = {each.outcome.member_id for each in found if each.campaign_id == campaign}
        assert sum(members.values()) == len(hers)


@given(sent=notices, done=outcomes, window=windows, data=st.data())
def test_the_order_of_what_is_looked_at_changes_nothing(
    sent: list[Notice], done: list[Outcome], window: timedelta, data: st.DataObject
) -> None:
    turned = attribute(data.draw(st.permutations(sent)), data.draw(st.permutations(done)), window)
    assert turned == attribute(sent, done, window)


@given(sent=notices, done=outcomes, one=windows, two=windows)
def test_a_longer_window_takes_nothing_away_and_never_weakens_a_touch(
    sent: list[Notice], done: list[Outcome], one: timedelta, two: timedelta
) -> None:
    short, long = (
        {each.outcome: each for each in attribute(sent, done, window)}
        for window in sorted((one, two))
    )
    assert short.keys() <= long.keys()
    assert all(long[outcome].touch >= short[outcome].touch for outcome in short)


def test_a_longer_window_may_give_an_outcome_to_another_campaign() -> None:
    done = [did(RESERVED, MONDAY + DAY, A, 1), did(READ, MONDAY + 3 * DAY, B, 2),
            did(BOUGHT, MONDAY + 6 * DAY)]  # fmt: skip
    given_to = [attribute(SENT, done, days * DAY)[-1].campaign_id for days in (5, 7)]
    assert given_to == [B, A]


@given(sent=notices, done=outcomes)
def test_another_members_life_changes_nothing_about_hers(
    sent: list[Notice], done: list[Outcome]
) -> None:
    alone = attribute([each for each in sent if each.member_id == 1],
                      [each for each in done if each.member_id == 1])  # fmt: skip
    together = [each for each in attribute(sent, done) if each.outcome.member_id == 1]
    assert list(alone) == together


@pytest.mark.parametrize(
    ("value", "days"),
    [(1, 1), (30, 30), (0, 7), (31, 7), (True, 7), (7.0, 7), ("14", 7), (None, 7)],
)
def test_a_window_is_so_many_whole_days_or_seven(value: object, days: int) -> None:
    assert read_window(value) == timedelta(days=days)


@given(ms=st.integers(-1, 31 * 86_400_000), days=st.sampled_from(WINDOWS))
def test_what_came_in_the_first_days_came_within_a_window_of_so_many(ms: int, days: int) -> None:
    elapsed = timedelta(milliseconds=ms)
    day = day_of(elapsed)
    assert (day is not None and day < days) == (timedelta() <= elapsed <= timedelta(days=days))


def test_replies_are_known_for_the_longest_window() -> None:
    assert timedelta(days=WINDOWS[-1]) == REPLY_WINDOW
