"""A voice for the reply: being recorded, then to be listened to, kept or thrown away."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QTemporaryDir, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.desk.types import PhotoItem
from console.ui import bubble_voice, icons, theme
from console.ui.bubble_phrases import minutes
from console.ui.i18n import translate
from console.ui.player import Player
from console.ui.recorder import MOST_MS, Recorder, Recording
from console.ui.tasks import Tasks
from console.ui.widgets import Light, button, label, repaints, snug, speaks

_KEY: Final = "reply-voice"


class _Wave(QWidget):
    """The loudness of a recording, or of its last moments while it grows."""

    def __init__(self) -> None:
        super().__init__()
        self.waveform, self.part, self.growing = "", -1.0, False
        self.setMinimumWidth(60)
        self.setFixedHeight(30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        from_edge = QRectF(self.rect())
        shown = self.waveform
        if self.growing:
            count = bubble_voice.bars_in(from_edge.width())
            shown = shown[-count:].rjust(count, "0")
        bubble_voice.wave(painter, from_edge, shown, self.part)
        painter.end()


class VoiceBar(QFrame):
    """Hidden while there is no voice."""

    changed = Signal()
    complained = Signal(str)
    closed = Signal()
    """The keyboard may go back to the words."""

    def __init__(self, player: Player, tasks: Tasks) -> None:
        super().__init__()
        self._player, self._tasks = player, tasks
        self._kept: Recording | None = None
        self._folder: QTemporaryDir | None = None
        self.recorder = Recorder(self)
        self.setProperty("look", "attached")
        self._light, self._wave, self._time = Light(), _Wave(), label("soft")
        self.play, self.finish_button, self.remove = button("flat"), button("link"), button("flat")
        row = QHBoxLayout(self)
        snug(row, 10, 5, 6, 5, spacing=8)
        before: tuple[QWidget, ...] = (self._light, self.play, self._wave)
        after: tuple[QWidget, ...] = (self._time, self.finish_button, self.remove)
        for part in (*before, *after):
            row.addWidget(part, 1 if part is self._wave else 0)
        self.play.clicked.connect(self.listen)
        self.finish_button.clicked.connect(self._on_finish)
        self.remove.clicked.connect(self._on_remove)
        self.recorder.changed.connect(self._show)
        self.recorder.full.connect(self._on_full)
        self.recorder.broken.connect(self._on_broken)
        player.changed.connect(lambda key: self._show() if key == _KEY else None)
        self._light.show_kind("alert")
        self._show()

    @property
    def recording(self) -> bool:
        """Whether it listens just now."""
        return self.recorder.running

    @property
    def voice(self) -> Recording | None:
        """The finished voice."""
        return self._kept

    @property
    def time_text(self) -> str:
        """How long it is."""
        return self._time.text()

    # --- doing ----------------------------------------------------------------------------

    def toggle(self) -> None:
        """Begin to record; or stop and keep it."""
        if self.recording:
            self._on_finish()
        elif self._kept is not None:
            self.complained.emit(
                translate("Voice", "There is a recording already; send it or throw it away first")
            )
        else:
            self._begin()

    def _begin(self) -> None:
        self._player.stop()
        if self.recorder.start():
            self._show()
            self.changed.emit()
            self.finish_button.setFocus()
        else:
            self.complained.emit(
                translate(
                    "Voice",
                    "No microphone can be used on this computer. Plug one in, or allow it in the"
                    " system's privacy settings.",
                )
            )

    def finish(self) -> None:
        """Stop, and keep what was said."""
        if self.recording:
            self._kept = self.recorder.finish()
            self._show()
            self.changed.emit()

    def put(self, voice: Recording | None) -> None:
        """Show a voice that was recorded before; ``None``: nothing."""
        self.recorder.cancel()
        self._hush()
        self._kept = voice
        self._show()
        self.changed.emit()

    def listen(self) -> None:
        """Hear it before it is sent; again: halt and go on."""
        if self._kept is not None:
            self._tasks.spawn(self._listen(self._kept))

    async def _listen(self, voice: Recording) -> None:
        if self._folder is None:
            self._folder = QTemporaryDir()
        file = Path(self._folder.filePath(f"{id(voice)}.wav"))
        await asyncio.to_thread(_write_once, file, voice.content)
        if voice is self._kept:
            medium = PhotoItem(path=str(file), mime="audio/wav", duration_ms=voice.duration_ms)
            self._player.play(_KEY, medium, translate("Voice", "you, not sent yet"))

    def _hush(self) -> None:
        """Play it no more, and leave nothing of it on the disk."""
        playing = self._player.playing
        if playing is not None and playing.key == _KEY:
            self._player.stop()
        if self._folder is not None:
            folder, self._folder = self._folder, None
            # Behind what the player was just told: it lets go of the file first.
            QTimer.singleShot(0, folder.remove)

    def _on_finish(self) -> None:
        self.finish()
        self.closed.emit()

    def _on_remove(self) -> None:
        self.put(None)
        self.closed.emit()

    def _on_full(self) -> None:
        self._keep()
        self.complained.emit(
            translate("Voice", "Five minutes are the most; the recording stopped here")
        )

    def _on_broken(self) -> None:
        self._keep()
        self.complained.emit(translate("Voice", "The microphone went away; what was said is kept"))

    def _keep(self) -> None:
        self._kept = self.recorder.finish()
        self._show()
        self.changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen, or the lock: listen no more, keep what was said."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.finish()

    # --- showing --------------------------------------------------------------------------

    def _show(self) -> None:
        runs, voice = self.recording, self._kept
        self.setVisible(runs or voice is not None)
        self._light.setVisible(runs)
        self.play.setVisible(not runs)
        self.finish_button.setVisible(runs)
        playing = self._player.playing
        mine = playing if playing is not None and playing.key == _KEY else None
        self._wave.growing = runs
        self._wave.waveform = self.recorder.waveform if runs else voice.waveform if voice else ""
        self._wave.part = mine.part if mine is not None else -1.0
        self._wave.update()
        if runs:
            self._time.setText(f"{minutes(self.recorder.duration_ms)} / {minutes(MOST_MS)}")
        elif voice is not None:
            at = mine.position_ms if mine is not None else voice.duration_ms
            self._time.setText(minutes(at))
        name = "pause" if mine is not None and mine.running else "play"
        if self.play.property("shows") != name or self.property("runs") != runs:
            self.play.setProperty("shows", name)
            self.setProperty("runs", runs)
            self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new palette."""
        if speaks(event) or repaints(event):
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        name = str(self.play.property("shows") or "play")
        runs = self.recording
        soft, accent = theme.color("ink_soft"), theme.color("accent_ink")
        self.play.setIcon(icons.icon(name, 18, accent))
        self.finish_button.setIcon(icons.icon("stop", 16, accent))
        self.remove.setIcon(icons.icon("trash", 16, soft))
        plays = translate("Voice", "Listen") if name == "play" else translate("Voice", "Pause")
        gone = translate("Voice", "Throw away")
        self.play.setAccessibleName(plays)
        self.play.setToolTip(plays)
        self.remove.setAccessibleName(gone)
        self.remove.setToolTip(gone)
        self.finish_button.setText(translate("Voice", "Stop"))
        self.setAccessibleName(
            translate("Voice", "Recording") if runs else translate("Voice", "Voice to send")
        )

    def close_down(self) -> None:
        """Listen and play no more."""
        self.recorder.cancel()
        self._hush()


def _write_once(file: Path, content: bytes) -> None:
    if not file.exists():
        file.write_bytes(content)
