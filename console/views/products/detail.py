"""Beside the table: the article of the chosen variant, its stock, its ledger, what is alike."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from console.desk.product_types import ProductDetail, StockLine, VariantItem, WaitLine
from console.ui import phrases, pictures
from console.ui.choice_list import Choice, ChoiceList
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.notices import EmptyState
from console.ui.pictures import Pictures
from console.ui.widgets import button, label, rule, snug, speaks
from console.views.products import words
from console.views.products.stock_grid import StockGrid

WIDTH = 348
_PICTURE = 150
_LINES = 30
_ALIKE = 3
_WAITING = 12
"""Lines that are shown without scrolling."""


class DetailPanel(QFrame):
    """Shows one variant; knows no port."""

    picked = Signal(int)
    """Another variant, of this article or of one that is alike."""
    count_wanted = Signal(object)
    move_wanted = Signal(object)
    given_up = Signal(int)

    def __init__(self, store: Pictures, clock: ShopClock) -> None:
        super().__init__()
        self._pictures, self._clock = store, clock
        self.detail: ProductDetail | None = None
        self.item: VariantItem | None = None
        self.setProperty("look", "panel")
        self.setFixedWidth(WIDTH)
        self.photo = _Photo(store)
        self._name, self._below = label("heading", wrap=True), label("soft", wrap=True)
        self._price, self._which = label("strong"), label("strong", wrap=True)
        self._stands, self._place = label("soft", wrap=True), label("tiny", wrap=True)
        self.fault, self.give_up = label("fault", wrap=True), button("link")
        self.grid, self.ledger, self.alike = StockGrid(), ChoiceList(_LINES), ChoiceList(_ALIKE)
        self.waits = ChoiceList(_WAITING)
        self.to_count, self.to_move = button("primary"), button()
        self._heads = {each: label("strong") for each in ("stock", "waits", "ledger", "alike")}
        self._none_alike, self._no_lines = label("faint", wrap=True), label("faint", wrap=True)
        self.empty = EmptyState("product")
        self._body = QWidget()
        self._arrange()
        self.grid.picked.connect(self.picked)
        self.alike.chosen.connect(self.picked.emit)
        self.to_count.clicked.connect(lambda: self.count_wanted.emit(self.item))
        self.to_move.clicked.connect(lambda: self.move_wanted.emit(self.item))
        self.give_up.clicked.connect(self._on_give_up)
        store.arrived.connect(lambda _: self._repaint())
        self._speak()
        self.clear()

    def _arrange(self) -> None:
        top, texts, acts = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        snug(top, spacing=12)
        snug(texts, spacing=4)
        snug(acts, spacing=8)
        top.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        for part in (self._name, self._below, self._price):
            texts.addWidget(part)
        texts.addStretch(1)
        top.addLayout(texts, 1)
        acts.addWidget(self.to_count)
        acts.addWidget(self.to_move, 1)
        for listed in (self.ledger, self.waits):
            listed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        inside = QVBoxLayout(self._body)
        snug(inside, 18, 18, 18, 18, spacing=10)
        inside.addLayout(top)
        above: tuple[QWidget, ...] = (
            self.fault, self.give_up, rule(), self._heads["stock"], self.grid, self._which,
            self._stands, self._place,
        )  # fmt: skip
        self._waits_rule = rule()
        below: tuple[QWidget, ...] = (
            self._waits_rule, self._heads["waits"], self.waits, rule(), self._heads["alike"],
            self.alike, self._none_alike, rule(), self._heads["ledger"], self.ledger,
            self._no_lines,
        )  # fmt: skip
        for each in above:
            inside.addWidget(each)
        inside.addLayout(acts)
        for each in below:
            inside.addWidget(each)
        inside.addStretch(1)
        area, column = QScrollArea(), QVBoxLayout(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._body)
        self._area = area
        snug(column)
        column.addWidget(area)
        column.addWidget(self.empty)

    # --- showing --------------------------------------------------------------------------

    def clear(self) -> None:
        """Nothing is chosen."""
        self.detail = self.item = None
        self._area.hide()
        self.empty.show()

    def show_detail(self, detail: ProductDetail, variant_id: int) -> None:
        """Show an article, and of it one variant."""
        item = next((each for each in detail.variants if each.variant_id == variant_id), None)
        if item is None:
            self.clear()
            return
        self.detail, self.item = detail, item
        self.empty.hide()
        self._area.show()
        self._show_article(item)
        self.grid.show_variants(detail.variants, variant_id)
        self._which.setText(words.title(item))
        self._stands.setText(words.stands(item))
        place = [part for part in (item.shelf, item.barcode) if part]
        self._place.setText(" · ".join(place))
        self._place.setVisible(bool(place))
        kept = [each for each in detail.waits if each.until is not None]
        waiting = [each for each in detail.waits if each.until is None]
        self.waits.offer([
            *(self._wait("", each) for each in kept),
            *(self._wait(str(place), each) for place, each in enumerate(waiting, 1)),
        ])  # fmt: skip
        self.waits.setCurrentRow(-1)
        for part in (self._waits_rule, self._heads["waits"], self.waits):
            part.setVisible(bool(detail.waits))
        self.ledger.offer([self._line(each) for each in detail.ledger])
        self._fill(self.ledger, self._no_lines)
        self.alike.offer([self._other(each) for each in detail.similar])
        self._fill(self.alike, self._none_alike)

    def _fill(self, shown: ChoiceList, nothing: QWidget) -> None:
        shown.setVisible(bool(shown.count()))
        nothing.setVisible(not shown.count())
        shown.setCurrentRow(-1)

    def _show_article(self, item: VariantItem) -> None:
        self.photo.show_name(item.picture)
        self._name.setText(words.name(item))
        tags = ", ".join(item.style_tags)
        self._below.setText(" · ".join(part for part in (item.sku, item.category, tags) if part))
        price = phrases.money(item.price)
        if item.promo_price is not None:
            cut = phrases.discount(item.price, item.promo_price)
            price = f"{phrases.money(item.promo_price)}  {cut}  ({price})"
        self._price.setText(price)
        said = words.refusal(item.failure, item.parameters) if item.failure else ""
        self.fault.setText(said)
        self.fault.setVisible(bool(said))
        self.give_up.setVisible(bool(said))

    def _line(self, each: StockLine) -> Choice:
        return Choice(0, words.line(each), words.line_below(each, self._clock),
                      f"→ {each.balance:,}")  # fmt: skip

    def _wait(self, place: str, each: WaitLine) -> Choice:
        name = each.name or translate("Products", "Member {n}").format(n=each.member_id)
        return Choice(0, name, words.wait_below(each, self._clock), place)

    def _other(self, each: VariantItem) -> Choice:
        def picture() -> QPixmap | None:
            return pictures.of_product_soon(self._pictures, each.picture, 80)

        price = each.price if each.promo_price is None else each.promo_price
        return Choice(each.variant_id, words.title(each), words.stands(each),
                      phrases.money(price), picture, "product")  # fmt: skip

    def _on_give_up(self) -> None:
        if self.item is not None and self.item.entry:
            self.given_up.emit(self.item.entry)

    def _repaint(self) -> None:
        self.photo.update()
        self.alike.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._heads["stock"].setText(translate("Products", "Stock by colour and size"))
        self._heads["waits"].setText(translate("Products", "Who waits for it, in order"))
        self.waits.setAccessibleName(translate("Products", "Who waits for it, in order"))
        self._heads["ledger"].setText(translate("Products", "Ledger of this variant"))
        self._heads["alike"].setText(translate("Products", "Similar, in stock in this size"))
        self._none_alike.setText(translate("Products", "Nothing similar is in stock."))
        self._no_lines.setText(translate("Products", "Nothing has moved in the last 180 days."))
        self.grid.setAccessibleName(translate("Products", "Stock by colour and size"))
        self.ledger.setAccessibleName(translate("Products", "Ledger of this variant"))
        self.alike.setAccessibleName(translate("Products", "Similar, in stock in this size"))
        self.to_count.setText(translate("Products", "Count…"))
        self.to_move.setText(translate("Products", "Came or went…"))
        self.give_up.setText(translate("Products", "Leave it as it stands now"))
        self.empty.say(
            translate("Products", "Choose an article"),
            translate("Products", "Its stock, its ledger and what is similar show here."),
        )
        if self.detail is not None and self.item is not None:
            self.show_detail(self.detail, self.item.variant_id)


class _Photo(QWidget):
    """The article's picture."""

    def __init__(self, store: Pictures) -> None:
        super().__init__()
        self._pictures, self._name = store, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(_PICTURE, _PICTURE)

    def show_name(self, name: str) -> None:
        """Show another picture."""
        self._name = name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it, or plain ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = pictures.of_product_soon(self._pictures, self._name, 2 * _PICTURE)
        pictures.paint(painter, QRectF(self.rect()), shown, radius=10)
        painter.end()
