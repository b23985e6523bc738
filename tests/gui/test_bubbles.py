"""Bubbles of every kind: what a click, a drag, a key and the menu do in them."""

from __future__ import annotations

import wave
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QGuiApplication, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from console import roles
from console.desk.types import MessageItem, PhotoItem, QuoteItem
from console.models.message_model import PAGE
from console.ui import bubble, bubble_voice, draw, spoken, theme
from console.ui.appearance import Appearance
from console.ui.when import WhenWindow
from console.views.inbox.timeline import TimelinePane
from console.wire.rows import ProductCard, QuestionRef
from tests.gui.memory_desk import MemoryDesk, ago
from tests.gui.screens import Screens

CHAT = 2
WAVE = "0123456789abcdef" * 4
VOICE = PhotoItem(media_id=70, mime="audio/mp4", duration_ms=2_000, waveform=WAVE)


def said(key: str, seq: int, body: str = "", **more: Any) -> MessageItem:
    fields = {"sender_name": "陈思敏", "at": ago(50 - seq), **more}
    return MessageItem(key=key, id=seq, seq=seq, body=body, **fields)


def mine(key: str, seq: int, body: str = "", **more: Any) -> MessageItem:
    staff = {"mine": True, "sender_kind": "staff", "sender_id": 1, "sender_name": "李店长"}
    return said(key, seq, body, **{**staff, **more})


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    file = tmp_path / "voice.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(b"\x10\x20" * 32_000)
    return file


async def shown(
    screens: Screens, desk: MemoryDesk, until: Any, *items: MessageItem
) -> TimelinePane:
    desk.messages[CHAT] = list(items)
    screens.shell(desk, settings=False)
    pane = screens.current.inbox.timeline
    screens.current.inbox.open(CHAT)
    await until(lambda: len(pane.model.items) == len(items))
    await until(lambda: screens.current.inbox.tasks.idle)
    return pane


def parts(pane: TimelinePane, key: str) -> bubble.Bubble:
    index = pane.model.index(pane.model.row_of_key(key), 0)
    return pane.delegate.measured(index, pane.list.visualRect(index).width())


def spot(pane: TimelinePane, key: str, at: QPointF) -> QPoint:
    rect = pane.list.visualRect(pane.model.index(pane.model.row_of_key(key), 0))
    return (QPointF(rect.topLeft()) + at).toPoint()


def click(pane: TimelinePane, key: str, at: QPointF) -> None:
    point = spot(pane, key, at)
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=point)


def menu_of(pane: TimelinePane, key: str) -> dict[str, Any]:
    item = pane.model.index(pane.model.row_of_key(key), 0).data(roles.ITEM)
    return {text: slot for _, text, slot, wanted in pane.acts.choices(item) if wanted}


# --- on the way ---------------------------------------------------------------------------


