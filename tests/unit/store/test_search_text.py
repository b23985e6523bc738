"""How words are folded and where they are found."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.store.search_text import MAX_TERMS, hits, terms, words


def holds(text: str, query: str) -> bool:
    wanted = terms(query)
    return bool(wanted) and all(hits(text, [term]) for term in wanted)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("那件红色的风衣还有吗", "风衣"),
        ("那件红色的风衣还有吗", "红"),
        ("有没有 L 码", "l码"),
        ("有没有Ｌ码", "L码"),
        ("Do you have DRESSES?", "dress"),
        ("second 2件", "2件"),
        ("单号 SF10023", "sf100"),
        ("单号 SF-10023", "sf-100"),
        ("Crème brûlée", "creme"),
        ("cre\u0300me", "crème"),
        ("红色的很好看😍谢谢", "😍"),
        ("红色 的 风衣", "红色的风衣"),
        ("红色,风衣", "红色风衣"),
        ("ｶﾞｰﾃﾞｨｶﾞﾝ", "ガーディガン"),
        ("red summer dress", "dress red"),
        ("السعر كم", "السعر"),
        ("Straße", "strasse"),
    ],
)
def test_what_is_typed_finds_the_text(text: str, query: str) -> None:
    assert holds(text, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("address", "dress"),
        ("红的色", "红色"),
        ("15023", "5023"),
        ("red", "red dress"),
        ("long", "l"),
        ("红色", "?!"),
    ],
)
def test_what_is_not_there_is_not_found(text: str, query: str) -> None:
    assert not holds(text, query)


def test_nothing_typed_looks_for_nothing() -> None:
    assert terms("  \n ") == ()
    assert terms("。,") == ()
    assert len(terms(" ".join("一二三四五六七八九十"))) == MAX_TERMS


def test_hits_are_places_in_the_text_as_it_was_written() -> None:
    text = "  Ｌ 码的风衣, DRESS, 风衣"
    shown = [text[start:end] for start, end in hits(text, terms("l码 dre 风衣"))]
    assert shown == ["Ｌ 码", "风衣", "DRE", "风衣"]


def test_hits_that_touch_are_one() -> None:
    assert hits("红色风衣", terms("红色 色风 风衣")) == ((0, 4),)


@given(st.text(max_size=12), st.text(max_size=12))
def test_hits_lie_in_the_text_in_order_and_apart(text: str, query: str) -> None:
    found = hits(text, terms(query))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] < two[0] for one, two in pairwise(found))


@given(st.text(max_size=40))
def test_tokens_stay_tokens_when_they_are_folded_again(text: str) -> None:
    folded = words(text).split()
    assert words(" ".join(folded)).split() == folded


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_a_text_is_found_by_itself(text: str) -> None:
    part = text[:8]
    if terms(part) and " " not in part.strip():
        assert holds(part, part)
