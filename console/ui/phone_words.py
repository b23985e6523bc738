"""The phone page's own sentences, and words in lines as a phone breaks them."""

from __future__ import annotations

import functools
import json
import re

from PySide6.QtCore import QPointF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextDocument,
)

from console import paths
from console.ui import fonts

_FILES = ("page", "later")
_PLURAL = re.compile(r"\{(\w+)\|([^|}]*)\|([^}]*)\}")


@functools.cache
def _sentences(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _FILES:
        file = paths.resources() / "text" / f"{name}.{language}.json"
        if file.exists():
            found |= json.loads(file.read_text(encoding="utf-8"))
    return found


def said(language: str, key: str, **values: object) -> str:
    """A sentence of the page in ``zh`` or ``en``; ``{n|day|days}`` chooses by a number."""
    text = _sentences(language).get(key, "")
    text = _PLURAL.sub(lambda m: m[2] if str(values.get(m[1])) == "1" else m[3], text)
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def broken(words: str, pixels: int, width: float, weight: int = 400) -> QTextDocument:
    """Words in lines as the phone makes them: between words, and within one only if it must."""
    text = QTextDocument(words)
    text.setDefaultFont(fonts.font(pixels, weight))
    text.setDocumentMargin(0)
    text.setTextWidth(width)
    return text


def write(painter: QPainter, text: QTextDocument, at: QPointF, ink: QColor) -> None:
    """Paint them from their upper left corner."""
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, ink)
    context.palette = palette
    painter.save()
    painter.translate(at)
    text.documentLayout().draw(painter, context)
    painter.restore()
