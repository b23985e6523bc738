"""One thing that plays, on Qt's media player.

Imported with the first thing that is played: QtMultimedia costs 25 MB and a tenth of a second.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtMultimedia import (
    QAudioOutput,
    QMediaDevices,
    QMediaPlayer,
    QVideoFrame,
    QVideoSink,
)


class Sound(QObject):
    """A file being played; times in milliseconds."""

    moved = Signal(int)
    measured = Signal(int)
    """How long it is, once known."""
    ended = Signal()
    broken = Signal()
    """It cannot be played."""
    framed = Signal(object)
    """The next picture of a video, a ``QImage``."""

    def __init__(self, parent: QObject | None = None, *, pictures: bool = False) -> None:
        super().__init__(parent)
        self._player = QMediaPlayer(self)
        self._output = QAudioOutput(self)
        self._player.setAudioOutput(self._output)
        if pictures:
            self._sink = QVideoSink(self)
            self._player.setVideoSink(self._sink)
            self._sink.videoFrameChanged.connect(self._on_frame)
        # Qt's own are 64 bits wide and cannot be joined to these directly.
        self._player.positionChanged.connect(self._on_position)
        self._player.durationChanged.connect(self._on_duration)
        self._player.mediaStatusChanged.connect(self._on_status)

    def play(self, file: Path, speed: float = 1.0) -> None:
        """Play a file from its start."""
        self._player.setSource(QUrl.fromLocalFile(str(file)))
        self._player.setPlaybackRate(speed)
        self._player.play()

    def resume(self) -> None:
        """Go on."""
        self._player.play()

    def pause(self) -> None:
        """Wait."""
        self._player.pause()

    def stop(self) -> None:
        """Let go of the file."""
        self._player.stop()
        self._player.setSource(QUrl())

    def seek(self, milliseconds: int) -> None:
        """Go on from there."""
        self._player.setPosition(milliseconds)

    def set_speed(self, speed: float) -> None:
        """Faster or slower, at the same pitch where the system can."""
        self._player.setPlaybackRate(speed)

    def _on_position(self, milliseconds: int) -> None:
        self.moved.emit(milliseconds)

    def _on_duration(self, milliseconds: int) -> None:
        self.measured.emit(milliseconds)

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status == QMediaPlayer.MediaStatus.EndOfMedia:
            self.ended.emit()
        elif status == QMediaPlayer.MediaStatus.InvalidMedia:
            self.broken.emit()

    def _on_frame(self, frame: QVideoFrame) -> None:
        image = frame.toImage()
        if not image.isNull():
            self.framed.emit(image)


def can_be_heard() -> bool:
    """Whether this computer has anything to play sound with."""
    return not QMediaDevices.defaultAudioOutput().isNull()
