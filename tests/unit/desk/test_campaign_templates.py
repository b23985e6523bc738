"""A template keeps what a draft says, shows, offers and asks; another draft gets it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.desk import campaign_templates, offer_drafts
from console.desk.campaign_types import (
    CampaignDraft,
    DraftPhoto,
    DraftVariant,
    Resent,
    TemplateItem,
)
from console.desk.types import PhotoItem
from console.domain import offers
from console.domain.campaigns import allowed_from
from console.wire.campaign_rows import QuestionTerms, Weekly
from console.wire.errors import Code, Refusal
from console.wire.offer_rows import OfferPlan, OfferTerms

ZONE = "Asia/Shanghai"
SHOP = ZoneInfo(ZONE)
FRIDAY = datetime(2026, 11, 27, 10, tzinfo=SHOP)
DAY = timedelta(days=1)
PLAN = OfferPlan(
    title="周末 8 折券", quantity=20, ends_after_days=2, ends_minute=1_200, valid_days=7
)
TERMS = OfferTerms(
    title="周末 8 折券", quantity=20, ends_at=datetime(2026, 11, 29, 20, tzinfo=SHOP),
    valid_until=datetime(2026, 12, 7, tzinfo=SHOP),
)  # fmt: skip
ASKED = QuestionTerms(text="想要什么?", choices=["外套", "裙子"], free_text=True)
PHOTO = DraftPhoto(
    name="media:4", item=PhotoItem(caption="红色风衣", price=59_900, product_id=7, colour="红")
)
WEEKLY = Weekly(weekday=5, minute=600)


def plan(draft: CampaignDraft, now: datetime = FRIDAY) -> OfferPlan | None:
    return offer_drafts.plan_of(draft, now, ZONE)


def test_a_deadline_is_kept_as_days_after_the_campaign_leaves() -> None:
    assert plan(CampaignDraft(offer=TERMS)) == PLAN
    later = CampaignDraft(offer=TERMS, due_at=FRIDAY + DAY)
    assert plan(later) == replace(PLAN, ends_after_days=1)
    assert plan(CampaignDraft()) is None


def test_what_is_begun_at_night_leaves_in_the_morning() -> None:
    night = FRIDAY.replace(hour=23)
    assert plan(CampaignDraft(offer=TERMS), night) == replace(PLAN, ends_after_days=1)


def test_a_deadline_that_is_past_is_kept_as_the_same_day() -> None:
    assert plan(CampaignDraft(offer=TERMS), FRIDAY + 9 * DAY) == replace(PLAN, ends_after_days=0)


def test_a_weekly_one_is_counted_from_its_own_day() -> None:
    series = CampaignDraft(offer=TERMS, weekly=WEEKLY)
    assert plan(series) == replace(PLAN, ends_after_days=1)
    assert plan(series, FRIDAY + 30 * DAY) == replace(PLAN, ends_after_days=1)


@pytest.mark.parametrize(
    ("facts", "now", "ends"),
    [
        ({}, FRIDAY, datetime(2026, 11, 29, 20, tzinfo=SHOP)),
        ({"due_at": FRIDAY + 3 * DAY}, FRIDAY, datetime(2026, 12, 2, 20, tzinfo=SHOP)),
        ({"weekly": WEEKLY}, FRIDAY, datetime(2026, 11, 30, 20, tzinfo=SHOP)),
        ({"ends_after_days": 0}, FRIDAY, datetime(2026, 11, 27, 20, tzinfo=SHOP)),
        ({"ends_after_days": 0}, FRIDAY.replace(hour=19), datetime(2026, 11, 28, 20, tzinfo=SHOP)),
    ],
)
def test_a_plan_ends_so_many_days_after_the_new_draft_leaves(
    facts: dict[str, Any], now: datetime, ends: datetime
) -> None:
    days = facts.pop("ends_after_days", 2)
    made = offer_drafts.by_plan(
        replace(PLAN, ends_after_days=days), CampaignDraft(**facts), now, ZONE
    )
    assert made.ends_at == ends
    assert made.valid_until == offer_drafts.end_of_day(ends + 7 * DAY)
    assert (made.title, made.quantity) == ("周末 8 折券", 20)


moments = st.integers(0, 24 * 700).map(lambda hours: FRIDAY + timedelta(hours=hours))


@given(
    now=moments, days=st.integers(0, 300), minute=st.integers(180, 1_439),
    good=st.integers(0, 60), zone=st.sampled_from([ZONE, "America/New_York", "UTC"]),
    weekly=st.none() | st.builds(Weekly, weekday=st.integers(0, 6), minute=st.integers(600, 1_200)),
)  # fmt: skip
def test_what_a_template_offers_is_never_over_when_it_leaves_and_comes_back_as_it_was(
    now: datetime, days: int, minute: int, good: int, zone: str, weekly: Weekly | None
) -> None:
    wanted = OfferPlan(title="券", quantity=3, ends_after_days=days, ends_minute=minute,
                       valid_days=good)  # fmt: skip
    assert offers.can_keep_plan(wanted)
    empty = CampaignDraft(weekly=weekly)
    made = replace(empty, offer=offer_drafts.by_plan(wanted, empty, now, zone))
    assert not {"past", "early"} & set(offer_drafts.faults(made, now).values())
    assert made.offer is not None
    assert made.offer.ends_at > allowed_from(now, zone)
    again = offer_drafts.plan_of(made, now, zone)
    if weekly is None and days:
        assert again == wanted


def kept(draft: CampaignDraft, at: int = 0) -> Any:
    return campaign_templates.save_of("t", "周末", draft, at, FRIDAY, ZONE)


def test_a_draft_is_kept_with_prices_items_offer_and_question() -> None:
    variant = DraftVariant(name="f", body="{name} 好", photos=(PHOTO,), fields={"name": "您"})
    command = kept(
        CampaignDraft(variants=(DraftVariant(), variant), offer=TERMS, question=ASKED), 1
    )
    assert (command.title, command.body, command.fields) == ("周末", "{name} 好", {"name": "您"})
    assert (command.media, command.captions) == (["media:4"], ["红色风衣"])
    assert (command.notes[0].price, command.notes[0].product_id) == (59_900, 7)
    assert (command.offer, command.question) == (PLAN, ASKED)


def test_a_question_without_words_and_choices_is_none() -> None:
    assert kept(CampaignDraft(question=QuestionTerms(choices=["", ""]))).question is None


def test_a_photo_on_its_way_cannot_be_kept() -> None:
    going = DraftVariant(photos=(replace(PHOTO, name="upload-1"),))
    with pytest.raises(Refusal) as refused:
        kept(CampaignDraft(variants=(going,)))
    assert refused.value.code is Code.UPLOAD_MISSING


OWN = TemplateItem(client_id="t", title="周末", body="来吧", photos=(PHOTO,), layout="strip",
                   offer=PLAN, question=ASKED)  # fmt: skip


def used(draft: CampaignDraft, item: TemplateItem = OWN, at: int = 0) -> CampaignDraft:
    return campaign_templates.used(item, draft, at, FRIDAY, ZONE)


def test_a_draft_gets_all_that_a_template_has() -> None:
    made = used(CampaignDraft())
    assert (made.title, made.offer, made.question) == ("周末", TERMS, ASKED)
    assert (made.variants[0].photos, made.variants[0].layout) == ((PHOTO,), "strip")


def test_what_a_template_lacks_stays() -> None:
    draft = CampaignDraft(title="周一", offer=TERMS, question=ASKED,
                          variants=(DraftVariant(photos=(PHOTO,), layout="grid"),))  # fmt: skip
    words = TemplateItem(client_id="t", body="只有文字")
    assert used(draft, words) == replace(
        draft, variants=(replace(draft.variants[0], body="只有文字"),)
    )


def test_what_is_sent_again_keeps_its_offer_and_its_question() -> None:
    again = CampaignDraft(resent=Resent(campaign_id=1, to="unread"))
    made = used(again)
    assert (made.offer, made.question, made.variants[0].body) == (None, None, "来吧")
