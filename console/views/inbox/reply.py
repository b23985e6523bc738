"""The reply box: words, what goes with them, and whom they are for."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.desk.ports import DeskPorts
from console.desk.quick_replies import QuickReplyItem
from console.desk.types import MemberPanel
from console.ui.clock import ShopClock
from console.ui.composer import Composer
from console.ui.emoji_picker import EmojiPicker
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.pictures import Pictures
from console.ui.player import Player
from console.ui.tasks import Tasks
from console.ui.widgets import LineLabel, frame, looked, snug, speaks
from console.views.inbox.reply_attach import Attachments
from console.views.inbox.reply_begun import UnsentReplies
from console.views.inbox.reply_card import ItemPicker
from console.views.inbox.reply_drafts import DraftBar
from console.views.inbox.reply_later import SendButtons
from console.views.inbox.reply_quick import QuickReplies, facts_of
from console.views.inbox.reply_quote import QuoteBar
from console.views.inbox.reply_send import Delivery
from console.views.inbox.reply_tools import ToolRow
from console.views.inbox.unsent import Unsent

LONGEST: Final = 4_000
_COUNT_FROM: Final = 3_600
_LOW: Final = 560


class ReplyPane(QFrame):
    """Writes to one conversation; nothing begun is lost by leaving it."""

    sent = Signal()
    complained = Signal(str)
    """A sentence for the clerk."""
    quick_wanted = Signal()
    """The quick replies are to be changed."""
    escaped = Signal()
    """Esc, which the reply box has no use for."""

    def __init__(
        self, desks: DeskPorts, tasks: Tasks, clock: ShopClock, pictures: Pictures, player: Player
    ) -> None:
        super().__init__()
        self._desks, self._tasks, self._clock = desks, tasks, clock
        self._writing, self._quick_port = desks.writing, desks.quick_replies
        self._conversation = 0
        self._member: MemberPanel | None = None
        self.unsent = UnsentReplies(desks.begun, tasks, self._shown, self)
        self._now = Unsent()
        self.setProperty("look", "footer")
        self.text, self.tools = Composer(), ToolRow()
        self.drafts = DraftBar(desks.inbox, desks.begun, tasks, self.text)
        self.attached = Attachments(desks.writing, desks.begun, tasks, pictures, player)
        self.strip, self.voice = self.attached.strip, self.attached.voice
        self.buttons = SendButtons(desks.writing, tasks, clock)
        self.quick = QuickReplies(
            desks.quick_replies, tasks, self.text, pictures, self._facts, self
        )
        self.items = ItemPicker(desks.writing, tasks, pictures, self)
        self.emoji = EmojiPicker(self)
        self._build()
        self._connect()
        self._speak()

    # --- building -------------------------------------------------------------------------

    def _build(self) -> None:
        self._field = frame("field")
        self.quote_bar = QuoteBar()
        self.note_words = LineLabel("tiny")
        self.note_words.hide()
        field = QVBoxLayout(self._field)
        snug(field, 12, 8, 8, 8, spacing=6)
        for part in (self.note_words, self.attached, self.text):
            field.addWidget(part)
        row, layout = QHBoxLayout(), QVBoxLayout(self)
        snug(row, 0, 0, 0, 0, spacing=12)
        row.addWidget(self._field, 1)
        row.addWidget(self.buttons, 0, Qt.AlignmentFlag.AlignBottom)
        snug(layout, 20, 7, 20, 14, spacing=6)
        above: tuple[QWidget, ...] = (self.tools, self.drafts, self.quote_bar)
        for each in above:
            layout.addWidget(each)
        layout.addLayout(row)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._show_state)
        self.text.submitted.connect(self.send)
        self.text.files_given.connect(self.add_files)
        self.text.focused.connect(lambda on: self._flag("active", on=on))
        self.text.dragged_over.connect(lambda on: self._flag("drop", on=on))
        self.text.keys_first = self._take_key
        self.tools.pressed.connect(self.use_tool)
        self.drafts.note_found.connect(self._on_note_found)
        self.buttons.sent.connect(self.send)
        self.buttons.later.connect(self.send_later)
        self.attached.changed.connect(self._show_state)
        self.attached.changed.connect(self.unsent.changed)
        self.attached.complained.connect(self.complained)
        self.attached.left.connect(self.text.setFocus)
        self.quick.inserted.connect(self._on_quick)
        self.quick.managed.connect(self.quick_wanted)
        self.quick.kept.connect(self.complained)
        self.quote_bar.cancelled.connect(lambda: self.quote(0, ""))
        self.items.picked.connect(self.attached.set_item)
        self.items.dismissed.connect(self.text.setFocus)
        self.emoji.picked.connect(self._on_emoji)
        self.emoji.dismissed.connect(self.text.setFocus)
        for name in ("photos", "video", "voice", "item", "emoji", "note"):
            keymap().bind(f"chat.{name}", self, functools.partial(self.use_tool, name))
        keymap().bind("chat.later", self, self.buttons.open_menu)

    def _flag(self, name: str, *, on: bool) -> None:
        self._field.setProperty(name, on)
        looked(self._field, "field")

    # --- which conversation ---------------------------------------------------------------

    def open(self, conversation_id: int) -> None:
        """Write to another conversation; what was begun in the old one is kept there."""
        if conversation_id == self._conversation:
            return
        self._keep()
        self._conversation, self._member = conversation_id, None
        for popup in (self.items, self.emoji, self.quick.popup):
            popup.dismiss()
        self._put(self.unsent.take(conversation_id))
        self.drafts.open(conversation_id)
        if conversation_id:
            self._tasks.spawn(self._load(conversation_id))

    def refresh(self) -> None:
        """The draft changed elsewhere, or what is answered."""
        self.drafts.refresh()
        if self._now.reply_to:
            self._tasks.spawn(self._check_quote(self._now.reply_to))

    async def flush(self) -> None:
        """Keep what was begun, and let go of the microphone, before everything ends."""
        self.voice.finish()
        await self.attached.arrived()
        await self.unsent.flush()
        self.voice.close_down()
        await self.drafts.flush()

    async def _load(self, conversation_id: int) -> None:
        """What was begun before; and who she is, for the blanks of quick replies."""
        begun = await self.unsent.load(conversation_id)
        if begun is not None and conversation_id == self._conversation:
            self._put(begun.with_more(self._shown()[1]))
        found = await self._desks.inbox.conversations([conversation_id])
        member_id = found[0].member_id if found else None
        panel = await self._desks.inbox.panel(member_id) if member_id else None
        if conversation_id == self._conversation:
            self._member = panel

    def _keep(self) -> None:
        self.drafts.save()
        if self._conversation:
            if self.voice.recording:
                self.complained.emit(
                    translate("Reply", "The recording stopped; it is kept in that conversation")
                )
            self.unsent.leave(self._conversation, self._taken())

    def _taken(self) -> Unsent:
        self.voice.finish()
        return self._shown()[1]

    def _shown(self) -> tuple[int, Unsent]:
        here, now = self.attached.at_hand(), self._now
        here.reply_to, here.quoted, here.note, here.used = (
            now.reply_to, now.quoted, now.note, now.used)  # fmt: skip
        return self._conversation, here

    def _put(self, unsent: Unsent) -> None:
        self._now = unsent
        self.attached.put(unsent)
        self._show_quote()
        self._show_note()
        self._show_state()

    # --- what goes with the words ---------------------------------------------------------

    def use_tool(self, name: str) -> None:
        """Do what a button of the row above does."""
        if not self._conversation:
            return
        if self.note and name not in {"note", "emoji"}:
            return
        tools: dict[str, Callable[[], object]] = {
            "photos": lambda: self.attached.pick(videos=False),
            "video": lambda: self.attached.pick(videos=True),
            "voice": self.voice.toggle,
            "item": self.items.open,
            "emoji": lambda: self._tasks.spawn(self._open_emoji()),
            "quick": self.quick.open,
            "note": lambda: self.set_note(on=not self.note),
        }
        tools[name]()

    def add_files(self, files: list[Path | bytes]) -> None:
        """Put photos into the strip and a video beside it."""
        if self.note:
            self.complained.emit(translate("Reply", "A note holds words only"))
            return
        self.attached.add_files(files)
        self.text.setFocus()

    async def _open_emoji(self) -> None:
        self.emoji.open(await self._writing.emoji_used())

    def _on_emoji(self, sign: str) -> None:
        self.text.textCursor().insertText(sign)
        self._tasks.spawn(self._writing.remember_emoji(sign))

    def quote(self, message_id: int, words: str) -> None:
        """Answer a certain message (0: none)."""
        self._now.reply_to, self._now.quoted = message_id, words
        self._show_quote()
        self.unsent.changed()

    async def _check_quote(self, message_id: int) -> None:
        """What was taken back is answered no more, and shown nowhere."""
        recalled = await self._desks.begun.recalled(message_id)
        if recalled and self._now.reply_to == message_id:
            self.quote(0, "")

    def _show_quote(self) -> None:
        self.quote_bar.say(self._now.quoted)
        self.quote_bar.setVisible(bool(self._now.reply_to) and not self.note)

    @property
    def begun(self) -> bool:
        """Whether something to the member stands here that was not sent."""
        words = bool(self.text.toPlainText().strip()) and not self.note
        return words or self.attached.any or bool(self._now.reply_to)

    def offer(self, words: str) -> None:
        """Stand in an empty box, to be sent or changed; what is being written stays."""
        if not (self.note or self.text.toPlainText().strip()):
            self.text.setPlainText(words)
            self.text.moveCursor(self.text.textCursor().MoveOperation.End)
            self.text.setFocus()

    def give_back(self, words: str) -> None:
        """Put words back into the box, after what stands there."""
        text = self.text.toPlainText().rstrip()
        self.text.setPlainText(f"{text}\n{words}" if text and words else text or words)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    # --- quick replies --------------------------------------------------------------------

    def _facts(self) -> dict[str, str]:
        return facts_of(self._desks.inbox.me, self._member)

    def _on_quick(self, item: QuickReplyItem) -> None:
        self._now.used.append(item.client_id)
        self.unsent.changed()
        if item.photos:
            self._tasks.spawn(self.attached.add_pictures(item.photos))

    # --- notes ----------------------------------------------------------------------------

    @property
    def note(self) -> bool:
        """Whether the words are for colleagues only."""
        return self._now.note

    def set_note(self, *, on: bool) -> None:
        """Write for colleagues, or to the member again; the words stay, nothing is sent."""
        self._now.note = on
        self._show_note(moved=True)
        self._show_state()
        self.text.setFocus()

    def _on_note_found(self) -> None:
        self._now.note = True
        self._show_note()
        self._show_state()

    def _show_note(self, *, moved: bool = False) -> None:
        on = self.note
        self.drafts.set_secret(on=on, moved=moved)
        self.quick.enabled = not on
        if on:
            self.quick.popup.dismiss()
            self.voice.finish()
        self.tools.show_note(on=on)
        self.note_words.setVisible(on)
        self._flag("note", on=on)
        self._show_quote()
        self._speak()

    def _take_key(self, event: QKeyEvent) -> bool:
        if self.quick.take_key(event):
            return True
        if event.key() != Qt.Key.Key_Escape:
            return False
        if self.note:
            self.set_note(on=False)
            return True
        self.escaped.emit()
        return False

    # --- sending --------------------------------------------------------------------------

    def send(self) -> None:
        """Queue what stands here; the box is empty at once, and the next may follow at once."""
        self._go(None)

    def send_later(self, due_at: datetime) -> None:
        """Queue it for the relay to send at a moment (aware, in UTC)."""
        self._go(due_at)

    def _go(self, due_at: datetime | None) -> None:
        words = self.text.toPlainText().strip()
        if not self._conversation or not self._fits(words):
            return
        unsent = self._taken()
        if not words and (unsent.note or not unsent.attached):
            return
        if not unsent.note and self.quick.blank_left():
            self.quick.forget_blanks()
            self.complained.emit(
                translate("Reply", "A blank is not filled in yet; Enter again sends it as it is")
            )
            return
        self.drafts.begin_sending()
        if not unsent.note:
            self._put(Unsent())
        self._tasks.spawn(self._deliver(Delivery(self._conversation, words, unsent, due_at)))

    def _fits(self, words: str) -> bool:
        if len(words) > LONGEST:
            self.complained.emit(
                translate("Reply", "A message holds at most {n} characters").format(n=LONGEST)
            )
        return len(words) <= LONGEST

    async def _deliver(self, delivery: Delivery) -> None:
        unsent = delivery.left
        try:
            async with self.unsent.turn:
                await delivery.run(self._writing)
        except Exception:
            self._restore(delivery)
            raise
        self.drafts.end_sending()
        self.sent.emit()
        if not unsent.note:
            await self.unsent.drop_copies(unsent)
            for client_id in unsent.used:
                await self._quick_port.use(client_id)

    def _restore(self, delivery: Delivery) -> None:
        """Sending failed before it was kept: everything comes back."""
        conversation_id, words, unsent = delivery.conversation_id, delivery.words, delivery.left
        if conversation_id == self._conversation:
            self._put(unsent.with_more(self._shown()[1]))
            self.drafts.end_sending()
            self.give_back(words)
        else:
            self.unsent.leave(conversation_id, unsent)
            self.drafts.end_sending()
            self._tasks.spawn(self.drafts.store(conversation_id, words, secret=unsent.note))
        self.complained.emit(translate("Reply", "This could not be queued; it is still here"))

    def _show_state(self) -> None:
        length = len(self.text.toPlainText())
        count = f"{length:,} / {LONGEST:,}" if length >= _COUNT_FROM else ""
        self.tools.show_count(count, too_long=length > LONGEST)
        there = bool(self.text.toPlainText().strip())
        self.attached.setVisible(self.attached.any and not self.note)
        ready = (there or (self.attached.any and not self.note)) and length <= LONGEST
        self.buttons.show_state(ready=ready, note=self.note)

    # --- language and palette -------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the conversation where there is little."""
        super().resizeEvent(event)
        self.text.set_compact(compact=self.window().height() < _LOW)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.note_words.say(translate("Reply", "Note: only colleagues see this, never the member"))
        if self.note:
            self.text.setAccessibleName(translate("Reply", "Note for colleagues"))
            self.text.setPlaceholderText(translate("Reply", "What colleagues should know"))
        else:
            self.text.setAccessibleName(translate("Reply", "Reply"))
            self.text.setPlaceholderText(
                translate("Reply", "Write a reply; / for quick replies; paste or drop photos")
            )
