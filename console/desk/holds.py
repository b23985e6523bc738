"""Holds: what a member asked to be kept is kept, exactly as far as there is stock, or let go.

Keeping needs the relay, which alone knows what other counters have kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from console.sync.http import Offline
from console.wire.commands import ConfirmHold, ReleaseHold

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk

_SCOPE: Final = "trade"


class HoldsDesk:
    """``HoldsPort`` for the staff member of one station."""

    def __init__(self, inbox: InboxDesk) -> None:
        self._inbox = inbox

    async def keep(self, hold: str) -> datetime | None:
        """Keep what was asked for; until when, ``None``: the relay has not answered yet.

        Raises ``Refusal`` (``stock.none``) and ``Offline``, which change nothing.
        """
        out = self._inbox.outgoing
        if not out.is_up:
            raise Offline
        command = ConfirmHold(client_id=hold)
        answer = await out.call(command, lane=_lane(hold), scope=_SCOPE, key=hold)
        if not isinstance(answer, dict):
            return None
        until = answer.get("expires_at")
        return datetime.fromisoformat(until) if isinstance(until, str) else until

    async def let_go(self, hold: str) -> None:
        """Say no to what was asked for, or keep it no longer; waits for the line.

        Raises ``Refusal``.
        """
        out, command = self._inbox.outgoing, ReleaseHold(client_id=hold)
        if out.is_up:
            await out.call(command, lane=_lane(hold), scope=_SCOPE, key=hold)
        else:
            await out.queue(command, lane=_lane(hold), scope=_SCOPE, key=hold)


def _lane(hold: str) -> str:
    return f"hold/{hold}"
