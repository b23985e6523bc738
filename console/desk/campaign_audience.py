"""Whom a draft would reach, counted on this computer: the waterfall with its names.

The relay counts again when the campaign is frozen; both ask ``domain.audiences``.  Also what
fills a draft's fields for one member, for the preview.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import msgspec

from console.desk.campaign_types import (
    AudienceMember,
    AudienceStep,
    CampaignAudience,
    CampaignDraft,
)
from console.desk.types import Me
from console.domain import audiences, campaigns, segments, templates
from console.domain.audiences import Choice
from console.domain.segment_parsing import parse
from console.domain.segments import Fault, Rule
from console.domain.templates import Facts
from console.store import replica_campaigns, replica_offers, replica_queries
from console.store.replica import Connection
from console.wire.rows import MemberRow, SettingRow
from console.wire.segment_faults import refusal

if TYPE_CHECKING:
    from console.sync.station import Station

MATCHED: Final = "matched"
"""In ``names``: everybody whom the rule means."""
_SALT: Final = ""
"""Shares are drawn anew when a campaign is frozen; until then any draw shows how many."""
_Groups = dict[str, list[tuple[int, str]]]


class AudienceAsker:
    """One question at a time, and of those that wait only the newest."""

    def __init__(self, station: Station, me: Callable[[], Me]) -> None:
        self._station, self._me = station, me
        self._turn = asyncio.Lock()
        self._newest = 0
        self._groups: _Groups = {}
        self._by_chance = False

    async def ask(self, draft: CampaignDraft) -> CampaignAudience | None:
        """Whom it would reach; ``None``: a newer question took this one's place.

        Raises ``Refusal`` when a rule cannot be asked.
        """
        self._newest += 1
        mine = self._newest
        async with self._turn:
            if mine != self._newest:
                return None
            whole = self._station.state.whole
            try:
                groups, last, held = await self._station.read(_partition, draft, self._me())
            except Fault as fault:
                raise refusal(fault) from fault
            self._groups = groups
            self._by_chance = audiences.by_chance(each.share for each in draft.variants)
            found = _summary(groups, draft, whole=whole)
            return msgspec.structs.replace(found, last_notice=last, held_percent=held)

    async def names(self, reason: str, limit: int) -> list[AudienceMember]:
        """Who is behind a bar; which version chance gives her is not known before freezing."""
        every = [each for group in self._groups.values() for each in group]
        found = sorted(every) if reason == MATCHED else self._groups.get(reason, [])
        some = dict(found[:limit])
        return await self.members(dict.fromkeys(some, "") if self._by_chance else some)

    async def members(self, chosen: Mapping[int, str]) -> list[AudienceMember]:
        """Members by their ids, with the version each gets; a nameless one by her number."""
        rows = await self._station.read(replica_queries.by_ids, "member", list(chosen))
        return [
            AudienceMember(member_id=row.id, name=row.name or row.phone, phone=row.phone,
                           tier=row.tier, variant=chosen[row.id])
            for row in sorted(rows, key=lambda row: (row.pinyin or row.name, row.id))
        ]  # fmt: skip

    async def facts(self, member_id: int, language: str) -> Facts:
        """What fills the fields for one member; nothing of one who is not here."""
        return await self._station.read(_facts, member_id, language, self._me())


def _partition(db: Connection, draft: CampaignDraft, me: Me) -> tuple[_Groups, int, int]:
    """Members by what stands against them ("": nothing).

    Beside them how many get their last notice, and how many of a hundred are held out.
    """
    now = datetime.now(UTC)
    sent_at = max(draft.due_at or now, now)
    holdout, exempt = replica_campaigns.holdout(db, sent_at, me.timezone)
    week = campaigns.week_of(sent_at, me.timezone)
    choices = _choices(db, draft, me)
    meant = _meant(db, draft, me)
    groups: _Groups = {}
    last = 0
    for who, person in replica_campaigns.people(db, me.shop_id, week, exempt):
        if meant is not None and who not in meant:
            continue
        reason = audiences.objection(person, holdout, now)
        variant = "" if reason else audiences.choose(choices, _SALT, who)
        if variant is None:
            reason, variant = audiences.NO_VARIANT, ""
        groups.setdefault(reason, []).append((who, variant))
        last += not reason and person.used + 1 >= person.weekly_cap
    return groups, last, holdout.percent


def _meant(db: Connection, draft: CampaignDraft, me: Me) -> frozenset[int] | None:
    if draft.resent is not None:
        return replica_campaigns.left_over(db, draft.resent.campaign_id, draft.resent.to)
    return None if draft.rule is None else _members(db, draft.rule, me)


def _members(db: Connection, rule: Rule, me: Me) -> frozenset[int]:
    zone = ZoneInfo(me.timezone)
    if segments.used(rule):
        rows = replica_queries.table_rows(db, "segment")
        rule = segments.expanded(rule, {row.id: parse(row.rule) for row in rows})
    return replica_campaigns.members_of(db, rule, datetime.now(zone).date(), zone)


def _choices(db: Connection, draft: CampaignDraft, me: Me) -> list[Choice]:
    return [
        Choice(each.name, None if each.rule is None else _members(db, each.rule, me), each.share)
        for each in draft.variants
    ]


def _summary(
    groups: Mapping[str, list[tuple[int, str]]], draft: CampaignDraft, *, whole: bool
) -> CampaignAudience:
    receive = groups.get("", [])
    by_name = [variant for _, variant in receive]
    return CampaignAudience(
        matched=sum(len(group) for group in groups.values()), receive=len(receive),
        steps=tuple(AudienceStep(reason=reason, count=len(groups[reason]))
                    for reason in audiences.WATERFALL if reason in groups),
        variants=tuple((each.name, by_name.count(each.name)) for each in draft.variants),
        whole=whole,
    )  # fmt: skip


def _facts(db: Connection, member_id: int, language: str, me: Me) -> Facts:
    row: MemberRow | None = replica_queries.one(db, "member", member_id)
    if row is None:
        return Facts()
    settings: list[SettingRow] = replica_queries.table_rows(db, "setting")
    each = templates.coupon_points(
        replica_campaigns.setting(settings, templates.COUPON_SETTING)
    )  # fmt: skip
    return templates.facts_of(
        row, language, each, shop=me.shop_name,
        asked=replica_campaigns.newest_product(db, "enquiry", member_id, language),
        bought=replica_campaigns.newest_product(db, "purchase", member_id, language),
        coupon=replica_offers.usable_title(db, member_id, datetime.now(UTC)),
    )  # fmt: skip
