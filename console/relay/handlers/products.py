"""``product.save``: an article and its variants, all or nothing.

Everything is checked before anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from console.domain import goods, stock
from console.domain.stock import Reason
from console.relay.actor import Actor
from console.relay.handlers.audit import write_line
from console.relay.handlers.base import Request, missing, need_scope
from console.relay.handlers.stock import SCOPE, book
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.commands import SaveProduct, VariantEdit
from console.wire.errors import Code, Refusal
from console.wire.rows import ProductRow, VariantRow

_FACTS = {
    "display_name": "name", "name_en": "name_en", "category": "category", "gender": "gender",
    "price": "price", "promo_price": "promo_price", "style_tags": "style_tags",
}  # fmt: skip
"""Fields of the command and the columns they are kept in."""
_VARIANT_FACTS = ("colour", "colour_en", "colour_hex", "size", "barcode", "shelf", "stock")


def save(tx: Transaction, request: Request[SaveProduct]) -> dict[str, Any]:
    """Make it or change it."""
    actor, command = request.actor, request.command
    need_scope(actor, SCOPE)
    sku = goods.tidy(command.sku)
    table = tables.product
    row: ProductRow | None = reading.one(tx.connection, table, table.c.sku == sku)
    if row is not None and command.fresh:
        raise Refusal(Code.PRODUCT_SKU, {"sku": sku}, field="sku")
    facts = _facts(command, row, sku)
    plan = _Plan.of(tx, sku, row, command.variants)
    if row is None:
        product_id = tx.add(table, shop_id=actor.shop_id, sku=sku, **facts)
    else:
        product_id = row.id
        if facts:
            tx.change(table, product_id, **facts)
    variants = plan.carry_out(tx, actor, product_id)
    changed = sorted({*facts, *plan.changed})
    if changed or row is None:
        write_line(tx, actor, "product.save", product_id, ",".join(changed))
    return {"id": product_id, "variants": variants, "made": row is None}


def _facts(command: SaveProduct, row: ProductRow | None, sku: str) -> dict[str, Any]:
    """The columns to be written.  Raises ``command.invalid`` and ``conflict`` with the field."""
    given = {
        column: value for name, column in _FACTS.items()
        if (value := getattr(command, name)) is not None
    }  # fmt: skip
    if row is None:
        given = {"name": "", **given}
    facts = goods.tidied(given)
    bad = goods.fault({"sku": sku, **facts})
    if bad is not None:
        raise Refusal(Code.COMMAND_INVALID, field="display_name" if bad == "name" else bad)
    before = {} if row is None else msgspec.structs.asdict(row)
    facts = _differing(facts, before, command.seen)
    price = facts.get("price", before.get("price", 0))
    if not goods.promotes(price, facts.get("promo_price", before.get("promo_price"))):
        raise Refusal(Code.PRODUCT_PROMOTION, field="promo_price")
    return facts


def _differing(
    facts: Mapping[str, Any], before: Mapping[str, Any], seen: Mapping[str, Any], place: str = ""
) -> dict[str, Any]:
    """Facts that are not so yet.  Raises ``conflict`` where something else stands than seen."""
    found = {name: value for name, value in facts.items() if before.get(name) != value
             or name not in before}  # fmt: skip
    for name in found:
        if before and name in seen and seen[name] != before[name]:
            raise Refusal(Code.CONFLICT, {"now": str(before[name])}, field=place + name)
    return found


@dataclass(slots=True)
class _Plan:
    """What is to become of the variants: ``None`` for one that is made."""

    steps: list[tuple[VariantRow | None, dict[str, Any]]] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    @classmethod
    def of(
        cls, tx: Transaction, sku: str, row: ProductRow | None, edits: Sequence[VariantEdit]
    ) -> _Plan:
        """Raises ``Refusal``; the field is ``variants.<place>.<name>``, counted from 0."""
        plan = cls()
        if not edits:
            return plan
        here = _variants(tx, row)
        by_id = {each.id: each for each in here}
        made: list[dict[str, Any]] = []
        for place, edit in enumerate(edits):
            where = f"variants.{place}."
            facts = _variant_facts(edit, where)
            known = _meant(by_id, edit, facts, where)
            facts = _differing(facts, {} if known is None else msgspec.structs.asdict(known),
                               edit.seen, where)  # fmt: skip
            plan.steps.append((known, facts))
            plan.changed.update(facts)
            if known is None:
                made.append(facts)
            else:
                kept = {name: value for name, value in facts.items() if name != "stock"}
                by_id[known.id] = msgspec.structs.replace(known, **kept)
        _check_whole([*map(msgspec.structs.asdict, by_id.values()), *made])
        _check_barcodes(tx, sku, plan.steps)
        return plan

    def carry_out(self, tx: Transaction, actor: Actor, product_id: int) -> list[int]:
        """Write it; ids by place."""
        ids = []
        for known, facts in self.steps:
            units = facts.pop("stock", None)
            variant = known or _make(tx, actor, product_id, facts)
            if known is not None and facts:
                tx.change(tables.variant, known.id, **facts)
            if units is not None:
                reason = Reason.COUNTED if known is not None else Reason.ARRIVED
                if known is not None or units:
                    book(tx, actor, variant, stock.counted(variant.stock, units), reason)
            ids.append(variant.id)
        return ids


def _variants(tx: Transaction, row: ProductRow | None) -> list[VariantRow]:
    table = tables.variant
    return [] if row is None else reading.fetch(tx.connection, table, table.c.product_id == row.id)


def _variant_facts(edit: VariantEdit, where: str) -> dict[str, Any]:
    facts = goods.tidied({
        name: value for name in _VARIANT_FACTS if (value := getattr(edit, name)) is not None
    })  # fmt: skip
    bad = goods.fault(facts)
    if bad is not None:
        raise Refusal(Code.COMMAND_INVALID, field=where + bad)
    return facts


def _meant(
    here: Mapping[int, VariantRow], edit: VariantEdit, facts: Mapping[str, Any], where: str
) -> VariantRow | None:
    if edit.variant_id:
        if edit.variant_id not in here:
            raise missing(where + "variant_id")
        return here[edit.variant_id]
    code = facts.get("barcode")
    kind = facts.get("colour", ""), facts.get("size", "")
    coded = [each for each in here.values() if code and each.barcode == code]
    alike = [each for each in here.values() if (each.colour, each.size) == kind]
    return next(iter(coded or alike), None)


def _check_whole(variants: Sequence[Mapping[str, Any]]) -> None:
    """Each colour and size once, and not too many."""
    kinds = [(each.get("colour", ""), each.get("size", "")) for each in variants]
    if len(set(kinds)) < len(kinds):
        raise Refusal(Code.PRODUCT_VARIANT, field="variants")
    if len(kinds) > goods.MAX_VARIANTS:
        raise Refusal(Code.COMMAND_INVALID, {"limit": goods.MAX_VARIANTS}, field="variants")


def _check_barcodes(
    tx: Transaction, sku: str, steps: Sequence[tuple[VariantRow | None, Mapping[str, Any]]]
) -> None:
    """A barcode means one variant of the shop."""
    codes = {facts["barcode"]: place for place, (_, facts) in enumerate(steps)
             if facts.get("barcode")}  # fmt: skip
    if not codes:
        return
    given = sum(bool(facts.get("barcode")) for _, facts in steps)
    table = tables.variant
    found: list[VariantRow] = reading.fetch(
        tx.connection, table, one_of(tx.connection, table.c.barcode, list(codes))
    )
    moving = {known.id for known, facts in steps if known is not None and "barcode" in facts}
    taken = [each for each in found if each.id not in moving]
    if taken or given > len(codes):
        place = codes[taken[0].barcode] if taken else given - 1
        whose = _sku_of(tx, taken[0]) if taken else sku
        raise Refusal(Code.PRODUCT_BARCODE, {"sku": whose}, field=f"variants.{place}.barcode")


def _sku_of(tx: Transaction, variant: VariantRow) -> str:
    products = reading.by_ids(tx.connection, tables.product, [variant.product_id])
    return str(products[variant.product_id].sku)


def _make(tx: Transaction, actor: Actor, product_id: int, facts: dict[str, Any]) -> VariantRow:
    variant_id = tx.add(tables.variant, shop_id=actor.shop_id, product_id=product_id, **facts)
    return VariantRow(id=variant_id, rev=tx.rev, shop_id=actor.shop_id, product_id=product_id,
                      **facts)  # fmt: skip
