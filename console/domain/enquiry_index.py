"""A shop's articles as members call them: an index from words to articles.  Pure.

Built once from plain facts and again when the catalogue changes; stock is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final, Protocol

from console.domain import enquiry_words as words
from console.domain.answers import fold
from console.domain.clothing_sizes import in_order
from console.domain.colour_words import NAMED, Colour, Tone, bare, tones_of
from console.domain.garment_features import CONCEPT_WORDS, KIND_WORDS, Features, features_of
from console.domain.garments import KINDS

_KIND_WEIGHT, _WIDER = 3.0, 0.8
_EARLIER_KIND: Final = 0.5
"""Of "西装外套" the last word says what it is; the one before counts less."""
_BIGRAM, _CONCEPT, _TAG, _WORD = 0.5, 0.7, 0.4, 0.7
"""What a feature weighs, times its rarity."""
_LONGEST_PART: Final = 10
_OTHER_KIND: Final = 0.7
"""What an article counts that is of another kind than was said."""
_SPELLED_KIND: Final = 0.3
"""What the letters of a word for a kind count beside the kind itself."""
EXACT_NAME: Final = 1.2
"""What a whole name counts over the same words in pieces."""


class ProductFacts(Protocol):
    """An article, as the rows of goods have it."""

    @property
    def id(self) -> int: ...
    @property
    def sku(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def gender(self) -> str: ...
    @property
    def price(self) -> int: ...
    @property
    def promo_price(self) -> int | None: ...
    @property
    def style_tags(self) -> Sequence[str]: ...


class VariantFacts(Protocol):
    """One colour and size of an article; ``stock`` on the shelf, ``held`` of them kept."""

    @property
    def id(self) -> int: ...
    @property
    def product_id(self) -> int: ...
    @property
    def colour(self) -> str: ...
    @property
    def colour_en(self) -> str: ...
    @property
    def colour_hex(self) -> str: ...
    @property
    def size(self) -> str: ...
    @property
    def stock(self) -> int: ...
    @property
    def held(self) -> int: ...
    @property
    def shelf(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Article:
    """A product with what it is made in.

    Attributes:
        price: what it costs today, in cents.
        kinds: of clothes, by category and name.
        sizes: smallest first.
        variants: ids by the shop's name of the colour and the size.
    """

    id: int
    name: str
    category: str
    gender: str
    price: int
    tags: frozenset[str]
    kinds: frozenset[str]
    colours: tuple[Colour, ...]
    sizes: tuple[str, ...]
    variants: Mapping[tuple[str, str], int]


class Postings:
    """Which articles have a feature, and how much each weighs."""

    def __init__(self, described: Sequence[tuple[Article, Features]]) -> None:
        self._of: dict[str, tuple[float, list[tuple[int, float]]]] = {}
        """By feature the most it weighs, and the articles that have it."""
        self._totals: list[float] = []
        found: dict[str, list[int]] = {}
        every = [self._listed(article, features) for article, features in described]
        for place, listed in enumerate(every):
            for feature in listed:
                found.setdefault(feature, []).append(place)
        for feature, places in found.items():
            weight = self._weight(feature, len(places), len(every))
            self._of[feature] = (weight, [(place, weight) for place in places])
        self._totals = [
            sum(self._of[feature][0] for feature in listed if feature[0] != "k") + _KIND_WEIGHT
            for listed in every
        ]
        self._widen(described)

    @staticmethod
    def _listed(article: Article, features: Features) -> set[str]:
        listed = {f"c{concept}" for concept in features.concepts}
        listed.update(f"p{piece}" for piece in features.pieces)
        listed.update(f"k{kind}" for kind in article.kinds)
        return listed

    @staticmethod
    def _weight(feature: str, having: int, every: int) -> float:
        if feature[0] == "k":
            return _KIND_WEIGHT
        latin = feature[1:].isascii()
        scale = _CONCEPT if feature[0] == "c" else _WORD if latin else _BIGRAM
        return scale * log(1 + every / having)

    def _widen(self, described: Sequence[tuple[Article, Features]]) -> None:
        """A word for a wider kind also finds the narrower ones, one for a lacking kind the next."""
        have = {kind for article, _ in described for kind in article.kinds}
        for kind, (instead, _) in KINDS.items():
            near = words.WIDER.get(kind, ()) if kind in have or kind in words.WIDER else instead
            listed = dict(self._posted(f"k{kind}"))
            for place, (article, _) in enumerate(described):
                if place not in listed and article.kinds.intersection(near):
                    listed[place] = _KIND_WEIGHT * _WIDER
            if listed:
                self._of[f"k{kind}"] = (max(listed.values()), list(listed.items()))

    def _posted(self, feature: str) -> list[tuple[int, float]]:
        return self._of[feature][1] if feature in self._of else []

    def score(self, features: Features) -> dict[int, float]:
        """Articles by how much of what was said they are, 0 to 1."""
        total, found = 0.0, dict[int, float]()
        for feature, scale in self._asked(features):
            if feature in self._of:
                most, posted = self._of[feature]
                total += most * scale
                for place, weight in posted:
                    found[place] = found.get(place, 0.0) + weight * scale
        kind = features.kinds[-1] if features.kinds else ""
        of_kind = dict(self._posted(f"k{kind}")) if kind else found
        return {
            place: got / total
            * (0.85 + 0.15 * min(got / self._totals[place], 1.0))
            * (1.0 if place in of_kind else _OTHER_KIND)
            for place, got in found.items()
        }  # fmt: skip

    @staticmethod
    def _asked(features: Features) -> Iterator[tuple[str, float]]:
        """What is looked up, and how much it counts."""
        *earlier, main = features.kinds or ("",)
        yield f"k{main}", 1.0
        yield from ((f"k{kind}", _EARLIER_KIND) for kind in set(earlier) - {main})
        yield from ((f"c{concept}", 1.0) for concept in features.concepts)
        yield from (
            (f"p{piece}", _SPELLED_KIND if piece in features.in_kinds else 1.0)
            for piece in features.pieces
        )


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is needed to recognise a shop's articles in words; ``Catalogue.of`` builds it."""

    articles: tuple[Article, ...]
    places: Mapping[int, int]
    """Of articles by id."""
    postings: Postings
    names: Mapping[str, tuple[int, ...]]
    """Articles by whole name or article number, folded."""
    heads: frozenset[str]
    """Names, parts of names and words for kinds: what an article may be called."""
    tones: Mapping[str, tuple[Tone, ...]]
    """Of every name of a colour, the shop's own among them."""

    @classmethod
    def of(cls, products: Iterable[ProductFacts], variants: Iterable[VariantFacts]) -> Catalogue:
        """Index articles with their variants; those without variants have no colours and sizes."""
        made: dict[int, list[VariantFacts]] = {}
        for variant in variants:
            made.setdefault(variant.product_id, []).append(variant)
        facts = list(products)
        articles = tuple(_article(each, made.get(each.id, ())) for each in facts)
        described = [
            (article, _described(each)) for article, each in zip(articles, facts, strict=True)
        ]
        names: dict[str, tuple[int, ...]] = {}
        for place, each in enumerate(facts):
            for name in _names_of(each):
                names[name] = (*names.get(name, ()), place)
        tones = dict(NAMED)
        for colour in dict.fromkeys(each for article in articles for each in article.colours):
            for own in (bare(colour.name), bare(colour.name_en)):
                tones.setdefault(own, tones_of(colour))
        tones.pop("", None)
        return cls(
            articles, {article.id: place for place, article in enumerate(articles)},
            Postings(described), names, frozenset(_heads(facts, names)), tones,
        )  # fmt: skip

    def article(self, product_id: int) -> Article | None:
        """The article, ``None`` when the catalogue has none such."""
        place = self.places.get(product_id)
        return None if place is None else self.articles[place]


