"""Keeps what goes with the words of replies: per conversation at hand, and with the desk.

At hand with its pictures, so that going to and fro shows it at once; with the desk, so that it
is there again when the program opens, however it ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject

from console.desk.ports import BegunPort
from console.ui.tasks import Tasks
from console.ui.timers import once
from console.views.inbox.unsent import Unsent, restored

_SAVE_MS: Final = 120


class UnsentReplies(QObject):
    """``shown`` says which conversation is written to, and what goes with the words there.

    Attributes:
        turn: held while messages are made of a reply: they decide what of it is left.
    """

    def __init__(
        self, port: BegunPort, tasks: Tasks, shown: Callable[[], tuple[int, Unsent]],
        parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._port, self._tasks, self._shown = port, tasks, shown
        self._left: dict[int, Unsent] = {}
        self._known: set[int] = set()
        self.turn = asyncio.Lock()
        self._soon = once(self, _SAVE_MS, lambda: self._tasks.spawn(self.save()))

    def leave(self, conversation_id: int, unsent: Unsent) -> None:
        """Another conversation is written to."""
        self._left[conversation_id] = unsent
        self.changed()

    def take(self, conversation_id: int) -> Unsent:
        """It is written to again."""
        return self._left.pop(conversation_id, Unsent())

    def changed(self) -> None:
        """Something of what is shown, or of what was left, is new."""
        if not self._soon.isActive():
            self._soon.start()

    async def load(self, conversation_id: int) -> Unsent | None:
        """What the desk has of it, the first time it is asked for; else ``None``."""
        if not conversation_id or conversation_id in self._known:
            return None
        found = await self._port.reply(conversation_id)
        unsent = await restored(found)
        if conversation_id in self._known:
            return None
        self._known.add(conversation_id)
        if conversation_id != self._shown()[0]:
            self._left[conversation_id] = unsent.with_more(self.take(conversation_id))
            return None
        return unsent

    async def save(self) -> None:
        """Hand everything to the desk, which writes what is new."""
        async with self.turn:
            here, now = self._shown()
            for each, unsent in [*self._left.items(), (here, now)]:
                if each in self._known:
                    await self._port.keep_reply(each, unsent.begun())

    async def drop_copies(self, unsent: Unsent) -> None:
        """It is sent: our own copies are not needed."""
        media = (*unsent.photos, unsent.voice, unsent.video)
        for each in media:
            if each is not None and each.copy is not None:
                await self._port.drop(each.copy)

    async def flush(self) -> None:
        """Before everything ends."""
        self._soon.stop()
        await self.save()
