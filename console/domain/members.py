"""Rules about members: names, birthdays, buckets, weekly caps.  Standard library only."""

from __future__ import annotations

import hashlib
import re

MAX_NAME_CHARS = 40
MAX_REMARK_CHARS = 500
MAX_SIZES = 10
MAX_SIZE_CHARS = 20
GENDERS = ("", "f", "m")
BUCKETS = 10_000
WEEKLY_CAPS = range(1, 4)
_BIRTHDAY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LUNAR_DAYS = 30


def tidy_name(text: str) -> str | None:
    """The name without outer and doubled spaces; ``None`` when empty, too long or unprintable."""
    name = " ".join(text.split())
    if not name or len(name) > MAX_NAME_CHARS or not name.isprintable():
        return None
    return name


def is_birthday(text: str, *, lunar: bool = False) -> bool:
    """Whether ``MM-DD`` is a day of some year (29 February is; lunar months have 30 at most)."""
    match = _BIRTHDAY.fullmatch(text)
    if match is None:
        return False
    month, day = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        return False
    return 1 <= day <= (_LUNAR_DAYS if lunar else _DAYS[month - 1])


def tidy_sizes(sizes: dict[str, str]) -> dict[str, str] | None:
    """Sizes without outer spaces and empty ones; ``None`` when too many, too long, unprintable."""
    tidy = {key.strip(): value.strip() for key, value in sizes.items() if value.strip()}
    words = [*tidy, *tidy.values()]
    sound = all(word.isprintable() and 0 < len(word) <= MAX_SIZE_CHARS for word in words)
    return tidy if sound and len(tidy) <= MAX_SIZES else None


def bucket_of(member_id: int) -> int:
    """The member's lasting place 0–9999 for holdouts and experiments, evenly spread."""
    digest = hashlib.sha256(f"bucket:{member_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % BUCKETS
