"""Joining: what is asked, what is refused and why, and what consent really recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.web.conftest import PhoneMaker
from tests.web.staff import Staff

SIZES = [(390, 844), (320, 568)]
Number = Callable[[], str]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_missing_field_is_named_at_once(phone: PhoneMaker, width: int, height: int) -> None:
    page = phone(width, height).visit()
    page.locator("button.primary").click()
    problems = page.locator(".problem:visible")
    expect(problems).to_have_count(3)
    texts = problems.all_inner_texts()
    assert "手机号码" in texts[0]
    assert "称呼" in texts[1]
    assert "隐私说明" in texts[2]
    expect(page.locator("input[name=phone]")).to_be_focused()
    expect(page.locator("input[name=phone]")).to_have_attribute("aria-invalid", "true")


def test_consents_are_unticked_and_their_text_opens_in_place(phone: PhoneMaker) -> None:
    page = phone().visit()
    expect(page.locator(".consent input")).to_have_count(2)
    assert [box.is_checked() for box in page.locator(".consent input").all()] == [False, False]
    wording = page.locator(".consent .wording")
    expect(wording.first).to_be_hidden()
    page.get_by_role("button", name="查看《隐私说明》").click()
    expect(wording.first).to_be_visible()
    assert len(wording.first.inner_text()) > 100
    expect(wording.nth(1)).to_be_hidden()


def test_without_privacy_nobody_joins_even_with_marketing(
    phone: PhoneMaker, number: Number
) -> None:
    page = phone().visit()
    page.locator("input[name=phone]").fill(number())
    page.locator("input[name=name]").fill("赵女士")
    page.locator(".consent label").nth(1).click()
    page.locator("button.primary").click()
    expect(page.locator(".problem:visible")).to_have_count(1)
    page.reload()
    expect(page.locator("form")).to_be_visible()


def test_a_number_the_shop_refuses_is_shown_at_its_field(phone: PhoneMaker) -> None:
    member = phone()
    page = member.visit()
    page.locator("input[name=phone]").fill("99999999")
    page.locator("input[name=name]").fill("欧阳女士")
    page.locator(".consent label").first.click()
    with page.expect_response("**/api/join") as answered:
        page.locator("button.primary").click()
    assert answered.value.json()["code"] == "join.phone"
    expect(page.locator("#join-phone-problem")).to_be_visible()
    expect(page.locator("input[name=phone]")).to_be_focused()
    member.problems.clear()  # the browser reports the refused request itself
    page.locator("input[name=phone]").fill("1")
    expect(page.locator("#join-phone-problem")).to_be_hidden()


@pytest.mark.parametrize("marketing", [False, True])
def test_marketing_is_consented_to_only_when_ticked(
    phone: PhoneMaker, clerk: Staff, number: Number, marketing: bool
) -> None:
    name = f"钱女士{marketing}"
    phone().join(name, number(), marketing=marketing)
    assert clerk.member(name).get("marketing", False) is marketing


def test_a_number_typed_with_spaces_and_full_width_digits_is_understood(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    given = number()
    full_width = given.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    phone().join("孙女士", f"{full_width[:3]} {full_width[3:7]}-{full_width[7:]}")
    assert clerk.member("孙女士")["phone"].endswith(given)


def test_a_birthday_is_optional_but_whole(phone: PhoneMaker, clerk: Staff, number: Number) -> None:
    page = phone().visit()
    page.locator("input[name=phone]").fill(number())
    page.locator("input[name=name]").fill("李女士")
    page.locator(".consent label").first.click()
    page.locator("select").first.select_option("2")
    assert page.locator("select").nth(1).locator("option").count() == 30
    page.locator("button.primary").click()
    expect(page.locator(".birthday .problem")).to_be_visible()
    page.locator("select").nth(1).select_option("29")
    page.locator("button.primary").click()
    expect(page.locator(".composer")).to_be_visible()
    assert clerk.member("李女士")["birthday"] == "02-29"


def test_a_personal_link_confirms_a_known_member(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    known = number()
    first = phone()
    first.join("吴女士", known)
    expect(first.page.locator(".banner.guest")).to_be_visible()
    member = clerk.member("吴女士")
    clerk.do("member.confirm", member_id=member["id"])
    expect(first.page.locator(".banner.guest")).to_be_hidden()
    token = clerk.do("invite.create", member_id=member["id"])["token"]
    second = phone()
    page = second.join("吴女士", known, path=f"/?i={token}")
    expect(page.locator(".banner.guest")).to_be_hidden()
    assert "i=" not in page.url


def test_the_language_follows_the_browser_and_can_be_switched(phone: PhoneMaker) -> None:
    page = phone(locale="en-GB").visit()
    expect(page.locator("button.primary")).to_have_text("Join")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("button.primary")).to_have_text("加入")
    page.reload()
    expect(page.locator("button.primary")).to_have_text("加入")
    assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_a_confirmed_guest_finds_her_old_conversation_with_her_new_words(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    known = number()
    first = phone()
    first.join("郑女士", known)
    member = clerk.member("郑女士")
    clerk.do("member.confirm", member_id=member["id"])
    chat = clerk.conversation_of("郑女士")
    clerk.say(chat, "去年说过的话")
    second = phone()
    page = second.join("郑姐", known)
    second.say("我换手机了")
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    expect(page.locator(".theirs")).to_have_count(0)
    clerk.do("member.confirm", member_id=clerk.member("郑姐")["id"])
    expect(page.locator(".bubble .text")).to_have_text(["去年说过的话", "我换手机了"])
    expect(page.locator(".banner.guest")).to_be_hidden()
    second.say("还能继续聊")
    clerk.wait(
        lambda: clerk.bodies(chat) == ["去年说过的话", "我换手机了", "还能继续聊"], "all of it"
    )
    expect(first.page.locator(".bubble .text")).to_have_count(3)
