"""Recognising articles, colours and sizes in members' words, over a catalogue of 3,000 variants.

``recognise_p99``: the 99th percentile of what one message takes, from its words to candidates,
over the sample shop's questions and talk with its articles' names filled in; the longest of them
asks twenty things at once.  It waits for nothing, so processor time is what it costs; on a
machine that does nothing else the clock says the same.  The catalogue is the sample's, its
articles again in further makes.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from typing import Final

from bench.report import RUNS, Figure, figure
from console.demo.catalogue import SAMPLE, Product, products
from console.domain.enquiries import Context, Recogniser, Spoken
from console.domain.enquiry_index import Catalogue
from console.wire.trade_rows import ProductRow, VariantRow

NAMES = ("recognise_p99",)
VARIANTS: Final = 3_000
MESSAGES: Final = 1_000
"""Messages a run."""
_MAKES: Final = (("", ""), ("加长", "tall"), ("新版", "new"), ("修身", "slim"), ("春款", "spring"))
_ASKED: Final = "stock_questions follow_ups thanks complaints small_talk tourists".split()
_LONG_ONES: Final = 5


async def run(_wanted: set[str]) -> AsyncIterator[Figure]:
    """The one figure."""
    articles, variants = _goods()
    begun = time.perf_counter()
    recogniser = Recogniser(Catalogue.of(articles, variants))
    built_ms = (time.perf_counter() - begun) * 1_000
    messages = list(_messages(random.Random(7)))
    taken = [_taken(recogniser, messages) for _ in range(RUNS)]
    clock = statistics.median(_p99(by_clock) for _, by_clock in taken)
    middle = statistics.median(statistics.median(used) for used, _ in taken)
    note = (
        f"{len(articles)} articles, {len(variants):,} variants, built in {built_ms:.0f} ms; "
        f"{MESSAGES:,} messages, median {middle:.2f} ms, by the clock p99 {clock:.2f} ms"
    )
    yield figure("recognise_p99", [_p99(used) for used, _ in taken], "ms", 1, note=note)


def _taken(
    recogniser: Recogniser, messages: list[tuple[str, Context]]
) -> tuple[list[float], list[float]]:
    """Milliseconds of processor time, and by the clock, for each message."""
    used, by_clock = [], []
    for text, context in messages:
        begun, since = time.thread_time(), time.perf_counter()
        recogniser.recognise(text, context)
        used.append((time.thread_time() - begun) * 1_000)
        by_clock.append((time.perf_counter() - since) * 1_000)
    return used, by_clock


def _p99(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=100)[-1]


def _goods() -> tuple[list[ProductRow], list[VariantRow]]:
    """As many articles as make so many variants."""
    articles: list[ProductRow] = []
    variants: list[VariantRow] = []
    for make, (zh, en) in enumerate(_MAKES):
        for product in products():
            if len(variants) < VARIANTS:
                articles.append(_article(len(articles) + 1, product, make, f"{zh}{product.zh}", en))
                variants.extend(_variants(len(variants) + 1, articles[-1].id, product))
    return articles, variants[:VARIANTS]


def _article(number: int, product: Product, make: int, name: str, en: str) -> ProductRow:
    return ProductRow(
        id=number, rev=1, shop_id=1, sku=f"{product.sku}-{make}", name=name,
        name_en=f"{en} {product.en}".strip(), category=product.category, gender=product.gender,
        price=product.price_cents, style_tags=list(product.tags),
    )  # fmt: skip


def _variants(first: int, product_id: int, product: Product) -> Iterator[VariantRow]:
    for number, each in enumerate(product.variants, start=first):
        yield VariantRow(
            id=number, rev=1, shop_id=1, product_id=product_id, colour=each.colour.zh,
            colour_en=each.colour.en, colour_hex=each.colour.hex, size=each.size, stock=each.stock,
        )  # fmt: skip


def _messages(dice: random.Random) -> Iterator[tuple[str, Context]]:
    """Questions and talk, half of them after an article was spoken of."""
    phrases = json.loads((SAMPLE / "phrases.json").read_text("utf-8"))
    said = [text for kind in _ASKED for text in phrases[kind]]
    chosen = [*phrases["long"] * _LONG_ONES, *dice.choices(said, k=MESSAGES - _LONG_ONES)]
    for number, text in enumerate(chosen):
        spoken = (Spoken(dice.randint(1, 100), "黑色", "M"),) if number % 2 else ()
        yield _filled(text, dice), Context(spoken=spoken)


def _filled(text: str, dice: random.Random) -> str:
    product = dice.choice(products())
    variant = dice.choice(product.variants)
    return text.format(
        product=product.zh, product_en=product.en, colour=variant.colour.zh, day="周六",
        colour_en=variant.colour.en, size=variant.size, other=product.colours[-1].zh, hour="三点",
    )  # fmt: skip
