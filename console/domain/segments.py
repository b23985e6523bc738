"""Segments: which members a rule means.  Standard library only.

A rule is a tree: groups (``all``, ``any``, ``none`` of their parts) over leaves, each asking one
thing about a member.  Here are its parts and limits; ``segment_json`` reads and writes it,
``segment_matching`` asks it of one member, ``segment_sentence`` says it in words and
``store.segment_query`` asks it of a database.

A segment never holds a member who was merged into another or erased, whatever the rule says.
Members who never joined, guests and blocked ones are in it: whom a campaign may reach is
decided afterwards, with a reason for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from console.domain.birthdays import Calendar, Window
from console.domain.members import BUCKETS
from console.domain.merging import TIERS
from console.domain.spans import Span, When

MAX_DEPTH = 8
"""Groups within groups, the outermost included."""
MAX_LEAVES = 100
MAX_EXPANDED = 400
"""Leaves of a rule with those of the saved segments it uses; what a leaf asks a database for
counts as one for each ``MAX_VALUES``: a list's members, the days of a birthday."""
MAX_NESTED = 24
"""Groups within groups, with those of the saved segments."""
MAX_VALUES = 50
_BIRTHDAY_VALUES = 2 * 366
"""The days of a year in both calendars: as many as a birthday may be looked up among."""
MAX_LISTED = 4_000
"""Members of a list picked by hand or imported."""
MAX_NAME_CHARS = 40
GONE_STATES = frozenset({"merged", "erased"})
CHOICES: dict[str, tuple[str, ...]] = {
    "gender": ("f", "m", ""), "tier": TIERS, "state": ("known", "guest", "confirmed"),
}  # fmt: skip
"""What a member may be, by column; gender "" is not known."""
DATED = ("joined", "created", "seen")
WEARERS = ("f", "m", "u")
"""Whom a product is made for: women, men, everybody."""

Operation: TypeAlias = Literal["all", "any", "none"]
OPERATIONS: tuple[Operation, ...] = ("all", "any", "none")
Deed: TypeAlias = Literal["received", "read", "unread", "answered"]
DEEDS: tuple[Deed, ...] = ("received", "read", "unread", "answered")
Claim: TypeAlias = Literal["claimed", "redeemed", "unclaimed"]
CLAIMS: tuple[Claim, ...] = ("claimed", "redeemed", "unclaimed")
ALWAYS: When = Span()


class Fault(ValueError):  # noqa: N818 - it says what is wrong with a rule
    """A rule that cannot be.

    Attributes:
        code: ``invalid``, ``too_deep``, ``too_many``, ``cycle``, ``missing`` or ``nobody`` (a list
            of numbers that are no member's).
        path: what is wrong, as one would write it: ``all[1].when.from``.
    """

    def __init__(self, code: str, path: str) -> None:
        super().__init__(f"{code}: {path}")
        self.code = code
        self.path = path


@dataclass(frozen=True, slots=True)
class Range:
    """From the least to the most, both included; ``None`` is open."""

    least: int | None = None
    most: int | None = None

    def holds(self, value: int) -> bool:
        """Whether a number lies in it."""
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )


