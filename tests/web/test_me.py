"""The member's own page: card, notices, data, leaving and being forgotten."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.web.conftest import PhoneMaker
from tests.web.staff import Staff

Number = Callable[[], str]


def test_the_card_shows_tier_points_and_a_masked_number(phone: PhoneMaker, clerk: Staff) -> None:
    member = phone()
    page = member.join("柏女士", "13912346021")
    clerk.do("member.confirm", member_id=clerk.member("柏女士")["id"])
    page.get_by_role("button", name="我的").click()
    card = page.locator(".tier")
    expect(card).to_contain_text("139****6021")
    expect(card).to_contain_text("普通会员")
    expect(card.locator("b")).to_have_text("0")


def test_notices_and_their_weekly_limit_are_hers_to_set(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("水女士", number())
    page.get_by_role("button", name="我的").click()
    notices = page.get_by_role("switch")
    expect(notices).to_have_attribute("aria-checked", "false")
    expect(page.get_by_role("radiogroup", name="每周最多")).to_have_count(0)
    notices.click()
    expect(notices).to_have_attribute("aria-checked", "true")
    clerk.wait(lambda: clerk.member("水女士").get("marketing"), "consent")
    page.get_by_role("radio", name="2", exact=True).click()
    clerk.wait(lambda: clerk.member("水女士").get("weekly_cap") == 2, "the limit")
    page.get_by_role("button", name="查看通知说明").click()
    expect(page.locator(".panel .wording")).to_be_visible()
    notices.click()
    clerk.wait(lambda: not clerk.member("水女士").get("marketing"), "withdrawal")
    page.reload()
    expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "false")


def test_a_switch_turned_offline_holds_and_arrives_later(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("窦女士", number(), marketing=True)
    page.get_by_role("button", name="我的").click()
    expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    member.context.set_offline(True)
    page.get_by_role("switch").click()
    expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "false")
    clerk.say(clerk.conversation_of("窦女士"), "店里还不知道")
    assert clerk.member("窦女士").get("marketing") is True
    member.context.set_offline(False)
    clerk.wait(lambda: not clerk.member("窦女士").get("marketing"), "withdrawal")


def test_she_can_see_what_the_shop_keeps(phone: PhoneMaker, number: Number) -> None:
    given = number()
    page = phone().join("章女士", given)
    page.get_by_role("button", name="我的").click()
    page.get_by_role("button", name="查看店里保存的资料").click()
    facts = page.locator(".facts")
    expect(facts).to_contain_text("章女士")
    expect(facts).to_contain_text(given)


def test_leaving_clears_the_phone_and_the_member_stays(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("云女士", number())
    member.say("留在店里的话")
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    page.get_by_role("button", name="我的").click()
    page.get_by_role("button", name="在此手机上退出").click()
    page.get_by_role("button", name="退出", exact=True).click()
    expect(page.locator("form input[name=phone]")).to_be_visible()
    page.reload()
    expect(page.locator("form input[name=phone]")).to_be_visible()
    chat = clerk.conversation_of("云女士")
    clerk.wait(lambda: clerk.bodies(chat) == ["留在店里的话"], "what she wrote")


def test_deleting_the_account_erases_her_at_the_shop(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("苏女士", number())
    member.say("请忘记我")
    chat = clerk.conversation_of("苏女士")
    clerk.wait(lambda: clerk.bodies(chat) == ["请忘记我"], "the message")
    page.get_by_role("button", name="我的").click()
    page.get_by_role("button", name="删除账号").click()
    page.get_by_role("button", name="永久删除").click()
    expect(page.locator("form input[name=phone]")).to_be_visible()
    clerk.wait(lambda: "请忘记我" not in clerk.bodies(chat), "erasure")


def test_the_language_can_be_changed_without_losing_the_conversation(
    phone: PhoneMaker, number: Number
) -> None:
    member = phone()
    page = member.join("潘女士", number())
    member.say("你好")
    page.get_by_role("button", name="我的").click()
    page.get_by_role("radio", name="English").click()
    expect(page.locator(".bar h1").last).to_have_text("Me")
    page.get_by_role("button", name="Back").click()
    expect(page.locator(".mine .text")).to_have_text(["你好"])
    expect(page.locator(".mine .foot")).to_contain_text("Sent")
