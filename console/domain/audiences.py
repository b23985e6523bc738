"""Who of those a rule matches receives a campaign, in which variant, and why not.

Pure and cheap: asked for a whole shop at once, and again for every batch that is sent.
Standard library only.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from console.domain.members import BUCKETS

NOT_JOINED, NO_CHANNEL, OPTED_OUT = "not_joined", "no_channel", "opted_out"
BLOCKED, CAP, HOLDOUT, NO_VARIANT = "blocked", "cap", "holdout", "no_variant"
ERASED = "erased"
MERGED = "merged"
"""She had got it as somebody else who was merged into her before it was her turn."""
READ = "read"
"""She read the campaign before it was her turn to get it again, as one who had not."""
REACHED = "reached"
"""The same words came to her by another resend of the campaign before it was her turn."""
UNMISSED = (HOLDOUT, MERGED, READ, REACHED)
"""Reasons for which she need not get it later either."""
WATERFALL = (NOT_JOINED, NO_CHANNEL, OPTED_OUT, BLOCKED, CAP, HOLDOUT, NO_VARIANT)
"""Reasons in the order in which they are asked; the first one that holds is given."""
NOW_OR_NEVER = frozenset({NOT_JOINED, OPTED_OUT, BLOCKED, CAP, HOLDOUT})
"""Reasons asked again in the transaction that writes; the others were decided at freezing."""

AWAKE = timedelta(days=90)
"""Seen so lately, she will look again."""
HOLDOUT_PERCENT = 10
EXEMPT_TAGS = frozenset({"VIP"})
"""Members with such a tag are never held out, and are left out of the comparison."""
HOLDOUT_SETTING = "holdout_percent"
"""Key of the setting that says how many of a hundred get no marketing."""
EXEMPT_SETTING = "holdout_exempt"
"""Key of the setting with the tags whose members are never held out."""
_MOST_HELD = 50
CAPPED = "capped"
"""In a campaign's counts until it begins: so many of those pending had their week full when it
was frozen."""
JOINED = frozenset({"guest", "confirmed"})
"""States of members who have a phone page."""


class Person(NamedTuple):
    """What decides about one member.

    Attributes:
        state: ``member.state``; ``thread``: she has a conversation to write into.
        last_seen_at: when her page was open last, or when she joined.
        used: marketing notices she got in the week in which this one is sent.
        exempt: she has a tag that keeps her out of the holdout.
    """

    state: str
    thread: bool
    last_seen_at: datetime | None
    marketing: bool
    blocked: bool
    weekly_cap: int
    used: int = 0
    bucket: int = 0
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Holdout:
    """Which buckets get no marketing this quarter."""

    percent: int = HOLDOUT_PERCENT
    quarter: int = 0

    def holds(self, person: Person) -> bool:
        """Whether she is kept for comparison."""
        return not person.exempt and self.has(person.bucket)

    def has(self, bucket: int) -> bool:
        """Whether a bucket is among them."""
        return (bucket - self.first) % BUCKETS < self.buckets

    @property
    def buckets(self) -> int:
        """So many buckets are held out, from ``first`` on; after the last comes 0."""
        return self.percent * BUCKETS // 100

    @property
    def first(self) -> int:
        """The first of them."""
        return self.quarter * self.buckets % BUCKETS


def quarter_of(at: datetime, timezone: str) -> int:
    """Quarters since the year 0 on the shop's calendar: the holdout moves on with each."""
    local = at.astimezone(ZoneInfo(timezone))
    return local.year * 4 + (local.month - 1) // 3


def holdout_of(value: object, quarter: int) -> Holdout:
    """The holdout by its setting's value."""
    known = type(value) is int and 0 <= value <= _MOST_HELD
    return Holdout(value if known and type(value) is int else HOLDOUT_PERCENT, quarter)


def exempt_tags(value: object) -> list[str]:
    """Tags that keep a member out of the holdout, by the setting's value."""
    return [str(name) for name in (value if isinstance(value, list) else sorted(EXEMPT_TAGS))]


def is_awake(last_seen_at: datetime | None, now: datetime) -> bool:
    """Whether she was seen so lately that she will look again."""
    return last_seen_at is not None and now - last_seen_at <= AWAKE


