"""Pages of words and tables on A4: as a PDF, or on a printer.  Knows nothing of what they say."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from console.ui import fonts

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_POINTS: Final = 9
_DPI: Final = 300
INK, SOFT, LINE, GROUND = "#24211D", "#6B645B", "#E7E1D8", "#F6F3EE"
ACCENT, ALERT = "#0F6B5C", "#B93A22"
"""Paper is light, whatever the screens are."""


def text(words: str) -> str:
    """Words as they stand, whatever signs somebody put in."""
    return escape(words).replace("\n", "<br>")


def pdf(body: str, title: str) -> bytes:
    """A file of what an HTML body says."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(_layout())
    writer.setResolution(_DPI)
    writer.setTitle(title)
    writer.setCreator("Hanger 衣架")
    made = _document(body)
    made.print_(writer)
    return bytes(buffer.data().data())


def on_printer(body: str, printer: QPrinter) -> None:
    """Print it."""
    printer.setPageLayout(_layout())
    _document(body).print_(printer)


def _layout() -> QPageLayout:
    """Without margins: a document adds its own, 2 cm, and the number of the page."""
    page = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF())


def _document(body: str) -> QTextDocument:
    made = QTextDocument()
    font = QFont(list(fonts.families()))
    # Noto's figures of Latin text are other glyphs, for which a PDF knows no words to search.
    font.setFeature(QFont.Tag("locl"), 0)
    font.setPointSize(_POINTS)
    made.setDefaultFont(font)
    made.setDocumentMargin(0)
    made.setHtml(f'<body style="color:{INK}">{body}</body>')
    return made
