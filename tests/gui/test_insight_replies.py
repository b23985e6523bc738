"""First replies on the page of figures: counted, in doubt, opened, as a clerk sees them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.desk.reply_making import ReplyFacts
from console.domain import replies
from console.domain.periods import Period
from console.views.insights import InsightsScreen, reply_words
from console.views.insights.replies_part import RepliesPart
from console.views.insights.waits_window import WaitsWindow
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_replies import STAFF, waits
from tests.gui.screens import Screens
from tests.gui.test_accessible import unnamed


@pytest.fixture
async def insights(
    desk: MemoryDesk, until: Any, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[InsightsScreen]:
    monkeypatch.setattr("console.views.insights.screen._PAUSE_MS", 1)
    made = InsightsScreen(desk)
    made.resize(1290, 900)
    made.show()
    await until(lambda: made.replies is not None and made.replies.card.figures is not None)
    yield made
    await made.close_down()
    made.close()


@pytest.fixture
def part(insights: InsightsScreen) -> RepliesPart:
    assert insights.replies is not None
    return insights.replies


def cells(part: RepliesPart) -> list[list[str]]:
    table = part.card.table.table
    found = []
    for row in range(table.rowCount()):
        items = [table.item(row, column) for column in range(5)]
        found.append([item.text() for item in items if item is not None])
    return found


def window() -> WaitsWindow | None:
    return next((each for each in QApplication.topLevelWidgets()
                 if isinstance(each, WaitsWindow) and each.isVisible()), None)  # fmt: skip


def listed() -> list[str]:
    found = window()
    assert found is not None
    return [found.list.item(row).text() for row in range(found.list.count())]


async def test_tile_and_card_tell_how_soon_members_are_answered(part: RepliesPart) -> None:
    assert part.tile.figures[0].text() == "40 s"
    # 75 seconds before and 40 now: no interval of the one reaches into the other.
    assert part.tile.said.line == "▼ 35 s · 89.6 % within 5 minutes"
    assert part.tile.line.property("look") == "good"
    chart = part.card.chart
    assert chart.soon.value.text() == "89.6 %"
    assert chart.later.beside.text() == "60 of 67 · 95 % interval 80.0–94.8 %"
    assert chart.unanswered.text() == "1 without an answer"
    assert [bar.value for bar in chart.bars.bars] == [0, 0, 60, 0, 0, 7, 0, 0, 0]
    assert not unnamed(part.card)


async def test_lines_stand_by_clerk_by_hour_and_by_both(part: RepliesPart) -> None:
    assert cells(part) == [
        ["小李", "60", "40 s", "60/60 · too few", "60/60 · too few"],
        ["小陈", "6", "7 min", "0/6 · too few", "0/6 · too few"],
        ["Nobody's", "1", "too few", "0/1 · too few", "0/1 · too few"],
    ]
    chips = part.card.table.chips
    chips[1].click()
    assert [row[0] for row in cells(part)] == ["10–11 h", "11–12 h"]
    chips[2].click()
    assert [row[0] for row in cells(part)] == [
        "小李 · 10–11 h", "小陈 · 11–12 h", "Nobody's · 11–12 h",
    ]  # fmt: skip


async def test_every_figure_opens_its_waits_and_each_of_these_its_conversation(
    insights: InsightsScreen, part: RepliesPart, until: Any
) -> None:
    opened: list[int] = []
    insights.conversation_wanted.connect(opened.append)
    part.tile.figures[0].click()
    await until(window)
    assert listed()[0] == "an erased member · 11-29 11:51 · still waits, 9 min"
    assert listed()[1] == "林晓雯 · 11-29 11:00 · 小陈 answered after 7 min"
    assert len(listed()) == 67
    found = window()
    assert found is not None
    found.list.setCurrentRow(1)
    QTest.keyClick(found.list, Qt.Key.Key_Return)
    assert opened == [2]
    assert window() is None

    table = part.card.table.table
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    await until(window)
    assert len(listed()) == 60
    found = window()
    assert found is not None
    found.reject()
    part.card.chart.bars.bar_requested.emit("5")
    await until(window)
    assert len(listed()) == 7


async def test_the_way_to_a_conversation_leads_to_the_inbox(
    screens: Screens, desk: MemoryDesk
) -> None:
    shell: Shell = screens.shell(desk)
    shell.show_section("insights")
    shell.insights.conversation_wanted.emit(3)
    assert shell.section == "inbox"
    assert shell.inbox.timeline.model.conversation_id == 3


async def test_replies_are_of_the_pages_period_and_follow_what_comes_in(
    insights: InsightsScreen, part: RepliesPart, desk: MemoryDesk, until: Any
) -> None:
    assert insights.page is not None
    insights.page.periods.chips[Period.WEEK].click()
    await until(lambda: desk.replies.asked[-1] is Period.WEEK)
    desk.replies.facts = ReplyFacts(waits=waits(8, 0), before=waits(20, 0), staff=STAFF)
    desk.replies.tell()
    await until(lambda: part.tile.said.line == "as in the period before")
    assert part.card.chart.soon.value.text() == "Too few to tell"


async def test_of_nobody_there_is_no_figure(
    part: RepliesPart, desk: MemoryDesk, until: Any
) -> None:
    desk.replies.facts = ReplyFacts(waits=[])
    desk.replies.tell()
    await until(lambda: not part.card.chart.median.value.isEnabled())
    assert part.card.chart.later.beside.text() == ("0 of 0 · nobody asked while the shop was open")
    assert (cells(part), part.card.chart.unanswered.isHidden()) == ([], True)


async def test_a_clerk_sees_her_own_line_and_the_shops_total(
    part: RepliesPart, desk: MemoryDesk, until: Any
) -> None:
    assert part.card.table.own.isHidden()
    desk.replies.only = 2
    desk.replies.tell()
    await until(lambda: not part.card.table.own.isHidden())
    assert [row[0] for row in cells(part)] == ["小陈"]
    assert part.card.chart.later.beside.text().startswith("60 of 67")
    part.card.chart.later.value.click()
    await until(window)
    assert len(listed()) == 7  # her six, and the one that nobody answered


async def test_it_says_how_it_is_counted_in_the_words_that_define_it(part: RepliesPart) -> None:
    QTest.keyClick(part.card.chart.ask, Qt.Key.Key_Space)
    assert part.card.chart.formula.isVisible()
    said = " ".join(str(replies.first_replies.__doc__).split()).lower()
    assert "first replies within 1 (5) minutes ÷" in reply_words.formula().lower()
    assert "first replies within 1 (5) minutes ÷" in said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (59.6, "1 min"),
        (372, "6 min 12 s"),
        (7_500, "2 h 5 min"),
        (2 * 86_400, "2 days"),
    ],
)
def test_times_are_said_as_exactly_as_they_matter(seconds: float, said: str) -> None:
    assert reply_words.lasted(timedelta(seconds=seconds).total_seconds()) == said
