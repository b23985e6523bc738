"""Rules about phone numbers.  Standard library only."""

from __future__ import annotations

import re
import unicodedata

_MOBILE = re.compile(r"1[3-9]\d{9}")
_ABROAD = re.compile(r"\+\d{7,15}")
_SEPARATORS = re.compile(r"[\s()\-.·–—]")


def normalise_phone(text: str) -> str | None:
    """``138 0000 6021`` or ``+86-138…`` → ``13800006021``; other countries keep ``+…``.

    ``None`` when it cannot be a mobile number.
    """
    compact = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if compact.startswith("00"):
        compact = "+" + compact[2:]
    if compact.startswith("+86"):
        compact = compact[3:]
    elif compact.startswith("86") and len(compact) == 13:
        compact = compact[2:]
    if not compact.isascii():
        return None
    if _MOBILE.fullmatch(compact) or _ABROAD.fullmatch(compact):
        return compact
    return None


def mask_phone(phone: str) -> str:
    """``13812346021`` → ``138****6021``; too short to hide anything: all stars."""
    if len(phone) < 8:
        return "*" * len(phone)
    return f"{phone[:3]}****{phone[-4:]}"
