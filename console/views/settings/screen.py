"""The settings: a list of sections at the left, the cards of the chosen one beside it.

A card is a ``ui.section.Section``; whoever has one adds it with ``add`` under one of the
``sections``.  The section last looked at is remembered on this computer.
"""

from __future__ import annotations

from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QSettings, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console import __version__
from console.ui.i18n import translate
from console.ui.section import Section
from console.ui.side_list import SideList
from console.ui.tasks import Tasks
from console.ui.widgets import frame, label, snug, speaks
from console.views.settings import sections

C = TypeVar("C", bound=Section)
_KEY: Final = "settings/section"
_WIDTH: Final = 720
_LIST_WIDTH: Final = 232


class SettingsScreen(QFrame):
    """Shows one section at a time; ``reload`` whenever it comes to be seen."""

    signed_out = Signal(int)
    """A staff member gave up this computer."""
    complained = Signal(str)
    """Something did not work; the value is its reason code."""
    restart_asked = Signal()
    """The program is to be opened anew, e.g. in another size."""

    def __init__(self, store: QSettings) -> None:
        super().__init__()
        self._store = store
        self._pages: dict[str, _Page] = {}
        self._cards: list[tuple[str, Section]] = []
        self.setProperty("look", "paper")
        self.tasks = Tasks(self)
        self.tasks.failed.connect(self.complained)
        self.list = SideList()
        self.list.chosen.connect(self._on_chosen)
        self._title, self._about = label("title"), label("tiny")
        self._stack = QStackedWidget()
        self._arrange()
        self._speak()

    def _arrange(self) -> None:
        side = frame("list")
        side.setFixedWidth(_LIST_WIDTH)
        column = QVBoxLayout(side)
        snug(column, 12, 20, 12, 14, spacing=12)
        self._title.setContentsMargins(10, 0, 0, 0)
        self._about.setContentsMargins(10, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self.list, 1)
        column.addWidget(self._about)
        row = QHBoxLayout(self)
        snug(row)
        row.addWidget(side)
        row.addWidget(self._stack, 1)

    # --- cards ----------------------------------------------------------------------------

    def add(self, section: str, card: Section) -> None:
        """Show one more card at the end of one of the ``sections``."""
        if section not in self._pages:
            self._open_page(section)
        self._pages[section].add(card)
        self._cards.append((section, card))
        card.complained.connect(self.complained)

    def _open_page(self, section: str) -> None:
        page = self._pages[section] = _Page()
        self._stack.addWidget(page)
        known = self.sections
        self.list.show_entries([(name, sections.ICONS[name]) for name in known])
        remembered = str(self._store.value(_KEY, ""))
        self._select(remembered if remembered in known else known[0])
        self._speak()

    def card(self, kind: type[C]) -> C:
        """The card of that kind.  Raises ``LookupError``."""
        found = next((card for _, card in self._cards if isinstance(card, kind)), None)
        if found is None:
            raise LookupError(kind.__name__)
        return found

    def show_card(self, card: Section) -> None:
        """Bring a card to the front."""
        self.show_section(next(section for section, each in self._cards if each is card))
        self._pages[self.section].ensureWidgetVisible(card, 0, 20)

    # --- sections -------------------------------------------------------------------------

    @property
    def sections(self) -> list[str]:
        """Those that have cards, in order."""
        return [name for name in sections.ORDER if name in self._pages]

    @property
    def section(self) -> str:
        """The section that is shown."""
        return self.list.current

    def show_section(self, section: str) -> None:
        """Show a section that has cards."""
        if section in self._pages and section != self.section:
            self._select(section)
            self._on_chosen(section)

    def reload(self) -> None:
        """Read again what the section that is shown tells."""
        for section, card in self._cards:
            if section == self.section:
                card.reload()

    def _select(self, section: str) -> None:
        self.list.select(section)
        self._stack.setCurrentWidget(self._pages[section])

    def _on_chosen(self, section: str) -> None:
        self._stack.setCurrentWidget(self._pages[section])
        self._store.setValue(_KEY, section)
        self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """The arrow keys go through the sections at once."""
        self.list.setFocus()
        super().showEvent(event)

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Settings", "Settings"))
        self._about.setText(f"Hanger 衣架 {__version__}")
        self.list.setAccessibleName(translate("Settings", "Sections of the settings"))
        for name, page in self._pages.items():
            self.list.say(name, sections.title(name))
            page.title.setText(sections.title(name))


class _Page(QScrollArea):
    """One section: its name above its cards."""

    def __init__(self) -> None:
        super().__init__()
        body, holder = QWidget(), QWidget()
        self._column = QVBoxLayout(holder)
        snug(self._column, 0, 28, 0, 28, spacing=14)
        holder.setMaximumWidth(_WIDTH)
        self.title: QLabel = label("display")
        self._column.addWidget(self.title)
        self._column.addStretch(1)
        line = QHBoxLayout(body)
        snug(line, 32, 0, 32, 0)
        line.addWidget(holder, 100)
        line.addStretch(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(body)

    def add(self, card: Section) -> None:
        self._column.insertWidget(self._column.count() - 1, card)
