"""The list of campaigns: under way, drafts, what is over; and where a new one begins."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.desk.campaign_types import CampaignItem
from console.ui import campaign_phrases
from console.ui.choice_list import ROW, Choice, ChoiceList
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.notices import EmptyState
from console.ui.pictures import Pictures
from console.ui.widgets import button, frame, label, snug, speaks

_ROWS = 400
_WIDTH = 860


class CampaignList(QFrame):
    """Emits what was chosen; the screen shows it."""

    chosen = Signal(str)
    new_wanted = Signal()
    week_wanted = Signal()

    def __init__(self, pictures: Pictures, clock: ShopClock) -> None:
        super().__init__()
        self._pictures, self._clock = pictures, clock
        self._items: list[CampaignItem] | None = None
        self.setProperty("look", "paper")
        self.list = ChoiceList(_ROWS)
        self.new, self.week = button("primary"), button()
        self._ground = frame("card")
        self._title, self._hint = label("title"), label("soft")
        self.empty = EmptyState("campaign")
        self._pages = QStackedWidget()
        self._arrange()
        self.list.chosen.connect(self.chosen.emit)
        self.new.clicked.connect(self.new_wanted)
        self.week.clicked.connect(self.week_wanted)
        self.empty.button.clicked.connect(self.new_wanted)
        pictures.arrived.connect(lambda _: self.list.viewport().update())
        self._speak()

    def _arrange(self) -> None:
        head = frame("header")
        head.setFixedHeight(60)
        row = QHBoxLayout(head)
        snug(row, 22, 0, 22, 0, spacing=12)
        row.addWidget(self._title)
        row.addWidget(self._hint, 1)
        row.addWidget(self.week)
        row.addWidget(self.new)
        self._ground.setMaximumWidth(_WIDTH)
        inside = QVBoxLayout(self._ground)
        snug(inside, 10, 10, 10, 10)
        inside.addWidget(self.list)
        holder = QWidget()
        around, beside = QVBoxLayout(holder), QHBoxLayout()
        snug(around, 22, 20, 22, 20)
        snug(beside)
        beside.addWidget(self._ground, 100)
        beside.addStretch(1)
        around.addLayout(beside, 100)
        around.addStretch(1)
        self._pages.addWidget(QWidget())
        self._pages.addWidget(self.empty)
        self._pages.addWidget(holder)
        column = QVBoxLayout(self)
        snug(column)
        column.addWidget(head)
        column.addWidget(self._pages, 1)

    @property
    def items(self) -> list[CampaignItem]:
        """What it shows."""
        return list(self._items or ())

    def show_items(self, found: Sequence[CampaignItem]) -> None:
        """Show these; the one that was current stays so."""
        current = self.list.value
        self._items = list(found)
        self.list.offer([self._choice(item) for item in found])
        self.list.setMinimumHeight(ROW)
        self._ground.setMaximumHeight(ROW * max(1, len(found)) + 22)
        self.show_current(current)
        self._pages.setCurrentIndex(2 if found else 1)

    def show_current(self, client_id: str) -> None:
        """The keyboard is at this one, if it is still there."""
        places = [item.client_id for item in self.items]
        if client_id in places:
            self.list.setCurrentRow(places.index(client_id))

    def _choice(self, item: CampaignItem) -> Choice:
        cover = next((each.photos[0] for each in item.draft.variants if each.photos), None)

        def picture() -> QPixmap | None:
            return self._pictures.get(cover.item) if cover is not None else None

        return Choice(
            item.client_id, campaign_phrases.title(item), campaign_phrases.below(item, self._clock),
            campaign_phrases.state(item), picture, "campaign",
        )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the one at which the keyboard is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.choose()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Campaigns", "Campaigns"))
        self._hint.setText(translate("Campaigns", "Words and photos to many members at once"))
        self.week.setText(translate("Week", "Week plan"))
        self.new.setText(translate("Campaigns", "New campaign"))
        self.list.setAccessibleName(translate("Campaigns", "Campaigns"))
        self.empty.say(
            translate("Campaigns", "No campaign yet"),
            translate("Campaigns", "Drag in ten photos, write two lines, choose who gets it."),
            translate("Campaigns", "New campaign"),
        )  # fmt: skip
        if self._items is not None:
            self.show_items(self._items)
