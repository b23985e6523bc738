"""Fitting rooms: who has which when, booked, moved, settled.

A place is given by the relay, which alone knows what other counters and phones took; without it
what is asked for waits, shown as such, and is granted or refused when the line is back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from console.desk.fitting_types import BoardDay, FittingItem, PickItem, RoomItem
from console.desk.identity import new_client_id
from console.domain import fittings as rules
from console.domain.fittings import Slot, State
from console.domain.hours import Hours
from console.store import overlay_fittings, replica_fittings, replica_queries
from console.store.outbox import Entry
from console.store.overlay_fittings import Laid
from console.store.replica import Connection
from console.store.row_codec import to_ms
from console.sync.http import Offline
from console.wire.commands import (
    BookFitting,
    CancelFitting,
    Command,
    MoveFitting,
    RemoveFittingRoom,
    SaveFittingRoom,
    SetSetting,
    SettleFitting,
)
from console.wire.rows import (
    FITTING_SLOT_SETTING,
    HOURS_SETTING,
    MemberRow,
    ProductRow,
    SettingRow,
    ShopRow,
    VariantRow,
)

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

_SCOPE: Final = "trade"
_TABLES: Final = frozenset(
    {"fitting", "fitting_room", "hold", "member", "variant", "setting", "shop", "outbox"}
)
_DAY: Final = timedelta(days=1)


class FittingsDesk:
    """``FittingsPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox

    @property
    def may_edit(self) -> bool:
        """Whether rooms may be changed here."""
        return self._inbox.me.role == "owner"

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after fittings may have changed; returns what ends that."""
        return self._inbox.on_tables(_TABLES, listener)

    async def day(self, day: date) -> BoardDay:
        """A day of the shop's calendar, with what is on its way laid over."""
        shop_id, entries = self._inbox.me.shop_id, self._station.outbox.entries
        return await self._station.read(board, shop_id, day, entries)

    # --- changing -------------------------------------------------------------------------

    async def book(
        self, member_id: int, room_id: int, starts_at: datetime, variants: Sequence[int] = ()
    ) -> str:
        """Book; the fitting's name.  Raises ``Refusal``."""
        name = new_client_id()
        await self._do(BookFitting(client_id=name, member_id=member_id, room_id=room_id,
                                   starts_at=starts_at, variants=list(variants)), name)  # fmt: skip
        return name

    async def move(self, item: FittingItem, starts_at: datetime, room_id: int) -> None:
        """Another place, if it still stands where it was seen.  Raises ``Refusal``."""
        command = MoveFitting(client_id=item.client_id, starts_at=starts_at, room_id=room_id,
                              seen_at=item.starts_at, seen_room=item.room_id)  # fmt: skip
        await self._do(command, item.client_id)

    async def cancel(self, item: FittingItem) -> None:
        """She does not come.  Raises ``Refusal``."""
        await self._do(CancelFitting(client_id=item.client_id), item.client_id)

    async def settle(self, item: FittingItem, outcome: str) -> None:
        """What became of it, or ``booked`` again.  Raises ``Refusal``."""
        command = SettleFitting(client_id=item.client_id, outcome=outcome)
        await self._do(command, item.client_id)

    async def _do(self, command: Command, name: str) -> None:
        out, lane = self._inbox.outgoing, overlay_fittings.fitting_lane(name)
        if out.is_up:
            await out.call(command, lane=lane, scope=_SCOPE, key=name)
        else:
            await out.queue(command, lane=lane, scope=_SCOPE, key=name)

    # --- rooms ----------------------------------------------------------------------------

    async def save_room(self, client_id: str, name: str) -> None:
        """Name a room; "" makes one.  Raises ``Refusal`` and ``Offline``."""
        key = client_id or new_client_id()
        await self._at_once(SaveFittingRoom(client_id=key, display_name=name), key, _SCOPE)

    async def remove_room(self, client_id: str) -> None:
        """Book nothing there any more.  Raises ``Refusal`` and ``Offline``."""
        await self._at_once(RemoveFittingRoom(client_id=client_id), client_id, _SCOPE)

    async def set_slot(self, minutes: int) -> None:
        """How long a fitting takes from now on.  Raises ``Refusal`` and ``Offline``."""
        command = SetSetting(key=FITTING_SLOT_SETTING, value=minutes)
        await self._at_once(command, FITTING_SLOT_SETTING, "shop")

    async def _at_once(self, command: Command, key: str, scope: str) -> None:
        out = self._inbox.outgoing
        if not out.is_up:
            raise Offline
        await out.call(command, lane=f"fitting_room/{key}", scope=scope, key=key)


# --- reading; in a reading thread ---------------------------------------------------------------


