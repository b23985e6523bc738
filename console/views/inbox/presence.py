"""Tells colleagues which conversation is looked at here, and shows where they are."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from console.desk.ports import WritingPort
from console.desk.types import Typing
from console.ui.colleagues import ColleaguesBar
from console.ui.tasks import Tasks

BEAT_MS: Final = 40_000
"""How often a console tells again that it still looks: signals are never stored."""


class Presence(QObject):
    """One per inbox."""

    def __init__(self, port: WritingPort, tasks: Tasks, bar: ColleaguesBar, me: int) -> None:
        super().__init__(bar)
        self._port, self._tasks, self._bar, self._me = port, tasks, bar, me
        self._conversation = 0
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._tell)

    def look(self, conversation_id: int) -> None:
        """Another conversation is shown here (0: none)."""
        if conversation_id == self._conversation:
            return
        self._leave()
        self._conversation = conversation_id
        self._bar.forget()
        if conversation_id:
            self._tell()
            self._beat.start()

    def hear(self, signal: Typing) -> None:
        """A signal of anybody; a new viewer is told who looks already."""
        here = signal.conversation_id == self._conversation and self._conversation
        if not here or signal.sender_kind != "staff" or signal.sender_id == self._me:
            return
        known = self._bar.knows(signal.sender_id)
        self._bar.hear(signal.kind, signal.sender_id, signal.name, on=signal.on)
        if signal.on and not known:
            self._tell()

    def _tell(self) -> None:
        self._tasks.spawn(self._port.viewing(self._conversation, on=True))

    def _leave(self) -> None:
        self._beat.stop()
        if self._conversation:
            self._tasks.spawn(self._port.viewing(self._conversation, on=False))

    async def close_down(self) -> None:
        """Nobody looks here any more."""
        self._beat.stop()
        if self._conversation:
            await self._port.viewing(self._conversation, on=False)
            self._conversation = 0
