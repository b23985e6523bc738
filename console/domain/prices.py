"""A price behind words, as shops write it: ``红色风衣 ¥599`` or ``红色风衣 599元``.

Standard library only.
"""

from __future__ import annotations

import re
from typing import Final

from console.domain.messages import MAX_PRICE

_AMOUNT: Final = r"(\d[\d,]*)(?:\.(\d{1,2}))?"
_BEHIND: Final = re.compile(
    rf"^(.*?)\s*(?:[¥\uffe5]\s*{_AMOUNT}|(?<![\d.,减满省送返]){_AMOUNT}\s*元)\s*$", re.DOTALL
)


def written(cents: int) -> str:
    """``¥599`` or ``¥59.90``."""
    yuan, rest = divmod(cents, 100)
    return f"¥{yuan:,}" if not rest else f"¥{yuan:,}.{rest:02d}"


def split(text: str) -> tuple[str, int | None]:
    """Words and the price in cents behind them; ``None`` without one that can be."""
    found = _BEHIND.match(text)
    if found is None:
        return text, None
    words, yuan, rest = found[1], found[2] or found[4], found[3] or found[5]
    cents = int(yuan.replace(",", "")[:12]) * 100 + int((rest or "").ljust(2, "0"))
    return (words, cents) if cents <= MAX_PRICE else (text, None)


def joined(words: str, cents: int | None) -> str:
    """The words with the price behind them."""
    return words if cents is None else f"{words} {written(cents)}".strip()
