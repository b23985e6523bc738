"""A campaign's recipients on its report, and the report as a file, checked cell by cell."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFileDialog,
    QMenu,
    QProgressDialog,
    QVBoxLayout,
)

from console.desk.report_types import Recipient
from console.models.recipients_model import RecipientsModel
from console.progress import Progress
from console.ui.appearance import Appearance
from console.ui.clock import ShopClock
from console.ui.file_writing import write_file
from console.ui.tasks import Tasks
from console.views.campaigns import report_words
from console.views.campaigns.report_page import ReportPage
from console.wire.campaign_rows import QuestionTerms
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_reports import facts
from tests.gui.test_accessible import unnamed

SENT = datetime(2026, 11, 23, 10)  # noqa: DTZ001 - as a spreadsheet has it, on the shop's clock
TITLES = ["Figures", "What was sent", "Who got it", "Funnel", "Read curve · after sending",
          "Recipients", "Answers by group", "Answers", "Definitions"]  # fmt: skip


@pytest.fixture
async def page(desk: MemoryDesk, appearance: Appearance, until: Any) -> AsyncIterator[ReportPage]:
    counted = facts(120, 60, answered=20, bought=9)
    desk.reports.facts = replace(  # type: ignore[attr-defined]
        counted, row=replace(counted.row, title="=周一/新款")
    )
    ground = QDialog()
    tasks = Tasks(ground)
    made = ReportPage(desk, ShopClock(desk.me.timezone), tasks)
    QVBoxLayout(ground).addWidget(made)
    ground.resize(1290, 900)
    ground.show()
    assert await made.open(1)
    await until(lambda: tasks.idle)
    yield made
    made.close_down()
    await tasks.close()
    ground.close()
    ground.deleteLater()


def cells(page: ReportPage, row: int) -> list[str]:
    model = page.recipients.model
    return [model.index(row, column).data() for column in range(model.columnCount())]


async def test_everybody_stands_in_the_report_with_state_and_times_and_is_found(
    page: ReportPage, appearance: Appearance, until: Any
) -> None:
    card = page.recipients
    assert card.count.text() == "120 members"
    assert cells(page, 0) == ["会员1", "138****0001", "Got it", "11-23 10:00", "11-23 10:01",
                              "11-23 10:01", "Bought"]  # fmt: skip
    assert cells(page, 119) == ["会员120", "138****0120", "Got it", "11-23 10:00", "", "", ""]
    card.field.setFocus()
    QTest.keyClicks(card.field, "0120")
    await until(lambda: card.count.text() == "1 of 120")
    assert cells(page, 0)[0] == "会员120"
    card.field.clear()
    await until(lambda: card.count.text() == "120 members")
    appearance.set_language("zh")
    await until(lambda: cells(page, 0)[2] == "已收到")
    head = card.model.headerData(5, Qt.Orientation.Horizontal)
    assert head == "回答"
    assert not unnamed(page)
    page.recipients.clear()
    assert card.model.rowCount() == 0


def test_the_list_keeps_to_what_a_table_promises(qapp: object) -> None:
    model = RecipientsModel(lambda: ("a", "b"), lambda each: (each.name, each.phone))
    tester = QAbstractItemModelTester(model)
    people = [Recipient(member_id=n, name=f"{n}") for n in range(5)]
    model.show_recipients(people)
    model.show_recipients([replace(each, phone="1") for each in people])
    assert model.index(0, 1).data() == "1"
    model.narrow({2, 3})
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["2", "3"]
    model.narrow(None)
    assert (model.size, model.rowCount()) == (5, 5)
    assert tester.model() is model


async def export(page: ReportPage, wanted: str, to: Path, until: Any) -> None:
    """As an owner does it: the button, the menu's line, the system's window."""
    QTest.mouseClick(page.export.button, Qt.MouseButton.LeftButton)
    menu = next(each for each in page.findChildren(QMenu) if each.isVisible())
    action = next(each for each in menu.actions() if each.text() == wanted)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    await until(lambda: page.findChild(QFileDialog) is not None)
    dialog = page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).suffix == to.suffix
    page.note.clear()
    dialog.fileSelected.emit(str(to))
    dialog.reject()
    await until(page.note.text)


def values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def read(file: Path) -> list[list[str]]:
    text = file.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def nothing_lies_in(folder: Path) -> bool:
    return not list(folder.iterdir())


async def test_the_report_as_excel_holds_what_the_page_shows_cell_by_cell(
    page: ReportPage, desk: MemoryDesk, tmp_path: Path, until: Any
) -> None:
    desk.answers.asked = QuestionTerms(text="想添什么?", choices=["厚外套"], free_text=True)
    desk.answers.answer("林小雨", 0)
    desk.answers.answer("周雨桐", "=cmd|' /C calc'!A0")
    to = tmp_path / "report.xlsx"
    await export(page, "Everything as Excel…", to, until)
    assert page.note.text() == "Written to report.xlsx."
    assert desk.exports.recorded == ["campaign 1 report xlsx"]
    book = openpyxl.load_workbook(to)
    assert book.sheetnames == TITLES
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)

    figures = values(book["Figures"])
    assert figures[0] == ["Figure", "Members", "Of", "Share", "95 % from", "95 % to",
                          "How far it can be trusted"]  # fmt: skip
    assert figures[1][:3] == ["Read rate", 60, 120]
    assert figures[1][3:6] == pytest.approx([0.5, 0.4119, 0.5881], abs=1e-4)
    assert figures[1][6] == page.read.beside.text()
    assert figures[2] == ["Opt-outs", 1, 120, "Too few to tell", None, None,
                          page.opt_out.beside.text()]  # fmt: skip
    assert figures[3] == ["Read, not answered", 40, 60, None, None, None, None]
    assert figures[4] == ["Bought within 7 days: got it", 400, 1_000, *[None] * 4]
    assert figures[5] == ["Bought within 7 days: held out", 60, 200, *[None] * 4]
    assert figures[6][0] == "Bought within 7 days: difference"
    assert figures[6][3:6] == pytest.approx([0.10, 0.0268, 0.1667], abs=1e-4)
    assert figures[9][:6] == ["Came within 7 days: difference", None, None, "Too few to tell", None,
                              None]  # fmt: skip
    assert values(book["Answers by group"]) == [
        ["Group", "Members"],
        ["厚外套", 1],
        ["Unsorted", 1],
    ]
    assert values(book["Who got it"]) == [["State", "Members"], ["Got it", 120]]
    assert [book["Figures"].cell(2, column).number_format for column in (2, 4)] == ["#,##0", "0.0%"]

    assert values(book["Funnel"])[1:] == [
        ["Audience", 120, 120], ["Written", 120, 120], ["Delivered", 120, 120], ["Read", 60, 60],
        ["Answered", 20, 20], ["Reserved", 0, 0], ["Visited", 0, 0], ["Bought", 0, 9],
    ]  # fmt: skip
    curve = values(book["Read curve · after sending"])
    assert curve[0] == ["After", "Read by then", "Readers", "Members watched so long"]
    assert [timedelta(minutes=30), 0.25, 30, 120] in curve
    assert curve[-1] == [timedelta(days=3), 0.5, 60, 120]

    people = values(book["Recipients"])
    assert people[0] == [
        "Member", "Phone", "Version", "State", "Written", "Delivered", "Read", "Answered",
        "Reserved", "Visited", "Bought", "Coupon claimed", "Coupon redeemed", "Taken back",
    ]  # fmt: skip
    minute = timedelta(minutes=1)
    assert people[1] == ["会员1", "138****0001", "Women", "Got it", SENT, "yes", SENT + minute,
                         SENT + minute, None, None, "yes", None, None, None]  # fmt: skip
    assert people[30] == ["会员30", "138****0030", "Women", "Got it", SENT, "yes",
                          SENT + 30 * minute, None, None, None, None, None, None, None]  # fmt: skip
    assert people[120][:8] == ["会员120", "138****0120", "Women", "Got it", SENT, "yes", None, None]
    assert len(people) == 121

    assert [row[2:4] for row in values(book["Answers"])[1:]] == [
        ["厚外套", None], ["Unsorted", "=cmd|' /C calc'!A0"],
    ]  # fmt: skip
    said = dict(values(book["Definitions"])[1:])
    assert said["Campaign"] == "=周一/新款"
    assert (said["Known up to"], said["Clock"]) == ("2026-12-02 10:00", "Asia/Shanghai")
    for what in (report_words.READ, report_words.OPT_OUT, report_words.SILENT, report_words.FUNNEL):
        assert said[report_words.title(what)] == report_words.formula(what)


async def test_the_same_as_csv_in_chinese_and_the_recipients_alone(
    page: ReportPage, desk: MemoryDesk, appearance: Appearance, tmp_path: Path, until: Any
) -> None:
    appearance.set_language("zh")
    to = tmp_path / "全部.csv"
    await export(page, "全部导出为 CSV…", to, until)
    lines = read(to)
    assert {len(line) for line in lines} == {14}
    assert lines[0][0] == "数据"
    assert lines[2][:4] == ["阅读率", "60", "120", "0.5"]
    assert ["'=周一/新款" in line for line in lines].count(True) == 1
    assert any(line[:4] == ["0:30:00", "0.25", "30", "120"] for line in lines)
    alone = tmp_path / "名单.csv"
    await export(page, "收件人名单导出为 CSV…", alone, until)
    people = read(alone)
    assert people[0][:4] == ["会员", "手机", "版本", "状态"]
    assert people[1][:7] == ["会员1", "138****0001", "女装", "已收到", "2026-11-23 10:00:00", "是",
                             "2026-11-23 10:01:00"]  # fmt: skip
    assert len(people) == 121
    assert desk.exports.recorded == ["campaign 1 report csv", "campaign 1 recipients csv"]


async def test_whom_a_search_found_are_taken_along_alone(
    page: ReportPage, desk: MemoryDesk, tmp_path: Path, until: Any
) -> None:
    QTest.mouseClick(page.export.button, Qt.MouseButton.LeftButton)
    menu = next(each for each in page.findChildren(QMenu) if each.isVisible())
    assert len(menu.actions()) == 3
    menu.close()
    QTest.keyClicks(page.recipients.field, "012")
    await until(lambda: page.recipients.count.text() == "1 of 120")
    alone = tmp_path / "found.csv"
    await export(page, "The 1 found as CSV…", alone, until)
    assert [line[0] for line in read(alone)] == ["Member", "会员12"]
    page.recipients.field.clear()
    QTest.keyClicks(page.recipients.field, "2")
    await until(lambda: page.recipients.count.text() == "12 of 120")
    book = tmp_path / "found.xlsx"
    await export(page, "The 12 found as Excel…", book, until)
    [sheet] = openpyxl.load_workbook(book).worksheets
    assert [row[0] for row in values(sheet)[1:]] == [f"会员{n}" for n in range(2, 121, 10)]
    assert desk.exports.recorded == [
        "campaign 1 recipients csv (1)",
        "campaign 1 recipients xlsx (12)",
    ]
    QTest.keyClicks(page.recipients.field, "nobody")
    await until(lambda: page.recipients.count.text() == "0 of 120")
    QTest.mouseClick(page.export.button, Qt.MouseButton.LeftButton)
    menu = next(each for each in page.findChildren(QMenu) if each.isVisible())
    assert len(menu.actions()) == 3
    menu.close()


async def test_only_the_owner_takes_names_along(
    page: ReportPage, desk: MemoryDesk, tmp_path: Path, until: Any
) -> None:
    desk.me = replace(desk.me, role="clerk")
    page.export.speak()
    assert not page.export.button.isEnabled()
    assert "owner" in page.export.button.toolTip()
    task = page.export._tasks.spawn(page.export.write(tmp_path / "names.xlsx"))
    await until(task.done)
    assert nothing_lies_in(tmp_path)


async def test_a_place_where_nothing_can_be_written_is_told_in_one_sentence(
    page: ReportPage, tmp_path: Path
) -> None:
    await page.export.write(tmp_path / "gone" / "report.xlsx")
    assert page.note.text() == (
        "“report.xlsx” cannot be written: its folder is gone. Choose another one."
    )


async def test_a_long_file_says_how_far_it_is_and_stops_when_told(
    page: ReportPage, tmp_path: Path, until: Any
) -> None:
    progress, go_on = Progress(1_000_000), threading.Event()

    def write(file: BinaryIO) -> None:
        for _ in range(1_000_000):
            file.write(b"x")
            progress.step()
            if progress.done == 500:
                go_on.wait(10)

    to = tmp_path / "long.csv"
    task = page.export._tasks.spawn(write_file(page, to, write, progress))
    await until(lambda: (w := page.findChild(QProgressDialog)) is not None and w.isVisible())
    window = page.findChild(QProgressDialog)
    assert isinstance(window, QProgressDialog)
    await until(lambda: window.value() == 500)
    stop = window.findChild(QAbstractButton)
    assert isinstance(stop, QAbstractButton)
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    go_on.set()
    await until(task.done)
    assert task.result() == "Stopped. Nothing was written."
    assert nothing_lies_in(tmp_path)
