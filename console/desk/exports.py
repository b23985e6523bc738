"""Members' names leave the program with the owner only, and the operation log says so.

What is recorded is a command in the outbox before anything is written: durable, also offline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.wire.commands import ReportLook
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk


class ExportsDesk:
    """``ExportsPort`` for the staff member of one station."""

    def __init__(self, inbox: InboxDesk) -> None:
        self._inbox = inbox

    @property
    def allowed(self) -> bool:
        """Whether she who sits here may take members' names along."""
        return self._inbox.me.role == "owner"

    async def record(self, what: str, *, names: bool = True) -> None:
        """Put it into the operation log, also offline; ``what`` in at most 200 characters.

        Raises ``Refusal`` where there are ``names`` in it that she may not take along.
        """
        if names and not self.allowed:
            raise Refusal(Code.COMMAND_DENIED)
        look = ReportLook(what="export", reason=what)
        await self._inbox.outgoing.queue(look, lane="access", scope="")
