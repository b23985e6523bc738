"""A catalogue in dictionaries."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from console.desk.product_types import (
    FieldEdit,
    NewProduct,
    ProductDetail,
    ProductQuery,
    SavedArticle,
    StockLine,
    VariantItem,
    WaitLine,
)
from console.desk.types import LinkState
from console.sync.http import Offline
from console.wire.commands import SaveProduct

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class MemoryProducts:
    """``ProductsPort``; ``calls`` are what was asked, ``failures`` are raised by name instead."""

    def __init__(self, link: Callable[[], LinkState]) -> None:
        self._link = link
        self.may_edit = True
        self.items: dict[int, VariantItem] = {}
        self.new: list[NewProduct] = []
        self.lines: dict[int, list[StockLine]] = {}
        self.waits: dict[int, list[WaitLine]] = {}
        self.calls: list[tuple[Any, ...]] = []
        self.failures: dict[str, Exception] = {}
        self.read: list[int] = []
        self._listeners: list[Callable[[], None]] = []
        for number, (colour, size, units) in enumerate((
            ("红", "L", 2), ("红", "M", 0), ("蓝", "L", 5),
        ), 1):  # fmt: skip
            self.add(number, sku="W001", name="红色风衣", category="风衣", price=59_900,
                     colour=colour, size=size, stock=units,
                     barcode=f"200000000001{number}")  # fmt: skip
        self.add(4, sku="M001", name="牛仔裤", category="裤子", price=29_900, promo_price=19_900,
                 size="29", stock=1, held=2)  # fmt: skip

    def add(self, variant_id: int, **facts: Any) -> None:
        self.items[variant_id] = VariantItem(variant_id=variant_id, product_id=1, **facts)

    def change(self, variant_id: int, **facts: Any) -> None:
        self.items[variant_id] = msgspec.structs.replace(self.items[variant_id], **facts)
        self.tell()

    def tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    async def _turn(self, name: str) -> None:
        await asyncio.sleep(0)
        if name in self.failures:
            raise self.failures[name]

    @property
    def link(self) -> LinkState:
        return self._link()

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def ids(self, query: ProductQuery) -> list[int]:
        await self._turn("ids")
        found = [
            each for each in self.items.values()
            if all(word in f"{each.name} {each.sku} {each.colour} {each.size} {each.barcode}"
                   for word in query.text.split())
            and query.category in {"", each.category}
            and (query.state != "sold_out" or not each.free)
        ]  # fmt: skip
        if query.sort:
            found.sort(key=lambda each: getattr(each, query.sort) or 0, reverse=query.down)
        return [each.variant_id for each in found]

    async def rows(self, ids: Sequence[int]) -> list[VariantItem]:
        await self._turn("rows")
        self.read += ids
        return [self.items[number] for number in ids if number in self.items]

    async def categories(self) -> list[str]:
        await self._turn("categories")
        return sorted({each.category for each in self.items.values()})

    async def scanned(self, code: str) -> int:
        await self._turn("scanned")
        return next((each.variant_id for each in self.items.values() if each.barcode == code), 0)

    async def detail(self, variant_id: int) -> ProductDetail | None:
        await self._turn("detail")
        chosen = self.items.get(variant_id)
        if chosen is None:
            return None
        own = tuple(each for each in self.items.values() if each.sku == chosen.sku)
        others = tuple(each for each in self.items.values() if each.sku != chosen.sku)
        lines = self.lines.get(variant_id, [StockLine(delta=chosen.stock, balance=chosen.stock,
                                                      reason="opening", at=AT)])  # fmt: skip
        return ProductDetail(variants=own, ledger=tuple(lines), similar=others[:1],
                             waits=tuple(self.waits.get(variant_id, ())))  # fmt: skip

    async def new_products(self) -> list[NewProduct]:
        await self._turn("new_products")
        return self.new

    async def edit(self, edit: FieldEdit) -> None:
        await self._turn("edit")
        self.calls.append(("edit", edit.field, edit.before, edit.after))
        for each in list(self.items.values()):
            if each.sku == edit.sku and edit.variant_id in {0, each.variant_id}:
                self.change(each.variant_id, **{edit.field: edit.after})

    async def create(self, article: SaveProduct) -> None:
        await self._turn("create")
        self.calls.append(("create", article))

    async def count(self, variant_id: int, units: int, seen: int, note: str = "") -> None:
        await self._turn("count")
        self.calls.append(("count", variant_id, units, seen))
        self.change(variant_id, stock=units)

    async def move(self, variant_id: int, delta: int, reason: str, note: str = "") -> None:
        await self._turn("move")
        self.calls.append(("move", variant_id, delta, reason, note))

    async def discard(self, entry: int) -> None:
        await self._turn("discard")
        self.calls.append(("discard", entry))

    async def present(self, skus: Sequence[str]) -> dict[str, list[VariantItem]]:
        await self._turn("present")
        found: dict[str, list[VariantItem]] = {}
        for each in self.items.values():
            if each.sku in skus:
                found.setdefault(each.sku, []).append(each)
        return found

    async def send(self, article: SaveProduct) -> SavedArticle:
        await self._turn("send")
        if self.link.phase != "synced":
            raise Offline
        failure = self.failures.get(article.sku)
        if failure is not None:
            raise failure
        self.calls.append(("send", article))
        return SavedArticle(product_id=9, variants=(), made=True)
