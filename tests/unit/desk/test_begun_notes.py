"""Notes begun on this computer."""

from __future__ import annotations

import asyncio
from pathlib import Path

from console.desk import recents
from console.desk.begun_notes import BegunNotes


async def test_a_begun_note_is_there_after_the_program_was_closed(tmp_path: Path) -> None:
    file = tmp_path / "begun_notes.json"
    notes = BegunNotes(file)
    await asyncio.gather(*(notes.keep(chat, f"note {chat}") for chat in range(20)))
    await notes.keep(3, "")
    again = BegunNotes(file)
    assert [await again.read(chat) for chat in (2, 3, 19, 77)] == ["note 2", "", "note 19", ""]


async def test_a_note_that_is_added_leaves_the_file(tmp_path: Path) -> None:
    file = tmp_path / "begun_notes.json"
    notes = BegunNotes(file)
    await notes.keep(1, "secret-word-78")
    await notes.keep(1, "")
    assert b"secret" not in file.read_bytes()


async def test_a_damaged_file_is_an_empty_one(tmp_path: Path) -> None:
    file = tmp_path / "begun_notes.json"
    file.write_bytes(b"{")
    assert await BegunNotes(file).read(1) == ""
    assert recents.load(file) == []


def test_what_was_chosen_lately_comes_first_once(tmp_path: Path) -> None:
    file = tmp_path / "emoji.json"
    for sign in ("👗", "🙏", "👗", "🧥"):
        recents.remember(file, sign)
    assert recents.load(file) == ["🧥", "👗", "🙏"]
