"""The sound of a new message: short, soft, and not more often than every few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QUrl

from console import paths

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

QUIET_S: Final = 4.0


class Voice(Protocol):
    """Something that can be heard."""

    def ring(self, volume: float) -> None:
        """Sound once; ``volume`` 0..1."""
        ...


class MessageSound:
    """``resources/sounds/message.wav`` on this computer's speaker."""

    def __init__(self, parent: QObject) -> None:
        self._parent = parent
        self._effect: QSoundEffect | None = None

    def ring(self, volume: float) -> None:
        """Sound once."""
        if self._effect is None:
            # With the first sound only: start-up and memory do not pay for QtMultimedia.
            from PySide6.QtMultimedia import QSoundEffect  # noqa: PLC0415

            self._effect = QSoundEffect(self._parent)
            file = paths.resources() / "sounds" / "message.wav"
            self._effect.setSource(QUrl.fromLocalFile(str(file)))
        self._effect.setVolume(volume)
        self._effect.play()


class Chime:
    """Lets a voice ring at most once every ``QUIET_S``."""

    def __init__(self, voice: Voice, now: Callable[[], float] = time.monotonic) -> None:
        self._voice, self._now = voice, now
        self._rang: float | None = None

    def ring(self, volume_per_cent: int) -> bool:
        """Ring unless it rang just now; whether it did."""
        now = self._now()
        if volume_per_cent <= 0 or (self._rang is not None and now - self._rang < QUIET_S):
            return False
        self._rang = now
        self._voice.ring(volume_per_cent / 100)
        return True
