"""The shop itself: hours, the address that phones use, and one more computer for a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.desk.shop_settings import ShopSettings
from console.desk.types import Value
from console.domain.hours import Hours
from console.store.outbox import NewEntry
from console.wire.commands import CreatePairCode
from console.wire.rows import ADDRESS_SETTING, HOURS_SETTING

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station


class ShopFacts(Value, frozen=True, kw_only=True):
    """What a poster says.

    Attributes:
        hours: when it is open.
        address: where phones reach the shop from everywhere; "" for its own network only.
        address_rev: ``rev`` of that setting, 0 without one.
    """

    name: str
    hours: Hours
    address: str = ""
    address_rev: int = 0


class ShopDesk:
    """What settings may ask and change."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._settings = station, ShopSettings(station, inbox)

    async def facts(self) -> ShopFacts | None:
        """Name, hours and address; ``None`` before the shop's row has come."""
        shop, (address, hours) = await self._settings.read(ADDRESS_SETTING, HOURS_SETTING)
        if shop is None:
            return None
        daily = Hours.daily(shop.timezone, shop.opens, shop.closes)
        return ShopFacts(
            name=shop.name, hours=Hours.read(hours.value, daily),
            address=address.value if isinstance(address.value, str) else "",
            address_rev=address.rev,
        )  # fmt: skip

    async def save_address(self, url: str) -> None:
        """Remember where phones reach the shop ("": its own network only), on every console.

        Queued like any change; owners only.  Raises ``Refusal``.
        """
        facts = await self.facts()
        if facts is None or facts.address != url:
            base_rev = facts.address_rev if facts is not None else 0
            await self._settings.set(ADDRESS_SETTING, url, base_rev, public=True)

    async def pair_code(self) -> tuple[str, int] | None:
        """A code that signs in on one more computer, and the seconds it lives.

        ``None`` when the relay does not answer.  Raises ``Refusal``.
        """
        entry = NewEntry(name=CreatePairCode.name, body=b"{}", lane="account")
        answer = await self._station.pump.call(entry)
        return (str(answer["code"]), int(answer["expires_s"])) if answer else None