def _described(product: ProductFacts) -> Features:
    said = f"{fold(product.name)} , {fold(product.name_en)}"
    features = features_of(said)
    tags = {
        concept
        for tag in product.style_tags
        for concept in (*CONCEPT_WORDS.get(fold(tag), ()), fold(tag))
    }
    return Features(features.kinds, features.concepts | tags, features.pieces, features.in_kinds)


def _article(product: ProductFacts, variants: Sequence[VariantFacts]) -> Article:
    said = [features_of(fold(each)) for each in (product.category, product.name, product.name_en)]
    kinds = {kind for each in said for kind in each.kinds[-1:]}
    kinds |= {concept for each in said for concept in each.concepts if concept in words.SUBKINDS}
    price = product.price if product.promo_price is None else product.promo_price
    return Article(
        id=product.id, name=product.name, category=product.category, gender=product.gender,
        price=price, tags=frozenset(product.style_tags), kinds=frozenset(kinds),
        colours=tuple(dict.fromkeys(
            Colour(each.colour, each.colour_en, each.colour_hex) for each in variants if each.colour
        )),
        sizes=in_order(dict.fromkeys(each.size for each in variants if each.size)),
        variants={(each.colour, each.size): each.id for each in variants},
    )  # fmt: skip


def _names_of(product: ProductFacts) -> set[str]:
    name, english = fold(product.name), fold(product.name_en).replace("-", " ")
    return {name, name.replace(" ", ""), english, fold(product.sku)} - {""}


def _heads(products: Sequence[ProductFacts], names: Iterable[str]) -> Iterator[str]:
    yield from names
    yield from KIND_WORDS
    yield from words.ANYTHING
    for listed in words.SUBKINDS.values():
        yield from listed
    for product in products:
        name = fold(product.name).replace(" ", "")
        for start in range(len(name)):
            longest = min(start + _LONGEST_PART, len(name))
            yield from (name[start:end] for end in range(start + 3, longest + 1))
        yield from fold(product.name_en).replace("-", " ").split()[-1:]
