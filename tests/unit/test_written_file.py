"""Files written for the user are whole or not there."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from console.ui.written_file import failure, fault, whole, write_whole


def test_a_file_is_replaced_by_the_new_content_and_stays_readable_as_it_was(tmp_path: Path) -> None:
    to = tmp_path / "poster.pdf"
    to.write_bytes(b"the old one")
    to.chmod(0o640)
    write_whole(to, b"new")
    assert to.read_bytes() == b"new"
    assert stat.S_IMODE(to.stat().st_mode) == 0o640 or os.name == "nt"
    assert [file.name for file in tmp_path.iterdir()] == ["poster.pdf"]


def test_where_nothing_can_be_written_the_system_says_why(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"\w") as caught:
        write_whole(tmp_path / "no such folder" / "poster.pdf", b"new")
    assert fault(caught.value) == "folder"
    with pytest.raises(OSError, match=r"\w"):
        write_whole(tmp_path, b"a folder stands there")
    assert not list(tmp_path.iterdir())


def test_what_is_given_up_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    to = tmp_path / "列表.xlsx"
    to.write_bytes(b"the old one")

    def give_up() -> None:
        with whole(to) as file:
            file.write(b"half")
            assert to.read_bytes() == b"the old one"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give_up()
    assert to.read_bytes() == b"the old one"
    assert [file.name for file in tmp_path.iterdir()] == ["列表.xlsx"]


def test_a_link_still_leads_where_it_led(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("error", "why", "part"),
    [
        (OSError(errno.ENOSPC, "x"), "full", "no room is left"),
        (PermissionError(errno.EACCES, "x"), "denied", "open in another program"),
        (FileNotFoundError(errno.ENOENT, "x"), "folder", "its folder is gone"),
        (OSError(errno.EIO, "Input/output error"), "failed", "Input/output error"),
    ],
)
def test_each_reason_has_its_own_sentence(error: OSError, why: str, part: str) -> None:
    assert fault(error) == why
    said = failure(error, Path("somewhere/列表.xlsx"))
    assert part in said
    assert "“列表.xlsx”" in said
