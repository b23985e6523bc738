"""The page of the shop's figures: counted, by period, with the names behind, in doubt, offline."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLayout, QPushButton

from console.domain import heat_map, statistics
from console.domain.periods import Period
from console.domain.segments import Saved
from console.ui.explained import Explained
from console.ui.keymap import keymap
from console.views.campaigns.segment_names import NamesWindow
from console.views.insights import InsightsScreen, insight_words, tile_words
from console.views.insights.campaign_table import AUDIENCE, EFFECT, LEFT, NAME, RATE, READ, SENT
from console.views.insights.page import InsightsPage
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_insights import AS_OF, MemoryInsights, facts, reads
from tests.gui.screens import Screens
from tests.gui.test_accessible import unnamed


@pytest.fixture
async def insights(
    desk: MemoryDesk, until: Any, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[InsightsScreen]:
    monkeypatch.setattr("console.views.insights.screen._PAUSE_MS", 1)
    made = InsightsScreen(desk)
    assert made.page is None  # nothing is made before it is wanted
    made.resize(1290, 900)
    made.show()
    await until(lambda: made.page is not None and made.page.figures is not None
                and made.page.heat.looks is not None)  # fmt: skip
    yield made
    await made.close_down()
    made.close()
    made.deleteLater()


@pytest.fixture
def screen(insights: InsightsScreen) -> InsightsPage:
    assert insights.page is not None
    return insights.page


def windows() -> list[NamesWindow]:
    return [each for each in QApplication.topLevelWidgets()
            if isinstance(each, NamesWindow) and each.isVisible()]  # fmt: skip


def row(screen: InsightsPage, number: int, *columns: int) -> list[str]:
    items = [screen.table.rows.item(number, column) for column in columns]
    return [item.text() for item in items if item is not None]


async def test_with_large_text_on_a_small_screen_nothing_is_cut_and_the_time_stands_below(
    insights: InsightsScreen, screen: InsightsPage, until: Any
) -> None:
    assert (screen.state.isVisible(), screen.state_below.isVisible()) == (True, False)
    column = insights.layout()
    assert column is not None
    column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # as within the window
    insights.setMinimumSize(1, 1)
    insights.resize(835, 512)  # of 1366 x 768 at 150 %, beside the rail
    await until(screen.state_below.isVisible)
    assert not screen.state.isVisible()
    assert screen.state_below.text == screen.state.text == "As of 11-29 12:00"
    chips = screen.periods.chips.values()
    await until(lambda: all(chip.width() >= chip.sizeHint().width() for chip in chips))
    await until(lambda: screen.ground.width() <= 835)
    first, second, last = (screen.tiles.open, screen.tiles.visits, screen.tiles.left)
    await until(lambda: first.y() == second.y() < last.y())
    assert screen.table.rows.isColumnHidden(AUDIENCE)
    insights.resize(1290, 900)
    await until(screen.state.isVisible)
    assert not screen.table.rows.isColumnHidden(AUDIENCE)
    await until(lambda: first.y() == second.y() == last.y())


async def test_tiles_tell_figures_with_how_far_they_can_be_trusted(screen: InsightsPage) -> None:
    tiles = screen.tiles
    assert tiles.open.figures[0].text() == "30.0 %"
    assert tiles.open.said.line == "▲ 30.0 points · goal 35 %"
    assert tiles.open.line.property("look") == "good"
    assert tiles.open.said.below == "60 of 200 · 95 % interval 24.1–36.7 %"
    assert tiles.visits.figures[0].text() == "2.6 visits"
    assert tiles.visits.said.line.startswith("+1.60 against the holdout (95 % interval +1.53")
    assert tiles.visits.said.below == "10-31 – 11-29"
    assert [made.text() for made in tiles.replies.figures] == ["53", "0"]
    assert tiles.replies.said.line == "from 2 campaigns"
    # One opt-out is no rate, and said so in its place.
    assert tiles.left.figures[0].text() == "Too few to tell"
    assert tiles.left.said.line == "1 at “周一新款”"
    assert not unnamed(screen)


async def test_a_table_tells_what_each_campaign_led_to(screen: InsightsPage) -> None:
    columns = (NAME, SENT, AUDIENCE, READ, LEFT, EFFECT)
    assert row(screen, 0, *columns) == [
        "周三提问", "11-15 10:00", "All members", "70", "—", "厚外套 41 · 卫衣 27",
    ]  # fmt: skip
    assert row(screen, 1, *columns) == [
        "周一新款", "11-14 10:00", "All members", "60", "1", "+10.0 points (±6.2)",
    ]  # fmt: skip
    rate = screen.table.rows.item(1, RATE)
    assert rate is not None
    assert rate.data(Qt.ItemDataRole.AccessibleTextRole) == "30.0 %"
    effect = screen.table.rows.item(1, EFFECT)
    assert effect is not None
    assert effect.toolTip().startswith("300 of 1,000 bought; of the holdout 40 of 200")


async def test_opt_outs_stand_campaign_by_campaign_and_open_by_name(
    insights: InsightsScreen, screen: InsightsPage, until: Any
) -> None:
    bars, asked = screen.opt_outs.bars, list[Any]()
    insights.names_wanted.connect(lambda *what: asked.append(what))
    assert [(bar.label, bar.value) for bar in bars.bars] == [("11-14", 1.0), ("11-15", 0.0)]
    assert [bars.title_shown(number) for number in (0, 1)] == [bar.title for bar in bars.bars]
    assert bars.bars[0].title == "周一新款"
    assert bars.bars[0].told == (
        "Too few to tell", "1 of 200 · it happened, or failed to, fewer than 5 times",
    )  # fmt: skip
    bars.setFocus()
    QTest.keyClick(bars, Qt.Key.Key_Home)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    await until(lambda: asked)
    assert asked[0][0] == "Opt-outs by campaign · 周一新款"
    assert asked[0][2] == (2,)


async def test_a_year_shows_the_open_rate_of_each_month_beside_its_goal_and_names_behind(
    insights: InsightsScreen, screen: InsightsPage, until: Any
) -> None:
    assert not screen.months.isVisible()
    screen.periods.chips[Period.YEAR].click()
    await until(screen.months.isVisible)
    bars = screen.months.bars
    assert [bar.label for bar in bars.bars][-2:] == ["10-29", "11-29"]
    assert bars.bars[-1].value == pytest.approx(0.3)
    assert bars.bars[-2].value is None  # nobody had read anything: too few to tell
    opened: list[tuple[str, str, tuple[int, ...]]] = []
    insights.names_wanted.connect(lambda *figure: opened.append(figure))
    bars.setFocus()
    assert bars.accessibleDescription() == (
        "10-30 – 11-29, 30.0 %, 60 of 200 · 95 % interval 24.1–36.7 %"
    )
    QTest.keyClick(bars, Qt.Key.Key_Return)
    await until(lambda: bool(opened))
    assert opened[0][0] == "Monthly open rate · 10-30 – 11-29"
    assert opened[0][2] == tuple(range(1, 61))


async def test_the_owner_sets_another_goal_which_tile_and_chart_go_by(
    screen: InsightsPage, until: Any
) -> None:
    screen.periods.chips[Period.YEAR].click()
    await until(screen.months.set_goal.isVisible)
    screen.months.set_goal.click()
    window = screen.months.findChild(QInputDialog)
    assert isinstance(window, QInputDialog)
    assert window.intValue() == 35
    window.setIntValue(42)
    window.accept()
    await until(lambda: screen.figures is not None and screen.figures.goal == 0.42)
    assert screen.tiles.open.said.line.endswith("goal 42 %")


async def test_every_figure_says_who_counts_it_and_what_stands_without_a_line(
    insights: InsightsScreen, screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    cards = screen.findChildren(Explained)
    assert [card.heading.text() for card in cards if not card.origin.text()] == []
    assert screen.tiles.replies.origin.text() == (
        "The relay adds up: replies. This computer counts from the rows that it has copied:"
        " holds. Without a line: as last known, with the time."
    )
    assert screen.heat.origin.text().startswith("The relay adds it up")
    assert screen.tiles.open.origin.text().startswith("This computer counts it")
    screen.tiles.open.ask.click()
    assert screen.tiles.open.origin.isVisible()
    assert isinstance(desk.insights, MemoryInsights)
    desk.insights.live = False
    desk.insights.tell()
    await until(lambda: "There is no line: as last known, 11-29 12:00."
                in screen.tiles.open.origin.text())  # fmt: skip
    for card in cards:
        assert card.origin.text().endswith("There is no line: as last known, 11-29 12:00.")


async def test_the_owner_sets_another_window_which_every_word_of_it_follows(
    screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    table = screen.table
    assert table.set_window.text() == "Attribution: 7 days…"
    assert "within 7 days" in screen.tiles.replies.formula.text()
    table.set_window.click()
    window = table.findChild(QInputDialog)
    assert isinstance(window, QInputDialog)
    assert (window.intValue(), window.intMinimum(), window.intMaximum()) == (7, 1, 30)
    window.setIntValue(1)
    window.accept()
    await until(lambda: screen.figures is not None and screen.figures.window_days == 1)
    assert table.set_window.text() == "Attribution: 1 day…"
    head = table.rows.horizontalHeaderItem(EFFECT)
    assert head is not None
    assert head.text() == "Bought within 1 day · vs. holdout"
    for formula in (screen.tiles.replies.formula.text(), table.formula.text()):
        assert "within 1 day" in formula
        assert "7 days" not in formula
    assert isinstance(desk.insights, MemoryInsights)
    desk.insights.may_set = False
    other = InsightsScreen(desk)
    other.show()
    await until(lambda: other.page is not None)
    assert other.page is not None
    assert not other.page.table.set_window.isVisible()
    await other.close_down()
    other.deleteLater()


async def test_a_period_is_chosen_by_mouse_and_by_arrows(
    insights: InsightsScreen, screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    chips = screen.periods.chips
    # The others are counted before they are asked for: a change waits for nothing.
    await until(lambda: desk.insights.asked == [Period.MONTH, Period.WEEK, Period.YEAR])
    await until(lambda: insights.tasks.idle)
    chips[Period.YEAR].click()
    assert screen.figures is not None
    assert screen.figures.period is Period.YEAR
    assert screen.tiles.open.heading.text() == "Monthly open rate · average"
    chips[Period.YEAR].setFocus()
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    await until(lambda: screen.figures is not None and screen.figures.period is Period.WEEK)
    assert chips[Period.WEEK].isChecked()
    # A week has no monthly rate, so no goal of a month.
    assert screen.tiles.open.heading.text() == "Open rate · this week so far"
    assert "goal" not in screen.tiles.open.said.line


async def test_every_figure_opens_the_names_behind_it(
    insights: InsightsScreen, screen: InsightsPage, until: Any
) -> None:
    opened: list[tuple[str, str, tuple[int, ...]]] = []
    insights.names_wanted.connect(lambda *figure: opened.append(figure))
    tiles = screen.tiles
    behind = ((tiles.open, 60), (tiles.visits, 2), (tiles.replies, 2), (tiles.left, 1))
    for tile, count in behind:
        QTest.keyClick(tile.figures[0], Qt.Key.Key_Space)
        await until(lambda: bool(opened))
        title, about, members = opened.pop()
        assert (title, about, len(members)) == (tile.heading.text(), tile.formula.text(), count)
    assert not tiles.replies.figures[1].isEnabled()  # nobody reserved anything
    screen.heat.grid.setFocus()
    QTest.keyClick(screen.heat.grid, Qt.Key.Key_Return)
    await until(lambda: bool(opened))
    title, _, members = opened.pop()
    assert (title, len(members)) == ("When members look · Saturday 20:00–21:00", 60)
    screen.curves.curve.setFocus()
    QTest.keyClick(screen.curves.curve, Qt.Key.Key_Return)
    await until(lambda: bool(opened))
    title, _, members = opened.pop()
    assert (title, len(members)) == ("周一新款 · Read within 17 h 55 min", 60)


async def test_the_heat_map_reads_cells_out_and_advises(screen: InsightsPage) -> None:
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


async def test_figures_say_how_they_are_counted_in_the_words_that_define_them(
    screen: InsightsPage,
) -> None:
    tiles = screen.tiles
    for card in (tiles.open, tiles.visits, tiles.replies, tiles.left, screen.heat, screen.table):
        QTest.keyClick(card.ask, Qt.Key.Key_Space)
        assert card.formula.isVisible()
    said = " ".join(f"{statistics.monthly_open_rate.__doc__} {heat_map.__doc__}".split()).lower()
    for part in ("members who read at least one notice", "÷ members reachable"):
        assert part in tile_words.formula(tile_words.OPEN).lower()
        assert part in said
    assert "several notices within an hour is one reader" in insight_words.heat_formula()
    assert "several notices within an hour is one reader" in said


async def test_too_few_readers_are_no_figure_and_a_lost_line_is_told(
    screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    desk.insights.facts, desk.insights.live = facts(30, 3), False
    desk.insights.reads = reads(3)
    desk.insights.tell()
    await until(lambda: screen.tiles.open.figures[0].text() == "Too few to tell")
    assert screen.tiles.open.said.line == "change: too few to tell · goal 35 %"
    assert screen.tiles.visits.said.line == "against the holdout: too few to tell"
    await until(lambda: screen.heat.advice.text() == "When to send: too few to tell")
    assert screen.state.accessibleName() == "Offline · as of 11-29 12:00"


async def test_the_heat_map_and_its_advice_are_those_of_the_group_that_is_chosen(
    insights: InsightsScreen, screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    heat, asked = screen.heat, list[Any]()
    insights.names_wanted.connect(lambda *what: asked.append(what))
    names = [heat.groups.itemText(place) for place in range(heat.groups.count())]
    assert names == ["All members", "Women", "Men", "常买女装", "金卡、银卡"]
    desk.segments.meant[Saved(1)] = range(50, 91)
    heat.groups.setCurrentIndex(3)
    heat.groups.activated.emit(3)
    await until(lambda: heat.looks is not None
                and sum(cell.readers for cell in heat.looks.heat.cells) == 11)  # fmt: skip
    heat.grid.cell_requested.emit(5, 20)
    await until(lambda: asked)
    title, _, members = asked.pop()
    assert title == "When members look · 常买女装 · Saturday 20:00–21:00"
    assert list(members) == list(range(50, 61))  # 60 read at all
    heat.groups.setCurrentIndex(2)
    heat.groups.activated.emit(2)
    await until(lambda: heat.advice.text() == "When to send: too few to tell")
    desk.insights.tell()  # what comes in keeps the choice
    await until(lambda: insights.tasks.idle)
    assert heat.group_name == "Men"


async def test_without_campaigns_the_table_says_what_will_stand_there(
    screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    desk.insights.without_campaigns()
    desk.insights.tell()
    await until(screen.table.empty.isVisible)
    assert screen.tiles.replies.said.line == "from 0 campaigns"


async def test_rows_that_are_kept_on_the_relay_only_are_told(
    screen: InsightsPage, desk: MemoryDesk, until: Any
) -> None:
    since = AS_OF - timedelta(days=14)
    desk.insights.facts = replace(facts(200, 60), complete_since=since)
    desk.insights.tell()
    await until(screen.gap.isVisible)
    assert "before 2026-11-15 is kept on the relay only" in screen.gap.text()
    assert row(screen, 1, LEFT) == [""]


async def test_from_figures_ways_lead_to_names_reports_and_campaigns_and_back(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk)
    offers = {offer.command.id: offer for offer in keymap().offers(shell.window())}
    offers["go.insights"].run()
    await until(lambda: shell.insights.page is not None and shell.insights.page.figures is not None)
    assert shell.section == "insights"
    page, rows = shell.insights.page, None
    assert page is not None
    rows = page.table.rows
    rows.setFocus()
    rows.selectRow(1)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    await until(lambda: shell.campaigns.report is not None and shell.campaigns.report.isVisible())
    assert shell.campaigns.report is not None
    shell.campaigns.report.back.click()
    assert shell.section == "insights"
    assert rows.hasFocus()
    assert rows.currentRow() == 1
    place = rows.visualRect(rows.model().index(1, NAME)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await until(lambda: shell.section == "campaigns")
    shell.show_section("insights")
    page.tiles.open.figures[0].click()
    await until(lambda: bool(windows()))
    window = windows()[0]
    assert window.windowTitle() == "Monthly open rate"
    next(each for each in window.findChildren(QPushButton)
         if each.text() == "New campaign to them").click()  # fmt: skip
    await until(lambda: shell.section == "campaigns" and shell.campaigns.composing)
    shell.show_section("insights")
    page.table.new_wanted.emit()
    assert shell.section == "campaigns"
