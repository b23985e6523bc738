"""The timeline: places kept while pages come, bubbles measured right, what clicks do."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from console import roles
from console.desk.types import MessageItem
from console.ui import bubble, fonts, text_layout
from console.ui.clock import ShopClock
from console.views.inbox.timeline import TimelinePane
from tests.gui.memory_desk import MemoryDesk, ago
from tests.gui.screens import Screens


def talk(desk: MemoryDesk, count: int) -> None:
    desk.messages[2] = [
        MessageItem(
            key=f"k{n}",
            id=n,
            seq=n,
            body="字" * (n % 90 + 1),
            at=ago(4000 - n),
            mine=n % 3 == 0,
            sender_kind="staff" if n % 3 == 0 else "member",
            sender_name="陈思敏",
        )
        for n in range(1, count + 1)
    ]


def row_of(pane: TimelinePane, key: str) -> int:
    model = pane.model
    for row in range(model.rowCount()):
        item = model.index(row, 0).data(roles.ITEM)
        if isinstance(item, MessageItem) and item.key == key:
            return row
    raise AssertionError(key)


def click(pane: TimelinePane, row: int, at: QPointF) -> None:
    rect = pane.list.visualRect(pane.model.index(row, 0))
    point = (QPointF(rect.topLeft()) + at).toPoint()
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=point)


async def test_older_pages_come_in_without_moving_what_is_read(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    talk(desk, 300)
    pane = screens.shell(desk, settings=False).inbox.timeline
    screens.current.inbox.open(2)
    await until(lambda: len(pane.model.items) == 60)
    bar = pane.list.verticalScrollBar()
    assert bar.value() == bar.maximum()
    bar.setValue(100)
    top = pane.list.visible_rows().start
    key = pane.model.index(top, 0).data(roles.ITEM).key
    y = pane.list.visualRect(pane.model.index(top, 0)).y()
    await until(lambda: len(pane.model.items) == 120)
    assert pane.list.visualRect(pane.model.index(row_of(pane, key), 0)).y() == y


async def test_a_message_that_comes_in_paints_and_measures_only_itself(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    talk(desk, 100)
    pane = screens.shell(desk, settings=False).inbox.timeline
    screens.current.inbox.open(2)
    await until(lambda: pane.model.last_seq == 100)
    await until(lambda: screens.current.inbox.tasks.idle)
    before = pane.model.rowCount()
    # What is still to be painted of the opening is painted now, not counted below.
    pane.list.viewport().repaint()
    watch = _Paintings(pane)
    measured: list[object] = []
    heights = pane.delegate.heights
    pane.delegate.heights = lambda rows, width: [  # type: ignore[method-assign]
        measured.extend(row.row() for row in rows),
        heights(rows, width),
    ][1]
    desk.arrive(2, "还在吗")
    await until(lambda: watch.areas)
    # Her first one on another day: the divider and the bubble.
    new = range(before, before + 2)
    assert measured == list(new)
    high = sum(pane.list.visualRect(pane.model.index(row, 0)).height() for row in new)
    assert sum(area.height() for area in watch.areas) <= high + pane.list.end_margin


class _Paintings(QObject):
    """Notes which parts of a timeline are painted."""

    def __init__(self, pane: TimelinePane) -> None:
        super().__init__(pane)
        self.areas: list[QRect] = []
        pane.list.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas += list(event.region())
        return False


async def test_reading_an_open_conversation_for_long_keeps_few_rows(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    talk(desk, 100)
    pane = screens.shell(desk, settings=False).inbox.timeline
    screens.current.inbox.open(2)
    await until(lambda: pane.model.last_seq == 100)
    for number in range(101, 201):
        desk.arrive(2, "还在吗")
        await until(lambda number=number: pane.model.last_seq == number)  # type: ignore[misc]
    seqs = [item.seq for item in pane.model.items]
    assert seqs == list(range(seqs[0], 201))
    assert 60 <= len(seqs) <= 121
    bar = pane.list.verticalScrollBar()
    assert bar.value() == bar.maximum()
    bar.setValue(0)
    await until(lambda: pane.model.items[0].seq < seqs[0])


async def test_a_message_that_comes_in_is_shown_at_the_end_only_to_those_who_are_there(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    talk(desk, 100)
    pane = screens.shell(desk, settings=False).inbox.timeline
    screens.current.inbox.open(2)
    await until(lambda: pane.model.last_seq == 100)
    desk.arrive(2, "还在吗")
    await until(lambda: pane.model.last_seq == 101)
    bar = pane.list.verticalScrollBar()
    assert bar.value() == bar.maximum()
    bar.setValue(bar.maximum() - 500)
    desk.arrive(2, "在吗在吗")
    await until(lambda: pane.jump.isVisible() and "1 new" in pane.jump.text())
    assert bar.value() < bar.maximum() - 400
    QTest.mouseClick(pane.jump, Qt.MouseButton.LeftButton)
    assert bar.value() == bar.maximum()
    assert not pane.jump.isVisible()


async def test_what_is_on_screen_is_reported_as_read_once(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk, settings=False)
    await until(shell.isActiveWindow)
    shell.inbox.open(1)
    await until(lambda: (1, 7) in desk.called("mark_read"))
    desk.tell(1)
    await until(lambda: shell.inbox.tasks.idle)
    assert desk.called("mark_read").count((1, 7)) == 1


async def test_failed_messages_can_be_tried_again_or_given_up_without_losing_the_words(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    desk.messages[2] = [
        MessageItem(
            key="f",
            mine=True,
            sender_kind="staff",
            body="要留几号",
            at=ago(1),
            state="failed",
            entry=41,
            failure="member.blocked",
        )
    ]
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(2)
    pane = shell.inbox.timeline
    await until(lambda: pane.model.rowCount() == 2)
    made = bubble.measure(pane.model.items[0], pane.list.viewport().width(), shell.inbox.clock)
    boxes = {name: box for name, _, box in made.actions}
    click(pane, 1, boxes["retry"].center())
    await until(lambda: desk.called("retry") == [(41,)])
    click(pane, 1, boxes["discard"].center())
    await until(lambda: desk.called("discard") == [(41,)])
    assert shell.inbox.reply.text.toPlainText() == "要留几号"


async def test_ctrl_c_copies_the_chosen_message_and_the_menu_takes_it_back(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    desk.messages[1][4] = msgspec.structs.replace(desk.messages[1][4], recallable=True)
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(1)
    pane = shell.inbox.timeline
    await until(lambda: len(pane.model.items) == 7)
    pane.list.setCurrentIndex(pane.model.index(row_of(pane, "1-5"), 0))
    QTest.keyClick(pane.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("三个颜色")
    pane.list.menu_at.emit(pane.model.items[4], QPoint(300, 300), None)
    menu = pane.findChild(QMenu)
    assert menu is not None
    by_name = {action.text(): action for action in menu.actions()}
    assert list(by_name) == [
        "Copy text",
        "Copy photo",
        "Save photo as…",
        "Answer this",
        "Take back",
    ]
    by_name["Take back"].trigger()
    menu.close()
    await until(lambda: desk.called("recall") == [("1-5",)])


async def test_a_photo_opens_over_the_window_and_escape_closes_it(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(1)
    pane, viewer = shell.inbox.timeline, shell.inbox.viewer
    await until(lambda: len(pane.model.items) == 7)
    row = row_of(pane, "1-5")
    pane.list.scrollTo(pane.model.index(row, 0))
    made = bubble.measure(pane.model.items[4], pane.list.viewport().width(), shell.inbox.clock)
    click(pane, row, made.photos[1].center())
    await until(viewer.isVisible)
    assert viewer.number == 1
    assert viewer.size() == shell.size()
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    QTest.keyClick(viewer, Qt.Key.Key_Plus)
    assert viewer.number == 2
    assert viewer.zoom > 1
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


async def test_a_guest_is_announced_and_can_be_confirmed(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    desk.panels[2] = msgspec.structs.replace(desk.panels[2], state="guest")
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(2)
    await until(shell.inbox.around.banner.isVisible)
    QTest.mouseClick(shell.inbox.around.banner.button, Qt.MouseButton.LeftButton)
    await until(lambda: desk.called("confirm_member") == [(2,)])


async def test_a_conversation_that_cannot_be_read_offers_another_try(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    desk.broken.add("timeline")
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(1)
    pane = shell.inbox.timeline
    await until(pane.empty.isVisible)
    desk.broken.clear()
    QTest.mouseClick(pane.empty.button, Qt.MouseButton.LeftButton)
    await until(lambda: pane.model.rowCount() > 0 and not pane.empty.isVisible())


# --- measuring ----------------------------------------------------------------------------

CLOCK = ShopClock("Asia/Shanghai")
HARD = {
    "a long word": "w" * 900,
    "twenty lines": "\n".join(f"第 {n} 行" for n in range(20)),
    "right to left": "שלום, יש לכם מעיל אדום במידה L? אני רוצה לבוא בשבת",
    "emoji": "😍👍🏽👩‍👩‍👧‍👦" * 30,
    "mixed": "好看!" * 60 + " https://shop.example/" + "a" * 200,
}


@pytest.mark.parametrize("words", HARD.values(), ids=list(HARD))
@pytest.mark.parametrize("width", [320, 700, 1600])
def test_words_stay_inside_their_bubble(qapp: Any, words: str, width: int) -> None:
    item = MessageItem(key="x", seq=1, body=words, at=ago(1), sender_name="她")
    made = bubble.measure(item, width, CLOCK)
    assert made.text is not None
    assert made.box.right() <= width - bubble.SIDE
    for number in range(made.text.lineCount()):
        line = made.text.lineAt(number).naturalTextRect().translated(made.text_at)
        assert made.box.contains(line.adjusted(1, 0, -1, 0)), number
    assert made.height >= made.box.bottom()


def test_right_to_left_words_begin_on_the_right(qapp: Any) -> None:
    layout, wide, _ = text_layout.lay_out(HARD["right to left"], 200, fonts.font(14))
    last = layout.lineAt(layout.lineCount() - 1).naturalTextRect()
    assert last.right() == pytest.approx(wide, abs=2)


def test_links_are_found_without_the_punctuation_around_them() -> None:
    text = "看 https://a.example/x?y=1, 或者 (www.b.example)。http://c.example/路"
    targets = [target for _, _, target in text_layout.find_links(text)]
    assert targets[:2] == ["https://a.example/x?y=1", "https://www.b.example"]
    assert len(targets) == 3


async def test_a_link_is_hit_where_it_is_painted(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(1)
    pane = shell.inbox.timeline
    await until(lambda: len(pane.model.items) == 7)
    row, width = row_of(pane, "1-3"), pane.list.viewport().width()
    made = bubble.measure(pane.model.items[2], width, shell.inbox.clock)
    assert made.text is not None
    line = made.text.lineAt(made.text.lineCount() - 1)
    start = made.links[0][0]
    place = line.cursorToX(start + 4)
    x = place[0] if isinstance(place, tuple) else place
    at = made.text_at + QPointF(x, line.rect().center().y())
    rect = QRectF(0, 0, width, made.height)
    hit = pane.delegate.hit(pane.model.index(row, 0), rect, at)
    assert hit is not None
    assert (hit.kind, hit.value) == ("link", "https://shop.example/p/1001")
    outside = pane.delegate.hit(pane.model.index(row, 0), rect, QPointF(5, 5))
    assert outside is None


async def test_a_narrower_window_measures_anew_and_keeps_the_end(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    talk(desk, 80)
    shell = screens.shell(desk, settings=False)
    shell.inbox.open(2)
    pane = shell.inbox.timeline
    await until(lambda: pane.model.last_seq == 80)
    before = pane.list.total_height()
    shell.resize(QSize(760, 600))
    await until(lambda: pane.list.total_height() > before)
    bar = pane.list.verticalScrollBar()
    assert bar.value() == bar.maximum()


async def test_the_end_is_followed_when_a_short_talk_outgrows_the_window(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    talk(desk, 2)
    pane = screens.shell(desk, settings=False).inbox.timeline
    screens.current.inbox.open(2)
    await until(lambda: pane.model.last_seq == 2)
    bar = pane.list.verticalScrollBar()
    assert bar.maximum() == 0
    for seq in range(3, 30):
        desk.arrive(2, "那件红色的风衣还有没有 L 码")
        await until(lambda seq=seq: pane.model.last_seq == seq)
        assert bar.value() == bar.maximum()
    assert bar.maximum() > 0
