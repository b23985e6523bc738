"""What painters draw, on displays of any density."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from console.ui import draw, theme


def painted(ratio: float, name: str) -> QImage:
    image = QImage(round(60 * ratio), round(60 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    draw.avatar(painter, QRectF(10, 10, 40, 40), name)
    painter.end()
    return image


def test_an_avatar_is_a_disc_of_its_own_colour_where_it_was_asked_for(qapp: QApplication) -> None:
    image = painted(1, "王雨桐")
    assert image.pixelColor(14, 30).name().upper() == theme.avatar_color("王雨桐")
    assert image.pixelColor(11, 11).name() == "#ffffff"
    assert image.pixelColor(55, 30).name() == "#ffffff"
    assert painted(1, "李立群") != image


def test_an_avatar_is_as_fine_as_the_display(qapp: QApplication) -> None:
    coarse, fine = painted(1, "王雨桐"), painted(2, "王雨桐")
    blown_up = coarse.scaled(120, 120)
    blown_up.setDevicePixelRatio(2)
    assert fine.pixelColor(28, 60) == coarse.pixelColor(14, 30)
    assert fine != blown_up
