"""The catalogue: found, edited, counted; its ledger; what is alike.

What is asked is answered by the replica, also offline.  Edits wait in the outbox and show at
once; a refused one stays with its reason until it is given up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from console.desk.product_keys import ProductKeys
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
from console.domain import goods, stock
from console.store import overlay_products, replica_products, replica_waitlist
from console.store.outbox import Entry
from console.store.overlay_products import LaidVariant, Waiting
from console.store.replica import Connection
from console.store.replica_products import StockedVariant
from console.sync.http import Offline
from console.wire.commands import CountStock, MoveStock, SaveProduct, VariantEdit
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

SCOPE: Final = "products"
_TABLES: Final = frozenset({"product", "variant", "stock_movement", "waitlist", "outbox"})
_LEDGER_LINES: Final = 50
_ALIKE_AMONG: Final = 150
_VARIANT_FIELDS: Final = frozenset({"colour", "colour_en", "size", "barcode", "shelf"})


class ProductsDesk:
    """``ProductsPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._keys = ProductKeys()
        inbox.on_tables({"product"}, self._keys.forget)

    @property
    def may_edit(self) -> bool:
        """Whether she may change articles."""
        return self._inbox.me.role == "owner"

    @property
    def link(self) -> LinkState:
        """The line now."""
        return self._inbox.link

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after goods may have changed; returns what ends that."""
        return self._inbox.on_tables(_TABLES, listener)

    # --- finding --------------------------------------------------------------------------

    async def ids(self, query: ProductQuery) -> list[int]:
        """Variants that a query means, in its order."""
        return await self._station.read(_ids, self._keys, query)

    async def rows(self, ids: Sequence[int]) -> list[VariantItem]:
        """Variants of those ids that are here, in no order."""
        entries = self._station.outbox.entries
        return await self._station.read(_rows, ids, entries)

    async def categories(self) -> list[str]:
        """The shop's categories, the largest first."""
        return await self._station.read(replica_products.categories)

    async def scanned(self, code: str) -> int:
        """The variant with exactly that barcode, 0 for none."""
        return await self._station.read(replica_products.with_barcode, code)

    async def detail(self, variant_id: int) -> ProductDetail | None:
        """The article of a variant and the variant's ledger; ``None`` when it is not here."""
        entries = self._station.outbox.entries
        return await self._station.read(_detail, variant_id, entries)

    async def new_products(self) -> list[NewProduct]:
        """Articles that wait to be made, or were refused."""
        entries = self._station.outbox.entries
        return await self._station.read(_new, entries)

    async def present(self, skus: Sequence[str]) -> dict[str, list[VariantItem]]:
        """Of those articles the ones that are here, with their variants."""
        entries = self._station.outbox.entries
        return await self._station.read(_present, skus, entries)

    # --- changing -------------------------------------------------------------------------

    async def edit(self, edit: FieldEdit) -> None:
        """Change one field, also without a line.  Raises ``Refusal`` for what cannot be."""
        command = _command(edit)
        await self._queue(command, overlay_products.lane(edit.sku))

    async def create(self, article: SaveProduct) -> None:
        """Make an article, also without a line.  Raises ``Refusal`` for what cannot be."""
        _check(article)
        await self._queue(article, overlay_products.lane(article.sku))

    async def count(self, variant_id: int, units: int, seen: int, note: str = "") -> None:
        """So many are on the shelf, where ``seen`` were shown."""
        command = CountStock(variant_id=variant_id, units=units, seen=seen, note=note)
        await self._queue(command, overlay_products.stock_lane(variant_id))

    async def move(self, variant_id: int, delta: int, reason: str, note: str = "") -> None:
        """Units came or went.  Raises ``Refusal`` for what cannot be."""
        if not stock.can_be(stock.Reason(reason), delta):
            raise Refusal(Code.COMMAND_INVALID, field="delta")
        command = MoveStock(variant_id=variant_id, delta=delta, reason=reason, note=note)
        await self._queue(command, overlay_products.stock_lane(variant_id))

    async def discard(self, entry: int) -> None:
        """Give up a refused change and what waited for it."""
        await self._station.change_outbox(self._station.outbox.discard, entry)

    async def send(self, article: SaveProduct) -> SavedArticle:
        """Save an article of a list and wait for the answer.

        Raises ``Refusal`` (and keeps nothing of it) and ``Offline``.
        """
        out, lane = self._inbox.outgoing, overlay_products.lane(article.sku)
        if not out.is_up:
            raise Offline
        try:
            answer = await out.call(article, lane=lane, scope=SCOPE)
        except Refusal:
            await self._give_up(lane)
            raise
        if answer is None:
            raise Offline
        return SavedArticle(product_id=int(answer["id"]), variants=tuple(answer["variants"]),
                            made=bool(answer["made"]))  # fmt: skip

    async def _give_up(self, lane: str) -> None:
        """A refused line of a list is told at its line; nothing of it stays."""
        for entry in self._station.outbox.entries:
            if entry.lane == lane and entry.state == "failed":
                await asyncio.shield(self.discard(entry.position))
                return

    async def _queue(self, command: SaveProduct | MoveStock | CountStock, lane: str) -> None:
        await self._inbox.outgoing.queue(command, lane=lane, scope=SCOPE)


