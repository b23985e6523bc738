"""What is kept beside the database survives crashes, spoilt lines and a full disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.relay.suppression_file import SuppressionFile
from console.store.suppression_facts import MessageRecalled, Suppression

EPOCH = "0123456789abcdef-1"


def suppression(name: str) -> Suppression:
    return Suppression(mark=name, at=datetime(2026, 11, 29, tzinfo=UTC),
                       fact=MessageRecalled(client_id=name))  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SuppressionFile]:
    opened = SuppressionFile(tmp_path, EPOCH)
    yield opened
    opened.close()


def again(folder: Path, epoch: str = EPOCH) -> list[str]:
    opened = SuppressionFile(folder, epoch)
    opened.close()
    return [each.mark for each in opened.known]


def test_what_was_committed_is_there_again_once(file, tmp_path):
    file.committed([suppression("a")], (7, "ab" * 8), 31)
    file.committed([suppression("a"), suppression("b")], None, 30)
    opened = SuppressionFile(tmp_path, EPOCH)
    opened.close()
    assert [each.mark for each in opened.known] == ["a", "b"]
    assert (opened.head, opened.top_id) == ((7, "ab" * 8), 31)


def test_another_shop_finds_nothing(file, tmp_path):
    file.committed([suppression("a")], (7, "ab" * 8), 31)
    assert again(tmp_path, "another-1") == []
    assert again(tmp_path, "0123456789abcdef-of-a-later-epoch") == ["a"]


def test_a_torn_line_is_cut_off_and_a_spoilt_one_left_out(file, tmp_path):
    file.committed([suppression("a"), suppression("b"), suppression("c")], None, 0)
    [lines] = tmp_path.glob("*.jsonl")
    first, second, third = lines.read_bytes().splitlines()
    lines.write_bytes(first + b"\n" + second[:-9] + b"#########\n" + third[:20])
    assert again(tmp_path) == ["a"]
    again_open = SuppressionFile(tmp_path, EPOCH)
    again_open.committed([suppression("d")], None, 0)
    again_open.close()
    assert again(tmp_path) == ["a", "d"]


def test_a_torn_note_of_the_head_says_nothing(file, tmp_path):
    file.committed([], (7, "ab" * 8), 31)
    [note] = tmp_path.glob("*.head")
    note.write_bytes(note.read_bytes()[:30])
    opened = SuppressionFile(tmp_path, EPOCH)
    opened.close()
    assert (opened.head, opened.top_id) == (None, 0)


def test_half_a_line_that_cannot_be_cut_off_spoils_no_other(file, tmp_path, monkeypatch):
    def fails(*_: object) -> None:
        raise OSError

    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:10]))
    monkeypatch.setattr(os, "ftruncate", fails)
    file.committed([suppression("a")], None, 0)
    monkeypatch.undo()
    file.committed([suppression("b")], None, 0)
    assert again(tmp_path) == ["a", "b"]


def test_what_a_full_disk_did_not_take_comes_with_the_next_commit(file, tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:10]))
    file.committed([suppression("a")], (7, "ab" * 8), 0)
    monkeypatch.undo()
    assert again(tmp_path) == []
    file.committed([suppression("b")], (8, "ab" * 8), 0)
    assert again(tmp_path) == ["a", "b"]
