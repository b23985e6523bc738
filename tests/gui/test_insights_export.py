"""The page of figures as a spreadsheet and a picture, and the weekly summary as page and PDF."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from console.domain.periods import Period
from console.ui.appearance import Appearance
from console.views.insights import (
    InsightsScreen,
    insight_words,
    reply_words,
    table_words,
    tile_words,
    visits_card,
)
from console.views.insights.export_part import ExportPart
from console.views.insights.waits_window import WaitsWindow
from console.views.insights.weekly_page import WeeklyPage
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_insights import SENT
from tests.gui.memory_weekly import LAST
from tests.gui.test_accessible import unnamed
from tests.gui.test_insights import insights

__all__ = ["insights"]


def click(on: QAbstractButton) -> None:
    QTest.mouseClick(on, Qt.MouseButton.LeftButton)


@pytest.fixture
def part(insights: InsightsScreen) -> ExportPart:
    return insights.taken_along


@pytest.fixture
async def weekly(part: ExportPart, desk: MemoryDesk, until: Any) -> WeeklyPage:
    desk.weekly.readers = 25
    click(part.summary)
    await until(lambda: part.weekly is not None and part.weekly.summary is not None)
    assert part.weekly is not None
    return part.weekly


async def choose(asking: QAbstractButton, owner: Any, to: Path, until: Any) -> None:
    """As somebody does it: the button, then a place in the system's window."""
    click(asking)
    await until(lambda: owner.findChild(QFileDialog) is not None)
    dialog = owner.findChild(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).suffix == to.suffix
    dialog.fileSelected.emit(str(to))
    dialog.reject()
    await until(owner.note.text)


def values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def told(file: Path) -> str:
    """The words of a PDF; what its font knows as another sign is the same sign (NFKC)."""
    document = QPdfDocument()
    assert document.load(str(file)) == QPdfDocument.Error.None_
    pages = (document.getAllText(page).text() for page in range(document.pageCount()))
    said = unicodedata.normalize("NFKC", " ".join(pages))
    document.close()
    return " ".join(said.split())


async def test_the_page_as_excel_holds_its_figures_cell_by_cell(
    part: ExportPart, insights: InsightsScreen, desk: MemoryDesk, tmp_path: Path, until: Any
) -> None:
    assert insights.page is not None
    to = tmp_path / "figures.xlsx"
    await choose(part.excel, insights.page, to, until)
    assert insights.page.note.text() == "Written to figures.xlsx."
    assert desk.exports.recorded == ["figures month xlsx"]
    book = openpyxl.load_workbook(to)
    assert book.sheetnames == [
        "Figures", "Visits per member a month", "Campaigns of the period",
        "Read curve · after sending", "When members look", "First replies",
        "How long first replies took", "Definitions",
    ]  # fmt: skip
    figures = values(book["Figures"])
    assert figures[1][:3] == ["Monthly open rate", 60, 200]
    assert figures[1][3:6] == pytest.approx([0.3, 0.2408, 0.3667], abs=1e-4)
    assert figures[2][:3] == ["Replied", 53, None]
    assert figures[3][:3] == ["Holds", 0, None]
    assert figures[4][:4] == ["Opt-outs", 1, 350, "Too few to tell"]
    visits = values(book["Visits per member a month"])
    assert visits[2][0] == "More than the holdout"
    assert visits[2][1:4] == pytest.approx([1.60, 1.53, 1.68], abs=0.01)
    campaigns = values(book["Campaigns of the period"])
    assert campaigns[0][:10] == list(table_words.head())
    sent = (SENT + timedelta(days=2, hours=8)).replace(tzinfo=None)
    assert campaigns[1][:5] == ["周三提问", sent, "All members", 150, 70]
    assert campaigns[1][5:10] == [pytest.approx(70 / 150), 41, 0, 0, "厚外套 41 · 卫衣 27"]
    assert campaigns[2][5:] == [0.3, 12, 0, 1, *(
        pytest.approx(share, abs=0.01) for share in (0.10, 0.04, 0.155)
    )]  # fmt: skip
    heat = values(book["When members look"])
    assert len(heat) == 1 + 7 * 24
    assert ["Saturday", "20:00–21:00", 60, 15] in [row[:4] for row in heat]
    said = dict(values(book["Definitions"])[1:])
    assert said["Period"] == "10-31 – 11-29"
    assert said["First replies"] == reply_words.formula()
    for what in tile_words.TITLES:
        assert said[tile_words.title(what)] == tile_words.formula(what)
    assert said[insight_words.heat()] == insight_words.heat_formula()


