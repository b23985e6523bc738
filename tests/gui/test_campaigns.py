"""The campaigns screen: composed on one page, kept all the time, sent with a number typed."""

from __future__ import annotations

import asyncio
import operator
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from console import paths
from console.desk.campaign_types import MAX_PHOTOS, CampaignDraft, Standing
from console.domain.segments import Choice
from console.ui import campaign_phrases
from console.ui.when import WhenWindow
from console.views.campaigns import CampaignsScreen
from console.views.campaigns.composer import ComposerPage
from console.views.campaigns.names import NamesWindow
from console.wire.campaign_rows import Weekly
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens

COATS = ("a001-camel", "a001-red", "a001-grey", "a002-oat", "a002-navy")


def photo(name: str) -> Path:
    return paths.resources() / "artwork" / f"{name}.webp"


def drop(on: QWidget, *files: Path) -> None:
    """What the file manager sends when files are let go over a widget."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    mime.setText("\n".join(str(file) for file in files))
    let_go(on, mime)


def let_go(on: QWidget, mime: QMimeData) -> None:
    """Something is dragged over a widget, which takes it, and is let go there."""
    at, left, none = QPoint(30, 30), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(on, enter)
    assert enter.isAccepted()
    end = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(on, end)


@pytest.fixture
async def screen(screens: Screens, desk: MemoryDesk, until: Any) -> CampaignsScreen:
    shell = screens.shell(desk, settings=False)
    shell.show_section("campaigns")
    await until(lambda: shell.campaigns.tasks.idle)
    return shell.campaigns


@pytest.fixture
async def page(screen: CampaignsScreen, until: Any) -> ComposerPage:
    QTest.mouseClick(screen.list.new, Qt.MouseButton.LeftButton)
    await until(lambda: screen.composing and screen.composer.who.audience is not None)
    return screen.composer


async def test_a_campaign_is_a_page_and_opens_no_window_of_its_own(page: ComposerPage) -> None:
    page.words.text.setPlainText("新款")  # whatever depends on the draft shows itself
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert windows == [page.window()]


async def with_photos(page: ComposerPage, until: Any, count: int = 3) -> list[str]:
    drop(page.photos.grid, *(photo(name) for name in COATS[:count]))
    await until(lambda: not page.photos.busy and len(page.editing.variant.photos) == count)
    return [each.name for each in page.editing.variant.photos]


async def test_a_campaign_opens_in_the_window_and_in_no_other(page: ComposerPage) -> None:
    seen = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert seen == [page.window()]


async def test_dropped_files_become_tiles_and_a_bad_one_is_named(
    page: ComposerPage, desk: MemoryDesk, until: Any, tmp_path: Path
) -> None:
    bad = tmp_path / "发票.txt"
    bad.write_text("no picture", encoding="utf-8")
    drop(page.photos.grid, photo(COATS[0]), bad, photo(COATS[1]))
    await until(lambda: not page.photos.busy and len(page.photos.grid.tiles) == 2)
    assert page.photos.faults.text().startswith("发票.txt: A campaign takes photos (JPEG")
    await until(lambda: bool(desk.campaigns.saves) and not page.editing.saving)
    assert len(desk.campaigns.saves[-1].variants[0].photos) == 2


@pytest.mark.parametrize(
    "place", ["words.text", "head.title", "who.number", "preview.phone", "photos.grid"]
)
async def test_photos_may_be_let_go_anywhere_on_the_page(
    page: ComposerPage, until: Any, place: str
) -> None:
    drop(operator.attrgetter(place)(page), photo(COATS[0]), photo(COATS[1]))
    await until(lambda: not page.photos.busy and len(page.photos.grid.tiles) == 2)
    assert page.editing.variant.body == page.editing.draft.title == ""


async def test_a_picture_from_a_browser_counts_and_a_mere_address_does_not(
    page: ComposerPage, until: Any
) -> None:
    address, picture = QMimeData(), QMimeData()
    for mime in (address, picture):
        mime.setUrls([QUrl("https://example.com/coat.jpg")])
    picture.setImageData(QImage(str(photo(COATS[0]))))
    let_go(page.photos.grid, picture)
    await until(lambda: not page.photos.busy and len(page.photos.grid.tiles) == 1)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, address, left, none)
    enter.ignore()
    QApplication.sendEvent(page.photos.grid, enter)
    assert not enter.isAccepted()


async def test_a_bad_file_takes_no_good_ones_place_and_what_has_none_is_named(
    page: ComposerPage, until: Any, tmp_path: Path
) -> None:
    bad = tmp_path / "发票.txt"
    bad.write_text("no picture", encoding="utf-8")
    names = [tmp_path / f"{number}.webp" for number in range(MAX_PHOTOS + 5)]
    for name in names:
        shutil.copy(photo(COATS[0]), name)
    drop(page.photos.grid, bad, *names)
    await until(lambda: not page.photos.busy)
    kept = [Path(tile.photo.path).name for tile in page.photos.grid.tiles]
    assert kept == [name.name for name in names[:MAX_PHOTOS]]
    last = page.photos.faults.text().splitlines()[-1]
    assert last == "At most 30 photos: 30.webp, 31.webp, 32.webp and 2 more left out"


async def test_photos_still_come_in_while_another_campaign_is_open(
    screen: CampaignsScreen, page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    desk.campaigns.slow.clear()
    drop(page.photos.grid, *(photo(name) for name in COATS))
    first = page.editing.client_id
    page.left.emit()
    await until(lambda: not screen.composing and screen.list.isVisible())
    QTest.mouseClick(screen.list.new, Qt.MouseButton.LeftButton)
    await until(lambda: screen.composing and page.editing.client_id != first)
    assert not page.photos.stop.isVisible()
    drop(page.photos.grid, photo(COATS[0]))
    desk.campaigns.slow.set()
    await until(lambda: not page.photos.busy and screen.tasks.idle)
    await until(lambda: not page.editing.saving)
    kept = {key: item.draft.variants[0].photos for key, item in desk.campaigns.items.items()}
    assert [Path(each.item.path).stem for each in kept.pop(first)] == list(COATS)
    (other,) = kept.values()
    assert [Path(each.item.path).stem for each in other] == [COATS[0]]


async def test_what_is_wrong_with_a_file_is_said_where_it_was_dropped(
    screen: CampaignsScreen, page: ComposerPage, until: Any, tmp_path: Path
) -> None:
    first, bad = page.editing.client_id, tmp_path / "发票.txt"
    bad.write_text("no picture", encoding="utf-8")
    drop(page.photos.grid, bad)
    await until(page.photos.faults.isVisible)
    page.left.emit()
    await until(lambda: not screen.composing and screen.list.isVisible())
    QTest.mouseClick(screen.list.new, Qt.MouseButton.LeftButton)
    await until(lambda: screen.composing and page.editing.client_id != first)
    assert not page.photos.faults.isVisible()
    await screen.open(first)
    assert page.photos.faults.isVisible()


async def test_it_can_be_sent_as_soon_as_the_last_file_was_looked_at_even_a_bad_one(
    page: ComposerPage, desk: MemoryDesk, until: Any, tmp_path: Path
) -> None:
    bad = tmp_path / "发票.txt"
    bad.write_text("no picture", encoding="utf-8")
    QTest.keyClicks(page.words.text, "hello")
    desk.campaigns.slow.clear()
    drop(page.photos.grid, photo(COATS[0]), bad)
    send = page.sending.buttons["send"]
    assert not send.isEnabled()
    desk.campaigns.slow.set()
    await until(lambda: not page.photos.busy)
    assert send.isEnabled()


async def test_what_is_dropped_right_after_a_stop_comes_in(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    desk.campaigns.slow.clear()
    drop(page.photos.grid, photo(COATS[0]))
    await until(page.photos.stop.isVisible)
    QTest.mouseClick(page.photos.stop, Qt.MouseButton.LeftButton)
    drop(page.photos.grid, photo(COATS[1]))
    desk.campaigns.slow.set()
    await until(lambda: not page.photos.busy)
    assert [Path(tile.photo.path).stem for tile in page.photos.grid.tiles] == [COATS[1]]


async def test_the_preview_speaks_the_language_of_the_campaign_that_is_opened(
    screen: CampaignsScreen, page: ComposerPage, until: Any
) -> None:
    assert page.preview.english.isChecked()
    QTest.mouseClick(page.preview.chinese, Qt.MouseButton.LeftButton)
    assert page.preview.chinese.isChecked()
    page.left.emit()
    await until(lambda: not screen.composing and screen.tasks.idle)
    QTest.mouseClick(screen.list.new, Qt.MouseButton.LeftButton)
    await until(lambda: screen.composing and page.preview.english.isChecked())


async def test_what_is_still_looked_at_can_be_stopped(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    desk.campaigns.slow.clear()
    drop(page.photos.grid, *(photo(name) for name in COATS))
    await until(page.photos.stop.isVisible)
    QTest.mouseClick(page.photos.stop, Qt.MouseButton.LeftButton)
    await until(lambda: not page.photos.busy)
    assert page.photos.grid.tiles == []
    desk.campaigns.slow.set()
    await with_photos(page, until, 2)


async def test_files_are_looked_at_together_and_come_in_in_their_order(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    first = desk.campaigns.held[COATS[0]] = asyncio.Event()
    drop(page.photos.grid, *(photo(name) for name in COATS))
    await until(lambda: sorted(desk.campaigns.looked_at) == sorted(COATS[1:]))
    assert page.photos.grid.tiles == []
    first.set()
    await until(lambda: not page.photos.busy)
    assert [Path(tile.photo.path).stem for tile in page.photos.grid.tiles] == list(COATS)


async def test_what_was_ready_before_its_turn_goes_when_it_is_stopped(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    first = desk.campaigns.held[COATS[0]] = asyncio.Event()
    drop(page.photos.grid, *(photo(name) for name in COATS))
    await until(lambda: len(desk.campaigns.looked_at) == len(COATS) - 1)
    QTest.mouseClick(page.photos.stop, Qt.MouseButton.LeftButton)
    first.set()
    await until(lambda: not page.photos.busy)
    await until(
        lambda: [call[0] for call in desk.campaigns.calls].count("drop_photo") == len(COATS) - 1
    )
    assert page.photos.grid.tiles == []
    assert COATS[0] not in desk.campaigns.looked_at


async def test_tiles_are_carried_by_mouse_and_by_keys_and_it_is_undone(
    page: ComposerPage, until: Any
) -> None:
    one, two, three = await with_photos(page, until)
    grid = page.photos.grid

    def names() -> list[str]:
        return [each.name for each in page.editing.variant.photos]

    first, last = (grid.box(n).center().toPoint() for n in (0, 2))
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=first)
    for part in (0.3, 0.6, 1.0):
        QTest.mouseMove(grid, first + (last - first) * part)
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=last)
    assert names() == [two, three, one]
    QTest.keyClick(grid, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert names() == [two, one, three]
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert names() == [two, three]
    page.editing.undo()
    assert names() == [two, one, three]
    page.editing.redo()
    assert names() == [two, three]


async def test_a_field_is_a_chip_with_a_fallback_and_the_phone_shows_her_own(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    page.words.text.setFocus()
    QTest.keyClicks(page.words.text, "Dear ")
    QTest.mouseClick(page.words.chips["name"], Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.words.text, ", hello")
    assert page.editing.variant.body == "Dear {name}, hello"
    assert page.preview.phone.shown.words == "Dear 周雨桐, hello"
    QTest.keyClicks(page.words.fallbacks["name"], "friend")
    assert page.editing.variant.fields == {"name": "friend"}
    await until(lambda: not page.editing.saving)
    assert desk.campaigns.saves[-1].variants[0].fields == {"name": "friend"}
    page.editing.undo()
    page.editing.undo()
    assert page.editing.variant.body == ""


async def test_women_and_men_get_words_of_their_own(page: ComposerPage, until: Any) -> None:
    QTest.keyClicks(page.words.text, "both")
    QTest.mouseClick(page.who.versions.split, Qt.MouseButton.LeftButton)
    assert [each.name for each in page.editing.draft.variants] == ["women", "men"]
    QTest.mouseClick(page.versions[1], Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.words.text, "!")
    assert {each.body for each in page.editing.draft.variants} == {"both", "both!"}
    await until(lambda: not page.editing.saving)


async def test_many_members_are_confirmed_by_their_number(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(page.words.text, "hello")
    send = page.sending
    QTest.mouseClick(send.buttons["send"], Qt.MouseButton.LeftButton)
    await until(lambda: send.confirm.isVisible() and send.typed.isEnabled())
    await until(lambda: not send._busy)
    QTest.keyClicks(send.typed, "63")
    assert not send.sure.isEnabled()
    QTest.keyClicks(send.typed, "8")
    QTest.mouseClick(send.sure, Qt.MouseButton.LeftButton)
    await until(lambda: ("schedule", "c1", 638) in desk.campaigns.calls)
    await until(lambda: send.buttons["undo"].isVisible() and send.buttons["undo"].isEnabled())
    assert "seconds" in send.words.text()
    QTest.mouseClick(send.buttons["undo"], Qt.MouseButton.LeftButton)
    await until(lambda: page.editing.editable)
    assert page.editing.variant.body == "hello"


async def test_few_members_need_no_number(page: ComposerPage, desk: MemoryDesk, until: Any) -> None:
    desk.campaigns.receive = 12
    QTest.keyClicks(page.words.text, "hello")
    QTest.mouseClick(page.sending.buttons["send"], Qt.MouseButton.LeftButton)
    await until(lambda: ("schedule", "c1", 0) in desk.campaigns.calls)
    desk.campaigns.put("c1", state="sending", next_at=None, counts={"written": 5, "pending": 7})
    await until(page.sending.buttons["pause"].isVisible)
    await until(lambda: bool(page.progress.bars.bars))
    assert page.progress.isVisible()
    assert not page.who.isVisible()


async def test_each_line_of_how_it_stands_opens_whom_it_counts(
    page: ComposerPage, desk: MemoryDesk, until: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def standing(_campaign_id: int) -> list[Standing]:
        return [Standing(state="written", reason="", count=5)]

    monkeypatch.setattr(desk.campaigns, "standing", standing)
    counts = {"written": 5, "read": 3, "replied": 2}
    desk.campaigns.put("c1", id=7, state="done", next_at=None, counts=counts)
    await until(lambda: len(page.progress.bars.bars) == 3)
    bars = page.progress.bars
    assert [bar.name for bar in bars.bars] == ["written/", "read", "replied"]
    bars.setFocus()
    for did, title in (("read", "Read · 3"), ("replied", "Answered · 2")):
        QTest.keyClick(bars, Qt.Key.Key_Down)
        QTest.keyClick(bars, Qt.Key.Key_Return)
        await until(lambda: ("who_did", 7, did) in desk.campaigns.calls)  # noqa: B023 - awaited
        await until(lambda: page.progress.findChild(NamesWindow) is not None)
        window = page.progress.findChild(NamesWindow)
        assert isinstance(window, NamesWindow)
        assert title in [each.text() for each in window.findChildren(QLabel)]
        window.setParent(None)


async def test_leaving_keeps_what_was_just_typed(
    screen: CampaignsScreen, page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(page.words.text, "last words")
    QTest.mouseClick(page.head.back, Qt.MouseButton.LeftButton)
    await until(lambda: not screen.composing)
    assert desk.campaigns.items["c1"].draft.variants[0].body == "last words"
    assert screen.list.list.titles == ["Untitled campaign"]
    await asyncio.sleep(0)


async def test_what_nobody_would_receive_cannot_be_sent_and_the_reason_stands_below(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    send = page.sending.buttons["send"]
    QTest.keyClicks(page.words.text, "hello")
    await until(send.isEnabled)
    desk.campaigns.receive = 0
    page.editing.change("", rule=Choice("tier", ("gold",)))
    await until(lambda: not send.isEnabled())
    assert page.sending.note.text() == "As it is meant now, nobody would receive it."
    page.editing.change("", weekly=Weekly(weekday=0, minute=600))  # next week it may be somebody
    assert send.isEnabled()
    page.editing.change("", weekly=None)
    desk.campaigns.receive = 9
    page.editing.change("", rule=None)
    await until(send.isEnabled)


async def test_in_quiet_hours_it_says_when_it_leaves_and_why_nothing_goes(
    screen: CampaignsScreen, page: ComposerPage, desk: MemoryDesk, until: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    late = datetime(2026, 11, 29, 15, 32, tzinfo=UTC)  # 23:32 in the shop
    monkeypatch.setattr(screen.clock, "_now", lambda: late)
    QTest.keyClicks(page.words.text, "hello")
    assert page.sending.buttons["send"].text() == "Send tomorrow 09:00"
    page.editing.change("", due_at=late + timedelta(days=2, hours=12))
    assert page.sending.buttons["send"].text() == "Send Dec 2 11:32"
    page.when.other.click()
    (window,) = page.when.findChildren(WhenWindow)
    assert window.moment == late + timedelta(days=2, hours=12)
    window.reject()
    page.editing.change("", due_at=None)
    page.when.other.click()
    window = page.when.findChildren(WhenWindow)[-1]
    assert window.moment == datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    window.reject()
    await until(lambda: not page.editing.saving)
    desk.campaigns.put("c1", state="sending", counts={"pending": 638})
    await until(page.sending.buttons["pause"].isVisible)
    assert page.sending.note.text() == "Quiet hours 21:30–9:00: it waits until 9:00."


async def test_what_was_sent_offers_nothing_to_change_and_speaks_of_no_time_to_come(
    screen: CampaignsScreen, page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    names = await with_photos(page, until)
    page.photos.intake.say("c1", "one could not be read")
    assert page.photos.faults.isVisible()
    page.head.title.setFocus()
    QTest.keyClicks(page.head.title, "A long name " * 9)
    page.words.text.setFocus()
    assert page.head.title.cursorPosition() == 0
    QTest.keyClicks(page.words.text, "hello")
    page.editing.change("", due_at=datetime.now(UTC) - timedelta(days=3))
    await until(lambda: not page.editing.saving)
    assert page.words.chips["name"].isVisible()
    desk.campaigns.put("c1", state="done", finished_at=datetime.now(UTC), counts={"written": 3})
    await until(lambda: not page.editing.editable)
    assert not page.words.chips["name"].isVisible()
    assert not page.when._note.isVisible()
    assert [chip.isVisible() for chip in (page.when.now, page.when.soon, page.when.other)] == [
        False, False, True]  # fmt: skip
    assert page.photos._hint.text() == f"{len(names)} photos"
    assert not page.photos.faults.isVisible()
    desk.campaigns.put("c1", recalled_at=datetime.now(UTC), draft=CampaignDraft())
    await until(lambda: page.preview.phone.shown.note.startswith("Taken back"))
    assert page.words.text.placeholderText() == page.preview.phone.shown.note


async def test_the_list_comes_back_to_what_was_open_and_says_the_day_it_leaves(
    screen: CampaignsScreen, page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    desk.campaigns.put("other", draft=CampaignDraft(title="other"))
    desk.campaigns.put("c1", state="scheduled", next_at=tomorrow, counts={"pending": 5})
    screen.list.show_items(list(desk.campaigns.items.values()))
    screen.list.show_current("other")
    QTest.mouseClick(page.head.back, Qt.MouseButton.LeftButton)
    await until(lambda: not screen.composing and screen.list.list.hasFocus())
    assert screen.list.list.value == "c1"
    below = campaign_phrases.below(desk.campaigns.items["c1"], screen.clock)
    assert below == f"Tomorrow {screen.clock.local(tomorrow):%H:%M} · 5 to go"


async def test_choosing_every_week_brings_its_day_and_hour_into_view(
    page: ComposerPage, until: Any
) -> None:
    page.window().resize(1366, 768)
    await with_photos(page, until, 5)
    page.head.steps["when"].click()
    QTest.mouseClick(page.when.weekly, Qt.MouseButton.LeftButton)
    await until(lambda: not page.when.time.visibleRegion().isEmpty())
    await until(lambda: page.when._note.visibleRegion().boundingRect() == page.when._note.rect())


async def test_what_a_restore_stopped_says_so_in_the_list_and_before_it_goes_on(
    screen: CampaignsScreen, desk: MemoryDesk, until: Any
) -> None:
    key = await desk.campaigns.create(CampaignDraft(title="周一新款"))
    at = screen.clock.now() - timedelta(minutes=5)
    desk.campaigns.put(key, state="paused", id=3, counts={"written": 511, "pending": 693},
                       started_at=at, brought_back_at=at)  # fmt: skip
    await until(lambda: [item.state for item in screen.list.items] == ["paused"])
    assert campaign_phrases.state(screen.list.items[0]) == "Stopped: decide"
    await screen.open(key)
    await until(lambda: screen.composing and screen.composer.sending.note.text())
    sending = screen.composer.sending
    assert "was brought back from a backup (today" in sending.note.text()
    assert sending.buttons["resume"].isVisible()
    desk.campaigns.put(key, state="sending", brought_back_at=None)
    await until(lambda: "backup" not in sending.note.text())
