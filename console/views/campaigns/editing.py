"""The draft that is open: changed by the page's parts, kept all the time, undone and redone.

Knows no widget.  What another console saves comes in while nothing here waits to be kept.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from console.desk.campaign_types import CampaignDraft, CampaignItem, DraftVariant
from console.desk.campaigns_port import CampaignsPort
from console.ui.tasks import Tasks
from console.ui.timers import once

_SAVE_MS: Final = 250
_ONE_STEP_S: Final = 1.2
_STEPS: Final = 200


class Editing(QObject):
    """One campaign; its parts read ``draft`` and call ``change``."""

    changed = Signal()
    """The draft, or which of its versions is edited, is another one."""
    stood = Signal()
    """Its state, counts or what is said about it changed."""
    kept = Signal()
    """Everything written is durable."""
    gone = Signal()
    """It was removed, here or elsewhere."""

    def __init__(self, port: CampaignsPort, tasks: Tasks) -> None:
        super().__init__()
        self._port, self._tasks = port, tasks
        self.client_id = ""
        self.draft = CampaignDraft()
        self.item: CampaignItem | None = None
        self._at = 0
        self._undo: list[CampaignDraft] = []
        self._redo: list[CampaignDraft] = []
        self._last: tuple[str, float] = ("", 0.0)
        self._dirty = False
        self._turn, self._look = asyncio.Lock(), asyncio.Lock()
        self._timer = once(self, _SAVE_MS, self.keep)

    # --- which ----------------------------------------------------------------------------

    async def open(self, client_id: str) -> bool:
        """Show another campaign; false when it is gone."""
        await self.flush()
        item = await self._port.one(client_id)
        if item is None:
            return False
        self.client_id, self.item, self.draft, self._at = client_id, item, item.draft, 0
        self._undo, self._redo, self._dirty = [], [], False
        self.changed.emit()
        self.stood.emit()
        return True

    async def refresh(self) -> None:
        """It may stand otherwise now."""
        # One after the other: what was read earlier never shows later.
        async with self._look:
            asked = self.client_id
            item = await self._port.one(asked) if asked else None
            self._take_in(asked, item)

    def _take_in(self, asked: str, item: CampaignItem | None) -> None:
        if asked != self.client_id or not asked:
            return
        if item is None:
            self.client_id = ""
            self.gone.emit()
            return
        before, self.item = self.item, item
        if item.state != "draft":
            self._undo, self._redo = [], []
        theirs = not item.mine and not self._dirty and not self._turn.locked()
        if theirs and item.draft != self.draft:
            self.draft = item.draft
            self._at = min(self._at, len(self.draft.variants) - 1)
            self.changed.emit()
        if before != item:
            self.stood.emit()

    @property
    def editable(self) -> bool:
        """Whether words and photos may still be changed."""
        return self.item is not None and self.item.state == "draft"

    # --- its versions ---------------------------------------------------------------------

    @property
    def at(self) -> int:
        """Which version is edited."""
        return self._at

    @property
    def variant(self) -> DraftVariant:
        """The version that is edited."""
        return self.draft.variants[self._at]

    def show_variant(self, number: int) -> None:
        """Edit another version."""
        self._at = number
        self._last = ("", 0.0)
        self.changed.emit()

    def change_variant(self, what: str, **facts: object) -> None:
        """Change the version that is edited."""
        every = list(self.draft.variants)
        every[self._at] = replace(self.variant, **facts)
        self.change(f"{what}{self._at}", variants=tuple(every))

    # --- changing -------------------------------------------------------------------------

    def change(self, what: str, **facts: object) -> None:
        """Change the draft; changes of the same ``what`` in a row are one step to undo."""
        draft = replace(self.draft, **facts)
        if draft == self.draft or not self.editable:
            return
        now = time.monotonic()
        name, at = self._last
        if not what or what != name or now - at > _ONE_STEP_S:
            self._undo = [*self._undo, self.draft][-_STEPS:]
        self._last = (what, now)
        self._redo = []
        self._take(draft)

    async def amend(
        self, client_id: str, what: str, change: Callable[[CampaignDraft], CampaignDraft]
    ) -> None:
        """Change the versions of a draft that is open, or was when the work for it began."""
        if client_id == self.client_id:
            self.change(what, variants=change(self.draft).variants)
            return
        item = await self._port.one(client_id)
        if item is not None and item.state == "draft":
            await self._port.save(client_id, change(item.draft), item.rev)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo) and self.editable

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._redo) and self.editable

    def undo(self) -> None:
        """Take the newest step back."""
        if self.can_undo:
            self._redo.append(self.draft)
            self._step(self._undo.pop())

    def redo(self) -> None:
        """Do it again."""
        if self.can_redo:
            self._undo.append(self.draft)
            self._step(self._redo.pop())

    def use(self, draft: CampaignDraft) -> None:
        """Put another version's words and photos in, as one step."""
        self.change("", title=draft.title, variants=draft.variants, rule=draft.rule,
                    offer=draft.offer, question=draft.question)  # fmt: skip

    def _step(self, draft: CampaignDraft) -> None:
        self._last = ("", 0.0)
        self._take(draft)

    def _take(self, draft: CampaignDraft) -> None:
        self.draft = draft
        self._at = min(self._at, len(draft.variants) - 1)
        self._dirty = True
        self._timer.start()
        self.changed.emit()

    # --- keeping --------------------------------------------------------------------------

    @property
    def saving(self) -> bool:
        """Whether something written is not durable yet."""
        return self._dirty or self._turn.locked()

    def keep(self) -> None:
        """Make durable what was written."""
        if self._dirty:
            self._tasks.spawn(self.flush())

    async def arrived(self) -> CampaignDraft:
        """The draft as the relay has it, with its photos by their names there.

        Waits until all of it is there, or refused.
        """
        asked, moved = self.client_id, asyncio.Event()
        stop = self._port.on_changed(moved.set)
        try:
            await self.flush()
            while True:
                moved.clear()
                item = await self._port.one(asked)
                if item is None or not item.waiting or item.failure:
                    return item.draft if item is not None else self.draft
                await moved.wait()
        finally:
            stop()

    async def flush(self, *, drop_beside: bool = False) -> None:
        """Make durable what was written, and wait for it."""
        self._timer.stop()
        async with self._turn:
            if not self._dirty and not drop_beside:
                return
            self._dirty = False
            rev = self.item.rev if self.item is not None else 0
            try:
                await self._port.save(self.client_id, self.draft, rev, drop_beside=drop_beside)
            except BaseException:
                self._dirty = True
                raise
        self.kept.emit()
