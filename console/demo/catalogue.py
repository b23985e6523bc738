"""The 120 products of the sample shop, with colours, sizes, stock and pictures.

The table itself is ``resources/sample/products.tsv``; what can be derived
(variants, stock, barcodes, shelves) is derived here, the same in every run.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from console.demo.artwork import picture_name, svg_for
from console.paths import resources

SAMPLE = resources() / "sample"

Gender = Literal["f", "m", "u"]

CATEGORIES: dict[str, tuple[str, str]] = {
    "trench": ("风衣", "Trench coats"),
    "coat": ("大衣", "Coats"),
    "down": ("羽绒", "Down"),
    "jacket": ("外套", "Jackets"),
    "suit": ("西装", "Blazers"),
    "cardigan": ("开衫", "Cardigans"),
    "knit": ("针织", "Knitwear"),
    "hoodie": ("卫衣", "Sweatshirts"),
    "shirt": ("衬衫", "Shirts"),
    "polo": ("POLO 衫", "Polo shirts"),
    "tee": ("T 恤", "T-shirts"),
    "top": ("吊带", "Camisoles"),
    "dress": ("连衣裙", "Dresses"),
    "skirt": ("半身裙", "Skirts"),
    "trousers": ("裤子", "Trousers"),
    "jeans": ("牛仔裤", "Jeans"),
    "shorts": ("短裤", "Shorts"),
    "jumpsuit": ("连体裤", "Jumpsuits"),
    "home": ("家居服", "Homewear"),
    "accessory": ("配饰", "Accessories"),
}

# Pictures that are also kept large, for the tops of campaigns.
HEROES = frozenset("W001 W002 W003 W004 W005 W006 W007 W009 W010 W024 M001 M003 M008 A001".split())

# The stock the first conversation of the inbox talks about.
_FIXED_STOCK = {
    ("W001", "red", "L"): 2,
    ("W001", "red", "S"): 3,
    ("W001", "beige", "M"): 6,
    ("W002", "mistblue", "M"): 4,
    ("W004", "white", "M"): 5,
    ("W006", "blue", "M"): 3,
}


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as the shop names it."""

    key: str
    zh: str
    en: str
    hex: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One colour and size of a product, as it hangs in the shop."""

    sku: str
    colour: Colour
    size: str
    stock: int
    barcode: str
    shelf: str


@dataclass(frozen=True, slots=True)
class Product:
    """One article of the catalogue."""

    sku: str
    zh: str
    en: str
    category: str
    gender: Gender
    price_cents: int
    promo_price_cents: int | None
    silhouette: str
    weave: str
    trim: str | None
    details: tuple[str, ...]
    colours: tuple[Colour, ...]
    sizes: tuple[str, ...]
    tags: tuple[str, ...]
    variants: tuple[Variant, ...]

    @property
    def now_cents(self) -> int:
        """What it costs today."""
        return self.price_cents if self.promo_price_cents is None else self.promo_price_cents

    def picture(self, colour: Colour | None = None, *, large: bool = False) -> str:
        """File name of the picture inside ``resources/artwork``."""
        chosen = (colour or self.colours[0]).key
        return picture_name(self.sku, chosen, large=large and self.sku in HEROES)

    def svg(self, colour: Colour) -> str:
        """The drawing the picture is rendered from."""
        return svg_for(self.silhouette, colour.hex, self.weave, self.details, self.trim)


@cache
def colours() -> dict[str, Colour]:
    """Every colour of the shop by key."""
    raw = json.loads((SAMPLE / "colours.json").read_text("utf-8"))
    return {key: Colour(key, zh, en, code) for key, (zh, en, code) in raw.items()}


@cache
def products() -> tuple[Product, ...]:
    """The whole catalogue: women's, men's, then accessories."""
    lines = (SAMPLE / "products.tsv").read_text("utf-8").splitlines()
    rows = [line for line in lines if line and not line.startswith("#")]
    return tuple(_product(number, line.split("\t")) for number, line in enumerate(rows))


def product(sku: str) -> Product:
    """The product with this article number."""
    return _by_sku()[sku]


def variant(sku: str, colour: str, size: str) -> Variant:
    """One variant by its article number, colour key and size."""
    for candidate in product(sku).variants:
        if candidate.colour.key == colour and candidate.size == size:
            return candidate
    raise KeyError((sku, colour, size))


@cache
def _by_sku() -> dict[str, Product]:
    return {item.sku: item for item in products()}


def _product(number: int, row: list[str]) -> Product:
    (
        sku,
        zh,
        en,
        category,
        gender,
        price,
        promo,
        silhouette,
        weave,
        trim,
        details,
        keys,
        sizes,
        tags,
    ) = row
    assert gender in ("f", "m", "u"), gender
    chosen = tuple(colours()[key] for key in keys.split())
    size_list = tuple(sizes.split())
    return Product(
        sku=sku,
        zh=zh,
        en=en,
        category=category,
        gender="f" if gender == "f" else "m" if gender == "m" else "u",
        price_cents=int(price) * 100,
        promo_price_cents=int(promo) * 100 if promo else None,
        silhouette=silhouette,
        weave=weave,
        trim=colours()[trim].hex if trim else None,
        details=tuple(details.split()),
        colours=chosen,
        sizes=size_list,
        tags=tuple(tags.split()),
        variants=tuple(_variants(number, sku, chosen, size_list)),
    )


def _variants(
    number: int, sku: str, chosen: tuple[Colour, ...], sizes: tuple[str, ...]
) -> Iterator[Variant]:
    shelf = _shelf(number, sku)
    index = 0
    for colour in chosen:
        for size in sizes:
            yield Variant(
                sku,
                colour,
                size,
                _stock(sku, colour.key, size, sizes),
                _barcode(number * 100 + index),
                shelf,
            )
            index += 1


def _shelf(number: int, sku: str) -> str:
    if sku == "W001":
        return "A 区 3 排"
    zone = {"W": "AB", "M": "CD", "A": "E"}[sku[0]]
    return f"{zone[number // 5 % len(zone)]} 区 {number % 6 + 1} 排"


def _stock(sku: str, colour: str, size: str, sizes: tuple[str, ...]) -> int:
    """Middle sizes are ordered deepest; about one variant in nine is sold out."""
    if (sku, colour, size) in _FIXED_STOCK:
        return _FIXED_STOCK[sku, colour, size]
    dice = random.Random(f"{sku}/{colour}/{size}")
    if dice.random() < 0.11:
        return 0
    middle = abs(sizes.index(size) - (len(sizes) - 1) / 2) < 1
    return dice.randint(2, 12) if middle else dice.randint(1, 6)


def _barcode(number: int) -> str:
    """An EAN-13 from the range reserved for use inside a shop."""
    digits = f"20{number:010d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
