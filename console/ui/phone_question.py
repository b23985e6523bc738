"""A question as a campaign's message asks it on a member's phone.  Painted.

The phone page (``resources/web/questions.js``) draws the same before it is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextDocument, QTextOption

from console.ui import theme
from console.ui.phone_words import broken, said, write
from console.ui.theme import Tokens

_OUT: Final = 12.0
_IN: Final = 9.0
_GAP: Final = 7.0
_LEAST: Final = 36.0
"""The preview is smaller than a phone, and so is a fingertip on it."""


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """What it asks.  ``alone``: the message has no other words, so these stand as its words."""

    text: str = ""
    choices: Sequence[str] = ()
    free_text: bool = False
    alone: bool = False


def block(
    card: QRectF, shown: ShownQuestion, language: str, look: Tokens
) -> tuple[float, Callable[[QPainter, float], None]]:
    """How high it is in a message as wide as ``card``, and how it is painted."""
    left, wide = card.left() + _OUT, card.width() - 2 * _OUT
    text = "" if shown.alone else shown.text
    title = broken(text, theme.BODY_PX, wide, 600) if text else None
    head = title.size().height() + _GAP if title is not None else 0.0
    rows = _rows(shown, language, wide)
    heights = [max(_LEAST, *(each.size().height() + 12 for each in row)) for row in rows]
    hint = broken(said(language, "question.hint"), theme.TINY_PX, wide)
    high = 6 + head + sum(heights) + _GAP * len(rows) + hint.size().height() + 6

    def paint(painter: QPainter, at: float) -> None:
        top = at + 6
        if title is not None:
            write(painter, title, QPointF(left, top), look.color("ink"))
        top += head
        for row, tall in zip(rows, heights, strict=True):
            each = (wide - _GAP * (len(row) - 1)) / len(row)
            for place, words in enumerate(row):
                box = QRectF(left + place * (each + _GAP), top, each, tall)
                _choice(painter, box, words, look)
            top += tall + _GAP
        write(painter, hint, QPointF(left, top), look.color("ink_soft"))

    return high, paint


def _rows(shown: ShownQuestion, language: str, wide: float) -> list[list[QTextDocument]]:
    """Choices two by two, the way to words of her own across."""
    half = (wide - _GAP) / 2 - 2 * _IN
    choices = [_centred(choice, half) for choice in shown.choices]
    rows = [choices[first : first + 2] for first in range(0, len(choices), 2)]
    if rows and len(rows[-1]) == 1:
        rows[-1].append(_centred("", half))
    if shown.free_text:
        key = "question.other" if choices else "question.words"
        rows.append([_centred(said(language, key), wide - 2 * _IN)])
    return rows


def _centred(words: str, width: float) -> QTextDocument:
    text = broken(words, theme.SMALL_PX, width)
    text.setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignHCenter))
    return text


def _choice(painter: QPainter, box: QRectF, words: QTextDocument, look: Tokens) -> None:
    if not words.toPlainText():
        return
    painter.setPen(look.color("ink_faint"))
    painter.setBrush(look.color("surface"))
    painter.drawRoundedRect(box, 9, 9)
    at = box.topLeft() + QPointF(_IN, (box.height() - words.size().height()) / 2)
    write(painter, words, at, look.color("ink"))
