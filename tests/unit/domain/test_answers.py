"""Answers in words fall into the shop's own categories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.demo.catalogue import CATEGORIES
from console.domain.answers import UNSORTED, Vocabulary, bucket_of, sort_answers

SHOP = Vocabulary.of(zh for zh, _ in CATEGORIES.values())
SMALL = Vocabulary.of(["外套", "裙子", "裤子", "毛衣"])


@pytest.mark.parametrize(("said", "bucket"), [
    ("厚外套", "外套"), ("想要厚外套,长一点的", "外套"), ("羽绒服吧", "羽绒"),
    ("大衣 驼色", "大衣"),
    ("毛衣", "针织"), ("红色的毛衣,过年穿", "针织"), ("裙子!", "连衣裙"), ("半裙", "半身裙"),
    ("牛仔裤,显瘦的", "牛仔裤"), ("加绒的裤子", "裤子"), ("卫衣", "卫衣"), ("围巾", "配饰"),
    ("长袖T恤", "T 恤"), ("T恤", "T 恤"), ("POLO衫", "POLO 衫"), ("睡衣一套", "家居服"),
    ("小西装", "西装"), ("冲锋衣", "外套"), ("保暖的", UNSORTED), ("都可以", UNSORTED),
    ("", UNSORTED), ("没啥想要的", UNSORTED),
])  # fmt: skip
def test_words_lead_to_what_the_sample_shop_sells(said: str, bucket: str) -> None:
    assert bucket_of(said, SHOP) == bucket


@pytest.mark.parametrize(("said", "bucket"), [
    ("羽绒服", "外套"), ("驼色大衣", "外套"), ("风衣", "外套"), ("西装", "外套"),
    ("连衣裙", "裙子"), ("短裙", "裙子"), ("牛仔裤", "裤子"), ("针织开衫", "毛衣"),
    ("围巾", UNSORTED), ("靴子", UNSORTED),
])  # fmt: skip
def test_a_shop_with_few_categories_gets_the_nearest_one(said: str, bucket: str) -> None:
    assert bucket_of(said, SMALL) == bucket


@pytest.mark.parametrize(("said", "bucket"), [
    ("不要裙子,想要外套", "外套"), ("裙子就不用了", "裙子"), ("别再上毛衣了,来点裤子", "裤子"),
    ("No dresses please, a warm jacket", "外套"), ("除了外套都行", UNSORTED),
    ("不想买外套,想看看裤子", "裤子"),
])  # fmt: skip
def test_what_she_does_not_want_is_passed_over(said: str, bucket: str) -> None:
    assert bucket_of(said, SMALL) == bucket


@pytest.mark.parametrize(("said", "bucket"), [
    ("Two sweaters", "Knitwear"), ("a puffer!", "Coats"), ("DRESSES", "Dresses"),
    ("jeans or a skirt", "Trousers"), ("addressed", UNSORTED), ("ｊａｃｋｅｔ", "Coats"),
])  # fmt: skip
def test_english_names_are_whole_words_in_singular_or_plural(said: str, bucket: str) -> None:
    english = Vocabulary.of(["Coats", "Dresses", "Knitwear", "Trousers"])
    assert bucket_of(said, english) == bucket


def test_the_first_thing_she_names_decides_and_its_longest_name() -> None:
    assert bucket_of("连衣裙和外套", SHOP) == "连衣裙"
    assert bucket_of("牛仔外套", SHOP) == "外套"
    assert bucket_of("羽绒马甲", SHOP) == "羽绒"


def test_categories_of_the_shop_are_found_even_when_nobody_else_uses_the_word() -> None:
    vocabulary = Vocabulary.of(["汉服", "童装 女"])
    assert bucket_of("想要一套汉服", vocabulary) == "汉服"
    assert bucket_of("童装女 110", vocabulary) == "童装 女"


def test_what_staff_chose_stands_and_renamed_groups_take_in_what_belongs_there() -> None:
    said = [("厚外套", ""), ("外套", "不急"), ("裤子", ""), ("随便", ""), ("外套", "")]
    found = sort_answers(said, SMALL, {"外套": "冬装"})
    assert found.buckets == (("冬装", (0, 4)), ("不急", (1,)), ("裤子", (2,)))
    assert found.unsorted == (3,)


def test_a_group_renamed_to_another_one_is_that_one() -> None:
    said = [("外套", ""), ("裤子", ""), ("裤子", "")]
    assert sort_answers(said, SMALL, {"外套": "裤子"}).buckets == (("裤子", (0, 1, 2)),)


@given(st.lists(st.tuples(st.text(max_size=30), st.sampled_from(["", "a", "b"])), max_size=20))
def test_every_answer_is_in_exactly_one_group(said: list[tuple[str, str]]) -> None:
    found = sort_answers(said, SHOP, {})
    places = [place for _, group in found.buckets for place in group] + list(found.unsorted)
    assert sorted(places) == list(range(len(said)))


@given(st.lists(st.text(max_size=8), max_size=6), st.text(max_size=40))
def test_no_category_and_no_answer_is_too_odd(categories: list[str], said: str) -> None:
    assert bucket_of(said, Vocabulary.of(categories)) in {UNSORTED, *categories}
