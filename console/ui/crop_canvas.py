"""A picture with a frame over it that is moved and pulled, by pointer and by keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.photo_cropping import HANDLES, Frame, Handle
from console.domain.photo_shapes import Part, Shape
from console.ui import theme

_NEAR: Final = 16.0
"""So close to a handle it is meant, in pixels of the screen."""
_ARM: Final = 18.0
_EDGE: Final = 12
_LEAST: Final = 0.06
"""Of the picture's longer side: smaller nothing is cut."""
_STEP: Final = 0.01
_DARK: Final = QColor(20, 18, 15, 150)
_WHITE: Final = QColor("#FFFFFF")
_WAYS: Final = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
_CURSORS: Final = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor, (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor, (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor, (0, 1): Qt.CursorShape.SizeVerCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor, (1, 0): Qt.CursorShape.SizeHorCursor,
}  # fmt: skip


class CropCanvas(QWidget):
    """``picture`` is upright; what is chosen is a ``Shape`` of it."""

    changed = Signal()

    def __init__(self, picture: QPixmap, shape: Shape) -> None:
        super().__init__()
        self._upright = picture
        self._quarters, self._ratio = 0, 0.0
        self._picture = picture
        self._frame = Frame.around(Part(), 1, 1, 1)
        self._held: Handle | None = None
        self._moving: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._take(shape)

    def sizeHint(self) -> QSize:
        """Room to see something."""
        return QSize(680, 460)

    def minimumSizeHint(self) -> QSize:
        """On a small screen, too."""
        return QSize(320, 220)

    # --- what is chosen -------------------------------------------------------------------

    @property
    def shape_chosen(self) -> Shape:
        """How the photo is to be turned and cut."""
        return Shape(self._quarters, _tidy(self._frame.part))

    @property
    def ratio(self) -> float:
        """Width by height that the frame keeps; 0 when it is free."""
        return self._ratio

    @property
    def own_ratio(self) -> float:
        """Of the whole picture as it is turned now."""
        return self._picture.width() / self._picture.height()

    def turn(self, quarters: int, ratio: float | None = None) -> None:
        """Turn the picture and the frame with it, clockwise; ``ratio``: what it keeps then."""
        self._take(self.shape_chosen.turned(quarters))
        self.keep_ratio(self._ratio if ratio is None else ratio)

    def keep_ratio(self, ratio: float) -> None:
        """From now on the frame has this ratio."""
        self._ratio = ratio
        if not ratio or abs(self._frame.width - self._frame.height * ratio) > 1:
            self._frame = self._frame.fitted(ratio)
        self._moved()

    def start_over(self) -> None:
        """The photo as it was taken."""
        self._take(Shape())
        self.keep_ratio(0.0)

    def _take(self, shape: Shape) -> None:
        self._quarters = shape.quarters
        turn = QTransform().rotate(90 * shape.quarters)
        self._picture = self._upright.transformed(turn) if shape.quarters else self._upright
        wide, high = self._picture.width(), self._picture.height()
        self._frame = Frame.around(shape.part, wide, high, _LEAST * max(wide, high))
        self._moved()

    def _moved(self) -> None:
        self.update()
        self.changed.emit()

    # --- places ---------------------------------------------------------------------------

    def picture_box(self) -> QRectF:
        """Where the picture lies."""
        size = QSizeF(self._picture.size())
        room = QSizeF(self.size()) - QSizeF(2 * _EDGE, 2 * _EDGE)
        size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(QPointF(), size)
        box.moveCenter(QRectF(self.rect()).center())
        return box

    def frame_box(self) -> QRectF:
        """Where the frame lies."""
        box, frame = self.picture_box(), self._frame
        zoom = box.width() / frame.wide
        return QRectF(box.left() + frame.left * zoom, box.top() + frame.top * zoom,
                      frame.width * zoom, frame.height * zoom)  # fmt: skip

    def handle_at(self, handle: Handle) -> QPointF:
        """Where it is held."""
        box = self.frame_box()
        return QPointF(box.center().x() + handle[0] * box.width() / 2,
                       box.center().y() + handle[1] * box.height() / 2)  # fmt: skip

    def _meant(self, point: QPointF) -> Handle | None:
        far = {each: (self.handle_at(each) - point).manhattanLength() for each in HANDLES}
        nearest = min(HANDLES, key=lambda each: far[each])
        return nearest if far[nearest] <= _NEAR else None

    def _in_picture(self, point: QPointF) -> QPointF:
        box = self.picture_box()
        return (point - box.topLeft()) * (self._frame.wide / box.width())

    # --- painting -------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, what is cut off darker, the frame in thirds, its handles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box, frame = self.picture_box(), self.frame_box()
        painter.drawPixmap(box, self._picture, QRectF(self._picture.rect()))
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), frame.top() - box.top()), _DARK)
        painter.fillRect(QRectF(box.left(), frame.bottom(), box.width(),
                                box.bottom() - frame.bottom()), _DARK)  # fmt: skip
        painter.fillRect(QRectF(box.left(), frame.top(), frame.left() - box.left(),
                                frame.height()), _DARK)  # fmt: skip
        painter.fillRect(QRectF(frame.right(), frame.top(), box.right() - frame.right(),
                                frame.height()), _DARK)  # fmt: skip
        self._paint_frame(painter, frame)
        painter.end()

    def _paint_frame(self, painter: QPainter, frame: QRectF) -> None:
        painter.setPen(QPen(QColor(255, 255, 255, 110), 1))
        for third in (1 / 3, 2 / 3):
            x, y = frame.left() + frame.width() * third, frame.top() + frame.height() * third
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
        painter.setPen(QPen(QColor(20, 18, 15, 160), 3))
        painter.drawRect(frame)
        painter.setPen(QPen(theme.color("brand") if self.hasFocus() else _WHITE, 1.5))
        painter.drawRect(frame)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ink, wide in ((QColor(20, 18, 15, 160), 6.0), (_WHITE, 4.0)):
            pen = QPen(ink, wide)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            for handle in HANDLES:
                self._paint_handle(painter, handle, frame)

    def _paint_handle(self, painter: QPainter, handle: Handle, frame: QRectF) -> None:
        at, (along, below) = self.handle_at(handle), handle
        arm = min(_ARM, frame.width() / 4, frame.height() / 4)
        if along and below:
            painter.drawLine(at, at - QPointF(along * arm, 0))
            painter.drawLine(at, at - QPointF(0, below * arm))
        elif along:
            painter.drawLine(at - QPointF(0, arm / 2), at + QPointF(0, arm / 2))
        else:
            painter.drawLine(at - QPointF(arm / 2, 0), at + QPointF(arm / 2, 0))

    # --- pointer and keys -----------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle, or of the whole frame."""
        point = event.position()
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus()
            self._held = self._meant(point)
            if self._held is None and self.frame_box().contains(point):
                self._moving = self._in_picture(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull or carry what is held; show what could be."""
        at = self._in_picture(event.position())
        if self._held is not None:
            self._frame = self._frame.dragged(self._held, at.x(), at.y(), self._ratio)
            self._moved()
        elif self._moving is not None:
            by, self._moving = at - self._moving, at
            self._frame = self._frame.moved(by.x(), by.y())
            self._moved()
        else:
            self._point_at(event.position())

    def _point_at(self, point: QPointF) -> None:
        meant, inside = self._meant(point), self.frame_box().contains(point)
        usual = Qt.CursorShape.SizeAllCursor if inside else Qt.CursorShape.ArrowCursor
        self.setCursor(_CURSORS[meant] if meant is not None else usual)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._held = self._moving = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows carry the frame, with Shift they pull its right and lower side."""
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        frame, step = self._frame, _STEP * max(self._frame.wide, self._frame.high)
        right, down = way[0] * step, way[1] * step
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            x, y = frame.left + frame.width + right, frame.top + frame.height + down
            self._frame = frame.dragged((abs(way[0]), abs(way[1])), x, y, self._ratio)
        else:
            self._frame = frame.moved(right, down)
        self._moved()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame shows where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.update()


def _tidy(part: Part) -> Part:
    """A frame that was pulled to the edges, but for less than a pixel, is the whole."""
    whole = min(part.width, part.height) > 1 - 1e-3
    return Part() if whole else part
