"""Numbers are normalised to one spelling and masked for clerks."""

from __future__ import annotations

import pytest

from console.domain.phones import mask_phone, normalise_phone


@pytest.mark.parametrize(
    "typed",
    ["13812346021", "138 1234 6021", "+86 138-1234-6021", "0086 13812346021", "8613812346021",
     "１３８１２３４６０２１", " (138)1234.6021 "],
)  # fmt: skip
def test_one_number_has_one_spelling(typed: str) -> None:
    assert normalise_phone(typed) == "13812346021"


def test_a_number_abroad_keeps_its_country() -> None:
    assert normalise_phone("+1 415 555 0100") == "+14155550100"


@pytest.mark.parametrize(
    "typed", ["", "12812346021", "1381234602", "138123460211", "abc", "+86", "1381234602١"]
)
def test_what_cannot_be_a_mobile_number_is_refused(typed: str) -> None:
    assert normalise_phone(typed) is None


def test_masking_leaves_the_ends() -> None:
    assert mask_phone("13812346021") == "138****6021"


def test_a_number_too_short_to_hide_anything_is_hidden_whole() -> None:
    assert mask_phone("1234567") == "*******"
    assert mask_phone("") == ""
