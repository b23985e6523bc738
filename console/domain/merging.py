"""What becomes of two members who are one person.  Standard library only.

Used by the relay when it merges and by the console for the preview, so that what was shown
is what happens.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Protocol

UNDO_WITHIN = timedelta(days=30)
TAKEABLE = ("display_name", "phone", "birthday", "sizes", "remark")
"""Fields of which the one who goes may be preferred."""
_COLUMN = {field: "name" if field == "display_name" else field for field in TAKEABLE}
TIERS = ("basic", "silver", "gold")
"""Lowest first."""


class Person(Protocol):
    """The facts of a member that a merge looks at; ``wire.rows.MemberRow`` has them all."""

    @property
    def name(self) -> str: ...
    @property
    def pinyin(self) -> str: ...
    @property
    def initials(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def gender(self) -> str: ...
    @property
    def tier(self) -> str: ...
    @property
    def points(self) -> int: ...
    @property
    def birthday(self) -> str: ...
    @property
    def birthday_lunar(self) -> bool: ...
    @property
    def sizes(self) -> dict[str, str]: ...
    @property
    def remark(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def blocked(self) -> bool: ...
    @property
    def weekly_cap(self) -> int: ...
    @property
    def joined_at(self) -> datetime | None: ...
    @property
    def last_seen_at(self) -> datetime | None: ...
    @property
    def last_visit_at(self) -> datetime | None: ...
    @property
    def created_at(self) -> datetime | None: ...


def merged_facts(keep: Person, gone: Person, take: frozenset[str]) -> dict[str, Any]:
    """The columns of ``keep`` after the merge: her own facts, completed by the other's.

    Fields named in ``take`` come from ``gone`` unless she has none.  Points add up; the higher
    tier, the lower weekly cap, the earliest beginning and the latest sign of life count.
    Consent for marketing is not decided here: the ledger says.
    """
    chosen = {
        field: _preferred(keep, gone, field in take, column) for field, column in _COLUMN.items()
    }
    named, born = chosen["display_name"], chosen["birthday"]
    seen = (keep.last_seen_at, gone.last_seen_at)
    visited = (keep.last_visit_at, gone.last_visit_at)
    return {
        "name": named.name, "pinyin": named.pinyin, "initials": named.initials,
        "phone": chosen["phone"].phone,
        "gender": keep.gender or gone.gender,
        "tier": max(keep.tier, gone.tier, key=_rank),
        "points": keep.points + gone.points,
        "birthday": born.birthday, "birthday_lunar": born.birthday_lunar,
        "sizes": chosen["sizes"].sizes,
        "remark": chosen["remark"].remark,
        "state": merged_state(keep.state, gone.state),
        "blocked": keep.blocked or gone.blocked,
        "weekly_cap": min(keep.weekly_cap, gone.weekly_cap),
        "joined_at": _first(keep.joined_at, gone.joined_at),
        "last_seen_at": max((at for at in seen if at), default=None),
        "last_visit_at": max((at for at in visited if at), default=None),
        "created_at": _first(keep.created_at, gone.created_at),
    }  # fmt: skip


def merged_state(keep: str, gone: str) -> str:
    """A number nobody vouched for stays claimed; a known one with a phone is confirmed."""
    if keep == gone:
        return keep
    return "confirmed"


def _preferred(keep: Person, gone: Person, taken: bool, field: str) -> Person:
    first, second = (gone, keep) if taken else (keep, gone)
    return first if getattr(first, field) or not getattr(second, field) else second


def _rank(tier: str) -> int:
    return TIERS.index(tier) if tier in TIERS else -1


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at), default=None)
