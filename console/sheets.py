"""Tables that leave the program, as spreadsheets and as CSV.

Standard library, and XlsxWriter once the first spreadsheet is written.  What is in the tables,
their words and where the files go is decided elsewhere.  No cell is ever a formula, whatever
somebody wrote in it.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import Enum
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar, overload

from console.progress import Progress

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS: Final = 1_048_575
"""A sheet of Excel holds so many below its head."""
_FORMULA: Final = tuple("=+-@＝＋－＠\t\r\n")
"""What begins with one of these some spreadsheet program takes for a formula."""
_NAME_CHARS: Final = 31
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_FIRST_YEAR: Final = 1900
_DIGITS: Final = 12
_BOM: Final = b"\xef\xbb\xbf"

Item = TypeVar("Item")
Cell = str | int | float | datetime | timedelta | None
"""What a column's kind says, ``None`` for nothing; words may stand in any column."""


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    """0–1, shown as percent."""
    NUMBER = "number"
    """With a decimal."""
    MONEY = "money"
    """Whole cents, shown as yuan."""
    TIME = "time"
    """Aware; shown on the shop's clock, to the second."""
    DURATION = "duration"


_FORMATS: Final = {
    Kind.COUNT: "#,##0", Kind.SHARE: "0.0%", Kind.NUMBER: "#,##0.0", Kind.MONEY: "¥#,##0.00",
    Kind.TIME: "yyyy-mm-dd hh:mm:ss", Kind.DURATION: "[h]:mm:ss",
}  # fmt: skip
_WIDTHS: Final = {Kind.TEXT: 18, Kind.TIME: 20}
_WIDTH: Final = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``width`` in characters, 0: what its kind needs.  A wide one breaks its lines."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 0


class Rows(Sequence[Sequence[Cell]]):
    """Rows of very many items, each made when it is written, in the thread that writes."""

    def __init__(self, items: Sequence[Item], cells: Callable[[Item], Sequence[Cell]]) -> None:
        self._items: Sequence[Any] = items
        self._cells: Callable[[Any], Sequence[Cell]] = cells

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, place: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, place: slice) -> Rows: ...
    def __getitem__(self, place: int | slice) -> Sequence[Cell] | Rows:
        if isinstance(place, slice):
            return Rows(self._items[place], self._cells)
        return self._cells(self._items[place])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under its title."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]


def steps(sheets: Sequence[Sheet]) -> int:
    """In how many steps they are written."""
    return sum(len(each.rows) for each in sheets)


Writer = Callable[[BinaryIO, Sequence[Sheet], tzinfo, Progress], None]
"""Writes sheets into a file, times on the clock of a zone.  Raises ``OSError``, ``Stopped``."""


def fits_excel(sheets: Sequence[Sheet]) -> bool:
    """Whether no sheet is longer than Excel can open."""
    return all(len(each.rows) <= MOST_ROWS for each in sheets)


# --- CSV ----------------------------------------------------------------------------------------


def write_csv(
    file: BinaryIO, sheets: Sequence[Sheet], zone: tzinfo, progress: Progress
) -> None:  # fmt: skip
    """UTF-8 as Excel recognises it, lines as RFC 4180 has them, all of them equally long.

    Several sheets stand below each other, each under its title.  A text that a spreadsheet
    program would take for a formula has an apostrophe before it.
    """
    wide = max((len(each.columns) for each in sheets), default=0)
    for line in _lines(sheets, zone, progress):
        made = io.StringIO()
        csv.writer(made).writerow([*line, *[""] * (wide - len(line))])
        file.write((_BOM if not file.tell() else b"") + made.getvalue().encode())


def _lines(sheets: Sequence[Sheet], zone: tzinfo, progress: Progress) -> Iterator[list[str]]:
    for place, sheet in enumerate(sheets):
        if len(sheets) > 1:
            yield from ([[]] if place else [])
            yield [_harmless(sheet.title)]
        yield [_harmless(each.title) for each in sheet.columns]
        for row in sheet.rows:
            progress.step()
            yield [_as_text(cell, column.kind, zone)
                   for cell, column in zip(row, sheet.columns, strict=True)]  # fmt: skip


