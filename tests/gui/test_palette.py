"""Ctrl+K: finding anything with keys or the mouse, and what comes of choosing it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.modeltest import ModelTester

from console.desk.types import PhotoItem
from console.models.find_model import FindModel, FindRow
from console.ui import i18n, marked_line, theme
from console.ui.appearance import Appearance
from console.views.palette import Palette
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk, ago
from tests.gui.screens import Screens

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(palette: Palette, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(palette.field, key)


def kinds(palette: Palette) -> list[str]:
    return [row.kind for row in rows(palette)]


def rows(palette: Palette) -> list[FindRow]:
    found = (palette.model.row(number) for number in range(palette.model.rowCount()))
    return [row for row in found if row is not None]


def current(palette: Palette) -> FindRow:
    row = palette.model.row(palette.list.currentIndex().row())
    assert row is not None
    return row


def compose(palette: Palette, text: str, commit: str = "") -> None:
    event = QInputMethodEvent(text, [])
    event.setCommitString(commit)
    QApplication.sendEvent(palette.field, event)


@pytest.fixture
async def shell(screens: Screens, desk: MemoryDesk, until: Any) -> Shell:
    """A morning in the shop, with one more who asks for a trench coat."""
    desk.arrive(8, "Is the trench coat 风衣 still there?")
    shell = screens.shell(desk)
    await until(lambda: shell.inbox.conversations.model.rowCount() == 5)
    return shell


async def opened(shell: Shell, until: Callable[..., Any], text: str = "") -> Palette:
    await until(shell.isActiveWindow)
    QTest.keyClick(shell, Key.Key_K, CONTROL)
    palette = shell.finder
    assert palette.isVisible()
    assert palette.field.hasFocus()
    if text:
        compose(palette, "", text)
        await until(lambda: palette.query == text)
    return palette


async def test_it_finds_members_groups_and_words_with_their_hits(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    palette = await opened(shell, until, "风衣")
    found = rows(palette)
    assert [row.title for row in found if row.kind == "heading"] == ["Members", "Messages"]
    (member,) = [row for row in found if row.kind == "member"]
    assert (member.title, member.tags) == ("周雨桐", ("风衣",))
    first, *_ = [row for row in found if row.kind == "message"]
    assert first.title == "Emily Chen"
    assert {first.detail[slice(*hit)] for hit in first.detail_hits} == {"风衣"}


async def test_words_of_ours_are_marked_behind_you(shell: Shell, until: Any) -> None:
    palette = await opened(shell, until, "周末不休息")
    (row,) = [row for row in rows(palette) if row.kind == "message"]
    assert row.detail.startswith("You: ")
    assert row.detail[slice(*row.detail_hits[0])] == "周末不休息"


async def test_enter_on_a_message_opens_it_there_with_its_words_marked(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    palette = await opened(shell, until, "几点开门")
    press(palette, Key.Key_Return)
    assert not palette.isVisible()
    timeline = shell.inbox.timeline
    await until(lambda: timeline.delegate.marked.key)
    assert timeline.model.conversation_id == 1
    (item,) = [item for item in desk.messages[1] if item.key == timeline.delegate.marked.key]
    assert [item.body[slice(*hit)] for hit in timeline.delegate.marked.hits] == ["几点开门"]
    assert item.key == timeline.delegate.flashing
    shell.inbox.open(2)
    assert timeline.delegate.marked.key == ""


async def test_a_caption_is_found_marked_in_the_list_and_under_its_photo(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    asked = desk.arrive(8, "")
    photos = (PhotoItem(media_id=5, width=240, height=300, caption="龙纹袖口"),
              PhotoItem(media_id=6, width=240, height=300, caption="背面"))  # fmt: skip
    shown = msgspec.structs.replace(asked, kind="photo", photos=photos)
    desk.messages[8][-1] = shown
    palette = await opened(shell, until, "袖口")
    (row,) = [row for row in rows(palette) if row.kind == "message"]
    assert row.detail == "[Photo] 龙纹袖口"
    assert [row.detail[slice(*hit)] for hit in row.detail_hits] == ["袖口"]
    press(palette, Key.Key_Return)
    timeline = shell.inbox.timeline
    await until(lambda: timeline.delegate.marked.key == shown.key)
    assert timeline.delegate.marked.of("龙纹袖口") == ((2, 4),)
    assert timeline.delegate.marked.of("背面") == timeline.delegate.marked.hits == ()
    image = timeline.list.viewport().grab().toImage()
    mark = theme.color("warn_soft").rgb()
    spots = ((x, y) for y in range(0, image.height(), 2) for x in range(0, image.width(), 3))
    assert any(image.pixel(*spot) == mark for spot in spots)


async def test_a_second_search_in_the_open_conversation_jumps_within_it(
    shell: Shell, until: Any
) -> None:
    shell.inbox.open(1)
    timeline = shell.inbox.timeline
    await until(lambda: timeline.model.rowCount() > 3)
    palette = await opened(shell, until, "周六下午")
    press(palette, Key.Key_Return)
    await until(lambda: timeline.delegate.marked.key)
    assert timeline.model.conversation_id == 1


async def test_a_member_opens_her_conversation_and_a_screen_its_section(
    shell: Shell, until: Any
) -> None:
    palette = await opened(shell, until, "Settings")
    press(palette, Key.Key_Return)
    assert shell.section == "settings"
    palette = await opened(shell, until, "林晓月")
    press(palette, Key.Key_Return)
    await until(lambda: shell.inbox.timeline.model.conversation_id == 6)
    assert shell.section == "inbox"
    await until(shell.inbox.reply.text.hasFocus)


async def test_a_section_of_the_settings_is_found_by_its_name(shell: Shell, until: Any) -> None:
    palette = await opened(shell, until)
    assert not [row for row in rows(palette) if row.title.startswith("Settings:")]
    palette.field.setText("keyboard")
    await until(lambda: palette.query == "keyboard")
    assert current(palette).title == "Settings: Keyboard"
    press(palette, Key.Key_Return)
    assert (shell.section, shell.settings.section) == ("settings", "keys")


async def test_an_action_runs(shell: Shell, until: Any) -> None:
    palette = await opened(shell, until, "dark")
    press(palette, Key.Key_Return)
    assert theme.tokens().name == "dark"


async def test_who_waits_longest_is_answered_from_it(shell: Shell, until: Any) -> None:
    palette = await opened(shell, until, "waits longest")
    press(palette, Key.Key_Return)
    await until(lambda: shell.inbox.timeline.model.conversation_id == 4)


async def test_done_is_offered_only_with_a_conversation(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    palette = await opened(shell, until)
    assert not [row for row in rows(palette) if row.title.startswith("Done")]
    press(palette, Key.Key_Escape)
    shell.inbox.open(4)
    palette = await opened(shell, until, "done")
    (row,) = [row for row in rows(palette) if row.kind == "entry"]
    assert row.aside == "Ctrl+D"
    press(palette, Key.Key_Return)
    await until(lambda: desk.called("finish"))


async def test_actions_are_found_in_the_other_language_too(
    shell: Shell, appearance: Appearance, until: Any
) -> None:
    appearance.set_language("zh")
    assert i18n.language() == "zh"
    palette = await opened(shell, until, "settings")
    assert rows(palette)[1].title == "设置"


async def test_keys_lead_over_headings_from_end_to_end(shell: Shell, until: Any) -> None:
    palette = await opened(shell, until, "周")
    choosable = palette.model.choosable()
    at = palette.list.currentIndex
    assert at().row() == choosable[0]
    press(palette, Key.Key_Up)
    assert at().row() == choosable[0]
    press(palette, Key.Key_Down)
    assert at().row() == choosable[1] == choosable[0] + 2
    press(palette, Key.Key_End)
    assert at().row() == choosable[-1]
    press(palette, Key.Key_Down)
    assert at().row() == choosable[-1]
    press(palette, Key.Key_PageUp, Key.Key_PageUp, Key.Key_PageUp)
    assert at().row() == choosable[0]
    press(palette, Key.Key_PageDown)
    assert at().row() > choosable[1]
    press(palette, Key.Key_Home)
    assert at().row() == choosable[0]
    assert palette.field.accessibleDescription().startswith("周雨桐")


async def test_the_mouse_chooses_and_a_click_beside_it_leaves(shell: Shell, until: Any) -> None:
    palette = await opened(shell, until, "Emily")
    box = palette.list.visualRect(palette.model.index(palette.model.choosable()[0], 0))
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    await until(lambda: shell.inbox.timeline.model.conversation_id == 8)
    palette = await opened(shell, until)
    heading = palette.list.visualRect(palette.model.index(0, 0))
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=heading.center())
    assert palette.isVisible()
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not palette.isVisible()


async def test_escape_gives_the_keyboard_back_and_loses_no_words(shell: Shell, until: Any) -> None:
    shell.inbox.open(1)
    reply = shell.inbox.reply.text
    reply.setFocus()
    QTest.keyClicks(reply, "one moment")
    palette = await opened(shell, until, "风")
    press(palette, Key.Key_Escape)
    assert not palette.isVisible()
    assert reply.hasFocus()
    assert reply.toPlainText() == "one moment"


async def test_the_key_that_opens_it_leaves_it(shell: Shell, until: Any) -> None:
    palette = await opened(shell, until)
    QTest.keyClick(palette.field, Key.Key_K, CONTROL)
    assert not palette.isVisible()


async def test_the_glass_in_the_lists_field_opens_it(shell: Shell, until: Any) -> None:
    field = shell.inbox.conversations.search
    (glass,) = [
        each for each in field.findChildren(QToolButton)
        if each.defaultAction() is shell.inbox.conversations.finding
    ]  # fmt: skip
    QTest.mouseClick(glass, Qt.MouseButton.LeftButton)
    assert shell.finder.isVisible()
    assert shell.finder.field.hasFocus()


async def test_no_other_key_reaches_what_lies_below(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    shell.inbox.open(4)
    palette = await opened(shell, until)
    QTest.keyClick(palette.field, Key.Key_D, CONTROL)
    QTest.keyClick(palette.field, Key.Key_Comma, CONTROL)
    press(palette, Key.Key_Tab)
    await asyncio.sleep(0)
    assert palette.field.hasFocus()
    assert shell.section == "inbox"
    assert desk.called("finish") == []


async def test_nothing_acts_while_an_input_method_composes(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    palette = await opened(shell, until)
    asked = list(desk.find.asked)
    compose(palette, "feng'yi")
    first = palette.list.currentIndex().row()
    press(palette, Key.Key_Return, Key.Key_Escape, Key.Key_Down)
    assert palette.isVisible()
    assert palette.list.currentIndex().row() == first
    assert desk.find.asked == asked
    compose(palette, "", "风衣")
    await until(lambda: palette.query == "风衣")


async def test_an_answer_to_an_older_query_is_dropped(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    desk.find.held["Emily"] = asyncio.Event()
    palette = await opened(shell, until)
    palette.field.setText("Emily")
    await until(lambda: "Emily" in desk.find.asked)
    palette.field.setText("林晓月")
    await until(lambda: palette.query == "林晓月")
    desk.find.held["Emily"].set()
    await until(lambda: palette.tasks.idle)
    assert [row.title for row in rows(palette) if row.kind == "member"] == ["林晓月"]


async def test_enter_before_the_answer_opens_the_first_of_it(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    palette = await opened(shell, until)
    palette.field.setText("Emily")
    press(palette, Key.Key_Return)
    await until(lambda: shell.inbox.timeline.model.conversation_id == 8)
    assert desk.find.asked.count("Emily") == 1


async def test_an_answer_after_it_was_left_opens_nothing(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    desk.find.held["Emily"] = asyncio.Event()
    palette = await opened(shell, until)
    palette.field.setText("Emily")
    press(palette, Key.Key_Return)
    await until(lambda: "Emily" in desk.find.asked)
    press(palette, Key.Key_Escape)
    desk.find.held["Emily"].set()
    await until(lambda: palette.tasks.idle)
    assert shell.inbox.timeline.model.conversation_id == 0


async def test_more_messages_go_on_where_the_list_ended(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    for number in range(45):
        desk.arrive(6, f"厚外套 {number}")
    palette = await opened(shell, until, "厚外套")
    press(palette, Key.Key_End)
    assert current(palette).kind == "more"
    press(palette, Key.Key_Return)
    await until(lambda: kinds(palette).count("message") == 40)
    assert palette.isVisible()
    assert current(palette).kind == "message"
    press(palette, Key.Key_End, Key.Key_Return)
    await until(lambda: kinds(palette).count("message") >= 45)
    assert "more" not in kinds(palette)
    words = [row.detail for row in rows(palette) if row.kind == "message"]
    assert len(set(words)) == len(words)


async def test_earlier_searches_are_offered_and_asked_again(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    palette = await opened(shell, until, "Emily")
    press(palette, Key.Key_Return)
    palette = await opened(shell, until)
    assert rows(palette)[1].title == "Emily"
    press(palette, Key.Key_Down, Key.Key_Return)
    assert palette.isVisible()
    await until(lambda: palette.query == "Emily")


async def test_nothing_found_and_a_failure_are_said(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    palette = await opened(shell, until, "zzzz")
    assert palette.empty.isVisible()
    press(palette, Key.Key_Return)
    assert palette.isVisible()
    desk.broken.add("find")
    palette.field.setText("Emily")
    await until(palette.empty.button.isVisible)
    desk.broken.clear()
    QTest.mouseClick(palette.empty.button, Qt.MouseButton.LeftButton)
    await until(lambda: palette.query == "Emily")
    assert "member" in kinds(palette)


async def test_what_is_searched_is_said_honestly(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    palette = await opened(shell, until, "风衣")
    assert "180 days" in palette._remark.toolTip()
    desk.find.whole = False
    palette.field.setText("风")
    await until(lambda: palette.query == "风")
    assert palette._remark.toolTip().startswith("Still fetching")


async def test_a_group_is_opened(shell: Shell, desk: MemoryDesk, until: Any) -> None:
    desk.items[20] = msgspec.structs.replace(
        desk.items[5], id=20, kind="group", title="时光衣橱穿搭群", member_id=None,
        last_message_at=ago(3),
    )  # fmt: skip
    palette = await opened(shell, until, "穿搭")
    (group,) = [row for row in rows(palette) if row.kind == "group"]
    assert group.title[slice(*group.title_hits[0])] == "穿搭"
    press(palette, Key.Key_Return)
    assert shell.inbox.timeline.model.conversation_id == 20


async def test_it_fits_a_small_window_and_follows_it(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk, QSize(700, 400))
    palette = await opened(shell, until, "周")
    assert palette.rect().contains(palette.card.geometry())
    shell.resize(900, 500)
    await until(lambda: palette.size() == shell.size())
    assert palette.rect().contains(palette.card.geometry())


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = FindModel()
    model.show([FindRow("heading", "Members"), FindRow("member", "周雨桐"), FindRow("more", "…")])
    qtmodeltester.check(model)
    model.put(2, [FindRow("message", "a"), FindRow("message", "b")])
    qtmodeltester.check(model)
    assert model.choosable() == [1, 2, 3]
    model.put(3, [])
    assert model.rowCount() == 3


def test_a_long_line_is_cut_so_that_its_hit_is_seen(qapp: QApplication) -> None:
    text = "很长的话" * 60 + "风衣在这里" + "后面" * 60
    at = text.index("风衣")
    shown, hits = marked_line.cut(text, ((at, at + 2),), theme.SMALL_PX, 300.0)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert [shown[slice(*hit)] for hit in hits] == ["风衣"]
    assert marked_line.cut("a\nb", (), theme.SMALL_PX, 300.0) == ("a b", ())


@pytest.mark.parametrize("text", ["😍风衣", "שלום 风衣", ""])
def test_marks_are_in_qts_units(qapp: QApplication, text: str) -> None:
    at = text.find("风衣")
    (mark,) = marked_line.marks(text, ((at, at + 2),)) if at >= 0 else (None,)
    if mark is not None:
        data = text.encode("utf-16-le")
        part = data[2 * mark.start : 2 * (mark.start + mark.length)]
        assert part.decode("utf-16-le") == "风衣"
