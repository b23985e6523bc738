"""The section of the catalogue.

Its page is made, and its modules loaded, when it is first shown: no start waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from console.desk.ports import DeskPorts
from console.ui.tasks import Tasks
from console.ui.widgets import snug

if TYPE_CHECKING:
    from console.views.products.page import ProductsPage


class ProductsScreen(QFrame):
    """Empty until it is shown."""

    complained = Signal(str)
    """Something did not work; the value is one clear sentence."""
    holds_wanted = Signal()
    """The list of what is kept for members."""

    def __init__(self, desks: DeskPorts) -> None:
        super().__init__()
        self._desks = desks
        self.tasks = Tasks(self)
        self.page: ProductsPage | None = None
        self.setProperty("look", "paper")

    def showEvent(self, event: QShowEvent) -> None:
        """Show what there is now."""
        super().showEvent(event)
        if self.page is None:
            self.page = self._make()
        self.page.reload()

    def _make(self) -> ProductsPage:
        from console.views.products.page import ProductsPage  # noqa: PLC0415

        page = ProductsPage(self._desks, self.tasks)
        page.complained.connect(self.complained)
        page.holds_wanted.connect(self.holds_wanted)
        column = QVBoxLayout(self)
        snug(column)
        column.addWidget(page)
        return page

    async def close_down(self) -> None:
        """End what runs for it."""
        if self.page is not None:
            await self.page.close_down()
        await self.tasks.close()