@dataclass(frozen=True, slots=True)
class Items:
    """Which products; every condition that is given must hold, none means any product."""

    categories: tuple[str, ...] = ()
    products: tuple[int, ...] = ()
    wearer: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """``gender``, ``tier`` or ``state`` is one of these."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marketing:
    """Whether she agreed to marketing notices."""

    granted: bool


@dataclass(frozen=True, slots=True)
class Dated:
    """``joined``, ``created`` (came into the shop's list) or last ``seen`` on her phone then."""

    column: str
    when: When


@dataclass(frozen=True, slots=True)
class Sized:
    """Her size of a part (``top``) is one of these."""

    part: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """Staff gave her one of these tags."""

    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """So many points."""

    amount: Range


@dataclass(frozen=True, slots=True)
class Birthday:
    """Her birthday is kept in the window; ``calendar``: only of those who use that one."""

    window: Window
    calendar: Calendar = "any"


@dataclass(frozen=True, slots=True)
class Bought:
    """What she bought in a span: so many pieces, for so much (cents).

    Without either, at least one purchase.  "At most 2 pieces" holds for who bought nothing.
    """

    items: Items = Items()
    when: When = ALWAYS
    pieces: Range | None = None
    amount: Range | None = None


@dataclass(frozen=True, slots=True)
class Visited:
    """How often she came in a span; without ``times``, at least once."""

    when: When = ALWAYS
    times: Range | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """How often she asked about such products in a span; without ``times``, at least once."""

    items: Items = Items()
    when: When = ALWAYS
    times: Range | None = None


@dataclass(frozen=True, slots=True)
class Noticed:
    """What she did with so many marketing notices written to her in a span.

    ``did``: ``received`` any, ``read`` it, left it ``unread`` (one taken back unread is not), or
    ``answered`` it.  Of these ``campaigns``, with their resends and weekly occurrences; none
    means any.  Without ``times``, at least one.
    """

    did: Deed
    campaigns: tuple[int, ...] = ()
    when: When = ALWAYS
    times: Range | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """She answered the question of a campaign, or of an occurrence of it.

    With ``choices`` (places from 0): by one of these.
    """

    campaign: int
    choices: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """What became of the offer of a campaign, or of an occurrence of it.

    ``did``: she ``claimed`` a coupon (whether it was used, expired or voided since), claimed one
    that was ``redeemed``, or was offered it and left it ``unclaimed``.
    """

    campaign: int
    did: Claim = "claimed"


@dataclass(frozen=True, slots=True)
class Listed:
    """Members picked by hand or imported, by their ids; who was merged is there as her heir."""

    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """Whoever is in another saved segment."""

    segment_id: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """Her lasting place lies in this part of 0–9999: holdouts and A/B halves."""

    first: int
    last: int = BUCKETS - 1


Leaf: TypeAlias = (
    Choice | Marketing | Dated | Sized | Tagged | Points | Birthday | Bought | Visited | Asked
    | Noticed | Answered | Offered | Listed | Saved | Bucket
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """``all`` of its parts hold, ``any`` of them, or ``none``; ``all`` of nothing: everybody."""

    operation: Operation
    parts: tuple[Rule, ...] = ()


Rule: TypeAlias = Group | Leaf
EVERYBODY = Group("all")
NOBODY = Group("any")


def leaves(rule: Rule) -> Iterator[Leaf]:
    """Every leaf, from left to right."""
    if isinstance(rule, Group):
        for part in rule.parts:
            yield from leaves(part)
    else:
        yield rule


def used(rule: Rule) -> frozenset[int]:
    """Ids of the saved segments that the rule names itself."""
    return frozenset(leaf.segment_id for leaf in leaves(rule) if isinstance(leaf, Saved))


def expanded(rule: Rule, saved: Mapping[int, Rule]) -> Rule:
    """The rule with the saved segments it uses written out.

    Raises ``Fault``: ``missing`` when one is not in ``saved``, ``cycle`` when one uses itself,
    ``too_many`` or ``too_deep`` when more comes out than a database can be asked.
    """
    return _Expansion(saved).of(rule, (), 0)


def _values(leaf: Leaf) -> int:
    """How many values, beyond ``MAX_VALUES``, a database is asked for at most."""
    if isinstance(leaf, Birthday):
        return _BIRTHDAY_VALUES
    return len(leaf.members) if isinstance(leaf, Listed) else 0


class _Expansion:
    """One expansion, which may only grow so far."""

    def __init__(self, saved: Mapping[int, Rule]) -> None:
        self._saved = saved
        self._left = MAX_EXPANDED

    def of(self, rule: Rule, inside: tuple[int, ...], depth: int) -> Rule:
        if isinstance(rule, Group):
            if depth == MAX_NESTED:
                raise Fault("too_deep", "segment")
            parts = tuple(self.of(part, inside, depth + 1) for part in rule.parts)
            return replace(rule, parts=parts)
        self._left -= 1 + _values(rule) // MAX_VALUES
        if self._left < 0:
            raise Fault("too_many", "segment")
        return self._saved_rule(rule, inside, depth) if isinstance(rule, Saved) else rule

    def _saved_rule(self, leaf: Saved, inside: tuple[int, ...], depth: int) -> Rule:
        number = leaf.segment_id
        if number in inside:
            raise Fault("cycle", f"segment {number}")
        if number not in self._saved:
            raise Fault("missing", f"segment {number}")
        return self.of(self._saved[number], (*inside, number), depth)
