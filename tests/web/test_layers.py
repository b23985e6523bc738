"""What lies over the page, sheets and the photo viewer: closed by the phone's back or by hand."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Page, expect

from tests.web.conftest import PATIENCE_MS, PhoneMaker
from tests.web.media import last_message, send, upload
from tests.web.staff import Staff

Number = Callable[[], str]
RED, GREEN, BLACK = (200, 30, 40), (30, 160, 60), (0, 0, 0)
LARGE = "**/media/*/1600"
TWICE = "(button) => { button.click(); button.click(); }"
CENTRE = (195, 422)
CLOSE = """() => {
    window.place = () => document.querySelector(".viewer img").style.transform
        .match(/-?[0-9.]+(?=px|\\))/g).map(Number);
    return Math.abs(window.place()[2] - 2) < 0.05;
}"""
"""Whether the photo stands twice as close; `place` says how far right, down and close it is."""
Finger = tuple[int, float, float]


def picture(colour: tuple[int, int, int]) -> bytes:
    """A plain photo, large enough for its smaller rendition to be another file."""
    target = io.BytesIO()
    Image.new("RGB", (1200, 1600), colour).save(target, "JPEG")
    return target.getvalue()


def show_album(page: Page, clerk: Staff, name: str) -> None:
    """Two photos, a red one and a green one, in one message of the shop."""
    photos = [upload(clerk, picture(colour), "image/jpeg") for colour in (RED, GREEN)]
    send(clerk, clerk.conversation_of(name), uploads=photos)
    expect(page.locator(".photo.here")).to_have_count(2)


def seen_at_the_centre(page: Page) -> tuple[int, ...]:
    """The first colour in the middle of the screen that is not the viewer's own black."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    seen: tuple[int, ...] = BLACK
    while near(seen, BLACK) and time.monotonic() < deadline:
        screen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        seen = tuple(screen.getpixel(CENTRE))  # type: ignore[arg-type]
    return seen


def near(colour: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    """Whether two colours are the same but for the photo's compression."""
    return all(abs(one - other) < 25 for one, other in zip(colour, wanted, strict=True))


def touch(page: Page) -> Callable[..., None]:
    """Put fingers on the screen, move them, and lift those that are told, or all."""
    line = page.context.new_cdp_session(page)

    def put(kind: str, *fingers: Finger) -> None:
        points = [{"id": number, "x": x, "y": y} for number, x, y in fingers]
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return put


def transform(page: Page) -> list[float]:
    """How far the photo is drawn to the right and down, and how close it is."""
    return [float(part) for part in page.evaluate("() => window.place()")]


def test_the_back_of_the_phone_closes_a_sheet_and_stays_on_the_page(
    phone: PhoneMaker, number: Number
) -> None:
    member = phone()
    page = member.join("幸女士", number())
    page.locator(".composer .round").first.click()
    expect(page.locator(".sheet")).to_be_visible()
    page.go_back()
    expect(page.locator(".sheet")).to_have_count(0)
    expect(page.locator(".composer")).to_be_visible()
    page.locator(".bar .plain").click()
    page.locator("#me-leave").click()
    expect(page.locator(".sheet")).to_be_visible()
    page.go_back()
    expect(page.locator(".sheet")).to_have_count(0)
    expect(page.locator(".tier")).to_be_visible()
    page.go_back()
    expect(page.locator(".composer")).to_be_visible()
    assert page.url == member.url + "/"


def test_a_sheet_and_a_photo_closed_twice_in_a_hurry_leave_the_page_open(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("司女士", number())
    show_album(page, clerk, "司女士")
    page.locator(".composer .round").first.click()
    page.locator(".sheet .cancel").evaluate(TWICE)
    expect(page.locator(".sheet")).to_have_count(0)
    page.locator(".photo").first.click()
    page.locator(".viewer .close").evaluate(TWICE)
    expect(page.locator(".viewer")).to_have_count(0)
    member.say("还在这儿")
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    assert page.url == member.url + "/"


def test_a_hasty_finger_opens_a_photo_once(phone: PhoneMaker, clerk: Staff, number: Number) -> None:
    member = phone()
    page = member.join("韶女士", number())
    show_album(page, clerk, "韶女士")
    page.locator(".photo").first.evaluate(TWICE)
    expect(page.locator(".viewer .count")).to_have_text("1 / 2")
    page.go_back()
    expect(page.locator(".viewer")).to_have_count(0)


def test_a_photo_on_a_slow_line_is_there_at_once_if_not_yet_sharp(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("郜女士", number())
    show_album(page, clerk, "郜女士")
    page.route(LARGE, lambda _: None)  # nothing comes
    page.locator(".photo").first.click()
    expect(page.locator(".viewer .count")).to_have_text("1 / 2")
    assert near(seen_at_the_centre(page), RED)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".viewer .count")).to_have_text("2 / 2")
    assert near(seen_at_the_centre(page), GREEN)


def test_a_photo_never_stands_under_the_number_of_the_next(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("黎女士", number())
    show_album(page, clerk, "黎女士")
    hung: list[object] = []

    def only_the_first(route: object) -> None:
        hung.append(route)
        if len(hung) == 1:
            route.continue_()  # type: ignore[attr-defined]

    page.route(LARGE, only_the_first)
    page.locator(".photo").first.click()
    page.wait_for_function("() => document.querySelector('.viewer img')?.naturalWidth > 480")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".viewer .count")).to_have_text("2 / 2")
    assert near(seen_at_the_centre(page), GREEN)


def test_what_is_between_two_fingers_stays_there_and_one_finger_goes_on(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("蓟女士", number())
    show_album(page, clerk, "蓟女士")
    page.locator(".photo").first.click()
    page.wait_for_function("() => document.querySelector('.viewer img')?.naturalWidth > 480")
    put = touch(page)
    put("touchStart", (0, 100, 400))
    put("touchStart", (0, 100, 400), (1, 150, 400))
    for step in range(1, 6):
        put("touchMove", (0, 100 - step * 5, 400), (1, 150 + step * 5, 400))
    page.wait_for_function(CLOSE)
    right, down, closer = transform(page)
    # The point of the photo that was at (125, 400) is at (125, 400) again.
    assert abs((125 - 195 - right) / closer - (125 - 195)) < 3
    assert abs((400 - 422 - down) / closer - (400 - 422)) < 3
    put("touchEnd", (0, 75, 400))
    for step in range(1, 4):
        put("touchMove", (1, 175, 400 + step * 10))
    page.wait_for_function("(was) => window.place()[1] - was > 25", arg=down)
    further, lower, _ = transform(page)
    assert abs(further - right) < 2
    assert abs(lower - down - 30) < 2
    put("touchEnd")
    expect(page.locator(".viewer")).to_be_visible()


def test_a_photo_that_is_taken_back_goes_from_the_whole_screen_too(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("薄女士", number())
    show_album(page, clerk, "薄女士")
    page.locator(".photo").first.click()
    expect(page.locator(".viewer .count")).to_have_text("1 / 2")
    chat = clerk.conversation_of("薄女士")
    clerk.say(chat, "发错了,抱歉")
    expect(page.locator(".theirs")).to_have_count(2)
    expect(page.locator(".viewer")).to_have_count(1)
    clerk.do("message.recall", client_id=last_message(clerk, chat, "photo")["client_id"])
    expect(page.locator(".viewer")).to_have_count(0)
    expect(page.locator(".recalled")).to_be_visible()
    assert page.url == member.url + "/"
