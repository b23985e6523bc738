"""What else there is in the asked size: alike in category, colour, price and style.  Pure."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.clothing_sizes import in_the_shop, said_label
from console.domain.colour_words import Colour, closeness, tones_of
from console.domain.enquiries import Candidate, availability
from console.domain.enquiry_index import Article, Catalogue, VariantFacts

_CATEGORY, _KIND, _COLOUR, _PRICE, _TAGS = 0.4, 0.2, 0.25, 0.2, 0.15
"""What each likeness counts; together 1, of which a shared kind alone is half a category."""


def similar(
    catalogue: Catalogue,
    variants: Mapping[int, VariantFacts],
    wanted: Candidate,
    limit: int = 3,
) -> list[Candidate]:
    """Other articles to offer, the most alike first, each with a colour and size that are there.

    Args:
        catalogue: the shop's articles.
        variants: every variant by id, with its stock as it is now.
        wanted: what was asked for; without a size any size will do.
        limit: the most that is offered.
    """
    article = catalogue.article(wanted.product_id)
    if article is None:
        return []
    colour = next((each for each in article.colours if each.name == wanted.colour), None)
    found = [
        offer
        for other in catalogue.articles
        if other.id != article.id
        and (likeness := _likeness(article, other))
        and (offer := _offer(article, other, wanted.size, colour, variants, likeness))
    ]
    return sorted(found, key=lambda each: (-each.score, each.product_id))[:limit]


def _likeness(article: Article, other: Article) -> float:
    """By category, price and style tags, 0 for another kind of thing or another wearer."""
    if article.gender != other.gender and "u" not in {article.gender, other.gender}:
        return 0.0
    same = article.category == other.category
    if not same and not article.kinds & other.kinds:
        return 0.0
    dearer = max(article.price, other.price, 1)
    tags = article.tags | other.tags
    return (
        (_CATEGORY if same else _KIND)
        + _PRICE * min(article.price, other.price) / dearer
        + _TAGS * len(article.tags & other.tags) / max(len(tags), 1)
    )


def _offer(
    article: Article,
    other: Article,
    size: str,
    colour: Colour | None,
    variants: Mapping[int, VariantFacts],
    likeness: float,
) -> Candidate | None:
    """The nearest colour of an article that is there in the size; ``None`` when none is."""
    sizes = other.sizes
    if size and len(sizes) > 1:
        sizes = (in_the_shop(said_label(size), sizes, article.gender),)
    offers = [
        Candidate(other.id, each.name, label, variant, likeness + _COLOUR * _near(colour, each))
        for each in other.colours
        for label in sizes
        if (variant := other.variants.get((each.name, label))) is not None
    ]
    there = [
        (each.score, stand.units, each)
        for each in offers
        if (stand := availability(each, variants)) is not None and stand.units
    ]
    return max(there, key=lambda each: each[:2])[2] if there else None


def _near(wanted: Colour | None, colour: Colour) -> float:
    return 1.0 if wanted is None else closeness(tones_of(wanted), colour)
