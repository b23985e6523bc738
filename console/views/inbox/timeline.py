"""The conversation itself: the list of bubbles and what can be done with one."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from console import roles
from console.desk.find import NOWHERE, Places
from console.desk.ports import DeskPorts
from console.desk.types import MessageItem
from console.models.message_model import MessageModel
from console.ui import spoken
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.message_delegate import Hit, Marked, MessageDelegate
from console.ui.notices import EmptyState
from console.ui.pictures import Pictures
from console.ui.player import Player
from console.ui.row_view import RowView
from console.ui.tasks import Tasks
from console.ui.timers import once
from console.ui.widgets import button, repaints, snug, speaks
from console.views.inbox.bubble_actions import BubbleActions
from console.views.inbox.bubbles import Bubbles

_FLASH_MS: Final = 1_600
_NEAR: Final = 240
"""Pixels from an end at which the next page is read."""


class TimelinePane(QFrame):
    """Shows one conversation; asks for what the clerk wants done."""

    read_up_to = Signal(int, int)
    """Conversation, and the newest seq that was on screen."""

    def __init__(
        self, desks: DeskPorts, tasks: Tasks, clock: ShopClock, pictures: Pictures, player: Player
    ) -> None:
        super().__init__()
        self._unseen = 0
        self._aim = 0
        self._places: Places = NOWHERE
        self.setProperty("look", "paper")
        self.model = MessageModel(desks.inbox, tasks.spawn, self)
        self.model.zone = clock.now().tzinfo or self.model.zone
        self.model.speak = partial(spoken.line, clock=clock)
        self.model.grown.connect(lambda count: self._announce(count, clock))
        self.delegate = MessageDelegate(clock, pictures, desks.inbox.me.staff_id, self)
        self.delegate.playing = lambda: player.playing
        self.list = Bubbles(self._heights, "paper")
        self.list.setItemDelegate(self.delegate)
        self.list.follow_end = True
        self.list.end_margin = 16
        self.list.keep_bar_beside()
        self.list.setModel(self.model)
        self.acts = BubbleActions(desks, tasks, clock, pictures, player, self.list)
        self.jump = button("jump")
        self.empty = EmptyState("chat")
        self._dimming = once(self, _FLASH_MS, self._dim)
        self._arrange()
        self._connect(pictures, player)
        self._speak()

    def _announce(self, count: int, clock: ShopClock) -> None:
        """Let a screen reader say what came in."""
        theirs = [item for item in self.model.items if not item.mine]
        for item in theirs[-count:]:
            spoken.announce(self.list, spoken.message(item, clock))

    def _heights(self, first: int, last: int, width: int) -> list[int]:
        indexes = [self.model.index(row, 0) for row in range(first, last)]
        return self.delegate.heights(indexes, width)

    def _arrange(self) -> None:
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        snug(layout)
        layout.addWidget(body)
        self.jump.setParent(self)
        self.jump.hide()

    def _connect(self, pictures: Pictures, player: Player) -> None:
        self.model.opened.connect(self._after_open)
        self.model.arrived.connect(self._show_target)
        self.model.ended.connect(self._to_end)
        self.model.grown.connect(self._on_grown)
        self.model.failed.connect(self._show_failure)
        self.model.rowsAboutToBeInserted.connect(self._on_coming)
        self.model.rowsInserted.connect(lambda *_: self._on_filled())
        self.model.continued.connect(self._on_moved)
        self.list.moved.connect(self._on_moved)
        self.list.clicked_at.connect(self._on_click)
        self.acts.quote_wanted.connect(lambda quote: self.show_message(quote.seq))
        self.jump.clicked.connect(self.to_newest)
        self.empty.button.clicked.connect(lambda: self.open(self.model.conversation_id))
        self._settling = once(self, 0, self._on_moved)
        self._painting = once(self, 16, self.list.viewport().update)
        pictures.arrived.connect(lambda _: self._painting.start())
        player.changed.connect(self._paint_bubble)

    def _on_click(self, hit: Hit, _item: object) -> None:
        if hit.kind == "older":
            self.model.load_older()

    def _paint_bubble(self, key: str) -> None:
        row = self.model.row_of_key(key)
        if row >= 0:
            self.list.viewport().update(self.list.visualRect(self.model.index(row, 0)))

    # --- showing --------------------------------------------------------------------------

    def open(self, conversation_id: int, at_seq: int = 0, places: Places = NOWHERE) -> None:
        """Show a conversation from its newest or first unread message, or around one of them."""
        self._unseen = self._aim = 0
        self._places, self.delegate.marked = places, Marked()
        self._stack.setCurrentIndex(0)
        self.acts.conversation_id = conversation_id
        self.model.open(conversation_id, at_seq)
        self._show_jump()

    def show_message(self, seq: int, places: Places = NOWHERE) -> None:
        """Show a message of this conversation and let it shine for a moment.

        ``places`` in it stay marked.
        """
        self._places, self.delegate.marked = places, Marked()
        self.model.jump(seq)

    def _show_target(self, seq: int) -> None:
        row = self.model.row_of_seq(seq)
        if row < 0:
            return
        self._aim = seq
        index = self.model.index(row, 0)
        self.list.scrollTo(index, RowView.ScrollHint.PositionAtCenter)
        self.list.setCurrentIndex(index)
        item = index.data(roles.ITEM)
        self.delegate.flashing = item.key
        if self._places != NOWHERE:
            self.delegate.marked = Marked(item.key, self._places.body, self._places.others)
        self._dimming.start()
        self.list.viewport().update()
        self._on_moved()

    def _dim(self) -> None:
        if self._aim and self.model.row_of_seq(self._aim) >= 0 and self.model.has_gaps:
            self._dimming.start()  # it is still being fetched
        else:
            self._let_go()

    def _let_go(self) -> None:
        """What was jumped to shines no more and holds the view no longer."""
        self._dimming.stop()
        self._aim, self.delegate.flashing = 0, ""
        self.list.viewport().update()

    def _after_open(self) -> None:
        bar, unread = self.list.verticalScrollBar(), self.model.unread_row()
        if unread >= 0:
            index = self.model.index(unread, 0)
            self.list.scrollTo(index, RowView.ScrollHint.PositionAtTop)
        else:
            bar.setValue(bar.maximum())
        if not self.model.rowCount():
            self._show_nothing()
        self._on_moved()

    def _show_nothing(self) -> None:
        self._stack.setCurrentIndex(1)
        self.empty.say(
            translate("Timeline", "Nothing was written yet"),
            translate("Timeline", "The first message starts the conversation."),
            icon="chat",
        )

    def _show_failure(self) -> None:
        self._stack.setCurrentIndex(1)
        self.empty.say(
            translate("Timeline", "This conversation could not be read"),
            translate("Timeline", "Nothing is lost. Try again."),
            translate("Timeline", "Try again"),
            "warning",
        )

    def refresh(self) -> None:
        """Rows of this conversation changed."""
        if self._stack.currentIndex() == 1 and self.model.conversation_id:
            self._stack.setCurrentIndex(0)
        self.model.refresh()

    def _on_coming(self) -> None:
        """Only the true end is followed; the end of a window around a message stays put."""
        self.list.follow_end = not self.model.has_newer and not self._dimming.isActive()

    def _on_filled(self) -> None:
        """What was jumped to has come: it shines under its own name."""
        row = self.model.row_of_seq(self._aim) if self._aim else -1
        if row >= 0:
            self.delegate.flashing = self.model.index(row, 0).data(roles.ITEM).key

    def _on_grown(self, count: int) -> None:
        if not self.list.at_end():
            self._unseen += count
        self._show_jump()
        self.report_read()

    def _on_moved(self) -> None:
        if self.model.applying:
            self._settling.start()
            return
        bar = self.list.verticalScrollBar()
        self.model.at_end = self.list.at_end()
        if bar.value() < _NEAR:
            self.model.load_older()
        if self.model.has_newer and bar.maximum() - bar.value() < _NEAR:
            self.model.load_newer()
        if self.list.at_end() and not self.model.has_newer:
            self._unseen = 0
        self._show_jump()
        self.report_read()

    def report_read(self) -> None:
        """Tell how far the clerk has read: what is on screen of an active window."""
        if not self.isVisible() or not self.window().isActiveWindow():
            return
        last = 0
        for row in self.list.visible_rows():
            item = self.model.index(row, 0).data(roles.ITEM)
            if isinstance(item, MessageItem):
                last = max(last, item.seq)
        if last:
            self.read_up_to.emit(self.model.conversation_id, last)

    def to_newest(self) -> None:
        """Go to the last message, with the keyboard where it is among the messages."""
        self._unseen = 0
        self._let_go()
        if self.model.has_newer:
            self.model.jump_to_newest()
        else:
            self._to_end()
            if self.list.hasFocus():
                self.focus_last()

    def _to_end(self) -> None:
        bar = self.list.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._show_jump()

    def focus_last(self) -> None:
        """Give the keyboard to the last message here; arrows go on from it."""
        for row in reversed(range(self.model.rowCount())):
            index = self.model.index(row, 0)
            if isinstance(index.data(roles.ITEM), MessageItem):
                self.list.setCurrentIndex(index)
                self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _show_jump(self) -> None:
        away = self.model.has_newer or not self.list.at_end()
        if self._unseen:
            text = translate("Timeline", "{n} new").format(n=self._unseen) + " ↓"
        else:
            text = translate("Timeline", "Newest") + " ↓"
        self.jump.setText(text)
        self.jump.setVisible(away)
        self._place_jump()

    def _place_jump(self) -> None:
        self.jump.adjustSize()
        self.jump.move(
            self.width() - self.jump.width() - 26,
            self.height() - self.jump.height() - 12,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the jump button in its corner."""
        super().resizeEvent(event)
        self._place_jump()

    # --- language and palette -------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in the new language or palette."""
        if speaks(event) or repaints(event):
            self.delegate.forget()
            self.list.relayout()
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.list.setAccessibleName(translate("Timeline", "Messages"))
        self._show_jump()
