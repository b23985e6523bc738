"""How many a draft reaches, above its button, while the figure itself is scrolled out of sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from console.ui.i18n import counted, translate
from console.ui.timers import once
from console.ui.widgets import button, label, snug, speaks
from console.views.campaigns.who import WhoPart


class ReachLine(QWidget):
    """One line below a scrolled ``WhoPart``; its button scrolls to the waterfall."""

    def __init__(self, who: WhoPart, area: QScrollArea) -> None:
        super().__init__()
        self._who, self._area = who, area
        self.number, self._words = label("count"), label("soft", wrap=True)
        self.more = button("link")
        self.more.setProperty("flush", True)
        row = QHBoxLayout(self)
        snug(row, 0, 0, 0, 8, spacing=6)
        row.addWidget(self.number)
        row.addWidget(self._words, 1)
        row.addWidget(self.more)
        self.hide()
        # What is laid out anew has its place only afterwards.
        self._timer = once(self, 0, self._look)
        bar = area.verticalScrollBar()
        for signal in (bar.valueChanged, bar.rangeChanged, who.counted, who.reached):
            signal.connect(self._timer.start)
        for watched in (area.viewport(), who):
            watched.installEventFilter(self)
        self.more.clicked.connect(self.show_waterfall)
        self._speak()

    def show_waterfall(self) -> None:
        """Scroll to who gets it and who does not; the keyboard goes there."""
        self._area.ensureWidgetVisible(self._who.waterfall, 0, 24)
        self._who.waterfall.setFocus()

    def _look(self) -> None:
        self._speak()
        known = self._who.isVisible() and self._who.audience is not None
        self.setVisible(known and not any(map(self._is_seen, self._figures())))

    def _figures(self) -> list[tuple[QWidget, int, int]]:
        """Where the number stands: the figure, and the waterfall's last line."""
        number, waterfall = self._who.number, self._who.waterfall
        last = waterfall.box(len(waterfall.bars) - 1)
        return [(number, 0, number.height()), (waterfall, round(last.top()), round(last.bottom()))]

    def _is_seen(self, figure: tuple[QWidget, int, int]) -> bool:
        """Whether it is all in view, or would be without this line."""
        widget, top, bottom = figure
        above = widget.mapTo(self._area.viewport(), QPoint(0, 0)).y()
        own = self.height() if self.isVisible() else 0
        return above + top >= 0 and above + bottom <= self._area.viewport().height() + own

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """There is more or less room now, or nothing to say."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}:
            self._timer.start()
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        found = self._who.audience
        receive = found.receive if found is not None else 0
        self.number.setText(f"{receive:,}")
        self._words.setText(counted(receive, translate("Campaigns", "member will receive it"),
                                    translate("Campaigns", "members will receive it")))  # fmt: skip
        self.more.setText(translate("Campaigns", "Details"))
        self.more.setAccessibleName(translate("Campaigns", "Who will receive it, and why not"))
