"""What segments ask of a replica besides who is in them.  Pure, or run in a reading thread."""

from __future__ import annotations

import functools
import json
from datetime import date, timedelta
from typing import Final

import msgspec

from console import paths
from console.desk.types import Value
from console.domain import segments as domain
from console.domain.segment_sentence import Names
from console.domain.segments import (
    Answered,
    Asked,
    Bought,
    Noticed,
    Offered,
    Rule,
    Tagged,
    Visited,
)
from console.store import replica_members, replica_queries, scopes
from console.store.replica import Connection

COUNTED: Final = frozenset({"member", "member_tag", "purchase", "visit", "enquiry", "recipient",
                             "product", "campaign", "segment", "question_answer", "offer",
                             "coupon"})  # fmt: skip
"""Tables that a count may rest on."""
_FACTS: Final = {Tagged: "member_tag", Bought: "purchase", Visited: "visit", Asked: "enquiry",
                 Noticed: "recipient", Answered: "question_answer",
                 Offered: "coupon"}  # fmt: skip


class SegmentChoices(Value, frozen=True, kw_only=True):
    """What rules may name: what is in use in this shop.

    Attributes:
        sizes: by part (``top``), as members wear them.
        products, campaigns: id and name, the newest first; of products also the English one.
        questions: of campaigns that asked one: id, name and choices, the newest first.
        offers: of campaigns that offered something: id and name, the newest first.
    """

    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    sizes: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    products: tuple[tuple[int, str, str], ...] = ()
    campaigns: tuple[tuple[int, str], ...] = ()
    questions: tuple[tuple[int, str, tuple[str, ...]], ...] = ()
    offers: tuple[tuple[int, str], ...] = ()


def tables(rule: Rule) -> frozenset[str]:
    """The tables that decide about a rule."""
    leaves = list(domain.leaves(rule))
    found = {_FACTS[type(leaf)] for leaf in leaves if type(leaf) in _FACTS}
    found |= {"product" for leaf in leaves if isinstance(leaf, Bought | Asked)}
    found |= {"campaign" for leaf in leaves if isinstance(leaf, Noticed | Answered | Offered)}
    if any(isinstance(leaf, Offered) for leaf in leaves):
        found |= {"offer", "recipient"}
    return frozenset({"member", *found})


def read_choices(db: Connection) -> SegmentChoices:
    """What rules may name."""
    products = replica_queries.table_rows(db, "product")
    every = replica_queries.table_rows(db, "campaign")
    campaigns = [row for row in every if row.kind == "campaign" and row.started_at is not None]
    offering = {row.campaign_id for row in replica_queries.table_rows(db, "offer")}
    offering |= {row.parent_id for row in every if row.kind == "occurrence" and row.id in offering}
    sizes: dict[str, list[str]] = {}
    for part, size in replica_members.sizes_in_use(db):
        sizes.setdefault(part, []).append(size)
    return SegmentChoices(
        tags=tuple(replica_members.tags_in_use(db)),
        categories=tuple(dict.fromkeys(row.category for row in products if row.category)),
        sizes={part: tuple(found) for part, found in sizes.items()},
        products=tuple((row.id, row.name, row.name_en) for row in reversed(products)),
        campaigns=tuple((row.id, row.title) for row in reversed(campaigns)),
        questions=tuple(
            (row.id, row.title, tuple(row.content.question.choices))
            for row in reversed(campaigns)
            if row.content.question is not None
        ),
        offers=tuple((row.id, row.title) for row in reversed(campaigns) if row.id in offering),
    )


def reaches_back(rule: Rule, today: date) -> bool:
    """Whether it asks for recipients older than those a replica is sure to have.

    Whoever was offered something without claiming it is asked whenever that was.
    """
    leaves = list(domain.leaves(rule))
    if any(isinstance(leaf, Offered) and leaf.did == "unclaimed" for leaf in leaves):
        return True
    oldest = today - scopes.RECIPIENTS + timedelta(days=1)
    firsts = (leaf.when.days(today)[0] for leaf in leaves if isinstance(leaf, Noticed))
    return any(first is None or first < oldest for first in firsts)


def names(db: Connection, rule: Rule, language: str) -> Names:
    """What the rule's products, segments and campaigns are called."""
    leaves = list(domain.leaves(rule))
    asked = {number for leaf in leaves if isinstance(leaf, Bought | Asked)
             for number in leaf.items.products}  # fmt: skip
    products = replica_queries.by_ids(db, "product", sorted(asked))
    segments = replica_queries.by_ids(db, "segment", sorted(domain.used(rule)))
    named = {number for leaf in leaves if isinstance(leaf, Noticed) for number in leaf.campaigns}
    named |= {leaf.campaign for leaf in leaves if isinstance(leaf, Answered | Offered)}
    campaigns = replica_queries.by_ids(db, "campaign", sorted(named))
    return Names(
        {row.id: (row.name_en if language == "en" else "") or row.name for row in products},
        {row.id: row.name for row in segments},
        {row.id: row.title for row in campaigns},
        {row.id: row.content.question.choices for row in campaigns if row.content.question},
    )


@functools.cache
def phrases(language: str) -> dict[str, str]:
    """The phrases of a sentence, in ``zh`` or ``en``."""
    file = paths.resources() / "text" / f"segments.{language}.json"
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found
