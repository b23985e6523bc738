"""Tables that come in: encodings, separators, spreadsheets, and what is none."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from console import sheet_reading
from console.sheet_reading import UnreadableTable, read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_a_csv_is_read_as_it_was_saved(tmp_path: Path, encoding: str, separator: str) -> None:
    file = tmp_path / "goods.csv"
    lines = [["货号", "名称", "价格"], ["W1", "风衣", "599"], [], ["W2", '"长, 裙"', "1299"]]
    file.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    assert read(file) == [["货号", "名称", "价格"], ["W1", "风衣", "599"], [],
                          ["W2", "长, 裙", "1299"]]  # fmt: skip


def test_a_spreadsheet_gives_values_as_somebody_would_type_them(tmp_path: Path) -> None:
    file, book = tmp_path / "goods.xlsx", openpyxl.Workbook()
    book.active.title = "空"
    page = book.create_sheet("商品")
    page.append(["货号", "条码", "价格", "到货"])
    page.append(["W1", 2000000000011, 59.9, date(2026, 11, 1)])
    page.append(["W2", "=1+1", 599.0, None])
    book.save(file)
    assert read(file) == [["货号", "条码", "价格", "到货"],
                          ["W1", "2000000000011", "59.9", "2026-11-01T00:00:00"],
                          ["W2", "", "599"]]  # fmt: skip


def test_a_flood_in_a_small_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_reading, "MOST_ROWS", 3)
    monkeypatch.setattr(sheet_reading, "MOST_UNPACKED", 1_000)
    long, packed = tmp_path / "long.csv", tmp_path / "flood.xlsx"
    long.write_text("a,b\n" * 5, "utf-8")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/sharedStrings.xml", "0" * 2_000)
    for each in (long, packed):
        with pytest.raises(UnreadableTable) as refused:
            read(each)
        assert refused.value.kind == "large"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("a.xlsx", b"PK\x03\x04 not a book", "file"), ("a.csv", b"a\0b,c", "text"),
     ("a.csv", b"\xff\xff\xff", "text")],
)  # fmt: skip
def test_what_is_no_table_says_so(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableTable) as refused:
        read(tmp_path / name)
    assert refused.value.kind == kind


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"\n\n")
    assert read(tmp_path / "empty.csv") == []
