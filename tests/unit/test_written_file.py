"""Files written for the user are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.ui.written_file import write_whole


def test_a_file_is_replaced_by_the_new_content(tmp_path: Path) -> None:
    to = tmp_path / "poster.pdf"
    to.write_bytes(b"the old one")
    write_whole(to, b"new")
    assert to.read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["poster.pdf"]


def test_where_nothing_can_be_written_the_system_says_why(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"\w"):
        write_whole(tmp_path / "no such folder" / "poster.pdf", b"new")
    assert not list(tmp_path.iterdir())
