"""What the phone page says of the hours that the shop has today."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.web.conftest import PhoneMaker
from tests.web.staff import Staff


def test_a_day_with_a_pause_shows_both_spans(
    phone: PhoneMaker, clerk: Staff, number: Callable[[], str]
) -> None:
    pause = [[600, 840], [1020, 60]]
    clerk.do("setting.set", key="hours", value={"week": [pause] * 7})
    clerk.do("setting.set", key="reply_promise", value=False)
    try:
        member = phone()
        member.join("午休", number())
        status = member.page.locator(".promise")
        expect(status).to_have_text("营业时间 10:00–14:00 · 17:00–01:00")
    finally:
        clerk.do("setting.set", key="hours", value={"week": [[600, 1290]] * 7})
        clerk.do("setting.set", key="reply_promise", value=True)
