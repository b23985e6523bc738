"""Two campaigns of the page of figures side by side: marked, compared, and what is not claimed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.domain.intervals import Estimate, Rate, tell_rate_difference
from console.views.insights import InsightsScreen
from console.views.insights.campaign_table import NAME, READ
from console.views.insights.page import InsightsPage
from console.wire.campaign_rows import CampaignRow
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_insights import AS_OF, campaign
from tests.gui.test_accessible import unnamed
from tests.gui.test_insights import insights, screen

__all__ = ["insights", "screen"]

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def click(
    screen: InsightsPage, row: int, column: int = READ, *, ctrl: bool = False, x: int = 40
) -> None:
    rows = screen.table.rows
    box = rows.visualRect(rows.model().index(row, column))
    held = CTRL if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(rows.viewport(), LEFT, held, box.topLeft() + QPoint(x, box.height() // 2))


async def show(screen: InsightsPage, desk: MemoryDesk, until: Any, *campaigns: CampaignRow) -> None:
    desk.insights.facts = replace(desk.insights.facts, campaigns=campaigns)
    desk.insights.tell()
    meant = [(each.id, each.counts["read"]) for each in campaigns]
    await until(lambda: [(line.campaign_id, line.read) for line in screen.table.lines] == meant)


async def test_two_marked_rows_stand_side_by_side_with_their_difference_and_no_cause(
    insights: InsightsScreen, screen: InsightsPage
) -> None:
    opened: list[int] = []
    insights.report_wanted.connect(opened.append)
    card = screen.pair
    assert card.hint.text() == "Tick two to compare (Space or Ctrl+click)"
    click(screen, 1, ctrl=True)
    assert card.hint.text() == "Tick one more to compare"
    assert not card.isVisible()
    click(screen, 0, NAME, x=12)  # on its box
    assert card.isVisible()
    assert opened == []  # to mark is not to open
    assert [made.text() for made in card.values] == ["46.7 %", "30.0 %", "+16.7 points"]
    assert card.names[0].text() == "周三提问 · 11-15 10:00"
    told = tell_rate_difference(Rate(70, 150), Rate(60, 200))
    assert isinstance(told, Estimate)
    low, high = (f"{100 * end:+.1f}" for end in (told.interval.low, told.interval.high))
    assert card.beside[2].text() == f"95 % interval {low} to {high} points"
    assert card.verdict.text() == ("“周三提问” was read more than “周一新款”: by more than chance.")
    assert "does not say why" in card.caution.text()
    assert not unnamed(screen)
    card.end.click()
    assert not card.isVisible()
    assert screen.table.rows.hasFocus()
    click(screen, 0, NAME, x=120)
    assert opened == [2]


async def test_space_marks_and_a_third_takes_the_place_of_the_first(
    screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    three = [campaign(n, f"第 {n} 次", 200, 60 + 10 * n, 0) for n in (3, 2, 1)]
    await show(screen, desk, until, *three)
    rows = screen.table.rows
    rows.setFocus()
    rows.selectRow(0)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down,
                Qt.Key.Key_Space):  # fmt: skip
        QTest.keyClick(rows, key)
    assert screen.table.marks.marked == [2, 1]
    ticked = [rows.item(row, NAME).checkState() is Qt.CheckState.Checked for row in range(3)]
    assert ticked == [False, True, True]
    # What is no longer in the period is marked no longer.
    await show(screen, desk, until, three[0], three[2])
    assert screen.table.marks.marked == [1]
    assert not screen.pair.isVisible()


@pytest.mark.parametrize(
    ("later", "value", "verdict"),
    [
        (campaign(2, "乙", 2_000, 640, 0), "+2.0 points",
         "Cannot tell them apart: the difference may be chance."),
        (campaign(2, "乙", 200, 20, 0), "−20.0 points",
         "“甲” was read more than “乙”: by more than chance."),
        (campaign(2, "乙", 9, 2, 0), "Too few to tell",
         "Too few got them, or read them, to tell one from the other."),
        (replace(campaign(2, "乙", 200, 120, 0), started_at=AS_OF - timedelta(hours=71)), "–",
         "One of them is still being read: look again on 11-29 13:00."),
    ],
)  # fmt: skip
async def test_what_cannot_be_told_is_said_in_place_of_a_verdict(
    screen: InsightsPage, desk: MemoryDesk, until: Any, later: CampaignRow, value: str,
    verdict: str,
) -> None:  # fmt: skip
    await show(screen, desk, until, later, campaign(1, "甲", 2_000, 600, 0))
    for row in range(2):
        click(screen, row, ctrl=True)
    assert screen.pair.values[2].text() == value
    assert screen.pair.verdict.text() == verdict
