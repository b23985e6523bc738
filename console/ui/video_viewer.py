"""A video over the whole window: Space halts, arrows jump, Esc closes.

Frames are painted like photos, so that it looks the same on every system.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.ui import bubble_phrases, draw, fonts, icons, marks, theme
from console.ui.covering import Covering
from console.ui.i18n import translate
from console.ui.pictures import Pictures, placeholder
from console.ui.playing import Playing, next_speed, speed_text
from console.ui.tasks import Tasks

if TYPE_CHECKING:
    from console.ui.sound import Sound

_STEP_MS = 5_000
_WHITE = QColor("#FFFFFF")


class VideoViewer(Covering):
    """Covers its window while it is open; plays one video at a time."""

    def __init__(
        self, fetch: Callable[[Any], Awaitable[Path | None]], pictures: Pictures, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._fetch, self._pictures = fetch, pictures
        self._tasks = Tasks(self)
        self._sound: Sound | None = None
        self._medium: Any = None
        self._frame: QImage | None = None
        self._sentence = ""
        self.playing: Playing | None = None

    def open(self, key: str, medium: Any) -> None:
        """Show a video and play it as soon as it is here."""
        self._medium, self._frame, self._sentence = medium, None, ""
        self.playing = Playing(key, 0, medium.duration_ms)
        self.setAccessibleName(translate("VideoViewer", "Video"))
        self.cover()
        self._tasks.spawn(self._begin(key))

    async def _begin(self, key: str) -> None:
        file = await self._fetch(self._medium)
        if self.playing is None or self.playing.key != key:
            return
        if file is None:
            self._sentence = translate("VideoViewer", "This video is not on this computer yet")
        else:
            self._ready().play(file)
            self._set(running=True)
        self.update()

    def _ready(self) -> Sound:
        if self._sound is None:
            # With the first video only: start-up and memory do not pay for QtMultimedia.
            from console.ui.sound import Sound  # noqa: PLC0415

            self._sound = sound = Sound(self, pictures=True)
            sound.moved.connect(lambda at: self._set(position_ms=at))
            sound.measured.connect(self._on_measured)
            sound.ended.connect(lambda: self._set(running=False))
            sound.broken.connect(self._on_broken)
            sound.framed.connect(self._on_frame)
        return self._sound

    def _on_measured(self, duration_ms: int) -> None:
        if duration_ms > 0:
            self._set(duration_ms=duration_ms)

    def _on_broken(self) -> None:
        self._sentence = translate("VideoViewer", "This video cannot be played here")
        self._set(running=False)

    def _on_frame(self, frame: QImage) -> None:
        self._frame = frame
        self.update()

    def _set(self, **what: Any) -> None:
        if self.playing is not None:
            fields = {name: getattr(self.playing, name) for name in Playing.__slots__}
            self.playing = Playing(**{**fields, **what})
            self.update()

    @property
    def has_frame(self) -> bool:
        """Whether a picture of the video itself is shown."""
        return self._frame is not None

    def dismiss(self) -> None:
        """Back to the conversation."""
        self.playing = None
        if self._sound is not None:
            self._sound.stop()
        super().dismiss()

    def toggle(self) -> None:
        """Halt or go on; from the end, from the start."""
        if self.playing is None or self._sound is None or self._sentence:
            return
        if self.playing.running:
            self._sound.pause()
        else:
            self._sound.resume()
        self._set(running=not self.playing.running)

    def seek(self, position_ms: int) -> None:
        """Go on from there."""
        if self.playing is not None and self._sound is not None:
            place = max(0, min(position_ms, self.playing.duration_ms))
            self._sound.seek(place)
            self._set(position_ms=place)

    def faster(self) -> None:
        """1×, 1.5×, 2× and 1× again."""
        if self.playing is not None and self._sound is not None:
            speed = next_speed(self.playing.speed)
            self._sound.set_speed(speed)
            self._set(speed=speed)

    async def close_down(self) -> None:
        """Play nothing any more."""
        if self.playing is not None:
            self.dismiss()
        await self._tasks.close()

    # --- painting -------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame on a dark ground, and the controls."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(20, 18, 15, 240))
        if self.playing is not None:
            self._paint_frame(painter)
            self._paint_controls(painter, self.playing)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        room = QRectF(60, 56, self.width() - 120, self.height() - 150)
        shown: Any = self._frame
        poster = None if self._medium.path else self._pictures.get(self._medium)
        still = poster or placeholder(self._medium.blurhash)
        if shown is None and still is not None:
            shown = still.toImage()
        if shown is not None:
            size = QSizeF(shown.size())
            if self._frame is None and self._medium.width and self._medium.height:
                size = QSizeF(self._medium.width, self._medium.height)
            size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRectF(QPointF(), size)
            box.moveCenter(room.center())
            painter.drawImage(box, shown)
        if self._sentence:
            font, centre = fonts.font(theme.BODY_PX), Qt.AlignmentFlag.AlignHCenter
            draw.text_line(painter, QRectF(self.rect()), self._sentence, font, _WHITE, centre)

    def _paint_controls(self, painter: QPainter, playing: Playing) -> None:
        close, button, line, speed = self._boxes()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 36))
        for box in (close, button):
            painter.drawEllipse(box)
        icons.paint(painter, "close", close.adjusted(10, 10, -10, -10), _WHITE)
        sign = marks.pause_bars if playing.running else marks.triangle
        sign(painter, button.adjusted(12, 12, -12, -12), _WHITE)
        painter.setBrush(QColor(255, 255, 255, 60))
        painter.drawRoundedRect(line, 2, 2)
        painter.setBrush(_WHITE)
        done = QRectF(line.left(), line.top(), line.width() * playing.part, line.height())
        painter.drawRoundedRect(done, 2, 2)
        painter.drawEllipse(QPointF(done.right(), line.center().y()), 6, 6)
        at = bubble_phrases.minutes(playing.position_ms)
        text = f"{at} / {bubble_phrases.minutes(playing.duration_ms)}"
        below = QRectF(line.left(), line.bottom() + 8, 200, 20)
        draw.text_line(painter, below, text, fonts.font(theme.TINY_PX), _WHITE)
        centre = Qt.AlignmentFlag.AlignHCenter
        font = fonts.font(theme.SMALL_PX, 600)
        draw.text_line(painter, speed, speed_text(playing.speed), font, _WHITE, centre)

    def _boxes(self) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """Close, play, the line of time, speed."""
        foot = self.height() - 56
        line = QRectF(116, foot - 2, max(60, self.width() - 232), 4)
        return (QRectF(self.width() - 56, 16, 40, 40), QRectF(60, foot - 20, 40, 40), line,
                QRectF(self.width() - 104, foot - 16, 44, 32))  # fmt: skip

    # --- keys and pointer -----------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, Space, arrows; S is the speed."""
        key, playing = Qt.Key(event.key()), self.playing
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key == Qt.Key.Key_Space:
            self.toggle()
        elif key == Qt.Key.Key_S:
            self.faster()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and playing is not None:
            step = _STEP_MS if key == Qt.Key.Key_Right else -_STEP_MS
            self.seek(playing.position_ms + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A control, a place on the line of time, or halt and go on."""
        point, playing = event.position(), self.playing
        close, _, line, speed = self._boxes()
        if playing is None or close.contains(point):
            self.dismiss()
        elif speed.contains(point):
            self.faster()
        elif line.adjusted(-8, -12, 8, 12).contains(point):
            part = max(0.0, min(1.0, (point.x() - line.left()) / line.width()))
            self.seek(round(part * playing.duration_ms))
        else:
            self.toggle()
