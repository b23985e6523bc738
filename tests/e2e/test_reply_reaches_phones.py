"""What the reply box of a real window makes, as a phone shows it: voice, strip, note, later."""

from __future__ import annotations

import asyncio
import gc
import io
import wave
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import qasync
from playwright.sync_api import expect
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.sync.devices import Credential
from console.ui.appearance import Appearance
from console.ui.recorder import Microphone
from console.views.inbox.reply import ReplyPane
from tests.e2e.test_two_phones_two_consoles import (
    Console,
    Phones,
    appearance,
    relay,
    until,
)
from tests.helpers.pictures import camera_photo
from tests.helpers.recordings import film, voice
from tests.web.conftest import Phone
from tests.web.relay_process import Relay
from tests.web.staff import call
from tests.web.test_rich import COLOUR_OF, COLOURS, near, plain
from tests.web.test_voice import CATCH_SOUND, LISTEN

__all__ = ["appearance", "relay"]
pytestmark = [pytest.mark.web, pytest.mark.leaks]
SPOKEN_S = 6.0


class SpokenMicrophone(Microphone):
    """Hears a recording from a file, once it is told to."""

    newest: SpokenMicrophone

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        with wave.open(io.BytesIO(voice("wav", SPOKEN_S))) as file:
            self.rate_hz, self.channels = file.getframerate(), file.getnchannels()
            self._frames = file.readframes(file.getnframes())
        SpokenMicrophone.newest = self

    def begin(self) -> bool:
        return True

    def end(self) -> None:
        pass

    def speak(self) -> None:
        for at in range(0, len(self._frames), 4_099):
            self.heard.emit(self._frames[at : at + 4_099])


def test_voice_strip_note_and_a_message_for_later(
    qapp: QApplication, relay: Relay, appearance: Appearance, tmp_path: Path
) -> None:
    qapp.setQuitOnLastWindowClosed(False)  # as the program does
    with qasync.QEventLoop(qapp) as loop:
        loop.run_until_complete(_afternoon(relay, appearance, tmp_path))
    # Widgets must go in their own thread: a later collection may run in another one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


async def _afternoon(relay: Relay, appearance: Appearance, folder: Path) -> None:
    phones = Phones(relay.url)
    await phones.open()
    counter = await Console.open(folder / "counter", relay.url, _owner(relay), appearance)
    try:
        await until(lambda: counter.phase == "synced", "the console synced")
        await phones.do(_listen_on, phones.large)
        await phones.do(phones.large.join, "安小满", "13700246813")
        await phones.do(phones.large.say, "有哪几个颜色")
        model = counter.shell.inbox.conversations.model
        await until(lambda: model.rowCount() == 1, "her conversation")
        counter.look_at(model.id_at(0))
        await until(lambda: counter.bodies == ["有哪几个颜色"], "her question")
        await _a_strip_arrives_in_order(phones, counter, folder)
        await _a_voice_is_heard(phones, counter)
        await _a_video_is_played(phones, counter, folder)
        await _a_note_stays_here(phones, counter)
        await _later_comes_at_its_second(phones, counter)
    finally:
        await counter.close()
        problems = await phones.close()
    assert problems == []


def _owner(relay: Relay) -> Credential:
    body = {"secret": relay.secret, "staff": None, "device_name": "counter"}
    answer = call(f"{relay.url}/api/staff/local", body)
    return Credential(relay=relay.url, staff_id=answer["staff_id"], name=answer["name"],
                      role=answer["role"], token=answer["device_token"])  # fmt: skip


def _listen_on(phone: Phone) -> None:
    phone.page.add_init_script(f"({CATCH_SOUND})()")


def _enter(reply: ReplyPane) -> None:
    reply.text.setFocus()
    QTest.keyClick(reply.text, Qt.Key.Key_Return)