async def test_a_video_that_is_being_made_can_be_cancelled_at_its_bubble(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    film = PhotoItem(path="film", mime="video/mp4", width=320, height=180, duration_ms=9_000)
    on_its_way = {"kind": "video", "photos": (film,), "entry": 7, "progress": 0.4}
    pane = await shown(screens, desk, until, mine("v", 1, state="uploading", **on_its_way))
    (action,) = parts(pane, "v").actions
    assert action[1] == "Cancel"
    click(pane, "v", action[2].center())
    await until(lambda: desk.called("recall"))
    assert desk.called("recall") == [("v",)]


# --- voices -------------------------------------------------------------------------------


async def test_a_voice_plays_on_while_other_conversations_are_shown_and_one_at_a_time(
    screens: Screens, desk: MemoryDesk, until: Any, recording: Path
) -> None:
    other = msgspec.structs.replace(VOICE, media_id=71)
    desk.memory_writing.recordings = {70: recording, 71: recording}
    pane = await shown(
        screens, desk, until,
        said("v", 1, kind="voice", photos=(VOICE,)), said("w", 2, kind="voice", photos=(other,)),
    )  # fmt: skip
    inbox = screens.current.inbox
    voice = parts(pane, "v").voice
    assert voice is not None
    click(pane, "v", voice.button.center())
    await until(lambda: inbox.player.playing is not None and inbox.player.playing.position_ms > 0)
    assert inbox.now_playing.isVisible()
    inbox.open(1)
    await until(lambda: inbox.timeline.model.conversation_id == 1)
    at = inbox.player.playing.position_ms
    await until(lambda: inbox.player.playing is None or inbox.player.playing.position_ms > at)
    inbox.open(CHAT)
    await until(lambda: len(pane.model.items) == 2)
    second = parts(pane, "w").voice
    assert second is not None
    click(pane, "w", second.button.center())
    await until(lambda: inbox.player.playing is not None and inbox.player.playing.key == "w")
    QTest.mouseClick(inbox.now_playing.stop, Qt.MouseButton.LeftButton)
    assert inbox.player.playing is None
    assert not inbox.now_playing.isVisible()


async def test_speed_goes_round_and_is_kept_for_the_next_voice(
    screens: Screens, desk: MemoryDesk, until: Any, recording: Path
) -> None:
    desk.memory_writing.recordings = {70: recording}
    pane = await shown(screens, desk, until, said("v", 1, kind="voice", photos=(VOICE,)))
    player = screens.current.inbox.player
    voice = parts(pane, "v").voice
    assert voice is not None
    click(pane, "v", voice.button.center())
    await until(lambda: player.playing is not None)
    for speed in (1.5, 2.0, 1.0, 1.5):
        click(pane, "v", voice.speed.center())
        assert player.playing is not None
        assert player.playing.speed == speed
    click(pane, "v", voice.wave.center())
    assert player.playing is not None
    assert 0.4 < player.playing.part < 0.6
    click(pane, "v", voice.button.center())
    assert player.playing is not None
    assert not player.playing.running
    player.stop()
    click(pane, "v", voice.button.center())
    await until(lambda: player.playing is not None)
    assert player.playing.speed == 1.5


async def test_a_voice_that_cannot_be_had_says_so(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    pane = await shown(screens, desk, until, said("v", 1, kind="voice", photos=(VOICE,)))
    voice = parts(pane, "v").voice
    assert voice is not None
    told: list[str] = []
    screens.current.inbox.complained.connect(told.append)
    click(pane, "v", voice.button.center())
    await until(lambda: told == ["This recording is not on this computer yet"])
    assert screens.current.inbox.player.playing is None


def test_a_waveform_is_drawn_with_its_loud_and_silent_places() -> None:
    levels = bubble_voice.levels("0" * 32 + "f" * 32, 16)
    assert all(level < 0.2 for level in levels[:8])
    assert all(level == 1.0 for level in levels[8:])
    assert len(set(bubble_voice.levels("", 16))) == 1


# --- cards, notes, strips -------------------------------------------------------------------


class _Browser(QObject):
    """Stands where the system's browser would be."""

    def __init__(self, opened: list[str]) -> None:
        super().__init__()
        self._opened = opened

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self._opened.append(url.toString())


async def test_a_card_says_name_price_and_sizes(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    card = ProductCard(product_id=2, name="红色风衣", name_en="Red trench", size="L", price=59900,
                       promo_price=49900, picture="a001-red.webp", sizes=["S", "L"])  # fmt: skip
    words = "看看 https://shop.example/p"
    pane = await shown(screens, desk, until, mine("c", 1, words, kind="product", card=card))
    made = parts(pane, "c")
    assert made.card is not None
    assert made.card.name.text() == "Red trench · L"
    assert made.box.contains(made.card.picture)
    assert made.box.contains(made.card.sizes)
    opened: list[str] = []
    browser = _Browser(opened)
    QDesktopServices.setUrlHandler("https", browser, "open")
    assert made.text is not None
    click(pane, "c", made.text_at + QPointF(60, 10))
    QDesktopServices.unsetUrlHandler("https")
    assert opened == ["https://shop.example/p"]


async def test_a_note_cannot_be_taken_for_a_message(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    pane = await shown(
        screens, desk, until,
        mine("m", 1, "好的"),
        mine("n", 0, "上次退过货", kind="note", anchor=1, recallable=True, sender_id=2,
             sender_name="露露"),
    )  # fmt: skip
    made = parts(pane, "n")
    assert made.head == "Note by 露露 · only staff see this"
    image = pane.list.viewport().grab().toImage()
    ratio = image.devicePixelRatio()

    def ground(key: str) -> str:
        box = parts(pane, key).box
        at = QPointF(spot(pane, key, box.topLeft() + QPointF(14, 4))) * ratio
        return str(image.pixelColor(at.toPoint()).name())

    assert ground("n") != ground("m")
    assert set(menu_of(pane, "n")) == {"Copy text", "Delete the note"}
    menu_of(pane, "n")["Delete the note"]()
    await until(lambda: desk.called("remove_note") == [(CHAT, "n")])


async def test_a_colour_strip_stands_side_by_side_with_its_labels(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    photos = tuple(
        PhotoItem(media_id=n, width=600, height=760, caption=words)
        for n, words in enumerate(("驼色", "红色", "藏青", "灰色"), 1)
    )
    pane = await shown(
        screens, desk, until,
        mine("s", 1, kind="photo", photos=photos, layout="strip"),
        mine("a", 2, kind="photo", photos=photos),
    )  # fmt: skip
    strip, album = parts(pane, "s"), parts(pane, "a")
    assert len({box.top() for box in strip.photos}) == 1
    assert [words for _, words in strip.captions] == ["驼色", "红色", "藏青", "灰色"]
    assert len({box.top() for box in album.photos}) == 2
    for made in (strip, album):
        assert all(made.box.contains(box) for box in made.photos)
        assert all(made.box.contains(box) for box, _ in made.captions)


# --- quotes and jumps -----------------------------------------------------------------------


async def test_a_click_on_a_quote_goes_to_what_was_said_and_lets_it_shine(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    quote = QuoteItem(id=3, seq=3, sender_name="陈思敏", body="字" * 20)
    talk = [said(f"k{n}", n, f"第 {n} 句") for n in range(1, 900)]
    pane = await shown(screens, desk, until)
    desk.messages[CHAT] = [*talk, mine("q", 900, "有的", quote=quote)]
    desk.tell(CHAT)
    await until(lambda: pane.model.row_of_key("q") >= 0)
    made = parts(pane, "q")
    assert made.quote is not None
    click(pane, "q", made.quote.box.center())
    await until(lambda: pane.model.row_of_seq(3) >= 0)
    assert pane.delegate.flashing == "k3"
    row = pane.model.row_of_seq(3)
    assert row in pane.list.visible_rows()
    assert pane.model.has_newer
    assert pane.jump.isVisible()
    # Its surroundings, and one page ahead once the end of them came near.
    assert len(pane.model.items) <= 2 * PAGE
    bar = pane.list.verticalScrollBar()
    for _ in range(3):
        before = pane.model.last_seq
        bar.setValue(bar.maximum())
        await until(lambda before=before: pane.model.last_seq > before)
    seqs = [item.seq for item in pane.model.items]
    assert seqs == list(range(seqs[0], seqs[-1] + 1))
    QTest.mouseClick(pane.jump, Qt.MouseButton.LeftButton)
    await until(lambda: pane.model.last_seq == 900)
    await until(lambda: bar.value() == bar.maximum())
    assert not pane.jump.isVisible()


async def test_a_quote_of_something_not_here_says_so(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    pane = await shown(screens, desk, until, mine("q", 9, "有的", quote=QuoteItem(id=3)))
    told: list[str] = []
    screens.current.inbox.complained.connect(told.append)
    made = parts(pane, "q")
    assert made.quote is not None
    click(pane, "q", made.quote.box.center())
    assert told == ["That message is not on this computer; scroll up to it"]


async def test_a_found_message_is_opened_in_its_conversation(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    desk.messages[CHAT] = [said(f"k{n}", n, "字" * (n % 40 + 1)) for n in range(1, 2_001)]
    inbox = screens.shell(desk, settings=False).inbox
    inbox.open(CHAT, at_seq=1_000)
    pane = inbox.timeline
    await until(lambda: pane.model.row_of_seq(1_000) in pane.list.visible_rows())
    middle = pane.list.visualRect(pane.model.index(pane.model.row_of_seq(1_000), 0)).center().y()
    assert abs(middle - pane.list.viewport().height() / 2) < 60
    inbox.open(CHAT, at_seq=30)
    await until(lambda: pane.model.row_of_seq(30) in pane.list.visible_rows())
    assert pane.delegate.flashing == "k30"


# --- selecting and copying -------------------------------------------------------------------


async def test_text_is_selected_with_the_mouse_and_copied(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    pane = await shown(screens, desk, until, said("a", 1, "😍 hello world"), said("b", 2, "别的"))
    made = parts(pane, "a")
    assert made.text is not None
    line = made.text.lineAt(0)

    def at(place: int) -> QPoint:
        x = line.cursorToX(place)
        x = x[0] if isinstance(x, tuple) else x
        return spot(pane, "a", made.text_at + QPointF(x, 10))

    view = pane.list.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(3))
    for place in (5, 8):
        event_at = QPointF(at(place))
        _move(pane, event_at)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(8))
    QTest.keyClick(pane.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "hello"
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=at(11))
    QTest.keyClick(pane.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "world"
    QTest.keyClick(pane.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    menu_of(pane, "a")["Copy text"]()
    assert QGuiApplication.clipboard().text() == "😍 hello world"


def _move(pane: TimelinePane, point: QPointF) -> None:
    view = pane.list.viewport()
    event = QMouseEvent(QEvent.Type.MouseMove, point, view.mapToGlobal(point),
                        Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton,
                        Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(view, event)


async def test_a_photo_is_copied_saved_and_carried_out_as_a_file(
    screens: Screens, desk: MemoryDesk, until: Any, tmp_path: Path
) -> None:
    picture = QImage(40, 50, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    file = tmp_path / "7-1600"
    picture.save(str(file), "PNG")
    desk.files = {7: file}
    photo = PhotoItem(media_id=7, width=40, height=50)
    pane = await shown(screens, desk, until, said("p", 1, kind="photo", photos=(photo,)))
    menu = menu_of(pane, "p")
    menu["Copy photo"]()
    await until(lambda: QGuiApplication.clipboard().image().width() == 40)
    menu["Save photo as…"]()
    await until(lambda: screens.current.findChild(QFileDialog) is not None)
    dialog = screens.current.findChild(QFileDialog)
    assert dialog is not None
    target = tmp_path / "saved.png"
    dialog.fileSelected.emit(str(target))
    await until(target.exists)
    assert target.read_bytes() == file.read_bytes()
    dialog.reject()
    carried: list[QMimeData] = []
    pane.list.carry = lambda mime, _shown: carried.append(mime)  # type: ignore[method-assign]
    box = parts(pane, "p").photos[0]
    view = pane.list.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=spot(pane, "p", box.center()))
    _move(pane, QPointF(spot(pane, "p", box.center() + QPointF(60, 60))))
    await until(lambda: carried)
    (url,) = carried[0].urls()
    assert isinstance(url, QUrl)
    assert url.toLocalFile().endswith(".png")
    assert QImage(url.toLocalFile()).width() == 40


# --- to be sent later -------------------------------------------------------------------------


async def test_a_missed_message_says_why_and_can_still_be_sent_moved_or_dropped(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    missed = mine("l", 0, "开门啦", kind="scheduled", due="missed", due_at=ago(90),
                  failure="schedule.missed")  # fmt: skip
    pane = await shown(screens, desk, until, said("a", 1, "几点开门"), missed)
    made = parts(pane, "l")
    assert made.head.startswith("Was to be sent")
    boxes = {name: box for name, _, box in made.actions}
    click(pane, "l", boxes["send_now"].center())
    await until(lambda: desk.called("send_now") == [(CHAT, "l")])
    click(pane, "l", boxes["reschedule"].center())
    window = screens.current.findChild(WhenWindow)
    assert isinstance(window, QDialog)
    wanted = (ago(0) + timedelta(days=3)).replace(second=0, microsecond=0)
    local = screens.current.inbox.clock.local(wanted)
    window.edit.setDateTime(local.replace(tzinfo=None))
    window.accept_button.click()
    await until(lambda: desk.called("change_scheduled") == [(CHAT, "l", None, wanted)])
    click(pane, "l", boxes["unschedule"].center())
    await until(lambda: desk.called("cancel_scheduled") == [(CHAT, "l")])


async def test_a_waiting_message_stands_last_with_its_moment_and_no_day_before_it(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    later = mine("l", 0, "明天见", kind="scheduled", due="waiting", at=ago(60 * 24 * 3),
                 due_at=ago(-60))  # fmt: skip
    pane = await shown(screens, desk, until, said("a", 1, "几点开门"), later)
    kinds = [pane.model.index(row, 0).data(roles.LINE) for row in range(pane.model.rowCount())]
    assert kinds == [roles.LINE_DAY, roles.LINE_MESSAGE, roles.LINE_MESSAGE]
    assert parts(pane, "l").head.startswith("Will be sent")
    assert set(menu_of(pane, "l")) == {
        "Copy text", "Send now", "Another time…", "Change the words…", "Do not send",
    }  # fmt: skip


# --- keys -------------------------------------------------------------------------------------


async def test_keys_answer_open_and_take_back(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    photo = PhotoItem(media_id=7, width=40, height=50)
    pane = await shown(
        screens, desk, until,
        said("p", 1, kind="photo", photos=(photo,)), mine("m", 2, "好的", recallable=True),
    )  # fmt: skip
    inbox = screens.current.inbox
    pane.list.setCurrentIndex(pane.model.index(pane.model.row_of_key("m"), 0))
    QTest.keyClick(pane.list, Qt.Key.Key_R)
    assert not inbox.reply.quote_bar.isHidden()
    QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    await until(lambda: desk.called("recall") == [("m",)])
    pane.list.setCurrentIndex(pane.model.index(pane.model.row_of_key("p"), 0))
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    await until(inbox.viewer.isVisible)
    QTest.keyClick(inbox.viewer, Qt.Key.Key_Escape)


async def test_enter_opens_a_link_and_escape_or_down_leads_back_to_the_reply_box(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    pane = await shown(
        screens, desk, until,
        said("l", 1, "看这里 https://shop.example/a 好吗"), said("n", 2, "没有链接"),
    )  # fmt: skip
    reply, bubbles = screens.current.inbox.reply.text, pane.list
    opened: list[str] = []
    browser = _Browser(opened)
    QDesktopServices.setUrlHandler("https", browser, "open")
    bubbles.setFocus()
    bubbles.setCurrentIndex(pane.model.index(pane.model.row_of_key("l"), 0))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(bubbles, key)
    QTest.keyClick(bubbles, Qt.Key.Key_Down)
    QTest.keyClick(bubbles, Qt.Key.Key_Return)
    QDesktopServices.unsetUrlHandler("https")
    assert opened == ["https://shop.example/a"] * 2
    assert bubbles.hasFocus()
    QTest.keyClick(bubbles, Qt.Key.Key_Down)
    assert reply.hasFocus()
    bubbles.setFocus()
    QTest.keyClick(bubbles, Qt.Key.Key_Escape)
    assert reply.hasFocus()


async def test_the_menu_is_about_the_photo_or_link_under_the_pointer(
    screens: Screens, desk: MemoryDesk, until: Any, tmp_path: Path
) -> None:
    for media_id, wide in ((6, 40), (7, 60)):
        desk.files[media_id] = tmp_path / f"{media_id}.png"
        QImage(wide, 50, QImage.Format.Format_RGB32).save(str(desk.files[media_id]))
    album = tuple(PhotoItem(media_id=n, width=40, height=50) for n in (6, 7))
    words = "https://shop.example/a 和 https://shop.example/b"
    pane = await shown(screens, desk, until, said("p", 1, kind="photo", photos=album),
                       said("l", 2, words))  # fmt: skip
    menus: list[Any] = []
    pane.list.menu_at.connect(lambda item, _at, hit: menus.append((item.key, hit)))
    made = parts(pane, "l")
    assert made.text is not None
    right = made.text_at + QPointF(
        draw.width_of("https://shop.example/a 和 http", theme.BODY_PX), 10
    )
    for key, at in (("p", parts(pane, "p").photos[1].center()), ("l", right)):
        point = spot(pane, key, at)
        where = pane.list.viewport().mapToGlobal(point)
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, where)
        QApplication.sendEvent(pane.list.viewport(), asked)
    assert [(key, hit.kind, hit.value) for key, hit in menus] == [
        ("p", "photo", 1), ("l", "link", "https://shop.example/b"),
    ]  # fmt: skip
    choices = {text: slot for _, text, slot, wanted in
               pane.acts.choices(pane.model.items[1], menus[1][1]) if wanted}  # fmt: skip
    choices["Copy the link"]()
    assert QGuiApplication.clipboard().text() == "https://shop.example/b"
    choices = {text: slot for _, text, slot, wanted in
               pane.acts.choices(pane.model.items[0], menus[0][1]) if wanted}  # fmt: skip
    choices["Copy photo"]()
    await until(lambda: QGuiApplication.clipboard().image().width() == 60)


async def test_the_menu_speaks_the_language_of_the_screen(
    screens: Screens, desk: MemoryDesk, until: Any, appearance: Appearance
) -> None:
    pane = await shown(screens, desk, until, said("t", 1, "几点开门"))
    appearance.set_language("zh")
    assert set(menu_of(pane, "t")) == {"复制文字", "引用回复"}


async def test_to_the_newest_message_takes_the_keyboard_along(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    pane = await shown(screens, desk, until, *(said(f"m{n}", n, "好") for n in range(1, 31)))
    pane.list.setFocus()
    QTest.keyClick(pane.list, Qt.Key.Key_Home)
    assert pane.list.currentIndex().row() == 0
    QTest.keyClick(pane.list, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    item = pane.list.current_item()
    assert item is not None
    assert item.key == "m30"
    assert pane.list.at_end()


async def test_a_campaigns_question_stands_with_what_she_answered(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    question = QuestionRef(question_id=7, text="What next?", choices=["Coat", "Dress"])
    asks = {"campaign": True, "question": question, "sender_name": ""}
    pane = await shown(screens, desk, until, mine("a", 1, **asks),
                       mine("b", 2, "Tell us", answer="Dress", **asks))  # fmt: skip
    assert parts(pane, "a").head == "What next? · No answer yet"
    assert parts(pane, "b").head == "What next? · She answered: Dress"
    said = spoken.message(pane.model.items[1], screens.current.inbox.clock)
    assert "What next? · She answered: Dress" in said
