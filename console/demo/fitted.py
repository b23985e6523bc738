"""The sample shop's fitting rooms, and who came or comes to try things on.  Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, Final

from console.demo.rhythm import SHOP_ZONE, moment
from console.domain.fittings import DEFAULT_SLOT, State

Rows = dict[str, list[dict[str, Any]]]

_ROOMS: Final = ("1 号间", "2 号间", "大间")
_TIMES: Final = (
    (-1, 0, time(15)), (-1, 1, time(16, 30)),
    (0, 0, time(10, 30)), (0, 1, time(11)), (0, 2, time(14)), (0, 0, time(15, 30)),
    (0, 1, time(16)), (0, 0, time(18, 30)), (0, 2, time(19)),
    (1, 0, time(11)), (1, 1, time(14, 30)), (1, 2, time(19, 30)),
)  # fmt: skip
"""Days from today, which room, and when."""
_WERE: Final = (State.BOUGHT, State.ARRIVED, State.NO_SHOW, State.BOUGHT)
_STAFF: Final = 2


def fittings(rows: Rows, shop_id: int, now: datetime) -> None:
    """Yesterday's, today's and tomorrow's; whoever has something kept comes first."""
    rows["fitting_room"] = [
        {"id": number, "client_id": f"sample-room-{number}", "shop_id": shop_id, "name": name,
         "place": number}
        for number, name in enumerate(_ROOMS, 1)
    ]  # fmt: skip
    kept = {row["member_id"]: row["variant_id"] for row in rows["hold"]
            if row["state"] == "confirmed"}  # fmt: skip
    asked = [row["member_id"] for row in rows["conversation"] if row["member_id"] not in kept]
    goods = [row["id"] for row in rows["variant"] if row["stock"] > row["held"]]
    today = now.astimezone(SHOP_ZONE).date()
    rows["fitting"] = []
    for number, (day, room, at) in enumerate(_TIMES, 1):
        member = [*kept, *asked][number - 1]
        starts = moment(today + timedelta(days=day), at)
        rows["fitting"].append({
            "id": number, "client_id": f"sample-fitting-{number}", "shop_id": shop_id,
            "member_id": member, "room_id": room + 1, "starts_at": starts,
            "ends_at": starts + timedelta(minutes=DEFAULT_SLOT),
            "state": _state(number, starts, now).value,
            "variants": [] if member in kept else [goods[number * 7]],
            "staff_id": _STAFF if number % 3 else None, "at": now - timedelta(days=2),
        })  # fmt: skip


def _state(number: int, starts: datetime, now: datetime) -> State:
    if starts > now:
        return State.BOOKED
    over = starts + timedelta(minutes=DEFAULT_SLOT) <= now
    return _WERE[number % len(_WERE)] if over else State.ARRIVED
