"""What stands below a campaign's photo on a member's phone: its words and, where it shows an
article, the button that asks to keep one.  Painted.

The phone page (``resources/web/parts.js`` and ``holds.js``) draws the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextDocument, QTextOption

from console.ui import phrases, theme
from console.ui.phone_words import broken, said, write
from console.ui.theme import Tokens

_GAP: Final = 4.0
_LEAST: Final = 32.0
"""The preview is smaller than a phone, and so is a fingertip on it."""
_IN: Final = 4.0


def height(photos: Sequence[Any], width: float, language: str) -> float:
    """Room below photos side by side for the tallest of what stands there."""
    return max((_words_height(each, width) + _button_height(each, width, language)
                for each in photos), default=0.0)  # fmt: skip


def paint(
    painter: QPainter, photo: Any, box: QRectF, look: Tokens, language: str,
    *, middle: bool = True, at_end: bool = False,
) -> None:  # fmt: skip
    """Paint it from the top of ``box``.

    ``middle``: words are centred; ``at_end``: the button stands at the end of the box, in line
    with those beside it.
    """
    words = phrases.under(photo)
    if words:
        text = _aligned(words, theme.TINY_PX, box.width(), middle=middle)
        write(painter, text, box.topLeft() + QPointF(0, _GAP), look.color("ink_soft"))
    high = _button_height(photo, box.width(), language)
    if high:
        top = box.bottom() - high if at_end else box.top() + _words_height(photo, box.width())
        button = QRectF(box.left(), top + _GAP, box.width(), high - _GAP - 2)
        _button(painter, button, look, language)


def _button(painter: QPainter, box: QRectF, look: Tokens, language: str) -> None:
    painter.save()
    painter.setPen(look.color("accent"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
    painter.restore()
    words = _keep(box.width(), language)
    at = QPointF(box.left() + _IN, box.top() + (box.height() - words.size().height()) / 2)
    write(painter, words, at, look.color("accent_ink"))


def _words_height(photo: Any, width: float) -> float:
    words = phrases.under(photo)
    return broken(words, theme.TINY_PX, width).size().height() + 6 if words else 0.0


def _button_height(photo: Any, width: float, language: str) -> float:
    """With the gaps above and below; 0 for a photo that shows no article."""
    if not getattr(photo, "product_id", 0):
        return 0.0
    return max(_LEAST, _keep(width, language).size().height() + 8) + _GAP + 2


def _keep(width: float, language: str) -> QTextDocument:
    return _aligned(said(language, "hold.one"), theme.TINY_PX, width - 2 * _IN, 600)


def _aligned(
    words: str, pixels: int, width: float, weight: int = 400, *, middle: bool = True
) -> QTextDocument:
    text = broken(words, pixels, width, weight)
    side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
    text.setDefaultTextOption(QTextOption(side))
    return text
