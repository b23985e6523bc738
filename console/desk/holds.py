"""Holds: what a member asked to be kept is kept, exactly as far as there is stock, or let go.

Keeping needs the relay, which alone knows what other counters have kept; without it what is
asked for waits, and is kept or refused when the line is back.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from console.store import overlay_trade
from console.sync.http import Offline
from console.wire.commands import AskHold, ConfirmHold, ReleaseHold
from console.wire.errors import Code, Refusal

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
        answer = await out.call(command, lane=overlay_trade.hold_lane(hold), scope=_SCOPE, key=hold)
        if not isinstance(answer, dict):
            return None
        until = answer.get("expires_at")
        return datetime.fromisoformat(until) if isinstance(until, str) else until

    async def keep_for(self, hold: str, member_id: int, variant_id: int) -> datetime | None:
        """Ask for one unit by the name ``hold`` and keep it; until when.

        ``None``: the relay has not answered yet, both wait in the outbox.  Raises ``Refusal``
        (``stock.none``: it is asked for no more; ``hold.state``: it is kept already, or over).
        """
        ask = AskHold(client_id=hold, member_id=member_id, variant_id=variant_id)
        out, lane = self._inbox.outgoing, overlay_trade.hold_lane(hold)
        if not out.is_up:
            for command in (ask, ConfirmHold(client_id=hold)):
                await out.queue(command, lane=lane, scope=_SCOPE, key=hold)
            return None
        await out.call(ask, lane=lane, scope=_SCOPE, key=hold)
        try:
            return await self.keep(hold)
        except Offline:
            await out.queue(ConfirmHold(client_id=hold), lane=lane, scope=_SCOPE, key=hold)
            return None
        except Refusal as refusal:
            if refusal.code == Code.STOCK_NONE:
                await out.queue(ReleaseHold(client_id=hold), lane=lane, scope=_SCOPE, key=hold)
            raise

    async def let_go(self, hold: str) -> None:
        """Say no to what was asked for, or keep it no longer; waits for the line.

        Raises ``Refusal``.
        """
        out, command = self._inbox.outgoing, ReleaseHold(client_id=hold)
        if out.is_up:
            await out.call(command, lane=overlay_trade.hold_lane(hold), scope=_SCOPE, key=hold)
        else:
            await out.queue(command, lane=overlay_trade.hold_lane(hold), scope=_SCOPE, key=hold)
