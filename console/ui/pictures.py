"""Photos for painters: asked for while painting, fetched and decoded beside, kept in memory.

A painter gets ``None`` (and paints a placeholder) until the picture is there, then
``arrived`` says whose rows to paint again.  Files are decoded in worker threads.
"""

from __future__ import annotations

import asyncio
import functools
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import blurhash
from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap

from console import log, paths
from console.ui import theme
from console.ui.tasks import Tasks

Fetch = Callable[[int, int], Awaitable[Path | None]]
_BUDGET: Final = 96 * 1024 * 1024
_log = log.get_logger("ui.pictures")


class Pictures(QObject):
    """A bounded memory of decoded pictures in front of the desk's file cache."""

    arrived = Signal(object)
    """Key of a picture that can be painted now: a medium's id or a path."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._tasks = Tasks(self)
        self._made: OrderedDict[tuple[int | str, int], QPixmap] = OrderedDict()
        self._bytes = 0
        self._asked: set[tuple[int | str, int]] = set()

    def get(self, photo: Any, long_side: int = 480) -> QPixmap | None:
        """The picture, or ``None`` while it is on its way (or cannot be had)."""
        key = (photo.path or photo.media_id, long_side)
        found = self._made.get(key)
        if found is not None:
            self._made.move_to_end(key)
        elif key not in self._asked:
            self._asked.add(key)
            self._tasks.spawn(self._load(photo, key))
        return found

    def forget_failures(self) -> None:
        """Ask again for what could not be had, because the line is back."""
        self._asked &= set(self._made)

    async def load(self, photo: Any, long_side: int) -> QPixmap | None:
        """The picture as soon as it is there; ``None`` when it cannot be had."""
        key = (photo.path or photo.media_id, long_side)
        if key not in self._made:
            self._asked.add(key)
            await self._load(photo, key)
        return self._made.get(key)

    async def _load(self, photo: Any, key: tuple[int | str, int]) -> None:
        file = Path(photo.path) if photo.path else await self._fetch(photo.media_id, key[1])
        if file is None:
            return
        image = await asyncio.to_thread(decode, file, key[1])
        if image is None:
            _log.warning("picture_unreadable", media_id=photo.media_id)
            return
        self._keep(key, QPixmap.fromImage(image))
        self.arrived.emit(key[0])

    def _keep(self, key: tuple[int | str, int], made: QPixmap) -> None:
        self._made[key] = made
        self._bytes += made.width() * made.height() * 4
        while self._bytes > _BUDGET and len(self._made) > 1:
            old, gone = self._made.popitem(last=False)
            self._asked.discard(old)
            self._bytes -= gone.width() * gone.height() * 4

    async def close(self) -> None:
        """Stop what is being loaded."""
        await self._tasks.close()


def decode(file: Path, long_side: int) -> QImage | None:
    """Read a picture no larger than asked for; ``None`` when it is none."""
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > long_side:
        reader.setScaledSize(
            size.scaled(QSize(long_side, long_side), Qt.AspectRatioMode.KeepAspectRatio)
        )
    image = reader.read()
    return None if image.isNull() else image


@functools.lru_cache(maxsize=512)
def placeholder(code: str) -> QPixmap | None:
    """The blurred impression in a blurhash; ``None`` without a usable one."""
    try:
        rows = blurhash.decode(code, 16, 16) if code else None
    except (ValueError, LookupError):
        return None
    if rows is None:
        return None
    data = bytes(max(0, min(255, int(part))) for row in rows for pixel in row for part in pixel)
    return QPixmap.fromImage(QImage(data, 16, 16, 48, QImage.Format.Format_RGB888).copy())


def paint(
    painter: QPainter, box: QRectF, picture: QPixmap | None, code: str = "", radius: float = 8
) -> None:
    """Fill a rounded box with a picture, its impression, or plain ground."""
    clip = QPainterPath()
    clip.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    shown = picture or placeholder(code)
    if shown is None:
        painter.fillRect(box, theme.color("line"))
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(box, shown, _cover(shown.size(), box))
    painter.restore()


def _cover(size: QSize, box: QRectF) -> QRectF:
    """The part of a picture that fills a box without distortion."""
    wanted = box.width() / box.height()
    wide, high = float(size.width()), float(size.height())
    if wide / high > wanted:
        part = high * wanted
        return QRectF((wide - part) / 2, 0, part, high)
    part = wide / wanted
    return QRectF(0, (high - part) / 2, wide, part)


@dataclass(frozen=True, slots=True)
class _Medium:
    """A picture on the relay, named by its number alone."""

    media_id: int
    path: str = ""


def of_product(store: Pictures, name: str, long_side: int) -> QPixmap | None:
    """A product's picture: drawn (``a001.webp``) or a medium (``media:<id>``)."""
    kind, _, number = name.partition(":")
    if kind == "media" and number.isdecimal():
        return store.get(_Medium(int(number)))
    return artwork(name, long_side)


def of_product_soon(store: Pictures, name: str, long_side: int) -> QPixmap | None:
    """As ``of_product``, for lists that scroll: a drawn one is decoded beside, too."""
    file = None if name.startswith("media:") else _artwork_file(name)
    return of_product(store, name, long_side) if file is None else store.get(
        _Medium(0, str(file)), long_side
    )  # fmt: skip


@functools.lru_cache(maxsize=4_096)
def _artwork_file(name: str) -> Path | None:
    folder = (paths.resources() / "artwork").resolve()
    file = (folder / name).resolve()
    return file if name and file.is_relative_to(folder) and file.is_file() else None


@functools.lru_cache(maxsize=256)
def artwork(name: str, long_side: int) -> QPixmap | None:
    """A product's drawn picture from ``resources/artwork``; ``None`` when there is none."""
    file = _artwork_file(name)
    image = None if file is None else decode(file, long_side)
    return None if image is None else QPixmap.fromImage(image)
