"""A week's campaigns: what goes when, what the weekly cap leaves to each, moved and repeated.

Counted on this computer, also offline, in one set-wise question; what the relay does at the time
of sending is counted anew then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from console.desk import offer_drafts
from console.desk.campaign_types import CampaignDraft, CampaignItem
from console.desk.types import Me
from console.desk.week_types import Loss, PlannedItem, WeekPlan
from console.domain import audiences, campaigns, segments, week_plan
from console.domain.segment_parsing import parse
from console.domain.segments import Fault, Group, Rule
from console.domain.week_plan import Alike
from console.store import replica_campaigns, replica_queries
from console.store.replica import Connection
from console.wire.campaign_rows import Weekly
from console.wire.errors import Code, Refusal
from console.wire.segment_faults import refusal

if TYPE_CHECKING:
    from console.desk.campaigns import CampaignsDesk
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

_PLANNED: Final = frozenset({"draft", "frozen", "scheduled"})
_UNDER_WAY: Final = frozenset({"sending", "paused", "late"})


class WeekDesk:
    """``WeekPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk, desk: CampaignsDesk) -> None:
        self._station, self._inbox, self._desk = station, inbox, desk

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after campaigns may have changed; returns what ends that."""
        return self._desk.on_changed(listener)

    async def plan(self, monday: date) -> WeekPlan:
        """What is planned in the week that begins on that day.  Raises ``Refusal``."""
        now, me = datetime.now(UTC), self._inbox.me
        found = [each for item in await self._desk.all()
                 if (each := _in_week(item, monday, now, me.timezone)) is not None]  # fmt: skip
        ahead = week_plan.in_order([each for each in found if each.counts], me.timezone)
        begin = week_plan.moment(monday, 0, me.timezone)
        try:
            groups = await self._station.read(_count, ahead, begin, now, me)
        except Fault as fault:
            raise refusal(fault) from fault
        over = [each for each in found if not each.counts]
        return WeekPlan(
            monday=monday, items=(*over, *_shared(ahead, groups)), at=now,
            left=week_plan.left_over(groups), whole=self._station.state.whole,
        )  # fmt: skip

    async def move(self, client_id: str, at: datetime) -> None:
        """Send it at another time; a series each week from then on.

        A draft is changed here; what is scheduled needs the line.  Raises ``Refusal``,
        ``Offline``.
        """
        item = await self._desk.one(client_id)
        if item is None or item.state not in _PLANNED:
            raise Refusal(Code.CAMPAIGN_STATE, {"state": "" if item is None else item.state})
        draft = _at(item.draft, at, self._inbox.me.timezone)
        if item.state == "draft":
            await self._desk.save(client_id, draft, item.rev)
        elif draft.weekly is None:
            number = audiences.to_receive(item.counts, defer=item.draft.defer)
            await self._desk.schedule(client_id, at, confirm=number)
        else:
            await self._reschedule(client_id, draft, scheduled=item.state == "scheduled")

    async def _reschedule(self, client_id: str, draft: CampaignDraft, *, scheduled: bool) -> None:
        """A series is a draft for a moment: its words and its time are one thing."""
        await self._desk.undo(client_id)
        await self._desk.save(client_id, draft, 0)
        if scheduled:
            await self._desk.freeze(client_id)
            await self._desk.schedule(client_id)

    async def repeat_last(self, monday: date) -> list[str]:
        """Drafts of what went once in the week before, each a week later; their names."""
        timezone, made = self._inbox.me.timezone, []
        every = await self._desk.all()
        now = datetime.now(UTC)
        there = {(each.title, each.at) for item in every
                 if (each := _in_week(item, monday, now, timezone)) is not None}  # fmt: skip
        for item in every:
            planned = _in_week(item, monday - timedelta(days=7), now, timezone)
            if planned is None or item.kind != "campaign" or planned.weekly:
                continue
            at = week_plan.later(planned.at, 7, timezone)
            if (planned.title, at) not in there and at > now:
                offer = offer_drafts.for_slot(item.draft.offer, at, timezone)
                draft = replace(item.draft, due_at=at, offer=offer)
                made.append(await self._desk.create(draft))
        return made

    async def remove(self, client_ids: Sequence[str]) -> None:
        """Throw drafts away that ``repeat_last`` made."""
        for client_id in client_ids:
            await self._desk.remove(client_id)


def _at(draft: CampaignDraft, at: datetime, timezone: str) -> CampaignDraft:
    if draft.weekly is None:
        return replace(draft, due_at=at)
    day, minute = week_plan.place_of(at, timezone)
    return replace(draft, weekly=Weekly(weekday=day.weekday(), minute=minute))


def _in_week(item: CampaignItem, monday: date, now: datetime, timezone: str) -> PlannedItem | None:
    """What a campaign does in a week; ``None``: nothing."""
    if (
        item.kind not in campaigns.MARKETING
        or item.state == "cancelled"
        or item.recalled_at is not None
    ):
        return None
    at = _when(item, monday, now, timezone)
    if at is None or week_plan.monday_of(week_plan.place_of(at, timezone)[0]) != monday:
        return None
    ahead = item.state in _PLANNED
    fixed = item.id if item.frozen_at is not None and item.draft.weekly is None else 0
    return PlannedItem(
        client_id=item.client_id, title=item.draft.title, at=at, state=item.state,
        weekly=item.draft.weekly is not None, movable=ahead and not item.move,
        counts=ahead or item.state in _UNDER_WAY, fixed_id=fixed, draft=item.draft,
        receive=item.counts.get("written", 0), priority=item.draft.priority,
        quiet=campaigns.is_quiet(at, timezone),
    )  # fmt: skip


def _when(item: CampaignItem, monday: date, now: datetime, timezone: str) -> datetime | None:
    weekly = item.draft.weekly
    if weekly is not None:
        slot = week_plan.moment(monday + timedelta(days=weekly.weekday), weekly.minute, timezone)
        return slot if item.state in _PLANNED and slot > now else None
    if item.state in _PLANNED:
        return item.next_at or item.draft.due_at
    return item.started_at or item.draft.due_at


def _shared(ahead: Sequence[PlannedItem], groups: Sequence[Alike]) -> list[PlannedItem]:
    found = week_plan.shares(groups, len(ahead))
    clashing = week_plan.clashes(ahead)
    return [
        replace(
            item, receive=share.receive, lost=share.lost, last=share.last,
            clash=ahead[place - 1].title if place in clashing else None,
            takes=tuple(Loss(client_id=ahead[later].client_id, title=ahead[later].title,
                             at=ahead[later].at, members=members)
                        for later, members in sorted(share.takes.items())),
        )
        for place, (item, share) in enumerate(zip(ahead, found, strict=True))
    ]  # fmt: skip


def _count(
    db: Connection, ahead: Sequence[PlannedItem], begin: datetime, now: datetime, me: Me
) -> list[Alike]:
    # The SQL toolkit takes half a second to load, which no start should wait for.
    from console.store import segment_query, week_budget  # noqa: PLC0415

    holdout, exempt = replica_campaigns.holdout(db, begin, me.timezone)
    saved = {row.id: parse(row.rule) for row in replica_queries.table_rows(db, "segment")}
    zone = ZoneInfo(me.timezone)
    meant = []
    for item in ahead:
        resent = item.draft.resent
        if item.fixed_id:
            meant.append(week_budget.still_open(item.fixed_id))
        elif resent is not None:
            named = replica_campaigns.family(db, resent.campaign_id)
            meant.append(week_budget.left_over(resent.campaign_id, resent.to, named))
        else:
            day = max(item.at, now).astimezone(zone).date()
            rule = segments.expanded(_rule(item.draft), saved)
            meant.append(segment_query.condition(rule, day, zone))
    reached = week_budget.reachable(me.shop_id, now, holdout, exempt)
    week = campaigns.week_of(begin, me.timezone)
    question = segment_query.as_text(week_budget.alike(meant, reached, week))
    return [Alike(left, tuple(map(bool, each)), members)
            for left, *each, members in db.execute(*question)]  # fmt: skip


def _rule(draft: CampaignDraft) -> Rule:
    """Whom a draft means; of versions that take a share only, as if they took all."""
    versions = tuple(each.rule or segments.EVERYBODY for each in draft.variants)
    return Group("all", (draft.rule or segments.EVERYBODY, Group("any", versions)))
