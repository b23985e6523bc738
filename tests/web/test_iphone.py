"""What an iPhone sends: HEIC photos and HEVC video of a minute and a half, in a browser without."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.helpers.pictures import camera_photo
from tests.helpers.recordings import film
from tests.web.conftest import PhoneMaker
from tests.web.media import last_message
from tests.web.staff import Staff
from tests.web.test_video import SIZE, choose_video

Number = Callable[[], str]
MAKING_MS = 120_000


def test_a_heic_photo_is_seen_on_the_phone_that_cannot_show_it_itself(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("滕女士", number())
    page.locator("input[type=file]").first.set_input_files(
        {"name": "IMG_0001.HEIC", "mimeType": "image/heic", "buffer": camera_photo("HEIF")}
    )
    expect(page.locator(".tray .tile")).to_have_count(1)
    page.locator(".composer .send").click()
    expect(page.locator(".mine .foot")).to_contain_text("已发送", timeout=MAKING_MS)
    expect(page.locator(".mine .photo.here")).to_have_count(1)
    (medium,) = last_message(clerk, clerk.conversation_of("滕女士"), "photo")["media"]
    assert medium["mime"] == "image/webp"


def test_a_video_of_ninety_seconds_is_made_and_can_be_watched_to_its_end(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("殷女士", number())
    data = film("hevc", 90.0, (320, 180), fps=10)
    choose_video(page, data, "IMG_0002.MOV", "video/quicktime")
    expect(page.locator(".tray .chip")).to_be_visible()
    page.locator(".composer .send").click()
    expect(page.locator(".mine .foot")).to_contain_text("已发送", timeout=MAKING_MS)
    expect(page.locator(".mine .clip .start span")).to_have_text("1:30")
    (medium,) = last_message(clerk, clerk.conversation_of("殷女士"), "video")["media"]
    assert abs(medium["duration_ms"] - 90_000) < 1_000
    page.locator(".mine .clip .start").click()
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 0.3")
    assert page.locator("video").evaluate(SIZE) == [320, 180]
    page.evaluate("() => { document.querySelector('video').currentTime = 88; }")
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 88.3")