def board(db: Connection, shop_id: int, day: date, entries: Sequence[Entry]) -> BoardDay:
    """A day with everything on it; empty while the shop has not arrived."""
    shop: ShopRow | None = replica_queries.one(db, "shop", shop_id)
    if shop is None:
        return BoardDay(day=day)
    settings: list[SettingRow] = replica_queries.table_rows(db, "setting")
    values = {row.key: row.value for row in settings}
    hours = Hours.read(
        values.get(HOURS_SETTING), Hours.daily(shop.timezone, shop.opens, shop.closes)
    )
    minutes = rules.read_slot(values.get(FITTING_SLOT_SETTING))
    slots = rules.slots_of(hours, day, minutes)
    here = [each for each in _laid(db, entries, hours, day, minutes) if _is_on(each, hours, day)]
    rows = replica_fittings.rooms(db)
    used = {each.row.room_id for each in here}
    rooms = [row for row in rows if row.removed_at is None or row.id in used]
    return BoardDay(
        day=day, minutes=minutes, closed=not slots,
        rooms=tuple(RoomItem(room_id=row.id, client_id=row.client_id, name=row.name)
                    for row in rooms),
        slots=tuple(_with_odd(slots, here)), fittings=tuple(_items(db, here)),
    )  # fmt: skip


def _laid(
    db: Connection, entries: Sequence[Entry], hours: Hours, day: date, minutes: int
) -> list[Laid]:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=hours.zone)
    rows = replica_fittings.between(db, to_ms(noon - _DAY), to_ms(noon + _DAY))
    rows += replica_fittings.named(db, overlay_fittings.touched(entries))
    return overlay_fittings.laid(rows, entries, timedelta(minutes=minutes))


def _is_on(each: Laid, hours: Hours, day: date) -> bool:
    """Whether it belongs to that day's board; what begins after midnight to the day before."""
    row = each.row
    if row.state == State.CANCELLED:
        return False
    if hours.local(row.starts_at).date() == day:
        return not _of_evening(row.starts_at, hours, day - _DAY)
    return _of_evening(row.starts_at, hours, day)


def _of_evening(at: datetime, hours: Hours, day: date) -> bool:
    local = hours.local(at).date()
    return local > day and any(begin <= at < end for begin, end in hours.spans_on(day))


def _with_odd(slots: Sequence[Slot], here: Sequence[Laid]) -> list[Slot]:
    """The slots, and those of fittings that lie in none (hours or slots were others)."""
    odd = {
        (each.row.starts_at, each.row.ends_at) for each in here
        if not any(rules.overlaps(slot, each.row) for slot in slots)
    }  # fmt: skip
    return sorted([*slots, *(Slot(*each) for each in odd)], key=lambda slot: slot.starts_at)


def _items(db: Connection, here: Sequence[Laid]) -> list[FittingItem]:
    ids = sorted({each.row.member_id for each in here})
    names: dict[int, MemberRow] = {row.id: row for row in replica_queries.by_ids(db, "member", ids)}
    picks = _picks(db, here)
    return [
        FittingItem(
            client_id=each.row.client_id, member_id=each.row.member_id,
            name=names[each.row.member_id].name if each.row.member_id in names else "",
            room_id=each.row.room_id, starts_at=each.row.starts_at, ends_at=each.row.ends_at,
            state=each.row.state, waits=each.waits, by_member=each.row.staff_id is None,
            picks=picks[each.row.client_id],
        )
        for each in sorted(here, key=lambda each: (each.row.starts_at, each.row.room_id))
    ]  # fmt: skip


def _picks(db: Connection, here: Sequence[Laid]) -> dict[str, tuple[PickItem, ...]]:
    """What is kept for her and what was asked for, each variant once."""
    kept: dict[int, list[int]] = {}
    for hold in replica_fittings.kept_for(db, sorted({each.row.member_id for each in here})):
        kept.setdefault(hold.member_id, []).append(hold.variant_id)
    wanted = {
        each.row.client_id: dict.fromkeys([*kept.get(each.row.member_id, ()), *each.row.variants])
        for each in here
    }  # fmt: skip
    ids = sorted({variant for found in wanted.values() for variant in found})
    variants: dict[int, VariantRow] = {
        row.id: row for row in replica_queries.by_ids(db, "variant", ids)
    }
    articles = sorted({row.product_id for row in variants.values()})
    products: dict[int, ProductRow] = {
        row.id: row for row in replica_queries.by_ids(db, "product", articles)
    }
    owners = {each.row.client_id: each.row.member_id for each in here}
    return {
        name: tuple(
            _pick(variants[each], products, kept=each in kept.get(owners[name], ()))
            for each in found if each in variants
        )
        for name, found in wanted.items()
    }  # fmt: skip


def _pick(variant: VariantRow, products: dict[int, ProductRow], *, kept: bool) -> PickItem:
    product = products.get(variant.product_id)
    return PickItem(
        variant_id=variant.id, name=product.name if product else "",
        name_en=product.name_en if product else "", colour=variant.colour,
        colour_en=variant.colour_en, size=variant.size, shelf=variant.shelf,
        stock=variant.stock - variant.held, kept=kept,
    )  # fmt: skip
