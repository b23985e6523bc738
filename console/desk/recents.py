"""Short words chosen lately on this computer, in a small file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

REMEMBERED: Final = 27


def load(file: Path, most: int = REMEMBERED) -> list[str]:
    """The newest first; none when the file is missing or damaged."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[str])[:most]
    except (OSError, msgspec.DecodeError):
        return []


def remember(file: Path, word: str, most: int = REMEMBERED) -> None:
    """Put a word first.  Raises ``OSError``."""
    _keep(file, [word, *(each for each in load(file, most) if each != word)][:most])


def forget(file: Path, word: str, most: int = REMEMBERED) -> None:
    """Let go of a word.  Raises ``OSError``."""
    _keep(file, [each for each in load(file, most) if each != word])


def _keep(file: Path, kept: list[str]) -> None:
    beside = file.with_suffix(".new")
    beside.write_bytes(msgspec.json.encode(kept))
    beside.replace(file)
