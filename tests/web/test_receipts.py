"""Read means really seen: half of it on a visible screen for one second, never before.

The page's clock stands still and is turned by hand, so that nothing here waits for time.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, WebSocket, expect

from tests.web.conftest import Phone, PhoneMaker
from tests.web.staff import Staff

Number = Callable[[], str]
SHOW = """(state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
OBSERVED = """(element) => new Promise((done) => {
    const observer = new IntersectionObserver(() => { observer.disconnect(); done(); });
    observer.observe(element);
})"""


class Reader:
    """A joined phone whose clock is turned by hand.

    Attributes:
        reads: every ``read`` the page has reported, in order.
    """

    def __init__(self, phone: Phone, name: str, number: str) -> None:
        self.reads: list[int] = []
        self.page: Page = phone.page
        self.page.on("websocket", self._watch)
        phone.join(name, number)
        self.page.clock.install()
        self.page.clock.pause_at(self.page.evaluate("Date.now() / 1000 + 1"))

    def _watch(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda text: self._sent(json.loads(text)))

    def _sent(self, frame: dict[str, object]) -> None:
        if frame["t"] == "seen":
            self.reads.append(int(str(frame.get("read", 0))))

    def show(self, state: str) -> None:
        """Put the page in front of somebody (``visible``) or not (``hidden``)."""
        self.page.evaluate(SHOW, state)

    def pass_time(self, milliseconds: int) -> None:
        """Let the page's clock go on, once the browser knows what is on screen."""
        for message in self.page.locator(".theirs").all():
            message.evaluate(OBSERVED)
        self.page.clock.run_for(milliseconds)
        self.page.evaluate("Promise.resolve()")


def test_a_message_is_read_after_one_second_on_screen(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    reader = Reader(phone(), "张女士", number())
    chat = clerk.conversation_of("张女士")
    clerk.say(chat, "新款到了")
    expect(reader.page.locator(".theirs .text")).to_have_text(["新款到了"])
    clerk.wait(lambda: clerk.receipts(chat)[0] == 1, "delivered")
    reader.pass_time(900)
    assert max(reader.reads, default=0) == 0
    reader.pass_time(200)
    clerk.wait(lambda: clerk.receipts(chat) == (1, 1), "read")


def test_nothing_is_read_on_a_hidden_page(phone: PhoneMaker, clerk: Staff, number: Number) -> None:
    reader = Reader(phone(), "孔女士", number())
    chat = clerk.conversation_of("孔女士")
    reader.show("hidden")
    clerk.say(chat, "您在吗")
    clerk.wait(lambda: clerk.receipts(chat)[0] == 1, "delivered")
    reader.pass_time(5_000)
    assert max(reader.reads, default=0) == 0
    reader.show("visible")
    reader.pass_time(1_100)
    clerk.wait(lambda: clerk.receipts(chat) == (1, 1), "read once the page is looked at")


def test_a_glance_is_not_enough(phone: PhoneMaker, clerk: Staff, number: Number) -> None:
    reader = Reader(phone(), "姚女士", number())
    chat = clerk.conversation_of("姚女士")
    clerk.say(chat, "您好")
    expect(reader.page.locator(".theirs")).to_have_count(1)
    for _ in range(3):
        reader.pass_time(700)
        reader.show("hidden")
        reader.pass_time(700)
        reader.show("visible")
    assert max(reader.reads, default=0) == 0


def test_what_is_scrolled_out_of_sight_is_not_read(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    reader = Reader(phone(320, 568), "东方女士", number())
    chat = clerk.conversation_of("东方女士")
    reader.show("hidden")
    for n in range(30):
        clerk.say(chat, f"第 {n} 条\n两行")
    expect(reader.page.locator(".theirs")).to_have_count(30)
    reader.page.locator(".scroller").evaluate("box => { box.scrollTop = 0; }")
    expect(reader.page.locator(".theirs").last).not_to_be_in_viewport()
    expect(reader.page.locator(".jump")).to_be_visible()
    reader.show("visible")
    reader.pass_time(5_000)
    assert 0 < max(reader.reads) < 20
    reader.page.locator(".jump").click()
    reader.pass_time(1_100)
    clerk.wait(lambda: clerk.receipts(chat) == (30, 30), "the last one read")


def test_nothing_is_read_behind_the_members_own_page(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    reader = Reader(phone(), "严女士", number())
    chat = clerk.conversation_of("严女士")
    reader.page.get_by_role("button", name="我的").click()
    expect(reader.page.locator(".tier")).to_be_visible()
    clerk.say(chat, "看到了吗")
    clerk.wait(lambda: clerk.receipts(chat)[0] == 1, "delivered")
    reader.pass_time(5_000)
    assert max(reader.reads, default=0) == 0
    reader.page.get_by_role("button", name="返回").click()
    expect(reader.page.locator(".theirs")).to_be_visible()
    reader.pass_time(1_100)
    clerk.wait(lambda: clerk.receipts(chat) == (1, 1), "read")


def test_what_was_read_offline_is_told_with_its_time(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    reader = Reader(member, "戴女士", number())
    chat = clerk.conversation_of("戴女士")
    reader.show("hidden")
    clerk.say(chat, "周末有活动")
    clerk.wait(lambda: clerk.receipts(chat)[0] == 1, "delivered")
    member.context.set_offline(True)
    expect(reader.page.locator(".banner").first).to_be_visible()
    reader.show("visible")
    reader.pass_time(1_100)
    reader.page.clock.resume()
    member.context.set_offline(False)
    clerk.wait(lambda: clerk.receipts(chat) == (1, 1), "read")


def test_she_sees_when_the_shop_has_read(phone: PhoneMaker, clerk: Staff, number: Number) -> None:
    member = phone()
    page = member.join("华女士", number())
    member.say("在吗")
    chat = clerk.conversation_of("华女士")
    clerk.wait(lambda: clerk.bodies(chat) == ["在吗"], "the message")
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    clerk.do("conversation.mark_read", conversation_id=chat, seq=1)
    expect(page.locator(".mine .foot")).to_contain_text("已读")