def objection(person: Person, holdout: Holdout, now: datetime) -> str:
    """The first reason of the waterfall against writing to her; "": she will receive."""
    if person.state not in JOINED or not person.thread:
        return NOT_JOINED
    if not is_awake(person.last_seen_at, now):
        return NO_CHANNEL
    if not person.marketing:
        return OPTED_OUT
    if person.blocked:
        return BLOCKED
    if person.used >= person.weekly_cap:
        return CAP
    return HOLDOUT if holdout.holds(person) else ""


def objection_now(person: Person, holdout: Holdout | None) -> str:
    """What stands against writing at this very moment to one who was to receive it.

    ``holdout`` is that of this moment: between freezing and sending a quarter may begin.
    ``None``: service words (a correction), which neither cap nor holdout concern; nobody who
    opted out gets them either.
    """
    if person.state not in JOINED or not person.thread:
        return NOT_JOINED
    if not person.marketing:
        return OPTED_OUT
    if person.blocked:
        return BLOCKED
    if holdout is None:
        return ""
    if person.used >= person.weekly_cap:
        return CAP
    return HOLDOUT if holdout.holds(person) else ""


# --- variants -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """One variant: whom its rule matches (``None``: everybody) and what share of them it takes."""

    name: str
    matches: Collection[int] | None = None
    share: int = 100


def draw(salt: str, variant: str, member_id: int) -> int:
    """0–99, the same for ever for one member, variant and campaign, evenly spread."""
    digest = hashlib.blake2b(f"{salt}:{variant}:{member_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % 100


def choose(choices: Sequence[Choice], salt: str, member_id: int) -> str | None:
    """The first variant that takes her, so that nobody gets two; ``None``: none does."""
    for choice in choices:
        matched = choice.matches is None or member_id in choice.matches
        if matched and (choice.share >= 100 or draw(salt, choice.name, member_id) < choice.share):
            return choice.name
    return None


def takes_everybody(choices: Sequence[Choice]) -> bool:
    """Whether it is the first variant for each of them."""
    return bool(choices) and choices[0].matches is None and choices[0].share >= 100


def by_chance(shares: Iterable[int]) -> bool:
    """Whether variants of these shares are drawn: who gets which differs in nothing else then."""
    return any(share < 100 for share in shares)


# --- what becomes of them -----------------------------------------------------------------------


class Fate(NamedTuple):
    """What becomes of somebody; columns of a recipient."""

    state: str
    reason: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Members, each once, in the order in which it is their turn.

    Attributes:
        fates: what becomes of them.
        fate_of: the fate of each member, by its place in ``fates``.
    """

    member_ids: Sequence[int]
    fates: Sequence[Fate]
    fate_of: Sequence[int]

    @classmethod
    def alike(cls, member_ids: Sequence[int], fate: Fate) -> Audience:
        """Members of whom all become the same."""
        return cls(member_ids, [fate], [0] * len(member_ids))

    def numbers(self) -> dict[Fate, int]:
        """How many of each fate."""
        return {self.fates[place]: count for place, count in Counter(self.fate_of).items()}


def fate(reason: str, variant: str | None) -> Fate:
    """That of one of whom this objection and this variant were found."""
    if variant is None:
        return Fate("skipped", reason or NO_VARIANT)
    return Fate("pending", reason, variant)


def moved(counts: Mapping[str, int], steps: Mapping[str, int]) -> dict[str, int]:
    """Counts by state after some recipients went from one to another; zeroes are left out.

    What was known of the week when it was frozen is over then, unless ``steps`` say how it
    changed.
    """
    names = [*counts, *(name for name in steps if name not in counts)]
    after = {name: counts.get(name, 0) + steps.get(name, 0) for name in names}
    if CAPPED not in counts or CAPPED not in steps:
        after.pop(CAPPED, None)
    return {name: number for name, number in after.items() if number}


def still_open(counts: Mapping[str, int]) -> int:
    """How many recipients are not settled yet."""
    return counts.get("pending", 0) + counts.get("deferred", 0)


def to_receive(counts: Mapping[str, int], *, defer: bool) -> int:
    """How many of those who are open will get it, by their weeks as they were at freezing.

    ``defer``: whose week is full gets it in the next one.
    """
    return still_open(counts) - (0 if defer else counts.get(CAPPED, 0))
