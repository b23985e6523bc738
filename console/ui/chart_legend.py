"""The lines of a chart by name; each can be left out and taken in again, by click or Space."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from console.ui import draw, theme
from console.ui.chart import SAMPLE_WIDTH, Chart, Sample, paint_sample
from console.ui.flow import FlowLayout
from console.ui.widgets import button, plain_tip

_MOST: Final = 170
_ICON: Final = QSize(int(SAMPLE_WIDTH) + 4, 12)


class ChartLegend(QWidget):
    """Shows what the chart says of itself; hidden where nothing needs telling apart."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        self._flow = FlowLayout(self, 4)
        self.entries: list[QPushButton] = []
        chart.changed.connect(self.follow)

    def follow(self) -> None:
        """Show what the chart holds now; an entry that stays keeps the keyboard."""
        samples = self._chart.legend()
        while len(self.entries) > len(samples):
            gone = self.entries.pop()
            self._flow.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.entries) < len(samples):
            self._add(len(self.entries))
        for entry, sample in zip(self.entries, samples, strict=True):
            self._say(entry, sample)
        self.setVisible(bool(samples))

    def _add(self, number: int) -> None:
        made = button("legend")
        made.setCheckable(True)
        made.setIconSize(_ICON)
        made.clicked.connect(lambda on: self._toggle(number, shown=on))
        self._flow.addWidget(made)
        self.entries.append(made)

    def _toggle(self, number: int, *, shown: bool) -> None:
        self._chart.show_part(self._chart.legend()[number].key, shown=shown)

    def _say(self, entry: QPushButton, sample: Sample) -> None:
        short = draw.elided(sample.name, theme.SMALL_PX, _MOST)
        entry.setText(short.replace("&", "&&"))
        entry.setToolTip(plain_tip(sample.name) if short != sample.name else "")
        entry.setAccessibleName(sample.name)
        shown = self._chart.is_shown(sample.key)
        pen = sample.pen if shown else QPen(theme.color("line"), sample.pen.widthF())
        entry.setChecked(shown)
        entry.setIcon(_icon(pen, self.devicePixelRatioF()))


def _icon(pen: QPen, ratio: float) -> QIcon:
    made = QPixmap(_ICON * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_sample(painter, QRectF(0, 0, SAMPLE_WIDTH, _ICON.height()), pen)
    painter.end()
    return QIcon(made)
