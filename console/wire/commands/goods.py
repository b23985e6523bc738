"""The shop's articles and their stock.  Pure data.

Edits name what is changed and, in ``seen``, what stood there: something else by now is a
``conflict`` of that field and nothing is written; what stands there already is none.
"""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from console.wire.commands.base import STAFF, Command


class VariantEdit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One colour and size of the article; what is ``None`` stays.

    Attributes:
        variant_id: 0 for the one with this barcode, else this colour and size; made where there
            is none.
        stock: units on the shelf, as counted.
        seen: what stood in the fields that are named, as far as that matters.
    """

    variant_id: int = 0
    colour: str | None = None
    colour_en: str | None = None
    colour_hex: str | None = None
    size: str | None = None
    barcode: str | None = None
    shelf: str | None = None
    stock: int | None = None
    seen: dict[str, Any] = msgspec.field(default_factory=dict)


class SaveProduct(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Make or change an article and some of its variants, all or nothing.

    Result: ``{"id", "variants": [ids by place], "made": whether it is new}``.

    Attributes:
        sku: names it.
        fresh: it must not be there yet.
        promo_price: in cents; 0 takes it away.
    """

    name: ClassVar[str] = "product.save"
    by: ClassVar[frozenset[str]] = STAFF
    needs_role: ClassVar[str] = "owner"
    sku: str
    fresh: bool = False
    display_name: str | None = None
    name_en: str | None = None
    category: str | None = None
    gender: str | None = None
    price: int | None = None
    promo_price: int | None = None
    style_tags: list[str] | None = None
    variants: list[VariantEdit] = msgspec.field(default_factory=list)
    seen: dict[str, Any] = msgspec.field(default_factory=dict)


class MoveStock(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Units came or went (``delta`` below 0).  Result: ``{"id", "stock"}``.

    ``reason``: ``arrived``, ``sold``, ``returned``, ``moved`` or ``corrected``.  More than are
    there go only as ``sold``; else ``stock.none``.
    """

    name: ClassVar[str] = "stock.move"
    by: ClassVar[frozenset[str]] = STAFF
    variant_id: int
    delta: int
    reason: str
    note: str = ""


class CountStock(Command, frozen=True, kw_only=True, omit_defaults=True):
    """So many units are on the shelf.  Result: ``{"id", "stock"}``.

    ``seen`` is the stock that was shown when they were counted: another one by now is a
    ``conflict`` (``stock`` tells which), so that nobody's sale is counted away.
    """

    name: ClassVar[str] = "stock.count"
    by: ClassVar[frozenset[str]] = STAFF
    variant_id: int
    units: int
    seen: int | None = None
    note: str = ""