# --- commands -------------------------------------------------------------------------------


def _command(edit: FieldEdit) -> SaveProduct:
    """The edit as a command.  Raises ``command.invalid`` where the value cannot be."""
    bad = goods.fault(goods.tidied({edit.field: edit.after}))
    if bad is not None:
        raise Refusal(Code.COMMAND_INVALID, field=edit.field)
    value = 0 if edit.field == "promo_price" and edit.after is None else edit.after
    seen = {edit.field: edit.before}
    name = "display_name" if edit.field == "name" else edit.field
    facts: dict[str, Any] = {name: value}
    if edit.field in _VARIANT_FIELDS:
        return SaveProduct(sku=edit.sku, variants=[
            VariantEdit(variant_id=edit.variant_id, seen=seen, **facts)
        ])  # fmt: skip
    return SaveProduct(sku=edit.sku, seen=seen, **facts)


def _check(article: SaveProduct) -> None:
    given = {"category": article.category or "", "price": article.price or 0}
    bad = goods.fault(goods.tidied({
        "sku": article.sku, "name": article.display_name or "", **given,
    }))  # fmt: skip
    if bad is not None:
        raise Refusal(Code.COMMAND_INVALID, field=bad)


# --- reading --------------------------------------------------------------------------------


def _ids(db: Connection, keys: ProductKeys, query: ProductQuery) -> list[int]:
    terms = keys.terms(db, query.text) if query.text.strip() else []
    return replica_products.variant_ids(
        db, terms, query.category, query.state, query.sort, down=query.down
    )


def _rows(db: Connection, ids: Sequence[int], entries: Sequence[Entry]) -> list[VariantItem]:
    return _with_wanted(db, replica_products.stocked(db, ids), Waiting(entries))


def _with_wanted(
    db: Connection, found: Sequence[StockedVariant], waiting: Waiting
) -> list[VariantItem]:
    wanted = replica_waitlist.counts(db, [each.variant.id for each in found])
    return [
        replace(_item(waiting.over(each)), wanted=wanted.get(each.variant.id, 0)) for each in found
    ]


def _detail(db: Connection, variant_id: int, entries: Sequence[Entry]) -> ProductDetail | None:
    chosen = next(iter(replica_products.stocked(db, [variant_id])), None)
    if chosen is None:
        return None
    waiting = Waiting(entries)
    variants = replica_products.of_products(db, [chosen.product.id])
    return ProductDetail(
        variants=tuple(_with_wanted(db, variants, waiting)),
        waits=_waits(db, variant_id),
        ledger=(*_on_their_way(waiting, chosen), *_written(db, variant_id)),
        similar=_similar(db, chosen, waiting),
    )


