"""A voice in a bubble: a button, its loudness over time, how far it is, how fast."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from console.ui import bubble_phrases, draw, fonts, marks, theme
from console.ui.playing import Playing, speed_text

_HIGH: Final = 24.0
_BAR, _STEP = 2.6, 5.2
_LEAST, _MOST = 84.0, 208.0
_LENGTH_ROOM, _SPEED_ROOM = 44.0, 32.0
_FLAT: Final = 0.12


@dataclass(slots=True)
class Voice:
    """Where the parts are."""

    box: QRectF
    button: QRectF
    wave: QRectF
    length: QRectF
    speed: QRectF

    @property
    def boxes(self) -> list[QRectF]:
        """Everything that moves with the bubble."""
        return [self.box, self.button, self.wave, self.length, self.speed]


def place(medium: Any, left: float, top: float, limit: float) -> Voice:
    """Lay a voice out from a corner; longer ones are wider."""
    rest = 30 + 10 + _LENGTH_ROOM + _SPEED_ROOM
    seconds = max(0, medium.duration_ms) / 1000
    wide = min(_MOST, max(_LEAST, 70 + seconds * 6), max(40.0, limit - rest))
    button = QRectF(left - 3, top, _HIGH, _HIGH)
    wave = QRectF(button.right() + 8, top, wide, _HIGH)
    length = QRectF(wave.right() + 10, top, _LENGTH_ROOM, _HIGH)
    speed = QRectF(length.right(), top + 2, _SPEED_ROOM, _HIGH - 4)
    box = QRectF(left, top, speed.right() - left, _HIGH)
    return Voice(box, button, wave, length, speed)


@functools.lru_cache(maxsize=512)
def levels(waveform: str, count: int) -> tuple[float, ...]:
    """``count`` heights of 0..1 out of hexadecimal digits; flat when there are none."""
    digits = [int(each, 16) / 15 for each in waveform if each in "0123456789abcdefABCDEF"]
    if not digits:
        return (_FLAT,) * count
    found = []
    for number in range(count):
        first = number * len(digits) // count
        last = max(first + 1, (number + 1) * len(digits) // count)
        found.append(max(_FLAT, *digits[first:last]))
    return tuple(found)


def paint(painter: QPainter, voice: Voice, medium: Any, playing: Playing | None) -> None:
    """Paint it; ``playing`` when the player holds this very voice."""
    runs = playing is not None and playing.running
    mark = QRectF(0, 0, 14, 14)
    mark.moveCenter(voice.button.center())
    (marks.pause_bars if runs else marks.triangle)(painter, mark, theme.color("accent_ink"))
    part = playing.part if playing is not None else 0.0
    painter.setPen(Qt.PenStyle.NoPen)
    wave(painter, voice.wave, medium.waveform, part if playing is not None else -1.0)
    left_ms = playing.position_ms if playing is not None else medium.duration_ms
    text = bubble_phrases.minutes(left_ms)
    font, soft = fonts.font(theme.BODY_PX), theme.color("ink_soft")
    draw.text_line(painter, voice.length, text, font, soft)
    _speed(painter, voice.speed, playing)


def wave(painter: QPainter, box: QRectF, waveform: str, part: float = -1.0) -> None:
    """Bars that fill a box; those before ``part`` are heard, none played at -1."""
    count = bars_in(box.width())
    heard = theme.color("accent_ink")
    rest = QColor(theme.color("ink_faint")) if part >= 0 else heard
    if part >= 0:
        rest.setAlphaF(0.55)
    middle = box.center().y()
    for number, level in enumerate(levels(waveform, count)):
        high = max(3.0, level * (box.height() - 4))
        bar = QRectF(box.left() + number * _STEP, middle - high / 2, _BAR, high)
        painter.setBrush(heard if part >= 0 and (number + 0.5) / count <= part else rest)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)


def bars_in(width: float) -> int:
    """How many bars fit side by side."""
    return max(1, int(width // _STEP))


def _speed(painter: QPainter, box: QRectF, playing: Playing | None) -> None:
    if playing is None:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent_soft"))
    painter.drawRoundedRect(box, 10, 10)
    font, centre = fonts.font(11, 600), Qt.AlignmentFlag.AlignHCenter
    draw.text_line(painter, box, speed_text(playing.speed), font, theme.color("accent_ink"), centre)
