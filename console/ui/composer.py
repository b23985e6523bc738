"""The text field of the reply box: grows, sends on Enter, takes pasted and dropped files.

Enter never sends while an input method composes: the keys belong to it until the
composition is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QTextBlock,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from console.ui import carried, fonts, theme
from console.ui.i18n import translate
from console.ui.keymap import keymap

_LINES: Final = (2, 8)
_LINES_COMPACT: Final = (1, 2)


class Composer(QPlainTextEdit):
    """Where a reply is written."""

    submitted = Signal()
    files_given = Signal(list)
    """Pasted or dropped files: paths, or an encoded picture."""
    keep_wanted = Signal()
    """What is written is to be kept as a quick reply."""
    composed = Signal()
    """An input method began or ended."""
    dragged_over = Signal(bool)
    focused = Signal(bool)
    left_upwards = Signal()
    """Arrow up in the empty field: the keyboard wants what stands above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = False
        self.keys_first: Callable[[QKeyEvent], bool] | None = None
        """What a popup at the words, or another mode, does with a key: whether it took it."""
        self.tab_first: Callable[[bool], bool] | None = None
        """Likewise for Tab, forwards or back."""
        self.undo_first: Callable[[], bool] | None = None
        """Whether what was done last was not done to these words."""
        self._lines = _LINES
        self.setProperty("look", "reply")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(fonts.font(theme.BODY_PX))
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setAcceptDrops(True)
        self.textChanged.connect(self._grow)
        self._grow()

    @property
    def composing(self) -> bool:
        """Whether an input method holds unfinished characters."""
        return self._composing

    def set_compact(self, *, compact: bool) -> None:
        """Be lower in a low window."""
        self._lines = _LINES_COMPACT if compact else _LINES
        self._grow()

    def event(self, event: QEvent) -> bool:
        """The key that takes back is the screen's where no words are to be taken back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            elsewhere = self.undo_first is not None and self.undo_first()
            mine = self.document().isUndoAvailable() and not elsewhere
            if keymap().matches("queue.undo", event) and not mine and not self._composing:
                event.ignore()
                return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether something is being composed."""
        before, self._composing = self._composing, bool(event.preeditString())
        super().inputMethodEvent(event)
        if before != self._composing:
            self.composed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends, Shift+Enter breaks the line, Esc leaves the words alone, ↑ leaves no words.

        Enter with another modifier is a command's key, or nobody's: nothing is sent by it.
        ``keys_first`` is asked before, except while an input method composes.
        """
        if not self._composing and self.keys_first is not None and self.keys_first(event):
            event.accept()
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = held == Qt.KeyboardModifier.ShiftModifier
        if enter and not self._composing and (shift or not held):
            if shift:
                self.textCursor().insertText("\n")
                self.ensureCursorVisible()
            else:
                self.submitted.emit()
            event.accept()
            return
        if enter or event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        if self._leaves(event):
            self.left_upwards.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        empty = not self._composing and self.document().isEmpty()
        return plain and empty and event.key() == Qt.Key.Key_Up

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: N802
        """Tab: to the next blank, else to the next widget."""
        if not self._composing and self.tab_first is not None and self.tab_first(forwards):
            return True
        return super().focusNextPrevChild(forwards)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Every text's own choices, and keeping the words."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        keep = menu.addAction(translate("Composer", "Save as quick reply…"))
        keep.setObjectName("keep")
        keep.setEnabled(bool(self.toPlainText().strip()))
        keep.triggered.connect(self.keep_wanted)
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the frame around."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the frame around."""
        super().focusOutEvent(event)
        self.focused.emit(False)

    def _grow(self) -> None:
        rows = sum(max(1, block.layout().lineCount()) for block in _blocks(self))
        least, most = self._lines
        height = round(fonts.metrics(theme.BODY_PX).lineSpacing())
        self.setFixedHeight(min(max(rows, least), most) * height + 4)

    # --- files ----------------------------------------------------------------------------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, or any files."""
        return carried.holds(source) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Hand over files, insert text without its looks."""
        files = carried.pictures(source)
        if files:
            self.files_given.emit(files)
        elif source.hasText():
            self.textCursor().insertText(source.text())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that files may be dropped here."""
        if carried.holds(event.mimeData()):
            self.dragged_over.emit(True)
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Files may be dropped anywhere."""
        if carried.holds(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.dragged_over.emit(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand over dropped files."""
        self.dragged_over.emit(False)
        files = carried.pictures(event.mimeData())
        if files:
            self.files_given.emit(files)
            event.acceptProposedAction()
        else:
            super().dropEvent(event)


def _blocks(edit: QPlainTextEdit) -> Iterator[QTextBlock]:
    block = edit.document().begin()
    while block.isValid():
        yield block
        block = block.next()
