"""The inbox: its lists, a conversation, a photo, no line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from console.desk.types import LinkState, MessageItem
from console.views.main_gallery.tour import Tour, until
from console.views.rail import INBOX
from console.views.shell import Shell

_LOOKED_AT: Final = 12


async def inbox(tour: Tour, shell: Shell) -> None:
    """What a clerk sees all day."""
    screen = shell.inbox
    pane = screen.conversations
    shell.show_section(INBOX)

    async def filtered(which: str) -> None:
        pane.search.clear()
        pane.show_filter(which)  # type: ignore[arg-type]
        await until(lambda: pane.model.loaded and pane.model.filter == which, which)

    async def opened() -> None:
        await filtered("all")
        await until(lambda: pane.model.rowCount() > 0, "no conversation")
        screen.open(pane.model.id_at(0))
        await until(lambda: screen.timeline.model.rowCount() > 0, "no message")

    async def searched() -> None:
        pane.search.setText("zzzz")
        await until(lambda: pane.model.query == "zzzz" and not pane.model.rowCount(), "search")

    await tour.shoot("inbox-waiting", lambda: filtered("waiting"))
    await tour.shoot("inbox-unread", lambda: filtered("unread"))
    await tour.shoot("inbox-conversation", opened)
    await _row_menu(tour, shell)
    await _photo(tour, shell)
    await tour.shoot("inbox-nothing-found", searched)
    pane.search.clear()


async def offline(tour: Tour, shell: Shell) -> None:
    """The line has been gone for a while."""

    async def away() -> None:
        shell.show_section(INBOX)
        since = datetime.now(UTC) - timedelta(minutes=12)
        shell.rail.show_link(LinkState(phase="offline", since=since, queued=3))

    await tour.shoot("inbox-offline", away)
    shell.rail.show_link(shell.inbox.link)


async def _row_menu(tour: Tour, shell: Shell) -> None:
    screen, rows = shell.inbox, shell.inbox.conversations
    item = rows.model.item(rows.model.id_at(1))
    if item is not None:
        menu = screen.around.rows.open(item, shell.mapToGlobal(shell.rect().center()))
        await tour.shoot("inbox-row-menu", above=menu)
        menu.close()


async def _photo(tour: Tour, shell: Shell) -> None:
    screen = shell.inbox
    item = await _with_photo(shell)
    if item is None:
        return

    async def look() -> None:
        assert item is not None
        screen.viewer.open(item.photos, 0)
        await screen.pictures.load(item.photos[0], 1600)

    await tour.shoot("photo", look)
    screen.viewer.dismiss()


async def _with_photo(shell: Shell) -> MessageItem | None:
    """Open the first of the newest conversations that has a photo in its newest page."""
    screen = shell.inbox
    model, conversations = screen.timeline.model, screen.conversations.model
    for conversation_id in [conversations.id_at(row) for row in range(_LOOKED_AT)]:
        if conversation_id:
            screen.open(conversation_id)
            await until(lambda: not model.loading, "messages")
            item = next((each for each in model.items if each.photos), None)
            if item is not None:
                return item
    return None
