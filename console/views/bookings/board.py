"""Rooms side by side, slots below each other: painted cells, chosen, dragged, moved by keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame

from console.desk.fitting_types import BoardDay, FittingItem
from console.domain.fittings import Slot, State
from console.ui import theme
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.widgets import repaints, speaks
from console.views.bookings import painting, words

MIME: Final = "application/x-hanger-fitting"
_LEFT: Final = 72
_HEAD: Final = 40
_ROW: Final = 58
_NARROWEST: Final = 110
_ARROWS: Final = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}  # fmt: skip

Cell = tuple[int, int]
"""Slot and room, by place."""


class Board(QAbstractScrollArea):
    """Shows one day.  With Shift the arrows move what is booked; Return opens it or books."""

    chosen = Signal(str)
    """The fitting that is looked at, "" for a free place."""
    free_wanted = Signal(object, int)
    """Somebody is to be booked there: a slot and a room."""
    moved = Signal(str, object, int)
    """A fitting is to go to that slot and room."""

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self._clock = clock
        self._day: BoardDay | None = None
        self._cells: dict[Cell, list[FittingItem]] = {}
        self.current: Cell = (0, 0)
        self._pressed: tuple[QPoint, str] | None = None
        self._over: Cell | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self._speak()

    # --- what is shown --------------------------------------------------------------------

    def show_day(self, day: BoardDay) -> None:
        """Show it; the chosen place stays where it is on the same day."""
        other = self._day is None or day.day != self._day.day
        self._day = day
        self._cells = {}
        for item in day.fittings:
            at = self._cell_of(item)
            if at is not None:
                self._cells.setdefault(at, []).append(item)
        if other:
            self.current = (self._slot_now(), 0)
        self.current = self._inside(self.current)
        self._measure()
        if other:
            self._reveal()
        self._say()
        self.viewport().update()

    def show_fitting(self, client_id: str) -> None:
        """Choose its place, if it is on this day."""
        found = [at for at, here in self._cells.items() if client_id in {f.client_id for f in here}]
        if found:
            self._go(found[0])

    def at(self, cell: Cell) -> list[FittingItem]:
        """What is booked there."""
        return self._cells.get(cell, [])

    @property
    def item(self) -> FittingItem | None:
        """The fitting that is looked at."""
        here = self.at(self.current)
        return here[0] if here else None

    def _cell_of(self, item: FittingItem) -> Cell | None:
        day = self._day
        assert day is not None
        column = next((n for n, r in enumerate(day.rooms) if r.room_id == item.room_id), None)
        row = next((n for n, slot in enumerate(day.slots) if slot.starts_at < item.ends_at
                    and item.starts_at < slot.ends_at), None)  # fmt: skip
        return None if column is None or row is None else (row, column)

    def _slot_now(self) -> int:
        """The first slot that is not over, else the first."""
        assert self._day is not None
        now = self._clock.now()
        found = (n for n, slot in enumerate(self._day.slots) if slot.ends_at > now)
        return next(found, 0)

    def _inside(self, cell: Cell) -> Cell:
        rows, columns = self._size
        return (min(max(0, cell[0]), max(0, rows - 1)), min(max(0, cell[1]), max(0, columns - 1)))

    @property
    def _size(self) -> tuple[int, int]:
        return (len(self._day.slots), len(self._day.rooms)) if self._day else (0, 0)

    # --- geometry -------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """A day of some hours and rooms."""
        return QSize(640, 480)

    @property
    def _wide(self) -> float:
        room = self.viewport().width() - _LEFT - 8
        return max(float(_NARROWEST), room / max(1, self._size[1]))

    def box(self, cell: Cell) -> QRectF:
        """Where a cell is in the viewport."""
        x = _LEFT + cell[1] * self._wide - self.horizontalScrollBar().value()
        y = _HEAD + cell[0] * _ROW - self.verticalScrollBar().value()
        return QRectF(x + 3, y + 3, self._wide - 6, _ROW - 6)

    def cell_at(self, at: QPointF) -> Cell | None:
        """The cell under a point of the viewport."""
        if at.y() < _HEAD or at.x() < _LEFT:
            return None
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        cell = (int((at.y() - _HEAD + y) // _ROW), int((at.x() - _LEFT + x) // self._wide))
        return cell if cell == self._inside(cell) and self._size[0] else None

    def _measure(self) -> None:
        rows, columns = self._size
        high, seen = rows * _ROW, self.viewport().height() - _HEAD
        self.verticalScrollBar().setRange(0, max(0, high - seen))
        self.verticalScrollBar().setPageStep(max(1, seen))
        self.verticalScrollBar().setSingleStep(_ROW)
        wide = int(columns * self._wide) + _LEFT + 8
        self.horizontalScrollBar().setRange(0, max(0, wide - self.viewport().width()))
        self.horizontalScrollBar().setPageStep(max(1, self.viewport().width()))

    def _reveal(self) -> None:
        bar, top = self.verticalScrollBar(), self.current[0] * _ROW
        seen = self.viewport().height() - _HEAD
        if top < bar.value() or top + _ROW > bar.value() + seen:
            bar.setValue(top if top < bar.value() else top + _ROW - seen)
        side, left = self.horizontalScrollBar(), int(self.current[1] * self._wide)
        room = self.viewport().width() - _LEFT
        if left < side.value() or left + self._wide > side.value() + room:
            side.setValue(left if left < side.value() else int(left + self._wide - room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width."""
        super().resizeEvent(event)
        self._measure()

    # --- painting -------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint cells, then what stays in view above and beside them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), theme.color("surface"))
        if self._day is not None:
            rows, columns = self._size
            for cell in ((row, column) for row in range(rows) for column in range(columns)):
                if self.box(cell).intersects(QRectF(self.viewport().rect())):
                    self._paint_cell(painter, cell)
            self._paint_edges(painter, self._day)
        painter.end()

    def _paint_cell(self, painter: QPainter, cell: Cell) -> None:
        box, here = self.box(cell), self.at(cell)
        painter.setPen(QPen(theme.color("line_soft"), 1))
        painter.setBrush(theme.color("hover" if self._over != cell else "accent_soft"))
        painter.drawRoundedRect(box, theme.RADIUS_SMALL, theme.RADIUS_SMALL)
        wide = box.width() / max(1, len(here))
        for place, item in enumerate(here):
            part = QRectF(box.left() + place * wide, box.top(), wide, box.height())
            painting.fitting(painter, part, item)
        if cell == self.current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            role = "accent" if self.hasFocus() else "field_line"
            painter.setPen(QPen(theme.color(role), 2))
            painter.drawRoundedRect(box, theme.RADIUS_SMALL, theme.RADIUS_SMALL)

    def _paint_edges(self, painter: QPainter, day: BoardDay) -> None:
        wide, high = self.viewport().width(), self.viewport().height()
        painter.fillRect(QRectF(0, 0, _LEFT, high), theme.color("surface"))
        now = self._clock.now()
        for row, slot in enumerate(day.slots):
            box = self.box((row, 0))
            at = QRectF(16, box.top(), _LEFT - 20, box.height())
            running = slot.starts_at <= now < slot.ends_at
            begins = f"{self._clock.local(slot.starts_at):%H:%M}"
            painting.time(painter, at, begins, running=running)
        painter.fillRect(QRectF(0, 0, wide, _HEAD), theme.color("surface"))
        for column, room in enumerate(day.rooms):
            box = self.box((0, column))
            painting.room(painter, QRectF(box.left() + 4, 0, box.width() - 8, _HEAD), room.name)
        painter.fillRect(QRectF(0, 0, _LEFT, _HEAD), theme.color("surface"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(0, _HEAD - 0.5), QPointF(wide, _HEAD - 0.5))

    # --- choosing -------------------------------------------------------------------------

    def _go(self, cell: Cell) -> None:
        self.current = self._inside(cell)
        self._reveal()
        self._say()
        self.viewport().update()
        self.chosen.emit(self.item.client_id if self.item else "")

    def _slot(self, cell: Cell) -> Slot:
        assert self._day is not None
        return self._day.slots[cell[0]]

    def _room(self, cell: Cell) -> int:
        assert self._day is not None
        return self._day.rooms[cell[1]].room_id

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, with Shift they move what is booked; Return opens or books."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if not all(self._size):
            super().keyPressEvent(event)
        elif step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._push(step)
        elif step is not None:
            self._go((self.current[0] + step[0], self.current[1] + step[1]))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.current)
        else:
            super().keyPressEvent(event)

    def _push(self, step: Cell) -> None:
        """To the next free place that way."""
        item, to = self.item, self.current
        while item is not None and item.state == State.BOOKED:
            to = (to[0] + step[0], to[1] + step[1])
            if to != self._inside(to):
                return
            if self._is_free(to):
                self._move(item.client_id, to)
                return

    def _is_free(self, cell: Cell) -> bool:
        return not any(each.is_live for each in self.at(cell))

    def _move(self, client_id: str, to: Cell) -> None:
        self.moved.emit(client_id, self._slot(to), self._room(to))

    def _open(self, cell: Cell) -> None:
        if self.at(cell):
            self.chosen.emit(self.at(cell)[0].client_id)
        else:
            self.free_wanted.emit(self._slot(cell), self._room(cell))

    # --- the mouse ------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose, and perhaps begin to drag."""
        cell = self.cell_at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(cell)
            item = self.item
            movable = item is not None and item.state == State.BOOKED
            self._pressed = (event.pos(), item.client_id) if item and movable else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take what is booked along."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        start, client_id = self._pressed
        if (event.pos() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(carried(client_id))
            drag.setPixmap(self._picture(self.current))
            drag.exec(Qt.DropAction.MoveAction)

    def _picture(self, cell: Cell) -> QPixmap:
        return self.viewport().grab(self.box(cell).toRect())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """It was only a click."""
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Book in a free place."""
        cell = self.cell_at(event.position())
        if cell is not None:
            self._open(cell)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A fitting of this board."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Only free places take it."""
        cell = self.cell_at(event.position())
        self._show_over(cell if cell is not None and self._is_free(cell) else None)
        if self._over is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self._show_over(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """It is to go there."""
        cell = self.cell_at(event.position())
        self._show_over(None)
        if cell is not None and self._is_free(cell):
            event.acceptProposedAction()
            self._move(bytes(event.mimeData().data(MIME).data()).decode(), cell)

    def _show_over(self, cell: Cell | None) -> None:
        self._over = cell
        self.viewport().update()

    # --- speaking -------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it left."""
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, in the new palette."""
        if speaks(event):
            self._speak()
        if repaints(event):
            self.viewport().update()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.setAccessibleName(translate("Bookings", "Fitting rooms of the day"))
        self._say()
        self.viewport().update()

    def _say(self) -> None:
        """What stands at the chosen place, for those who hear it."""
        if self._day is None or not all(self._size):
            self.setAccessibleDescription("")
            return
        self.setAccessibleDescription(words.spoken(
            self._day, self._slot(self.current), self._room(self.current), self.at(self.current),
            self._clock,
        ))  # fmt: skip


def carried(client_id: str) -> QMimeData:
    """A fitting while it is dragged."""
    data = QMimeData()
    data.setData(MIME, client_id.encode())
    return data