async def test_first_replies_are_in_the_file_by_clerk_by_hour_and_by_how_long_they_took(
    part: ExportPart, desk: MemoryDesk, tmp_path: Path
) -> None:
    await part.write_excel(tmp_path / "replies.xlsx")
    book = openpyxl.load_workbook(tmp_path / "replies.xlsx")
    head, every, *lines = values(book["First replies"])
    assert head[:4] == ["Counted", "Of", "Waits", "Median first reply"]
    assert every[:3] == ["All", None, 67]  # 60 in 40 s, 6 in 7 min, one still waits after 9 min
    assert every[3:6] == [timedelta(seconds=40)] * 3
    within = [60 / 67, 0.8000, 0.9487]
    assert every[6:9] == pytest.approx(within, abs=1e-3)
    assert every[9:] == [*every[6:9], 1]
    clerk, other, nobody = lines[:3]
    assert clerk[:4] == ["By clerk", "小李", 60, timedelta(seconds=40)]
    assert clerk[6] == "60/60 · too few"
    assert other[:4] == ["By clerk", "小陈", 6, timedelta(minutes=7)]
    assert nobody[:4] == ["By clerk", "Nobody's", 1, "Too few to tell"]
    assert [row[:3] for row in lines[3:]] == [
        ["By hour", "10–11 h", 60], ["By hour", "11–12 h", 7],
        ["By clerk and hour", "小李 · 10–11 h", 60], ["By clerk and hour", "小陈 · 11–12 h", 6],
        ["By clerk and hour", "Nobody's · 11–12 h", 1],
    ]  # fmt: skip
    bars = values(book["How long first replies took"])
    assert bars[0] == ["Waited", "Waits"]
    assert [row[1] for row in bars[1:]] == [0, 0, 60, 0, 0, 7, 0, 0, 0]
    assert bars[3][0] == "30 s – 1 min"
    desk.replies.only = 2  # a clerk takes only her own lines along, and the file says so
    await part.write_excel(tmp_path / "own.xlsx")
    own = openpyxl.load_workbook(tmp_path / "own.xlsx")
    assert "小李" not in str(values(own["First replies"]))
    assert reply_words.own() in str(values(own["Definitions"]))


async def test_of_a_year_every_month_has_its_own_rate_and_activity(
    part: ExportPart, insights: InsightsScreen, tmp_path: Path, until: Any
) -> None:
    page = insights.page
    assert page is not None
    insights.show_period(Period.YEAR)
    await until(lambda: page.figures is not None and page.figures.period is Period.YEAR)
    assert page.figures is not None
    await part.write_excel(tmp_path / "year.xlsx")
    months = values(openpyxl.load_workbook(tmp_path / "year.xlsx")["Monthly open rate"])[1:]
    assert [row[:3] for row in months] == [
        [insight_words.days(month.first, month.last), month.share.rate.part, month.share.rate.whole]
        for month in page.figures.months
    ]
    assert months[-1][1:4] == [60, 200, 0.3]
    book = openpyxl.load_workbook(tmp_path / "year.xlsx")
    head, *activity = values(book["Member activity"])
    assert head == ["Month", "Active", "Waking", "Asleep"]
    assert [row[0] for row in activity] == [row[0] for row in months]
    assert activity[-1][1:] == [120, 30, 50]
    assert activity[0][1:] == [0, 0, 200]  # a year ago nobody had given a sign of life
    said = dict(values(book["Definitions"])[1:])
    assert said["Member activity"].endswith("than stand here.")
    visits = next(sheet for sheet in book if sheet.title.startswith("Visits per member a month, "))
    head, few, same, more = values(visits)
    assert head == [
        "Month", "Get campaigns", "Held out", "Difference", "95 % from", "95 % to",
        "Members", "Members held out",
    ]  # fmt: skip
    assert few == ["2026-09-01 – 09-30", *["Too few to tell"] * 3, None, None, 92, 90]
    assert same[3] == 0
    assert more[1:4] == pytest.approx([2.5 * 30.4375 / 28.5, 1.5 * 30.4375 / 28.5, 30.4375 / 28.5])
    assert more[4] < more[3] < more[5]
    assert said[visits_card.title()] == visits_card.formula()


async def test_a_clerk_takes_figures_without_names_along_and_the_picture_is_the_whole_page(
    part: ExportPart, insights: InsightsScreen, desk: MemoryDesk, tmp_path: Path, until: Any
) -> None:
    assert insights.page is not None
    desk.me = replace(desk.me, role="clerk")
    await part.write_excel(tmp_path / "f.csv")
    assert desk.exports.recorded == ["figures month csv"]
    insights.page.say("")
    insights.resize(1290, 400)  # one has to scroll
    to = tmp_path / "page.png"
    await choose(part.picture, insights.page, to, until)
    picture, page = QImage(str(to)), insights.page
    assert picture.width() == 2 * page.width()
    assert picture.height() > 2 * insights.height()
    assert part.image().height() == 2 * (page.header.height() + page.ground.height())
    assert not picture.allGray()


