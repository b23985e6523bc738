"""In what an article may be asked for, and which of it a colour and a size mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.domain.holds import is_left, meant, offered
from console.wire.rows import VariantRow

COLOURS, SIZES = ("", "红", "米"), ("", "M", "L")


def variant(number: int, colour: str, size: str, stock: int, held: int) -> VariantRow:
    return VariantRow(id=number, rev=1, shop_id=1, product_id=1, colour=colour, size=size,
                      stock=stock, held=held)  # fmt: skip


made = st.tuples(
    st.sampled_from(COLOURS), st.sampled_from(SIZES), st.integers(0, 2), st.integers(0, 2)
)
articles = st.lists(made, max_size=9).map(
    lambda facts: [variant(number, *each) for number, each in enumerate(facts)]
)
shown_in = st.sampled_from(COLOURS)


@given(articles, shown_in)
def test_every_colour_and_size_is_offered_once_and_nothing_of_another_colour(
    variants: list[VariantRow], colour: str
) -> None:
    found = [(each.colour, each.size) for each in offered(variants, colour)]
    wanted = {(each.colour, each.size) for each in variants if colour in {"", each.colour}}
    assert sorted(found) == sorted(wanted)


@given(articles, shown_in)
def test_what_is_left_comes_first_and_hides_behind_nothing_sold_out(
    variants: list[VariantRow], colour: str
) -> None:
    found = offered(variants, colour)
    assert [is_left(each) for each in found] == sorted(map(is_left, found), reverse=True)
    for each in found:
        same = [o for o in variants if (o.colour, o.size) == (each.colour, each.size)]
        assert is_left(each) == any(map(is_left, same))


@given(articles, shown_in, st.sampled_from(COLOURS), st.sampled_from(SIZES))
def test_a_size_means_one_thing_or_nothing(
    variants: list[VariantRow], colour: str, said: str, size: str
) -> None:
    offers = offered(variants, colour)
    found = meant(offers, said, size)
    fits = [each for each in offers if each.size == size and said in {"", each.colour}]
    assert found == (fits[0] if len(fits) == 1 else None)
    if found is not None:
        assert colour in {"", found.colour}


@given(articles, shown_in)
def test_whatever_is_offered_by_its_colour_can_be_asked_for_unless_others_have_the_size_too(
    variants: list[VariantRow], colour: str
) -> None:
    offers = offered(variants, colour)
    for each in offers:
        if each.colour:
            assert meant(offers, each.colour, each.size) == each
