"""A conversation both ways between real phones and a clerk."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import PhoneMaker
from tests.web.staff import Staff

Number = Callable[[], str]
RED = (200, 30, 40)
PLACE = """() => {
    const top = (element) => element.getBoundingClientRect().top;
    return top(window.marked) - top(window.marked.closest(".scroller"));
}"""
"""Within the talk: what stands above it (a banner) may come and go meanwhile."""
TO_THE_EDGE = f"""(box, top) => {{
    window.marked = box.querySelectorAll(".theirs")[9];
    box.scrollTop = top;
    return ({PLACE})();
}}"""
"""Scroll near the oldest message; where the tenth one then stands."""
KEEP_THE_NEWEST = """([all, kept]) => new Promise((done) => {
    const open = indexedDB.open("hanger");
    open.onsuccess = () => {
        const look = () => {
            const rows = open.result.transaction("rows", "readwrite").objectStore("rows");
            rows.getAll().onsuccess = ({ target }) => {
                const messages = target.result.filter(({ table }) => table === "message");
                if (messages.length < all) return setTimeout(look, 50);
                messages.sort((a, b) => a.row.seq - b.row.seq);
                for (const { key } of messages.slice(0, all - kept)) rows.delete(key);
                rows.transaction.oncomplete = () => { open.result.close(); done(); };
            };
        };
        look();
    };
})"""
"""Once so many messages are kept on the phone, forget all but the newest of them."""


def picture(width: int = 600, height: int = 800, kind: str = "JPEG") -> bytes:
    """A plain photo."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), RED).save(target, kind)
    return target.getvalue()


def choose(page: Page, *files: bytes) -> None:
    """Pick photos from the album."""
    page.locator("input[type=file]").first.set_input_files(
        [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": f} for n, f in enumerate(files)]
    )
    expect(page.locator(".tray .tile")).to_have_count(len(files))


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 568)])
def test_words_go_both_ways(
    phone: PhoneMaker, clerk: Staff, number: Number, width: int, height: int
) -> None:
    name = f"周雨桐{width}"
    member = phone(width, height)
    page = member.join(name, number())
    member.say("那件红色的风衣还有没有 L 码呀")
    chat = clerk.conversation_of(name)
    clerk.wait(lambda: clerk.bodies(chat) == ["那件红色的风衣还有没有 L 码呀"], "the question")
    clerk.say(chat, "有的,给您留一件?")
    expect(page.locator(".theirs .text")).to_have_text(["有的,给您留一件?"])
    expect(page.locator(".mine .text")).to_have_text(["那件红色的风衣还有没有 L 码呀"])
    expect(page.locator(".mine .foot")).to_contain_text("已发送")


