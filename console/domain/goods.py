"""Which facts an article and its variants may have.  Standard library only.

Money is integer cents; texts are kept in one spelling (``tidy``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from console.domain.messages import MAX_PRICE
from console.domain.stock import MAX_UNITS
from console.domain.tags import is_tag, tidy_tag

MAX_VARIANTS: Final = 200
"""Variants of one article."""
MAX_STYLE_TAGS: Final = 20
GENDERS: Final = ("", "f", "m", "u")
_LONGEST: Final = {
    "sku": 40, "name": 60, "name_en": 60, "category": 30, "colour": 20, "colour_en": 30,
    "size": 20, "shelf": 30,
}  # fmt: skip
_NEEDED: Final = frozenset({"sku", "name"})
_BARCODE: Final = re.compile(r"[!-~]{4,40}")
_AMOUNT: Final = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2})0*)?")
_CURRENCY: Final = re.compile(r"^[¥\s]+|[元\s]+$")
_DIGITS: Final = 9
_HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")


def tidy(value: str) -> str:
    """One spelling of a text: NFKC, without outer and doubled spaces."""
    return " ".join(unicodedata.normalize("NFKC", value).split())


def tidied(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts in one spelling; a promotion price of 0 is none."""
    found = {name: tidy(each) if isinstance(each, str) else each for name, each in facts.items()}
    if "style_tags" in found:
        tags = (tidy_tag(tag) for tag in found["style_tags"])
        found["style_tags"] = list(dict.fromkeys(tag for tag in tags if tag))
    if found.get("promo_price") == 0:
        found["promo_price"] = None
    return found


def cents_of(text: str) -> int | None:
    """What a price says, in cents: ``¥1,299.50``, ``1299元``; ``None`` for an empty one.

    Raises ``ValueError`` for what is no price.
    """
    plain = _CURRENCY.sub("", tidy(text)).replace(",", "")
    if not plain:
        return None
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise ValueError(text)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def units_of(text: str) -> int:
    """How many units a text says.  Raises ``ValueError``."""
    plain = tidy(text).removesuffix("件").removesuffix(".0").replace(",", "").strip()
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= _DIGITS):
        raise ValueError(text)
    return int(plain)


def fault(facts: Mapping[str, Any]) -> str | None:
    """The first of these tidied facts that cannot be; ``None`` when all can."""
    return next((name for name, value in facts.items() if not _can_be(name, value)), None)


def promotes(price: int, promo_price: int | None) -> bool:
    """Whether a promotion price is one: below the price, or none at all."""
    return promo_price is None or promo_price < price


def _can_be(name: str, value: Any) -> bool:
    if name in _LONGEST:
        return len(value) <= _LONGEST[name] and value.isprintable() and bool(
            value or name not in _NEEDED
        )  # fmt: skip
    return _RULES[name](value)


def _is_price(value: int | None) -> bool:
    return value is None or 0 < value <= MAX_PRICE


def _are_tags(value: Sequence[str]) -> bool:
    return len(value) <= MAX_STYLE_TAGS and all(map(is_tag, value))


_RULES: Final[dict[str, Callable[[Any], bool]]] = {
    "gender": lambda value: value in GENDERS,
    "price": lambda value: 0 <= value <= MAX_PRICE,
    "promo_price": _is_price,
    "style_tags": _are_tags,
    "barcode": lambda value: not value or _BARCODE.fullmatch(value) is not None,
    "colour_hex": lambda value: not value or _HEX.fullmatch(value) is not None,
    "stock": lambda value: 0 <= value <= MAX_UNITS,
}
