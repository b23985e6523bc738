"""A segment's rule as one SQL expression over members, for SQLite and PostgreSQL.

The relay runs it on its connection; a replica, whose tables have the same names and columns,
runs its text and parameters (``as_text``).  It says exactly what
``domain.segment_matching.matches`` says; the property tests hold them together.

Every part is true or false, never NULL: ``none`` of a date that is missing must hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects import sqlite

from console.domain.birthdays import kept_between
from console.domain.segments import (
    GONE_STATES,
    Answered,
    Asked,
    Birthday,
    Bought,
    Bucket,
    Choice,
    Dated,
    Group,
    Items,
    Leaf,
    Listed,
    Marketing,
    Noticed,
    Offered,
    Points,
    Range,
    Rule,
    Sized,
    Tagged,
    Visited,
)
from console.store import segment_campaigns, tables
from console.store.dialect import json_each_text
from console.store.segment_terms import Clock, Condition, bound, numbers, one_of, within

_REPLICA = sqlite.dialect(paramstyle="named")
_member = tables.member


def condition(rule: Rule, today: date, zone: tzinfo) -> Condition:
    """Whether a row of ``member`` is in the segment.

    The rule must be ``segments.expanded``: a leaf that names another segment raises ``KeyError``.
    """
    here = _member.c.state.not_in(bound(_member.c.state, sorted(GONE_STATES)))
    return and_(here, _part(rule, Clock(today, zone), narrowed=False).holds)


def ids(rule: Rule, today: date, zone: tzinfo, after: int = 0) -> Select[int]:
    """Ids of the segment's members behind ``after``, in order."""
    found = select(_member.c.id).where(condition(rule, today, zone)).order_by(_member.c.id)
    return found.where(_member.c.id > after) if after else found


def count(rule: Rule, today: date, zone: tzinfo) -> Select[int]:
    """How many members the segment has."""
    return select(func.count()).select_from(_member).where(condition(rule, today, zone))


def as_text(statement: Select[Any]) -> tuple[str, dict[str, Any]]:
    """The statement for a replica: SQL of SQLite and its named parameters."""
    compiled = statement.compile(dialect=_REPLICA)
    values = dict(compiled.construct_params())
    for bind, name in compiled.bind_names.items():
        process = bind.type.dialect_impl(_REPLICA).bind_processor(_REPLICA)
        if process is not None:
            values[name] = process(values[name])
    return compiled.string, values


@dataclass(frozen=True, slots=True)
class _Part:
    """A rule's condition, and where the database should come to it.

    Attributes:
        cost: 0 looks at the member's own row, 1 looks her up in a set that is made once, 2 asks
            another table about each member.
        rows: the set of member ids, when the condition is to be one of it.
    """

    holds: Condition
    cost: int = 0
    rows: Select[Any] | None = None


def _part(rule: Rule, clock: Clock, narrowed: bool) -> _Part:
    if not isinstance(rule, Group):
        return _leaf(rule, clock, narrowed)
    if rule.operation == "all":
        few = [part for part in rule.parts if _narrows(part)]
        parts = [_part(part, clock, narrowed or (few not in ([], [part]))) for part in rule.parts]
        holds = and_(true(), *_in_order(parts))
    else:
        parts = _united([_part(part, clock, narrowed) for part in rule.parts])
        found = or_(false(), *_in_order(parts))
        holds = found if rule.operation == "any" else not_(found)
    return _Part(holds, max((part.cost for part in parts), default=0))


def _leaf(leaf: Leaf, clock: Clock, narrowed: bool) -> _Part:
    if isinstance(leaf, Bought | Visited | Asked):
        return _deeds(leaf, clock, narrowed)
    if isinstance(leaf, Noticed):
        return _noticed(leaf, clock, narrowed)
    if isinstance(leaf, Tagged):
        return _tagged(leaf)
    if isinstance(leaf, Answered):
        return _in_set(segment_campaigns.answers(leaf))
    if isinstance(leaf, Offered):
        return _offered(leaf)
    return _Part(_ASK[type(leaf)](leaf, clock))


def _in_order(parts: Sequence[_Part]) -> list[Condition]:
    """The cheap ones first: what they decide nobody asks the others."""
    return [part.holds for part in sorted(parts, key=lambda part: part.cost)]


def _united(parts: Sequence[_Part]) -> list[_Part]:
    """Sets of which one is enough become one set, which is a way to the members by itself."""
    sets = [part.rows for part in parts if part.rows is not None]
    if len(sets) < 2:
        return list(parts)
    one = _Part(_member.c.id.in_(union_all(*sets)), 1)
    return [one, *(part for part in parts if part.rows is None)]


def _narrows(rule: Rule) -> bool:
    """Whether it leaves few enough members to ask about each of them."""
    if isinstance(rule, Group):
        each = any if rule.operation == "all" else all
        return rule.operation != "none" and each(_narrows(part) for part in rule.parts)
    if isinstance(rule, Asked):
        return rule.times is None or not rule.times.holds(0)
    if isinstance(rule, Offered):
        return rule.did != "unclaimed"
    return isinstance(rule, Tagged | Birthday | Listed | Answered)


def _dated(leaf: Dated, clock: Clock) -> Condition:
    column = _member.c[_MOMENT[leaf.column]]
    return and_(column.is_not(None), *clock.inside(column, leaf.when))


_MOMENT = {"joined": "joined_at", "created": "created_at", "seen": "last_seen_at"}


def _sized(leaf: Sized, _: Clock) -> Condition:
    size = json_each_text(_member.c.sizes).table_valued("key", "value")
    fits = select(size.c.key).where(size.c.key == leaf.part, one_of(size.c.value, leaf.values))
    return exists(fits)


