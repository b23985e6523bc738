"""The page of the shop's figures: counted, read out, in doubt, offline."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain import heat_map, statistics
from console.ui.keymap import keymap
from console.views.insights import insight_words
from console.views.insights.page import InsightsPage
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_insights import facts
from tests.gui.screens import Screens
from tests.gui.test_accessible import unnamed


@pytest.fixture
async def shell(screens: Screens, desk: MemoryDesk, until: Any) -> Shell:
    made = screens.shell(desk)
    assert made.insights.page is None  # nothing is made before it is wanted
    offers = {offer.command.id: offer for offer in keymap().offers(made.window())}
    offers["go.insights"].run()
    await until(lambda: made.insights.page is not None and made.insights.page.figures is not None)
    return made


@pytest.fixture
def screen(shell: Shell) -> InsightsPage:
    assert shell.section == "insights"
    assert shell.insights.page is not None
    return shell.insights.page


async def test_the_page_tells_the_months_open_rate_and_when_members_look(
    screen: InsightsPage,
) -> None:
    assert screen.open_rate.value.text() == "30.0 %"
    assert screen.open_rate.beside.text() == "60 of 200 · 95 % interval 24.1–36.7 %"
    assert screen.heat.days.text() == "11-01 – 11-28"
    grid = screen.heat.grid
    grid.setFocus()
    assert grid.current == (5, 20)
    assert grid.accessibleDescription().startswith("Saturday 20:00–21:00 · 15.0 readers an hour")
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.accessibleDescription() == (
        "Saturday 19:00–20:00 · 0 readers in four weeks: too few to tell"
    )
    QTest.mouseMove(grid, grid.box((5, 20)).center().toPoint())
    assert grid.current == (5, 20)
    # Sixty readers of one evening in four weeks: the other weeks say it was that evening.
    assert screen.heat.advice.text() == "When to send: no hour stands out"
    assert not unnamed(screen)


async def test_figures_say_how_they_are_counted_in_the_words_that_define_them(
    screen: InsightsPage,
) -> None:
    for card in (screen.open_rate, screen.heat):
        QTest.keyClick(card.ask, Qt.Key.Key_Space)
        assert card.formula.isVisible()
    said = " ".join(f"{statistics.monthly_open_rate.__doc__} {heat_map.__doc__}".split()).lower()
    for part in ("members who read at least one notice", "÷ members reachable"):
        assert part in insight_words.open_rate_formula().lower()
        assert part in said
    assert "several notices within an hour is one reader" in insight_words.heat_formula()
    assert "several notices within an hour is one reader" in said


async def test_too_few_readers_are_no_figure_and_a_lost_line_is_told(
    screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    desk.insights.facts, desk.insights.live = facts(30, 3), False
    desk.insights.tell()
    await until(lambda: screen.open_rate.value.text() == "Too few to tell")
    assert screen.heat.advice.text() == "When to send: too few to tell"
    assert screen.state.accessibleName() == "Offline · as of 11-29 12:00"
