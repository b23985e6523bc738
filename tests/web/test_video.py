"""Short video both ways: chosen, brought up, made by the relay, played in the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.helpers.recordings import film
from tests.web.conftest import PhoneMaker
from tests.web.media import fetch, last_message, send, upload
from tests.web.staff import Staff

Number = Callable[[], str]
MAKING_MS = 60_000
PLAYS = "() => document.querySelector('video')?.currentTime > 0.4"
SIZE = "(film) => [film.videoWidth, film.videoHeight]"
LONG = """() => Object.defineProperty(HTMLMediaElement.prototype, "duration", {get: () => 200})"""


def choose_video(page: Page, data: bytes, name: str = "clip.mp4", mime: str = "video/mp4") -> None:
    """+ → 选择视频."""
    page.get_by_role("button", name="照片和视频").click()
    with page.expect_file_chooser() as asked:
        page.get_by_role("button", name="选择视频").click()
    asked.value.set_files({"name": name, "mimeType": mime, "buffer": data})


def watch(page: Page, side: str, size: list[int]) -> None:
    """Press play and wait until pictures of the right shape move."""
    page.locator(f"{side} .clip .start").click()
    page.wait_for_function(PLAYS)
    assert page.locator("video").evaluate(SIZE) == size


def test_a_video_goes_up_with_progress_and_plays_on_both_sides(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("花女士", number())
    choose_video(page, film("mp4", 3.0, (640, 360)))
    expect(page.locator(".tray .chip")).to_have_text("[视频] 0:03")
    assert page.locator(".tray .chip img").evaluate("(image) => image.naturalWidth") == 320
    page.locator(".composer .send").click()
    expect(page.locator(".mine .clip")).to_be_visible()
    expect(page.locator(".mine .foot")).to_contain_text("已发送", timeout=MAKING_MS)
    expect(page.locator(".mine progress")).to_have_count(0)
    row = last_message(clerk, clerk.conversation_of("花女士"), "video")
    (clip,) = row["media"]
    assert clip["mime"] == "video/mp4"
    assert (clip["width"], clip["height"]) == (640, 360)
    assert 2500 <= clip["duration_ms"] <= 3500
    assert clip["blurhash"]
    assert len(fetch(clerk, f"/media/{clip['id']}/file")) > 1000
    watch(page, ".mine", [640, 360])


def test_a_video_of_the_shop_plays_in_the_page_and_plays_on_when_more_is_said(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("方女士", number())
    chat = clerk.conversation_of("方女士")
    send(clerk, chat, uploads=[upload(clerk, film("mov", 4.0, (360, 640)), "video/quicktime")])
    clip = page.locator(".theirs .clip")
    expect(clip.locator(".start span")).to_have_text("0:04")
    page.wait_for_function(
        "() => (document.querySelector('.clip img') || {}).naturalWidth > 0"  # its poster is there
    )
    box = clip.bounding_box()
    assert box is not None
    assert abs(box["height"] / box["width"] - 640 / 360) < 0.05
    watch(page, ".theirs", [360, 640])
    clerk.say(chat, "好看吗")
    expect(page.locator(".theirs .text")).to_have_text(["好看吗"])
    assert not page.evaluate("() => document.querySelector('video').paused"), "it plays on"


def test_a_video_waits_through_a_reload_without_network(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("俞女士", number())
    choose_video(page, film("mp4", 2.0, (320, 240)))
    expect(page.locator(".tray .chip")).to_be_visible()
    member.context.set_offline(True)
    expect(page.locator(".chat .banner").first).to_be_visible()
    page.locator(".composer .send").click()
    expect(page.locator(".mine .foot")).to_contain_text("等待发送")
    member.context.set_offline(False)
    page.reload()
    expect(page.locator(".mine .foot")).to_contain_text("已发送", timeout=MAKING_MS)
    assert last_message(clerk, clerk.conversation_of("俞女士"), "video")["media"]


def test_a_video_that_is_too_long_or_broken_is_explained(phone: PhoneMaker, number: Number) -> None:
    member = phone()
    page = member.join("任女士", number())
    page.evaluate(LONG)
    choose_video(page, film("mp4", 1.0, (320, 240)))
    expect(page.locator(".toast")).to_have_text("视频太长了,最长 3 分钟")
    expect(page.locator(".tray .tile")).to_have_count(0)
    page.reload()
    member.wait_online()
    choose_video(page, b"no video at all" * 100)
    expect(page.locator(".tray .chip")).to_be_visible()
    page.locator(".composer .send").click()
    expect(page.locator(".failure")).to_contain_text("重发或删除", timeout=MAKING_MS)
    member.problems.clear()  # the browser reports the refused upload itself


def test_a_file_larger_than_the_limit_is_not_even_read(
    phone: PhoneMaker, number: Number, tmp_path: Path
) -> None:
    member = phone()
    page = member.join("袁女士", number())
    huge = tmp_path / "huge.mp4"
    with huge.open("wb") as stream:
        stream.truncate(200_000_001)
    page.get_by_role("button", name="照片和视频").click()
    with page.expect_file_chooser() as asked:
        page.get_by_role("button", name="选择视频").click()
    asked.value.set_files(huge)
    expect(page.locator(".toast")).to_have_text("视频太大了,最大 200 MB")
    expect(page.locator(".tray .tile")).to_have_count(0)
