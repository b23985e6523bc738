"""A chart as a picture that leaves the program: with its title and its legend, as PNG or SVG.

Knows no widget but the chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from console.ui import draw, fonts, theme
from console.ui.chart import SAMPLE_WIDTH, Chart, Sample, paint_sample

SHARPNESS: Final = 2
"""Pixels of a picture for each on the screen: sharp in print and on the sharpest screens."""
_EDGE: Final = 16
_TITLE: Final = 26
_LINE: Final = 22
_GAP: Final = 18.0


class ChartPicture:
    """A chart as it stands now, under ``title`` and, where there is one, ``beside``."""

    def __init__(self, chart: Chart, title: str, beside: str = "") -> None:
        self._chart, self._title, self._beside = chart, title, beside
        self._samples = [each for each in chart.legend() if chart.is_shown(each.key)]

    def image(self) -> QImage:
        """``SHARPNESS`` times as large as on the screen."""
        made = QImage(self._size() * SHARPNESS, QImage.Format.Format_ARGB32_Premultiplied)
        made.setDevicePixelRatio(SHARPNESS)
        made.fill(theme.color("surface"))
        painter = QPainter(made)
        self._paint(painter)
        painter.end()
        return made

    def png(self) -> bytes:
        """A file of the picture."""
        kept = QByteArray()
        buffer = QBuffer(kept)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.image().save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(kept.data())

    def svg(self) -> bytes:
        """A file of its lines, which stays sharp however large it is shown."""
        kept, size = QByteArray(), self._size()
        buffer, made = QBuffer(kept), QSvgGenerator()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        made.setOutputDevice(buffer)
        made.setSize(size)
        made.setViewBox(QRectF(0, 0, size.width(), size.height()))
        made.setTitle(self._title)
        painter = QPainter(made)
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.color("surface"))
        self._paint(painter)
        painter.end()
        return bytes(kept.data())

    def _size(self) -> QSize:
        chart = self._chart.picture_size()
        return QSize(chart.width() + 2 * _EDGE, chart.height() + self._head() + 2 * _EDGE)

    def _head(self) -> int:
        return _TITLE + _LINE * len(self._lines())

    def _lines(self) -> list[Sequence[Sample]]:
        """Lines below the title: what stands beside it, then the legend as it fits."""
        lines: list[list[Sample]] = [[]] if self._beside else []
        room, used = self._chart.picture_size().width(), 0.0
        for sample in self._samples:
            wide = _sample_width(sample)
            if not used or used + wide > room:
                lines.append([])
                used = 0.0
            lines[-1].append(sample)
            used += wide
        return list(lines)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self._chart.width()
        line = QRectF(_EDGE, _EDGE, wide, _TITLE - 4)
        draw.text_line(painter, line, draw.elided(self._title, theme.NAME_PX, wide, 700),
                       fonts.font(theme.NAME_PX, 700), theme.color("ink"))  # fmt: skip
        top = float(_EDGE + _TITLE)
        for samples in self._lines():
            self._paint_line(painter, QRectF(_EDGE, top, wide, _LINE), samples)
            top += _LINE
        painter.translate(QPointF(_EDGE, top))
        self._chart.paint_still(painter)

    def _paint_line(self, painter: QPainter, line: QRectF, samples: Sequence[Sample]) -> None:
        small = fonts.font(theme.SMALL_PX)
        if not samples:
            draw.text_line(painter, line, self._beside, small, theme.color("ink_soft"))
        for sample in samples:
            paint_sample(painter, line, sample.pen)
            words = line.adjusted(SAMPLE_WIDTH + 6, 0, 0, 0)
            draw.text_line(painter, words, sample.name, small, theme.color("ink"),
                           Qt.AlignmentFlag.AlignLeft)  # fmt: skip
            line.setLeft(line.left() + _sample_width(sample))


def _sample_width(sample: Sample) -> float:
    return SAMPLE_WIDTH + 6 + draw.width_of(sample.name, theme.SMALL_PX) + _GAP
