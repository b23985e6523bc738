"""Left column of the inbox: title, search, filter chips and the list."""

from __future__ import annotations

from functools import partial
from typing import Final, cast

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from console.desk.ports import InboxPort
from console.desk.types import Changed, ConversationFilter, Counts
from console.models.conversation_model import ConversationModel
from console.ui import conversation_delegate, icons, phrases, queue_phrases, spoken, theme
from console.ui.clock import ShopClock
from console.ui.conversation_list import ConversationList
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.notices import EmptyState
from console.ui.tasks import Tasks
from console.ui.timers import once
from console.ui.widgets import Chip, label, repaints, snug, speaks

_FILTERS: Final[tuple[ConversationFilter, ...]] = (
    "waiting", "unread", "mine", "groups", "snoozed", "all",
)  # fmt: skip
_QUEUES: Final = frozenset({"waiting", "unread", "mine"})
_ONLY_IF_ANY: Final = frozenset({"groups", "snoozed"})
_COUNTED: Final = frozenset({"waiting", "unread"})
"""Parts that somebody has to do something about: their figures stand on the chips."""
_SEARCH_DELAY_MS: Final = 180
_TICK_MS: Final = 15_000
_AFTER_S: Final = 0.05
_LONGEST_S: Final = 3_600.0
"""A timer counts no further than 24 days, and the clock may be set: look once an hour."""


