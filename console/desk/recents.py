"""Short words chosen lately on this computer, in a small file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

REMEMBERED: Final = 27


def load(file: Path) -> list[str]:
    """The newest first; none when the file is missing or damaged."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[str])[:REMEMBERED]
    except (OSError, msgspec.DecodeError):
        return []


def remember(file: Path, word: str) -> None:
    """Put a word first.  Raises ``OSError``."""
    kept = [word, *(each for each in load(file) if each != word)][:REMEMBERED]
    beside = file.with_suffix(".new")
    beside.write_bytes(msgspec.json.encode(kept))
    beside.replace(file)
