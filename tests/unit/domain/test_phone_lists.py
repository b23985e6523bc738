"""Lists of numbers as they come: pasted, out of a spreadsheet, with names beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.phone_lists import Line, decoded, phones, read

LIST = "姓名,手机,备注\n林小雨,138 1234 6021,常客\n\n王芳,13812346022\n没号码,,\n林,13812346021\n"


def test_each_line_says_what_became_of_it() -> None:
    assert read(LIST) == [
        Line(2, "林小雨,138 1234 6021,常客", "13812346021"),
        Line(4, "王芳,13812346022", "13812346022"),
        Line(5, "没号码,,", "", "no_phone"),
        Line(6, "林,13812346021", "13812346021", "twice"),
    ]
    assert phones(read(LIST)) == ["13812346021", "13812346022"]


@pytest.mark.parametrize("line", [
    "13812346021", "+86 138-1234-6021", '"林，小雨",13812346021', "林小雨\t13812346021\t38",
    "林小雨；13812346021", "林小雨 13812346021", "13812346021 林小雨", '="13812346021"',
    "'13812346021",
])  # fmt: skip
def test_a_number_is_found_however_it_stands(line: str) -> None:
    assert phones(read(line)) == ["13812346021"]


def test_a_single_line_without_a_number_is_no_heading() -> None:
    assert [line.trouble for line in read("林小雨")] == ["no_phone"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_is_read_as_spreadsheets_write_it(encoding: str) -> None:
    assert decoded(LIST.encode(encoding)) == LIST


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    found = read(text)
    assert len(phones(found)) == len(set(phones(found)))
    assert [line.number for line in found] == sorted({line.number for line in found})
