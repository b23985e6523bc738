"""Words with fields in them: each field is a chip, moved over and deleted as one letter.

In the plain text that is read and set a field is its name in braces: ``{name}``.  Undo is the
owner's: it sets what stood there before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit

from console.ui import draw, fonts, theme

_KIND: Final = QTextFormat.ObjectTypes.UserObject + 1
_NAME: Final = QTextFormat.Property.UserProperty + 1
_MARK: Final = "\ufffc"
_FIELD: Final = re.compile(r"\{([a-z_]+)\}")
_HIGH: Final = 21.0


class _Chips(QPyTextObject):
    """Draws chips with the words that ``caption`` gives for a field's name."""

    def __init__(self, parent: QTextEdit, caption: Callable[[str], str]) -> None:
        super().__init__(parent)
        self._caption = caption

    def intrinsicSize(  # noqa: N802
        self, _doc: QTextDocument, _position: int, format: QTextFormat  # noqa: A002
    ) -> QSizeF:  # fmt: skip
        """As wide as its words."""
        words = self._caption(str(format.property(_NAME)))
        return QSizeF(draw.width_of(words, theme.SMALL_PX) + 18, _HIGH)

    def drawObject(  # noqa: N802
        self, painter: QPainter, rect: QRectF | QRect, _doc: QTextDocument, _position: int,
        format: QTextFormat,  # noqa: A002
    ) -> None:  # fmt: skip
        """Paint one."""
        box = QRectF(rect).adjusted(2, 1, -2, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_soft"))
        painter.drawRoundedRect(box, 6, 6)
        words, ink = self._caption(str(format.property(_NAME))), theme.color("accent_ink")
        draw.text_line(painter, box, words, fonts.font(theme.SMALL_PX), ink,
                       Qt.AlignmentFlag.AlignHCenter)  # fmt: skip


class FieldText(QTextEdit):
    """``edited`` tells the text whenever somebody changed it here."""

    edited = Signal(str)
    focused = Signal()

    def __init__(self, known: Collection[str], caption: Callable[[str], str], most: int) -> None:
        super().__init__()
        self._known, self._most = known, most
        self._quiet = False
        self._composing = False
        self._chips = _Chips(self, caption)
        self.document().documentLayout().registerHandler(_KIND, self._chips)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("look", "words")
        self.textChanged.connect(self._on_changed)

    # --- the text -------------------------------------------------------------------------

    @property
    def body(self) -> str:
        """The words with fields in braces."""
        return self._read(0, self.document().characterCount() - 1)

    @property
    def composing(self) -> bool:
        """Whether an input method has letters that are not words yet."""
        return self._composing

    def show_body(self, body: str) -> None:
        """Show other words; the caret stays as far in as it was."""
        if body != self.body:
            self._set(body)

    def _set(self, body: str) -> None:
        at = self.textCursor().position()
        self._quiet = True
        self.clear()
        self._insert(self.textCursor(), body)
        self._quiet = False
        caret = self.textCursor()
        caret.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(caret)

    def insert_field(self, name: str) -> None:
        """Put a chip where the caret is."""
        self._insert(self.textCursor(), f"{{{name}}}")
        self.setFocus()

    def repaint_chips(self) -> None:
        """Their words are others now."""
        self.document().markContentsDirty(0, self.document().characterCount())
        self.viewport().update()

    def _read(self, first: int, last: int) -> str:
        found, cursor = [], QTextCursor(self.document())
        for position in range(first, last):
            letter = self.document().characterAt(position)
            if letter == _MARK:
                cursor.setPosition(position + 1)
                letter = f"{{{cursor.charFormat().property(_NAME)}}}"
            found.append("\n" if letter in "\u2029\u2028" else letter)
        return "".join(found)

    def _insert(self, cursor: QTextCursor, text: str) -> None:
        plain = QTextCharFormat()
        cursor.beginEditBlock()
        at = 0
        for match in _FIELD.finditer(text):
            if match[1] not in self._known:
                continue
            cursor.insertText(text[at : match.start()], plain)
            chip = QTextCharFormat()
            chip.setObjectType(_KIND)
            chip.setProperty(_NAME, match[1])
            chip.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
            cursor.insertText(_MARK, chip)
            at = match.end()
        cursor.insertText(text[at:], plain)
        cursor.endEditBlock()
        self.setCurrentCharFormat(plain)

    def _on_changed(self) -> None:
        if self._quiet:
            return
        body = self.body
        if len(body) > self._most:
            self._set(body[: self._most])
        typed = _FIELD.findall(self.toPlainText())
        if not self._composing and any(name in self._known for name in typed):
            self._set(self.body)  # braces that were typed become a chip
        self.edited.emit(self.body)

    # --- what comes in and goes out ---------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """A copied chip is its field in braces."""
        cursor, mime = self.textCursor(), QMimeData()
        mime.setText(self._read(cursor.selectionStart(), cursor.selectionEnd()))
        return mime

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Only words; pictures are for the photos."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Plain words, with their fields as chips."""
        if self.canInsertFromMimeData(source):
            self._insert(self.textCursor(), source.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether letters are being put together."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell whose chips a click puts in."""
        super().focusInEvent(event)
        self.focused.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Chips in the new language and colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.repaint_chips()
