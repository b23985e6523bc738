"""Answering one message: by menu and by swipe, quoted on both sides, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.web.conftest import PhoneMaker
from tests.web.media import message, send
from tests.web.staff import Staff

Number = Callable[[], str]
SWIPE = """(bubble, far) => {
    const box = bubble.getBoundingClientRect();
    const finger = (x) => new Touch(
        {identifier: 1, target: bubble, clientX: box.left + x, clientY: box.top + 8});
    const tell = (name, touches) => bubble.dispatchEvent(
        new TouchEvent(name, {touches, bubbles: true, cancelable: true}));
    tell("touchstart", [finger(10)]);
    for (let step = 1; step <= 5; step++) tell("touchmove", [finger(10 + far * step / 5)]);
    tell("touchend", []);
}"""
IN_VIEW = """(element) => {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
}"""


def quote_by_menu(page: Page, text: str) -> None:
    """Long press (here: a right click) → 引用回复."""
    page.locator(".bubble", has_text=text).last.click(button="right")
    page.get_by_role("button", name="引用回复").click()
    expect(page.locator(".answering")).to_contain_text(text)


def test_a_quoted_answer_says_what_it_answers_on_both_sides(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("司马女士", number())
    chat = clerk.conversation_of("司马女士")
    asked = clerk.say(chat, "要红色还是米色?")
    expect(page.locator(".theirs .text")).to_have_count(1)
    quote_by_menu(page, "要红色还是米色?")
    member.say("红色")
    expect(page.locator(".answering")).to_have_count(0)
    expect(page.locator(".mine .quoted")).to_have_text("店家要红色还是米色?")
    clerk.wait(lambda: len(clerk.bodies(chat)) == 2, "the answer")
    first, second = sorted(clerk.rows("message"), key=lambda row: row["id"])[-2:]
    assert first["client_id"] == asked
    assert second["reply_to"] == first["id"]
    send(clerk, chat, body="好的", reply_to=second["id"])
    expect(page.locator(".theirs .quoted")).to_have_text("我红色")
    member.say("谢谢")
    expect(page.locator(".mine .quoted")).to_have_count(1)


def test_a_swipe_to_the_right_answers_and_a_short_one_does_not(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("上官女士", number())
    clerk.say(clerk.conversation_of("上官女士"), "周六到新款")
    bubble = page.locator(".theirs .bubble")
    expect(bubble).to_be_visible()
    bubble.evaluate(SWIPE, 30)
    expect(page.locator(".answering")).to_have_count(0)
    bubble.evaluate(SWIPE, 90)
    expect(page.locator(".answering")).to_contain_text("周六到新款")
    page.get_by_role("button", name="取消引用").click()
    expect(page.locator(".answering")).to_have_count(0)


def test_a_tap_on_the_quote_goes_to_the_message_however_old_it_is(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone(320, 568)
    page = member.join("诸葛女士", number())
    chat = clerk.conversation_of("诸葛女士")
    name = clerk.say(chat, "最早的那句话")
    for n in range(120):
        clerk.say(chat, f"第 {n} 条")
    send(clerk, chat, body="还记得吗", reply_to=message(clerk, chat, name)["id"])
    fresh = phone(320, 568)
    fresh.context.add_cookies(member.context.cookies())  # the same member, nothing kept
    page = fresh.visit()
    quoted = page.locator(".quoted")
    expect(quoted).to_have_text("店家最早的那句话")
    assert page.locator(".theirs").count() < 100
    quoted.click()
    flash = page.locator(".flash")
    expect(flash).to_have_text("最早的那句话")
    assert flash.evaluate(IN_VIEW)
    page.locator(".jump").click()
    expect(page.locator(".quoted")).to_have_text("店家最早的那句话")


def test_a_tap_on_a_quote_near_the_end_leaves_the_page_where_it_is(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone(320, 568)
    page = member.join("百里女士", number())
    chat = clerk.conversation_of("百里女士")
    for n in range(20):
        name = clerk.say(chat, f"第 {n} 条")
    send(clerk, chat, body="还记得吗", reply_to=message(clerk, chat, name)["id"])
    expect(page.locator(".quoted")).to_have_text("店家第 19 条")
    foot = page.locator(".composer").bounding_box()
    page.locator(".quoted").click()
    expect(page.locator(".flash")).to_have_text("第 19 条")
    assert page.locator(".composer").bounding_box() == foot


def test_a_quoted_message_that_is_taken_back_leaves_no_word(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("葛女士", number())
    chat = clerk.conversation_of("葛女士")
    name = clerk.say(chat, "内部价 199")
    send(clerk, chat, body="这个价给您", reply_to=message(clerk, chat, name)["id"])
    expect(page.locator(".quoted")).to_have_text("店家内部价 199")
    clerk.do("message.recall", client_id=name)
    expect(page.locator(".quoted")).to_have_text("店家撤回了一条消息")
    assert "内部价" not in page.locator("body").inner_text()


def test_a_message_taken_back_while_it_is_being_answered_is_answered_no_more(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("郏女士", number())
    chat = clerk.conversation_of("郏女士")
    name = clerk.say(chat, "内部价 199")
    expect(page.locator(".theirs .text")).to_have_count(1)
    quote_by_menu(page, "内部价 199")
    page.locator(".composer textarea").fill("好的")
    clerk.do("message.recall", client_id=name)
    expect(page.locator(".answering")).to_have_count(0)
    assert "内部价" not in page.locator("body").inner_text()
    page.locator(".composer .send").click()
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    expect(page.locator(".mine .quoted")).to_have_count(0)
