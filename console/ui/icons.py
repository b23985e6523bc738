"""Icons from ``resources/icons``: drawn in one colour, coloured here for the palette in use."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from console import paths


@functools.cache
def _source(name: str) -> str:
    return (folder() / f"{name}.svg").read_text(encoding="utf-8")


def folder() -> Path:
    """Where the drawings are."""
    return paths.resources() / "icons"


@functools.lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    text = _source(name).replace("currentColor", color)
    return QSvgRenderer(QByteArray(text.encode()))


def paint(painter: QPainter, name: str, box: QRectF, color: QColor) -> None:
    """Draw an icon into ``box``."""
    _renderer(name, color.name()).render(painter, box)


@functools.lru_cache(maxsize=256)
def _pixmap(name: str, size: int, color: str, ratio: float) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _renderer(name, color).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, size: int, color: QColor) -> QPixmap:
    """An icon as a picture, sharp on the sharpest screen there is."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _pixmap(name, size, color.name(), max(ratio, 1.0))


def icon(name: str, size: int, color: QColor) -> QIcon:
    """An icon for buttons and menus."""
    return QIcon(pixmap(name, size, color))
