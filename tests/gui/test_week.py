"""The week planner over a real replica: what the cap leaves, moved by mouse and keys, repeated."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.desk.campaigns import CampaignsDesk
from console.desk.week import WeekDesk
from console.domain import week_plan
from console.ui.appearance import Appearance
from console.ui.clock import ShopClock
from console.views.campaigns.week_card import WeekCard
from console.views.campaigns.week_page import WeekPage
from tests.gui.segment_shop import ME, Shop, shop  # noqa: F401 - a fixture
from tests.gui.test_accessible import unnamed

ZONE = ME.timezone
ALT = Qt.KeyboardModifier.AltModifier


def next_monday() -> date:
    """The planner's days of next week are all still to come."""
    return week_plan.monday_of(ShopClock(ZONE).today()) + timedelta(days=7)


def at(day: int, minute: int = 600) -> datetime:
    return week_plan.moment(next_monday() + timedelta(days=day), minute, ZONE)


class Week:
    """The shop's members with a page each and so many notices a week, and what is planned."""

    def __init__(self, shop: Shop) -> None:  # noqa: F811
        self.shop = shop
        self.desk = CampaignsDesk(shop.console.here, shop.inbox)
        self.week = WeekDesk(shop.console.here, shop.inbox, self.desk)

    async def fill(self) -> None:
        now = datetime.now().astimezone()
        for number in range(1, 11):
            self.shop.put(
                "member", number, shop_id=1, name=f"会员{number}", state="confirmed",
                marketing=True, last_seen_at=now, bucket=5_000, weekly_cap=1 if number < 4 else 2,
            )  # fmt: skip
            self.shop.put("conversation", 1_000 + number, shop_id=1, member_id=number)
        self.shop.put("setting", 1, key="holdout_percent", value=0)
        await self.shop.arrive()

    async def campaign(self, number: int, title: str, due_at: datetime | None, **more: Any) -> None:
        content = {"variants": [{"name": "", "body": "words"}]}
        values = {"shop_id": 1, "client_id": f"c{number}", "title": title, "content": content,
                  "due_at": due_at, "at": at(0), **more}  # fmt: skip
        self.shop.put("campaign", number, **values)
        await self.shop.arrive()


@pytest.fixture
async def week(shop: Shop) -> Week:  # noqa: F811
    made = Week(shop)
    await made.fill()
    return made


@pytest.fixture
async def page(week: Week, appearance: Appearance) -> AsyncIterator[WeekPage]:
    made = WeekPage(week.week, ShopClock(ZONE), ZONE)
    made.resize(1100, 720)
    made.show()
    made.activateWindow()
    yield made
    await made.close_down()
    made.hide()
    made.deleteLater()


def card(page: WeekPage, title: str) -> WeekCard:
    return next(each for each in page.grid.cards if each.item.title == title)


async def planned(page: WeekPage, week: Week, until: Any) -> None:
    """A series on Wednesday, an offer on Saturday, of which three members get one only."""
    await week.campaign(21, "Offer", at(5))
    weekly = {"weekday": 2, "minute": 600}
    await week.campaign(22, "Weekly", None, state="scheduled", weekly=weekly, next_at=at(2))
    page.show_week(next_monday())
    await until(lambda: len(page.grid.cards) == 2 and page.grid.cards[0].isVisible())


async def test_it_says_whose_last_notice_is_used_and_who_loses_what(
    page: WeekPage, week: Week, until: Any
) -> None:
    await planned(page, week, until)
    weekly, offer = card(page, "Weekly").item, card(page, "Offer").item
    assert (weekly.receive, weekly.last, weekly.lost) == (10, 3, 0)
    assert (offer.receive, offer.lost) == (7, 3)
    assert page.warnings == [
        "“Weekly” (Wed 10:00) uses the last notice of 3 members; “Offer” (Sat 10:00) loses 3."
    ]
    assert page.left_over.text() == "Notices members may still get after all this: none: 10"
    assert not unnamed(page)


async def test_a_draft_goes_to_another_day_and_time_by_keys_and_back(
    page: WeekPage, week: Week, until: Any
) -> None:
    await planned(page, week, until)
    QTest.keyClick(card(page, "Offer"), Qt.Key.Key_Left, ALT)
    await until(lambda: card(page, "Offer").item.at == at(4))
    QTest.keyClick(card(page, "Offer"), Qt.Key.Key_Down, ALT)
    await until(lambda: card(page, "Offer").item.at == at(4, 615))
    assert page.undo.text == "“Offer” goes Fri 10:15 now"
    page.take_back.click()
    await until(lambda: card(page, "Offer").item.at == at(4))
    page.take_back.click()
    await until(lambda: card(page, "Offer").item.at == at(5))
    assert not page.take_back.isEnabled()


async def test_it_is_carried_there_with_the_mouse_too(
    page: WeekPage, week: Week, until: Any
) -> None:
    await planned(page, week, until)
    held = card(page, "Offer")
    wide = page.grid._column(1).left() - page.grid._column(0).left()
    start = QPoint(20, 12)
    QTest.mousePress(held, Qt.MouseButton.LeftButton, pos=start)
    for target in (start - QPoint(wide // 2, 0), start - QPoint(wide // 2, 0)):
        QTest.mouseMove(held, target)
    QTest.mouseMove(held, start + QPoint(0, 60))
    QTest.mouseRelease(held, Qt.MouseButton.LeftButton, pos=start)
    await until(lambda: card(page, "Offer").item.at != at(5))
    moved, minute = week_plan.place_of(card(page, "Offer").item.at, ZONE)
    assert moved < next_monday() + timedelta(days=6)
    assert minute % 15 == 0


async def test_what_is_scheduled_stays_without_a_line_and_says_so(
    page: WeekPage, week: Week, until: Any
) -> None:
    await week.campaign(23, "Fixed", at(1), state="scheduled", next_at=at(1))
    page.show_week(next_monday())
    await until(lambda: len(page.grid.cards) == 1)
    QTest.keyClick(card(page, "Fixed"), Qt.Key.Key_Right, ALT)
    await until(lambda: "relay does not answer" in page.undo.text)
    assert card(page, "Fixed").item.at == at(1)


async def test_an_empty_week_begins_with_what_went_in_the_one_before(
    page: WeekPage, week: Week, until: Any
) -> None:
    await week.campaign(24, "Monday", at(0))
    page.show_week(next_monday() + timedelta(days=7))
    await until(page.empty.isVisible)
    page.empty.button.click()
    await until(lambda: [each.item.title for each in page.grid.cards] == ["Monday"])
    assert page.grid.cards[0].item.at == at(7)
    page.repeat.click()
    await until(lambda: page.undo.text == "Nothing in the week before is missing here")
    assert len(page.grid.cards) == 1


async def test_quiet_hours_and_neighbours_are_named(page: WeekPage, week: Week, until: Any) -> None:
    await week.campaign(25, "Night", at(1, 22 * 60))
    await week.campaign(26, "One", at(3))
    await week.campaign(27, "Two", at(3, 610))
    page.show_week(next_monday())
    await until(lambda: len(page.grid.cards) == 3)
    assert "“Night” (Tue 22:00) waits until the quiet hours end at 9:00." in page.warnings
    assert "“Two” comes less than half an hour after “One”." in page.warnings
