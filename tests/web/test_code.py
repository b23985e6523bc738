"""Her code for the counter: shown on the phone, resolved for staff alone."""

from __future__ import annotations

from collections.abc import Callable
from urllib.error import HTTPError

import pytest
from playwright.sync_api import expect

from tests.web.conftest import PhoneMaker
from tests.web.staff import Staff, call

Number = Callable[[], str]


def test_a_member_shows_her_code_and_a_console_knows_whose_it_is(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("码女士", number())
    page.get_by_role("button", name="我的").click()
    with page.expect_response("**/api/code") as answered:
        page.get_by_role("button", name="我的会员码").click()
    code = answered.value.json()["code"]
    shown = page.get_by_role("dialog", name="我的会员码")
    drawing = shown.get_by_role("img", name="会员码")
    expect(drawing).to_be_visible()
    box = drawing.bounding_box()
    assert box is not None
    assert box["width"] >= 200
    assert abs(box["width"] - box["height"]) < 1
    bearer = {"Authorization": f"Bearer {clerk.token}"}
    address = f"{clerk.url}/api/staff/code"
    known = clerk.member("码女士")["id"]
    assert call(address, {"code": code}, bearer) == {"member_id": known}
    with pytest.raises(HTTPError):
        call(address, {"code": code[:-1] + str((int(code[-1]) + 1) % 10)}, bearer)
    with pytest.raises(HTTPError):
        call(address, {"code": code})
    page.get_by_role("button", name="取消").click()
    expect(shown).to_have_count(0)
