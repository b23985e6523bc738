"""A price is written behind the words under a photo."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.messages import MAX_PRICE
from console.domain.prices import joined, split, written


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("红色风衣 ¥599", ("红色风衣", 59_900)),
        ("红色风衣¥1,299.5", ("红色风衣", 129_950)),
        ("红色风衣 ¥ 59.90 ", ("红色风衣", 5_990)),
        ("¥88", ("", 8_800)),
        ("红色风衣599元", ("红色风衣", 59_900)),
        ("2026 款风衣 1,299.50 元", ("2026 款风衣", 129_950)),
        ("满 300 减50元", ("满 300 减50元", None)),
        ("风衣1.2.3元", ("风衣1.2.3元", None)),
        ("红色风衣", ("红色风衣", None)),
        ("¥99 起", ("¥99 起", None)),
        ("红色风衣 ¥", ("红色风衣 ¥", None)),
        ("红色风衣 ¥99999999999", ("红色风衣 ¥99999999999", None)),
    ],
)
def test_the_price_is_what_stands_last(text: str, found: tuple[str, int | None]) -> None:
    assert split(text) == found


def test_the_wide_sign_of_chinese_keyboards_counts_too() -> None:
    assert split("风衣\uffe5599") == ("风衣", 59_900)


@given(st.integers(0, MAX_PRICE))
def test_what_is_written_is_read_again(cents: int) -> None:
    assert split(joined("风衣", cents)) == ("风衣", cents)
    assert split(written(cents)) == ("", cents)
