"""The fitting rooms: a day, the rooms, a booking that is begun; and the list of what is kept."""

from __future__ import annotations

from console.views.bookings.page import BookingsPage
from console.views.main_gallery.tour import Tour, settle, until
from console.views.rail import BOOKINGS, INBOX
from console.views.shell import Shell


async def bookings(tour: Tour, shell: Shell) -> None:
    """Nothing is booked or moved; ends in the inbox."""
    shell.show_section(BOOKINGS)
    page = shell.bookings.page
    if page is None:
        return
    await tour.shoot("bookings", lambda: _chosen(page))
    rooms = page.edit_rooms()
    if rooms is not None:
        await tour.shoot("bookings-rooms", above=rooms)
        rooms.reject()
    begun = shell.to_fittings.open_at(None, 0)
    await settle()
    await tour.shoot("bookings-new", above=begun)
    begun.reject()
    page.head.go(30)
    await tour.shoot("bookings-free", lambda: until(lambda: not _fittings(page), "a free day"))
    page.head.go(-30)
    shell.show_section(INBOX)
    kept = shell.holds()
    await tour.shoot("holds", lambda: until(lambda: bool(kept.shown), "what is kept"), above=kept)
    kept.search.setText("#####")
    await tour.shoot("holds-nothing", lambda: until(lambda: not kept.shown, "nothing"), above=kept)
    kept.reject()


def _fittings(page: BookingsPage) -> int:
    shown = page.day is not None and page.day.day == page.head.day
    return len(page.day.fittings) if shown and page.day is not None else -1


async def _chosen(page: BookingsPage) -> None:
    await until(lambda: _fittings(page) > 0, "fittings of the day")
    assert page.day is not None
    page.board.show_fitting(page.day.fittings[0].client_id)
    await until(lambda: page.item is not None, "a fitting")
    await settle()
