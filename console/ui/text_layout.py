"""Texts broken into lines for painters: links, right-to-left, selection, what lies where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextOption

from console.ui import theme

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'，。！？、；（）「」]+", re.IGNORECASE)
LINE_HEIGHT: Final = 21.0
Links = list[tuple[int, int, str]]
"""Start, length and address of every link in a text, in Qt's units."""


def units(text: str) -> int:
    """How many of Qt's units (UTF-16) a text has: an emoji counts two."""
    return len(text.encode("utf-16-le", "replace")) // 2


def between(text: str, start: int, end: int) -> str:
    """The part of a text between two places in Qt's units."""
    data = text.encode("utf-16-le", "replace")
    return data[2 * min(start, end) : 2 * max(start, end)].decode("utf-16-le", "ignore")


def find_links(text: str) -> Links:
    """The links in a text."""
    found = []
    for match in _LINK.finditer(text):
        shown = match.group().rstrip(".,;:!?)]}")
        target = shown if "://" in shown else f"https://{shown}"
        found.append((units(text[: match.start()]), units(shown), target))
    return found


def first_link(text: str) -> str:
    """Address of the first link in a text, or ""."""
    return next((target for _, _, target in find_links(text)), "")


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs to the left."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def lay_out(
    text: str,
    width: float,
    font: QFont,
    links: Links | None = None,
    line_height: float = LINE_HEIGHT,
) -> tuple[QTextLayout, float, float]:
    """Break a text into lines no wider than ``width``; returns it with its width and height.

    Words longer than a line break anywhere; right-to-left text stands on its own side.
    """
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if is_right_to_left(text):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.setFormats([_link_format(start, length) for start, length, _ in links or ()])
    wide = _break(layout, width, line_height)
    if layout.lineCount():
        wide = min(width, float(int(wide) + 1))
        _break(layout, wide, line_height)
    return layout, wide, layout.lineCount() * line_height


def _break(layout: QTextLayout, width: float, line_height: float) -> float:
    wide, top = 0.0, 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top + (line_height - line.height()) / 2))
        wide = max(wide, line.naturalTextWidth())
        top += line_height
    layout.endLayout()
    return wide


def _link_format(start: int, length: int) -> QTextLayout.FormatRange:
    look = QTextCharFormat()
    look.setForeground(theme.color("accent_ink"))
    look.setFontUnderline(True)
    return _range(start, length, look)


def selection(start: int, end: int) -> list[QTextLayout.FormatRange]:
    """How the characters ``start`` .. ``end`` are painted when they are selected."""
    if start == end:
        return []
    look = QTextCharFormat()
    look.setForeground(theme.color("on_accent"))
    look.setBackground(theme.color("accent"))
    return [_range(min(start, end), abs(end - start), look)]


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made


def offset_at(layout: QTextLayout, inside: QPointF) -> int:
    """The place between characters nearest to a point, above and below the text too."""
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        if inside.y() < line.y() + line.height() or number == layout.lineCount() - 1:
            place = line.xToCursor(inside.x())
            return place[0] if isinstance(place, tuple) else place
    return 0


def is_over_text(layout: QTextLayout, inside: QPointF) -> bool:
    """Whether a point lies on characters."""
    lines = (layout.lineAt(number) for number in range(layout.lineCount()))
    return any(line.naturalTextRect().contains(inside) for line in lines)


def link_at(layout: QTextLayout, links: Sequence[tuple[int, int, str]], inside: QPointF) -> str:
    """Address of the link under a point, or ""."""
    if not links or not is_over_text(layout, inside):
        return ""
    offset = offset_at(layout, inside)
    return next((to for start, length, to in links if start <= offset <= start + length), "")


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Start and end of the word around a place, in Qt's units; CJK by character."""
    if not text:
        return 0, 0
    place = min(len(between(text, 0, offset)), len(text) - 1)
    start, end = place, place + 1
    if _is_latin(text[place]):
        while start and _is_latin(text[start - 1]):
            start -= 1
        while end < len(text) and _is_latin(text[end]):
            end += 1
    return units(text[:start]), units(text[:end])


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
