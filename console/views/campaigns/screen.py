"""The campaigns section: the list, and the page of the campaign that is open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from console.desk.ports import DeskPorts
from console.ui import i18n
from console.ui.clock import ShopClock
from console.ui.pictures import Pictures
from console.ui.tasks import Tasks
from console.ui.widgets import snug
from console.views.campaigns.list import CampaignList


class CampaignsScreen(QFrame):
    """Shows the list, or one campaign."""

    complained = Signal(str)
    """Something did not work; the value is one clear sentence."""

    def __init__(self, desks: DeskPorts) -> None:
        super().__init__()
        self._desks, self._port = desks, desks.campaigns
        self.setProperty("look", "paper")
        self.tasks = Tasks(self)
        self.pictures = Pictures(desks.inbox.photo, self)
        self.clock = ShopClock(desks.inbox.me.timezone)
        self.list = CampaignList(self.pictures, self.clock)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        column = QVBoxLayout(self)
        snug(column)
        column.addWidget(self._stack)
        self._unsubscribe = self._port.on_changed(self._on_changed)
        self.list.new_wanted.connect(lambda: self.tasks.spawn(self._begin()))

    async def _begin(self) -> None:
        await self._port.create()
        await self._reload()

    def _on_changed(self) -> None:
        if self.isVisible():
            self.tasks.spawn(self._reload())

    async def _reload(self) -> None:
        self.list.show_items(await self._port.all())

    def showEvent(self, event: QShowEvent) -> None:
        """Show what there is now."""
        super().showEvent(event)
        self.tasks.spawn(self._reload())

    async def close_down(self) -> None:
        """End what runs for it."""
        self._unsubscribe()
        await self.tasks.close()
        await self.pictures.close()

    @property
    def language(self) -> str:
        """The language that new words are written in."""
        return i18n.language()