def _as_text(cell: Cell, kind: Kind, zone: tzinfo) -> str:
    match _plain(cell, kind, zone):
        case None:
            return ""
        case str(text):
            return _harmless(text)
        case datetime() as at:
            return f"{at:%Y-%m-%d %H:%M:%S}"
        case timedelta() as span:
            minutes, seconds = divmod(round(span.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case number:
            return f"{number:.2f}" if kind is Kind.MONEY else f"{number:.{_DIGITS}g}"


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(cell: Cell, kind: Kind, zone: tzinfo) -> Cell:
    """Cents as yuan, moments on the shop's clock; a moment outside the calendar as words.

    What floating point adds far behind the point does not leave the program.
    """
    if isinstance(cell, datetime):
        try:
            at = cell.astimezone(zone).replace(tzinfo=None, microsecond=0)
        except OverflowError:
            return cell.isoformat()
        return at if at.year >= _FIRST_YEAR else at.isoformat()
    if kind is Kind.MONEY and isinstance(cell, int):
        return cell / 100
    return round(cell, _DIGITS) if isinstance(cell, float) else cell


# --- spreadsheets -------------------------------------------------------------------------------


def write_xlsx(file: BinaryIO, sheets: Sequence[Sheet], zone: tzinfo, progress: Progress) -> None:
    """Every text as text, counts, shares, money, moments and spans as numbers with a format.

    ``sheets`` must fit (``fits_excel``).
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - no start waits for it
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    # What is gathered on the way lies in a folder that goes, also when the writing is stopped.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as beside:
        book = Workbook(file, {"constant_memory": True, "tmpdir": beside})
        names: set[str] = set()
        try:
            for sheet in sheets:
                page = book.add_worksheet(_name(sheet.title, names))
                _Page(book, page, zone).write(sheet, progress)
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            for page in book.worksheets():
                page.row_data_fh.close()


def _name(title: str, taken: set[str]) -> str:
    """A name that Excel takes and no other sheet has."""
    plain = title.translate(_FORBIDDEN).strip("' ") or "-"
    number, name = 1, plain[:_NAME_CHARS]
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _NAME_CHARS - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name


class _Page:
    """One sheet on its way into a book."""

    def __init__(self, book: Workbook, page: Worksheet, zone: tzinfo) -> None:
        self._page, self._zone = page, zone
        self._head = book.add_format({"bold": True, "bottom": 1, "quote_prefix": True})
        self._broken = book.add_format({"text_wrap": True, "valign": "top"})
        # Also when somebody edits such a cell and presses Enter it stays a text.
        self._quoted = book.add_format({"quote_prefix": True})
        self._formats = {kind: book.add_format({"num_format": text})
                         for kind, text in _FORMATS.items()}  # fmt: skip

    def write(self, sheet: Sheet, progress: Progress) -> None:
        page, columns = self._page, sheet.columns
        for place, column in enumerate(columns):
            page.set_column(place, place, column.width or _WIDTHS.get(column.kind, _WIDTH))
            page.write_string(0, place, column.title, self._head)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(sheet.rows), len(columns) - 1)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for number, row in enumerate(sheet.rows, 1):
            progress.step()
            for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
                self._put(number, place, _plain(cell, column.kind, self._zone), column)

    def _put(self, row: int, place: int, cell: Cell, column: Column) -> None:
        look: Any = self._formats.get(column.kind)
        match cell:
            case None | "":
                return
            case str(text):
                self._page.write_string(row, place, text, self._look(text, column))
            case datetime() as at:
                self._page.write_datetime(row, place, at, look)
            case timedelta() as span:
                self._page.write_number(row, place, span / timedelta(days=1), look)
            case number:
                self._page.write_number(row, place, number, look)

    def _look(self, text: str, column: Column) -> Any:
        if text.startswith(_FORMULA):
            return self._quoted
        return self._broken if column.width > _WIDTHS[Kind.TEXT] * 2 else None
