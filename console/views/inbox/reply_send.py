"""Makes the messages of a reply, one after another."""

from __future__ import annotations

from datetime import datetime

from console.desk.ports import WritingPort
from console.views.inbox.unsent import Unsent


class Delivery:
    """Queues a reply at once or for a moment (aware, in UTC).

    Attributes:
        conversation_id: where it goes.
        words: of the reply.
        left: what is not queued yet.
    """

    def __init__(
        self, conversation_id: int, words: str, unsent: Unsent, due_at: datetime | None
    ) -> None:
        self.conversation_id, self.words, self.left = conversation_id, words, unsent
        self._due_at = due_at

    async def run(self, writing: WritingPort) -> None:
        """Queue all of it.  Raises what the desk raises; what was queued stays so."""
        if self.left.note:
            await writing.add_note(self.conversation_id, self.words)
            return
        whole, messages = self.left, self.left.messages(self.words)
        for done, message in enumerate(messages, 1):
            left = Unsent() if done == len(messages) else whole.without(done)
            if self._due_at is None:
                await writing.send(self.conversation_id, message, left.begun())
            else:
                await writing.schedule(self.conversation_id, message, self._due_at, left.begun())
            self.left = left
