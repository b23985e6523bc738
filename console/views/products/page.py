"""The page of the catalogue: head, table and what is beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.desk.ports import DeskPorts
from console.desk.product_types import NewProduct, ProductQuery, VariantItem
from console.models.products_model import ProductsModel
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.notices import Banner, EmptyState
from console.ui.pictures import Pictures
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import snug, speaks
from console.views.products import words
from console.views.products.detail import DetailPanel
from console.views.products.editing import Edits
from console.views.products.head import Head
from console.views.products.import_window import ImportWindow
from console.views.products.new_window import NewProductWindow
from console.views.products.stock_window import StockWindow
from console.views.products.table import ProductsTable
from console.wire.commands import SaveProduct
from console.wire.errors import Refusal

_SHORTEST_CODE = 8
"""Digits from which on a search is taken for a barcode."""


class ProductsPage(QWidget):
    """Wires the parts to the port."""

    complained = Signal(str)
    holds_wanted = Signal()

    def __init__(self, desks: DeskPorts, tasks: Tasks) -> None:
        super().__init__()
        self._port, self._inbox, self._tasks = desks.products, desks.inbox, tasks
        self.pictures = Pictures(desks.inbox.photo, self)
        self.model = ProductsModel(self._port, tasks.spawn, self)
        self.head = Head(may_edit=self._port.may_edit)
        self.table = ProductsTable(self.model, self.pictures)
        self.detail = DetailPanel(self.pictures, ShopClock(desks.inbox.me.timezone))
        self.edits = Edits(self._port, tasks, self)
        self.offline, self.waiting = Banner("offline"), Banner("sync")
        self.empty, self._pages = EmptyState("product"), QStackedWidget()
        self._chosen, self._scanned, self._new = 0, "", list[NewProduct]()
        self._failed = False
        self._looking = Reload(tasks, self._read_detail)
        self._around = Reload(tasks, self._read_around)
        self._say_cells()
        self._arrange()
        self._connect()
        self._bind()
        self._stops: tuple[Callable[[], None], ...] = (self._port.on_changed(self.reload),
                       self._inbox.on_link(lambda _: self._show_link()))  # fmt: skip
        self._show_link()
        self._speak()

    def _arrange(self) -> None:
        left, row = QVBoxLayout(), QHBoxLayout(self)
        snug(left)
        snug(row)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        snug(inside, 16, 14, 16, 14)
        inside.addWidget(self.table)
        for page in (QWidget(), self.empty, holder):
            self._pages.addWidget(page)
        for part in (self.head, self.offline, self.waiting):
            left.addWidget(part)
        left.addWidget(self._pages, 1)
        row.addLayout(left, 1)
        row.addWidget(self.detail)
        for banner in (self.offline, self.waiting):
            banner.hide()

    def _say_cells(self) -> None:
        self.model.say, self.model.speak = words.cell, words.spoken
        self.model.title = words.heading

    def _connect(self) -> None:
        self.head.asked.connect(self._ask)
        self.head.search.entered.connect(lambda text: self._tasks.spawn(self.enter(text)))
        self.head.search.left.connect(self._into_table)
        self.head.new_wanted.connect(self.begin_article)
        self.head.import_wanted.connect(self.begin_import)
        self.head.holds_wanted.connect(self.holds_wanted)
        self.table.chosen.connect(self._choose)
        self.table.sorted_by.connect(lambda *_: self._ask())
        self.table.typed.connect(self._type)
        self.table.cells.edited.connect(self.edits.take)
        self.table.cells.closeEditor.connect(self.reload, Qt.ConnectionType.QueuedConnection)
        self.edits.complained.connect(self.complained)
        self.model.refreshed.connect(self._on_refreshed)
        self.model.failed.connect(self._on_failed)
        self.detail.picked.connect(self._pick)
        self.detail.count_wanted.connect(lambda item: self.ask_stock(item, counts=True))
        self.detail.move_wanted.connect(lambda item: self.ask_stock(item, counts=False))
        self.detail.given_up.connect(lambda entry: self._tasks.spawn(self._port.discard(entry)))
        self.empty.button.clicked.connect(self._on_empty)
        self.waiting.button.clicked.connect(self._give_up_new)

    def _bind(self) -> None:
        for command, run in (
            ("goods.find", self._find), ("goods.undo", self.edits.undo),
            ("goods.redo", self.edits.redo),
        ):  # fmt: skip
            keymap().bind(command, self, run)

    # --- what is shown --------------------------------------------------------------------

    def reload(self) -> None:
        """Something changed, or the page is shown; a cell that is written into is left in peace."""
        if self.table.is_editing:
            return
        if self.isVisible() or not self.model.loaded:
            self.model.refresh()
            self._around.start()
            if self._chosen:
                self._looking.start()

    def _ask(self) -> None:
        head, sort = self.head, self.table.order
        self.model.show(ProductQuery(
            text=head.search.text(), category=head.chosen_category, state=head.state,
            sort=sort[0], down=sort[1],
        ))  # fmt: skip

    async def _read_around(self) -> None:
        self.head.show_categories(await self._port.categories())
        self._new = await self._port.new_products()
        self._show_new()

    def _on_refreshed(self) -> None:
        self._failed = False
        rows = self.model.rowCount()
        self.head.show_count(rows)
        self._pages.setCurrentIndex(2 if rows else 1)
        self._say_empty()
        if self._chosen:
            self.table.select_variant(self._chosen)

    def _on_failed(self) -> None:
        self._failed = True
        self._pages.setCurrentIndex(1)
        self._say_empty()

    def _choose(self, variant_id: int) -> None:
        if variant_id and variant_id != self._chosen:
            self._chosen = variant_id
            self._looking.start()

    def _pick(self, variant_id: int) -> None:
        if variant_id and not self.table.select_variant(variant_id):
            self._choose(variant_id)

    async def _read_detail(self) -> None:
        asked = self._chosen
        detail = await self._port.detail(asked) if asked else None
        if asked == self._chosen:
            if detail is None:
                self.detail.clear()
            else:
                self.detail.show_detail(detail, asked)

    # --- the search -----------------------------------------------------------------------

    def _find(self) -> None:
        self.head.search.setFocus()
        self.head.search.selectAll()

    def _type(self, sign: str) -> None:
        """A sign typed in the table begins a search: perhaps a scanner's."""
        self.head.search.setFocus()
        self.head.search.setText(sign)

    def _into_table(self) -> None:
        if self.model.rowCount():
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.setFocus()

    async def enter(self, text: str) -> None:
        """A code was scanned, or Enter pressed behind words."""
        code = text.strip()
        found = await self._port.scanned(code) if code else 0
        if found:
            self._scanned = ""
            self._chosen = found
            self._looking.start()
            self.table.select_variant(found)
            self.head.search.selectAll()
        elif code.isdecimal() and len(code) >= _SHORTEST_CODE:
            self._scanned = code
            said = translate("Products", "No variant has the barcode {code}.")
            self.complained.emit(said.format(code=code))
            self.head.search.selectAll()
            self._say_empty()
        else:
            self._into_table()

    # --- windows --------------------------------------------------------------------------

    def ask_stock(self, item: VariantItem | None, *, counts: bool) -> StockWindow | None:
        """Open the window in which units are counted or moved."""
        if item is None:
            return None
        window = StockWindow(item, self, counts=counts)
        window.answered.connect(
            lambda units, reason, note: self._tasks.spawn(self._book(item, units, reason, note))
        )
        window.open()
        return window

    async def _book(self, item: VariantItem, units: int, reason: str, note: str) -> None:
        if reason:
            await self._port.move(item.variant_id, units, reason, note)
        else:
            await self._port.count(item.variant_id, units, item.stock, note)

    def begin_article(self) -> NewProductWindow:
        """Open the window in which an article is begun."""
        window = NewProductWindow(self, self._scanned)
        window.answered.connect(lambda made: self._tasks.spawn(self._make(window, made)))
        window.open()
        return window

    def begin_import(self) -> ImportWindow:
        """Open the window that takes a list of goods."""
        window = ImportWindow(self._port, self)
        window.finished_import.connect(self.reload)
        window.open()
        return window

    async def _make(self, window: NewProductWindow, article: SaveProduct) -> None:
        try:
            await self._port.create(article)
        except Refusal as refusal:
            sentence = words.refusal(refusal.code, refusal.parameters, refusal.field or "")
            window.refuse(refusal.field or "sku", sentence)
            return
        self._scanned = ""
        window.accept()

    # --- states ---------------------------------------------------------------------------

    def _show_link(self) -> None:
        phase = self._port.link.phase
        self.offline.setVisible(phase in {"offline", "connecting"})

    def _show_new(self) -> None:
        first = next((each for each in self._new if each.failure), None) or next(
            iter(self._new), None
        )
        if first is not None:
            name = f"{first.sku} {first.name}".strip()
            said = translate("Products", "New: {name} waits for the relay.").format(name=name)
            action = ""
            if first.failure:
                why = words.refusal(first.failure, first.parameters)
                said, action = f"{name}: {why}", translate("Products", "Give it up")
            self.waiting.say(said, action)
        self.waiting.setVisible(first is not None)

    def _give_up_new(self) -> None:
        entry = next((each.entry for each in self._new if each.failure), 0)
        if entry:
            self._tasks.spawn(self._port.discard(entry))

    @property
    def _narrowed(self) -> bool:
        query = self.model.query
        return bool(query.text or query.category or query.state)

    def _on_empty(self) -> None:
        if self._failed:
            self.model.refresh()
        elif self._narrowed:
            self.head.show_all()
        else:
            self.begin_article()

    def _say_empty(self) -> None:
        if self._failed:
            self.empty.say(translate("Products", "The goods could not be read"),
                           translate("Products", "Nothing is lost."),
                           translate("Products", "Try again"), icon="warning")  # fmt: skip
        elif self._narrowed:
            self.empty.say(translate("Products", "Nothing is like that"),
                           translate("Products", "Try fewer words, or another category."),
                           translate("Products", "Show all"), icon="search")  # fmt: skip
        else:
            can = translate("Products", "New article") if self._port.may_edit else ""
            self.empty.say(translate("Products", "No goods yet"),
                           translate("Products", "Import a list, or begin with one article."),
                           can, icon="product")  # fmt: skip

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.table.setAccessibleName(translate("Products", "Goods"))
        self.offline.say(translate(
            "Products", "No line to the relay: what you change waits here and is checked then."
        ))  # fmt: skip
        self._say_empty()
        self._show_new()

    async def close_down(self) -> None:
        """End what runs for it."""
        stops, self._stops = self._stops, ()
        for stop in stops:
            stop()
        await self.pictures.close()
