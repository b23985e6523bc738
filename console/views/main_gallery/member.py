"""What opens around a member: her facts to change, her history, a merge, questions asked first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QDialog

from console.views.inbox.ask_reason import ReasonWindow
from console.views.inbox.history import HistoryWindow
from console.views.inbox.merge import MergeWindow
from console.views.main_gallery.tour import Tour, until
from console.views.shell import Shell

D = TypeVar("D", bound=QDialog)


async def member(tour: Tour, shell: Shell) -> None:
    """Of the conversation that is open; nothing is changed, revealed or merged."""
    screen = shell.inbox
    panel, people = screen.panel, screen.around.people
    if not panel.member_id:
        return

    async def edited() -> None:
        panel.open_form()

    async def tagged() -> None:
        panel.close_form()
        panel.tags.begin()

    await tour.shoot("member-edit", edited)
    await tour.shoot("member-tags", tagged)
    panel.tags.forget()
    who, name = panel.member_id, screen.header.name_text
    await _asked(tour, "member-reveal", ReasonWindow, lambda: people.ask_reveal(who))
    await _asked(tour, "member-block", ReasonWindow, lambda: people.ask_block(who, name))
    await _asked(tour, "member-history", HistoryWindow, lambda: people.show_history(who, name))
    await _merge(tour, lambda: people.ask_merge(who, name))


async def _asked(tour: Tour, name: str, kind: type[D], ask: Callable[[], None]) -> None:
    window = _opened(tour, kind, ask)
    await tour.shoot(name, above=window)
    window.reject()


async def _merge(tour: Tour, ask: Callable[[], None]) -> None:
    window = _opened(tour, MergeWindow, ask)
    window.search.setText("王")

    async def compared() -> None:
        await until(lambda: window.found.count() > 0, "somebody to merge with")
        window.found.itemClicked.emit(window.found.item(0))
        await until(lambda: window.preview is not None, "preview of a merge")

    await tour.shoot("member-merge", compared, above=window)
    window.reject()


def _opened(tour: Tour, kind: type[D], ask: Callable[[], None]) -> D:
    ask()
    every = tour.window.findChildren(kind)
    return next(window for window in every if window.isVisible())
