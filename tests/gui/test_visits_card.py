"""The card of visits beside the holdout: shown with a year, in doubt, read out, with names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.domain import intervals, statistics
from console.domain.intervals import Estimate
from console.domain.periods import Period
from console.views.insights import InsightsScreen, visits_card
from console.views.insights.page import InsightsPage
from console.views.insights.visits_card import HELD_OUT, MARKETED, VisitsCard
from tests.gui.memory_desk import MemoryDesk
from tests.gui.test_accessible import unnamed
from tests.gui.test_insights import insights, screen

__all__ = ["insights", "screen"]


async def shown(screen: InsightsPage, until: Any) -> VisitsCard:
    screen.periods.chips[Period.YEAR].click()
    card = screen.visits
    await until(lambda: card.isVisible() and card.months is not None)
    return card


async def test_a_year_shows_visits_beside_the_holdout_and_says_where_there_are_too_few(
    screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    assert not screen.visits.isVisible()
    assert desk.insights.asked_months == 0  # not before it is seen
    card = await shown(screen, until)
    few, same, more = card.pairs.bars
    assert [bar.label for bar in (few, same, more)] == ["2026-09", "2026-10", "2026-11"]
    assert (few.value, few.low, few.high) == (None, None, None)
    assert few.told == (
        "Get campaigns: Too few to tell · 92 members", "Held out: Too few to tell · 90 members",
        "against the holdout: too few to tell", "fewer than 5 visits in one of the groups",
    )  # fmt: skip
    assert same.told[:3] == (
        "Get campaigns: 1.47 · 100 members", "Held out: 1.47 · 100 members", "Difference +0.00",
    )  # fmt: skip
    # Of 28½ days of November: 2.5 visits of those who get campaigns, 1.5 of the others.
    months = card.months
    assert months is not None
    found = months[-1].comparison
    assert isinstance(found.rise, Estimate)
    assert found.rise.value == pytest.approx(30.4375 / 28.5)
    assert more.low == pytest.approx(found.held_out + found.rise.interval.low)
    assert more.high == pytest.approx(found.held_out + found.rise.interval.high)
    assert more.told[2] == "Difference +1.07"
    assert more.told[3].startswith("95 % interval +0.8")
    assert not card.standing.isVisible()
    assert not unnamed(screen)


async def test_by_pointer_and_keyboard_a_group_is_read_out_left_out_and_opened(
    insights: InsightsScreen, screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    card, opened = await shown(screen, until), list[Any]()
    insights.names_wanted.connect(lambda *what: opened.append(what))
    chart = card.pairs
    chart.setFocus()
    assert chart.spoken().startswith("2026-11-01 – 11-29, Get campaigns: 2.67 · 180 members")
    QTest.keyClick(chart, Qt.Key.Key_Up)
    assert chart.spoken().startswith("2026-11-01 – 11-29, Held out: 1.60 · 20 members")
    QTest.keyClick(chart, Qt.Key.Key_Return)
    await until(lambda: opened)
    title = f"{visits_card.title()} · Held out · 2026-11-01 – 11-29"
    assert opened == [(title, card.formula.text(), (10,))]
    assert desk.insights.opened == [(date(2026, 11, 1), True)]

    (_, left), _ = chart.boxes(1)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=left.center().toPoint())
    await until(lambda: len(opened) == 2)
    assert desk.insights.opened[-1] == (date(2026, 10, 1), False)

    chart.show_part(MARKETED, shown=False)
    assert chart.bars[2].low is None  # no difference of one group
    assert [part.key for part, _ in chart.boxes(2)] == [HELD_OUT]
    QTest.mouseMove(chart, QPoint(round(chart.width() / 2), 40))
    assert chart.part is not None
    assert chart.part.key == HELD_OUT
    chart.show_part(HELD_OUT, shown=False)
    assert chart.is_shown(HELD_OUT)  # one always stays


async def test_its_table_copy_and_pictures_hold_what_it_shows(
    screen: InsightsPage, until: Any, tmp_path: Any
) -> None:
    card = await shown(screen, until)
    rows = card.pairs.table().rows
    assert [cell.shown for cell in rows[0]] == [
        "2026-09-01 – 09-30", "Too few to tell", "Too few to tell", "Too few to tell", "", "",
        "92", "90",
    ]  # fmt: skip
    shown_cells = [cell.shown for cell in rows[2]]
    assert (shown_cells[:4], shown_cells[6:]) == (
        ["2026-11-01 – 11-29", "2.67", "1.60", "+1.07"], ["180", "20"],
    )  # fmt: skip
    assert rows[2][3].plain == "1.0680"
    card.copy_data()
    for name in ("visits.png", "visits.svg"):
        card.write(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1_000


async def test_where_no_month_can_be_told_the_card_says_so(
    insights: InsightsScreen, screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    card = await shown(screen, until)
    desk.insights.visits = desk.insights.visits[:1]
    card.wanted.emit()
    await until(card.standing.isVisible)
    assert card.standing.text().startswith("Too few to tell in every month")
    desk.insights.visits = []
    card.wanted.emit()
    await until(lambda: card.standing.text().startswith("Visits are compared from the first"))


def test_the_formula_says_what_the_domain_does() -> None:
    formula = visits_card.formula()
    assert f"{statistics.MONTH_DAYS:.2f} days" in formula
    assert f"{intervals.CONFIDENCE * 100:.0f} %" in formula
    assert str(intervals.WIDEST_MEAN_DIFFERENCE) in visits_card.why(intervals.Doubt.TOO_WIDE)
    assert f"fewer than {intervals.FEWEST}" in visits_card.why(intervals.Doubt.TOO_RARE)
