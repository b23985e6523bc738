"""The conversation list: chips, search, keys, and 100,000 rows."""

from __future__ import annotations

import time
from typing import Any

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from console.ui import conversation_delegate, fonts, theme
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens


async def test_chips_show_their_part_and_their_figures(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    pane = screens.shell(desk).inbox.conversations
    await until(lambda: pane.model.rowCount() == 4)
    await until(lambda: pane.chips["waiting"].text() == "Waiting 4")
    assert pane.chips["unread"].text() == "Unread 5"
    QTest.mouseClick(pane.chips["all"], Qt.MouseButton.LeftButton)
    await until(lambda: pane.model.rowCount() == 10)
    QTest.mouseClick(pane.chips["unread"], Qt.MouseButton.LeftButton)
    await until(lambda: pane.model.rowCount() == 5)


async def test_a_chosen_chips_bold_words_fit(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    pane = screens.shell(desk).inbox.conversations
    chip = pane.chips["waiting"]
    await until(lambda: chip.text() == "Waiting 4")
    assert chip.isChecked()
    bold = fonts.metrics(theme.TINY_PX, 700).horizontalAdvance(chip.text())
    # The border and the padding of the style sheet.
    await until(lambda: chip.width() >= bold + 10)


async def test_the_longest_waiting_comes_first(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    pane = screens.shell(desk).inbox.conversations
    await until(lambda: pane.model.rowCount() == 4)
    assert [pane.model.id_at(row) for row in range(4)] == [4, 3, 2, 1]


async def test_ctrl_f_filters_everybody_and_down_enters_the_list(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    pane = shell.inbox.conversations
    await until(lambda: pane.model.rowCount() == 4)
    QTest.keyClick(shell, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.search.hasFocus()
    QTest.keyClicks(pane.search, "Emily")
    await until(lambda: pane.model.rowCount() == 1)
    assert pane.model.id_at(0) == 8
    QTest.keyClick(pane.search, Qt.Key.Key_Down)
    assert pane.list.hasFocus()
    assert shell.inbox.timeline.model.conversation_id == 8


async def test_nothing_found_is_said_and_escape_clears_the_search(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    pane = screens.shell(desk).inbox.conversations
    QTest.keyClicks(pane.search, "zzz")
    await until(pane.empty.isVisible)
    QTest.keyClick(pane.search, Qt.Key.Key_Escape)
    await until(lambda: not pane.empty.isVisible() and pane.model.rowCount() == 10)


async def test_a_shop_nobody_has_written_to_shows_the_way_to_its_poster(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    desk.items.clear()
    shell = screens.shell(desk)
    pane = shell.inbox.conversations
    await until(lambda: pane.empty.isVisible() and pane.empty.button.text() == "Show the poster")
    assert pane.model.filter == "waiting"
    QTest.mouseClick(pane.empty.button, Qt.MouseButton.LeftButton)
    assert (shell.section, shell.settings.section) == ("settings", "reach")


async def test_a_list_that_cannot_be_read_offers_another_try(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    desk.broken.add("conversation_ids")
    pane = screens.shell(desk).inbox.conversations
    await until(pane.empty.isVisible)
    desk.broken.clear()
    QTest.mouseClick(pane.empty.button, Qt.MouseButton.LeftButton)
    await until(lambda: not pane.empty.isVisible() and pane.model.rowCount() == 4)


async def test_arrow_keys_go_through_the_list(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    pane = shell.inbox.conversations
    await until(lambda: pane.model.rowCount() == 4)
    rect = pane.list.visualRect(pane.model.index(0, 0))
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert shell.inbox.timeline.model.conversation_id == 4
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    assert shell.inbox.timeline.model.conversation_id == 3
    QTest.keyClick(pane.list, Qt.Key.Key_End)
    assert shell.inbox.timeline.model.conversation_id == 1
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    assert shell.inbox.reply.text.hasFocus()


async def test_a_new_message_raises_its_row_and_the_open_one_stays_chosen(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    pane = shell.inbox.conversations
    pane.show_filter("all")
    await until(lambda: pane.model.rowCount() == 10)
    shell.inbox.open(1)
    desk.arrive(6, "还有吗")
    await until(lambda: pane.model.id_at(0) == 6)
    assert pane.model.id_at(pane.list.currentIndex().row()) == 1
    await until(lambda: pane.chips["waiting"].text() == "Waiting 5")


async def test_a_label_is_seen_on_the_chosen_row_too(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    pane = screens.shell(desk).inbox.conversations
    await until(lambda: pane.model.rowCount() == 4)
    row = pane.model.row_of(1)
    desk.items[1] = msgspec.structs.replace(desk.items[1], assignee_id=2, assignee_name="阿珍")
    desk.tell(1)
    screens.current.inbox.open(1)
    place = pane.list.visualRect(pane.model.index(row, 0))

    def colours() -> set[int]:
        image = pane.list.viewport().grab(place).toImage()
        return {image.pixel(x, 58) for x in range(66, image.width() - 20)}

    await until(lambda: theme.color("accent_soft").rgb() in colours())
    await until(lambda: theme.color("surface").rgb() in colours())


async def test_a_hundred_thousand_rows_scroll_smoothly(
    screens: Screens, until: Any, capsys: Any
) -> None:
    pane = screens.shell(MemoryDesk(100_000)).inbox.conversations
    started = time.perf_counter()
    pane.show_filter("all")
    await until(lambda: pane.model.rowCount() == 100_000)
    laid_out = (time.perf_counter() - started) * 1000
    plain, tall = conversation_delegate.ROW_HEIGHT, conversation_delegate.ROW_HEIGHT_WAITING
    assert pane.list.total_height() == 80_000 * plain + 20_000 * tall
    bar, frames = pane.list.verticalScrollBar(), []
    image = QImage(pane.list.viewport().size(), QImage.Format.Format_ARGB32_Premultiplied)
    for step in range(300):
        bar.setValue(step * 331)
        await until(lambda: pane.model.item(pane.model.id_at(pane.list.visible_rows().start)))
        begun = time.perf_counter()
        painter = QPainter(image)
        pane.list.viewport().render(painter, QPoint())
        painter.end()
        frames.append((time.perf_counter() - begun) * 1000)
    frames.sort()
    with capsys.disabled():
        print(
            f"\n100,000 rows: there after {laid_out:.0f} ms; a whole frame takes "
            f"{frames[150]:.1f} ms (median), {frames[297]:.1f} ms (p99)"
        )
    assert len(pane.model._items) <= 2_500


async def test_an_answered_conversation_stays_open_and_in_place_until_another_is_opened(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    pane, timeline = shell.inbox.conversations, shell.inbox.timeline
    await until(lambda: pane.model.rowCount() == 4)
    pane.list.setCurrentIndex(pane.model.index(1, 0))
    await until(lambda: timeline.model.conversation_id == 3)
    desk.items[3] = msgspec.structs.replace(desk.items[3], waiting_since=None)
    desk.tell(3)
    await until(lambda: pane.chips["waiting"].text() == "Waiting 3")
    assert timeline.model.conversation_id == 3
    assert pane.model.row_of(3) == pane.list.currentIndex().row() == 1
    pane.list.setCurrentIndex(pane.model.index(0, 0))
    await until(lambda: pane.model.row_of(3) == -1)
    assert timeline.model.conversation_id == 4


async def test_a_row_that_leaves_the_list_never_opens_its_neighbour(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    pane, timeline = shell.inbox.conversations, shell.inbox.timeline
    QTest.mouseClick(pane.chips["all"], Qt.MouseButton.LeftButton)
    await until(lambda: pane.model.rowCount() == 10)
    answered = next(n for n, item in desk.items.items() if item.waiting_since is None)
    pane.list.setCurrentIndex(pane.model.index(pane.model.row_of(answered), 0))
    await until(lambda: timeline.model.conversation_id == answered)
    QTest.mouseClick(pane.chips["waiting"], Qt.MouseButton.LeftButton)
    await until(lambda: pane.model.rowCount() == 4)
    assert timeline.model.conversation_id == answered
    assert not pane.list.currentIndex().isValid()