async def test_the_weekly_summary_says_how_the_week_was_beside_the_one_before(
    weekly: WeeklyPage, part: ExportPart, insights: InsightsScreen, appearance: Appearance,
    until: Any,
) -> None:  # fmt: skip
    assert insights.page is not None
    assert not insights.page.isVisible()
    assert weekly.title.accessibleName() == "Weekly summary · 11-16 – 11-22"
    read, opened, replied = weekly.tiles[:3]
    assert read.heading.text() == "Read rate"
    assert read.figures[0].text() == "51.4 %"  # 180 of 350; 130 the week before
    assert read.said.line == "▲ 14.3 points"
    assert read.said.below == "180 of 350 · 95 % interval 46.2–56.6 %"
    assert opened.figures[0].text() == "Too few to tell"
    assert (replied.figures[0].text(), replied.said.line) == ("53", "= 53 the week before")
    answered = weekly.tiles[4]
    assert (answered.heading.text(), answered.figures[0].text()) == ("Median first reply", "40 s")
    assert answered.said.line == "▼ 35 s · 89.6 % within 5 minutes"
    rows = weekly.campaigns.table.rows.table.rows
    assert [[cell.shown for cell in row][:6] for row in rows] == [
        ["周一新款", "11-14 10:00", "200", "85", "42.5 %", "12"],
        ["周三提问", "11-15 10:00", "150", "95", "63.3 %", "41"],
    ]  # fmt: skip
    assert "Open rate of the week: too few to tell" in weekly.doubts.text()
    assert weekly.advice.text() == "When to send: no hour stands out (11-01 – 11-28)"
    assert not unnamed(weekly)
    assert not weekly.later.isEnabled()
    click(weekly.earlier)
    await until(lambda: weekly.title.accessibleName() == "Weekly summary · 11-09 – 11-15")
    click(weekly.later)
    await until(lambda: weekly.monday == LAST and not weekly.later.isEnabled())
    appearance.set_language("zh")
    await until(lambda: read.heading.text() == "阅读率")
    click(weekly.back)
    assert insights.page.isVisible()
    assert part.summary.hasFocus()


async def test_a_figure_of_the_week_opens_its_names_and_a_row_its_report(
    weekly: WeeklyPage, insights: InsightsScreen, until: Any
) -> None:
    asked: list[Any] = []
    insights.names_wanted.connect(lambda *what: asked.append(what))
    insights.report_wanted.connect(asked.append)
    insights.conversation_wanted.connect(asked.append)
    read, _, replied, _, answered = weekly.tiles[:5]
    click(read.figures[0])
    await until(lambda: asked)
    assert (asked.pop()[::2]) == ("Read rate", (1, 2, 3))
    click(replied.figures[0])
    await until(lambda: asked)
    assert (asked.pop()[::2]) == ("Replies", (1, 2))
    click(answered.figures[0])
    await until(lambda: weekly.findChild(WaitsWindow) is not None)
    waits = weekly.findChild(WaitsWindow)
    assert waits.windowTitle() == "First replies · Median first reply"
    assert waits.list.count() == 67
    waits.list.itemClicked.emit(waits.list.item(1))
    assert asked.pop() == 2
    table = weekly.campaigns.table
    table.setFocus()
    table.setCurrentIndex(table.rows.index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert asked == [2]


async def test_what_comes_in_meanwhile_moves_the_week(
    weekly: WeeklyPage, desk: MemoryDesk, until: Any
) -> None:
    desk.weekly.readers = 30
    desk.insights.tell()
    await until(lambda: weekly.tiles[0].figures[0].text() == "54.3 %")


async def test_a_week_without_campaigns_and_without_a_line_says_so(
    weekly: WeeklyPage, desk: MemoryDesk, until: Any
) -> None:
    desk.insights.without_campaigns()
    desk.insights.live = False
    click(weekly.earlier)
    await until(weekly.campaigns.none.isVisible)
    assert not weekly.campaigns.table.isVisible()
    assert weekly.state.accessibleName() == "Offline · as of 11-29 12:00"
    assert "Offline · as of 11-29 12:00" in weekly.doubts.text()
    assert weekly.tiles[0].said.below == "0 of 0 · written to nobody yet"


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_same_on_paper_whose_words_can_be_found(
    weekly: WeeklyPage, desk: MemoryDesk, appearance: Appearance, language: str, tmp_path: Path,
    until: Any,
) -> None:  # fmt: skip
    appearance.set_language(language)
    title = "周一 <b>新款</b> & 更多"
    rows = [replace(row, title=title) for row in desk.insights.facts.campaigns]
    desk.insights.facts = replace(desk.insights.facts, campaigns=tuple(rows))
    weekly.show_week(LAST)
    await until(lambda: weekly.summary is not None
                and weekly.summary.week.campaigns[0].title == title)  # fmt: skip
    to = tmp_path / "week.pdf"
    await choose(weekly.save, weekly, to, until)
    assert desk.exports.recorded == [f"week {LAST} pdf"]
    assert to.read_bytes().startswith(b"%PDF-")
    words = told(to)
    expected = {
        "zh": ("时光衣橱", "周报 · 11-16", "阅读率", "51.4 %", "40 秒", "14.3 个百分点",
               "还说不准的"),
        "en": ("时光衣橱", "Weekly summary · 11-16", "51.4 %", "14.3 points", "180 of 350"),
    }[language]  # fmt: skip
    for part in (*expected, title, "42.5 %"):
        assert part in words, part


async def test_it_is_printed_as_it_is_saved(weekly: WeeklyPage, tmp_path: Path) -> None:
    printer, to = QPrinter(QPrinter.PrinterMode.HighResolution), tmp_path / "printed.pdf"
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(to))
    weekly.print_on(printer)
    assert "Weekly summary · 11-16" in told(to)
