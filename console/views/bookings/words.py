"""What is said of fittings: times, states, what is laid out."""

from __future__ import annotations

from console.desk.fitting_types import BoardDay, FittingItem, PickItem
from console.domain.fittings import Slot, State
from console.ui import i18n
from console.ui.clock import ShopClock
from console.ui.i18n import translate

INKS = {
    State.BOOKED: ("accent_soft", "accent_ink"), State.ARRIVED: ("mine", "accent_ink"),
    State.BOUGHT: ("warn_soft", "warn_ink"), State.NO_SHOW: ("alert_soft", "alert_ink"),
}  # fmt: skip
"""Ground and ink of a fitting's state."""


def state(item: FittingItem) -> str:
    """What is known of it."""
    if item.waits:
        return translate("Bookings", "asked for")
    return {
        State.BOOKED: translate("Bookings", "booked"),
        State.ARRIVED: translate("Bookings", "is here"),
        State.BOUGHT: translate("Bookings", "bought"),
        State.NO_SHOW: translate("Bookings", "did not come"),
        State.CANCELLED: translate("Bookings", "cancelled"),
    }[State(item.state)]


def span(slot: Slot | FittingItem, clock: ShopClock) -> str:
    """From when to when."""
    begin, end = clock.local(slot.starts_at), clock.local(slot.ends_at)
    return f"{begin:%H:%M}–{end:%H:%M}"


def room(day: BoardDay, room_id: int) -> str:
    """A room's name, "" when it has not arrived."""
    return next((each.name for each in day.rooms if each.room_id == room_id), "")


def pick(item: PickItem) -> str:
    """A variant to be laid out."""
    english = i18n.language() == "en"
    name = (item.name_en if english else item.name) or item.name
    colour = (item.colour_en if english else item.colour) or item.colour
    return " · ".join(part for part in (name, colour, item.size) if part)


def place(item: PickItem) -> str:
    """Where it hangs, and whether it is kept for her."""
    shelf = item.shelf or translate("Bookings", "no shelf known")
    if item.kept:
        return translate("Bookings", "{shelf} · kept for her").format(shelf=shelf)
    left = translate("Bookings", "{n} in stock").format(n=max(0, item.stock))
    return f"{shelf} · {left}"


def spoken(
    day: BoardDay, slot: Slot, room_id: int, here: list[FittingItem], clock: ShopClock
) -> str:
    """A cell for those who hear the board."""
    who = ", ".join(f"{each.name}, {state(each)}" for each in here)
    said = who or translate("Bookings", "free")
    return f"{span(slot, clock)}, {room(day, room_id)}: {said}"
