"""Sizes as members say them, and the label of an article that each comes to."""

from __future__ import annotations

import pytest

from console.domain.clothing_sizes import SaidSize, find, in_the_shop, said_label, weight_said

LETTERS = ("S", "M", "L", "XL")
INCHES = ("29", "30", "31", "32", "33", "34")


def _label(said: str, made: tuple[str, ...], wearer: str = "f", last: str = "") -> str:
    ((_, _, size),) = find(said)
    return in_the_shop(size, made, wearer, last)


@pytest.mark.parametrize(("said", "label"), [
    ("l", "L"), ("风衣xl", "XL"), ("2xl", "XXL"), ("大号", "L"), ("加大", "XL"), ("大码", "XL"),
    ("小码", "S"), ("medium", "M"), ("size m", "M"), ("165", "L"), ("160/84a", "M"),
    ("一米六五", "L"), ("1米70", "XL"), ("38码", "M"), ("二尺一", "L"),
])  # fmt: skip
def test_letters_words_heights_and_waists_come_to_a_womans_letter(said: str, label: str) -> None:
    assert _label(said, LETTERS) == label


@pytest.mark.parametrize(("said", "label"), [
    ("170", "M"), ("一米八", "XL"), ("185/100a", "XXL"), ("50码", "L"),
])  # fmt: skip
def test_men_have_tables_of_their_own(said: str, label: str) -> None:
    assert _label(said, LETTERS, "m") == label


@pytest.mark.parametrize(("said", "label"), [
    ("32", "32"), ("w31", "31"), ("2尺3", "30"), ("二尺四", "31"), ("2.5尺", "33"), ("三尺", "39"),
    ("l", "31"),
])  # fmt: skip
def test_waists_in_chi_come_to_inches(said: str, label: str) -> None:
    assert _label(said, INCHES, "m") == label


@pytest.mark.parametrize(("said", "last", "label"), [
    ("大一码", "M", "L"), ("小一号", "M", "S"), ("大一码", "XL", "XXL"), ("大一码", "", ""),
    ("a size bigger", "L", "XL"),
])  # fmt: skip
def test_one_larger_is_counted_from_the_last(said: str, last: str, label: str) -> None:
    assert _label(said, LETTERS, last=last) == label


def test_the_one_size_there_is_needs_no_other_name() -> None:
    assert _label("均码", ("均码",)) == "均码"
    assert _label("均码", LETTERS) == ""
    assert in_the_shop(SaidSize("label", "M"), (), "f") == ""


@pytest.mark.parametrize("said", [
    "300块", "30分", "25岁", "165块", "i'm in", "shell", "40 度", "12:30", "m002", "3.28", "50%",
])  # fmt: skip
def test_amounts_and_times_are_no_sizes(said: str) -> None:
    assert find(said) == []


def test_a_weight_beside_a_height_is_noticed() -> None:
    assert weight_said("163/52kg")
    assert not weight_said("165的有吗")


@pytest.mark.parametrize(("label", "made", "other"), [
    ("M", INCHES, "29"), ("34", INCHES, "34"), ("32", LETTERS, "L"), ("2XL", ("M", "XXL"), "XXL"),
])  # fmt: skip
def test_a_label_of_one_article_leads_to_that_of_another(
    label: str, made: tuple[str, ...], other: str
) -> None:
    assert in_the_shop(said_label(label), made, "m") == other
