"""Holds: what a member asked to be kept is kept, exactly as far as there is stock, or let go.

Keeping needs the relay, which alone knows what other counters have kept; without it what is
asked for waits, and is kept or refused when the line is back.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from console.desk.hold_list import HoldItem
from console.domain.holds import DEFAULT_HOURS
from console.store import overlay_trade
from console.sync.http import Offline
from console.wire.commands import (
    AskHold,
    CollectHold,
    Command,
    ConfirmHold,
    ExtendHold,
    ReleaseHold,
)
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk

_SCOPE: Final = "trade"


class HoldsDesk:
    """``HoldsPort`` for the staff member of one station."""

    def __init__(self, inbox: InboxDesk) -> None:
        self._inbox = inbox

    async def keep(self, hold: str, hours: float = DEFAULT_HOURS) -> datetime | None:
        """Keep what was asked for so long; until when, ``None``: the relay has not answered yet.

        Raises ``Refusal`` (``stock.none``) and ``Offline``, which change nothing.
        """
        out = self._inbox.outgoing
        if not out.is_up:
            raise Offline
        command = ConfirmHold(client_id=hold, hours=hours)
        answer = await out.call(command, lane=overlay_trade.hold_lane(hold), scope=_SCOPE, key=hold)
        if not isinstance(answer, dict):
            return None
        until = answer.get("expires_at")
        return datetime.fromisoformat(until) if isinstance(until, str) else until

    async def keep_for(
        self, hold: str, member_id: int, variant_id: int, hours: float = DEFAULT_HOURS
    ) -> datetime | None:
        """Ask for one unit by the name ``hold`` and keep it so long; until when.

        ``None``: the relay has not answered yet, both wait in the outbox.  Raises ``Refusal``
        (``stock.none``: it is asked for no more; ``hold.state``: it is kept already, or over).
        """
        ask = AskHold(client_id=hold, member_id=member_id, variant_id=variant_id)
        out, lane = self._inbox.outgoing, overlay_trade.hold_lane(hold)
        if not out.is_up:
            for command in (ask, ConfirmHold(client_id=hold, hours=hours)):
                await out.queue(command, lane=lane, scope=_SCOPE, key=hold)
            return None
        await out.call(ask, lane=lane, scope=_SCOPE, key=hold)
        try:
            return await self.keep(hold, hours)
        except Offline:
            await out.queue(
                ConfirmHold(client_id=hold, hours=hours), lane=lane, scope=_SCOPE, key=hold
            )
            return None
        except Refusal as refusal:
            if refusal.code == Code.STOCK_NONE:
                await out.queue(ReleaseHold(client_id=hold), lane=lane, scope=_SCOPE, key=hold)
            raise

    async def all_of_shop(self) -> list[HoldItem]:
        """What is asked for, kept, or ran out in the last days, with what waits here laid over."""
        return await self._inbox.all_holds()

    async def extend(self, hold: str, until: datetime) -> None:
        """Keep it until another time, still to come; waits for the line.  Raises ``Refusal``."""
        await self._step(ExtendHold(client_id=hold, expires_at=until), hold)

    async def collect(self, hold: str) -> None:
        """She took it; waits for the line.  Raises ``Refusal``."""
        await self._step(CollectHold(client_id=hold, at=datetime.now(UTC)), hold)

    async def let_go(self, hold: str) -> None:
        """Say no to what was asked for, or keep it no longer; waits for the line.

        Raises ``Refusal``.
        """
        await self._step(ReleaseHold(client_id=hold), hold)

    async def _step(self, command: Command, hold: str) -> None:
        out, lane = self._inbox.outgoing, overlay_trade.hold_lane(hold)
        send = out.call if out.is_up else out.queue
        await send(command, lane=lane, scope=_SCOPE, key=hold)
