"""What plays now, in one low line: whose voice, how far, how fast, and how to end it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from console.ui import bubble_phrases, icons, theme
from console.ui.i18n import translate
from console.ui.player import Player
from console.ui.playing import speed_text
from console.ui.widgets import LineLabel, button, label, repaints, snug, speaks


class NowPlaying(QFrame):
    """Shown while the player holds something."""

    def __init__(self, player: Player) -> None:
        super().__init__()
        self._player = player
        self.setProperty("look", "playing")
        self.toggle, self.speed, self.stop = button("flat"), button("flat"), button("flat")
        self._title, self._time = LineLabel("soft"), label("tiny")
        self._part = QProgressBar()
        self._part.setTextVisible(False)
        self._part.setFixedSize(120, 4)
        self._part.setRange(0, 1000)
        layout = QHBoxLayout(self)
        snug(layout, 18, 2, 14, 2, spacing=8)
        layout.addWidget(self.toggle)
        layout.addWidget(self._title, 1)
        for part in (self._part, self._time, self.speed, self.stop):
            layout.addWidget(part)
        self.toggle.clicked.connect(player.toggle)
        self.speed.clicked.connect(player.next_speed)
        self.stop.clicked.connect(player.stop)
        player.changed.connect(self._show)
        self.hide()
        self._speak()

    def _show(self) -> None:
        playing = self._player.playing
        self.setVisible(playing is not None)
        if playing is None:
            return
        now = bubble_phrases.minutes(playing.position_ms)
        self._time.setText(f"{now} / {bubble_phrases.minutes(playing.duration_ms)}")
        self._part.setValue(round(playing.part * 1000))
        self.speed.setText(speed_text(playing.speed))
        title = translate("Player", "Voice from {name}").format(name=self._player.title)
        if self._title.accessibleName() != title:
            self._title.say(title)
        name = "pause" if playing.running else "play"
        if self.toggle.property("shows") != name:
            self.toggle.setProperty("shows", name)
            self._dress()

    def _dress(self) -> None:
        name = str(self.toggle.property("shows") or "play")
        self.toggle.setIcon(icons.icon(name, 18, theme.color("accent_ink")))
        self.stop.setIcon(icons.icon("close", 16, theme.color("ink_soft")))
        halts = translate("Player", "Pause"), translate("Player", "Play")
        self.toggle.setAccessibleName(halts[0] if name == "pause" else halts[1])

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new palette."""
        if speaks(event) or repaints(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.setAccessibleName(translate("Player", "Now playing"))
        self.speed.setAccessibleName(translate("Player", "Speed"))
        self.stop.setAccessibleName(translate("Player", "Stop playing"))
        self.stop.setToolTip(translate("Player", "Stop playing"))
        self._dress()
        self._show()
