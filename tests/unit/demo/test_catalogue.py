"""The sample shop's catalogue is whole, believable and has a picture for everything."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree

import pytest

from console.demo.artwork import ARTWORK, silhouettes, svg_for, whole_outline
from console.demo.catalogue import CATEGORIES, HEROES, product, products, variant
from console.demo.cloth import weaves


def test_there_are_120_products_for_women_men_and_everybody() -> None:
    kinds = Counter(item.sku[0] for item in products())
    assert kinds == {"W": 70, "M": 40, "A": 10}


def test_article_numbers_barcodes_and_variants_are_unique() -> None:
    variants = [v for item in products() for v in item.variants]
    assert len({item.sku for item in products()}) == 120
    assert len({v.barcode for v in variants}) == len(variants)
    assert len({(v.sku, v.colour.key, v.size) for v in variants}) == len(variants)


def test_barcodes_carry_a_valid_check_digit() -> None:
    for item in products():
        for v in item.variants:
            digits = [int(digit) for digit in v.barcode]
            assert len(digits) == 13
            assert (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


def test_prices_are_whole_yuan_and_promotions_are_cheaper() -> None:
    for item in products():
        assert item.price_cents % 100 == 0
        assert 2_000 <= item.price_cents <= 200_000
        assert item.promo_price_cents is None or item.promo_price_cents < item.price_cents
        assert item.now_cents == (item.promo_price_cents or item.price_cents)


def test_every_product_is_in_a_named_category_and_every_category_is_used() -> None:
    assert {item.category for item in products()} <= set(CATEGORIES)


def test_the_red_trench_coat_of_the_first_conversation_is_on_its_shelf() -> None:
    coat = product("W001")
    assert (coat.zh, coat.price_cents) == ("风衣", 59_900)
    assert [colour.key for colour in coat.colours] == ["beige", "red", "navy"]
    red = variant("W001", "red", "L")
    assert (red.stock, red.shelf) == (2, "A 区 3 排")


def test_most_variants_are_in_stock_and_some_are_sold_out() -> None:
    stocks = [v.stock for item in products() for v in item.variants]
    sold_out = sum(1 for stock in stocks if stock == 0)
    assert 0.05 < sold_out / len(stocks) < 0.2


def test_every_colour_of_every_product_has_its_picture() -> None:
    for item in products():
        for colour in item.colours:
            assert (ARTWORK / item.picture(colour)).is_file()
            if item.sku in HEROES:
                assert (ARTWORK / item.picture(colour, large=True)).is_file()


def test_pictures_stay_small_together() -> None:
    assert sum(path.stat().st_size for path in ARTWORK.glob("*.webp")) < 6_000_000


def test_no_picture_is_left_over() -> None:
    wanted = {
        item.picture(colour, large=large)
        for item in products()
        for colour in item.colours
        for large in (False, True)
    }
    assert {path.name for path in ARTWORK.glob("*.webp")} <= wanted


def test_a_missing_variant_is_an_error() -> None:
    with pytest.raises(KeyError):
        variant("W001", "red", "XXXL")


@pytest.mark.parametrize("silhouette", silhouettes())
def test_every_garment_draws_as_valid_svg_in_every_cloth(silhouette: str) -> None:
    for cloth in weaves():
        root = ElementTree.fromstring(svg_for(silhouette, "#B93F36", cloth))  # noqa: S314
        assert root.tag.endswith("svg")


def test_there_are_at_least_24_garments() -> None:
    assert len(silhouettes()) >= 24


def test_half_an_outline_is_mirrored_about_the_middle() -> None:
    assert (
        whole_outline("M220 10 L100 20 L220 90")
        == "M220 10 L100 20 L220 90 L220 90 L340 20 L220 10 Z"
    )
