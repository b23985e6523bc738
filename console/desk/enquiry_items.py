"""What an enquiry may mean, with the stock there is of it now.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.desk.enquiry_types import GoodsItem, Meant
from console.domain.enquiries import Candidate, Enquiry
from console.domain.enquiry_index import Catalogue
from console.wire.rows import ProductRow, VariantRow

_OFFERED: Final = 8
"""Colours and sizes to choose from."""


def meant(
    enquiry: Enquiry, catalogue: Catalogue, products: Mapping[int, ProductRow],
    variants: Mapping[int, VariantRow],
) -> tuple[Meant, ...]:  # fmt: skip
    """Every article that may be meant; those that have gone from the catalogue are left out."""
    found = []
    for candidate in enquiry.candidates:
        product, article = products.get(candidate.product_id), catalogue.article(
            candidate.product_id)  # fmt: skip
        if product is not None and article is not None:
            made = [variants[each] for each in article.variants.values() if each in variants]
            found.append(Meant(items=_items(enquiry, candidate, product, made)))
    return tuple(found)


def _items(
    enquiry: Enquiry, candidate: Candidate, product: ProductRow, made: list[VariantRow]
) -> tuple[GoodsItem, ...]:
    """The one that was named; else all that fit, what is there first; else what there is not."""
    fitting = [
        each for each in made
        if candidate.colour in {"", each.colour} and candidate.size in {"", each.size}
    ]  # fmt: skip
    unmade = bool(enquiry.colour) and not candidate.colour
    if unmade or not fitting:
        colour = enquiry.colour if unmade else candidate.colour
        return (_nowhere(product, colour, candidate.size),)
    items = sorted((item(product, each) for each in fitting), key=lambda each: not each.units)
    if len(items) > 1 and not items[0].units:
        return (_nowhere(product, candidate.colour, candidate.size),)
    return tuple(items[:_OFFERED])


def item(product: ProductRow, variant: VariantRow) -> GoodsItem:
    """A variant with its article."""
    return GoodsItem(
        product_id=product.id, variant_id=variant.id, name=product.name, name_en=product.name_en,
        colour=variant.colour, colour_en=variant.colour_en, size=variant.size,
        picture=variant.picture or product.picture, shelf=variant.shelf,
        units=max(0, variant.stock - variant.held),
    )  # fmt: skip


def _nowhere(product: ProductRow, colour: str, size: str) -> GoodsItem:
    return GoodsItem(product_id=product.id, name=product.name, name_en=product.name_en,
                     colour=colour, size=size, picture=product.picture)  # fmt: skip
