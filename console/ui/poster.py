"""The poster with the shop's QR code, as a PDF to print on A4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from console.ui import fonts, icons, qr
from console.ui.i18n import translate

_DPI: Final = 300


@dataclass(frozen=True, slots=True)
class Poster:
    """What the poster says.

    Attributes:
        url: the address in the code; it carries no authority.
        shop: the shop's name.
        hours: opening hours, ready to print; "" for none.
        at_home: whether the code also works outside the shop's Wi-Fi.
    """

    url: str
    shop: str
    hours: str = ""
    at_home: bool = False


def reach_sentence(*, at_home: bool) -> str:
    """Plainly, where the code works."""
    if at_home:
        return translate("Poster", "Works here and at home. Nothing to install.")
    return translate("Poster", "Works only in this shop's Wi-Fi. Nothing to install.")


def pdf(poster: Poster) -> bytes:
    """The poster as the bytes of a PDF file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    writer.setResolution(_DPI)
    writer.setTitle(poster.shop)
    writer.setCreator("Hanger 衣架")
    painter = QPainter(writer)
    paint(painter, poster, QRectF(0, 0, writer.width(), writer.height()))
    painter.end()
    return bytes(buffer.data().data())


def paint(painter: QPainter, poster: Poster, page: QRectF) -> None:
    """Draw the poster on a page of any size."""
    unit = page.width() / 794
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(page, QColor("#FFFFFF"))
    band = QRectF(page.left(), page.top(), page.width(), 250 * unit)
    painter.fillRect(band, QColor("#0F6B5C"))
    logo = QRectF(0, 0, 72 * unit, 72 * unit)
    logo.moveCenter(band.center())
    logo.moveTop(band.top() + 44 * unit)
    icons.paint(painter, "logo", logo, QColor("#F2B05E"))
    _line(painter, page, 132 * unit, 62 * unit, poster.shop, 44 * unit, "#FFFFFF", bold=True)
    ask = translate("Poster", "Scan to chat with us")
    _line(painter, page, 196 * unit, 32 * unit, ask, 21 * unit, "#DCEDE8")
    side = 420 * unit
    box = QRectF(page.center().x() - side / 2, 318 * unit, side, side)
    _code(painter, poster.url, box, unit)
    gains = translate("Poster", "Ask about sizes · hold an item · new arrivals first")
    _line(painter, page, 790 * unit, 36 * unit, gains, 22 * unit, "#24211D")
    where = reach_sentence(at_home=poster.at_home)
    _line(painter, page, 838 * unit, 32 * unit, where, 20 * unit, "#0F6B5C", bold=True)
    if poster.hours:
        hours = translate("Poster", "Open {hours}").format(hours=poster.hours)
        _line(painter, page, 884 * unit, 30 * unit, hours, 18 * unit, "#6B645B")
    _line(painter, page, 1050 * unit, 24 * unit, poster.url, 14 * unit, "#766F66")


def _code(painter: QPainter, url: str, box: QRectF, unit: float) -> None:
    frame = box.adjusted(-22 * unit, -22 * unit, 22 * unit, 22 * unit)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#F6F3EE"))
    painter.drawRoundedRect(frame, 20 * unit, 20 * unit)
    qr.paint(painter, url, box)


def _line(
    painter: QPainter,
    page: QRectF,
    top: float,
    height: float,
    text: str,
    size: float,
    color: str,
    *,
    bold: bool = False,
) -> None:
    font = QFont(list(fonts.families()))
    font.setPixelSize(max(6, round(size)))
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(QColor(color))
    box = QRectF(page.left() + 40, page.top() + top, page.width() - 80, height)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
