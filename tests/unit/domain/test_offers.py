"""What an offer may say, when it is over, and how its coupons are named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.offers import (
    ALPHABET,
    CODE_CHARS,
    CouponState,
    Fault,
    Standing,
    coupon_state,
    fault_of,
    moved_past,
    new_code,
    standing,
    typed_code,
)
from console.wire.offer_rows import CouponRow, OfferRow, OfferTerms

NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
NAIVE = datetime(2026, 12, 1)  # noqa: DTZ001 - what a client must not say


def terms(
    title: str = "周末 8 折券", quantity: int = 20, ends_at: datetime = NOW + DAY,
    valid_until: datetime = NOW + WEEK,
) -> OfferTerms:  # fmt: skip
    return OfferTerms(title=title, quantity=quantity, ends_at=ends_at, valid_until=valid_until)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (terms(), None),
        (terms(quantity=1), None),
        (terms(quantity=10_000), None),
        (terms(title="券" * 40), None),
        (terms(valid_until=NOW + DAY), None),
        (terms(ends_at=NOW - WEEK, valid_until=NOW - WEEK), None),
        (terms(title="  "), Fault.TITLE_EMPTY),
        (terms(title="券" * 41), Fault.TITLE_LONG),
        (terms(quantity=0), Fault.QUANTITY),
        (terms(quantity=10_001), Fault.QUANTITY),
        (terms(valid_until=NOW + HOUR), Fault.TIMES),
        (terms(ends_at=NAIVE), Fault.TIMES),
        (terms(valid_until=NAIVE), Fault.TIMES),
        (terms(valid_until=NOW + 367 * DAY), Fault.TOO_FAR),
    ],
)
def test_terms_are_right_or_say_what_is_wrong(said: OfferTerms, fault: Fault | None) -> None:
    assert fault_of(said, NOW) is fault


def offer(claimed: int = 0, closed_at: datetime | None = None) -> OfferRow:
    return OfferRow(
        id=1, rev=1, shop_id=1, campaign_id=1, quantity=2, claimed=claimed, ends_at=NOW + DAY,
        valid_until=NOW + WEEK, closed_at=closed_at, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "at", "found"),
    [
        (offer(), NOW, Standing.OPEN),
        (offer(1), NOW + DAY - timedelta(milliseconds=1), Standing.OPEN),
        (offer(2), NOW, Standing.GONE),
        (offer(), NOW + DAY, Standing.OVER),
        (offer(2), NOW + DAY, Standing.OVER),
        (offer(closed_at=NOW), NOW, Standing.OVER),
    ],
)
def test_an_offer_is_open_until_its_last_unit_its_deadline_or_its_end(
    row: OfferRow, at: datetime, found: Standing
) -> None:
    assert standing(row, at) is found


def coupon(**fields: datetime) -> CouponRow:
    return CouponRow(id=1, rev=1, shop_id=1, member_id=1, code="K7QP2M9W", issued_at=NOW,
                     expires_at=NOW + WEEK, **fields)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "at", "found"),
    [
        (coupon(), NOW, CouponState.GOOD),
        (coupon(), NOW + WEEK, CouponState.GOOD),
        (coupon(), NOW + WEEK + timedelta(milliseconds=1), CouponState.EXPIRED),
        (coupon(redeemed_at=NOW), NOW + 2 * WEEK, CouponState.REDEEMED),
        (coupon(voided_at=NOW), NOW, CouponState.VOIDED),
    ],
)
def test_a_coupon_is_good_through_its_last_moment(
    row: CouponRow, at: datetime, found: CouponState
) -> None:
    assert coupon_state(row, at) is found


def test_a_deadline_that_lies_ahead_is_left_alone() -> None:
    assert moved_past(NOW + DAY, NOW + WEEK, NOW, "Asia/Shanghai") == (NOW + DAY, NOW + WEEK)


@pytest.mark.parametrize("weeks", [1, 2, 60])
def test_an_occurrence_ends_as_long_after_its_slot_as_the_first(weeks: int) -> None:
    moved = moved_past(NOW + DAY, NOW + 2 * DAY, NOW + weeks * WEEK, "Asia/Shanghai")
    assert moved == (NOW + DAY + weeks * WEEK, NOW + 2 * DAY + weeks * WEEK)


def test_a_deadline_at_the_very_slot_is_a_week_later() -> None:
    assert moved_past(NOW, NOW, NOW, "Asia/Shanghai") == (NOW + WEEK, NOW + WEEK)


def test_it_stays_the_same_hour_when_the_clocks_change() -> None:
    zone = ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 10, 24, 20, tzinfo=zone)
    moved, _ = moved_past(evening.astimezone(UTC), evening.astimezone(UTC),
                          evening.astimezone(UTC), "Europe/Berlin")  # fmt: skip
    assert moved.astimezone(zone) == datetime(2026, 10, 31, 20, tzinfo=zone)
    assert moved - evening.astimezone(UTC) == WEEK + HOUR


@given(
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"]),
    end=st.integers(0, 366 * 24 * 60), slot=st.integers(0, 3 * 366 * 24 * 60),
    good=st.integers(0, 60 * 24 * 60),
)  # fmt: skip
def test_an_occurrence_ends_within_a_week_of_its_slot_at_the_same_local_hour(
    zone: str, end: int, slot: int, good: int
) -> None:
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    ends_at, at = start + end * MINUTE, start + slot * MINUTE
    moved, valid = moved_past(ends_at, ends_at + good * MINUTE, at, zone)
    assert moved > at
    assert valid >= moved
    here = ZoneInfo(zone)
    before, after = (each.astimezone(here) for each in (ends_at, moved))
    assert after.weekday() == before.weekday()
    assert moved == ends_at or moved - at <= WEEK + HOUR
    if moved != ends_at:
        # An hour that the clocks leave out is the one next to it.
        assert abs((after.hour - before.hour) * 60 + after.minute - before.minute) in {0, 60}


def test_codes_are_random_and_hard_to_misread() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {CODE_CHARS}
    assert set("".join(codes)) == set(ALPHABET)
    assert not set(ALPHABET) & set("01OIL")


@pytest.mark.parametrize("said", ["k7qp2m9w", " K7QP-2M9W ", "k7qp 2m9w", "K7QP2M9W"])
def test_a_code_is_found_however_it_was_typed(said: str) -> None:
    assert typed_code(said) == "K7QP2M9W"
