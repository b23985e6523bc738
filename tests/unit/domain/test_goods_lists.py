"""Lists of goods: columns guessed, lines read or refused with a reason, articles put together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import goods
from console.domain.goods_lists import FIELDS, Trouble, guess, read

HEADING = ["款号", "商品名称", "颜色", "尺码", "吊牌价", "库存", "条形码"]
COLUMNS = guess(HEADING)


def test_columns_are_known_by_what_stands_above_them() -> None:
    assert COLUMNS == {"sku": 0, "name": 1, "colour": 2, "size": 3, "price": 4, "stock": 5,
                       "barcode": 6}  # fmt: skip
    assert guess(["SKU", "Retail Price", "EAN", "备注", "价格(元)"]) == {
        "sku": 0, "price": 1, "barcode": 2}  # fmt: skip


def test_lines_of_one_number_are_one_article() -> None:
    found = read([
        ["W1", "风衣", "红", "L", "¥599.00", "2", "2000000000011"],
        ["W2", "裙子", "", "", "1,299元", "", ""],
        [],
        ["W1", "", "红", "M", "", "0件", "2000000000028"],
    ], COLUMNS)  # fmt: skip
    assert not found.troubles
    first, second = found.articles
    assert (first.sku, first.facts, first.lines) == (
        "W1",
        {"name": "风衣", "price": 59_900},
        [2, 5],
    )
    assert [each.facts["stock"] for each in first.variants] == [2, 0]
    assert second.facts["price"] == 129_900


@pytest.mark.parametrize(
    ("line", "trouble"),
    [
        (["", "裙", "", "", "", "", ""], ("sku", "sku", "")),
        (["W1", "", "", "S", "teuer", "", ""], ("value", "price", "teuer")),
        (["W1", "", "", "S", "", "-3", ""], ("value", "stock", "-3")),
        (["W1", "", "", "S", "", "", "1 2"], ("value", "barcode", "1 2")),
        (["W1", "夹克", "", "S", "", "", ""], ("differs", "name", "夹克")),
        (["W1", "", "红", "L", "", "", ""], ("twice", "size", "红 L")),
        (["W2", "裙", "", "", "", "", "2000000000011"], ("twice", "barcode", "2000000000011")),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_says_why_and_keeps_no_other_back(
    line: list[str], trouble: tuple[str, str, str]
) -> None:
    good = ["W1", "风衣", "红", "L", "599", "2", "2000000000011"]
    found = read([good, line, ["W3", "裤", "", "", "1", "", ""]], COLUMNS)
    assert found.troubles == [Trouble(3, *trouble)]
    assert [each.sku for each in found.articles] == ["W1", "W3"]


@given(st.lists(st.lists(st.text(max_size=12), max_size=len(FIELDS)), max_size=30))
def test_whatever_a_list_holds_each_line_is_taken_once_or_told(rows: list[list[str]]) -> None:
    columns = {name: place for place, name in enumerate(FIELDS)}
    found = read(rows, columns)
    taken = [line for each in found.articles for line in each.lines]
    told = [each.line for each in found.troubles]
    said = [number for number, row in enumerate(rows, 2) if any(row)]
    assert sorted(taken + told) == said
    for article in found.articles:
        for facts in (article.facts, *(each.facts for each in article.variants)):
            assert goods.fault(facts) is None


@given(st.integers(0, 99_999_999))
def test_a_price_reads_as_it_is_written(cents: int) -> None:
    for text in (f"¥{cents // 100:,}.{cents % 100:02}", f"{cents / 100:.2f}元"):
        assert goods.cents_of(text) == cents


@pytest.mark.parametrize("text", ["-1", "1.234", "abc", "1e3", "٣"])
def test_what_is_no_price_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        goods.cents_of(text)
