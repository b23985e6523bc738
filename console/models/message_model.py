"""One conversation's timeline: a window of its messages, growing both ways.

Holds at most ``MOST`` messages; what is scrolled far away is let go and read again when
it comes near.  Changes are applied as inserted, removed and changed rows.  QtCore only.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Signal

from console import roles
from console.desk.ports import InboxPort
from console.desk.types import MessageItem, TimelineWindow
from console.models import lines
from console.models.lines import Line

Spawn = Callable[[Coroutine[Any, Any, Any]], object]
Speak = Callable[[int, MessageItem | None, datetime | None], str]
"""Makes a line's sentence for screen readers, from its kind, its message and its time."""
PAGE: Final = 60
MOST: Final = 400
_NEWEST: Final = -1
"""What is jumped to is no message but the end."""
_Index = QModelIndex | QPersistentModelIndex


class MessageModel(QAbstractListModel):
    """Rows of the open conversation, oldest first."""

    opened = Signal()
    """The newest page of a conversation just opened is in."""
    grown = Signal(int)
    """So many messages of the member came in at the end."""
    arrived = Signal(int)
    """What was jumped to is in the window (or its place, while it is fetched): its seq."""
    continued = Signal()
    """The page after the last row was read."""
    ended = Signal()
    """The newest page is in, which was jumped to."""
    failed = Signal()

    def __init__(self, port: InboxPort, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._port, self._spawn = port, spawn
        self.zone: tzinfo = UTC
        self.speak: Speak | None = None
        self.conversation_id = 0
        self.loading = False
        self._items: list[MessageItem] = []
        self._lines: list[Line] = []
        self._unread_after: int | None = None
        self._has_older = False
        self._older_on_relay = False
        self._fetching_older = False
        self.has_newer = False
        self._refreshing = False
        self._again = False
        self._jumping = 0
        self._reads = 0
        """Grows whenever another part of the conversation came into the window."""
        self.at_end = True
        """The view shows the newest row, so that rows far above may be let go."""
        self.applying = False
        """Rows are being changed: only some of them are here, and no page may be asked for."""

    # --- what views read ------------------------------------------------------------------

    def rowCount(self, parent: _Index | None = None) -> int:
        """Lines, dividers included."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = 0) -> Any:
        """The line's parts; for screen readers the words."""
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == roles.LINE:
            return line.kind
        if role == roles.ITEM:
            return line.state if line.kind == roles.LINE_OLDER else line.item
        if role == roles.LINE_AT:
            return line.at
        if role == roles.JOINED:
            return line.joined
        if role == 0 and line.item is not None:
            return f"{line.item.sender_name}: {line.item.body}"
        if role == roles.SPOKEN and self.speak is not None:
            return self.speak(line.kind, line.item, line.at)
        return None

    @property
    def items(self) -> tuple[MessageItem, ...]:
        """The messages in the window, oldest first."""
        return tuple(self._items)

    @property
    def last_seq(self) -> int:
        """Newest seq in the window, 0 when nothing is there."""
        return max((item.seq for item in self._items), default=0)

    def row_of_seq(self, seq: int) -> int:
        """Row of a message or of its place, -1 when it is not in the window."""
        return next(
            (row for row, line in enumerate(self._lines) if line.item and line.item.seq == seq), -1
        )

    def row_of_key(self, key: str) -> int:
        """Row of a bubble, -1 when it is not in the window."""
        return next((row for row, line in enumerate(self._lines) if line.key == key), -1)

    @property
    def has_gaps(self) -> bool:
        """Whether the place of a message in the window is still empty."""
        return any(item.placeholder for item in self._items)

    def unread_row(self) -> int:
        """Row of the unread divider, -1 without one."""
        return next(
            (row for row, line in enumerate(self._lines) if line.kind == roles.LINE_UNREAD), -1
        )

    # --- asking ---------------------------------------------------------------------------

    def open(self, conversation_id: int, at_seq: int = 0) -> None:
        """Show another conversation (0: none), its newest messages or those around one."""
        self.conversation_id = conversation_id
        self.beginResetModel()
        self._items, self._lines, self._unread_after = [], [], None
        self._has_older = self._older_on_relay = self.has_newer = False
        self._fetching_older = False
        self.endResetModel()
        self.loading = bool(conversation_id)
        self._jumping = at_seq
        if conversation_id:
            self._spawn(self._open(conversation_id, at_seq))

    async def _open(self, conversation_id: int, at_seq: int) -> None:
        try:
            window = await self._read(conversation_id, at_seq)
        except Exception:
            self.loading = False
            self.failed.emit()
            raise
        if conversation_id != self.conversation_id:
            return
        self.loading = False
        unread = any(item.seq > window.read_seq and not item.mine for item in window.items)
        self._unread_after = window.read_seq if unread else None
        self._take_window(window)
        if at_seq:
            self._arrive(at_seq)
        else:
            self.opened.emit()

    async def _read(self, conversation_id: int, at_seq: int) -> TimelineWindow:
        """The newest page, or one around a message with the places of those not here yet."""
        if not at_seq:
            return await self._port.timeline(conversation_id, 0, PAGE)
        below = at_seq + PAGE // 2 + 1
        return await self._port.timeline(conversation_id, below, PAGE, whole=True)

    def _take_window(self, window: TimelineWindow) -> None:
        self._reads += 1
        highest = max((item.seq for item in window.items), default=window.last_seq)
        self.has_newer = highest < window.last_seq
        self._take(window, list(window.items))

    def jump(self, seq: int) -> None:
        """Bring a message of this conversation into the window, read around it if need be."""
        if self.row_of_seq(seq) >= 0:
            self._arrive(seq)
        elif not self.loading:
            self._jumping = seq
            self._spawn(self._jump(self.conversation_id, seq))

    async def _jump(self, conversation_id: int, seq: int) -> None:
        window = await self._read(conversation_id, seq)
        if (conversation_id, seq) == (self.conversation_id, self._jumping):
            self._take_window(window)
            self._arrive(seq)

    def _arrive(self, seq: int) -> None:
        self._jumping = 0
        self.arrived.emit(seq)
        if self.has_gaps:
            self.refresh()

    def refresh(self) -> None:
        """Read the window again after a change."""
        if not self.conversation_id or self.loading:
            return
        if self._refreshing:
            self._again = True
            return
        self._refreshing = True
        self._spawn(self._refresh())

    async def _refresh(self) -> None:
        try:
            self._again = True
            while self._again:
                self._again = False
                asked = self.conversation_id
                before = self.last_seq + 1 if self.has_newer else 0
                known, reads = self.last_seq, self._reads
                window = await self._port.timeline(asked, before, self._room())
                if asked != self.conversation_id:
                    self._again = bool(self.conversation_id) and not self.loading
                    continue
                if reads != self._reads:
                    self._again = True
                    continue
                joins = not known or any(item.seq == known for item in window.items)
                self._take_grown(window)
                came = sum(1 for item in self._items if item.seq > known and not item.mine)
                if came and joins and not self.has_newer:
                    self.grown.emit(came)
        finally:
            self._refreshing = False

    def _room(self) -> int:
        """How many to read: the window and what may have come, or a page when that is enough."""
        if self.at_end and not self.has_newer and len(self._items) > 2 * PAGE:
            return PAGE
        return len(self._items) + (0 if self.has_newer else PAGE)

    def load_older(self) -> None:
        """Add the page before the first row; harmless when there is none."""
        if self._has_older and not self._fetching_older and not self.loading:
            self._fetching_older = True
            self._rebuild()
            self._spawn(self._older(self.conversation_id))

    async def _older(self, conversation_id: int) -> None:
        try:
            first, reads = next((item.seq for item in self._items if item.seq), 0), self._reads
            window = await self._port.timeline(conversation_id, first, PAGE)
            if conversation_id == self.conversation_id and reads == self._reads:
                self._reads += 1
                items = [*window.items, *self._items]
                if len(items) > MOST:
                    items, self.has_newer = _first(items, MOST), True
                self._fetching_older = False
                self._take(window, items)
        finally:
            if self._fetching_older and conversation_id == self.conversation_id:
                self._fetching_older = False
                self._rebuild()

    def load_newer(self) -> None:
        """Add the page after the last row, when rows there had been let go."""
        if self.has_newer and not self._refreshing:
            self._refreshing = True
            self._spawn(self._newer(self.conversation_id))

    async def _newer(self, conversation_id: int) -> None:
        try:
            last = self.last_seq
            below = last + PAGE + 1
            window = await self._port.timeline(conversation_id, below, PAGE)
            if window.items and (_place(window.items[0]) or 0) > last + 1:
                # What lies between cannot be had just now: its places are shown.
                window = await self._port.timeline(conversation_id, below, PAGE, whole=True)
            if conversation_id != self.conversation_id or last != self.last_seq:
                return
            self._reads += 1
            fresh = [item for item in window.items if (_place(item) or 0) > last]
            items = [*self._items, *fresh]
            reached = max(last, *(item.seq for item in fresh), 0) >= window.last_seq or not fresh
            older = self._has_older or len(items) > MOST
            self._set(_last(items, MOST), has_older=older, on_relay=self._older_on_relay)
            self.has_newer = not reached
            self._again = self._again or reached
        finally:
            self._refreshing = False
        if self._again:
            self.refresh()
        self.continued.emit()

    def jump_to_newest(self) -> None:
        """Read the newest page in place of an old window."""
        if self.has_newer:
            self._jumping = _NEWEST
            self._spawn(self._to_newest(self.conversation_id))

    async def _to_newest(self, conversation_id: int) -> None:
        window = await self._read(conversation_id, 0)
        if (conversation_id, _NEWEST) == (self.conversation_id, self._jumping):
            self._jumping = 0
            self._take_window(window)
            self.ended.emit()

    # --- applying -------------------------------------------------------------------------

    def _take(self, window: TimelineWindow, items: list[MessageItem]) -> None:
        self._set(items, has_older=window.has_older, on_relay=window.older_on_relay)

    def _take_grown(self, window: TimelineWindow) -> None:
        """The window read again: it begins where it began, so that no row above is touched."""
        first = next((item.seq for item in self._items if item.seq), 0)
        inside = first <= 1
        items = [
            item for item in window.items
            if inside or (place := _place(item)) is None or place >= first
        ]  # fmt: skip
        begins = next((item.seq for item in items if item.seq), 0)
        gaps = [item for item in self._items if item.placeholder and 0 < item.seq < begins]
        if gaps:
            self._set([*gaps, *items], has_older=gaps[0].seq > 1, on_relay=True)
        elif len(items) < len(window.items):
            self._set(items, has_older=True, on_relay=False)
        else:
            self._take(window, items)

    def _set(self, items: list[MessageItem], *, has_older: bool, on_relay: bool) -> None:
        self._items = items
        self._has_older, self._older_on_relay = has_older, on_relay
        self._rebuild()

    def _rebuild(self) -> None:
        older: int | None = None
        if self._has_older:
            waits = roles.OLDER_NEEDS_LINE if self._older_on_relay else roles.OLDER_IDLE
            older = roles.OLDER_LOADING if self._fetching_older else waits
        self._apply(lines.build(self._items, self.zone, self._unread_after, older))

    def _apply(self, new: list[Line]) -> None:
        """Turn the old rows into the new ones, from the end, so that numbers stay right."""
        self.applying = True
        for same, i1, i2, j1, j2 in reversed(_differences(self._lines, new)):
            if same:
                self._replace(i1, new[j1:j2])
                continue
            if i2 > i1:
                self.beginRemoveRows(QModelIndex(), i1, i2 - 1)
                del self._lines[i1:i2]
                self.endRemoveRows()
            if j2 > j1:
                self.beginInsertRows(QModelIndex(), i1, i1 + j2 - j1 - 1)
                self._lines[i1:i1] = new[j1:j2]
                self.endInsertRows()
        self.applying = False

    def _replace(self, first: int, new: list[Line]) -> None:
        for offset, line in enumerate(new):
            row = first + offset
            if self._lines[row] != line:
                self._lines[row] = line
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0))


