"""Whom a campaign is for: the members its rule matches, each with what stands against her.

Asked for a whole shop when a campaign is frozen; set-wise, so that it takes a moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    type_coerce,
)

from console.domain import audiences
from console.domain.audiences import Audience, Choice, Holdout, Person
from console.domain.campaigns import week_of
from console.domain.segment_parsing import parse
from console.domain.segments import GONE_STATES, Fault, expanded
from console.relay.handlers import segments
from console.relay.handlers.campaign_people import family, first_of
from console.store import opening, reading, segment_query, tables
from console.store.dialect import listed, one_of, one_of_named
from console.store.row_codec import from_ms, to_ms
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignRow
from console.wire.segment_faults import refusal

_OPEN: Final = frozenset({"", audiences.CAP})
"""Objections with which she may receive it all the same."""


def timezone_of(tx: Transaction, shop_id: int) -> str:
    """Where the shop stands."""
    shop = tables.shop
    return str(tx.connection.scalar(select(shop.c.timezone).where(shop.c.id == shop_id)))


def condition(tx: Transaction, row: CampaignRow) -> ColumnElement[bool]:
    """Whether a row of ``member`` is meant.  Raises ``segment.*`` for what is no rule."""
    member, rule = tables.member, row.rule
    here = and_(member.c.shop_id == row.shop_id, member.c.state.not_in(sorted(GONE_STATES)))
    if row.kind == "resend":
        meant = _left_over(tx, row)
        # Who was merged since is written to as who she is now.
        gone = member.alias()
        heirs = select(gone.c.merged_into).where(gone.c.id.in_(meant))
        heirs = heirs.where(gone.c.merged_into.is_not(None))
        return and_(here, or_(member.c.id.in_(meant), member.c.id.in_(heirs)))
    return here if rule is None else and_(here, check_rule(tx, rule, row.shop_id))


def check_rule(tx: Transaction, rule: Any, shop_id: int) -> ColumnElement[bool]:
    """The rule as a condition on ``member``.  Raises ``segment.*``."""
    try:
        tree = expanded(parse(rule), segments.rules(tx))
    except Fault as fault:
        raise refusal(fault) from fault
    zone = ZoneInfo(timezone_of(tx, shop_id))
    return segment_query.condition(tree, tx.now.astimezone(zone).date(), zone)


def check_rules(tx: Transaction, row: CampaignRow) -> None:
    """Raise ``segment.*`` when a rule of a campaign cannot be asked (any more)."""
    condition(tx, row)
    for variant in row.content.variants:
        if variant.rule is not None:
            check_rule(tx, variant.rule, row.shop_id)


def _left_over(tx: Transaction, row: CampaignRow) -> Select[Any]:
    """Those of another campaign who were not reached (by a resend neither), or did not read it."""
    recipient, rule = tables.recipient, row.rule
    ours = select(recipient.c.member_id).where(recipient.c.campaign_id == rule["campaign"])
    if rule["to"] == "unread":
        return ours.where(recipient.c.state == "written", recipient.c.read_at.is_(None))
    unmissed = recipient.c.reason.in_(audiences.UNMISSED)
    named = family(tx, first_of(tx, row).id)
    reached = select(recipient.c.member_id).where(
        recipient.c.campaign_id.in_(named), tables.RECIPIENT_WRITTEN
    )
    return ours.where(
        recipient.c.state.in_(("skipped", "cancelled")), ~unmissed,
        recipient.c.member_id.not_in(reached),
    )  # fmt: skip


def used(tx: Transaction, member_ids: Collection[int] | None, week: tuple[datetime, datetime]
         ) -> dict[int, int]:  # fmt: skip
    """How many counted notices each got in that week; ``None``: of everybody."""
    name = tx.connection.dialect.name
    given = {} if member_ids is None else {"ids": listed(name, member_ids)}
    query = _used_query(name, everybody=member_ids is None)
    found = reading.numbers(tx.connection, query, since=week[0], until=week[1], **given)
    return {row[0]: row[1] for row in found}


@cache
def _used_query(dialect_name: str, *, everybody: bool) -> Select[Any]:
    """Asked in every slice of a campaign: built once."""
    recipient = tables.recipient
    when = recipient.c.written_at
    since, until = (bindparam(name, type_=when.type) for name in ("since", "until"))
    query = (
        select(recipient.c.member_id, func.count())
        .where(tables.RECIPIENT_COUNTED, when >= since, when < until)
        .group_by(recipient.c.member_id)
    )
    if not everybody:
        query = query.where(one_of_named(dialect_name, recipient.c.member_id, "ids"))
    return reading.prepared(dialect_name, query)


class _People(NamedTuple):
    """Facts about members, in the order of their ids, a column each; ``seen`` in milliseconds."""

    ids: list[int]
    states: list[str]
    threads: list[int]
    seen: list[int | None]
    marketing: list[int]
    blocked: list[int]
    caps: list[int]
    buckets: list[int]

    def person(self, place: int, used: int, *, exempt: bool) -> Person:
        """One of them."""
        seen = self.seen[place]
        return Person(
            self.states[place], bool(self.threads[place]), None if seen is None else from_ms(seen),
            bool(self.marketing[place]), bool(self.blocked[place]), self.caps[place], used,
            self.buckets[place], exempt,
        )  # fmt: skip


def _people(tx: Transaction, meant: ColumnElement[bool]) -> _People:
    member, thread = tables.member, tables.conversation
    seen = func.coalesce(member.c.last_seen_at, member.c.joined_at)
    query = (
        select(member.c.id, member.c.state, thread.c.id.is_not(None).label("thread"),
               type_coerce(seen, BigInteger).label("seen"), member.c.marketing, member.c.blocked,
               member.c.weekly_cap, member.c.bucket)
        .select_from(member.outerjoin(thread, thread.c.member_id == member.c.id))
        .where(meant)
        .order_by(member.c.id)
    )  # fmt: skip
    return _People(*reading.columns(tx.connection, query))


def exempt(tx: Transaction, among: Collection[int] | None = None) -> set[int]:
    """Members (of these) who are never held out."""
    if among is not None and not among:
        return set()
    tag = tables.member_tag
    names = audiences.exempt_tags(opening.setting(tx.connection, audiences.EXEMPT_SETTING))
    query = select(tag.c.member_id).where(tag.c.tag.in_(names))
    if among is not None:
        query = query.where(one_of(tx.connection, tag.c.member_id, among))
    return set(tx.connection.scalars(query))


def holdout_at(tx: Transaction, at: datetime, timezone: str) -> Holdout:
    """Who is held out at that moment: they are others in each quarter."""
    percent = opening.setting(tx.connection, audiences.HOLDOUT_SETTING)
    return audiences.holdout_of(percent, audiences.quarter_of(at, timezone))


def _choices(tx: Transaction, row: CampaignRow) -> list[Choice]:
    member = tables.member

    def matches(rule: Any) -> frozenset[int] | None:
        if rule is None:
            return None
        query = select(member.c.id).where(check_rule(tx, rule, row.shop_id))
        return frozenset(*reading.columns(tx.connection, query))

    return [Choice(each.name, matches(each.rule), each.share) for each in row.content.variants]


def _objections(
    people: _People, spent: dict[int, int], spared: set[int], holdout: Holdout, now: datetime
) -> Iterator[str]:
    """What stands against each of them.

    A whole shop is of some dozens of kinds: the rule is asked about one of each.
    """
    awake_from = to_ms(now - audiences.AWAKE)
    awake = [seen is not None and seen >= awake_from for seen in people.seen]
    held = {bucket: holdout.has(bucket) for bucket in set(people.buckets)}
    kinds = list(zip(
        people.states, people.threads, awake, people.marketing, people.blocked, people.caps,
        [spent.get(who, 0) for who in people.ids], map(held.__getitem__, people.buckets),
        map(spared.__contains__, people.ids), strict=True,
    ))  # fmt: skip
    one_of_each = dict(zip(kinds, range(len(kinds)), strict=True))
    found = {}
    for kind, place in one_of_each.items():
        who = people.ids[place]
        person = people.person(place, spent.get(who, 0), exempt=who in spared)
        found[kind] = audiences.objection(person, holdout, now)
    return map(found.__getitem__, kinds)


def audience_of(tx: Transaction, row: CampaignRow) -> Audience:
    """What becomes of every member that the rule matches."""
    timezone = timezone_of(tx, row.shop_id)
    sent_at = max(tx.now, row.due_at or tx.now)
    spent = used(tx, None, week_of(sent_at, timezone))
    first = first_of(tx, row)
    choices, salt = _choices(tx, row), str(first.parent_id or first.id)
    people = _people(tx, condition(tx, row))
    holdout = holdout_at(tx, sent_at, timezone)
    reasons = _objections(people, spent, exempt(tx), holdout, tx.now)
    same = audiences.choose(choices, salt, 0) if audiences.takes_everybody(choices) else None
    kinds: dict[tuple[str, str | None], int] = {}
    kind_of = []
    for who, reason in zip(people.ids, reasons, strict=True):
        # The cap is of the week in which it is sent: it is asked again then.
        open_to_her = reason in _OPEN
        variant = (same or audiences.choose(choices, salt, who)) if open_to_her else None
        kind_of.append(kinds.setdefault((reason, variant), len(kinds)))
    return Audience(people.ids, [audiences.fate(*kind) for kind in kinds], kind_of)
