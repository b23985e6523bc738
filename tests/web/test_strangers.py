"""What a phone nobody had in mind does: keyboards over the page, scripts from right to left."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Route, expect

from tests.helpers.pictures import camera_photo
from tests.web.conftest import PhoneMaker
from tests.web.media import last_message, message, send, upload
from tests.web.staff import Staff
from tests.web.test_layers import touch

Number = Callable[[], str]
KEYBOARD = """(() => {
    const seen = new EventTarget();
    Object.assign(seen, {scale: 1, offsetTop: 0, height: innerHeight});
    Object.defineProperty(window, "visualViewport", {value: seen});
    window.keyboard = (high, scale = 1) => {
        Object.assign(seen, {scale, height: innerHeight / scale - high});
        seen.dispatchEvent(new Event("resize"));
    };
})();"""
"""A keyboard that lies over the page, as on an iPhone: only the visual viewport gets smaller."""
BOTTOM = "(element) => element.getBoundingClientRect().bottom"
FIRST_LETTER = """(text) => {
    const range = document.createRange();
    range.setStart(text.firstChild, 0);
    range.setEnd(text.firstChild, 1);
    const [letter, box] = [range.getBoundingClientRect(), text.getBoundingClientRect()];
    return (letter.left + letter.right) / 2 > (box.left + box.right) / 2 ? "right" : "left";
}"""
LAST_LETTER = FIRST_LETTER.replace("0)", "text.firstChild.length - 1)").replace(
    "1);\n    const", "text.firstChild.length);\n    const"
)
SLOW = """(() => {
    const read = FileReader.prototype.readAsArrayBuffer;
    const ready = new Promise((done) => { window.goOn = done; });
    FileReader.prototype.readAsArrayBuffer = function (blob) {
        ready.then(() => read.call(this, blob));
    };
})();"""
"""A phone that needs its time to make photos ready: until `goOn` is called."""
WAITS = "() => getComputedStyle(document.getElementById('app'), '::after').content !== 'none'"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 568)])
def test_a_keyboard_over_the_page_leaves_header_newest_words_and_box_in_sight(
    phone: PhoneMaker, clerk: Staff, number: Number, width: int, height: int
) -> None:
    member = phone(width, height)
    member.page.add_init_script(KEYBOARD)
    name = f"键女士{width}"
    page = member.join(name, number())
    chat = clerk.conversation_of(name)
    for n in range(15):
        clerk.say(chat, f"第 {n} 条")
    newest = page.locator(".theirs .text").last
    expect(newest).to_have_text("第 14 条")
    expect(page.locator(".banner.guest")).to_be_visible()
    page.locator(".composer textarea").focus()
    page.evaluate("keyboard(300)")
    assert page.locator(".composer").evaluate(BOTTOM) <= height - 300
    page.wait_for_function(
        f"(text) => ({BOTTOM})(text) < {height - 350}", arg=newest.element_handle()
    )
    assert page.locator(".bar").evaluate("(bar) => bar.getBoundingClientRect().top") == 0
    assert page.locator(".banner.guest").is_visible() == (height > 700)
    page.evaluate("keyboard(0)")
    assert page.locator(".composer").evaluate(BOTTOM) == height
    expect(page.locator(".banner.guest")).to_be_visible()
    page.evaluate("keyboard(0, 2)")
    assert page.locator(".composer").evaluate(BOTTOM) == height, "coming closer is no keyboard"


def test_a_browser_that_can_resizes_the_page_for_the_keyboard(phone: PhoneMaker) -> None:
    page = phone().visit()
    content = page.locator("meta[name=viewport]").get_attribute("content")
    assert "interactive-widget=resizes-content" in str(content)


def test_words_from_right_to_left_begin_and_end_where_they_should(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("חיים", number())
    chat = clerk.conversation_of("חיים")
    clerk.say(chat, "مرحبا، هل لديكم معطف أحمر؟")
    expect(page.locator(".theirs .text")).to_have_count(1)
    member.say("שלום, באדום 100%!")
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    clerk.say(chat, "Red coat, size L.")
    expect(page.locator(".theirs .text")).to_have_count(2)
    texts = page.locator(".text")
    assert [texts.nth(n).evaluate(FIRST_LETTER) for n in range(3)] == ["right", "right", "left"]
    assert [texts.nth(n).evaluate(LAST_LETTER) for n in range(3)] == ["left", "left", "right"]
    box = page.locator(".composer textarea")
    box.fill("שלום")
    assert box.evaluate("(element) => getComputedStyle(element).direction") == "rtl"
    box.fill("你好")
    assert box.evaluate("(element) => getComputedStyle(element).direction") == "ltr"


def test_on_a_slow_line_the_page_says_that_it_is_on_its_way(phone: PhoneMaker) -> None:
    member = phone()
    page = member.page
    held: list[Route] = []
    page.route("**/api/shop", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(member.url, wait_until="commit")
    page.wait_for_function(WAITS)
    page.wait_for_function("() => performance.getEntriesByName(location.origin + '/api/me').length")
    assert page.evaluate(WAITS)
    held[0].continue_()
    expect(page.locator("form")).to_be_visible()
    assert not page.evaluate(WAITS)


def test_the_finger_that_opens_the_menu_by_staying_does_not_close_it_by_leaving(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("指女士", number())
    clerk.say(clerk.conversation_of("指女士"), "按住我")
    place = page.locator(".theirs .bubble").bounding_box()
    assert place is not None
    finger = (0, place["x"] + 20, place["y"] + 20)
    put = touch(page)
    put("touchStart", finger)
    expect(page.locator(".sheet")).to_be_visible()
    clicked = "window.clicked = new Promise((done) => addEventListener('click', done, true))"
    page.evaluate(f"() => {{ {clicked}; }}")
    put("touchEnd")
    page.evaluate("() => window.clicked.then(() => 0)")
    assert page.locator(".sheet").count() == 1
    page.locator(".theirs .bubble").dispatch_event("contextmenu")
    expect(page.locator(".sheet")).to_have_count(1)
    page.touchscreen.tap(200, 60)
    expect(page.locator(".sheet")).to_have_count(0)


def test_a_photo_this_phone_cannot_show_waits_by_its_name(
    phone: PhoneMaker, number: Number
) -> None:
    page = phone().join("黑女士", number())
    page.locator("input[type=file]").first.set_input_files(
        {"name": "IMG_0001.HEIC", "mimeType": "image/heic", "buffer": camera_photo("HEIF")}
    )
    expect(page.locator(".tray .chip")).to_have_text("照片 1")
    expect(page.locator(".tray img")).to_have_count(0)


def test_the_caption_of_a_lone_photo_has_room_below(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("图女士", number())
    target = io.BytesIO()
    Image.new("RGB", (300, 400), (200, 30, 40)).save(target, "JPEG")
    name = upload(clerk, target.getvalue(), "image/jpeg")
    send(clerk, clerk.conversation_of("图女士"), uploads=[name], captions=["红色 L 码"])
    caption = page.locator(".album figcaption")
    expect(caption).to_have_text("红色 L 码")
    words = """(element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().bottom;
    }"""
    assert page.locator(".theirs .bubble").evaluate(BOTTOM) - caption.evaluate(words) >= 8


def test_a_long_caption_in_an_album_is_short_there_and_whole_on_the_screen(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    page = phone(320, 568).join("注女士", number())
    names = [upload(clerk, photo(width)["buffer"], "image/jpeg") for width in (310, 320, 330)]
    long = "面料是进口棉麻的" * 7
    chat = clerk.conversation_of("注女士")
    send(clerk, chat, uploads=names, captions=[long, "米色", "藏青"])
    caption = page.locator(".album figcaption").first
    expect(caption).to_have_text(long)
    line = float(caption.evaluate("(element) => parseFloat(getComputedStyle(element).lineHeight)"))
    assert caption.evaluate("(element) => element.getBoundingClientRect().height") < line * 3.5
    page.locator(".photo").first.click()
    expect(page.locator(".viewer figcaption")).to_have_text(long)


def test_what_the_shop_keeps_can_be_read_on_a_narrow_phone(
    phone: PhoneMaker, number: Number
) -> None:
    mine = number()
    page = phone(320, 568, locale="en-GB").join("Ms Facts", mine)
    page.locator(".bar .plain").click()
    page.locator("#me-data").click()
    told = page.locator(".facts dd", has_text=mine)
    line = float(told.evaluate("(element) => parseFloat(getComputedStyle(element).lineHeight)"))
    assert told.evaluate("(element) => element.getBoundingClientRect().height") < line * 1.5


def test_an_album_waits_until_all_of_it_is_ready_and_goes_whole_and_in_order(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member.page.add_init_script(SLOW)
    page = member.join("集女士", number())
    album, camera = page.locator("input[type=file]").nth(0), page.locator("input[type=file]").nth(1)
    album.set_input_files([photo(100), photo(200)])
    camera.set_input_files(photo(300))
    expect(page.locator(".tray .spinner")).to_have_count(3)
    expect(page.locator(".composer .send")).to_be_disabled()
    page.locator(".composer textarea").fill("这三张")
    page.keyboard.press("Enter")
    expect(page.locator(".composer textarea")).to_have_value("这三张")
    page.evaluate("goOn()")
    expect(page.locator(".tray img")).to_have_count(3)
    expect(page.locator(".tray .spinner")).to_have_count(0)
    page.locator(".composer .send").click()
    sent = last_message(clerk, clerk.conversation_of("集女士"), "photo")
    assert sent["body"] == "这三张"
    assert [medium["width"] for medium in sent["media"]] == [100, 200, 300]


def photo(width: int) -> FilePayload:
    """A photo to choose, known by its width."""
    target = io.BytesIO()
    Image.new("RGB", (width, 400), (200, 30, 40)).save(target, "JPEG")
    return {"name": f"{width}.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


def test_another_language_keeps_what_was_begun(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("语女士", number())
    chat = clerk.conversation_of("语女士")
    asked = message(clerk, chat, clerk.say(chat, "要哪件?"))
    expect(page.locator(".theirs .text")).to_have_count(1)
    page.locator(".theirs .bubble").click(button="right")
    page.get_by_role("button", name="引用回复").click()
    page.locator("input[type=file]").first.set_input_files([photo(110), photo(120)])
    expect(page.locator(".tray img")).to_have_count(2)
    page.locator(".composer textarea").fill("这两件")
    page.locator(".bar .plain").click()
    page.get_by_role("radio", name="English").click()
    page.get_by_role("button", name="Back").click()
    expect(page.locator(".answering")).to_contain_text("要哪件?")
    expect(page.locator(".tray img")).to_have_count(2)
    page.locator(".composer .send").click()
    sent = last_message(clerk, chat, "photo")
    assert sent["body"] == "这两件"
    assert sent["reply_to"] == asked["id"]
    assert [medium["width"] for medium in sent["media"]] == [110, 120]


def test_her_own_page_opened_by_itself_leads_to_the_chat_and_nowhere_else(
    phone: PhoneMaker, number: Number
) -> None:
    member = phone()
    page = member.join("径女士", number())
    page.goto("about:blank")
    page.goto(member.url + "/#me")
    expect(page.locator(".tier")).to_be_visible()
    page.get_by_role("button", name="返回").click()
    expect(page.locator(".composer textarea")).to_be_visible()
    assert page.url == member.url + "/"
