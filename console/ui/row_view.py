"""A list of rows of different heights, painted by a delegate, for very many rows.

Qt's own list asks every row for its size before it shows one; here heights come in bulk
and positions are sums of them, so 100,000 rows cost milliseconds.  Whatever is inserted,
removed or resized, the row at the top of the window stays where it is, or the last one
at the bottom when the view was there (``follow_end``).
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QScrollBar,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from console.ui import theme

Measure = Callable[[int, int, int], Sequence[int]]
"""Heights of rows ``first`` .. ``last`` (exclusive) at a given width."""
_Index = QModelIndex | QPersistentModelIndex
_BAR_WIDTH: Final = 9


class QTableView(QAbstractItemView):
    """Named so that Qt shows the rows to screen readers.

    Qt finds the speaker of a widget by the name of its class or one above it, and has none for
    ``QAbstractItemView``.  The one for this name (rows as cells of a table, their text from the
    model's ``AccessibleTextRole``) asks nothing that every item view does not answer.
    """


class RowView(QTableView):
    """The list; give it a model, a delegate and a ``measure``."""

    moved = Signal()
    """The rows on screen are others than before (scrolled, resized or changed)."""

    def __init__(
        self, measure: Measure, ground: str = "surface", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ground = ground
        self.end_margin = 0
        """Empty pixels below the last row."""
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._measure = measure
        self._tops: list[int] = [0]
        self._hovered = -1
        self._beside = False
        self._anchor: tuple[QPersistentModelIndex, int] | None = None
        self._was_at_end = False
        self.follow_end = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setMinimumHeight(48)
        own = self.verticalScrollBar()
        own.valueChanged.connect(self._bar.setValue)
        own.valueChanged.connect(lambda _: self.moved.emit())
        self._bar.valueChanged.connect(own.setValue)

    # --- the model ------------------------------------------------------------------------

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802
        """Show another model."""
        super().setModel(model)
        if model is None:
            return
        for about in (
            model.rowsAboutToBeInserted,
            model.rowsAboutToBeRemoved,
            model.rowsAboutToBeMoved,
            model.layoutAboutToBeChanged,
        ):
            about.connect(self._remember)
        model.rowsInserted.connect(self._on_inserted)
        model.rowsRemoved.connect(self._on_removed)
        model.rowsMoved.connect(self._on_moved)
        model.layoutChanged.connect(self.relayout)
        self.relayout()

    def reset(self) -> None:
        """All rows are others."""
        super().reset()
        self._anchor = None
        self.relayout()

    def dataChanged(  # noqa: N802
        self, top: _Index, bottom: _Index, roles: Sequence[int] = ()
    ) -> None:
        """Measure those rows again; paint only them when no height changed."""
        first, last = top.row(), bottom.row() + 1
        if not 0 <= first < last < len(self._tops):
            return
        heights = list(self._measure(first, last, self._row_width()))
        old = [self._tops[row + 1] - self._tops[row] for row in range(first, last)]
        if heights == old:
            begin, high = self._tops[first], self._tops[last] - self._tops[first]
            begin -= self.verticalOffset()
            self.viewport().update(QRect(0, begin, self.viewport().width(), high))
        else:
            self._remember()
            self._splice(first, last, heights)
        seen = self.visible_rows()
        if first < seen.stop and last > seen.start:
            # Qt paints everything for rows nobody sees.
            super().dataChanged(top, bottom, list(roles))

    def _on_inserted(self, _parent: _Index, first: int, last: int) -> None:
        self._splice(first, first, self._measure(first, last + 1, self._row_width()))

    def _on_removed(self, _parent: _Index, first: int, last: int) -> None:
        self._splice(first, last + 1, ())

    def _on_moved(self, _from: _Index, first: int, last: int, _to: _Index, before: int) -> None:
        """Push down, or up, what it passed; only rows that moved are measured again."""
        tops, many = self._tops, last + 1 - first
        cuts = (before, first, last + 1) if before < first else (first, last + 1, before)
        upper, lower = tops[cuts[0] : cuts[1]], tops[cuts[1] : cuts[2]]
        down, up = tops[cuts[2]] - tops[cuts[1]], tops[cuts[1]] - tops[cuts[0]]
        tops[cuts[0] : cuts[2]] = [top - up for top in lower] + [top + down for top in upper]
        begin = before if before < first else before - many
        self._splice(begin, begin + many, self._measure(begin, begin + many, self._row_width()))
        self.viewport().update()

    def _splice(self, first: int, last: int, heights: Sequence[int]) -> None:
        """Put rows of these heights in the place of rows ``first`` .. ``last`` (exclusive)."""
        sums = list(accumulate(heights, initial=self._tops[first]))
        shift = sums[-1] - self._tops[last]
        if shift:
            sums += [top + shift for top in self._tops[last + 1 :]]
            last = len(self._tops)
        self._tops[first : last + 1] = sums
        self._place(first)

    def _remember(self, *_: object) -> None:
        """Note what must not move: the end, or the row at the top of the window."""
        if self._anchor is not None:
            return
        self._was_at_end = self.at_end()
        row = self.row_at(self.verticalOffset())
        model = self.model()
        if model is not None and 0 <= row < model.rowCount():
            offset = self.verticalOffset() - self._tops[row]
            self._anchor = (QPersistentModelIndex(model.index(row, 0)), offset)

    def relayout(self, *_: object) -> None:
        """Measure everything and put the remembered row back in its place."""
        model = self.model()
        count = model.rowCount() if model is not None else 0
        heights = self._measure(0, count, self._row_width()) if count else ()
        self._tops = list(accumulate(heights, initial=0))
        self._place()

    def _place(self, first: int = 0) -> None:
        """Scroll to what was remembered; paint from row ``first`` on, where things changed."""
        anchor, self._anchor = self._anchor, None
        was_at_end, self._was_at_end = self._was_at_end, False
        self.updateGeometries()  # a bar that appears comes back here
        bar = self.verticalScrollBar()
        if self.follow_end and was_at_end:
            bar.setValue(bar.maximum())
        elif anchor is not None and anchor[0].isValid() and anchor[0].row() + 1 < len(self._tops):
            bar.setValue(self._tops[anchor[0].row()] + anchor[1])
        top = max(0, self._tops[first] - self.verticalOffset())
        self.viewport().update(QRect(0, top, self.width(), self.height()))
        self.moved.emit()

    # --- geometry -------------------------------------------------------------------------

    def keep_bar_beside(self) -> None:
        """Give the scroll bar pixels of its own, so that scrolling can move what is painted.

        Rows are laid out as wide as before; where there is a bar it hides their last pixels.
        """
        self._beside = True
        self.updateGeometries()
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _row_width(self) -> int:
        return self.viewport().width() + self.viewportMargins().right()

    def total_height(self) -> int:
        """Pixels of all rows."""
        return self._tops[-1]

    def row_at(self, y: int) -> int:
        """The row at a height of the whole list; -1 when there is none."""
        if not 0 <= y < self._tops[-1]:
            return -1
        return bisect_right(self._tops, y) - 1

    def visible_rows(self) -> range:
        """Rows of which at least one pixel is in the window."""
        top = self.verticalOffset()
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, top + self.viewport().height() - 1)
        return range(first, min(last, len(self._tops) - 1))

    def at_end(self) -> bool:
        """Whether the last row is fully in the window."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 4

    def visualRect(self, index: _Index) -> QRect:  # noqa: N802
        """Where a row is in the window."""
        row = index.row()
        if not index.isValid() or row + 1 >= len(self._tops):
            return QRect()
        top = self._tops[row] - self.verticalOffset()
        return QRect(0, top, self._row_width(), self._tops[row + 1] - self._tops[row])

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802
        """The row under a point of the window."""
        row = self.row_at(point.y() + self.verticalOffset())
        model = self.model()
        return model.index(row, 0) if model is not None and row >= 0 else QModelIndex()

    def scrollTo(  # noqa: N802
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into the window."""
        rect = self.visualRect(index)
        if rect.isNull():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif rect.top() < 0 or hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() >= height or hint == QAbstractItemView.ScrollHint.PositionAtBottom:
            bar.setValue(bar.value() + rect.bottom() - height + 1)

    def verticalOffset(self) -> int:  # noqa: N802
        """How far the list is scrolled."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:  # noqa: N802
        """Rows are as wide as the window."""
        return 0

    def isIndexHidden(self, _index: _Index) -> bool:  # noqa: N802
        """No row is ever hidden."""
        return False

    def updateGeometries(self) -> None:  # noqa: N802
        """Fit the scroll bar to the rows."""
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setSingleStep(24)
        bar.setPageStep(max(1, height - 40))
        bar.setRange(0, max(0, self._tops[-1] + self.end_margin - height))
        self._bar.setPageStep(bar.pageStep())
        self._bar.setRange(0, bar.maximum())
        self._bar.setValue(bar.value())
        self._bar.setVisible(bar.maximum() > 0)
        beside = _BAR_WIDTH if self._beside and bar.maximum() else 0
        if self.viewportMargins().right() != beside:
            self.setViewportMargins(0, 0, beside, 0)
        self._bar.setGeometry(self.width() - _BAR_WIDTH, 0, _BAR_WIDTH, self.height())
        super().updateGeometries()

    # --- moving and selecting -------------------------------------------------------------

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The row that a key leads to."""
        model = self.model()
        count = model.rowCount() if model is not None else 0
        if not count:
            return QModelIndex()
        move = QAbstractItemView.CursorAction
        page = max(1, len(self.visible_rows()) - 1)
        steps = {move.MoveUp: -1, move.MoveDown: 1, move.MovePageUp: -page, move.MovePageDown: page}
        row = self.currentIndex().row()
        if action == move.MoveHome:
            row = 0
        elif action == move.MoveEnd:
            row = count - 1
        elif row < 0:
            row = self.visible_rows().start
        else:
            row += steps.get(action, 0)
        return model.index(min(max(row, 0), count - 1), 0)

    def setSelection(  # noqa: N802
        self, rect: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        """Select what lies under a rectangle's centre (one row at a time)."""
        index = self.indexAt(rect.center())
        selection = QItemSelection(index, index) if index.isValid() else QItemSelection()
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """What to repaint when the selection changes."""
        region = QRegion()
        for index in selection.indexes():
            region = region.united(self.visualRect(index))
        return region

    # --- events ---------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again when the width changed."""
        self._remember()
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.relayout()
        else:
            self._place()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Move what is painted already; only the gap is painted anew."""
        self.viewport().scroll(dx, dy)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Remember which row is under the pointer."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        model = self.model()
        before, self._hovered = self._hovered, row
        for changed in {before, row} if before != row and model is not None else ():
            if changed >= 0:
                self.viewport().update(self.visualRect(model.index(changed, 0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the delegate paint the rows in the exposed part."""
        painter = QPainter(self.viewport())
        try:
            self.paint_rows(painter, event)
        finally:
            # A painter left active by an error takes the whole program with it.
            painter.end()

    def paint_rows(self, painter: QPainter, event: QPaintEvent) -> None:
        """Paint the rows in the exposed part."""
        model = self.model()
        painter.fillRect(event.rect(), theme.color(self._ground))
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        focused = self.currentIndex().row() if self.hasFocus() else -1
        chosen = {index.row() for index in self.selectionModel().selectedIndexes()}
        delegate, region, tops = self.itemDelegate(), event.region(), self._tops
        width, offset = self._row_width(), self.verticalOffset()
        for row in self.visible_rows():
            option.rect = QRect(0, tops[row] - offset, width, tops[row + 1] - tops[row])
            if region.intersects(option.rect):
                option.state = _state(row in chosen, row == self._hovered, row == focused)
                delegate.paint(painter, option, model.index(row, 0))


@functools.cache
def _state(selected: bool, hovered: bool, focused: bool) -> QStyle.StateFlag:
    state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Active
    for holds, flag in (
        (selected, QStyle.StateFlag.State_Selected),
        (hovered, QStyle.StateFlag.State_MouseOver),
        (focused, QStyle.StateFlag.State_HasFocus),
    ):
        state |= flag if holds else QStyle.StateFlag.State_None
    return state
