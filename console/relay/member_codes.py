"""The code a member's phone shows at the counter: whose it is, for a few minutes, in one shop.

Digits only, so that a scanner types them past any input method.  Signed with the relay's own
key; holds no phone number.  Pure functions.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from typing import Final

import segno

from console.domain.visits import CODE_DIGITS, is_code
from console.wire.errors import Code, Refusal

GOOD_FOR: Final = timedelta(minutes=3)
_ID, _TIME = 12, 10
_MARK: Final = CODE_DIGITS - _ID - _TIME
"""Digits of a member's id, of the second it ends in, and of its signature."""
_PURPOSE: Final = b"member code"


def make(key: bytes, shop_id: int, member_id: int, now: datetime) -> str:
    """A member's code, good for a few minutes from ``now``."""
    ends = int((now + GOOD_FOR).timestamp())
    told = f"{member_id:0{_ID}d}{ends:0{_TIME}d}"
    return told + _mark(key, shop_id, told)


def member_of(key: bytes, shop_id: int, code: str, now: datetime) -> int:
    """Whose it is.  Raises ``code.unknown`` (another shop's, or none) and ``code.expired``."""
    if not is_code(code):
        raise Refusal(Code.CODE_UNKNOWN)
    told, mark = code[: _ID + _TIME], code[_ID + _TIME :]
    if not hmac.compare_digest(mark, _mark(key, shop_id, told)):
        raise Refusal(Code.CODE_UNKNOWN)
    if now >= datetime.fromtimestamp(int(told[_ID:]), UTC):
        raise Refusal(Code.CODE_EXPIRED)
    return int(told[:_ID])


def drawn(code: str) -> tuple[int, str]:
    """Modules along a side, and the dark ones as the path of an SVG in units of modules."""
    matrix = segno.make(code, error="m", micro=False).matrix
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, on in enumerate(row) if on)
    return len(matrix), "".join(dark)


def _mark(key: bytes, shop_id: int, told: str) -> str:
    own = hmac.digest(key, _PURPOSE, "sha256")
    digest = hmac.digest(own, f"{shop_id}/{told}".encode(), "sha256")
    return f"{int.from_bytes(digest) % 10**_MARK:0{_MARK}d}"
