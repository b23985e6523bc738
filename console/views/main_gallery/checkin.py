"""The window at the counter; a check-in is taken back at once."""

from __future__ import annotations

from console import roles
from console.views.checkin import CheckInWindow
from console.views.main_gallery.tour import Tour, settle, until
from console.views.shell import Shell

_NOBODY = "qqqq"


async def checkin(tour: Tour, shell: Shell) -> None:
    """Empty, with somebody found, her card, and with nobody."""
    rows = shell.inbox.conversations.model
    first = rows.index(0, 0).data(roles.ITEM) if rows.rowCount() else None
    name = first.title if first is not None and first.member_id else ""
    window = shell.check_in()
    await tour.shoot("checkin", above=window)
    if name:
        await tour.shoot("checkin-found", lambda: _typed(window, name), above=window)
        if window.confirm.isEnabled():
            await tour.shoot("checkin-card", lambda: _checked_in(window), above=window)
            if window.card.back.isVisible():
                window.card.back.click()
                await until(lambda: not window.card.isVisible(), "a visit taken back")
    await tour.shoot("checkin-nobody", lambda: _typed(window, _NOBODY), above=window)
    window.reject()


async def _checked_in(window: CheckInWindow) -> None:
    window.confirm.click()
    await until(window.card.isVisible, "her card")
    await settle()


async def _typed(window: CheckInWindow, text: str) -> None:
    window.field.setText(text)
    await until(lambda: bool(window.list.count() or window.words.text()), "who is meant")
    await settle()
