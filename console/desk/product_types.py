"""What the screens get of the catalogue: frozen values.  Money is integer cents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from console.desk.types import Value
from console.domain import stock


class ProductQuery(Value, frozen=True, kw_only=True):
    """Which variants, in which order.

    Attributes:
        text: words, each of which must be in name, pinyin, number, colour, size, shelf or begin
            the barcode.
        category: "" for all.
        state: "" or ``in_stock``, ``sold_out``, ``oversold``, ``promoted``.
        sort: a column's name; "" by article.
    """

    text: str = ""
    category: str = ""
    state: str = ""
    sort: str = ""
    down: bool = False


class VariantItem(Value, frozen=True, kw_only=True):
    """One row of the table: a colour and size of an article, as it will stand.

    Attributes:
        wanted: members who wait for one.
        waiting: a change of it is not on the relay yet.
        failure: reason code of a refused change; ``parameters`` fill its sentence.
        entry: the refused change, 0 without one.
    """

    variant_id: int
    product_id: int
    sku: str
    name: str
    name_en: str = ""
    category: str = ""
    gender: str = ""
    price: int = 0
    promo_price: int | None = None
    style_tags: tuple[str, ...] = ()
    colour: str = ""
    colour_en: str = ""
    colour_hex: str = ""
    size: str = ""
    barcode: str = ""
    shelf: str = ""
    stock: int = 0
    held: int = 0
    picture: str = ""
    wanted: int = 0
    waiting: bool = False
    failure: str = ""
    parameters: dict[str, Any] = msgspec.field(default_factory=dict)
    entry: int = 0

    @property
    def free(self) -> int:
        """Units on the shelf that are kept for nobody."""
        return max(0, self.stock - self.held)

    @property
    def oversold(self) -> int:
        """Units kept for members that are not there."""
        return stock.oversold(self.stock, self.held)


class StockLine(Value, frozen=True, kw_only=True):
    """A line of a variant's ledger; ``waiting``: the relay has not written it yet."""

    delta: int
    balance: int
    reason: str
    at: datetime
    short: int = 0
    note: str = ""
    staff: str = ""
    waiting: bool = False


class WaitLine(Value, frozen=True, kw_only=True):
    """A member who waits for a variant, or (``until``) for whom one is kept since it is back."""

    member_id: int
    name: str
    asked_at: datetime
    until: datetime | None = None


class ProductDetail(Value, frozen=True, kw_only=True):
    """An article with all it is made in, the ledger of one variant, and what else there is.

    ``waits``: who waits for that variant, in order.
    """

    variants: tuple[VariantItem, ...]
    ledger: tuple[StockLine, ...] = ()
    similar: tuple[VariantItem, ...] = ()
    waits: tuple[WaitLine, ...] = ()


class NewProduct(Value, frozen=True, kw_only=True):
    """An article that waits to be made, or was refused."""

    sku: str
    name: str
    failure: str = ""
    parameters: dict[str, Any] = msgspec.field(default_factory=dict)
    entry: int = 0


class FieldEdit(Value, frozen=True, kw_only=True):
    """One field of an article or (``variant_id``) of a variant, from one value to another."""

    sku: str
    field: str
    before: Any
    after: Any
    variant_id: int = 0

    @property
    def back(self) -> FieldEdit:
        """What takes it back."""
        return msgspec.structs.replace(self, before=self.after, after=self.before)


class SavedArticle(Value, frozen=True, kw_only=True):
    """What became of an article that was sent; ``made``: it is new."""

    product_id: int
    variants: Sequence[int]
    made: bool
