"""Ctrl+K: before anything is typed, what was found, nothing, and where a message led."""

from __future__ import annotations

from console.desk.find import FoundMessage
from console.views.main_gallery.tour import Tour, until
from console.views.rail import INBOX
from console.views.shell import Shell


async def find(tour: Tour, shell: Shell) -> None:
    """Ends in the inbox, at the message that was found."""
    shell.show_section(INBOX)
    finder = shell.finder

    async def typed(query: str) -> None:
        finder.field.setText(query)
        await until(lambda: finder.query == query, query)

    async def opened() -> None:
        finder.open()

    async def led() -> None:
        await typed("风衣")
        for row in finder.model.choosable():
            index = finder.model.index(row, 0)
            found = finder.model.row(row)
            if found is not None and isinstance(found.value, FoundMessage):
                finder.list.clicked.emit(index)
                break
        await until(lambda: bool(shell.inbox.timeline.delegate.marked.key), "no message")

    await tour.shoot("find", opened)
    await tour.shoot("find-words", lambda: typed("风衣"))
    await tour.shoot("find-nothing", lambda: typed("zzzz"))
    await tour.shoot("find-led-to", led)
    if finder.isVisible():
        finder.dismiss()
