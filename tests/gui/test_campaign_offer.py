"""A limited offer in the composer and in the report: added, checked, previewed, followed, ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from PySide6.QtCore import QDate, QDateTime, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from console.desk.campaign_types import CampaignDraft, DraftVariant, Resent
from console.desk.offer_types import OfferItem
from console.views.campaigns import CampaignsScreen
from console.views.campaigns.composer import ComposerPage
from console.views.campaigns.names import NamesWindow
from console.views.campaigns.offer_progress import CloseWindow
from console.wire.campaign_rows import Weekly
from console.wire.offer_rows import OfferTerms
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens
from tests.gui.test_accessible import unnamed

SHOP = ZoneInfo("Asia/Shanghai")
NOW = datetime.now(UTC).replace(second=0, microsecond=0)


def click(on: QAbstractButton) -> None:
    QTest.mouseClick(on, Qt.MouseButton.LeftButton)


def naive(moment: datetime) -> QDateTime:
    local = moment.astimezone(SHOP)
    return QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))


def terms(**facts: Any) -> OfferTerms:
    found: dict[str, Any] = {
        "title": "周末 8 折券", "quantity": 20, "ends_at": NOW + timedelta(days=2),
        "valid_until": NOW + timedelta(days=9),
    }  # fmt: skip
    return OfferTerms(**found | facts)


@pytest.fixture
async def screen(screens: Screens, desk: MemoryDesk, until: Any) -> CampaignsScreen:
    shell = screens.shell(desk, settings=False)
    shell.show_section("campaigns")
    await until(lambda: shell.campaigns.tasks.idle)
    return shell.campaigns


@pytest.fixture
async def page(screen: CampaignsScreen, until: Any) -> ComposerPage:
    click(screen.list.new)
    await until(lambda: screen.composing and screen.composer.who.audience is not None)
    page = screen.composer
    page.editing.change_variant("words", body="周末来店里")
    return page


async def opened(screen: CampaignsScreen, draft: CampaignDraft, until: Any, **facts: Any) -> None:
    screen._port.put("sent", draft=draft, **facts)  # type: ignore[attr-defined]
    await screen.open("sent")
    await until(lambda: screen.tasks.idle)


# --- composed ---------------------------------------------------------------------------------


async def test_an_offer_begins_with_sensible_values_and_asks_only_for_its_name(
    page: ComposerPage, until: Any
) -> None:
    part = page.offer
    assert part.add.isVisible()
    assert not part.name.isVisible()
    click(part.add)
    assert part.name.hasFocus() or page.focusWidget() is part.name
    offer = page.editing.draft.offer
    assert offer is not None
    ends = offer.ends_at.astimezone(SHOP)
    assert (ends.weekday(), ends.hour, ends.minute) == (6, 20, 0)
    assert offer.ends_at > datetime.now(UTC)
    assert offer.quantity == 20
    last = (offer.valid_until - timedelta(milliseconds=1)).astimezone(SHOP)
    assert (last.date() - ends.date()).days == 7
    assert [name for name, field in part.fields.items() if field.fault_text] == ["title"]
    assert not page.sending.buttons["send"].isEnabled()
    QTest.keyClicks(part.name, "8 off")
    assert not part.fields["title"].fault_text
    assert page.sending.buttons["send"].isEnabled()


async def test_what_is_entered_is_kept_shown_on_the_phone_and_undone_step_by_step(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    click(page.offer.add)
    QTest.keyClicks(page.offer.name, "Coat")
    page.offer.number.selectAll()
    QTest.keyClicks(page.offer.number, "35")
    deadline = naive(NOW + timedelta(days=3))
    page.offer.ends.setDateTime(deadline)
    await until(lambda: bool(desk.campaigns.saves) and not page.editing.saving)
    kept = desk.campaigns.saves[-1].offer
    assert kept is not None
    assert (kept.title, kept.quantity, kept.ends_at) == ("Coat", 35, NOW + timedelta(days=3))
    shown = page.preview.phone.shown.offer
    assert shown is not None
    assert (shown.title, shown.left) == ("Coat", 35)
    left = (kept.ends_at - datetime.now(UTC)).total_seconds()
    assert shown.lasts_s == pytest.approx(left, abs=60)
    for expected in (("Coat", 35), ("Coat", 20), ("", 20)):
        page.undo()
        assert page.editing.draft.offer is not None
        found = (page.offer.name.text(), int(page.offer.number.text()))
        assert found == expected
    page.undo()
    assert page.editing.draft.offer is None
    assert page.preview.phone.shown.offer is None
    assert page.offer.add.isVisible()


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"ends_at": NOW - timedelta(hours=1)}, "ends_at", "This time is past"),
        ({"ends_at": NOW + timedelta(hours=1)}, "ends_at", "It would be over before"),
        ({"quantity": 0}, "quantity", "At least one."),
        ({"quantity": 10_001}, "quantity", "At most 10,000."),
        ({"valid_until": NOW + timedelta(days=1)}, "valid_until", "The coupon must be good"),
        ({"title": "  "}, "title", "Say what the coupon is for."),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_keeps_it_from_being_sent(
    page: ComposerPage, facts: dict[str, Any], field: str, sentence: str
) -> None:
    page.editing.change("", offer=terms(**facts), due_at=NOW + timedelta(hours=5))
    said = {name: each.fault_text for name, each in page.offer.fields.items() if each.fault_text}
    assert list(said) == [field]
    assert said[field].startswith(sentence)
    assert not page.sending.buttons["send"].isEnabled()
    assert page.sending.note.text() == "Something is wrong with the offer; see there."


async def test_the_content_is_complete_only_with_an_offer_that_can_be_sent(
    page: ComposerPage,
) -> None:
    assert page.head.steps["content"].text().startswith("✓")
    page.editing.change("", offer=terms(quantity=0))
    assert page.head.steps["content"].text().startswith("○")
    assert not page.head.trial.isEnabled()
    page.undo()
    assert page.head.steps["content"].text().startswith("✓")


async def test_a_number_that_is_cleared_stays_empty_and_is_complained_of(
    page: ComposerPage,
) -> None:
    page.editing.change("", offer=terms())
    page.offer.number.selectAll()
    QTest.keyClick(page.offer.number, Qt.Key.Key_Delete)
    assert page.offer.number.text() == ""
    assert page.offer.fields["quantity"].fault_text == "At least one."
    QTest.keyClicks(page.offer.number, "7")
    assert page.editing.draft.offer is not None
    assert page.editing.draft.offer.quantity == 7


async def test_a_later_deadline_takes_the_coupons_along(page: ComposerPage) -> None:
    page.editing.change("", offer=terms(valid_until=NOW + timedelta(days=3)))
    page.offer.ends.setDateTime(naive(NOW + timedelta(days=6)))
    offer = page.editing.draft.offer
    assert offer is not None
    assert offer.valid_until >= offer.ends_at
    assert not page.offer.fields["valid_until"].fault_text


async def test_tab_goes_through_the_offer_between_words_and_time(
    page: ComposerPage, qapp: QApplication
) -> None:
    page.window().activateWindow()
    click(page.offer.add)
    order: list[QWidget] = [page.offer.name]
    while order[-1] is not page.when.now and len(order) < 9:
        QTest.keyClick(order[-1], Qt.Key.Key_Tab)
        focus = page.focusWidget()
        assert focus is not None
        if focus is not order[-1]:  # Tab also goes through the parts of a date
            order.append(focus)
    part = page.offer
    assert order == [part.name, part.number, part.ends, part.valid, part.remove, page.when.now]
    assert not unnamed(part)


async def test_a_series_has_no_deadline_that_is_past(page: ComposerPage) -> None:
    page.editing.change(
        "", offer=terms(ends_at=NOW - timedelta(days=1)), weekly=Weekly(weekday=5, minute=600)
    )
    assert not any(field.fault_text for field in page.offer.fields.values())


async def test_what_is_sent_again_shares_the_first_offer(
    screen: CampaignsScreen, until: Any
) -> None:
    draft = CampaignDraft(
        variants=(DraftVariant(body="周末"),), offer=terms(),
        resent=Resent(campaign_id=7, to="unread"),
    )  # fmt: skip
    await opened(screen, draft, until)
    part = screen.composer.offer
    assert not part.name.isEnabled()
    assert not part.number.isEnabled()
    click(part.remove)
    assert screen.composer.editing.draft.offer is None
    assert not part.isVisible()


# --- followed ---------------------------------------------------------------------------------


@pytest.fixture
async def sent(screen: CampaignsScreen, desk: MemoryDesk, until: Any) -> ComposerPage:
    desk.offers.offers[1] = OfferItem(
        id=9, title="周末 8 折券", quantity=20, claimed=14, redeemed=3,
        ends_at=NOW + timedelta(days=2), valid_until=NOW + timedelta(days=9),
    )  # fmt: skip
    draft = CampaignDraft(variants=(DraftVariant(body="周末"),), offer=terms())
    counts = {"written": 120, "claimed": 14, "redeemed": 3}
    await opened(screen, draft, until, id=1, state="done", counts=counts)
    await until(screen.composer.claims.isVisible)
    return screen.composer


async def test_the_report_says_how_many_are_claimed_and_redeemed_and_follows(
    sent: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    assert sent.claims.words.text().startswith("Claimed 14 of 20, redeemed 3 · until")
    assert "claimed 14 of 20 · redeemed 3" in sent.sending.words.text()
    assert [bar.count for bar in sent.claims.bars.bars] == [14, 3, 6]
    now = desk.offers.offers[1]
    desk.offers.offers[1] = msgspec.structs.replace(now, claimed=20)
    desk.offers.tell()
    await until(lambda: sent.claims.words.text().startswith("Claimed 20 of 20"))
    assert sent.claims.words.text().endswith("all taken")
    assert not sent.claims.end.isVisible()


async def test_the_names_behind_the_counts_are_opened(sent: ComposerPage, until: Any) -> None:
    sent.claims.bars.setFocus()
    QTest.keyClick(sent.claims.bars, Qt.Key.Key_Return)
    await until(lambda: sent.claims.findChildren(NamesWindow))
    window = sent.claims.findChildren(NamesWindow)[0]
    assert window.list.titles == ["周雨桐", "安小满"]
    window.reject()


async def test_the_offer_is_ended_after_a_question(
    sent: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    click(sent.claims.end)
    window = sent.claims.findChildren(CloseWindow)[0]
    window.reject()
    assert not desk.called("close_offer")
    click(sent.claims.end)
    window = next(each for each in sent.claims.findChildren(CloseWindow) if each.isVisible())
    click(window.close_it)
    await until(lambda: "closed today" in sent.claims.words.text())
    assert desk.called("close_offer") == [(9,)]
    assert not sent.claims.end.isVisible()


@pytest.mark.parametrize(
    ("state", "started", "possible"),
    [("late", False, {"undo", "cancel"}), ("late", True, {"cancel"}), ("paused", True, {"cancel"})],
)
async def test_what_offers_something_that_has_ended_goes_to_nobody_else(
    screen: CampaignsScreen, until: Any, state: str, started: bool, possible: set[str]
) -> None:
    draft = CampaignDraft(variants=(DraftVariant(body="周末"),),
                          offer=terms(ends_at=NOW - timedelta(hours=1)))  # fmt: skip
    facts = {"started_at": NOW - timedelta(hours=2)} if started else {}
    await opened(screen, draft, until, state=state, counts={"pending": 5}, **facts)
    sending = screen.composer.sending
    shown = {name for name, button in sending.buttons.items() if button.isVisible()}
    assert shown == possible
    assert sending.note.text() == "Its offer has ended, so it can go to nobody else with it."
    assert screen.composer.head.steps["content"].text().startswith("✓")


async def test_a_campaign_without_an_offer_shows_none_of_it(
    screen: CampaignsScreen, until: Any
) -> None:
    draft = CampaignDraft(variants=(DraftVariant(body="周末"),))
    await opened(screen, draft, until, id=2, state="done", counts={"written": 3})
    assert not screen.composer.claims.isVisible()
    assert not screen.composer.offer.isVisible()
