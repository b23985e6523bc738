"""What a limited offer begins as in a draft, how a template keeps one, what is wrong with one.
Pure.

A draft keeps whatever was entered; what is wrong is said beside the field and keeps it from
being sent.  Times given are the shop's, times in the terms UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from console.desk.campaign_types import CampaignDraft
from console.domain import campaigns
from console.domain.offers import FARTHEST, MOST, last_moment, moved_past
from console.wire.offer_rows import OfferPlan, OfferTerms

QUANTITY: Final = 20
_SUNDAY, _EVENING = 6, 20
_LEAST: Final = timedelta(hours=3)
_GOOD_FOR: Final = timedelta(days=7)


def first(now: datetime, due_at: datetime | None) -> OfferTerms:
    """Twenty until Sunday 20:00 after it is sent, good for one more week."""
    after = max(now, due_at.astimezone(now.tzinfo)) if due_at is not None else now
    day = after + timedelta(days=(_SUNDAY - after.weekday()) % 7)
    ends = day.replace(hour=_EVENING, minute=0, second=0, microsecond=0)
    if ends - after < _LEAST:
        ends += timedelta(days=7)
    return OfferTerms(title="", quantity=QUANTITY, ends_at=ends.astimezone(UTC),
                      valid_until=end_of_day(ends + _GOOD_FOR))  # fmt: skip


def end_of_day(local: datetime) -> datetime:
    """The midnight after a day of the shop's."""
    day = local.date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=local.tzinfo).astimezone(UTC)


def with_end(terms: OfferTerms, ends: datetime) -> OfferTerms:
    """Another deadline (in the shop's zone); coupons that would end before it go on as long."""
    ends_at = ends.astimezone(UTC)
    valid_until = max(terms.valid_until, end_of_day(ends))
    return OfferTerms(title=terms.title, quantity=terms.quantity, ends_at=ends_at,
                      valid_until=valid_until)  # fmt: skip


def for_slot(terms: OfferTerms | None, slot: datetime, timezone: str) -> OfferTerms | None:
    """The same so many weeks later that it ends after ``slot``."""
    if terms is None:
        return None
    ends_at, valid_until = moved_past(terms.ends_at, terms.valid_until, slot, timezone)
    return OfferTerms(title=terms.title, quantity=terms.quantity, ends_at=ends_at,
                      valid_until=valid_until)  # fmt: skip


# --- as a template keeps it ---------------------------------------------------------------------


def plan_of(draft: CampaignDraft, now: datetime, timezone: str) -> OfferPlan | None:
    """What it offers, counted from when it leaves; of a series, from its next time."""
    leaves = _leaves(draft, now, timezone)
    terms = draft.offer if draft.weekly is None else for_slot(draft.offer, leaves, timezone)
    if terms is None:
        return None
    ends = terms.ends_at.astimezone(leaves.tzinfo)
    last = last_moment(terms.valid_until).astimezone(leaves.tzinfo)
    return OfferPlan(
        title=terms.title, quantity=terms.quantity,
        ends_after_days=max(0, (ends.date() - leaves.date()).days),
        ends_minute=ends.hour * 60 + ends.minute,
        valid_days=max(0, (last.date() - ends.date()).days),
    )  # fmt: skip


def by_plan(plan: OfferPlan, draft: CampaignDraft, now: datetime, timezone: str) -> OfferTerms:
    """The terms for a draft that leaves as it stands; never over as soon as it has left."""
    leaves = _leaves(draft, now, timezone)
    clock = time(plan.ends_minute // 60, plan.ends_minute % 60)
    day = leaves.date() + timedelta(days=plan.ends_after_days)
    ends = datetime.combine(day, clock, leaves.tzinfo)
    if ends - leaves < _LEAST:
        ends += timedelta(days=1)
    return OfferTerms(
        title=plan.title, quantity=plan.quantity, ends_at=ends.astimezone(UTC),
        valid_until=end_of_day(ends + timedelta(days=plan.valid_days)),
    )  # fmt: skip


def _leaves(draft: CampaignDraft, now: datetime, timezone: str) -> datetime:
    """When the first of it goes out, in the shop's zone."""
    weekly = draft.weekly
    if weekly is None:
        at = max(now, draft.due_at or now)
    else:
        at = campaigns.next_slot(weekly.weekday, weekly.minute, now, timezone)
    return campaigns.allowed_from(at, timezone).astimezone(ZoneInfo(timezone))


def is_over(draft: CampaignDraft, now: datetime) -> bool:
    """Whether what it offers has ended, so that it can go to nobody else."""
    terms = draft.offer
    return terms is not None and draft.weekly is None and terms.ends_at <= now


def faults(draft: CampaignDraft, now: datetime) -> dict[str, str]:
    """What is wrong with its offer: by field of the terms, in a word.

    ``title``: ``none``; ``quantity``: ``none``, ``many``; ``ends_at``: ``past``, ``early`` (not
    after the campaign leaves), ``far``; ``valid_until``: ``early`` (before the deadline), ``far``.
    """
    terms, found = draft.offer, {}
    if terms is None:
        return {}
    if not terms.title.strip():
        found["title"] = "none"
    if not 1 <= terms.quantity <= MOST:
        found["quantity"] = "none" if terms.quantity < 1 else "many"
    if draft.weekly is None and terms.ends_at <= now:
        found["ends_at"] = "past"
    elif draft.weekly is None and draft.due_at is not None and terms.ends_at <= draft.due_at:
        found["ends_at"] = "early"
    elif terms.ends_at - now > FARTHEST:
        found["ends_at"] = "far"
    if terms.valid_until < terms.ends_at:
        found["valid_until"] = "early"
    elif terms.valid_until - now > FARTHEST:
        found["valid_until"] = "far"
    return found
