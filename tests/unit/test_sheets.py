"""Tables that leave the program: every cell as what it is, and none as a formula."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from console.progress import Progress, Stopped
from console.sheets import Column, Kind, Rows, Sheet, Writer, steps, write_csv, write_xlsx

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 23, 2, 0, 5, 999_000, tzinfo=UTC)
COLUMNS = (
    Column("姓名"), Column("手机"), Column("次数", Kind.COUNT), Column("占比", Kind.SHARE),
    Column("金额", Kind.MONEY), Column("时间", Kind.TIME), Column("等了", Kind.DURATION),
    Column("每小时", Kind.NUMBER),
)  # fmt: skip
ROWS = [
    ("林小雨", "138****6021", 1_204, 0.314159, 59_900, AT, timedelta(hours=49, minutes=5), 15.25),
    ('=HYPERLINK("http://x","点")', "+8613800006021", -3, 0.0, -5, None, None, 0.0),
    ("", "", None, "人太少,还看不出", None, "还没有", timedelta(seconds=7), None),
]
ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "－1", "＋1", "＠x"]


def written(writer: Writer, *sheets: Sheet) -> io.BytesIO:
    file = io.BytesIO()
    writer(file, sheets, SHANGHAI, Progress(steps(sheets)))
    file.seek(0)
    return file


def book(*sheets: Sheet) -> Any:
    return openpyxl.load_workbook(written(write_xlsx, *sheets))


def lines(*sheets: Sheet) -> list[list[str]]:
    text = written(write_csv, *sheets).read().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_spreadsheet_holds_every_cell_as_what_it_is() -> None:
    page = book(Sheet("名单", COLUMNS, ROWS))["名单"]
    assert [cell.value for cell in page[1]] == [each.title for each in COLUMNS]
    assert all(cell.font.bold for cell in page[1])
    assert [cell.value for cell in page[2]] == [
        "林小雨", "138****6021", 1_204, 0.314159, 599, datetime(2026, 11, 23, 10, 0, 5),  # noqa: DTZ001
        timedelta(hours=49, minutes=5), 15.25,
    ]  # fmt: skip
    assert [cell.number_format for cell in page[2]][2:] == [
        "#,##0", "0.0%", "¥#,##0.00", "yyyy-mm-dd hh:mm:ss", "[h]:mm:ss", "#,##0.0",
    ]  # fmt: skip
    assert [cell.value for cell in page[3]] == [
        '=HYPERLINK("http://x","点")', "+8613800006021", -3, 0, -0.05, None, None, 0,
    ]  # fmt: skip
    assert [cell.value for cell in page[4]] == [
        None, None, None, "人太少,还看不出", None, "还没有", timedelta(seconds=7), None,
    ]  # fmt: skip
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:H4"


def test_csv_holds_the_same_in_plain_words_that_excel_reads() -> None:
    raw = written(write_csv, Sheet("名单", COLUMNS, ROWS)).read()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 4
    assert lines(Sheet("名单", COLUMNS, ROWS)) == [
        ["姓名", "手机", "次数", "占比", "金额", "时间", "等了", "每小时"],
        ["林小雨", "138****6021", "1204", "0.314159", "599.00", "2026-11-23 10:00:05", "49:05:00",
         "15.25"],
        ['\'=HYPERLINK("http://x","点")', "'+8613800006021", "-3", "0", "-0.05", "", "", "0"],
        ["", "", "", "人太少,还看不出", "", "还没有", "0:00:07", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_looks_like_a_formula_is_a_text_in_both(attack: str) -> None:
    sheet = Sheet("t", (Column(attack),), [(attack,)])
    page = book(sheet)["t"]
    for cell in (page["A1"], page["A2"]):
        assert cell.data_type in ("s", "inlineStr")
        assert unescape(cell.value) == attack
        assert cell.quotePrefix  # editing it does not make a formula of it either
    assert [line[0] for line in lines(sheet)] == [f"'{attack}"] * 2


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co"]),
                        max_size=40), min_size=1, max_size=6))  # fmt: skip
def test_whatever_is_written_comes_back_and_is_never_a_formula(texts: list[str]) -> None:
    sheet = Sheet("t", (Column("a"),), [(text,) for text in texts])
    cells = [row[0] for row in book(sheet)["t"].iter_rows(min_row=2, max_row=len(texts) + 1)]
    assert [unescape(cell.value or "") for cell in cells] == texts
    assert all(cell.data_type != "f" for cell in cells)
    for text, line in zip(texts, lines(sheet)[1:], strict=True):
        assert line in ([text], [f"'{text}"], [] if not text else [text])
        assert not line or not line[0].startswith(tuple("=+-@＝＋－＠"))


def test_sheets_have_names_that_excel_takes_and_csv_has_them_below_each_other() -> None:
    long = "周一新款:女装/男装[第二版]" * 4
    sheets = [Sheet(title, (Column("a"), Column("b")), [("1", "2")])
              for title in (long, long, "'", "名单", "名单")]  # fmt: skip
    names = book(*sheets).sheetnames
    assert len({name.casefold() for name in names}) == 5
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert names[3:] == ["名单", "名单 2"]
    narrow = Sheet("说明", (Column("怎么算"),), [("人数",)])
    assert lines(sheets[3], narrow) == [
        ["名单", ""], ["a", "b"], ["1", "2"], ["", ""], ["说明", ""], ["怎么算", ""], ["人数", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("at", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)])
def test_a_moment_that_no_calendar_has_is_told_in_words(at: datetime) -> None:
    sheet = Sheet("t", (Column("at", Kind.TIME),), [(at,)])
    assert isinstance(book(sheet)["t"]["A2"].value, str | datetime)
    assert lines(sheet)[1][0].startswith(f"{at.year:04d}")


def test_rows_of_very_many_are_made_while_they_are_written() -> None:
    made: list[int] = []

    def cells(item: int) -> tuple[int]:
        made.append(item)
        return (item,)

    rows = Rows([7, 8, 9], cells)
    assert (len(rows), made) == (3, [])
    assert list(rows[1:]) == [(8,), (9,)]
    sheet = Sheet("t", (Column("a", Kind.COUNT),), rows)
    assert lines(sheet) == [["a"], ["7"], ["8"], ["9"]]
    assert [cell.value for cell in book(sheet)["t"]["A"]] == ["a", 7, 8, 9]


@pytest.mark.parametrize("writer", [write_xlsx, write_csv])
def test_a_file_that_nobody_wants_any_more_is_written_no_further(writer: Writer) -> None:
    sheet = Sheet("t", (Column("a"),), [("x",)] * 1_000)
    progress = Progress(steps([sheet]))
    progress.step()
    progress.stop()
    with pytest.raises(Stopped):
        writer(io.BytesIO(), [sheet], SHANGHAI, progress)
    assert (progress.done, progress.steps) == (1, 1_000)
