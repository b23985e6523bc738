"""The waterfall's order, the holdout and its turning, and that nobody gets two variants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.domain import audiences
from console.domain.audiences import Choice, Holdout, Person
from console.domain.members import BUCKETS

NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
SOUND = Person(
    state="confirmed", thread=True, last_seen_at=NOW, marketing=True, blocked=False, weekly_cap=3,
    used=0, bucket=9_999,
)  # fmt: skip
NOBODY = Holdout(percent=0)
people = st.builds(
    Person,
    state=st.sampled_from(["known", "guest", "confirmed", "merged", "erased"]),
    thread=st.booleans(),
    last_seen_at=st.sampled_from([None, NOW, NOW - timedelta(days=91)]),
    marketing=st.booleans(),
    blocked=st.booleans(),
    weekly_cap=st.integers(1, 3),
    used=st.integers(0, 4),
    bucket=st.integers(0, BUCKETS - 1),
    exempt=st.booleans(),
)


def test_each_reason_is_given_and_the_earlier_one_wins() -> None:
    spoiled = [
        ("not_joined", {"state": "known"}),
        ("no_channel", {"last_seen_at": NOW - timedelta(days=90, seconds=1)}),
        ("opted_out", {"marketing": False}),
        ("blocked", {"blocked": True}),
        ("cap", {"used": 3}),
        ("holdout", {"bucket": 0}),
    ]
    holdout = Holdout(percent=10, quarter=0)
    assert audiences.objection(SOUND, holdout, NOW) == ""
    person = SOUND
    for reason, change in reversed(spoiled):
        assert audiences.objection(SOUND._replace(**change), holdout, NOW) == reason
        person = person._replace(**change)
        assert audiences.objection(person, holdout, NOW) == reason
    assert [reason for reason, _ in spoiled] == list(audiences.WATERFALL[:-1])


@given(people, st.booleans())
def test_whom_something_stands_against_at_sending_it_stands_against_at_freezing(
    person: Person,
    marketing: bool,
) -> None:
    holdout = Holdout(percent=10, quarter=0)
    now = audiences.objection_now(person, holdout if marketing else None)
    frozen = audiences.objection(person, holdout, NOW)
    assert now in audiences.NOW_OR_NEVER | {""}
    if now:
        assert frozen
    if frozen in {"not_joined", "opted_out", "blocked"}:
        assert now == frozen
    if not marketing:
        assert now not in {"cap", "holdout"}


@given(st.integers(0, 100), st.integers(0, 40_000))
def test_so_many_of_a_hundred_are_held_out_and_other_ones_next_quarter(
    percent: int, quarter: int
) -> None:
    def held(number: int) -> set[int]:
        holdout = Holdout(percent, number)
        return {
            bucket
            for bucket in range(0, BUCKETS, 100)
            if holdout.holds(SOUND._replace(bucket=bucket))
        }

    assert len(held(quarter)) == percent
    if percent <= 50:
        assert not held(quarter) & held(quarter + 1)


def test_a_vip_is_never_held_out() -> None:
    everybody = Holdout(percent=100)
    assert everybody.holds(SOUND)
    assert not everybody.holds(SOUND._replace(exempt=True))


def test_quarters_change_at_the_shops_midnight() -> None:
    before = datetime(2026, 3, 31, 15, 59, tzinfo=UTC)
    after = before + timedelta(minutes=1)
    quarter = audiences.quarter_of(before, "Asia/Shanghai")
    assert audiences.quarter_of(after, "Asia/Shanghai") == quarter + 1
    assert audiences.quarter_of(after, "UTC") == quarter


choices = st.lists(
    st.builds(
        Choice,
        name=st.sampled_from("ABCD"),
        matches=st.none() | st.frozensets(st.integers(1, 30)),
        share=st.integers(0, 100),
    ),
    max_size=4,
    unique_by=lambda choice: choice.name,
)


@given(choices, st.integers(1, 30))
def test_the_first_variant_that_takes_her_wins_and_always_the_same(
    given_choices: list[Choice], member_id: int
) -> None:
    chosen = audiences.choose(given_choices, "salt", member_id)
    assert chosen == audiences.choose(given_choices, "salt", member_id)
    for choice in given_choices:
        matched = choice.matches is None or member_id in choice.matches
        if choice.name == chosen:
            assert matched
            return
        assert not matched or choice.share < 100
    assert chosen is None


def test_a_share_takes_about_so_many() -> None:
    halves = [Choice("A", share=50), Choice("B")]
    taken = [audiences.choose(halves, "s", member_id) for member_id in range(4_000)]
    assert 1_850 < taken.count("A") < 2_150
    assert taken.count("A") + taken.count("B") == 4_000


@given(
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)),
    st.dictionaries(st.sampled_from("abcd"), st.integers(-3, 3)),
)
def test_counts_move_and_add_up(counts: dict[str, int], steps: dict[str, int]) -> None:
    after = audiences.moved(counts, steps)
    assert sum(after.values()) == sum(counts.values()) + sum(steps.values())
    assert 0 not in after.values()
