"""Campaigns: one that is being composed, its rule being built, the list, the plan of the week."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from console import paths
from console.domain import segments as s
from console.domain.segments import Group
from console.domain.spans import Ago, Span
from console.ui.crop_window import CropWindow
from console.ui.i18n import translate
from console.views.campaigns.composer import ComposerPage
from console.views.campaigns.photo_item import ItemWindow
from console.views.campaigns.trial import TrialWindow
from console.views.main_gallery import answers, offers, reports
from console.views.main_gallery.tour import Tour, Unreached, until
from console.views.rail import CAMPAIGNS, INBOX
from console.views.shell import Shell

_COATS: Final = ("a001-camel", "a001-red", "a001-grey", "a002-oat", "a002-navy")
_UPLOADED_S: Final = 30.0
_RULE: Final = Group("all", (
    s.Bought(s.Items(wearer="f"), Span(Ago(180, "day"))),
    s.Choice("tier", ("gold", "silver")),
    Group("any", (s.Asked(s.Items(categories=("风衣",))), s.Tagged(("复古",)))),
))  # fmt: skip


async def campaigns(tour: Tour, shell: Shell) -> None:
    """A campaign begun, then the list it stands in, then the week; ends in the inbox."""
    shell.show_section(CAMPAIGNS)
    screen = shell.campaigns
    await tour.shoot("campaigns-composer", lambda: _compose(shell))
    await _link(tour, screen.composer)
    await _crop(tour, screen.composer)
    await answers.asked(tour, screen.composer)
    await offers.composed(tour, screen.composer)
    await _build(tour, shell)

    await _try_out(tour, screen.composer)

    async def listed() -> None:
        screen.composer.left.emit()
        await until(lambda: not screen.composing and screen.tasks.idle, "the list of campaigns")

    async def planned() -> None:
        screen.show_week()
        await until(lambda: screen.week.plan is not None, "the week's plan")

    await tour.shoot("campaigns-list", listed)
    await answers.answered(tour, screen)
    await offers.reported(tour, screen)
    await reports.reported(tour, screen)
    await tour.shoot("campaigns-week", planned)
    screen.show_list()
    shell.show_section(INBOX)


async def _link(tour: Tour, page: ComposerPage) -> None:
    """Captions with prices, and the window that links an item to a photo."""
    for number, words in {
        0: translate("Gallery", "Camel scarf ¥199"), 2: translate("Gallery", "Grey scarf ¥199"),
        3: translate("Gallery", "Oat check ¥239"), 4: translate("Gallery", "Navy check ¥239"),
    }.items():  # fmt: skip
        page.photos.grid.captioned.emit(number, words)
    page.photos.grid.asked.emit(1, "item")
    (window,) = page.photos.findChildren(ItemWindow)
    window.search.setText("A001")

    async def found() -> None:
        await until(lambda: window.list.count() == 1 and len(window.colours) > 1, "the item")
        window.colours[-1].click()

    await tour.shoot("campaigns-item", found, above=window)
    window.take.click()


async def _crop(tour: Tour, page: ComposerPage) -> None:
    """A tile with its buttons, then the window over its photo."""
    grid = page.photos.grid
    at = grid.box(1).center()
    moved = QMouseEvent(QEvent.Type.MouseMove, at, grid.mapToGlobal(at), Qt.MouseButton.NoButton,
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(grid, moved)
    await tour.shoot("campaigns-tile")
    grid.asked.emit(1, "crop")
    try:
        await until(lambda: bool(page.photos.findChildren(CropWindow)), "the crop window")
    except Unreached as failure:
        tour.failures.append(str(failure))
        return
    (window,) = page.photos.findChildren(CropWindow)
    window.ratios["portrait"].click()
    await tour.shoot("campaigns-crop", above=window)
    window.reject()


async def _try_out(tour: Tour, page: ComposerPage) -> None:
    def opened() -> list[TrialWindow]:
        return page.findChildren(TrialWindow)

    page.head.trial.click()
    try:
        await until(lambda: bool(opened()), "whose phones")
    except Unreached as failure:
        tour.failures.append(str(failure))
        return
    (window,) = opened()
    await tour.shoot("campaigns-trial", above=window)
    window.reject()


async def _build(tour: Tour, shell: Shell) -> None:
    """A rule of several conditions; one of them open; the rest of the column below it."""
    page = shell.campaigns.composer
    picker, side = page.who.picker, page.side.verticalScrollBar()

    async def built() -> None:
        page.head.step_wanted.emit("content")
        picker.editor.replace((), _RULE)
        await _counted(shell)
        await until(lambda: _uploaded(page), "the photos at the relay", _UPLOADED_S)
        side.setValue(0)

    async def opened() -> None:
        card = picker.tree.card_at((0,))
        if card is not None:
            card.ask("edit")
        await _counted(shell)
        side.setValue(0)

    async def scrolled() -> None:
        side.setValue(side.maximum())

    await tour.shoot("campaigns-rule", built)
    await tour.shoot("campaigns-rule-foot", scrolled)
    await tour.shoot("campaigns-rule-open", opened)


def _uploaded(page: ComposerPage) -> bool:
    item = page.editing.item
    return item is not None and item.uploading is None


async def _counted(shell: Shell) -> None:
    who = shell.campaigns.composer.who

    def agrees() -> bool:
        meant, reached = who.picker.live.count, who.audience
        return meant is not None and reached is not None and reached.matched == meant.members

    await until(agrees, "the number of the rule")


async def _compose(shell: Shell) -> None:
    screen = shell.campaigns
    screen.list.new.click()
    page = screen.composer
    await until(lambda: screen.composing and page.who.audience is not None, "an audience")
    folder = paths.resources() / "artwork"
    page.photos.add([folder / f"{name}.webp" for name in _COATS])
    words = translate("Gallery", "Dear {name}, the trench coats are in.")
    page.editing.change_variant("words", body=words)
    page.editing.change("title", title=translate("Gallery", "New on Monday · women's wear"))
    await until(
        lambda: not page.photos.busy and len(page.photos.grid.tiles) == len(_COATS),
        "the photos as tiles",
    )
    await until(lambda: screen.tasks.idle and not page.editing.saving, "a kept draft")
