"""Settings of the shop: read with what waits in the outbox, changed by the owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.store import overlay_settings, replica_queries
from console.store.overlay_settings import LaidSetting
from console.store.replica import Connection
from console.wire.commands import SetSetting
from console.wire.errors import Code, Refusal
from console.wire.rows import SettingRow, ShopRow

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station


class ShopSettings:
    """The settings of one station's shop."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox

    async def read(self, *keys: str) -> tuple[ShopRow | None, list[LaidSetting]]:
        """The shop (``None`` before it has come) and the settings of those keys."""
        entries = self._station.outbox.entries
        shop, rows = await self._station.read(_rows, self._inbox.me.shop_id)
        return shop, [overlay_settings.laid_over(rows, entries, key) for key in keys]

    async def set(self, key: str, value: Any, base_rev: int, *, public: bool = False) -> None:
        """Queue a change based on ``base_rev`` (0: whatever stands).

        A refused change of the same setting is given up for it.  Raises ``Refusal`` (owners only).
        """
        if self._inbox.me.role != "owner":
            raise Refusal(Code.COMMAND_DENIED)
        _, (known,) = await self.read(key)
        if known.failed is not None:
            await self.discard(known.failed.position)
        elif known.waiting:
            base_rev = 0  # what one changed oneself and has not heard of is no conflict
        command = SetSetting(key=key, value=value, public=public, base_rev=base_rev)
        await self._inbox.outgoing.queue(command, lane=overlay_settings.lane(key), scope="shop")

    async def discard(self, entry: int) -> None:
        """Give up a refused change and what waited for it."""
        await self._station.change_outbox(self._station.outbox.discard, entry)


def _rows(db: Connection, shop_id: int) -> tuple[ShopRow | None, list[SettingRow]]:
    shop: ShopRow | None = replica_queries.one(db, "shop", shop_id)
    return shop, replica_queries.table_rows(db, "setting")