def _place(item: MessageItem) -> int | None:
    """The seq it stands at or behind; ``None`` at the end of everything."""
    return item.seq or item.anchor


def _first(items: Sequence[MessageItem], most: int) -> list[MessageItem]:
    """At least so many from the start, with the notes behind the last of them."""
    cut = _place(items[most - 1]) or 0
    return [item for item in items if (place := _place(item)) is not None and place <= cut]


def _last(items: Sequence[MessageItem], most: int) -> list[MessageItem]:
    """At most so many from the end, beginning with a message when some had to go."""
    kept = list(items[-most:])
    if len(kept) < len(items):
        start = next((place for place, item in enumerate(kept) if item.seq), 0)
        kept = kept[start:]
    return kept


def _differences(old: list[Line], new: list[Line]) -> list[tuple[bool, int, int, int, int]]:
    """Alternately equal and unequal stretches of both, by key; most often only the end differs."""
    old_keys, new_keys = [line.key for line in old], [line.key for line in new]
    head = _equal_at_start(old_keys, new_keys)
    tail = _equal_at_start(old_keys[head:][::-1], new_keys[head:][::-1])
    i2, j2 = len(old_keys) - tail, len(new_keys) - tail
    matcher = difflib.SequenceMatcher(None, old_keys[head:i2], new_keys[head:j2], autojunk=False)
    inner = [
        (what == "equal", head + a1, head + a2, head + b1, head + b2)
        for what, a1, a2, b1, b2 in matcher.get_opcodes()
    ]
    return [
        (True, 0, head, 0, head),
        *inner,
        (True, i2, len(old_keys), j2, len(new_keys)),
    ]


def _equal_at_start(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
