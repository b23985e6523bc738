"""What an offer begins as, and what keeps one from being sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from console.desk import offer_drafts
from console.desk.campaign_types import CampaignDraft
from console.wire.campaign_rows import Weekly
from console.wire.offer_rows import OfferTerms

SHOP = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
SATURDAY = datetime(2026, 11, 28, 9, 30, tzinfo=SHOP)
TERMS = OfferTerms(title="周末 8 折券", quantity=20, ends_at=(SATURDAY + DAY).astimezone(UTC),
                   valid_until=(SATURDAY + 8 * DAY).astimezone(UTC))  # fmt: skip


@pytest.mark.parametrize(
    ("now", "due", "ends"),
    [
        (SATURDAY, None, datetime(2026, 11, 29, 20, tzinfo=SHOP)),
        (SATURDAY + DAY, None, datetime(2026, 11, 29, 20, tzinfo=SHOP)),
        (datetime(2026, 11, 29, 18, tzinfo=SHOP), None, datetime(2026, 12, 6, 20, tzinfo=SHOP)),
        (SATURDAY, SATURDAY + 4 * DAY, datetime(2026, 12, 6, 20, tzinfo=SHOP)),
        (SATURDAY + 4 * DAY, SATURDAY, datetime(2026, 12, 6, 20, tzinfo=SHOP)),
    ],
)
def test_it_begins_with_the_sunday_after_it_is_sent_and_one_week_more(
    now: datetime, due: datetime | None, ends: datetime
) -> None:
    made = offer_drafts.first(now, due)
    assert made.ends_at == ends
    assert made.valid_until == datetime(ends.year, ends.month, ends.day, tzinfo=SHOP) + 8 * DAY
    assert (made.title, made.quantity) == ("", 20)


def test_a_later_deadline_takes_the_coupons_along_and_an_earlier_one_leaves_them() -> None:
    later = offer_drafts.with_end(TERMS, SATURDAY + 20 * DAY)
    assert later.valid_until == offer_drafts.end_of_day(SATURDAY + 20 * DAY)
    sooner = offer_drafts.with_end(TERMS, SATURDAY + timedelta(hours=5))
    assert sooner.valid_until == TERMS.valid_until


@pytest.mark.parametrize(
    ("facts", "draft", "faults"),
    [
        ({}, {}, {}),
        ({"title": " "}, {}, {"title": "none"}),
        ({"quantity": 0}, {}, {"quantity": "none"}),
        ({"quantity": 10_001}, {}, {"quantity": "many"}),
        ({"ends_at": SATURDAY}, {}, {"ends_at": "past"}),
        ({"ends_at": SATURDAY}, {"weekly": Weekly(weekday=5, minute=600)}, {}),
        ({}, {"due_at": SATURDAY + DAY}, {"ends_at": "early"}),
        ({}, {"due_at": SATURDAY + DAY - timedelta(minutes=1)}, {}),
        ({"valid_until": SATURDAY + DAY / 2}, {}, {"valid_until": "early"}),
        ({"valid_until": SATURDAY + 400 * DAY}, {}, {"valid_until": "far"}),
        ({"ends_at": SATURDAY + 400 * DAY, "valid_until": SATURDAY + 401 * DAY}, {},
         {"ends_at": "far", "valid_until": "far"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_field(
    facts: dict[str, Any], draft: dict[str, Any], faults: dict[str, str]
) -> None:
    terms = OfferTerms(**{name: getattr(TERMS, name) for name in
                          ("title", "quantity", "ends_at", "valid_until")} | facts)  # fmt: skip
    assert offer_drafts.faults(CampaignDraft(offer=terms, **draft), SATURDAY) == faults


def test_a_campaign_without_an_offer_has_nothing_wrong_with_it() -> None:
    assert offer_drafts.faults(CampaignDraft(), SATURDAY) == {}


def test_the_same_as_last_week_ends_after_it_is_sent_at_the_same_hour_of_the_same_day() -> None:
    slot = SATURDAY + 7 * DAY
    moved = offer_drafts.for_slot(TERMS, slot, "Asia/Shanghai")
    assert moved is not None
    assert (moved.ends_at - TERMS.ends_at, moved.valid_until - TERMS.valid_until) == (
        7 * DAY, 7 * DAY
    )  # fmt: skip
    assert offer_drafts.for_slot(TERMS, SATURDAY, "Asia/Shanghai") == TERMS
    assert offer_drafts.for_slot(None, slot, "Asia/Shanghai") is None
