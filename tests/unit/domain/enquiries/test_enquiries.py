"""What a member's words ask for is found in the shop's own catalogue; stock is looked up last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.demo.catalogue import Product
from console.domain.enquiries import Context, Recogniser, availability
from console.domain.enquiry_index import Catalogue
from console.domain.enquiry_words import Ask
from console.domain.similar_goods import similar
from tests.helpers.enquiry_shop import (
    ALL,
    IDS,
    SKUS,
    context,
    products,
    questions,
    recogniser,
    variants,
)

SHOP = recogniser()
VARIANTS = {variant.id: variant for variant in variants()}
NOTHING = Context()
RED_L = context("=W001/red/L")


def _first(text: str, before: Context = NOTHING) -> tuple[str, str, str]:
    best = SHOP.recognise(text, before)[0].candidates[0]
    return SKUS[best.product_id], best.colour, best.size


@pytest.mark.parametrize(("text", "asked"), [
    ("那件还有货吗", Ask.STOCK), ("多少钱", Ask.PRICE), ("都有什么颜色", Ask.COLOURS),
    ("我平时M 这件偏大吗", Ask.SIZES), ("帮我留一件", Ask.HOLD), ("周六可以试穿吗", Ask.FITTING),
    ("到货告诉我", Ask.RESTOCK), ("有类似的吗", Ask.SIMILAR), ("会起球吗", Ask.DETAIL),
    ("how much is it", Ask.PRICE), ("let me know when it's back in stock", Ask.RESTOCK),
])  # fmt: skip
def test_what_is_asked_of_the_article_is_told(text: str, asked: Ask) -> None:
    (found,) = SHOP.recognise(text, RED_L)
    assert asked in found.asks


def test_colour_and_size_lead_to_the_variant_with_its_stock_and_shelf() -> None:
    (found,) = SHOP.recognise("风衣红色L码还有吗")
    stand = availability(found.candidates[0], VARIANTS)
    assert stand is not None
    assert (stand.units, stand.shelf) == (2, "A 区 3 排")
    assert found.sure


def test_kept_units_are_not_offered() -> None:
    (found,) = SHOP.recognise("风衣红色L码还有吗")
    variant = VARIANTS[found.candidates[0].variant_id or 0]
    kept = {variant.id: type(variant)(id=1, rev=1, shop_id=1, product_id=1, stock=2, held=2)}
    stand = availability(found.candidates[0], kept)
    assert stand is not None
    assert stand.units == 0


def test_without_a_size_no_variant_and_no_stock_is_claimed() -> None:
    (found,) = SHOP.recognise("红色的风衣多少钱")
    assert found.candidates[0].variant_id is None
    assert availability(found.candidates[0], VARIANTS) is None


def test_a_name_that_two_articles_have_gives_both_and_is_not_sure() -> None:
    (found,) = SHOP.recognise("风衣有M码吗")
    assert {SKUS[each.product_id] for each in found.candidates} >= {"W001", "M034"}
    assert not found.sure


def test_for_whom_it_is_decides_between_them() -> None:
    assert _first("风衣卡其色M,给老公买")[0] == "M034"
    assert _first("女款风衣藏青M有吗")[0] == "W001"
    (found,) = SHOP.recognise("风衣藏青M有吗", Context(wearer="m"))
    assert SKUS[found.candidates[0].product_id] == "M034"


def test_a_size_that_is_not_made_is_told_with_no_variant() -> None:
    (found,) = SHOP.recognise("雾蓝连衣裙XXL有吗")
    assert found.candidates[0].size == "XXL"
    assert found.candidates[0].variant_id is None


def test_a_colour_that_is_not_made_is_left_open_but_told_as_it_was_said() -> None:
    (found,) = SHOP.recognise("豆绿开衫黑色有吗")
    assert (found.candidates[0].colour, found.colour) == ("", "黑色")


def test_words_go_on_about_the_card_they_reply_to_before_what_was_spoken_of() -> None:
    both = context("=W019/black/S W001/red/L")
    assert _first("这个有M吗", both) == ("W019", "黑色", "M")
    assert _first("那件有M吗", both)[0] == "W001"  # A skirt is counted otherwise.


def test_colours_she_does_not_want_are_passed_over() -> None:
    assert _first("不要黑色,白色的吊带背心S有吗") == ("W020", "白色", "S")


def test_one_article_in_two_colours_is_asked_for_twice_at_the_same_place() -> None:
    one, two = SHOP.recognise("高领打底衫黑色白色各要一件M")
    assert (one.start, one.end) == (two.start, two.end)
    assert [one.candidates[0].colour, two.candidates[0].colour] == ["黑色", "白色"]


def test_the_span_is_the_words_for_the_article() -> None:
    text = "你好,红色的風衣L码还有吗?"
    (found,) = SHOP.recognise(text)
    assert text[found.start : found.end].startswith("红色的風衣L")


def test_a_catalogue_without_goods_recognises_nothing() -> None:
    assert Recogniser(Catalogue.of([], [])).recognise("风衣红色L码还有吗", RED_L) == ()


@pytest.mark.parametrize("product", ALL, ids=lambda each: each.sku)
def test_every_name_of_the_catalogue_is_recognised(product: Product) -> None:
    for said in (f"{product.zh}有吗", f"do you have the {product.en}?", f"{product.sku}还有吗"):
        (found,) = SHOP.recognise(said)
        assert product.sku in {SKUS[each.product_id] for each in found.candidates}, said


_WORDS = st.sampled_from([
    "风衣", "红色", "L", "码", "有吗", "那件", "阔腿裤", "和", ",", "165", "二尺三", "trench coat",
    "size", "不要", "黑", "27", " ", "?", "多少钱", "大一码", "连衣群", "收到了", "\n", "👗",
    "W001", "/", "'s", "x", "\u202e", "\0",
])  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=40).map("".join))
_BEFORE = st.sampled_from(["", "=W001/red/L", "W005/black/M A007/white/均码", "=W018"]).map(context)


@given(text=_TEXTS, before=_BEFORE)
def test_any_text_is_read_and_what_is_found_lies_inside_it(text: str, before: Context) -> None:
    for found in SHOP.recognise(text, before):
        assert 0 <= found.start < found.end <= len(text)
        assert found.candidates
        scores = [each.score for each in found.candidates]
        assert scores == sorted(scores, reverse=True)


@given(piece=st.one_of(st.text(min_size=1, max_size=30), _WORDS), before=_BEFORE)
def test_a_letter_of_20_000_characters_is_read_like_its_beginning(
    piece: str, before: Context
) -> None:
    text = (piece * 20_000)[:20_000]
    assert SHOP.recognise(text, before) == SHOP.recognise(text[:1_000], before)


def test_stock_never_changes_what_is_recognised() -> None:
    sold_out = Recogniser(Catalogue.of(products(), variants(stock=0)))
    for question in questions()[:60]:
        assert sold_out.recognise(question.text, question.context) == SHOP.recognise(
            question.text, question.context
        )


def test_similar_articles_are_there_in_the_asked_size_and_of_the_same_kind() -> None:
    (found,) = SHOP.recognise("双面呢大衣驼色M还有吗")
    offered = similar(SHOP.catalogue, VARIANTS, found.candidates[0])
    assert offered
    for each in offered:
        stand = availability(each, VARIANTS)
        assert stand is not None
        assert stand.units > 0
        assert each.size == "M"
        assert SKUS[each.product_id][0] == "W"
    best = SHOP.catalogue.article(offered[0].product_id)
    assert best is not None
    assert best.category == "大衣"


def test_of_what_is_sold_out_nothing_is_offered() -> None:
    (found,) = SHOP.recognise("双面呢大衣驼色M还有吗")
    none_left = {variant.id: variant for variant in variants(stock=0)}
    assert similar(SHOP.catalogue, none_left, found.candidates[0]) == []


def test_a_letter_leads_to_the_waist_in_inches_of_similar_trousers() -> None:
    (found,) = SHOP.recognise("锥形裤卡其32有吗")
    offered = similar(SHOP.catalogue, VARIANTS, found.candidates[0])
    assert IDS["M028"] not in {each.product_id for each in offered}
    assert {each.size for each in offered} <= {"32", "L"}
