"""Which new messages are worth a word of the system, and what that word is.

Looks at the conversations that changed, a moment later and all at once: what she read on
another console meanwhile, what is put off or blocked, and what she has before her eyes is
not told; a burst is one notice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal

from console.desk.ports import InboxPort
from console.desk.types import Changed, ConversationItem
from console.ui import phrases, queue_phrases
from console.ui.attention import AttentionChoice
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.timers import once

GATHER_MS: Final = 700
QUIET_MS: Final = 6_000
"""After a notice, new ones are gathered this long."""
_TOLERANCE: Final = timedelta(seconds=30)
"""By so much the relay's clock may be behind this computer's."""
_LONGEST: Final = 90
_MOST: Final = 200
"""More conversations than these at once are a first copy, not members writing."""
_NAMES: Final = 3


@dataclass(frozen=True, slots=True)
class Notice:
    """What the system shows; a click leads to ``conversation_id``."""

    title: str
    words: str
    conversation_id: int


class Notices(QObject):
    """Follows one desk.

    ``before_eyes``: the conversation that is open in an active window, 0 when there is none.
    """

    noticed = Signal(object)
    """A ``Notice``."""
    heard = Signal()
    """Something to be heard, whether notices are shown or not."""

    def __init__(
        self, port: InboxPort, choice: AttentionChoice, clock: ShopClock,
        before_eyes: Callable[[], int], locked: Callable[[], bool], parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._port, self._choice, self._clock = port, choice, clock
        self._before_eyes, self._locked = before_eyes, locked
        self._since = clock.now() - _TOLERANCE
        self._known: dict[int, int] = {}
        self._changed: set[int] = set()
        self._pending: dict[int, tuple[ConversationItem, int]] = {}
        self._tasks = Tasks(self)
        self._gather = once(self, GATHER_MS, self._look)
        self._quiet = once(self, QUIET_MS, self._tell)
        self._unsubscribe = port.on_changed(self._on_changed)

    async def close(self) -> None:
        """Follow no more."""
        self._unsubscribe()
        self._gather.stop()
        self._quiet.stop()
        await self._tasks.close()

    # --- gathering ------------------------------------------------------------------------

    def _on_changed(self, changed: Changed) -> None:
        if self._port.link.progress is not None or "message" not in changed.tables:
            return
        self._changed |= changed.conversations
        if self._changed and not self._gather.isActive():
            self._gather.start()

    def _look(self) -> None:
        changed, self._changed = self._changed, set()
        if len(changed) <= _MOST:
            self._tasks.spawn(self._read(sorted(changed)))

    async def _read(self, changed: list[int]) -> None:
        """Take in what is new; what was pending and is read by now falls out."""
        ids = {*changed, *self._pending}
        items = {item.id: item for item in await self._port.conversations(sorted(ids))}
        news = {each: self._news(items[each]) for each in changed if each in items}
        eyes = self._before_eyes()
        told = [number for number, count in news.items() if count and number != eyes]
        for number in told:
            before = self._pending.get(number, (items[number], 0))[1]
            self._pending[number] = (items[number], before + news[number])
        self._pending = {
            number: (items[number], count)
            for number, (_, count) in self._pending.items()
            if number in items and items[number].unread and number != eyes
        }
        if told:
            self.heard.emit()
            if not self._quiet.isActive():
                self._tell()

    def _news(self, item: ConversationItem) -> int:
        """How many messages a member wrote since the last look that are worth telling of."""
        before, self._known[item.id] = self._known.get(item.id), item.last_seq
        spoke = item.last_message_at
        count = item.last_seq - before if before is not None else (
            int(spoke is not None and spoke >= self._since)
        )  # fmt: skip
        silent = item.blocked or item.sleeps(self._clock.now()) or not item.unread
        if item.preview_sender != "member" or silent or not self._is_wanted(item):
            return 0
        return max(0, min(count, item.unread))

    def _is_wanted(self, item: ConversationItem) -> bool:
        me = self._port.me.staff_id
        if self._choice.notices != "mine":
            return True
        return item.assignee_id == me or (not item.assignee_id and item.waiting_since is not None)

    # --- telling --------------------------------------------------------------------------

    def _tell(self) -> None:
        pending, self._pending = list(self._pending.values()), {}
        if not pending:
            return
        self._quiet.start()
        if self._choice.notices != "none":
            self.noticed.emit(self._notice(pending))

    def _notice(self, pending: list[tuple[ConversationItem, int]]) -> Notice:
        newest = max(pending, key=lambda each: each[0].last_message_at or self._since)[0]
        if self._locked():
            words = translate("Notices", "A member wrote")
            if len(pending) > 1:
                words = translate("Notices", "{n} members wrote").format(n=len(pending))
            return Notice("Hanger 衣架", words, newest.id)
        if len(pending) == 1:
            item, count = pending[0]
            name = queue_phrases.title(item)
            title = f"{name} ({count})" if count > 1 else name
            return Notice(title, _short(phrases.preview(item)), item.id)
        names = [queue_phrases.title(item) for item, _ in pending[:_NAMES]]
        words = translate("Notices", ", ").join(names)
        if len(pending) > _NAMES:
            words = translate("Notices", "{names} and {n} more").format(
                names=words, n=len(pending) - _NAMES
            )
        title = translate("Notices", "{n} members wrote").format(n=len(pending))
        return Notice(title, words, newest.id)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
