"""The conversation list: all ids, and of the rows only those that were looked at.

Rows are fetched in windows around what a view asks for; a list of 100,000 holds
100,000 integers.  Changes move rows instead of resetting, so that the selection and
the place in the list survive.  QtCore only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Signal

from console import roles
from console.desk.ports import InboxPort
from console.desk.types import Changed, ConversationFilter, ConversationItem
from console.models.moves import differing, moves_between

Spawn = Callable[[Coroutine[Any, Any, Any]], object]
_WINDOW: Final = 60
_KEPT: Final = 2_000
_MOVED_ONE_BY_ONE: Final = 64
_LONG: Final = 5_000
"""Rows of a list that is not compared between two turns of the loop."""
_HIGH: Final[tuple[ConversationFilter, ...]] = ("waiting", "snoozed")
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Order:
    """A list as it shall be, with the row of each id, and how it differs from the one shown.

    ``rows`` is ``None`` when only a few rows changed places.
    """

    ids: list[int]
    rows: dict[int, int] | None
    gone: set[int]
    new: list[int]


def _order(ids: list[int], shown: dict[int, int]) -> _Order:
    rows = _rows_of(ids)
    return _Order(ids, rows, shown.keys() - rows.keys(), [i for i in ids if i not in shown])


def _rows_of(ids: Sequence[int]) -> dict[int, int]:
    return {number: row for row, number in enumerate(ids)}


class ConversationModel(QAbstractListModel):
    """Rows of the list; ``failed`` when the ids could not be read.

    Attributes:
        pinned: the open conversation; once shown it stays in its place even when it no longer
            belongs (answered, read), until another one is open or another list is asked for.
        speak: makes a row's sentence for screen readers.
        removing: rows are leaving just now, so a view's moving selection is nobody's choice.
    """

    refreshed = Signal()
    failed = Signal()

    def __init__(self, port: InboxPort, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._port, self._spawn = port, spawn
        self._beside = ThreadPoolExecutor(1, "list order")
        self._ids: list[int] = []
        self._rows: dict[int, int] = {}
        self._tall: frozenset[int] = frozenset()
        self._items: dict[int, ConversationItem] = {}
        self._stale: set[int] = set()
        self._wanted: set[int] = set()
        self._fetching = False
        self._refreshing = False
        self._again = False
        self.filter: ConversationFilter = "waiting"
        self.query = ""
        self.loaded = False
        self.pinned = 0
        self.removing = False
        self._shown: tuple[ConversationFilter, str] = ("waiting", "")
        self.speak: Callable[[ConversationItem | None], str] = _title

    # --- what views read ------------------------------------------------------------------

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many conversations match."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = 0) -> Any:
        """``ITEM``, ``ROW_ID`` and, for screen readers, the title."""
        row = index.row()
        if not index.isValid() or not 0 <= row < len(self._ids):
            return None
        number = self._ids[row]
        if role == roles.ROW_ID:
            return number
        if role == roles.ITEM:
            return self._item(row, number)
        if role == 0:
            return _title(self._items.get(number))
        if role == roles.SPOKEN:
            return self.speak(self._item(row, number))
        return None

    def row_of(self, conversation_id: int) -> int:
        """Row of a conversation, -1 when it is not in the list."""
        return self._rows.get(conversation_id, -1)

    def id_at(self, row: int) -> int:
        """Conversation in a row, 0 outside."""
        return self._ids[row] if 0 <= row < len(self._ids) else 0

    def item(self, conversation_id: int) -> ConversationItem | None:
        """The row of a conversation, if it was looked at."""
        return self._items.get(conversation_id)

    def heights(self, first: int, last: int, plain: int, tall: int) -> list[int]:
        """``tall`` for rows that wait or are put off, else ``plain``, without fetching."""
        high = self._tall
        return [tall if number in high else plain for number in self._ids[first:last]]

    # --- asking ---------------------------------------------------------------------------

    def show(self, which: ConversationFilter, query: str = "") -> None:
        """Show another part of the list."""
        if (which, query) != (self.filter, self.query):
            self.filter, self.query = which, query
            self.refresh()

    def pin(self, conversation_id: int) -> None:
        """This conversation is open now; the one before may leave the list."""
        if conversation_id != self.pinned:
            self.pinned = conversation_id
            self.refresh()

    def refresh(self) -> None:
        """Read the order again; calls during a reading are gathered into one more."""
        if self._refreshing:
            self._again = True
            return
        self._refreshing = True
        self._spawn(self._refresh())

    def apply(self, changed: Changed) -> None:
        """Take notice of changed rows."""
        if changed.everything:
            self._stale.update(self._items)
        else:
            self._stale.update(changed.conversations)
            if changed.members:
                self._stale.update(
                    number
                    for number, item in self._items.items()
                    if item.member_id in changed.members
                )
        self.refresh()

    async def _refresh(self) -> None:
        try:
            self._again = True
            while self._again:
                self._again = False
                asked = (self.filter, self.query)
                ids = await self._port.conversation_ids(*asked)
                tall = await self._high(ids, asked)
                if asked != (self.filter, self.query):
                    continue
                order = await self._compare(self._with_pinned(ids, asked))
                if asked == (self.filter, self.query):
                    self._arrange(order, tall)
        except Exception:
            self.failed.emit()
            raise
        finally:
            self._refreshing = False

    async def _compare(self, ids: list[int]) -> _Order:
        """What is new in a list; a long one is compared beside the loop.

        Mostly a few rows near its beginning changed places: then nothing as long as the list is
        made, whose going alone would hold up the window for milliseconds.
        """
        if self._is_near(ids):
            return _Order(ids, None, set(), [])
        if len(ids) > _LONG:
            # One thread for all of them: each that ever held such a list keeps 10 MB for itself.
            return await asyncio.wrap_future(self._beside.submit(_order, ids, self._rows))
        return _order(ids, self._rows)

    def _is_near(self, ids: list[int]) -> bool:
        if not self.loaded or len(ids) != len(self._ids):
            return False
        first, last = differing(self._ids, ids)
        return last - first <= _LONG and set(self._ids[first:last]) == set(ids[first:last])

    async def _high(self, ids: list[int], asked: tuple[str, str]) -> frozenset[int]:
        """Those with more to say than others: who waits, who reminds, who is put off."""
        found: set[int] = set()
        for which in _HIGH:
            known = asked == (which, "")
            found.update(ids if known else await self._port.conversation_ids(which))
        return frozenset(found)

    def _with_pinned(self, ids: list[int], asked: tuple[ConversationFilter, str]) -> list[int]:
        """The open conversation keeps its place in the list it was opened from."""
        same, self._shown = asked == self._shown, asked
        row = self._rows.get(self.pinned, -1)
        if not same or row < 0 or self.pinned in ids:
            return ids
        return [*ids[:row], self.pinned, *ids[row:]]

    # --- moving rows ----------------------------------------------------------------------

    def _arrange(self, order: _Order, tall: frozenset[int]) -> None:
        if len(order.gone) + len(order.new) > _MOVED_ONE_BY_ONE or not self.loaded:
            self.beginResetModel()
            self._set(order.ids, order.rows or _rows_of(order.ids), tall)
            self.endResetModel()
        else:
            self._remove(order.gone)
            self._append(order.new)
            self._permute(order, tall)
        self.loaded = True
        self._touch_stale()
        self.refreshed.emit()

    def _set(self, ids: list[int], rows: dict[int, int], tall: frozenset[int]) -> None:
        self._ids, self._rows, self._tall = ids, rows, tall

    def _remove(self, gone: set[int]) -> None:
        for row in sorted((self._rows[number] for number in gone), reverse=True):
            self.removing = True
            self.beginRemoveRows(QModelIndex(), row, row)
            ids = self._ids[:row] + self._ids[row + 1 :]
            self._set(ids, _rows_of(ids), self._tall)
            self.endRemoveRows()
            self.removing = False

    def _append(self, new: Sequence[int]) -> None:
        if new:
            count = len(self._ids)
            self.beginInsertRows(QModelIndex(), count, count + len(new) - 1)
            ids = [*self._ids, *new]
            self._set(ids, _rows_of(ids), self._tall)
            self.endInsertRows()

    def _permute(self, order: _Order, tall: frozenset[int]) -> None:
        """Move the few rows that moved, or arrange the list anew when they are many."""
        moves = moves_between(self._ids, order.ids, _MOVED_ONE_BY_ONE)
        if moves is None:
            self._arrange_anew(order, tall)
            return
        others = tall ^ self._tall
        self._tall = tall
        for source, target in moves:
            # Qt names the row in front of which it shall stand, as things are before the move.
            before = target + 1 if target > source else target
            self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), before)
            self._ids.insert(target, self._ids.pop(source))
            self.endMoveRows()
        if order.rows is not None:
            self._rows = order.rows
        elif moves:
            first, last = min(map(min, moves)), max(map(max, moves)) + 1
            self._rows.update(zip(self._ids[first:last], range(first, last), strict=True))
        self._emit(sorted(self._rows[number] for number in others if number in self._rows))

    def _arrange_anew(self, order: _Order, tall: frozenset[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        numbers = [self._ids[index.row()] for index in held]
        self._set(order.ids, order.rows or _rows_of(order.ids), tall)
        self.changePersistentIndexList(
            held, [self.index(self._rows[number], 0) for number in numbers]
        )
        self.layoutChanged.emit()

    # --- fetching rows --------------------------------------------------------------------

    def _item(self, row: int, number: int) -> ConversationItem | None:
        item = self._items.get(number)
        if item is None or number in self._stale:
            for near in self._ids[max(0, row - 10) : row + _WINDOW - 10]:
                if near not in self._items or near in self._stale:
                    self._wanted.add(near)
            self._fetch()
        return item

    def _touch_stale(self) -> None:
        """Fetch changed rows that are kept; the view shows the old ones until then."""
        known = self._stale & self._items.keys() & self._rows.keys()
        if known and len(known) <= _WINDOW * 2:
            self._wanted |= known
            self._fetch()
        elif known:
            self._emit(sorted(self._rows[number] for number in known))

    def _fetch(self) -> None:
        if self._wanted and not self._fetching:
            self._fetching = True
            self._spawn(self._fetch_wanted())

    async def _fetch_wanted(self) -> None:
        try:
            while self._wanted:
                asked = list(self._wanted)[: _WINDOW * 4]
                self._wanted.difference_update(asked)
                self._stale.difference_update(asked)
                items = await self._port.conversations(asked)
                self._keep(items)
                self._emit(sorted({self._rows[i.id] for i in items if i.id in self._rows}))
        finally:
            self._fetching = False

    def _keep(self, items: list[ConversationItem]) -> None:
        for item in items:
            self._items[item.id] = item
        if len(self._items) > _KEPT:
            recent = {item.id for item in items}
            spare = [number for number in self._items if number not in recent]
            for number in spare[: len(self._items) - _KEPT]:
                del self._items[number]

    def _emit(self, rows: list[int]) -> None:
        start = 0
        for place, row in enumerate(rows):
            if place + 1 == len(rows) or rows[place + 1] != row + 1:
                self.dataChanged.emit(self.index(rows[start], 0), self.index(row, 0))
                start = place + 1


def _title(item: ConversationItem | None) -> str:
    return item.title if item is not None else ""