def test_two_phones_see_only_their_own_conversation(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    one, two = phone(), phone(320, 568)
    one.join("冯女士", number())
    two.join("陈女士", number())
    one.say("一号的问题")
    two.say("二号的问题")
    first, second = clerk.conversation_of("冯女士"), clerk.conversation_of("陈女士")
    clerk.wait(lambda: clerk.bodies(first) and clerk.bodies(second), "both questions")
    clerk.say(first, "答一号")
    clerk.say(second, "答二号")
    expect(one.page.locator(".theirs .text")).to_have_text(["答一号"])
    expect(two.page.locator(".theirs .text")).to_have_text(["答二号"])
    assert one.bubbles() == ["一号的问题", "答一号"]
    assert two.bubbles() == ["二号的问题", "答二号"]


def test_what_the_shop_writes_is_text_and_never_markup(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("褚女士", number())
    chat = clerk.conversation_of("褚女士")
    nasty = "<img src=x onerror=\"document.title='hit'\"><b>x</b> https://example.com/a?b=1。javascript:1"
    clerk.say(chat, nasty)
    text = page.locator(".theirs .text")
    expect(text).to_have_text(nasty)
    assert text.locator("img, b").count() == 0
    assert text.locator("a").all_inner_texts() == ["https://example.com/a?b=1"]
    assert "noopener" in str(text.locator("a").get_attribute("rel"))
    assert page.title() == "时光衣橱"
    clerk.say(chat, "看 https://good.example\u202e@evil.example")
    expect(page.locator(".theirs .text").nth(1).locator("a")).to_have_text("https://good.example")


def test_photos_arrive_with_their_words(phone: PhoneMaker, clerk: Staff, number: Number) -> None:
    member = phone()
    page = member.join("卫女士", number())
    choose(page, picture(), picture(900, 600), picture(500, 500))
    member.say("像这样的有吗")
    chat = clerk.conversation_of("卫女士")
    message = clerk.wait(
        lambda: [m for m in clerk.rows("message") if m["conversation_id"] == chat], "the photos"
    )[0]
    assert [(m["width"], m["height"]) for m in message["media"]] == [
        (600, 800), (900, 600), (500, 500),
    ]  # fmt: skip
    assert message["body"] == "像这样的有吗"
    expect(page.locator(".album .photo.here")).to_have_count(3)
    expect(page.locator(".album img").first).to_have_attribute(
        "src", f"/media/{message['media'][0]['id']}/480"
    )


def test_a_large_photo_is_made_smaller_before_it_leaves(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("蒋女士", number())
    large = picture(4000, 3000)
    with page.expect_request(lambda r: r.url.endswith("/api/uploads")) as announced:
        choose(page, large)
        page.locator(".composer .send").click()
    assert announced.value.post_data_json["size"] < len(large)
    chat = clerk.conversation_of("蒋女士")
    message = clerk.wait(
        lambda: [m for m in clerk.rows("message") if m["conversation_id"] == chat], "the photo"
    )[0]
    assert max(message["media"][0]["width"], message["media"][0]["height"]) <= 2048


def test_a_file_that_is_no_photo_is_refused_with_a_reason_and_can_be_deleted(
    phone: PhoneMaker, number: Number
) -> None:
    member = phone()
    page = member.join("沈女士", number())
    choose(page, b"this is no photo" * 200)
    page.locator(".composer .send").click()
    expect(page.locator(".failure")).to_contain_text("重发或删除")
    page.locator(".failure").click()
    page.get_by_role("button", name="删除", exact=True).click()
    expect(page.locator(".message")).to_have_count(0)
    member.problems.clear()  # the browser reports the refused upload itself


def test_a_photo_opens_large_and_the_phones_back_closes_it(
    phone: PhoneMaker, number: Number
) -> None:
    member = phone()
    page = member.join("韩女士", number())
    choose(page, picture(), picture(900, 600))
    page.locator(".composer .send").click()
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    expect(page.locator(".photo.here")).to_have_count(2)
    page.locator(".photo.here").first.click()
    expect(page.locator(".viewer .count")).to_have_text("1 / 2")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".viewer .count")).to_have_text("2 / 2")
    page.go_back()
    expect(page.locator(".viewer")).to_have_count(0)
    expect(page.locator(".composer")).to_be_visible()


def test_her_own_message_can_be_taken_back(phone: PhoneMaker, clerk: Staff, number: Number) -> None:
    member = phone()
    page = member.join("杨女士", number())
    member.say("发错了")
    chat = clerk.conversation_of("杨女士")
    clerk.wait(lambda: clerk.bodies(chat) == ["发错了"], "the message")
    page.locator(".mine .bubble").click(button="right")
    page.get_by_role("button", name="撤回").click()
    expect(page.locator(".recalled")).to_have_text("您撤回了一条消息")
    clerk.wait(lambda: clerk.bodies(chat) == [""], "the recall")
    assert "发错了" not in page.locator("body").inner_text()


def test_what_is_older_than_two_minutes_stays(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("朱女士", number())
    member.say("早先说的")
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    page.clock.install()
    member.context.set_offline(True)  # or the relay would tell the page the real time
    expect(page.locator(".banner").first).to_be_visible()
    page.clock.fast_forward("02:01")
    page.locator(".mine .bubble").click(button="right")
    expect(page.get_by_role("button", name="复制")).to_be_visible()
    expect(page.get_by_role("button", name="撤回")).to_have_count(0)


def test_what_the_shop_takes_back_disappears(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("秦女士", number())
    chat = clerk.conversation_of("秦女士")
    name = clerk.say(chat, "内部价 199")
    expect(page.locator(".theirs .text")).to_have_text(["内部价 199"])
    clerk.do("message.recall", client_id=name)
    expect(page.locator(".recalled")).to_have_text("店家撤回了一条消息")
    kept = page.evaluate(
        """() => new Promise((done) => {
            const open = indexedDB.open("hanger");
            open.onsuccess = () => {
                const all = open.result.transaction("rows").objectStore("rows").getAll();
                all.onsuccess = () => { open.result.close(); done(JSON.stringify(all.result)); };
            };
        })"""
    )
    assert "内部价" not in kept


def test_typing_is_seen_on_both_sides(phone: PhoneMaker, clerk: Staff, number: Number) -> None:
    member = phone()
    page = member.join("尤女士", number())
    chat = clerk.conversation_of("尤女士")
    clerk.say(chat, "您好")
    expect(page.locator(".theirs")).to_have_count(1)
    clerk.signal_typing(chat)
    expect(page.locator(".typing")).to_contain_text("正在输入")
    page.locator(".composer textarea").press_sequentially("请")
    clerk.wait(lambda: [s for s in clerk.signals if s["conversation_id"] == chat], "typing")


def test_enter_does_not_send_while_an_input_method_composes(
    phone: PhoneMaker, number: Number
) -> None:
    member = phone()
    page = member.join("许女士", number())
    page.locator(".composer textarea").fill("fengyi")
    press = "(box, how) => box.dispatchEvent(new KeyboardEvent('keydown', how))"
    enter = {"key": "Enter", "bubbles": True, "cancelable": True}
    page.locator(".composer textarea").evaluate(press, {**enter, "isComposing": True})
    assert page.locator(".composer textarea").input_value() == "fengyi"
    page.locator(".composer textarea").evaluate(press, enter)
    expect(page.locator(".mine .text")).to_have_text(["fengyi"])


def test_older_messages_come_on_scrolling_up_and_the_place_is_kept(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone(320, 568)
    page = member.join("何女士", number())
    chat = clerk.conversation_of("何女士")
    for n in range(130):
        clerk.say(chat, f"第 {n} 条")
    again = member.open()
    again.goto(member.url)
    fresh = phone(320, 568)
    fresh.context.add_cookies(member.context.cookies())  # the same member, nothing kept
    page = fresh.visit()
    expect(page.locator(".theirs").last).to_contain_text("第 129 条")
    assert page.locator(".theirs").count() < 100
    place = page.locator(".scroller").evaluate(TO_THE_EDGE, 150)
    expect(page.locator(".theirs").nth(60)).to_be_attached()
    assert page.evaluate(PLACE) == pytest.approx(place, abs=2)
    while (before := page.locator(".theirs").count()) < 130:  # each time to the very top: more
        page.locator(".scroller").evaluate("box => { box.scrollTop = 0; }")
        expect(page.locator(".theirs").nth(before)).to_be_attached()
    assert fresh.bubbles() == [f"第 {n} 条" for n in range(130)]


@pytest.mark.parametrize("lost", [0, 1])
def test_at_the_very_top_older_messages_that_the_phone_does_not_hold_come_by_themselves(
    phone: PhoneMaker, clerk: Staff, number: Number, lost: int
) -> None:
    member, name = phone(320, 568), f"曹女士{lost}"
    page = member.join(name, number())
    chat = clerk.conversation_of(name)
    for n in range(70):
        clerk.say(chat, f"第 {n} 条")
    expect(page.locator(".theirs").last).to_contain_text("第 69 条")
    page.evaluate(KEEP_THE_NEWEST, [70, 40])
    asked: list[str] = []

    def lose(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > lost:
            route.continue_()
        else:
            route.abort()

    member.context.route("**/api/messages?*", lose)
    page.reload()
    member.wait_online()
    expect(page.locator(".theirs .text")).to_have_text([f"第 {n} 条" for n in range(30, 70)])
    place = page.locator(".scroller").evaluate(TO_THE_EDGE, 0)
    expect(page.locator(".theirs .text")).to_have_text([f"第 {n} 条" for n in range(70)])
    assert page.evaluate(PLACE) == pytest.approx(place, abs=2)
    assert len(asked) == lost + 1


def test_a_draft_survives_a_reload(phone: PhoneMaker, number: Number) -> None:
    member = phone()
    page = member.join("吕女士", number())
    page.locator(".composer textarea").fill("还没写完的话")
    page.reload()
    expect(page.locator(".composer textarea")).to_have_value("还没写完的话")


def test_text_over_the_limit_is_kept_and_explained(phone: PhoneMaker, number: Number) -> None:
    member = phone()
    page = member.join("施女士", number())
    page.locator(".composer textarea").fill("长" * 4_003)
    expect(page.locator(".limit")).to_contain_text("超出 3 字")
    expect(page.locator(".composer .send")).to_be_disabled()
