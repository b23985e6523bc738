"""Whom a campaign is for: the members its rule matches, each with what stands against her.

Asked for a whole shop when a campaign is frozen; set-wise, so that it takes a moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select

from console.domain import audiences
from console.domain.audiences import Choice, Holdout, Person
from console.domain.campaigns import week_of
from console.domain.segment_parsing import parse
from console.domain.segments import GONE_STATES, Fault, expanded
from console.relay.handlers import segments
from console.store import opening, reading, segment_query, tables
from console.store.dialect import listed, one_of_named
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignRow
from console.wire.segment_faults import refusal


def timezone_of(tx: Transaction, shop_id: int) -> str:
    """Where the shop stands."""
    shop = tables.shop
    return str(tx.connection.scalar(select(shop.c.timezone).where(shop.c.id == shop_id)))


def condition(tx: Transaction, row: CampaignRow) -> ColumnElement[bool]:
    """Whether a row of ``member`` is meant.  Raises ``segment.*`` for what is no rule."""
    member, rule = tables.member, row.rule
    here = and_(member.c.shop_id == row.shop_id, member.c.state.not_in(sorted(GONE_STATES)))
    if row.kind == "resend":
        return and_(here, member.c.id.in_(_left_over(rule)))
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


def _left_over(rule: dict[str, Any]) -> Select[Any]:
    """Those of another campaign who were not reached, or did not read it."""
    recipient = tables.recipient
    ours = select(recipient.c.member_id).where(recipient.c.campaign_id == rule["campaign"])
    if rule["to"] == "unread":
        return ours.where(recipient.c.state == "written", recipient.c.read_at.is_(None))
    unmissed = recipient.c.reason.in_(audiences.UNMISSED)
    return ours.where(recipient.c.state.in_(("skipped", "cancelled")), ~unmissed)


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


def _people(tx: Transaction, meant: ColumnElement[bool]) -> Iterable[Any]:
    member, thread = tables.member, tables.conversation
    query = (
        select(member.c.id, member.c.state, thread.c.id, member.c.last_seen_at,
               member.c.joined_at, member.c.marketing, member.c.blocked, member.c.weekly_cap,
               member.c.bucket)
        .select_from(member.outerjoin(thread, thread.c.member_id == member.c.id))
        .where(meant)
        .order_by(member.c.id)
    )  # fmt: skip
    return tx.connection.execute(query)


def _exempt(tx: Transaction) -> set[int]:
    tag = tables.member_tag
    names = audiences.exempt_tags(opening.setting(tx.connection, audiences.EXEMPT_SETTING))
    query = select(tag.c.member_id).where(tag.c.tag.in_(names))
    return set(tx.connection.scalars(query))


def _holdout(tx: Transaction, timezone: str) -> Holdout:
    percent = opening.setting(tx.connection, audiences.HOLDOUT_SETTING)
    return audiences.holdout_of(percent, audiences.quarter_of(tx.now, timezone))


def _choices(tx: Transaction, row: CampaignRow) -> list[Choice]:
    member = tables.member

    def matches(rule: Any) -> frozenset[int] | None:
        if rule is None:
            return None
        query = select(member.c.id).where(check_rule(tx, rule, row.shop_id))
        return frozenset(tx.connection.scalars(query))

    return [Choice(each.name, matches(each.rule), each.share) for each in row.content.variants]


def recipients(tx: Transaction, row: CampaignRow) -> list[dict[str, Any]]:
    """One recipient, without its id, for every member that the rule matches."""
    timezone = timezone_of(tx, row.shop_id)
    holdout, exempt = _holdout(tx, timezone), _exempt(tx)
    sent_at = max(tx.now, row.due_at or tx.now)
    spent = used(tx, None, week_of(sent_at, timezone))
    choices, salt = _choices(tx, row), str(row.parent_id or row.id)
    found: list[dict[str, Any]] = []
    for who, standing, thread, seen, joined, marketing, blocked, cap, bucket in _people(
        tx, condition(tx, row)
    ):
        person = Person(
            standing, thread is not None, seen or joined, marketing, blocked, cap,
            spent.get(who, 0), bucket, who in exempt,
        )  # fmt: skip
        reason = audiences.objection(person, holdout, tx.now)
        # The cap is of the week in which it is sent: it is asked again then.
        open_to_her = reason in {"", audiences.CAP}
        variant = audiences.choose(choices, salt, who) if open_to_her else None
        if variant is None:
            reason = reason or audiences.NO_VARIANT
        found.append({
            "campaign_id": row.id, "member_id": who, "reason": reason, "variant": variant or "",
            "state": "skipped" if variant is None else "pending", "at": tx.now,
        })  # fmt: skip
    return found
