"""A voice for a reply: recorded, shown, listened to, kept, thrown away, sent."""

from __future__ import annotations

import io
import wave
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.ui import recorder
from console.ui.recorder import Recorder
from console.views.inbox.reply import ReplyPane
from tests.gui.memory_desk import MemoryDesk
from tests.gui.replying import NoMicrophone, OwnMicrophone, press
from tests.gui.screens import Screens

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
async def reply(screens: Screens, desk: MemoryDesk, until: Any) -> ReplyPane:
    shell = screens.shell(desk)
    shell.inbox.open(2)
    pane = shell.inbox.reply
    pane.voice.recorder.open_microphone = OwnMicrophone
    pane.text.setFocus()
    await until(lambda: shell.inbox.tasks.idle)
    return pane


def seconds_of(content: Any) -> float:
    with wave.open(io.BytesIO(content)) as file:
        return file.getnframes() / file.getframerate()


async def test_a_voice_is_recorded_and_sent_as_what_was_said(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    press(reply.tools.buttons["voice"])
    assert reply.voice.recording
    assert reply.buttons.send.isEnabled()
    OwnMicrophone.newest.say(1.5)
    assert reply.voice.time_text == "0:01 / 5:00"
    OwnMicrophone.newest.say(2.0)
    press(reply.voice.finish_button)
    assert not OwnMicrophone.newest.listening
    assert reply.voice.time_text == "0:03"
    assert reply.text.hasFocus()
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("send"))
    (_, message), *_ = desk.called("send")
    (medium,) = message.media
    assert seconds_of(medium.content) == pytest.approx(3.5)
    assert (medium.duration_ms, message.body) == (3_500, "")
    assert set(medium.waveform) <= set("0123456789abcdef")
    assert max(medium.waveform) > "8"
    assert not reply.voice.isVisible()


async def test_the_keyboard_records_and_enter_sends_straight_from_the_recording(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClick(reply.text, Qt.Key.Key_R, CTRL)
    assert reply.voice.recording
    OwnMicrophone.newest.say(1)
    reply.text.setFocus()
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("send"))
    (_, message), *_ = desk.called("send")
    assert seconds_of(message.media[0].content) == pytest.approx(1)


async def test_words_beside_a_voice_are_a_message_of_their_own(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    reply.quote(7, "which one")
    QTest.keyClick(reply.text, Qt.Key.Key_R, CTRL)
    OwnMicrophone.newest.say(1)
    press(reply.voice.finish_button)
    QTest.keyClicks(reply.text, "and this")
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: len(desk.called("send")) == 2)
    first, second = (message for _, message in desk.called("send"))
    assert (bool(first.media), first.body, first.reply_to) == (True, "", 7)
    assert (second.media, second.body, second.reply_to) == ((), "and this", 0)


async def test_a_voice_is_thrown_away(reply: ReplyPane, desk: MemoryDesk) -> None:
    press(reply.tools.buttons["voice"])
    OwnMicrophone.newest.say(1)
    press(reply.voice.remove)
    assert not OwnMicrophone.newest.listening
    assert not reply.attached.any
    assert not reply.voice.isVisible()


async def test_a_voice_can_be_heard_before_it_is_sent(
    screens: Screens, reply: ReplyPane, until: Any
) -> None:
    press(reply.tools.buttons["voice"])
    OwnMicrophone.newest.say(2)
    press(reply.voice.finish_button)
    press(reply.voice.play)
    player = screens.current.inbox.player
    await until(lambda: player.playing is not None)
    assert player.playing is not None
    assert player.playing.duration_ms == 2_000
    press(reply.voice.remove)
    assert player.playing is None


async def test_switching_ends_the_recording_and_keeps_it_in_its_conversation(
    screens: Screens, reply: ReplyPane
) -> None:
    said: list[str] = []
    reply.complained.connect(said.append)
    press(reply.tools.buttons["voice"])
    OwnMicrophone.newest.say(4)
    screens.current.inbox.open(10)
    assert not OwnMicrophone.newest.listening
    assert not reply.voice.isVisible()
    assert said == ["The recording stopped; it is kept in that conversation"]
    screens.current.inbox.open(2)
    assert reply.voice.time_text == "0:04"


async def test_nobody_is_recorded_behind_another_screen(screens: Screens, reply: ReplyPane) -> None:
    press(reply.tools.buttons["voice"])
    OwnMicrophone.newest.say(2)
    screens.current.show_section("settings")
    assert not OwnMicrophone.newest.listening
    screens.current.show_section("inbox")
    assert reply.voice.isVisible()
    assert reply.voice.time_text == "0:02"


async def test_without_a_microphone_one_sentence_says_so(reply: ReplyPane) -> None:
    said: list[str] = []
    reply.complained.connect(said.append)
    reply.voice.recorder.open_microphone = NoMicrophone
    press(reply.tools.buttons["voice"])
    assert said[0].startswith("No microphone can be used on this computer.")
    assert not reply.voice.isVisible()
    assert not reply.attached.any


async def test_a_second_recording_never_replaces_the_first(reply: ReplyPane) -> None:
    press(reply.tools.buttons["voice"])
    OwnMicrophone.newest.say(1)
    press(reply.voice.finish_button)
    press(reply.tools.buttons["voice"])
    assert not reply.voice.recording
    assert reply.voice.time_text == "0:01"


async def test_a_microphone_that_goes_away_leaves_what_was_said(reply: ReplyPane) -> None:
    press(reply.tools.buttons["voice"])
    OwnMicrophone.newest.say(2)
    OwnMicrophone.newest.broken.emit()
    assert not reply.voice.recording
    assert reply.voice.time_text == "0:02"


def test_a_microphone_that_falls_silent_without_a_word_is_gone(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "PATIENCE_MS", 50)
    made = Recorder()
    made.open_microphone = OwnMicrophone
    with qtbot.waitSignal(made.broken):
        assert made.start()
        OwnMicrophone.newest.say(1)
    voice = made.finish()
    assert voice is not None
    assert voice.duration_ms == 1_000


def test_a_recording_ends_by_itself_at_the_limit(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "MOST_MS", 3_000)
    made, ended = Recorder(), []
    made.open_microphone = OwnMicrophone
    made.full.connect(lambda: ended.append(True))
    assert made.start()
    OwnMicrophone.newest.say(5)
    assert ended == [True]
    assert not made.running
    voice = made.finish()
    assert voice is not None
    assert voice.duration_ms == 3_000


@pytest.mark.parametrize(("rate", "channels"), [(48_000, 1), (48_000, 2), (16_000, 2)])
def test_whatever_the_device_gives_the_length_is_right(
    qapp: object, rate: int, channels: int
) -> None:
    made = Recorder()
    made.open_microphone = OwnMicrophone
    monkey = OwnMicrophone
    before = monkey.rate_hz, monkey.channels
    monkey.rate_hz, monkey.channels = rate, channels
    try:
        assert made.start()
        data = b"\x10\x20" * channels * rate
        for at in range(0, len(data), 1_001):
            OwnMicrophone.newest.heard.emit(data[at : at + 1_001])
        voice = made.finish()
    finally:
        monkey.rate_hz, monkey.channels = before
    assert voice is not None
    assert seconds_of(voice.content) == pytest.approx(1.0, abs=0.001)
