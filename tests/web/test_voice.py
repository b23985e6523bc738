"""Voice both ways, measured: what is spoken into a phone, and what is heard on it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.recordings import voice
from tests.web.conftest import PhoneMaker
from tests.web.media import fetch, last_message, level, send, spoken, upload
from tests.web.staff import Staff

Number = Callable[[], str]
SILENT = """() => {
    const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await own(wanted);
        for (const track of stream.getTracks()) track.enabled = false;
        return stream;
    };
}"""
"""A microphone that is there and hears nothing."""
NO_MICROPHONE = "Object.defineProperty(navigator, 'mediaDevices', {value: undefined});"
REFUSED = """navigator.mediaDevices.getUserMedia =
    () => Promise.reject(new DOMException("no", "NotAllowedError"));"""
CATCH_SOUND = """() => {
    const play = HTMLMediaElement.prototype.play;
    window.sounds = [];
    HTMLMediaElement.prototype.play = function () {
        if (!window.sounds.includes(this)) window.sounds.push(this);
        return play.call(this);
    };
}"""
"""Remember what is being played, which stands nowhere in the page."""
LISTEN = """() => new Promise((done) => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 2048;
    const source = context.createMediaElementSource(window.sounds[window.sounds.length - 1]);
    source.connect(analyser).connect(context.destination);
    const samples = new Float32Array(analyser.fftSize);
    let loudest = 0;
    const end = Date.now() + 2500;
    const look = () => {
        analyser.getFloatTimeDomainData(samples);
        let sum = 0;
        for (const sample of samples) sum += sample * sample;
        loudest = Math.max(loudest, Math.sqrt(sum / samples.length));
        if (loudest > 0.05 || Date.now() > end) context.close().then(() => done(loudest));
        else setTimeout(look, 20);
    };
    look();
})"""
"""The loudest moment of what plays now, by Web Audio."""
PLACE = "() => window.sounds[window.sounds.length - 1].currentTime"


def speak(page: Page) -> None:
    """Switch the recorder on, speak, and send."""
    page.locator(".speak").click()
    spoken(page, 2)
    page.locator(".recording .send").click()
    expect(page.locator(".recording")).to_have_count(0)


def test_what_is_spoken_into_the_phone_is_heard_in_the_shop(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("霍女士", number())
    speak(page)
    expect(page.locator(".mine .voice")).to_be_visible()
    chat = clerk.conversation_of("霍女士")
    row = last_message(clerk, chat, "voice")
    (sound,) = row["media"]
    assert sound["mime"] == "audio/mp4"
    assert 1500 <= sound["duration_ms"] <= 30_000, "two seconds, and more on a busy machine"
    assert set(sound["waveform"]) - {"0"}
    loudness, seconds = level(fetch(clerk, f"/media/{sound['id']}/file"))
    assert loudness > 0.005, "a beep of the browser's made-up microphone"
    assert seconds == pytest.approx(sound["duration_ms"] / 1000, abs=0.3)
    expect(page.locator(".mine .foot")).to_contain_text("已发送")
    length = f"0:{int(sound['duration_ms'] / 1000 + 0.5):02}"
    expect(page.locator(".mine .voice .length")).to_have_text(length)


def test_a_muted_microphone_records_silence(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member.page.add_init_script(f"({SILENT})()")
    page = member.join("封女士", number())
    speak(page)
    row = last_message(clerk, clerk.conversation_of("封女士"), "voice")
    loudness, _ = level(fetch(clerk, f"/media/{row['media'][0]['id']}/file"))
    assert loudness < 0.001


def test_what_the_shop_says_is_heard_on_the_phone(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member.page.add_init_script(f"({CATCH_SOUND})()")
    page = member.join("储女士", number())
    chat = clerk.conversation_of("储女士")
    send(clerk, chat, uploads=[upload(clerk, voice("m4a", 6.0), "audio/mp4")])
    box = page.locator(".theirs .voice")
    expect(box.locator(".length")).to_have_text("0:06")
    box.locator(".play").click()
    expect(box.locator(".play")).to_have_attribute("aria-label", "暂停")
    page.evaluate("() => { window.sounds[0].currentTime = 2.2; }")  # its first third is silent
    assert page.evaluate(LISTEN) > 0.05


def test_a_voice_plays_on_while_she_scrolls_and_looks_elsewhere_and_one_at_a_time(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member.page.add_init_script(f"({CATCH_SOUND})()")
    page = member.join("慕容女士", number())
    chat = clerk.conversation_of("慕容女士")
    for _ in range(2):
        send(clerk, chat, uploads=[upload(clerk, voice("m4a", 8.0), "audio/mp4")])
    first, second = (page.locator(".theirs .voice").nth(n) for n in (0, 1))
    expect(second).to_be_visible()
    first.locator(".play").click()
    expect(first.locator(".rate")).to_have_text("1×")
    first.locator(".rate").click()
    expect(first.locator(".rate")).to_have_text("1.5×")
    assert page.evaluate("() => window.sounds[0].playbackRate") == 1.5
    for n in range(30):
        clerk.say(chat, f"还有 {n}")
    expect(page.locator(".theirs .text").last).to_have_text("还有 29")
    page.locator(".bar .plain").click()
    expect(page.locator(".tier")).to_be_visible()
    before = page.evaluate(PLACE)
    page.wait_for_function(f"(before) => ({PLACE})() > before + 0.3", arg=before)
    page.go_back()
    expect(first.locator(".play")).to_have_attribute("aria-label", "暂停")
    second.locator(".play").click()
    expect(second.locator(".play")).to_have_attribute("aria-label", "暂停")
    expect(first.locator(".play")).to_have_attribute("aria-label", "播放语音")
    assert page.evaluate("() => window.sounds[0].paused")
    assert page.evaluate("() => window.sounds[1].playbackRate") == 1.5
    second.locator(".wave").click(position={"x": 120, "y": 20})
    page.wait_for_function(f"() => ({PLACE})() > 6")


def test_a_voice_waits_through_a_reload_and_no_network(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("公孙女士", number())
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.wait_for_function(
        """async () => (await (await caches.open("hanger-page-1")).keys())
            .some((kept) => kept.url.endsWith("/static/recorder.js"))"""
    )
    page.reload()
    member.wait_online()
    member.context.set_offline(True)
    expect(page.locator(".chat .banner").first).to_be_visible()
    speak(page)
    expect(page.locator(".mine .foot")).to_contain_text("等待发送")
    page.reload()
    expect(page.locator(".mine .voice .length")).to_have_text(re.compile(r"^0:(0[2-9]|[1-5]\d)$"))
    member.context.set_offline(False)
    row = last_message(clerk, clerk.conversation_of("公孙女士"), "voice")
    loudness, _ = level(fetch(clerk, f"/media/{row['media'][0]['id']}/file"))
    assert loudness > 0.005
    expect(page.locator(".mine .foot")).to_contain_text("已发送")


def test_a_held_button_sends_on_release_and_throws_away_when_slid_up(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    page = member.join("令狐女士", number())
    box = page.locator(".speak").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    spoken(page, 2)
    expect(page.locator(".recording .hint")).to_have_text("松开发送,上滑取消")
    page.mouse.move(x, y - 120, steps=4)
    expect(page.locator(".recording .hint")).to_have_text("松开取消")
    page.mouse.up()
    expect(page.locator(".recording")).to_have_count(0)
    expect(page.locator(".message")).to_have_count(0)
    page.mouse.move(x, y)
    page.mouse.down()
    spoken(page, 2)
    page.mouse.up()
    expect(page.locator(".mine .voice")).to_have_count(1)
    assert last_message(clerk, clerk.conversation_of("令狐女士"), "voice")["media"]


def test_without_a_microphone_the_phones_own_recorder_serves(
    phone: PhoneMaker, clerk: Staff, number: Number
) -> None:
    member = phone()
    member.page.add_init_script(NO_MICROPHONE)
    page = member.join("宇文女士", number())
    with page.expect_file_chooser() as asked:
        page.locator(".speak").click()
    assert asked.value.element.get_attribute("accept") == "audio/*"
    asked.value.set_files({"name": "memo.m4a", "mimeType": "audio/mp4", "buffer": voice("m4a")})
    expect(page.locator(".tray .chip")).to_have_text("[语音] 0:03")
    page.locator(".composer .send").click()
    expect(page.locator(".mine .voice .length")).to_have_text("0:03")
    row = last_message(clerk, clerk.conversation_of("宇文女士"), "voice")
    assert level(fetch(clerk, f"/media/{row['media'][0]['id']}/file"))[0] > 0.05


def test_a_refused_microphone_is_explained_with_a_way_on(phone: PhoneMaker, number: Number) -> None:
    member = phone()
    member.page.add_init_script(REFUSED)
    page = member.join("苗女士", number())
    page.locator(".speak").click()
    expect(page.locator(".sheet")).to_contain_text("没有使用麦克风的权限")
    with page.expect_file_chooser():
        page.get_by_role("button", name="用手机录音").click()


def test_a_recording_can_be_thrown_away_and_a_slip_is_not_sent(
    phone: PhoneMaker, number: Number
) -> None:
    member = phone()
    page = member.join("凤女士", number())
    page.locator(".speak").click()
    spoken(page, 2)
    page.get_by_role("button", name="取消录音").click()
    expect(page.locator(".recording")).to_have_count(0)
    page.locator(".speak").click()
    expect(page.locator(".recording .send")).to_be_enabled()
    page.locator(".recording .send").click()
    expect(page.locator(".toast")).to_have_text("说话时间太短")
    expect(page.locator(".message")).to_have_count(0)
