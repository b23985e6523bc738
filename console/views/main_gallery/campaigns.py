"""Campaigns: the list, one that is being composed, and the plan of the week."""

from __future__ import annotations

from typing import Final

from console import paths
from console.ui.i18n import translate
from console.views.main_gallery.tour import Tour, until
from console.views.rail import CAMPAIGNS, INBOX
from console.views.shell import Shell

_COATS: Final = ("a001-camel", "a001-red", "a001-grey", "a002-oat", "a002-navy")


async def campaigns(tour: Tour, shell: Shell) -> None:
    """A campaign begun, then the list it stands in, then the week; ends in the inbox."""
    shell.show_section(CAMPAIGNS)
    screen = shell.campaigns
    await tour.shoot("campaigns-composer", lambda: _compose(shell))

    async def listed() -> None:
        screen.composer.left.emit()
        await until(lambda: not screen.composing and screen.tasks.idle, "the list of campaigns")

    async def planned() -> None:
        screen.show_week()
        await until(lambda: screen.week.plan is not None, "the week's plan")

    await tour.shoot("campaigns-list", listed)
    await tour.shoot("campaigns-week", planned)
    screen.show_list()
    shell.show_section(INBOX)


async def _compose(shell: Shell) -> None:
    screen = shell.campaigns
    screen.list.new.click()
    page = screen.composer
    await until(lambda: screen.composing and page.who.audience is not None, "an audience")
    folder = paths.resources() / "artwork"
    page.photos.add([folder / f"{name}.webp" for name in _COATS])
    words = translate("Gallery", "Dear {name}, the trench coats are in.")
    page.editing.change_variant("words", body=words)
    await until(
        lambda: not page.photos.busy and len(page.photos.grid.tiles) == len(_COATS),
        "the photos as tiles",
    )
    await until(lambda: screen.tasks.idle and not page.editing.saving, "a kept draft")