def _tagged(leaf: Tagged) -> _Part:
    tag = tables.member_tag
    return _in_set(select(tag.c.member_id).where(one_of(tag.c.tag, leaf.tags)))


def _offered(leaf: Offered) -> _Part:
    held = segment_campaigns.coupons(leaf)
    if leaf.did != "unclaimed":
        return _in_set(held)
    told = segment_campaigns.offered(leaf)
    return _Part(and_(_member.c.id.in_(told), _member.c.id.not_in(held)), 1)


def _birthday(leaf: Birthday, clock: Clock) -> Condition:
    solar, lunar = kept_between(leaf.window, clock.today)
    either: list[Condition] = []
    if leaf.calendar != "lunar" and solar:
        either.append(and_(not_(_member.c.birthday_lunar), _kept(solar)))
    if leaf.calendar != "solar" and lunar:
        either.append(and_(_member.c.birthday_lunar, _kept(lunar)))
    return or_(false(), *either)


def _kept(days: frozenset[str]) -> Condition:
    return one_of(_member.c.birthday, sorted(days))


def _listed(leaf: Listed) -> Condition:
    """Those of the list, and in the place of who was merged the one she was merged into."""
    gone = _member.alias()
    heirs = select(gone.c.merged_into.label("id")).where(
        numbers(gone.c.id, leaf.members), gone.c.merged_into.is_not(None)
    )
    found = heirs.cte(recursive=True)
    further = select(gone.c.merged_into).where(
        gone.c.id == found.c.id, gone.c.merged_into.is_not(None)
    )
    every = found.union(further)
    return or_(numbers(_member.c.id, leaf.members), _member.c.id.in_(select(every.c.id)))


# --- what members did ---------------------------------------------------------------------


def _deeds(leaf: Bought | Visited | Asked, clock: Clock, narrowed: bool) -> _Part:
    """Rows of another table add up to what is asked; asked nothing, there is one.

    Few rows (of some products, or questions) and sums of all are best made a set of members
    once, unless few members are left to be asked about; whether one of many rows is there is
    best looked up for each member.
    """
    table = _TABLE[type(leaf)]
    where = clock.inside(table.c.at, leaf.when)
    items = Items() if isinstance(leaf, Visited) else leaf.items
    where += _fitting(table, items)
    few = isinstance(leaf, Asked) or bool(items.categories or items.products)
    totals = _totals(leaf, table)
    if narrowed or not (few or totals):
        return _each(table, where, totals)
    return _gathered(table, where, totals)


_TABLE: dict[type[Leaf], Table] = {
    Bought: tables.purchase, Visited: tables.visit, Asked: tables.enquiry,
}  # fmt: skip
_Totals = list[tuple[ColumnElement[Any], Range]]


def _totals(leaf: Bought | Visited | Asked, table: Table) -> _Totals:
    if not isinstance(leaf, Bought):
        return [] if leaf.times is None else [(func.count(), leaf.times)]
    sums = ((table.c.quantity, leaf.pieces), (table.c.amount, leaf.amount))
    return [(func.sum(column), bounds) for column, bounds in sums if bounds is not None]


def _gathered(table: Table, where: Sequence[Condition], totals: _Totals) -> _Part:
    """Who has no row adds up to nothing: when that is enough, the others are left out."""
    rows = select(table.c.member_id).where(*where)
    if not totals:
        return _in_set(rows)
    fits = and_(true(), *(within(total, bounds) for total, bounds in totals))
    grouped = rows.group_by(table.c.member_id)
    if all(bounds.holds(0) for _, bounds in totals):
        return _Part(_member.c.id.not_in(grouped.having(not_(fits))), 1)
    return _in_set(grouped.having(fits))


def _in_set(rows: Select[Any]) -> _Part:
    return _Part(_member.c.id.in_(rows), 1, rows)


def _each(table: Table, where: Sequence[Condition], totals: _Totals) -> _Part:
    own = (table.c.member_id == _member.c.id, *where)
    if not totals:
        return _Part(exists(select(table.c.id).where(*own).correlate(_member)), 2)
    found = [
        (func.coalesce(select(total).where(*own).correlate(_member).scalar_subquery(), 0), bounds)
        for total, bounds in totals
    ]
    return _Part(and_(true(), *(within(total, bounds) for total, bounds in found)), 2)


def _noticed(leaf: Noticed, clock: Clock, narrowed: bool) -> _Part:
    table = tables.recipient
    where = segment_campaigns.notices(leaf) + clock.inside(table.c.written_at, leaf.when)
    totals: _Totals = [] if leaf.times is None else [(func.count(), leaf.times)]
    if narrowed or not (leaf.campaigns or totals):
        return _each(table, where, totals)
    return _gathered(table, where, totals)


def _fitting(table: Table, items: Items) -> list[Condition]:
    """What the row is about is such a product."""
    product = tables.product
    found: list[Condition] = []
    if items.products:
        found.append(numbers(table.c.product_id, items.products))
    kinds: list[Condition] = []
    if items.categories:
        kinds.append(one_of(product.c.category, items.categories))
    if items.wearer:
        kinds.append(product.c.gender == items.wearer)
    if kinds:
        found.append(table.c.product_id.in_(select(product.c.id).where(*kinds)))
    return found


_ASK: dict[type[Leaf], Callable[[Any, Clock], Condition]] = {
    Choice: lambda leaf, _: one_of(_member.c[leaf.column], leaf.values),
    Marketing: lambda leaf, _: _member.c.marketing if leaf.granted else not_(_member.c.marketing),
    Dated: _dated,
    Sized: _sized,
    Points: lambda leaf, _: within(_member.c.points, leaf.amount),
    Birthday: _birthday,
    Listed: lambda leaf, _: _listed(leaf),
    Bucket: lambda leaf, _: _member.c.bucket.between(leaf.first, leaf.last),
}
