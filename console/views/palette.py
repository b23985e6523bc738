"""Ctrl+K: one field over the whole window that finds members, conversations, words and actions.

Shows what was found while it is typed; the newest query wins, an answer to an older one is
dropped.  What is chosen is told by signals; the palette knows no other screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from console.desk.find import KEPT_DAYS, Found, FoundGroup, FoundMember, FoundMessage
from console.desk.find_port import FindPort
from console.desk.offer_types import CouponItem
from console.models.find_model import FindModel, FindRow
from console.ui import find_delegate, theme
from console.ui.clock import ShopClock
from console.ui.find_field import FindField
from console.ui.i18n import translate
from console.ui.notices import EmptyState
from console.ui.row_view import RowView
from console.ui.tasks import Tasks
from console.ui.timers import once
from console.ui.widgets import IconLabel, LineLabel, frame, label, rule, snug, speaks
from console.views.palette_rows import RECENT, Again, Entry, More, at_first, found_rows, page_rows

_DELAY_MS: Final = 60
_WIDTH, _HEIGHT = 680, 620
_ROOM: Final = 40
_EMPTY_HEIGHT: Final = 240
_END: Final = 8
"""Empty pixels below the last row."""


class Palette(QWidget):
    """Covers its window while it is open.

    Attributes:
        query: what the rows that are shown were found for.
    """

    message_chosen = Signal(int, int, tuple)
    """Conversation, seq and the ``Places`` of its hits."""
    conversation_chosen = Signal(int)
    member_chosen = Signal(int)

    def __init__(
        self, port: FindPort, clock: ShopClock, entries: Callable[[], Sequence[Entry]],
        window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._port, self._clock, self._entries = port, clock, entries
        self._below = window
        self._before: QWidget | None = None
        self._offered: Sequence[Entry] = ()
        self._recent: list[str] = []
        self._number = 0
        self.query = ""
        self._opens_first = False
        self.tasks = Tasks(self)
        self.tasks.failed.connect(lambda _: self._say_failed())
        self.field = FindField()
        self.model = FindModel(self)
        self.list = RowView(self._heights)
        self.list.setItemDelegate(find_delegate.FindDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.end_margin = _END
        self.list.setModel(self.model)
        self.empty = EmptyState("search")
        self._remark, self._keys = LineLabel("tiny"), label("tiny")
        self._waiting = once(self, _DELAY_MS, self._ask)
        self._arrange()
        self._connect()
        self._speak()
        self.hide()

    def _arrange(self) -> None:
        self.card = frame("palette")
        self.card.setParent(self)
        column, top, foot = QVBoxLayout(self.card), QHBoxLayout(), QHBoxLayout()
        snug(column)
        snug(top, 18, 4, 12, 4, spacing=8)
        top.addWidget(IconLabel("search", 20, "ink_faint"))
        top.addWidget(self.field, 1)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        snug(foot, 18, 8, 18, 9, spacing=16)
        foot.addWidget(self._remark, 1)
        foot.addWidget(self._keys)
        self._around = (top, foot)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(body, 1)
        column.addWidget(rule())
        column.addLayout(foot)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._typed)
        self.field.moved.connect(self._move)
        self.field.entered.connect(self._enter)
        self.field.left.connect(self.dismiss)
        self.list.clicked.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(self._tell_current)
        self.empty.button.clicked.connect(self._ask)

    def _heights(self, first: int, last: int, _width: int) -> list[int]:
        rows = (self.model.row(number) for number in range(first, last))
        return [find_delegate.height_of(row.kind) for row in rows if row is not None]

    # --- open and shut --------------------------------------------------------------------

    def toggle(self) -> None:
        """Open it, or leave it when it is open."""
        if self.isVisible():
            self.dismiss()
        else:
            self.open()

    def open(self) -> None:
        """Show it empty, with what can be done now."""
        self._before = self._below.window().focusWidget()
        self._offered = self._entries()
        self._below.installEventFilter(self)
        self.setGeometry(self._below.rect())
        self.field.clear()
        self._show_first()
        self.show()
        self.raise_()
        self._place()
        self.field.setFocus()

    def dismiss(self) -> None:
        """Back to where the keyboard was."""
        self._waiting.stop()
        self._number += 1
        self._below.removeEventFilter(self)
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()

    async def close_down(self) -> None:
        """End what is being asked."""
        self._waiting.stop()
        await self.tasks.close()

    # --- asking ---------------------------------------------------------------------------

    def _typed(self) -> None:
        self._number += 1
        self._opens_first = False
        if self.field.text().strip():
            self._waiting.start()
        else:
            self._waiting.stop()
            self._show_first()

    def _ask(self) -> None:
        self._waiting.stop()
        self._number += 1
        self.tasks.spawn(self._find(self.field.text().strip(), self._number))

    async def _find(self, query: str, number: int) -> None:
        found = await self._port.find(query)
        if number == self._number:
            self._show_found(query, found)
            if self._opens_first:
                self._choose(self.list.currentIndex())

    async def _go_on(self, more: More, number: int) -> None:
        page = await self._port.more_messages(self.query, more.before)
        at = next((n for n in self.model.choosable() if self._value(n) == more), -1)
        if number == self._number and at >= 0:
            self.model.put(at, page_rows(page, self._clock))
            self._select(at)

    # --- showing --------------------------------------------------------------------------

    def _show_first(self) -> None:
        self.query = ""
        self._show(at_first(self._recent, self._offered))
        self._say_remark(whole=True)

    def _show_found(self, query: str, found: Found) -> None:
        self.query = query
        self._show(found_rows(found, query, self._offered, self._clock))
        self._say_remark(whole=found.whole)

    def _show(self, rows: Sequence[FindRow]) -> None:
        self.model.show(rows)
        self.list.verticalScrollBar().setValue(0)
        if not rows:
            self.empty.say(
                translate("Palette", "Nothing found"),
translate("Palette", "Names, pinyin, phone ends, tags and words count."),
                icon="search",
            )  # fmt: skip
        self._stack.setCurrentIndex(0 if rows else 1)
        choosable = self.model.choosable()
        if choosable and self.query:
            self._select(choosable[0], reveal=False)
        self._place()

    def _say_failed(self) -> None:
        self.model.show(())
        self.empty.say(
            translate("Palette", "The search could not be read"),
            translate("Palette", "Nothing is lost. Try again."),
            translate("Palette", "Try again"),
            "warning",
        )
        self._stack.setCurrentIndex(1)
        self._place()

    def _say_remark(self, *, whole: bool) -> None:
        if not self.query:
            words = translate("Palette", "Searches what this console keeps, also without a line")
        elif not whole:
            words = translate("Palette", "Still fetching: not everything is found yet")
        else:
            words = translate(
                "Palette", "Searches {n} days of messages; older ones are on the relay"
            )
            words = words.format(n=KEPT_DAYS)
        self._remark.say(words)

    def _place(self) -> None:
        """As high as what it shows, within the window."""
        room = self.rect().adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM)
        width = min(_WIDTH, room.width())
        needed = self.list.total_height() + _END if self.model.rowCount() else _EMPTY_HEIGHT
        around = sum(part.sizeHint().height() for part in self._around) + 4
        height = min(needed + around, _HEIGHT, room.height())
        top = min(max(_ROOM, self.height() // 9), self.height() - _ROOM - height)
        self.card.setGeometry((self.width() - width) // 2, max(top, 8), width, height)

    # --- moving and choosing --------------------------------------------------------------

    def _select(self, row: int, *, reveal: bool = True) -> None:
        index = self.model.index(row, 0)
        self.list.setCurrentIndex(index)
        if reveal:
            self.list.scrollTo(index)

    def _move(self, action: QAbstractItemView.CursorAction) -> None:
        """Over headings, to the next row that can be chosen."""
        rows = self.model.choosable()
        if not rows:
            return
        here = self.list.currentIndex().row()
        at = rows.index(here) if here in rows else -1
        move = QAbstractItemView.CursorAction
        page = max(1, len(self.list.visible_rows()) - 2)
        steps = {move.MoveUp: -1, move.MoveDown: 1, move.MovePageUp: -page, move.MovePageDown: page}
        if action == move.MoveHome:
            at = 0
        elif action == move.MoveEnd:
            at = len(rows) - 1
        else:
            at = min(max(at + steps[action], 0), len(rows) - 1)
        self._select(rows[at])
        if at == 0:
            self.list.verticalScrollBar().setValue(0)

    def _value(self, row: int) -> object:
        found = self.model.row(row)
        return None if found is None else found.value

    def _tell_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        """The keyboard stays in the field: it speaks for the row that Enter would open."""
        row = self.model.row(current.row())
        self.field.setAccessibleDescription("" if row is None else row.spoken)

    def _enter(self) -> None:
        """Open what is chosen; before the answer is here, the first of what it will be."""
        if self.query == self.field.text().strip():
            self._choose(self.list.currentIndex())
            return
        if self._waiting.isActive():
            self._ask()
        self._opens_first = True

    def _choose(self, index: QModelIndex) -> None:
        value = self._value(index.row())
        if isinstance(value, Again):
            self.field.setText(value.query)
        elif isinstance(value, More):
            self.tasks.spawn(self._go_on(value, self._number))
        elif value is not None:
            self._remember()
            self.dismiss()
            self._carry_out(value)

    def _carry_out(self, value: object) -> None:
        if isinstance(value, FoundMessage):
            self.message_chosen.emit(value.conversation_id, value.seq, value.places)
        elif isinstance(value, FoundGroup):
            self.conversation_chosen.emit(value.conversation_id)
        elif isinstance(value, FoundMember | CouponItem):
            self.member_chosen.emit(value.member_id)
        elif isinstance(value, Entry):
            value.run()

    def _remember(self) -> None:
        """Earlier searches of whoever sits here, until she leaves; on no disk."""
        if self.query:
            others = [query for query in self._recent if query != self.query]
            self._recent = [self.query, *others][:RECENT]

    # --- events ---------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._below.rect())
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """What lies below is put in the shade."""
        shade = theme.color("shadow")
        shade.setAlpha(90)
        painter = QPainter(self)
        painter.fillRect(self.rect(), shade)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside it leaves it."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.dismiss()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.setAccessibleName(translate("Palette", "Find"))
        self.field.setPlaceholderText(
            translate("Palette", "Members, conversations, words, screens, actions")
        )
        self.field.setAccessibleName(translate("Palette", "Find anything"))
        self.list.setAccessibleName(translate("Palette", "Found"))
        self._keys.setText(translate("Palette", "↑↓ choose · Enter opens · Esc leaves"))
