"""The list of bubbles with what the pointer and the keyboard do to them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from console import roles
from console.desk.types import MessageItem
from console.ui.keymap import keymap
from console.ui.message_delegate import Hit, MessageDelegate, Selected
from console.ui.row_view import RowView
from console.ui.text_layout import between, first_link, units, word_at

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_CARRIED = 120
"""Height of the photo under the pointer while it is carried."""


class Bubbles(RowView):
    """Selects text inside a bubble, carries photos out, tells what was clicked."""

    clicked_at = Signal(object, object)
    """A ``Hit`` and the message it is in."""
    menu_at = Signal(object, QPoint, object)
    """A message, a point of the screen, and the ``Hit`` under the pointer or ``None``."""
    copied = Signal()
    answered = Signal(object)
    recalled = Signal(object)
    left = Signal()
    """The keyboard goes back to the reply box: Esc, or down from the newest message."""
    dragged = Signal(object, int)
    """A photo is to be carried out: its message and its number."""

    _pressed: QPoint | None = None
    _pressed_hit: Hit | None = None
    _selecting = False

    @property
    def bubbles(self) -> MessageDelegate:
        """Who paints and measures."""
        delegate = self.itemDelegate()
        assert isinstance(delegate, MessageDelegate)
        return delegate

    def hit(self, point: QPoint) -> tuple[Hit | None, Any]:
        """What a click at a point would do, and to which message."""
        index = self.indexAt(point)
        if not index.isValid():
            return None, None
        return self.bubbles.hit(index, QRectF(self.visualRect(index)), QPointF(point)), index.data(
            roles.ITEM
        )

    def current_item(self) -> MessageItem | None:
        """The message the keyboard is at."""
        item = self.currentIndex().data(roles.ITEM)
        return item if isinstance(item, MessageItem) else None

    def selected_text(self) -> str:
        """What is selected with the mouse, "" when nothing is."""
        chosen = self.bubbles.selected
        item = self.current_item()
        if item is None or item.key != chosen.key:
            return ""
        return between(item.body, chosen.start, chosen.end)

    # --- the mouse ------------------------------------------------------------------------

    def _text_place(self, point: QPoint) -> tuple[QModelIndex, int | None]:
        index = self.indexAt(point)
        if not index.isValid():
            return index, None
        rect = QRectF(self.visualRect(index))
        return index, self.bubbles.text_place(index, rect, QPointF(point))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold: of a text to select from, of a photo to carry out."""
        super().mousePressEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        self._pressed, self._selecting = point, False
        self._pressed_hit, _ = self.hit(point)
        index, place = self._text_place(point)
        if place is None or not index.isValid():
            self._select(Selected())
        else:
            self._select(Selected(index.data(roles.ITEM).key, place, place))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word; beside the text, answer the message."""
        point = event.position().toPoint()
        index, place = self._text_place(point)
        item = index.data(roles.ITEM) if index.isValid() else None
        self._pressed = None
        if not isinstance(item, MessageItem):
            return
        if place is not None:
            self._select(Selected(item.key, *word_at(item.body, place)))
        elif self.hit(point)[0] is None and item.id and not item.recalled:
            self.answered.emit(item)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend a selection, carry a photo, or show what a click would do."""
        point = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton and self._pressed is not None:
            self._on_drag(point)
            return
        hit, _ = self.hit(point)
        shape = Qt.CursorShape.ArrowCursor
        if hit is not None:
            shape = Qt.CursorShape.PointingHandCursor
        elif self._text_place(point)[1] is not None:
            shape = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def _on_drag(self, point: QPoint) -> None:
        pressed = self._pressed
        if pressed is None:
            return
        far = (point - pressed).manhattanLength() >= QApplication.startDragDistance()
        hit = self._pressed_hit
        if hit is not None and hit.kind == "photo":
            if far:
                self._pressed = None
                self.dragged.emit(self.indexAt(pressed).data(roles.ITEM), hit.value)
            return
        chosen = self.bubbles.selected
        index = self.indexAt(pressed)
        if chosen.key and index.isValid() and (far or self._selecting):
            self._selecting = True
            rect = QRectF(self.visualRect(index))
            place = self.bubbles.nearest_place(index, rect, QPointF(point))
            self._select(Selected(chosen.key, chosen.start, place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what was clicked, unless a selection was drawn."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if event.button() != Qt.MouseButton.LeftButton or pressed is None or self._selecting:
            self._selecting = False
            return
        hit, item = self.hit(event.position().toPoint())
        if hit is not None and hit.kind == getattr(self._pressed_hit, "kind", ""):
            self.clicked_at.emit(hit, item)

    def _select(self, chosen: Selected) -> None:
        if chosen != self.bubbles.selected:
            self.bubbles.selected = chosen
            self.viewport().update()

    def select_all_of(self, item: MessageItem) -> None:
        """Select a bubble's whole text."""
        self._select(Selected(item.key, 0, units(item.body)))

    def carry(self, mime: QMimeData, shown: QPixmap | None) -> None:
        """Carry something out of the window until it is dropped."""
        drag = QDrag(self)
        drag.setMimeData(mime)
        if shown is not None:
            drag.setPixmap(
                shown.scaledToHeight(_CARRIED, Qt.TransformationMode.SmoothTransformation)
            )
        # Qt has no other way to carry something out of the program than to wait for the drop.
        drag.exec(Qt.DropAction.CopyAction)

    # --- menu and keys ----------------------------------------------------------------------

    def contextMenuEvent(self, event: Any) -> None:
        """Offer what can be done with a bubble."""
        index = self.indexAt(event.pos())
        if event.reason() == event.Reason.Keyboard:
            index = self.currentIndex()
        item = index.data(roles.ITEM) if index.isValid() else None
        if isinstance(item, MessageItem):
            self.setCurrentIndex(index)
            if event.reason() == event.Reason.Keyboard:
                self._menu_here()
            else:
                self.menu_at.emit(item, event.globalPos(), self.hit(event.pos())[0])

    def _menu_here(self) -> None:
        """Offer what can be done with the message the keyboard is at."""
        item, index = self.current_item(), self.currentIndex()
        if item is not None:
            self.scrollTo(index)
            seen = self.visualRect(index).intersected(self.viewport().rect())
            self.menu_at.emit(item, self.viewport().mapToGlobal(seen.center()), None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes with the keyboard begins at the newest message."""
        keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        model = self.model()
        if keys and model is not None and not self.currentIndex().isValid():
            # Before Qt does it, which begins at the first.
            self.setCurrentIndex(model.index(model.rowCount() - 1, 0))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies, Enter does the bubble's own thing, R answers, Delete takes back.

        Esc leads back to the reply box, like ↓ at the newest one.  Of a refused message Enter
        tries it again, and Delete gives its words back.
        """
        item = self.current_item()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll) and item is not None:
            self.select_all_of(item)
        elif item is not None and keymap().matches("bubble.answer", event):
            self.answered.emit(item)
        elif item is not None and keymap().matches("bubble.recall", event):
            self._take_back(item)
        elif keymap().matches("menu", event):
            self._menu_here()
        elif plain and self._leads_out(event):
            self.left.emit()
        elif item is not None and plain and event.key() in _ENTERS:
            hit = _own(item)
            if hit is not None:
                self.clicked_at.emit(hit, item)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _leads_out(self, event: QKeyEvent) -> bool:
        model = self.model()
        last = model is not None and self.currentIndex().row() == model.rowCount() - 1
        return event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Down and last)

    def _take_back(self, item: MessageItem) -> None:
        if item.state == "failed":
            self.clicked_at.emit(Hit("discard"), item)
        elif item.recallable or item.kind == "scheduled":
            self.recalled.emit(item)


def _own(item: MessageItem) -> Hit | None:
    """What a bubble is there for, so that the keyboard can do it too."""
    if item.state == "failed":
        return Hit("retry", item.entry)
    if item.due in ("missed", "refused"):
        return Hit("reschedule")
    if item.kind == "voice" and item.photos:
        return Hit("play")
    if item.kind == "video" and item.photos:
        return Hit("video")
    if item.photos:
        return Hit("photo", 0)
    if item.quote is not None:
        return Hit("quote", item.quote)
    link = "" if item.recalled else first_link(item.body)
    return Hit("link", link) if link else None


def copy_text(text: str) -> None:
    """Put words on the clipboard."""
    QGuiApplication.clipboard().setText(text)
