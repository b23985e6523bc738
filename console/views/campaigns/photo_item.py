"""Which article a photo shows: search, arrows, a colour, Enter; price and caption follow."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk.ports import WritingPort
from console.desk.types import PhotoItem, ProductChoice, VariantChoice
from console.ui import phrases, pictures
from console.ui.choice_list import Choice, ChoiceList
from console.ui.flow import FlowLayout
from console.ui.i18n import language, translate
from console.ui.pictures import Pictures
from console.ui.section import emptied
from console.ui.tasks import Tasks
from console.ui.widgets import Chip, button, label, snug

_ROWS: Final = 6
_WIDE: Final = 480


class ItemWindow(QDialog):
    """Begins at what the photo shows already."""

    linked = Signal(object, str)
    """A ``ProductChoice``, and in which of its colours ("" in several)."""
    unlinked = Signal()

    def __init__(
        self, writing: WritingPort, store: Pictures, photo: PhotoItem, tasks: Tasks,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._writing, self._store, self._photo, self._tasks = writing, store, photo, tasks
        self._finding: asyncio.Task[None] | None = None
        self._colour = photo.colour
        self.search, self.list = QLineEdit(), ChoiceList(_ROWS)
        self._nothing, self._hint = label("faint"), label("tiny", wrap=True)
        self._which = QWidget()
        self._chips = FlowLayout(self._which, 6)
        self.remove, self.cancel, self.take = button("link"), button(), button("primary")
        self._arrange()
        self._speak()
        self.search.installEventFilter(self)
        self.search.textChanged.connect(lambda _: self._ask())
        self.list.currentRowChanged.connect(lambda _: self._show_colours())
        self.list.itemDoubleClicked.connect(lambda _: self._finish())
        self.remove.clicked.connect(self._remove)
        self.cancel.clicked.connect(self.reject)
        self.take.clicked.connect(self._finish)
        store.arrived.connect(self.list.viewport().update)
        self._ask()
        self.search.setFocus()

    def _arrange(self) -> None:
        self.search.setProperty("look", "search")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot, column = QHBoxLayout(), QVBoxLayout(self)
        snug(foot, spacing=8)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        snug(column, 18, 16, 18, 16, spacing=10)
        for part in (self.search, self.list, self._nothing, self._which, self._hint):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(foot)
        self.remove.setVisible(bool(self._photo.product_id))
        self._nothing.hide()
        self.setFixedWidth(_WIDE)

    # --- finding --------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._finding is not None:
            self._finding.cancel()
        self._finding = self._tasks.spawn(self._find(self.search.text()))

    async def _find(self, query: str) -> None:
        found = await self._writing.products(query)
        self.list.offer([self._choice(each) for each in found])
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self.take.setEnabled(bool(found))
        here = [each.product_id for each in found]
        if self._photo.product_id in here:
            self.list.setCurrentRow(here.index(self._photo.product_id))
        self._show_colours()

    def _choice(self, product: ProductChoice) -> Choice:
        free = sum(each.free for each in product.variants)
        left = translate("PhotoItem", "{n} in stock").format(n=free)
        return Choice(
            product, _name(product), f"{phrases.money(price_of(product))} · {left}", product.sku,
            lambda: pictures.of_product(self._store, product.picture, 160),
        )  # fmt: skip

    # --- the colour -----------------------------------------------------------------------

    @property
    def colours(self) -> list[Chip]:
        """The colours to choose, the first one is “several”."""
        return self._which.findChildren(Chip)

    def _offered(self) -> Sequence[str]:
        product = self.list.value
        known = product.variants if isinstance(product, ProductChoice) else ()
        return ["", *dict.fromkeys(each.colour for each in known if each.colour)]

    def _show_colours(self) -> None:
        emptied(self._chips)
        for old in self.colours:
            old.setParent(None)
        offered = self._offered()
        if self._colour not in offered:
            self._colour = ""
        for colour in offered if len(offered) > 1 else ():
            chip = Chip(tiny=True)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setText(self._colour_name(colour))
            chip.setChecked(colour == self._colour)
            chip.clicked.connect(lambda _=False, each=colour: self._take_colour(each))
            self._chips.addWidget(chip)
            chip.show()

    def _colour_name(self, colour: str) -> str:
        if not colour:
            return translate("PhotoItem", "Several colours")
        product = self.list.value
        return colour_in(product, colour, language())

    def _take_colour(self, colour: str) -> None:
        self._colour = colour
        for chip, each in zip(self.colours, self._offered(), strict=False):
            chip.setChecked(each == colour)

    def _step_colour(self, by: int) -> None:
        offered = list(self._offered())
        self._take_colour(offered[(offered.index(self._colour) + by) % len(offered)])

    # --- done -----------------------------------------------------------------------------

    def _finish(self) -> None:
        product = self.list.value
        if isinstance(product, ProductChoice):
            self.linked.emit(product, self._colour)
            self.accept()

    def _remove(self) -> None:
        self.unlinked.emit()
        self.accept()

    def done(self, result: int) -> None:
        """Nothing is looked for any more."""
        if self._finding is not None:
            self._finding.cancel()
        super().done(result)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search: up and down, Tab for the colour, Enter takes it."""
        mine = watched is self.search and event.type() == QEvent.Type.KeyPress
        if mine and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        turns = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.list.step(steps[key])
        elif key in turns and len(self._offered()) > 1:
            self._step_colour(turns[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        else:
            return False
        return True

    def _speak(self) -> None:
        self.setWindowTitle(translate("PhotoItem", "The item it shows"))
        self.search.setPlaceholderText(translate("PhotoItem", "Name or number of an item"))
        self.search.setAccessibleName(translate("PhotoItem", "Search items"))
        self.list.setAccessibleName(translate("PhotoItem", "Items"))
        self._nothing.setText(translate("PhotoItem", "No item fits"))
        self._hint.setText(
            translate(
                "PhotoItem",
                "A tap on the photo counts as a question about the item and "
                "colour. Caption and price are filled in where they are blank; "
                "write the price behind the caption: Red coat ¥599",
            )
        )
        self.remove.setText(translate("PhotoItem", "It shows no item"))
        self.cancel.setText(translate("PhotoItem", "Cancel"))
        self.take.setText(translate("PhotoItem", "Link"))


def price_of(product: ProductChoice) -> int:
    """What it costs now, in cents."""
    return product.price if product.promo_price is None else product.promo_price


def colour_in(product: ProductChoice, colour: str, spoken: str) -> str:
    """A colour of the catalogue in ``zh`` or ``en``."""
    known: VariantChoice | None = next(
        (each for each in product.variants if each.colour == colour), None
    )
    english = known.colour_en if known is not None and spoken == "en" else ""
    return english or colour


def showing(
    photo: PhotoItem, product: ProductChoice, colour: str, spoken: str, *, as_label: bool
) -> PhotoItem:
    """The photo as one that shows an article; what is written under it stays.

    ``spoken``: language of the campaign; ``as_label``: photos side by side, their captions are
    the colours.
    """
    anew = bool(photo.product_id) and photo.product_id != product.product_id
    words = photo.caption if photo.caption and not anew else _proposed(
        product, colour, spoken, as_label=as_label)  # fmt: skip
    price = price_of(product) if photo.price is None or anew else photo.price
    return replace(photo, caption=words, price=price, product_id=product.product_id, colour=colour)


def _proposed(product: ProductChoice, colour: str, spoken: str, *, as_label: bool) -> str:
    name = (product.name_en if spoken == "en" else product.name) or product.name
    said = colour_in(product, colour, spoken)
    if as_label and said:
        return said
    if not said or name.casefold().startswith(said.casefold()):
        return name
    return f"{name} {said}" if spoken == "en" else f"{said}{name}"


def _name(product: ProductChoice) -> str:
    return (product.name_en if language() == "en" else product.name) or product.name
