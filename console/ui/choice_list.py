"""A short list to choose from: two lines each, a picture in front, something at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from console.ui import draw, fonts, icons, pictures, theme
from console.ui.widgets import plain_tip

ROW: Final = 50
_PICTURE: Final = 40.0
_ICON: Final = 20
_CHOICE: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Choice:
    """One row; ``value`` is what it stands for, ``picture`` is asked for while painting.

    ``icon``: stands in the place of a picture that there is none of.
    """

    value: Any
    title: str
    below: str = ""
    beside: str = ""
    picture: Callable[[], QPixmap | None] | None = None
    icon: str = ""


class _Delegate(QStyledItemDelegate):
    """Paints rows."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All rows are alike."""
        return QSize(200, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:  # fmt: skip
        """Paint one."""
        choice, shown = index.data(_CHOICE), option
        box = QRectF(shown.rect).adjusted(0, 1, 0, -1)
        state = shown.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(box, 8, 8)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(box, 8, 8)
        self._words(painter, box.adjusted(10, 0, -10, 0), choice)
        painter.restore()

    def _words(self, painter: QPainter, box: QRectF, choice: Choice) -> None:
        if choice.picture is not None:
            place = QRectF(box.left() - 4, box.center().y() - _PICTURE / 2, _PICTURE, _PICTURE)
            shown = choice.picture()
            pictures.paint(painter, place, shown)
            if shown is None and choice.icon:
                _paint_icon(painter, place, choice.icon)
            box.setLeft(place.right() + 10)
        small = fonts.font(theme.TINY_PX)
        ink, faint = theme.color("ink"), theme.color("ink_soft")
        beside = round(draw.width_of(choice.beside, theme.TINY_PX)) + 2 if choice.beside else 0
        right = QRectF(box.right() - beside, box.top() + 4, beside, 22)
        draw.text_line(painter, right, choice.beside, small, theme.color("accent_ink"),
                       Qt.AlignmentFlag.AlignRight)  # fmt: skip
        room = round(box.width()) - beside - 8
        title = draw.elided(choice.title, theme.BODY_PX, room, 600)
        first = QRectF(box.left(), box.top() + 4, room, 22)
        draw.text_line(painter, first, title, fonts.font(theme.BODY_PX, 600), ink)
        below = draw.elided(" ".join(choice.below.split()), theme.TINY_PX, round(box.width()))
        second = QRectF(box.left(), box.top() + 25, box.width(), 18)
        draw.text_line(painter, second, below, small, faint)


def _paint_icon(painter: QPainter, place: QRectF, name: str) -> None:
    box = QRectF(0, 0, _ICON, _ICON)
    box.moveCenter(place.center())
    icons.icon(name, _ICON, theme.color("ink_soft")).paint(painter, box.toRect())


class ChoiceList(QListWidget):
    """Arrows move, Enter or a click chooses."""

    chosen = Signal(object)
    """The value of a row."""

    def __init__(self, rows_shown: int) -> None:
        super().__init__()
        self._rows_shown = rows_shown
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(ROW)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show these, the first one current."""
        self.clear()
        for choice in choices:
            item = QListWidgetItem()
            item.setData(_CHOICE, choice)
            said = filter(None, (choice.title, choice.beside, choice.below))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ". ".join(said))
            item.setToolTip(plain_tip(choice.below))
            self.addItem(item)
        self.setCurrentRow(0 if choices else -1)
        self.setFixedHeight(ROW * max(1, min(self._rows_shown, len(choices))))

    def sizeHint(self) -> QSize:
        """As high as what it shows."""
        return QSize(360, self.height())

    def step(self, by: int) -> None:
        """Up or down, around the ends."""
        if self.count():
            self.setCurrentRow((self.currentRow() + by) % self.count())

    @property
    def value(self) -> Any:
        """Of the current row; ``None`` without one."""
        item = self.currentItem()
        return item.data(_CHOICE).value if item is not None else None

    @property
    def titles(self) -> list[str]:
        """What is offered."""
        return [self.item(row).data(_CHOICE).title for row in range(self.count())]

    def choose(self) -> None:
        """Take the current row."""
        if self.value is not None:
            self.chosen.emit(self.value)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click takes a row."""
        super().mouseReleaseEvent(event)
        item = self.itemAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and item is not None:
            self.chosen.emit(item.data(_CHOICE).value)
