"""Photos as tiles in rows: dragged or carried by keys to another place, captioned, taken out.

What the tiles stand for, whoever shows them knows; here are only their places.  Files and
pictures dropped on it are told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QToolTip

from console.ui import draw, photo_menu, photo_tile, pictures, theme
from console.ui.caption_editor import CaptionEditor
from console.ui.drop_target import DropTarget
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.photo_tile import CAPTION, DEEDS, GAP, PITCH, Deed, Tile


class PhotoGrid(DropTarget):
    """Tiles and, behind them, the place where more are dropped or picked."""

    moved = Signal(int, int)
    removed = Signal(int)
    captioned = Signal(int, str)
    asked = Signal(int, str)
    """A photo, and the id of the deed of ``photo_tile.DEEDS`` that is to be done with it."""
    pick_wanted = Signal()

    def __init__(self, picture: Callable[[Any], QPixmap | None], most: int) -> None:
        super().__init__()
        self._picture, self._most = picture, most
        self._tiles: list[Tile] = []
        self._current = self._editing = -1
        self._held: QPointF | None = None
        self._dragged: QPointF | None = None
        self._pointer = QPointF(-1, -1)
        self.locked = False
        """Nothing may be changed any more."""
        self._editor = CaptionEditor(self, self._to_caption)
        self._editor.textEdited.connect(self._on_caption)
        self._editor.left.connect(self._end_caption)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._speak()

    @property
    def tiles(self) -> list[Tile]:
        """What it shows, in order."""
        return list(self._tiles)

    @property
    def current(self) -> int:
        """The tile at which the keyboard is; behind the last one is the place for more."""
        return self._current

    @property
    def editor(self) -> QLineEdit:
        """Where a caption is written."""
        return self._editor

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these."""
        if list(tiles) == self._tiles:
            return
        self._tiles = list(tiles)
        self._current = min(self._current, len(tiles))
        if self._editing >= len(tiles):
            self._end_caption()
        self.updateGeometry()
        self._speak()
        self.update()

    def set_locked(self, *, locked: bool) -> None:
        """Whether nothing may be changed any more."""
        self.locked = locked
        self.setAcceptDrops(not locked)
        self._end_caption()
        self.updateGeometry()
        self.update()

    # --- places ---------------------------------------------------------------------------

    @property
    def _has_room(self) -> bool:
        return not (self.locked or self._is_film) and len(self._tiles) < self._most

    @property
    def _is_film(self) -> bool:
        """Whether a video is shown, of which only the place can be given up."""
        return any(tile.film for tile in self._tiles)

    def _columns(self) -> int:
        return photo_tile.columns(self.width())

    def box(self, number: int) -> QRectF:
        """Where a tile's picture is (the place for more comes last)."""
        return photo_tile.box(number, self.width())

    def caption_box(self, number: int) -> QRectF:
        """Where the words under it are."""
        box = self.box(number)
        return QRectF(box.left(), box.bottom() + 3, box.width(), CAPTION - 4)

    def remove_box(self, number: int) -> QRectF:
        """Where its cross is."""
        box = self.box(number)
        return QRectF(box.right() - 26, box.top() + 6, 20, 20)

    def _at(self, point: QPointF) -> int:
        for number in range(len(self._tiles) + self._has_room):
            if self.box(number).adjusted(0, 0, GAP, CAPTION).contains(point):
                return number
        return -1

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all rows."""
        return photo_tile.height(max(1, len(self._tiles) + self._has_room), width)

    def sizeHint(self) -> QSize:
        """Four in a row."""
        return QSize(round(4 * PITCH), self.heightForWidth(round(4 * PITCH)))

    def minimumSizeHint(self) -> QSize:
        """Two in a row."""
        return QSize(round(2 * PITCH), self.heightForWidth(max(self.width(), 1)))

    # --- painting -------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint tiles, captions, crosses and the place for more."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, tile in enumerate(self._tiles):
            self._paint(painter, number, tile)
        if self._has_room:
            self._paint_room(painter, len(self._tiles))
        if self._dragged is not None and 0 <= self._current < len(self._tiles):
            box = QRectF(QPointF(), self.box(self._current).size() * 0.8)
            box.moveCenter(self._dragged)
            painter.setOpacity(0.9)
            pictures.paint(painter, box, self._picture(self._tiles[self._current].photo))
        painter.end()

    def _paint(self, painter: QPainter, number: int, tile: Tile) -> None:
        box = self.box(number)
        if self._dragged is not None and number == self._current:
            painter.setOpacity(0.35)
        photo_tile.paint_picture(painter, box, tile, self._picture(tile.photo))
        painter.setOpacity(1.0)
        if number == 0 and len(self._tiles) > 1:
            draw.pill(painter, box.left() + 6, box.top() + 16, translate("PhotoGrid", "Cover"),
                      theme.color("accent"), theme.color("on_accent"))  # fmt: skip
        if number != self._editing:
            photo_tile.paint_caption(painter, self.caption_box(number), tile, locked=self.locked)
        if not self.locked:
            photo_tile.paint_cross(painter, self.remove_box(number))
            if self._offers_deeds(number):
                photo_tile.paint_deeds(painter, box, self._deed_at(number, self._pointer))
        self._ring(painter, number, box)

    def _deed_at(self, number: int, point: QPointF) -> Deed | None:
        """A button counts only where it is seen."""
        offered = number >= 0 and self._offers_deeds(number)
        return photo_tile.deed_at(self.box(number), point) if offered else None

    def _offers_deeds(self, number: int) -> bool:
        """Where the pointer is, else where the keyboard is."""
        over = self._at(self._pointer)
        meant = over if over >= 0 else self._current if self.hasFocus() else -1
        free = self._dragged is None and not self.locked
        there = number == meant and number < len(self._tiles)
        return free and there and not self._is_film

    def _ring(self, painter: QPainter, number: int, box: QRectF) -> None:
        if self.hasFocus() and number == self._current:
            painter.setPen(QPen(theme.color("accent_ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 8, 8)

    def _paint_room(self, painter: QPainter, number: int) -> None:
        box = self.box(number).adjusted(1, 1, -1, -1)
        photo_tile.paint_room(painter, box, over=self.held_over)
        self._ring(painter, number, box)

    # --- captions -------------------------------------------------------------------------

    def edit_caption(self, number: int) -> None:
        """Write under a photo."""
        if self.locked or not 0 <= number < len(self._tiles) or self._is_film:
            return
        self._current = self._editing = number
        words, name = self._tiles[number].caption, translate("PhotoGrid", "Caption")
        self._editor.begin(words, self.caption_box(number), name)
        self.update()

    def _on_caption(self, text: str) -> None:
        if self._editing >= 0:
            self.captioned.emit(self._editing, text)

    def _end_caption(self) -> None:
        self._editing = -1
        self._editor.hide()
        self.update()

    def _to_caption(self, step: int) -> bool:
        if not 0 <= self._current + step < len(self._tiles):
            return False
        self.edit_caption(self._current + step)
        return True

    # --- the pointer ----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take out by the cross, write under a photo, pick more, or begin to drag."""
        point, number = event.position(), self._at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or number < 0:
            return
        self.setFocus()
        self._current = number
        if number == len(self._tiles):
            self.pick_wanted.emit()
        elif self.locked:
            pass
        elif self.remove_box(number).contains(point):
            self.removed.emit(number)
        elif self.caption_box(number).contains(point):
            self.edit_caption(number)
        elif (deed := self._deed_at(number, point)) is not None:
            self.asked.emit(number, deed.id)
        else:
            self._held = point
        self._speak()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the held tile, the others make room; show what can be done where it is."""
        self._pointer = event.position()
        self.update()
        if self._held is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        point = event.position()
        far = (point - self._held).manhattanLength() >= QApplication.startDragDistance()
        if self._dragged is None and not far:
            return
        self._dragged = point
        to = self._at(point)
        if 0 <= to < len(self._tiles) and to != self._current:
            number, self._current = self._current, to
            self.moved.emit(number, to)
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Put it down."""
        self._held = self._dragged = None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        self._pointer = QPointF(-1, -1)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything in words, where the pointer or the keyboard is."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        number = self._current if by_key else self._at(QPointF(event.pos()))
        if self.locked or not 0 <= number < len(self._tiles):
            return
        self._current = number
        at = self.box(number).center().toPoint() if by_key else event.pos()
        photo_menu.open_menu(
            self, self.mapToGlobal(at), lambda what: self._do(number, what),
            film=self._is_film,
        )  # fmt: skip

    def _do(self, number: int, what: str) -> None:
        if what == photo_menu.CAPTION:
            self.edit_caption(number)
        elif what == photo_menu.REMOVE:
            self.removed.emit(number)
        else:
            self.asked.emit(number, what)

    def event(self, event: QEvent) -> bool:
        """A button says what it does."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            point = QPointF(event.pos())
            deed = self._deed_at(self._at(point), point)
            if deed is not None:
                QToolTip.showText(event.globalPos(), deed.tip, self)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, with Ctrl or Alt they carry; Enter captions, Delete takes out."""
        columns = self._columns()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns,
                Qt.Key.Key_Down: columns}.get(Qt.Key(event.key()), 0)  # fmt: skip
        carry = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
        on_tile = 0 <= self._current < len(self._tiles)
        if step and event.modifiers() & carry:
            to = self._current + step
            if on_tile and not self.locked and 0 <= to < len(self._tiles):
                number, self._current = self._current, to
                self.moved.emit(number, to)
        elif step:
            last = len(self._tiles) - (not self._has_room)
            self._current = min(max(self._current + step, 0), last)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and on_tile:
            if not self.locked:
                self.removed.emit(self._current)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space):
            if on_tile:
                self.edit_caption(self._current)
            elif self._has_room:
                self.pick_wanted.emit()
        elif on_tile and not (self.locked or self._is_film) and (deed := _deed_of(event)):
            self.asked.emit(self._current, deed)
        else:
            super().keyPressEvent(event)
            return
        self._speak()
        self.update()

    # --- the rest -------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which one the keyboard is at."""
        super().focusInEvent(event)
        self._current = max(0, self._current)
        self._speak()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the keyboard."""
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the caption under its photo."""
        super().resizeEvent(event)
        if self._editing >= 0:
            self._editor.setGeometry(self.caption_box(self._editing).toRect())

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.setAccessibleName(translate("PhotoGrid", "Photos"))
        self.setToolTip(
            translate("PhotoGrid", "Drag to reorder, Enter for the caption, Delete to remove")
        )
        if 0 <= self._current < len(self._tiles):
            words, tile = translate("PhotoStrip", "Photo {n} of {all}: {caption}"), self._here
            said = words.format(n=self._current + 1, all=len(self._tiles), caption=tile.caption)
            linked = translate("PhotoGrid", "shows an item") if tile.linked else ""
            self.setAccessibleDescription(" · ".join(part for part in (said, linked) if part))

    @property
    def _here(self) -> Tile:
        """The tile at which the keyboard is."""
        return self._tiles[self._current]


def _deed_of(event: QKeyEvent) -> str:
    """What a key asks for, "" when nothing."""
    return next((deed.id for deed in DEEDS if keymap().matches(deed.command, event)), "")