def _waits(db: Connection, variant_id: int) -> tuple[WaitLine, ...]:
    return tuple(
        WaitLine(member_id=each.row.member_id, name=each.name, asked_at=each.row.asked_at,
                 until=each.row.due_at if each.row.state == "offered" else None)
        for each in replica_waitlist.of_variant(db, variant_id)
    )  # fmt: skip


def _on_their_way(waiting: Waiting, chosen: StockedVariant) -> list[StockLine]:
    return [
        StockLine(delta=each.delta, balance=each.balance, reason=each.reason, note=each.note,
                  at=each.entry.created_at, waiting=True)
        for each in waiting.moves(chosen)
    ]  # fmt: skip


def _written(db: Connection, variant_id: int) -> list[StockLine]:
    return [
        StockLine(delta=each.row.delta, balance=each.row.balance, short=each.row.short,
                  reason=each.row.reason, note=each.row.note, staff=each.staff, at=each.row.at)
        for each in replica_products.ledger(db, variant_id, _LEDGER_LINES)
    ]  # fmt: skip


def _similar(db: Connection, chosen: StockedVariant, waiting: Waiting) -> tuple[VariantItem, ...]:
    """What else there is in the size, the most alike first."""
    # In a reading thread, so that the program opens without it.
    from console.domain.enquiries import Candidate  # noqa: PLC0415
    from console.domain.enquiry_index import Catalogue  # noqa: PLC0415
    from console.domain.similar_goods import similar  # noqa: PLC0415

    others = replica_products.alike(db, chosen.product, _ALIKE_AMONG)
    every = replica_products.of_products(db, [chosen.product.id, *others])
    found = {each.variant.id: each for each in every}
    products = {each.product.id: each.product for each in found.values()}
    variants = {each.variant.id: each.variant for each in found.values()}
    wanted = Candidate(chosen.product.id, chosen.variant.colour, chosen.variant.size,
                       chosen.variant.id, 1.0)  # fmt: skip
    catalogue = Catalogue.of(products.values(), variants.values())
    return tuple(
        _item(waiting.over(found[each.variant_id]))
        for each in similar(catalogue, variants, wanted) if each.variant_id in found
    )  # fmt: skip


def _new(db: Connection, entries: Sequence[Entry]) -> list[NewProduct]:
    waiting = Waiting(entries)
    known = {row.sku for row in replica_products.by_skus(db, waiting.skus)}
    return [
        NewProduct(sku=each.sku, name=each.name, **_failure(each.entry))
        for each in waiting.new_articles(known)
    ]  # fmt: skip


def _present(
    db: Connection, skus: Sequence[str], entries: Sequence[Entry]
) -> dict[str, list[VariantItem]]:
    waiting = Waiting(entries)
    rows = replica_products.by_skus(db, skus)
    found: dict[str, list[VariantItem]] = {row.sku: [] for row in rows}
    for each in replica_products.of_products(db, [row.id for row in rows]):
        found[each.product.sku].append(_item(waiting.over(each)))
    return found


def _failure(entry: Entry | None) -> dict[str, Any]:
    if entry is None or entry.state != "failed":
        return {}
    return {"failure": entry.code, "parameters": entry.parameters, "entry": entry.position}


def _item(laid: LaidVariant) -> VariantItem:
    product, variant = laid.product, laid.variant
    facts = {name: getattr(variant, name) for name in (
        "colour", "colour_en", "colour_hex", "size", "barcode", "shelf", "stock", "held",
    )}  # fmt: skip
    return VariantItem(
        variant_id=variant.id, product_id=product.id, sku=product.sku, name=product.name,
        name_en=product.name_en, category=product.category, gender=product.gender,
        price=product.price, promo_price=product.promo_price,
        style_tags=tuple(product.style_tags), picture=variant.picture or product.picture,
        waiting=laid.waiting, **facts, **_failure(laid.failed),
    )  # fmt: skip
