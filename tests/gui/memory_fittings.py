"""Fitting rooms of a memory desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from console.desk.fitting_types import BoardDay, FittingItem, RoomItem
from console.domain import fittings as rules
from console.domain.hours import Hours
from console.wire.errors import Code, Refusal

HOURS = Hours.daily("Asia/Shanghai", 0, 0)
"""Always open, so that at any time of day something is to come."""


class MemoryFittings:
    """``FittingsPort``; ``calls`` is what was asked, ``failure`` is raised instead."""

    may_edit = True

    def __init__(self) -> None:
        self.rooms: list[RoomItem] = []
        self.items: dict[str, FittingItem] = {}
        self.minutes = 30
        self.calls: list[tuple[Any, ...]] = []
        self.failure: Exception | None = None
        self.closed: set[date] = set()
        self._listeners: list[Callable[[], None]] = []

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def day(self, day: date) -> BoardDay:
        slots = [] if day in self.closed else rules.slots_of(HOURS, day, self.minutes)
        here = [
            each for each in self.items.values()
            if HOURS.local(each.starts_at).date() == day and each.state != "cancelled"
        ]  # fmt: skip
        return BoardDay(day=day, minutes=self.minutes, rooms=tuple(self.rooms),
                        slots=tuple(slots), fittings=tuple(here), closed=not slots)  # fmt: skip

    def _do(self, *call: Any) -> None:
        self.calls.append(call)
        if self.failure is not None:
            raise self.failure

    def _put(self, item: FittingItem) -> None:
        taken = [
            each for each in self.items.values()
            if each.client_id != item.client_id and each.is_live and item.is_live
            and each.room_id == item.room_id and each.starts_at == item.starts_at
        ]  # fmt: skip
        if taken:
            raise Refusal(Code.FITTING_TAKEN)
        self.items[item.client_id] = item
        for listener in list(self._listeners):
            listener()

    async def book(
        self, member_id: int, room_id: int, starts_at: datetime, variants: Sequence[int] = ()
    ) -> str:
        self._do("book", member_id, room_id, starts_at, list(variants))
        name = f"f{len(self.items)}"
        self._put(FittingItem(client_id=name, member_id=member_id, name=f"会员{member_id}",
                              room_id=room_id, starts_at=starts_at,
                              ends_at=starts_at + timedelta(minutes=self.minutes)))  # fmt: skip
        return name

    async def move(self, item: FittingItem, starts_at: datetime, room_id: int) -> None:
        self._do("move", item.client_id, starts_at, room_id)
        length = item.ends_at - item.starts_at
        self._put(replace(self.items[item.client_id], starts_at=starts_at,
                          ends_at=starts_at + length, room_id=room_id))  # fmt: skip

    async def cancel(self, item: FittingItem) -> None:
        self._do("cancel", item.client_id)
        self._put(replace(self.items[item.client_id], state="cancelled"))

    async def settle(self, item: FittingItem, outcome: str) -> None:
        self._do("settle", item.client_id, outcome)
        self._put(replace(self.items[item.client_id], state=outcome))

    async def save_room(self, client_id: str, name: str) -> None:
        self._do("save_room", client_id, name)
        number = len(self.rooms) + 1
        if client_id:
            self.rooms = [replace(each, name=name) if each.client_id == client_id else each
                          for each in self.rooms]  # fmt: skip
        else:
            self.rooms.append(RoomItem(room_id=number, client_id=f"room{number}", name=name))
        for listener in list(self._listeners):
            listener()

    async def remove_room(self, client_id: str) -> None:
        self._do("remove_room", client_id)
        self.rooms = [each for each in self.rooms if each.client_id != client_id]
        for listener in list(self._listeners):
            listener()

    async def set_slot(self, minutes: int) -> None:
        self._do("set_slot", minutes)
        self.minutes = minutes
