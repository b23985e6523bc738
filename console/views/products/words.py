"""What the screen of the catalogue says of variants, movements and faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.desk.product_types import StockLine, VariantItem, WaitLine
from console.domain.stock import Reason
from console.ui import coupon_phrases, phrases, reasons
from console.ui.clock import ShopClock
from console.ui.i18n import counted, language, translate

NONE = "—"


def heading(column: str) -> str:
    """What a column is called."""
    return {
        "name": translate("Products", "Article"),
        "category": translate("Products", "Category"),
        "colour": translate("Products", "Colour"),
        "size": translate("Products", "Size"),
        "price": translate("Products", "Price"),
        "promo_price": translate("Products", "Promotion"),
        "stock": translate("Products", "Stock"),
        "free": translate("Products", "To sell"),
        "shelf": translate("Products", "Shelf"),
        "barcode": translate("Products", "Barcode"),
    }[column]


def name(item: VariantItem) -> str:
    """The article's name in the language spoken now."""
    return (item.name_en if language() == "en" else item.name) or item.name or item.sku


def colour(item: VariantItem) -> str:
    """The colour's name in the language spoken now."""
    return (item.colour_en if language() == "en" else item.colour) or item.colour


def title(item: VariantItem) -> str:
    """Article, colour and size."""
    return " · ".join(part for part in (name(item), colour(item), item.size) if part)


def cell(item: VariantItem, column: str) -> str:
    """The text of a cell."""
    if column == "name":
        return name(item)
    if column == "colour":
        return colour(item)
    if column == "price":
        return phrases.money(item.price)
    if column == "promo_price":
        return NONE if item.promo_price is None else phrases.money(item.promo_price)
    return str(getattr(item, column))


def typed(item: VariantItem, column: str) -> str:
    """What stands in the field in which a cell is edited."""
    value: Any = getattr(item, column)
    if column in {"price", "promo_price"}:
        return "" if value is None else phrases.money(value).lstrip("¥").replace(",", "")
    return str(value)


def spoken(item: VariantItem, column: str) -> str:
    """A cell as a sentence for screen readers."""
    said = f"{heading(column)}: {cell(item, column)}"
    if column == "free" and item.wanted:
        said = f"{said}, {wanted(item)}"
    return f"{title(item)}. {said}" if column == "name" else said


def stands(item: VariantItem) -> str:
    """How many there are, and of them kept or missing."""
    parts = [translate("Products", "{n} in stock").format(n=f"{item.stock:,}")]
    if item.held:
        parts.append(translate("Products", "{n} kept for members").format(n=f"{item.held:,}"))
    if item.oversold:
        parts.append(translate("Products", "{n} kept that are not there").format(n=item.oversold))
    if item.wanted:
        parts.append(wanted(item))
    return " · ".join(parts)


def wanted(item: VariantItem) -> str:
    """How many members wait for one."""
    one, many = translate("Products", "1 waits"), translate("Products", "{n} wait")
    return counted(item.wanted, one, many)


def wait_below(each: WaitLine, clock: ShopClock) -> str:
    """Since when she waits, or until when one is kept for her."""
    if each.until is not None:
        return translate("Products", "one is kept until {when}").format(
            when=coupon_phrases.moment(each.until, clock)
        )
    return translate("Products", "asked {when}").format(when=phrases.divider(each.asked_at, clock))


def reason(value: str) -> str:
    """Why units came or went."""
    return {
        Reason.OPENING: translate("Products", "Opening stock"),
        Reason.ARRIVED: translate("Products", "Arrived"),
        Reason.SOLD: translate("Products", "Sold"),
        Reason.RETURNED: translate("Products", "Returned"),
        Reason.COUNTED: translate("Products", "Counted"),
        Reason.CORRECTED: translate("Products", "Corrected"),
        Reason.MOVED: translate("Products", "Moved between shops"),
    }[Reason(value)]


def line(each: StockLine) -> str:
    """A movement: by how much and why."""
    sign = "+" if each.delta > 0 else "−" if each.delta < 0 else "±"
    said = f"{sign}{abs(each.delta):,}  {reason(each.reason)}"
    if each.short:
        more = translate("Products", "{n} more than were counted").format(n=each.short)
        said = f"{said} ({more})"
    return said


def line_below(each: StockLine, clock: ShopClock) -> str:
    """When, by whom, and what was noted."""
    when = phrases.divider(each.at, clock)
    who = translate("Products", "waits for the relay") if each.waiting else each.staff
    return " · ".join(part for part in (when, who, each.note) if part)


def fault(field: str) -> str:
    """Why a value cannot be; ``field`` may be one of a command's."""
    column = field.rpartition(".")[2]
    return {
        "sku": translate("Products", "An article needs a number of at most 40 characters."),
        "name": translate("Products", "An article needs a name of at most 60 characters."),
        "price": translate("Products", "A price is a number such as 599 or 59.90."),
        "promo_price": translate("Products", "A promotion price is a number below the price."),
        "stock": translate("Products", "The stock is a whole number from 0 to 1,000,000."),
        "delta": translate("Products", "That many units cannot come or go for this reason."),
        "barcode": translate("Products", "A barcode has 4 to 40 letters and digits, no spaces."),
        "colour_hex": translate("Products", "A colour is written as #B33A2F."),
        "gender": translate("Products", "Who wears it is women, men or all."),
    }.get(
        "name" if column == "display_name" else column,
        translate("Products", "This text is too long or has signs that cannot be kept."),
    )


def refusal(code: str, parameters: Mapping[str, Any], field: str = "") -> str:
    """The sentence for a refusal: of a value by its field, else by its reason."""
    if code == "command.invalid" and field:
        return fault(field)
    return reasons.sentence(code, parameters)
