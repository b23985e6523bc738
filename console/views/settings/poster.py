"""The card of where phones reach the shop, and the poster that says so."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, Qt, Signal

from console.desk.accounts import AccountsDesk
from console.desk.shop import ShopFacts
from console.desk.types import Me
from console.ui import hour_phrases
from console.ui.i18n import translate
from console.ui.poster import Poster
from console.ui.poster_view import PosterView
from console.ui.reach_choice import ReachChoice
from console.ui.section import Section
from console.ui.tasks import Tasks
from console.ui.widgets import button, speaks


class Addresses(Protocol):
    """What the card asks (``desk.shop.ShopDesk``)."""

    async def facts(self) -> ShopFacts | None:
        """Name, hours and address; ``None`` before they have come."""
        ...

    async def save_address(self, url: str) -> None:
        """Remember where phones reach the shop."""
        ...


class PosterCard(Section):
    """Ways to be reached with their test, and the poster for the chosen one.

    ``address_shown``: the address in the code, whenever it may be another one.
    """

    address_shown = Signal(str)

    def __init__(self, shop: Addresses, accounts: AccountsDesk, me: Me, tasks: Tasks) -> None:
        super().__init__()
        self._shop, self._accounts, self._me, self._tasks = shop, accounts, me, tasks
        self._facts: ShopFacts | None = None
        self.reach = ReachChoice(accounts.reach, accounts.relay_url, tasks)
        self.poster, self.draw = PosterView(), button()
        self.reach.changed.connect(lambda: self.address_shown.emit(self.reach.poster_url))
        self.draw.clicked.connect(self._show_poster)
        self.column.addWidget(self.reach)
        self.column.addWidget(self.draw, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.poster)
        self.poster.hide()
        self._speak()

    def reload(self) -> None:
        """Read the shop's facts again and test the addresses."""
        self._tasks.spawn(self._load())

    async def _load(self) -> None:
        self._facts = await self._shop.facts()
        if self._facts is not None:
            here = "" if self._accounts.is_bundled else self._accounts.relay_url
            self.reach.show_address(self._facts.address or here)
        self.reach.reload()

    def _show_poster(self) -> None:
        if not self.reach.is_filled():
            return
        facts = self._facts
        self.poster.show_poster(
            Poster(
                url=self.reach.poster_url,
                shop=facts.name if facts is not None else self._me.shop_name,
                hours=hour_phrases.week(facts.hours.week) if facts is not None else "",
                at_home=self.reach.at_home,
            )
        )
        self.poster.show()
        if self._me.role == "owner":
            self._tasks.spawn(self._shop.save_address(self.reach.public_url))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Settings", "Poster for members"))
        self.draw.setText(translate("Settings", "Make the poster"))
