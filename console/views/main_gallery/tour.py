"""One walk through the screens: brings a state about, saves its picture, notes what failed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from console.views.window import Window

_PATIENCE_S: Final = 8.0
_FEWEST_COLOURS: Final = 24


class Unreached(Exception):  # noqa: N818 - a finding
    """A screen did not come to the state it should be in."""


@dataclass
class Tour:
    """One walk: where the pictures go and what went wrong."""

    folder: Path
    window: Window
    prefix: str = ""
    failures: list[str] = field(default_factory=list)

    async def shoot(
        self,
        name: str,
        reach: Callable[[], Awaitable[None]] | None = None,
        above: QWidget | None = None,
    ) -> None:
        """Bring a screen about and save its picture, with a window that is open above it."""
        place = f"{self.prefix}{name}"
        try:
            if reach is not None:
                await reach()
            await settle()
            image = self.window.grab().toImage()
            if above is not None:
                _lay_over(image, above.grab().toImage())
            file = self.folder / f"{place}.png"
            if not image.save(str(file)):
                self.failures.append(f"{place}: the picture could not be written")
            elif _is_blank(image):
                self.failures.append(f"{place}: the screen is blank")
        except Unreached as failure:
            self.failures.append(f"{place}: {failure}")


async def until(condition: Callable[[], bool], what: str, patience_s: float = _PATIENCE_S) -> None:
    """Wait for a state.  Raises ``Unreached``."""
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            raise Unreached(f"did not come about: {what}")
        await asyncio.sleep(0.01)


async def settle() -> None:
    """Let queued signals, layouts and pictures arrive."""
    for _ in range(12):
        await asyncio.sleep(0.02)


def _lay_over(image: QImage, above: QImage) -> None:
    painter = QPainter(image)
    painter.drawImage(image.rect().center() - above.rect().center(), above)
    painter.end()


def _is_blank(image: QImage) -> bool:
    wide, high = image.width(), image.height()
    colours = {image.pixel(x, y) for x in range(0, wide, 7) for y in range(0, high, 7)}
    return len(colours) < _FEWEST_COLOURS
