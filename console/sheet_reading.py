"""Tables that come into the program: CSV in the encodings and separators people have, and XLSX.

Standard library, and openpyxl once the first spreadsheet is read.  What the columns mean is
decided elsewhere.  Every cell is text; a formula's is the value that was kept with it.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from console.domain.phone_lists import decoded

MOST_BYTES: Final = 20_000_000
MOST_UNPACKED: Final = 300_000_000
"""Bytes of a spreadsheet once it is unpacked: a small file may hold a flood."""
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 60
_SEPARATORS: Final = (",", "\t", ";", "，", "；", "|")
_LOOKED_AT: Final = 20


class UnreadableTable(Exception):  # noqa: N818 - what somebody chose, not an error of ours
    """No table that can be read; ``kind`` is ``file``, ``large`` or ``text``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def read(path: Path) -> list[list[str]]:
    """The rows of a file, cells trimmed, empty rows kept as ``[]`` (so that lines count right).

    Raises ``UnreadableTable`` and ``OSError``.
    """
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableTable("large")
    with path.open("rb") as file:
        packed = file.read(4) == b"PK\x03\x04"
    rows = _xlsx(path) if packed else _csv(path.read_bytes())
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _taken(rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    found: list[list[str]] = []
    for row in rows:
        if len(found) > MOST_ROWS:
            raise UnreadableTable("large")
        cells = [_text(cell) for cell in row][:MOST_COLUMNS]
        while cells and not cells[-1]:
            cells.pop()
        found.append(cells)
    return found


def _text(value: Any) -> str:
    """A cell as somebody would type it: 2000000000011, not 2000000000011.0."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return " ".join(str(value).replace("\0", "").split())


# --- kinds of files -------------------------------------------------------------------------


def _csv(data: bytes) -> list[list[str]]:
    try:
        text = decoded(data)
    except UnicodeError as error:
        raise UnreadableTable("text") from error
    if "\0" in text:
        raise UnreadableTable("text")
    try:
        return _taken(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise UnreadableTable("text") from error


def _separator(text: str) -> str:
    """The one that cuts most of the first lines into the same number of cells, many of them."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    best = (0, 0, ",")
    for place, sign in enumerate(_SEPARATORS):
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
        cells, often = max(counts.items(), key=lambda each: (each[1], each[0]), default=(1, 0))
        if cells > 1:
            best = max(best, (often * cells, -place, sign))
    return best[2]


def _xlsx(path: Path) -> list[list[str]]:
    """The first sheet that holds anything."""
    # Half a second to load, for what seldom happens.
    import openpyxl  # noqa: PLC0415

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise UnreadableTable("large")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableTable("file") from error
    try:
        for sheet in book.worksheets:
            rows = _taken(sheet.iter_rows(values_only=True))
            if any(rows):
                return rows
        return []
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, TypeError) as error:
        raise UnreadableTable("file") from error
    finally:
        book.close()
