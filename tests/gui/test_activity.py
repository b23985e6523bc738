"""The card of members asleep, waking and active: shown with a year, with the names behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain import activity
from console.domain.periods import Period
from console.views.insights import InsightsScreen, activity_card
from console.views.insights.page import InsightsPage
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_insights import AS_OF
from tests.gui.test_accessible import unnamed
from tests.gui.test_insights import insights, screen

__all__ = ["insights", "screen"]


async def shown(screen: InsightsPage, until: Any) -> None:
    screen.periods.chips[Period.YEAR].click()
    await until(lambda: screen.activity.isVisible() and bool(screen.activity.year.months))


async def test_a_year_shows_who_slept_woke_and_was_active_and_names_them(
    insights: InsightsScreen, screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    assert not screen.activity.isVisible()
    assert desk.activity.asked == 0  # not before it is seen
    await shown(screen, until)
    card = screen.activity
    assert card.now.text() == "Now: Active 120 · Waking 30 · Asleep 50"
    bars = card.stacks.bars
    assert [bar.label for bar in bars][-2:] == ["10-29", "11-29"]
    # A month ago those who are active had only begun to wake.
    assert bars[-2].told == ("Asleep 80 · 40.0 %", "Waking 120 · 60.0 %", "Active 0 · 0.0 %")
    opened: list[tuple[str, str, tuple[int, ...]]] = []
    insights.names_wanted.connect(lambda *figure: opened.append(figure))
    card.stacks.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(card.stacks, key)
    await until(lambda: bool(opened))
    assert opened[0] == ("Waking · 10-30 – 11-29", card.formula.text(), tuple(range(51, 81)))
    assert not unnamed(screen)


async def test_what_is_not_known_of_earlier_months_is_said(
    screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    desk.activity.reads_since = AS_OF - timedelta(days=20)
    await shown(screen, until)
    assert "what was read before 2026-11-09 is not here" in screen.activity.limits.text()
    desk.activity.reads_since = None
    screen.activity.wanted.emit()
    await until(lambda: "not here" not in screen.activity.limits.text())
    assert "only the last time is kept" in screen.activity.limits.text()


def test_the_question_mark_says_what_the_definition_says() -> None:
    said = " ".join(str(activity.__doc__).split())
    formula = activity_card.formula()
    assert f"{activity.AWAKE.days} days" in formula
    assert f"{activity.STAYED.days} days" in formula
    for words in ("or there never was one", "Asleep:", "Waking:", "Active:"):
        assert words.lower() in said.lower()
        assert words in formula
