"""Changes of articles and stock that wait in the outbox, laid over the replica's rows.

Pure: values in, values out.  As for messages, read the outbox's entries before the replica.  A
refused change is not laid over; its entry is told with the variant until somebody gives it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from console.domain import goods, stock
from console.store.outbox import Entry
from console.store.replica_products import StockedVariant
from console.wire.commands import CountStock, MoveStock, SaveProduct, VariantEdit
from console.wire.rows import ProductRow, VariantRow

_PRODUCT, _STOCK = "product", "stock"
_FACTS: Final = ("name_en", "category", "gender", "price", "promo_price", "style_tags")
_VARIANT_FACTS: Final = (
    "colour", "colour_en", "colour_hex", "size", "barcode", "shelf", "stock",
)  # fmt: skip


class LaidVariant(msgspec.Struct, frozen=True, kw_only=True):
    """A variant as it will stand.

    Attributes:
        waiting: a change of it is not in the replica yet.
        failed: the refused change, if any.
    """

    product: ProductRow
    variant: VariantRow
    waiting: bool = False
    failed: Entry | None = None


class NewArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article that waits to be made, or was refused."""

    sku: str
    name: str
    entry: Entry


class WaitingMove(msgspec.Struct, frozen=True, kw_only=True):
    """A movement of a variant that the relay has not written."""

    delta: int
    balance: int
    reason: str
    note: str
    entry: Entry


def lane(sku: str) -> str:
    """Changes of one article go in order."""
    return f"{_PRODUCT}/{sku}"


def stock_lane(variant_id: int) -> str:
    """Movements of one variant go in order."""
    return f"{_STOCK}/{variant_id}"


class Waiting:
    """The entries about goods, decoded once for many rows."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._saves: dict[str, list[tuple[Entry, SaveProduct]]] = {}
        self._moves: dict[int, list[tuple[Entry, MoveStock | CountStock]]] = {}
        for entry in entries:
            if entry.name == SaveProduct.name:
                save = msgspec.json.decode(entry.body, type=SaveProduct)
                self._saves.setdefault(save.sku, []).append((entry, save))
            elif entry.name in {MoveStock.name, CountStock.name}:
                move = _move(entry)
                self._moves.setdefault(move.variant_id, []).append((entry, move))

    def over(self, found: StockedVariant) -> LaidVariant:
        """A variant as it will be once what waits is through."""
        product, variant = found.product, found.variant
        steps = sorted(
            [*self._saves.get(product.sku, ()), *self._moves.get(variant.id, ())],
            key=lambda step: step[0].position,
        )
        laid = LaidVariant(product=product, variant=variant)
        for entry, command in steps:
            laid = _laid(laid, entry, command, found)
        return laid

    def new_articles(self, known: Iterable[str]) -> list[NewArticle]:
        """Articles whose rows are not here yet."""
        here = set(known)
        return [
            NewArticle(sku=sku, name=saves[0][1].display_name or "", entry=saves[0][0])
            for sku, saves in self._saves.items() if sku not in here
        ]  # fmt: skip

    @property
    def skus(self) -> list[str]:
        """Articles with something on its way."""
        return list(self._saves)

    def moves(self, found: StockedVariant) -> list[WaitingMove]:
        """Movements on their way, the newest first, with the stock after each."""
        units, lines = found.variant.stock, list[WaitingMove]()
        for entry, move in self._moves.get(found.variant.id, ()):
            if entry.state == "failed" or _is_in(entry, found.variant.rev):
                continue
            after = _units_after(units, move)
            reason = move.reason if isinstance(move, MoveStock) else stock.Reason.COUNTED.value
            lines.append(WaitingMove(delta=after - units, balance=after, reason=reason,
                                     note=move.note, entry=entry))  # fmt: skip
            units = after
        return lines[::-1]


def _move(entry: Entry) -> MoveStock | CountStock:
    if entry.name == MoveStock.name:
        return msgspec.json.decode(entry.body, type=MoveStock)
    return msgspec.json.decode(entry.body, type=CountStock)


def _is_in(entry: Entry, rev: int) -> bool:
    return entry.state == "acked" and entry.rev <= rev


def _laid(
    laid: LaidVariant, entry: Entry, command: SaveProduct | MoveStock | CountStock,
    found: StockedVariant,
) -> LaidVariant:  # fmt: skip
    edits = _edits(laid.variant, command) if isinstance(command, SaveProduct) else []
    mine = not isinstance(command, SaveProduct) or _changes_article(command) or bool(edits)
    if not mine:
        return laid
    if entry.state == "failed":
        return msgspec.structs.replace(laid, failed=entry)
    product, variant = laid.product, laid.variant
    if not _is_in(entry, found.variant.rev):
        variant = _variant_after(variant, command, edits)
    if isinstance(command, SaveProduct) and not _is_in(entry, found.product.rev):
        product = msgspec.structs.replace(product, **_article_facts(command))
    changed = (product, variant) != (laid.product, laid.variant)
    return msgspec.structs.replace(
        laid, product=product, variant=variant,
        waiting=laid.waiting or changed or entry.state == "queued",
    )  # fmt: skip


def _variant_after(
    variant: VariantRow, command: SaveProduct | MoveStock | CountStock,
    edits: Sequence[VariantEdit],
) -> VariantRow:  # fmt: skip
    if not isinstance(command, SaveProduct):
        return msgspec.structs.replace(variant, stock=_units_after(variant.stock, command))
    for edit in edits:
        variant = msgspec.structs.replace(variant, **_given(edit, _VARIANT_FACTS))
    return variant


def _units_after(units: int, command: MoveStock | CountStock) -> int:
    if isinstance(command, CountStock):
        return command.units
    return max(0, units + command.delta)


def _edits(variant: VariantRow, command: SaveProduct) -> list[VariantEdit]:
    return [edit for edit in command.variants if edit.variant_id == variant.id]


def _changes_article(command: SaveProduct) -> bool:
    return bool(_article_facts(command))


def _article_facts(command: SaveProduct) -> dict[str, Any]:
    facts = _given(command, _FACTS)
    if command.display_name is not None:
        facts["name"] = command.display_name
    return goods.tidied(facts)


def _given(source: SaveProduct | VariantEdit, names: Sequence[str]) -> dict[str, Any]:
    return goods.tidied({
        name: value for name in names if (value := getattr(source, name)) is not None
    })  # fmt: skip
