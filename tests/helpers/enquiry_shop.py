"""The sample shop's goods as the recogniser reads them, and questions with their right answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from console.demo import catalogue as sample
from console.domain.enquiries import Context, Enquiry, Recogniser, Spoken
from console.domain.enquiry_index import Catalogue
from console.wire.trade_rows import ProductRow, VariantRow

QUESTIONS = Path(__file__).parents[1] / "unit" / "domain" / "enquiries"
ALL = sample.products()
IDS = {product.sku: number for number, product in enumerate(ALL, start=1)}
SKUS = {number: sku for sku, number in IDS.items()}
COLOUR_KEYS = {colour.zh: key for key, colour in sample.colours().items()}


@cache
def products() -> tuple[ProductRow, ...]:
    """All articles."""
    return tuple(
        ProductRow(
            id=IDS[each.sku], rev=1, shop_id=1, sku=each.sku, name=each.zh, name_en=each.en,
            category=sample.CATEGORIES[each.category][0], gender=each.gender,
            price=each.price_cents, promo_price=each.promo_price_cents, style_tags=list(each.tags),
        )
        for each in ALL
    )  # fmt: skip


def variants(stock: int | None = None) -> tuple[VariantRow, ...]:
    """All variants with the sample's stock, or with ``stock`` units each."""
    every = [variant for product in ALL for variant in product.variants]
    return tuple(
        VariantRow(
            id=number, rev=1, shop_id=1, product_id=IDS[each.sku], colour=each.colour.zh,
            colour_en=each.colour.en, colour_hex=each.colour.hex, size=each.size,
            barcode=each.barcode, stock=each.stock if stock is None else stock, shelf=each.shelf,
        )
        for number, each in enumerate(every, start=1)
    )  # fmt: skip


@cache
def recogniser() -> Recogniser:
    """The sample shop's."""
    return Recogniser(Catalogue.of(products(), variants()))


def spoken(said: str) -> Spoken:
    """``W001/red/L`` as something that was spoken of; colour and size may lack."""
    sku, colour, size = [*said.split("/"), "", ""][:3]
    return Spoken(IDS[sku], sample.colours()[colour].zh if colour else "", size)


def context(said: str) -> Context:
    """Of ``=W001/red/L`` (shown) and ``W002//M`` (spoken of, the newest first)."""
    shown = [spoken(each[1:]) for each in said.split() if each.startswith("=")]
    before = [spoken(each) for each in said.split() if not each.startswith("=")]
    return Context(shown[0] if shown else None, tuple(before))


@dataclass(frozen=True, slots=True)
class Right:
    """What a message asks for: any of these articles, in this colour and size as far as said."""

    skus: frozenset[str]
    colour: str
    size: str

    @classmethod
    def of(cls, label: str) -> Right:
        articles, colour, size = label.split("/")
        skus: set[str] = set()
        for each in articles.split("|"):
            in_category = {p.sku for p in ALL if p.category == each.removeprefix("%")}
            skus |= in_category if each.startswith("%") else {each}
        return cls(frozenset(skus), colour, size)

    def is_met(self, found: Enquiry) -> bool:
        """Whether the first candidate is that; what an article has but one of need not be said."""
        best = found.candidates[0]
        product = sample.product(SKUS[best.product_id])
        only_colour = product.colours[0].key if len(product.colours) == 1 else ""
        only_size = product.sizes[0] if len(product.sizes) == 1 else ""
        colour = COLOUR_KEYS.get(best.colour, "")
        if self.colour == "!":
            fits = not colour and bool(found.colour)
        else:
            fits = colour == (self.colour or only_colour)
        return product.sku in self.skus and fits and best.size == (self.size or only_size)


@dataclass(frozen=True, slots=True)
class Question:
    """A message with what is to be recognised in it."""

    text: str
    context: Context
    right: tuple[Right, ...]

    def is_met(self) -> bool:
        """Whether exactly that is recognised, in its order."""
        found = recogniser().recognise(self.text, self.context)
        pairs = zip(self.right, found, strict=False)
        return len(found) == len(self.right) and all(one.is_met(other) for one, other in pairs)


def _lines(name: str) -> list[list[str]]:
    rows = (QUESTIONS / name).read_text("utf-8").splitlines()
    return [row.split("\t") for row in rows if not row.startswith("#")]


@cache
def questions() -> tuple[Question, ...]:
    """Those about goods, in the file's order."""
    return tuple(
        Question(text, context(before), tuple(map(Right.of, labels.split(";"))))
        for text, before, labels in _lines("questions.tsv")
    )


@cache
def others() -> tuple[tuple[str, Context], ...]:
    """Messages that ask for no goods."""
    return tuple((text, context(before)) for text, before in _lines("others.tsv"))
