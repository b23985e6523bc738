"""Names, birthdays and buckets."""

from __future__ import annotations

import pytest

from console.domain.members import BUCKETS, bucket_of, is_birthday, tidy_name


def test_a_name_loses_outer_and_doubled_spaces() -> None:
    assert tidy_name("  Anna   Lin ") == "Anna Lin"


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\x00b", "a\u200bb"])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    assert tidy_name(name) is None


@pytest.mark.parametrize("day", ["02-29", "01-01", "12-31", "04-30"])
def test_every_day_of_some_year_is_a_birthday(day: str) -> None:
    assert is_birthday(day)


@pytest.mark.parametrize("day", ["02-30", "13-01", "00-10", "04-31", "1-1", "", "０1-01", "01-00"])
def test_a_day_of_no_year_is_none(day: str) -> None:
    assert not is_birthday(day)


def test_lunar_months_have_thirty_days_at_most() -> None:
    assert is_birthday("02-30", lunar=True)
    assert not is_birthday("01-31", lunar=True)


def test_buckets_last_and_are_evenly_spread() -> None:
    found = [bucket_of(member_id) for member_id in range(1, 20_001)]
    assert found == [bucket_of(member_id) for member_id in range(1, 20_001)]
    assert all(0 <= bucket < BUCKETS for bucket in found)
    tenth = sum(bucket < BUCKETS // 10 for bucket in found) / len(found)
    assert 0.09 < tenth < 0.11
