"""Files given to a reply: which of them are photos or a video, and why the others are not taken.

What is inside a file is found out by the desk, in a process of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from console.desk.ports import WritingPort
from console.ui import pictures, reasons
from console.ui.i18n import translate
from console.ui.photo_strip import MOST
from console.wire.errors import Refusal

PICTURES: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".gif", ".bmp"}
)
VIDEOS: Final = frozenset({".mp4", ".mov", ".m4v", ".webm", ".mkv", ".3gp"})
LOOK: Final = 288
"""Long side of a thumbnail in pixels."""
_NAMED: Final = 3


@dataclass(slots=True)
class Sorted:
    """Files by what their names say they are."""

    photos: list[Path | bytes] = field(default_factory=list)
    videos: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)


def sort(files: Sequence[Path | bytes]) -> Sorted:
    """Tell photos from videos, and both from the rest."""
    found = Sorted()
    for file in files:
        if isinstance(file, bytes) or file.suffix.lower() in PICTURES:
            found.photos.append(file)
        elif file.suffix.lower() in VIDEOS:
            found.videos.append(file)
        else:
            found.others.append(file)
    return found


def name_of(file: Path | bytes) -> str:
    """What to call it."""
    return file.name if isinstance(file, Path) else translate("Reply", "The pasted picture")


def patterns(suffixes: frozenset[str]) -> str:
    """For a file window."""
    return " ".join(f"*{suffix}" for suffix in sorted(suffixes))


def no_kind(files: Sequence[Path]) -> str:
    """The sentence for files that are neither."""
    return translate("Reply", "No photo and no video: {names}").format(names=_names(files))


def no_room(files: Sequence[Path | bytes]) -> str:
    """The sentence for photos beyond the ninth."""
    return translate("Reply", "At most {n} photos go together; left out: {names}").format(
        n=MOST, names=_names(files)
    )


def not_taken(name: str, error: Exception) -> str:
    """The sentence for a file that cannot be sent; a pasted one has no name."""
    if isinstance(error, Refusal):
        why = reasons.sentence(error.code, error.parameters)
    else:
        why = translate("Reply", "This file cannot be read.")
    return f"{name or name_of(b'')}: {why}"


def _names(files: Sequence[Path | bytes]) -> str:
    names = [name_of(file) for file in files[:_NAMED]]
    if len(files) > _NAMED:
        names.append("…")
    return ", ".join(names)


async def thumbnail(writing: WritingPort, photo: Path | bytes) -> QImage | None:
    """How a photo looks; ``None``: it can be sent, but not be shown here.

    Raises ``Refusal`` and ``OSError`` when it cannot be sent.
    """
    if isinstance(photo, bytes):
        return await asyncio.to_thread(_small, photo)
    if not await asyncio.to_thread(photo.is_file):
        raise FileNotFoundError(photo)
    shown = await asyncio.to_thread(pictures.decode, photo, LOOK)
    if shown is None:
        look = await writing.look(photo)
        shown = await asyncio.to_thread(_small, look.poster) if look.poster else None
    return shown


def _small(data: bytes) -> QImage | None:
    image = QImage.fromData(data)
    if max(image.width(), image.height()) > LOOK:
        image = image.scaled(
            LOOK, LOOK, Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
    return None if image.isNull() else image
