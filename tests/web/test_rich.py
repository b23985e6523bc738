"""Albums, colour strips, articles and automatic answers, as members see them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PIL import Image
from playwright.sync_api import expect

from tests.web.conftest import PhoneMaker
from tests.web.media import add_product, message, send, upload
from tests.web.relay_process import Relay
from tests.web.staff import Staff

Number = Callable[[], str]
COLOURS = {"红色": (184, 66, 56), "米色": (219, 196, 158), "藏青": (61, 70, 96)}
COLOUR_OF = """(image) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, 1, 1);
    return Array.from(context.getImageData(0, 0, 1, 1).data).slice(0, 3);
}"""


def plain(colour: tuple[int, int, int]) -> bytes:
    """A photo of one colour."""
    target = io.BytesIO()
    Image.new("RGB", (400, 520), colour).save(target, "JPEG", quality=95)
    return target.getvalue()


def uploads(clerk: Staff) -> list[str]:
    """The three colours, brought up."""
    return [upload(clerk, plain(colour), "image/jpeg") for colour in COLOURS.values()]


def near(seen: list[int], meant: tuple[int, int, int]) -> bool:
    """Whether a colour survived being made smaller and packed."""
    return all(abs(one - other) < 12 for one, other in zip(seen, meant, strict=True))


def test_a_strip_shows_its_photos_side_by_side_in_order_with_their_labels(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("范女士", number())
    chat = clerk.conversation_of("范女士")
    send(clerk, chat, body="三个颜色给您拼在一起了~点喜欢的颜色告诉我", uploads=uploads(clerk),
         captions=list(COLOURS), layout="strip")  # fmt: skip
    strip = page.locator(".theirs .strip")
    expect(strip.locator("figcaption")).to_have_text(list(COLOURS))
    expect(strip.locator(".photo.here")).to_have_count(3)
    seen = strip.locator("img").evaluate_all(f"(images) => images.map({COLOUR_OF})")
    assert all(near(one, meant) for one, meant in zip(seen, COLOURS.values(), strict=True)), seen
    tops = strip.locator(".photo").evaluate_all("(all) => all.map((e) => e.offsetTop)")
    assert len(set(tops)) == 1
    strip.locator(".photo").nth(1).click()
    expect(page.locator(".viewer figcaption")).to_have_text("米色")


def test_an_album_keeps_its_order_and_captions_and_the_viewer_goes_through_it(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("彭女士", number())
    chat = clerk.conversation_of("彭女士")
    send(clerk, chat, uploads=uploads(clerk), captions=["第一张", "", "第三张"])
    album = page.locator(".theirs .album")
    expect(album.locator(".photo.here")).to_have_count(3)
    expect(album.locator("figcaption")).to_have_text(["第一张", "第三张"])
    seen = album.locator("img").evaluate_all(f"(images) => images.map({COLOUR_OF})")
    assert all(near(one, meant) for one, meant in zip(seen, COLOURS.values(), strict=True)), seen
    album.locator(".photo").first.click()
    count, caption = page.locator(".viewer .count"), page.locator(".viewer figcaption")
    expect(caption).to_have_text("第一张")
    page.mouse.move(300, 400)
    page.mouse.down()
    page.mouse.move(120, 400, steps=5)
    page.mouse.up()
    expect(count).to_have_text("2 / 3")
    expect(caption).to_have_text("")
    page.mouse.dblclick(200, 400)
    zoomed = "() => document.querySelector('.viewer img')?.style.transform.includes('scale(2.5)')"
    page.wait_for_function(zoomed)
    page.keyboard.press("ArrowRight")
    expect(caption).to_have_text("第三张")
    assert not page.evaluate(zoomed)
    page.keyboard.press("Escape")
    expect(page.locator(".viewer")).to_have_count(0)


def test_an_article_is_shown_with_its_price_and_can_be_asked_about(
    phone: PhoneMaker, clerk: Staff, number: Number, relay: Relay
) -> None:
    product_id = add_product(
        relay.folder, "T-900", "红色风衣", "Red trench coat", price=89900, promo_price=69900,
        picture="w001-red.webp", sizes={"S": 2, "M": 0, "L": 1},
    )  # fmt: skip
    member = phone()
    page = member.join("鲁女士", number())
    chat = clerk.conversation_of("鲁女士")
    shown = send(clerk, chat, product_id=product_id)
    card = page.locator(".theirs .card")
    expect(card.locator("b")).to_have_text("红色风衣")
    expect(card.locator(".price strong")).to_have_text("¥699")
    expect(card.locator(".price s")).to_have_text("¥899")
    expect(card.locator(".sizes span")).to_have_text(["S", "L"])
    expect(card.locator("img")).to_have_js_property("complete", True)
    assert card.locator("img").evaluate("(image) => image.naturalWidth") > 0
    card.get_by_role("button", name="问问这件").click()
    expect(page.locator(".answering")).to_contain_text("红色风衣")
    member.say("这件 L 码合身吗")
    expect(page.locator(".mine .quoted")).to_contain_text("红色风衣")
    clerk.wait(lambda: len(clerk.bodies(chat)) == 2, "the question")
    asked = max(clerk.rows("message"), key=lambda row: row["id"])
    assert asked["reply_to"] == shown["id"]


def test_notes_of_staff_never_reach_the_phone(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    frames: list[str] = []
    member.page.on(
        "websocket",
        lambda line: line.on("framereceived", lambda data: frames.append(str(data))),
    )
    page = member.join("韦女士", number())
    chat = clerk.conversation_of("韦女士")
    clerk.do("note.add", conversation_id=chat, client_id="note-of-the-shop-1",
             body="她上次退过两件,别提折扣")  # fmt: skip
    clerk.wait(lambda: clerk.rows("note"), "the note among staff")
    clerk.say(chat, "您好")
    expect(page.locator(".theirs .text")).to_have_text(["您好"])
    page.reload()
    member.wait_online()
    expect(page.locator(".theirs .text")).to_have_text(["您好"])
    assert any("您好" in frame for frame in frames)
    assert not any("别提折扣" in frame or '"note"' in frame for frame in frames)
    answer = page.evaluate(
        "async (chat) => (await fetch(`/api/messages?conversation=${chat}&limit=50`)).text()", chat
    )
    assert "您好" in answer
    assert "别提折扣" not in answer
    kept = page.evaluate(
        """() => new Promise((done) => {
            const open = indexedDB.open("hanger");
            open.onsuccess = () => {
                const all = open.result.transaction("rows").objectStore("rows").getAll();
                all.onsuccess = () => { open.result.close(); done(JSON.stringify(all.result)); };
            };
        })"""
    )
    assert "您好" in kept
    assert "别提折扣" not in kept


def test_an_answer_that_nobody_wrote_says_so(
    phone: PhoneMaker, clerk: Staff, number: Number, relay: Relay
) -> None:
    member = phone()
    page = member.join("昌女士", number())
    chat = clerk.conversation_of("昌女士")
    closed = {"on": True, "zh": "现在已打烊,明天 10:00 回复您。", "en": "We are closed."}
    clerk.do("setting.set", key="auto_reply", value=closed, public=False)
    days = [datetime.now(UTC).date() + timedelta(days=n) for n in range(-2, 4)]
    shut = {"closed": [day.isoformat() for day in days]}
    clerk.do("setting.set", key="hours", value=shut, public=True)
    try:
        member.say("还在吗")
        expect(page.locator(".theirs .text")).to_have_text(["现在已打烊,明天 10:00 回复您。"])
        expect(page.locator(".theirs .auto")).to_have_text("自动回复")
        clerk.wait(lambda: len(clerk.bodies(chat)) == 2, "the automatic answer")
    finally:
        clerk.do("setting.set", key="auto_reply", value={**closed, "on": False}, public=False)
        clerk.do("setting.set", key="hours", value=None, public=True)
    clerk.say(chat, "我来了")
    expect(page.locator(".theirs .text").last).to_have_text("我来了")
    assert message(clerk, chat, clerk.rows("message")[-1]["client_id"])
    expect(page.locator(".theirs .auto")).to_have_count(1)