class ConversationsPane(QFrame):
    """Chooses a conversation; ``chosen`` carries its id."""

    chosen = Signal(int)
    menu_wanted = Signal(object, object)
    """A ``ConversationItem``, and the point of the screen where its menu is to open."""
    entered = Signal()
    """Enter on a row: the reply box should have the keyboard."""
    counted = Signal(object)
    """New ``Counts``."""
    find_wanted = Signal()
    """More than names is looked for."""
    poster_wanted = Signal()
    """A shop nobody has written to yet: members come by its poster."""
    woken = Signal()
    """The time of one that was put off has come."""

    def __init__(self, port: InboxPort, tasks: Tasks, clock: ShopClock) -> None:
        super().__init__()
        self._port, self._tasks, self._clock = port, tasks, clock
        self._counts = Counts()
        self._counted = False
        self._current = 0
        self._counting = False
        self._count_again = False
        self.setProperty("look", "list")
        self.model = ConversationModel(port, tasks.spawn, self)
        self.model.speak = partial(spoken.conversation, clock=clock)
        self._build_head()
        self._build_list()
        self._arrange()
        self._timers()
        self.model.refreshed.connect(self._after_refresh)
        self.model.failed.connect(lambda: self._show_empty(failed=True))
        keymap().changed.connect(self._speak)
        self._speak()
        self.model.refresh()
        self.recount()

    # --- building -------------------------------------------------------------------------

    def _build_head(self) -> None:
        self._title, self._figures = label("title"), label("tiny")
        self._figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.search = QLineEdit()
        self.search.setProperty("look", "search")
        self.search.setClearButtonEnabled(True)
        self.finding = self.search.addAction(
            icons.icon("search", 16, theme.color("ink_faint")),
            QLineEdit.ActionPosition.TrailingPosition,
        )
        self.finding.triggered.connect(self.find_wanted)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._enter_list)
        self.search.installEventFilter(self)
        self.chips: dict[ConversationFilter, QPushButton] = {}
        self._group = QButtonGroup(self)
        for which in _FILTERS:
            chip = Chip(tiny=True)
            chip.setChecked(which == self.model.filter)
            chip.clicked.connect(lambda _=False, which=which: self.show_filter(which))
            self._group.addButton(chip)
            self.chips[which] = chip

    def _build_list(self) -> None:
        self.list = ConversationList(self._heights)
        self.list.keep_bar_beside()
        self.list.setItemDelegate(
            conversation_delegate.ConversationDelegate(
                self._clock, self.list, self._port.me.staff_id
            )
        )
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.activated.connect(lambda _: self.entered.emit())
        self.list.menu_at.connect(self._on_menu)
        self.empty = EmptyState("chat")
        self.empty.button.clicked.connect(self._on_empty_button)

    def _heights(self, first: int, last: int, _width: int) -> list[int]:
        plain, tall = conversation_delegate.ROW_HEIGHT, conversation_delegate.ROW_HEIGHT_WAITING
        return self.model.heights(first, last, plain, tall)

    def _arrange(self) -> None:
        top, chips = QHBoxLayout(), QWidget()
        snug(top, 0, 0, 0, 0, spacing=8)
        top.addWidget(self._title)
        top.addWidget(self._figures, 1)
        flow = FlowLayout(chips, 3)
        for chip in self.chips.values():
            flow.addWidget(chip)
        head = QVBoxLayout()
        snug(head, 14, 14, 14, 10, spacing=10)
        head.addLayout(top)
        head.addWidget(self.search)
        head.addWidget(chips)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        snug(layout, 0, 0, 1, 0)
        layout.addLayout(head)
        layout.addWidget(body, 1)

    def _timers(self) -> None:
        self._search_timer = once(self, _SEARCH_DELAY_MS, self._apply_search)
        self._waker = once(self, 0, self._wake)
        self._ticker = QTimer(self)
        self._ticker.setInterval(_TICK_MS)
        self._ticker.timeout.connect(self._tick)
        self._ticker.start()

    # --- doing ----------------------------------------------------------------------------

    def show_filter(self, which: ConversationFilter) -> None:
        """Show a part of the queue."""
        self.chips[which].setChecked(True)
        self.list.verticalScrollBar().setValue(0)
        self.model.show(which, self.model.query)
        self._speak()

    def _search(self) -> None:
        self._search_timer.start()

    def _apply_search(self) -> None:
        query = self.search.text().strip()
        if query and self.model.filter != "all":
            self.chips["all"].setChecked(True)
            self.model.show("all", query)
        else:
            self.model.show(self.model.filter, query)

    def choose(self, conversation_id: int) -> None:
        """Mark a conversation as the open one and show where it is."""
        self._current = conversation_id
        self.model.pin(conversation_id)
        row = self.model.row_of(conversation_id)
        if row >= 0:
            index = self.model.index(row, 0)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        else:
            self.list.clearSelection()

    def step(self, by: int) -> None:
        """Open the conversation ``by`` rows further down."""
        row = min(max(self.list.currentIndex().row() + by, 0), self.model.rowCount() - 1)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row, 0))

    async def next_after(self, conversation_id: int) -> int:
        """The next one to answer: below this one in a list of the queue, else who waits longest.

        0 when there is none.
        """
        row = self.model.row_of(conversation_id)
        if self.model.filter in _QUEUES and row >= 0:
            found = self.model.id_at(row + 1) or self.model.id_at(0)
            return found if found != conversation_id else 0
        waiting = await self._port.conversation_ids("waiting")
        return next((number for number in waiting if number != conversation_id), 0)

    def apply(self, changed: Changed) -> None:
        """Rows changed."""
        self.model.apply(changed)
        self.recount()

    def recount(self) -> None:
        """Read the figures again; calls in between are gathered."""
        if self._counting:
            self._count_again = True
            return
        self._counting = True
        self._tasks.spawn(self._recount())

    async def _recount(self) -> None:
        try:
            self._count_again = True
            while self._count_again:
                self._count_again = False
                self._counts = await self._port.counts()
                self._counted = True
                self.counted.emit(self._counts)
                self._speak()
                self._expect_waking()
        finally:
            self._counting = False

    def _expect_waking(self) -> None:
        """Look again when the next one that was put off comes back, with or without a line."""
        wake = self._counts.next_wake
        if wake is None:
            self._waker.stop()
            return
        seconds = (wake - self._clock.now()).total_seconds()
        self._waker.start(round(min(max(seconds, 0.0) + _AFTER_S, _LONGEST_S) * 1000))

    def _wake(self) -> None:
        self.model.refresh()
        self.recount()
        self.woken.emit()

    # --- reacting -------------------------------------------------------------------------

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        # When the current row leaves, Qt makes its neighbour current: nobody chose that one.
        if self.model.removing:
            return
        conversation_id = self.model.id_at(current.row()) if current.isValid() else 0
        if conversation_id and conversation_id != self._current:
            self._current = conversation_id
            self.model.pin(conversation_id)
            self.chosen.emit(conversation_id)

    def _on_menu(self, row: int, at: QPoint) -> None:
        if (item := self.model.item(self.model.id_at(row))) is not None:
            self.menu_wanted.emit(item, at)

    def _after_refresh(self) -> None:
        self._show_empty(failed=False)
        row = self.model.row_of(self._current)
        selection = self.list.selectionModel()
        if row < 0:
            selection.clear()
        elif self.list.currentIndex().row() != row:
            selection.setCurrentIndex(
                self.model.index(row, 0), selection.SelectionFlag.ClearAndSelect
            )

    def _show_empty(self, *, failed: bool) -> None:
        if failed:
            self.empty.say(
                translate("Conversations", "The list could not be read"),
                translate("Conversations", "Nothing is lost. Try again."),
                translate("Conversations", "Try again"),
                "warning",
            )
        elif not self.model.rowCount():
            self._say_empty()
        shown = failed or not self.model.rowCount()
        self._stack.setCurrentIndex(1 if (shown and self.model.loaded) or failed else 0)

    def _say_empty(self) -> None:
        if self.model.query:
            self.empty.say(
                translate("Conversations", "Nothing found"),
                translate(
                    "Conversations", "Names, pinyin and phone ends count. Ctrl+K finds words."
                ),
                translate("Conversations", "Clear the search"),
                "search",
            )
        elif self._is_new_shop:
            self.empty.say(
                translate("Conversations", "No conversations yet"),
                translate("Conversations", "They appear when members scan the poster and write."),
                translate("Conversations", "Show the poster"),
                "chat",
            )
        else:
            words = {
                "waiting": translate("Conversations", "Everybody has been answered"),
                "unread": translate("Conversations", "Everything has been read"),
                "mine": translate("Conversations", "Nothing is in your hands"),
                "groups": translate("Conversations", "No group conversations"),
                "snoozed": translate("Conversations", "Nothing is put off"),
            }
            action = translate("Conversations", "Show all")
            self.empty.say(words[self.model.filter], "", action, "check")

    @property
    def _is_new_shop(self) -> bool:
        return self.model.filter == "all" or (self._counted and not self._counts.all)

    def _on_empty_button(self) -> None:
        if self.model.query:
            self.search.clear()
        elif self.model.loaded and self._is_new_shop:
            self.poster_wanted.emit()
        elif self.model.filter != "all" and self.model.loaded:
            self.show_filter("all")
        self.model.refresh()

    def _enter_list(self) -> None:
        self._search_timer.stop()
        self._apply_search()
        self.list.setFocus()
        if not self.list.currentIndex().isValid() and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Down leaves the search field for the list; Esc empties it."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            key = cast("QKeyEvent", event).key()
            if key == Qt.Key.Key_Down:
                self._enter_list()
                return True
            if key == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return False

    def _tick(self) -> None:
        self.list.viewport().update()
        self._speak()

    # --- language and palette -------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new palette."""
        if speaks(event):
            self._speak()
            self._show_empty(failed=False)
        elif repaints(event):
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self.finding.setIcon(icons.icon("search", 16, theme.color("ink_faint")))

    def _speak(self) -> None:
        counts = self._counts
        self._title.setText(translate("Conversations", "Chats"))
        self._figures.setText(self._figures_text())
        self.search.setPlaceholderText(
            translate("Conversations", "Name, pinyin, phone end")
            + f"   {keymap().text('queue.filter')}"
        )
        finding = translate("Conversations", "Find anything")
        self.finding.setText(finding)
        self.finding.setToolTip(f"{finding} · {keymap().text('find')}")
        self.search.setAccessibleName(translate("Conversations", "Filter the conversations"))
        self.list.setAccessibleName(translate("Conversations", "Conversations"))
        for which, chip in self.chips.items():
            count = 0 if which == "all" else getattr(counts, which)
            name = queue_phrases.part(which)
            figure = f"{name} {count:,}" if count else name
            chip.setText(figure if which in _COUNTED else name)
            chip.setAccessibleName(figure)
            chip.setToolTip(figure)
            chip.setVisible(bool(count) or which not in _ONLY_IF_ANY or chip.isChecked())

    def _figures_text(self) -> str:
        counts = self._counts
        if not counts.waiting:
            return translate("Conversations", "All answered")
        text = translate("Conversations", "{n} waiting").format(n=f"{counts.waiting:,}")
        if counts.longest_wait_since is None:
            return text
        longest = phrases.duration(self._clock.since_s(counts.longest_wait_since))
        return f"{text} · " + translate("Conversations", "longest {time}").format(time=longest)