async def _a_strip_arrives_in_order(phones: Phones, counter: Console, folder: Path) -> None:
    """Three photos put in order and labelled; one comes from an iPhone."""
    reply, page = counter.shell.inbox.reply, phones.large.page
    files = [folder / "红.jpg", folder / "米.jpg", folder / "藏青.jpg"]
    for file, colour in zip(files, COLOURS.values(), strict=True):
        await asyncio.to_thread(file.write_bytes, plain(colour))
    iphone = folder / "IMG_0007.HEIC"
    await asyncio.to_thread(iphone.write_bytes, camera_photo("HEIF"))
    reply.add_files([files[2], files[0], files[1], iphone])
    await until(lambda: not reply.strip.busy, "the photos looked at")
    assert reply.strip.chosen[3].picture is not None
    reply.strip.remove(3)
    reply.strip.setFocus()
    for _ in range(2):
        QTest.keyClick(reply.strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert reply.strip.photos == files
    for number, label in enumerate(COLOURS):
        reply.strip.edit_caption(number)
        written = QInputMethodEvent("", [])
        written.setCommitString(label)
        QApplication.sendEvent(reply.strip.editor, written)
    reply.attached.shelf.lay_out(as_strip=True)
    reply.text.setPlainText("喜欢哪个")
    _enter(reply)
    strip = page.locator(".theirs .strip")
    await phones.do(expect(strip.locator("figcaption")).to_have_text, list(COLOURS))
    await phones.do(expect(strip.locator(".photo.here")).to_have_count, 3)
    seen = await phones.do(
        strip.locator("img").evaluate_all, f"(images) => images.map({COLOUR_OF})"
    )
    assert all(near(one, meant) for one, meant in zip(seen, COLOURS.values(), strict=True)), seen


async def _a_voice_is_heard(phones: Phones, counter: Console) -> None:
    """What is spoken into the console sounds on the phone."""
    reply, page = counter.shell.inbox.reply, phones.large.page
    reply.voice.recorder.open_microphone = SpokenMicrophone
    QTest.mouseClick(reply.tools.buttons["voice"], Qt.MouseButton.LeftButton)
    SpokenMicrophone.newest.speak()
    QTest.mouseClick(reply.voice.finish_button, Qt.MouseButton.LeftButton)
    _enter(reply)
    box = page.locator(".theirs .voice")
    await phones.do(expect(box.locator(".length")).to_have_text, "0:06")
    await phones.do(box.locator(".play").click)
    await phones.do(expect(box.locator(".play")).to_have_attribute, "aria-label", "暂停")
    await phones.do(page.evaluate, "() => { window.sounds[0].currentTime = 2.2; }")
    assert await phones.do(page.evaluate, LISTEN) > 0.05


async def _a_video_is_played(phones: Phones, counter: Console, folder: Path) -> None:
    """Its look and length stand in the reply box before, it is small on the phone."""
    reply, page = counter.shell.inbox.reply, phones.large.page
    clip = folder / "IMG_0008.MOV"
    await asyncio.to_thread(clip.write_bytes, film("mov", 3.0, (1280, 720)))
    reply.add_files([clip])
    await until(lambda: "0:03" in reply.attached.video_chip.below_text, "the video looked at")
    _enter(reply)
    # A video is made with the lowest priority: what else runs on the computer goes first.
    await until(lambda: counter.items[-1].state == "sent", "the video sent")
    await phones.do(expect(page.locator(".theirs .clip")).to_have_count, 1)
    assert counter.items[-1].kind == "video"


async def _a_note_stays_here(phones: Phones, counter: Console) -> None:
    """It stands in the console and nowhere on the phone, not even in what the page keeps."""
    reply, page = counter.shell.inbox.reply, phones.large.page
    QTest.mouseClick(reply.tools.buttons["note"], Qt.MouseButton.LeftButton)
    reply.text.setPlainText("上次退过货-机密")
    _enter(reply)
    await until(lambda: counter.bodies[-1:] == ["上次退过货-机密"], "the note")
    await until(lambda: counter.items[-1].state == "sent", "the note at the relay")
    QTest.keyClick(reply.text, Qt.Key.Key_Escape)
    reply.text.setPlainText("给您留一件")
    _enter(reply)
    said = page.locator(".theirs .text").last
    await phones.do(expect(said).to_have_text, "给您留一件")
    assert "机密" not in await phones.do(page.content)


async def _later_comes_at_its_second(phones: Phones, counter: Console) -> None:
    """Planned in the reply box, sent by the relay, not before its time."""
    reply, page = counter.shell.inbox.reply, phones.large.page
    due = datetime.now(UTC) + timedelta(seconds=4)
    reply.text.setPlainText("您的衣服熨好了")
    reply.send_later(due)
    await until(lambda: counter.items[-1].kind == "scheduled", "the planned bubble")
    assert reply.text.toPlainText() == ""
    said = page.locator(".theirs .text").last
    await phones.do(expect(said).to_have_text, "您的衣服熨好了")
    await until(lambda: counter.newest == ("您的衣服熨好了", "sent"), "the message")
    assert counter.items[-1].kind == "text"
    late = (counter.items[-1].at - due).total_seconds()
    assert 0 <= late < 2, late
