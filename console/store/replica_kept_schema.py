"""The tables of what a replica keeps of what is over, and what takes it out again.

``store.replica_kept`` says what they are.  Triggers see every change of a row, whichever module
makes it, and both sides of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from console.domain.consent import MARKETING

_NEVER: Final = 1 << 62
_BOTH: Final = ("OLD", "NEW")
_LONGEST: Final = 2 * 86_400_000
"""No day of any clock is longer."""
_FACTS: Final = {
    "recipient": (("campaign_id", "member_id", "counted", "state", "reason"),
                  ("written_at", "read_at", "replied_at")),
    "hold": (("member_id",), ("at",)),
    "coupon": (("member_id", "offer_id"), ("issued_at", "redeemed_at")),
    "purchase": (("member_id",), ("at",)),
}  # fmt: skip
"""By table: whose fact it is, and its times: of what changes at one, only later sums know."""

_OF_VISITS: Final = {
    "visit": ("begins <= {0}.at AND ends > {0}.at", ("member_id", "at")),
    "member": (f"begins > coalesce({{0}}.joined_at, {_NEVER})",
               ("shop_id", "state", "joined_at", "blocked", "marketing", "bucket")),
    "consent": (f"""{{0}}.purpose = '{MARKETING}' AND begins >
                (SELECT coalesce(joined_at, {_NEVER}) FROM member WHERE id = {{0}}.member_id)""",  # noqa: S608 - our own
                ("member_id", "purpose", "granted", "at")),
}  # fmt: skip
"""By table: the months that a row of it counts in, and the columns that decide how.  A member
counts in those that began after she had joined, whatever she said first or says now.
"""


def _triggers() -> Iterator[str]:
    for table, (whose, times) in _FACTS.items():
        own = {"written_at": _its_campaign, "read_at": _her_days} if table == "recipient" else {}
        for event, sides in (("INSERT", ("NEW",)), ("DELETE", ("OLD",)), ("UPDATE", _BOTH)):
            whole = _later(sides, times) + "".join(forget(sides) for forget in own.values())
            yield _on(event, table, whole, _differs(*whose) if sides == _BOTH else "1")
        for each in times:
            then = _later(_BOTH, (each,)) + (own[each](_BOTH) if each in own else "")
            yield _on("UPDATE", table, then, _differs(each), each)
    coupons = "(SELECT min(issued_at) FROM coupon WHERE offer_id = NEW.id)"
    yield _on("INSERT", "offer", _forget(f"until >= coalesce({coupons}, {_NEVER})"))
    yield _on("DELETE", "offer", _forget("1"))
    yield _on("UPDATE", "offer", _forget("1"), _differs("campaign_id"))
    sent = "(SELECT min(written_at) FROM recipient WHERE campaign_id = NEW.id)"
    yield _on("INSERT", "campaign", _forget("campaign_id = NEW.id")
              + _forget(f"until >= coalesce({sent}, {_NEVER})"))  # fmt: skip
    yield _on("DELETE", "campaign", _forget("1"))
    yield _on("UPDATE", "campaign", _forget("1"), _differs("kind", "parent_id"))
    yield _on("UPDATE", "campaign", _forget("campaign_id = NEW.id"), _differs("started_at"), "at")
    for event, side in (("INSERT", "NEW"), ("DELETE", "OLD")):
        yield _on(event, "member_tag", _tagged(side))
    yield _on("UPDATE", "member_tag", _tagged("OLD") + _tagged("NEW"),
              _differs("member_id", "tag"))  # fmt: skip
    yield _on("INSERT", "member", _of_her("NEW"), "NEW.merged_into IS NOT NULL", "merged")
    yield _on("DELETE", "member", _of_her("OLD"), "OLD.merged_into IS NOT NULL", "merged")
    yield _on("UPDATE", "member", _of_her("OLD") + _of_her("NEW"), _differs("merged_into"),
              "merged")  # fmt: skip
    for table, (forget, columns) in _OF_VISITS.items():
        for event, sides in (("INSERT", ("NEW",)), ("DELETE", ("OLD",)), ("UPDATE", _BOTH)):
            then = "".join(_forget(forget.format(side), "kept_visits") for side in sides)
            yield _on(event, table, then, _differs(*columns) if sides == _BOTH else "1", "visits")


def _tagged(side: str) -> str:
    tagged = f"EXISTS (SELECT 1 FROM json_each(tags) WHERE value = {side}.tag)"  # noqa: S608 - our own
    return _forget(tagged) + _forget(tagged, "kept_visits")


def _of_her(side: str) -> str:
    """Campaigns that she got under any of her names: who was merged is one with her heir."""
    return _forget(f"""campaign_id IN (SELECT campaign_id FROM recipient WHERE member_id IN (
        WITH RECURSIVE called (id) AS (
          VALUES ({side}.id), ({side}.merged_into)
          UNION SELECT m.id FROM called JOIN member AS m ON m.merged_into = called.id
          UNION SELECT m.merged_into FROM called JOIN member AS m ON m.id = called.id)
        SELECT id FROM called WHERE id IS NOT NULL))""")  # noqa: S608 - our own


def _on(event: str, table: str, then: str, when: str = "1", name: str = "row") -> str:
    return (f"CREATE TRIGGER kept_{table}_{event.lower()}_{name} AFTER {event} ON {table}"
            f" WHEN {when} BEGIN {then} END")  # fmt: skip


def _differs(*columns: str) -> str:
    return " OR ".join(f"OLD.{each} IS NOT NEW.{each}" for each in columns)


def _forget(which: str, table: str = "kept_campaign") -> str:
    return f"DELETE FROM {table} WHERE {which}; "  # noqa: S608 - words of our own


def _later(sides: tuple[str, ...], times: tuple[str, ...]) -> str:
    """Sums that know of the first of these times."""
    found = [f"coalesce({side}.{each}, {_NEVER})" for side in sides for each in times]
    return _forget(f"until >= min({_NEVER}, {', '.join(found)})")


def _its_campaign(sides: tuple[str, ...]) -> str:
    return "".join(_forget(f"campaign_id = {side}.campaign_id") for side in sides)


def _her_days(sides: tuple[str, ...]) -> str:
    """Readers of the days on which she read."""
    days = "begins > {0}.read_at - {1} AND begins <= {0}.read_at AND ends > {0}.read_at"
    return "".join(_forget(days.format(side, _LONGEST), "kept_readers") for side in sides)


SCHEMA: Final = (
    # ``bought``: four numbers, or none where nobody is here to be compared.
    """CREATE TABLE kept_campaign (campaign_id INTEGER PRIMARY KEY, until INTEGER NOT NULL,
       window_ms INTEGER NOT NULL, tags TEXT NOT NULL, written INTEGER NOT NULL,
       held INTEGER NOT NULL, bought TEXT NOT NULL)""",
    "CREATE INDEX kept_campaign_until ON kept_campaign (until)",
    """CREATE TABLE kept_readers (begins INTEGER PRIMARY KEY, ends INTEGER NOT NULL,
       members BLOB NOT NULL)""",
    # ``held_out``: the first bucket and how many; ``sums``: six numbers, three of each group.
    """CREATE TABLE kept_visits (begins INTEGER NOT NULL, shop_id INTEGER NOT NULL,
       ends INTEGER NOT NULL, held_out TEXT NOT NULL, tags TEXT NOT NULL, sums TEXT NOT NULL,
       PRIMARY KEY (begins, shop_id)) WITHOUT ROWID""",
    *_triggers(),
)
