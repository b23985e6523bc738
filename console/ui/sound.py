"""One thing that plays, on Qt's media player.

Imported with the first thing that is played: QtMultimedia costs 25 MB and a tenth of a second.

The player waits for its own threads, and these wait for Python when they have something to
say to the log ("No audio device detected").  So Python never calls it: what is wanted is put
into the event loop, which works without holding Python, in the order it was asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Q_ARG, QMetaObject, QObject, Qt, QUrl, Signal
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
        self._wanted = QUrl()
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
        self._open(QUrl.fromLocalFile(str(file)))
        self.set_speed(speed)
        self._ask("play")

    def resume(self) -> None:
        """Go on."""
        self._ask("play")

    def pause(self) -> None:
        """Wait."""
        self._ask("pause")

    def stop(self) -> None:
        """Let go of the file, in a moment."""
        self._ask("stop")
        self._open(QUrl())

    def seek(self, milliseconds: int) -> None:
        """Go on from there."""
        self._ask("setPosition", Q_ARG("qlonglong", milliseconds))

    def set_speed(self, speed: float) -> None:
        """Faster or slower, at the same pitch where the system can."""
        self._ask("setPlaybackRate", Q_ARG(float, speed))

    def _open(self, source: QUrl) -> None:
        self._wanted = source
        self._ask("setSource", Q_ARG(QUrl, source))

    def _ask(self, slot: str, *arguments: Any) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        QMetaObject.invokeMethod(self._player, slot, queued, *arguments)

    @property
    def _is_current(self) -> bool:
        """Whether what the player tells is of what was asked for last."""
        return self._player.source() == self._wanted

    def _on_position(self, milliseconds: int) -> None:
        if self._is_current:
            self.moved.emit(milliseconds)

    def _on_duration(self, milliseconds: int) -> None:
        if self._is_current:
            self.measured.emit(milliseconds)

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if not self._is_current:
            return
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
