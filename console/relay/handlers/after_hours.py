"""The automatic answer to a member who writes while the shop is shut."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from console.domain import after_hours
from console.domain.after_hours import AutoReply
from console.domain.hours import Hours
from console.relay.handlers.threads import Appender, Thread
from console.relay.handlers.told import texts
from console.store import opening
from console.store.unit_of_work import Transaction
from console.wire.rows import AUTO_REPLY_SETTING


@dataclass(slots=True)
class Answering:
    """Whether members are answered automatically, found out for one batch."""

    tx: Transaction
    reply: AutoReply
    hours: dict[int, Hours]

    @classmethod
    def load(cls, tx: Transaction) -> Answering:
        """One small query where it is off, one more where it is on."""
        reply = AutoReply.read(opening.setting(tx.connection, AUTO_REPLY_SETTING))
        return cls(tx, reply, opening.hours_by_shop(tx.connection) if reply.on else {})

    def answer(self, appender: Appender, thread: Thread) -> None:
        """Say it right behind what a member just wrote, once while the shop is shut."""
        hours = self.hours.get(thread.row.shop_id)
        if hours is None or not after_hours.is_due(hours, thread.auto_replied_at, self.tx.now):
            return
        body = after_hours.words(
            self.reply.own_words, texts("auto_reply", self.reply.language), hours, self.tx.now
        )
        if body:
            # By chance: nobody can take the name of an answer that is not given yet.
            appender.append_automatic(thread, f"auto-{uuid4().hex}", body)
