"""Trying a campaign out on phones of the shop's own people; needs the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from console.desk.identity import new_client_id
from console.desk.segments import SegmentMember, members_named
from console.desk.shop_settings import ShopSettings
from console.domain import trials
from console.store import overlay_campaigns, overlay_settings
from console.sync.http import Offline
from console.wire.commands import Command, SetSetting, TryCampaign
from console.wire.rows import TRIAL_SETTING

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station


class TrialsDesk:
    """``TrialsPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._settings = ShopSettings(station, inbox)

    @property
    def may_choose(self) -> bool:
        """Owners say whose phones they are."""
        return self._inbox.me.role == "owner"

    async def phones(self) -> tuple[SegmentMember, ...]:
        """The members who are the shop's own people, in the order they were chosen."""
        _, (laid,) = await self._settings.read(TRIAL_SETTING)
        ids = trials.read(laid.value)
        found = await self._station.read(members_named, ids)
        return tuple(found[each] for each in ids if each in found)

    async def choose(self, member_ids: Sequence[int]) -> None:
        """Say whose they are: known to the relay when this returns.

        Raises ``Refusal``, ``Offline``.
        """
        command = SetSetting(key=TRIAL_SETTING, value=list(member_ids))
        await self._ask(command, overlay_settings.lane(TRIAL_SETTING), "shop", TRIAL_SETTING)

    async def send(self, client_id: str, member_ids: Sequence[int]) -> int:
        """Every version of a draft, as it was last kept, to these phones; 0: not answered yet.

        Raises ``Refusal``, ``Offline``.
        """
        command = TryCampaign(
            client_id=client_id, trial_id=new_client_id(), members=list(member_ids)
        )
        # In the draft's own lane: what was typed just now goes first.
        lane = overlay_campaigns.lane(client_id)
        result = await self._ask(command, lane, "campaigns", client_id)
        return int(result["written"]) if isinstance(result, dict) else 0

    async def _ask(self, command: Command, lane: str, scope: str, key: str) -> Any:
        out = self._inbox.outgoing
        if not out.is_up:
            raise Offline
        return await out.call(command, lane=lane, scope=scope, key=key)
