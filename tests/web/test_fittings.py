"""A member books a fitting on her phone, changes it and cancels it; others' she never sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.web.conftest import PhoneMaker
from tests.web.staff import Staff

Number = Callable[[], str]


def to_me(page: Page) -> None:
    page.get_by_role("button", name="我的").click()


def choose_time(page: Page, place: int) -> str:
    """The second day that is offered, and one of its times; how that is written."""
    days = page.get_by_role("dialog").locator(".actions button")
    expect(days.nth(1)).to_be_visible()
    days.nth(1).click()
    expect(page.get_by_role("dialog", name="哪一天方便?")).to_have_count(0)
    times = page.get_by_role("dialog").locator(".actions button")
    expect(times.nth(place)).to_be_visible()
    said = times.nth(place).inner_text()
    times.nth(place).click()
    return said


def booked(clerk: Staff) -> list[dict[str, Any]]:
    return [row for row in clerk.rows("fitting") if row.get("state", "booked") == "booked"]


def test_she_books_changes_and_cancels(phone: PhoneMaker, clerk: Staff, number: Number) -> None:
    clerk.follow("trade")
    clerk.do("fitting_room.save", client_id="web-room", display_name="1 号")
    page, other = phone().join("试女士", number()), phone().join("衣女士", number())
    to_me(page)
    page.get_by_role("button", name="预约试穿").click()
    first = choose_time(page, 2)
    panel = page.locator(".panel", has=page.get_by_role("heading", name="我的试穿"))
    expect(panel).to_contain_text("已约好")
    expect(panel).to_contain_text(first)
    clerk.wait(lambda: len(booked(clerk)) == 1, "the fitting")
    to_me(other)
    other.get_by_role("button", name="预约试穿").click()
    days = other.get_by_role("dialog").locator(".actions button")
    expect(days.nth(1)).to_be_visible()
    days.nth(1).click()
    free = other.get_by_role("dialog").locator(".actions button")
    expect(free.first).to_be_visible()
    assert first not in free.all_inner_texts()
    assert "试女士" not in other.content()
    other.get_by_role("dialog").locator(".cancel").click()
    panel.get_by_role("button", name="改时间").click()
    second = choose_time(page, 5)
    expect(panel).to_contain_text(second)
    expect(panel).to_contain_text("已约好")
    panel.get_by_role("button", name="取消预约").click()
    page.get_by_role("dialog").get_by_role("button", name="取消预约").click()
    expect(panel.locator(".line")).to_have_count(0)
    clerk.wait(lambda: not booked(clerk), "the cancelling")
