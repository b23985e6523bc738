"""Plays voices, one at a time, whichever conversation is shown.

Belongs to the screen, not to a bubble: painters ask ``playing`` and paint again on
``changed``.  Nothing of QtMultimedia is loaded before the first thing is played.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from console.ui.i18n import translate
from console.ui.playing import Playing, next_speed
from console.ui.tasks import Tasks

if TYPE_CHECKING:
    from console.ui.sound import Sound

Fetch = Callable[[Any], Awaitable[Path | None]]


class Player(QObject):
    """What plays now, and what can be done with it."""

    changed = Signal(str)
    """Key of the bubble to paint again."""
    complained = Signal(str)
    """A sentence for the clerk."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._tasks = Tasks(self)
        self._sound: Sound | None = None
        self._playing: Playing | None = None
        self._wanted = ""
        self._silent_said = False
        self.speed = 1.0
        self.title = ""
        """Whose voice it is."""

    @property
    def playing(self) -> Playing | None:
        """What is loaded, running or not; ``None``: nothing."""
        return self._playing

    def play(self, key: str, medium: Any, title: str) -> None:
        """Play a voice, or halt and resume the one that plays."""
        if self._playing is not None and self._playing.key == key:
            self.toggle()
            return
        self.stop()
        self._wanted = key
        self._tasks.spawn(self._begin(key, medium, title))

    async def _begin(self, key: str, medium: Any, title: str) -> None:
        file = await self._fetch(medium)
        if key != self._wanted:
            return
        if file is None:
            self.complained.emit(translate("Player", "This recording is not on this computer yet"))
            return
        sound = self._ready()
        self.title = title
        self._playing = Playing(key, 0, medium.duration_ms, self.speed, running=True)
        sound.play(file, self.speed)
        self.changed.emit(key)
        self._say_if_silent()

    def _ready(self) -> Sound:
        if self._sound is None:
            # With the first voice only: start-up and memory do not pay for QtMultimedia.
            from console.ui.sound import Sound  # noqa: PLC0415

            self._sound = sound = Sound(self)
            sound.moved.connect(self._on_moved)
            sound.measured.connect(self._on_measured)
            sound.ended.connect(self.stop)
            sound.broken.connect(self._on_broken)
        return self._sound

    def _say_if_silent(self) -> None:
        from console.ui.sound import can_be_heard  # noqa: PLC0415 - loaded by now

        if not self._silent_said and not can_be_heard():
            self._silent_said = True
            self.complained.emit(
                translate("Player", "This computer has no speaker or headphones to hear it with")
            )

    def toggle(self) -> None:
        """Halt, or go on."""
        if self._playing is None or self._sound is None:
            return
        if self._playing.running:
            self._sound.pause()
        else:
            self._sound.resume()
        self._set(running=not self._playing.running)

    def stop(self) -> None:
        """Play nothing."""
        self._wanted = ""
        if self._playing is None:
            return
        key, self._playing = self._playing.key, None
        if self._sound is not None:
            self._sound.stop()
        self.changed.emit(key)

    def seek(self, part: float) -> None:
        """Go on from a part of its length."""
        if self._playing is not None and self._sound is not None:
            place = round(max(0.0, min(1.0, part)) * self._playing.duration_ms)
            self._sound.seek(place)
            self._set(position_ms=place)

    def next_speed(self) -> None:
        """1×, 1.5×, 2× and 1× again; kept for the next voices."""
        self.speed = next_speed(self.speed)
        if self._playing is not None and self._sound is not None:
            self._sound.set_speed(self.speed)
            self._set(speed=self.speed)

    def _on_moved(self, position_ms: int) -> None:
        self._set(position_ms=position_ms)

    def _on_measured(self, duration_ms: int) -> None:
        if duration_ms > 0:
            self._set(duration_ms=duration_ms)

    def _on_broken(self) -> None:
        self.stop()
        self.complained.emit(translate("Player", "This recording cannot be played here"))

    def _set(self, **what: Any) -> None:
        if self._playing is not None:
            self._playing = replace(self._playing, **what)
            self.changed.emit(self._playing.key)

    async def close(self) -> None:
        """Play nothing any more."""
        self.stop()
        await self._tasks.close()
