"""The code on a member's phone: hers, in one shop, for three minutes, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.visits import CODE_DIGITS, is_code
from console.relay import member_codes
from console.wire.errors import Code, Refusal

KEY, NOW = b"k" * 32, datetime(2026, 11, 30, 12, tzinfo=UTC)


def refusal(code: str, *, shop: int = 1, key: bytes = KEY, at: datetime = NOW) -> Code:
    with pytest.raises(Refusal) as caught:
        member_codes.member_of(key, shop, code, at)
    return caught.value.code


@given(st.integers(1, 10**12 - 1), st.integers(1, 999), st.integers(0, 179))
def test_it_says_who_she_is_for_three_minutes(member: int, shop: int, later: int) -> None:
    code = member_codes.make(KEY, shop, member, NOW)
    assert is_code(code)
    assert len(code) == CODE_DIGITS
    at = NOW + timedelta(seconds=later)
    assert member_codes.member_of(KEY, shop, code, at) == member
    assert refusal(code, shop=shop, at=NOW + member_codes.GOOD_FOR) is Code.CODE_EXPIRED
    assert refusal(code, shop=shop + 1) is Code.CODE_UNKNOWN
    assert refusal(code, shop=shop, key=b"other") is Code.CODE_UNKNOWN


@given(st.integers(0, CODE_DIGITS - 1), st.integers(1, 9))
def test_a_digit_changed_makes_it_nobodys(place: int, by: int) -> None:
    code = member_codes.make(KEY, 1, 77, NOW)
    changed = str((int(code[place]) + by) % 10)
    assert refusal(code[:place] + changed + code[place + 1 :]) is Code.CODE_UNKNOWN


@pytest.mark.parametrize("text", ["", "1" * 39, "1" * 41, "١" * 40, "a" * 40, "13812346021"])
def test_other_texts_are_no_codes(text: str) -> None:
    assert not is_code(text)
    assert refusal(text) is Code.CODE_UNKNOWN


def test_it_is_drawn_as_squares() -> None:
    side, path = member_codes.drawn(member_codes.make(KEY, 1, 77, NOW))
    assert 21 <= side <= 33
    assert path.startswith("M0 0h1v1h-1z")
