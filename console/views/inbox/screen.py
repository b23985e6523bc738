"""The inbox: list, conversation and member side by side, kept fresh by the desk."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.desk.enquiry_types import GoodsItem
from console.desk.find import NOWHERE, Places
from console.desk.ports import DeskPorts
from console.desk.types import Changed, ConversationItem, LinkState, MessageItem, Typing
from console.ui import phrases
from console.ui.clock import ShopClock
from console.ui.colleagues import ColleaguesBar
from console.ui.drop_area import DropArea
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.notices import EmptyState
from console.ui.photo_viewer import PhotoViewer
from console.ui.pictures import Pictures
from console.ui.player import Player
from console.ui.player_bar import NowPlaying
from console.ui.tasks import Tasks
from console.ui.timers import once
from console.ui.video_viewer import VideoViewer
from console.ui.widgets import frame, snug, speaks
from console.views.inbox.around import Around
from console.views.inbox.columns import Columns
from console.views.inbox.conversations import ConversationsPane
from console.views.inbox.enquiry_actions import EnquiryActions
from console.views.inbox.enquiry_strip import EnquiryStrip
from console.views.inbox.invite import InviteWindow
from console.views.inbox.presence import Presence
from console.views.inbox.reply import ReplyPane
from console.views.inbox.timeline import TimelinePane

_AROUND_MS: Final = 40
_COPYING_MS: Final = 400
"""A first copy changes thousands of conversations with every page."""
_COPYING_LONG_MS: Final = 2_000
_LONG: Final = 10_000
"""Rows from which putting the list in order takes its time from the copy."""
_READ_MS: Final = 300
_BUBBLE_TABLES: Final = (
    "message", "note", "scheduled", "participant", "conversation", "member", "staff", "outbox",
)  # fmt: skip


class InboxScreen(QWidget):
    """Answers members."""

    counted = Signal(object)
    complained = Signal(str)
    fitting_wanted = Signal(int, str, list)
    """A fitting is to be booked: for whom, and which variants are to be laid out."""
    quick_wanted = Signal()
    """The quick replies are to be changed."""

    def __init__(self, desks: DeskPorts) -> None:
        super().__init__()
        self._desks = desks
        self._port = port = desks.inbox
        self.tasks = Tasks(self)
        self.clock = ShopClock(port.me.timezone)
        self.pictures = Pictures(port.photo, self)
        self._item: ConversationItem | None = None
        self._read: dict[int, int] = {}
        self._seen: dict[int, int] = {}
        self._gathered = Changed()
        self._around = once(self, _AROUND_MS, self._refresh_around)
        self._reading = once(self, _READ_MS, self._tell_read)
        self._online = port.link.phase == "synced"
        self.conversations = ConversationsPane(port, self.tasks, self.clock)
        self.around = Around(desks, self.tasks, self.clock, lambda: self._item, self)
        self.header, self.panel = self.around.header, self.around.panel
        self.player = Player(desks.writing.recording, self)
        self.now_playing = NowPlaying(self.player)
        self.timeline = TimelinePane(desks, self.tasks, self.clock, self.pictures, self.player)
        self.colleagues = ColleaguesBar()
        self.presence = Presence(desks.writing, self.tasks, self.colleagues, port.me.staff_id)
        self.reply = ReplyPane(desks, self.tasks, self.clock, self.pictures, self.player)
        self.strip = EnquiryStrip(self.pictures)
        self.empty = EmptyState("chat")
        self.viewer = PhotoViewer(self.pictures, self)
        self.video = VideoViewer(desks.writing.recording, self.pictures, self)
        self._arrange()
        self._connect()
        self._shortcuts()
        self._unsubscribe = (
            port.on_changed(self._on_changed),
            port.on_link(self._on_link),
            port.on_signal(self._on_signal),
        )
        self._speak()

    def _arrange(self) -> None:
        self.chat = chat = DropArea(self.reply.isVisible)
        column = QVBoxLayout(chat)
        snug(column)
        for part in (self.header, self.around.banner):
            column.addWidget(part)
        column.addWidget(self.now_playing)
        column.addWidget(self.timeline, 1)
        column.addWidget(self.colleagues)
        column.addWidget(self.strip)
        column.addWidget(self.reply)
        column.addWidget(self.around.shut)
        ground = frame("paper")
        middle = QVBoxLayout(ground)
        snug(middle)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(chat)
        middle.addWidget(self._stack)
        row = QHBoxLayout(self)
        snug(row)
        row.addWidget(self.conversations)
        row.addWidget(ground, 1)
        row.addWidget(self.panel)
        self.around.begin(ground, self.reply, self.strip)
        self.enquiries = EnquiryActions(
            self._desks.enquiries, self.tasks, self.pictures, self.strip, self.reply,
            self.around.bar, lambda: self.timeline.model.conversation_id, self.clock,
        )  # fmt: skip
        self.columns = Columns(self, self.conversations, self.panel, self.header, self.reply.text)
        self._fit()

    def _connect(self) -> None:
        self.conversations.chosen.connect(self.open)
        self.conversations.menu_wanted.connect(self._open_row_menu)
        self.around.rows.opened.connect(self.open)
        self.conversations.entered.connect(self.reply.text.setFocus)
        self.conversations.counted.connect(self.counted)
        acts = self.timeline.acts
        self.viewer.copied.connect(acts.copy_photo)
        self.viewer.saved.connect(acts.save_photo)
        acts.photo_opened.connect(lambda *what: self.tasks.spawn(self._open_photo(*what)))
        acts.video_opened.connect(self._open_video)
        acts.answered.connect(self._answer)
        acts.given_back.connect(self._give_back)
        acts.complained.connect(self.complained)
        self.player.complained.connect(self.complained)
        self.timeline.read_up_to.connect(self._mark_read)
        self.timeline.list.left.connect(self.reply.text.setFocus)
        self.reply.text.textChanged.connect(self._on_words)
        self.reply.text.undo_first = lambda: self.around.bar.is_newest
        self.chat.files_given.connect(self.reply.add_files)
        self.chat.dragged_over.connect(self.reply.text.dragged_over)
        self.reply.text.left_upwards.connect(self.timeline.focus_last)
        self.reply.complained.connect(self.complained)
        self.reply.quick_wanted.connect(self.quick_wanted)
        self.reply.sent.connect(self.timeline.to_newest)
        self.conversations.woken.connect(lambda: self.around.show_item(self._item))
        self.around.complained.connect(self.complained)
        self.around.people.fitting_wanted.connect(lambda *who: self.fitting_wanted.emit(*who, []))
        self.strip.fitting_wanted.connect(self._ask_fitting)
        self.enquiries.complained.connect(self.complained)
        self.enquiries.stale.connect(self._reload)
        self.reply.escaped.connect(self.strip.dismiss)
        self.around.answer_offered.connect(self.reply.offer)
        self.around.moved_on.connect(lambda left: self.tasks.spawn(self._go_on(left)))
        self.around.returned.connect(self.open)
        self.around.member_wanted.connect(lambda who: self.tasks.spawn(self.open_member(who)))
        self.around.stale.connect(self._reload)
        self.panel.invite_asked.connect(lambda member: self.tasks.spawn(self._invite(member)))
        self.conversations.model.dataChanged.connect(lambda *_: self._refresh_item())

    def _ask_fitting(self, item: GoodsItem) -> None:
        """What she asks for is to be laid out for her."""
        if self._item is not None and self._item.member_id:
            variants = [item.variant_id] if item.variant_id else []
            self.fitting_wanted.emit(self._item.member_id, self._item.title, variants)

    def _shortcuts(self) -> None:
        for command, slot in (
            ("queue.filter", self.focus_search),
            ("chat.write", self.reply.text.setFocus),
            ("queue.next", lambda: self.conversations.step(1)),
            ("queue.previous", lambda: self.conversations.step(-1)),
            ("chat.newest", self.timeline.to_newest),
        ):
            keymap().bind(command, self, slot)

    @property
    def link(self) -> LinkState:
        """How the line is."""
        return self._port.link

    # --- doing ----------------------------------------------------------------------------

    def focus_search(self) -> None:
        """Put the keyboard into the field that filters the list."""
        self.columns.to_list()
        self.conversations.search.setFocus()
        self.conversations.search.selectAll()

    def open(self, conversation_id: int, at_seq: int = 0, places: Places = NOWHERE) -> None:
        """Show a conversation, its newest messages or those around ``at_seq``, which shines.

        ``places`` in it that were looked for stay marked.
        """
        if at_seq and conversation_id == self.timeline.model.conversation_id:
            self.timeline.show_message(at_seq, places)
            return
        self.conversations.choose(conversation_id)
        self._item = None
        self._item = self.conversations.model.item(conversation_id)
        self.around.show_member(None)
        self.around.show_item(self._item)
        self._stack.setCurrentIndex(1)
        self.timeline.open(conversation_id, at_seq, places)
        self.reply.open(conversation_id)
        self.enquiries.open()
        self.presence.look(conversation_id)
        self.tasks.spawn(self._load(conversation_id, opened=True))
        self._fit()

    async def open_member(self, member_id: int) -> None:
        """Show a member's conversation, begun when there is none."""
        conversation_id = await self._port.start_conversation(member_id)
        if conversation_id is None:
            self.complained.emit(translate("Inbox", "A new conversation needs the line"))
        else:
            self.open(conversation_id)

    def _open_row_menu(self, item: ConversationItem, at: QPoint) -> None:
        rows = self.conversations
        rows.list.hold(rows.model.row_of(item.id))
        menu = self.around.rows.open(item, at)
        menu.aboutToHide.connect(lambda: rows.list.hold(-1))

    def answer_next(self) -> None:
        """Open who waits longest."""
        self.tasks.spawn(self._go_on(self.timeline.model.conversation_id))

    async def _load_item(self, conversation_id: int) -> None:
        items = await self._port.conversations([conversation_id])
        if items and conversation_id == self.timeline.model.conversation_id:
            self._item = items[0]
            self.around.show_item(self._item)

    async def _load(self, conversation_id: int, *, opened: bool = False) -> None:
        await self._load_item(conversation_id)
        if self._item is None or self._item.id != conversation_id or self._item.member_id is None:
            return
        panel = await self._port.panel(self._item.member_id)
        if conversation_id == self.timeline.model.conversation_id:
            self.around.show_member(panel)
            if opened and panel is not None:
                await self._port.report_look(panel.member_id)

    def _refresh_item(self) -> None:
        item = self.conversations.model.item(self.timeline.model.conversation_id)
        if item is not None and item != self._item:
            self._item = item
            self.around.show_item(item)

    def _mark_read(self, conversation_id: int, seq: int) -> None:
        """Told once for what comes within a moment: each telling is a command."""
        if seq > self._read.get(conversation_id, 0):
            self._seen[conversation_id] = seq
            if not self._reading.isActive():
                self._reading.start()

    def _tell_read(self) -> None:
        seen, self._seen = self._seen, {}
        self._read.update(seen)
        for conversation_id, seq in seen.items():
            self.tasks.spawn(self._port.mark_read(conversation_id, seq))

    async def _open_photo(self, item: MessageItem, number: int) -> None:
        """Over the window, with all photos of the conversation before and after it."""
        conversation_id, wanted = self.timeline.model.conversation_id, item.photos[number]
        every = await self._desks.writing.photos(conversation_id)
        place = next((n for n, photo in enumerate(every) if photo.media_id == wanted.media_id), -1)
        if wanted.media_id and place >= 0:
            self.viewer.open(every, place)
        else:
            self.viewer.open(item.photos, number)

    def _open_video(self, item: MessageItem) -> None:
        self.player.stop()
        self.video.open(item.key, item.photos[0])

    def _on_words(self) -> None:
        if self.reply.text.document().isUndoAvailable():
            self.around.bar.grow_old()
        self.colleagues.writing_here(on=bool(self.reply.text.toPlainText().strip()))

    def _answer(self, item: MessageItem) -> None:
        self.reply.quote(item.id, phrases.of_kind(item.kind, item.body))
        self.reply.text.setFocus()

    def _give_back(self, words: str) -> None:
        self.reply.give_back(words)
        self.complained.emit(translate("Inbox", "Its words are back in the reply box"))

    async def _invite(self, member_id: int) -> None:
        invite = await self._port.invite(member_id)
        if invite is None:
            self.complained.emit(translate("Inbox", "An invitation needs the line"))
            return
        name = self._item.title if self._item is not None else ""
        InviteWindow(invite, name, self.clock, self.window()).open()

    async def _go_on(self, left: int) -> None:
        """Done with a conversation: the next one, if there is one and she did not choose it."""
        following = await self.conversations.next_after(left)
        if following and self.timeline.model.conversation_id == left:
            self.open(following)

    def _reload(self) -> None:
        if here := self.timeline.model.conversation_id:
            self.tasks.spawn(self._load(here))

    # --- what the desk tells --------------------------------------------------------------

    def _on_changed(self, changed: Changed) -> None:
        """Bubbles at once; what stands around them a moment later, for all changes so far."""
        here = self.timeline.model.conversation_id
        if here and changed.concerns(here, *_BUBBLE_TABLES):
            self.timeline.refresh()
        self._gathered = self._gathered.with_more(changed)
        wait = self._wait_for_more(changed)
        if not self._around.isActive() or self._around.remainingTime() > wait:
            self._around.start(wait)

    def _wait_for_more(self, changed: Changed) -> int:
        """Milliseconds in which more may come: few after what she did herself."""
        if self._port.link.phase != "syncing" or "outbox" in changed.tables:
            return _AROUND_MS
        is_long = self.conversations.model.rowCount() >= _LONG
        return _COPYING_LONG_MS if is_long else _COPYING_MS

    def _refresh_around(self) -> None:
        changed, self._gathered = self._gathered, Changed()
        here = self.timeline.model.conversation_id
        if changed.everything or changed.conversations or changed.members:
            self.conversations.apply(changed)
        if not here:
            return
        self.enquiries.refresh(changed)
        if changed.concerns(here, "draft", "outbox", "message"):
            self.reply.refresh()
        member = self._item.member_id if self._item is not None else None
        if changed.everything or self._item is None or member in changed.members:
            self.tasks.spawn(self._load(here))
        elif here in changed.conversations and self.conversations.model.row_of(here) < 0:
            self.tasks.spawn(self._load_item(here))

    def _on_link(self, link: LinkState) -> None:
        online = link.phase == "synced"
        if online and not self._online:
            self.pictures.forget_failures()
            self.timeline.list.viewport().update()
            if self.timeline.model.has_gaps:
                self.timeline.refresh()
        self._online = online

    def _on_signal(self, typing: Typing) -> None:
        self.presence.hear(typing)
        here = typing.conversation_id == self.timeline.model.conversation_id
        if here and typing.kind == "typing" and typing.sender_kind == "member":
            self.header.show_typing(typing.name if typing.on else "")

    # --- events ---------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their widths."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.columns.fit(chosen=bool(self.timeline.model.conversation_id))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language; an active window reads."""
        if speaks(event):
            self._speak()
        elif event.type() == QEvent.Type.ActivationChange:
            self.timeline.report_read()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.setAccessibleName(translate("Inbox", "Chats"))
        self.empty.say(
            translate("Inbox", "Choose a conversation"),
            translate("Inbox", "Ctrl+K finds anything, Ctrl+↑ and Ctrl+↓ go through the list."),
        )

    async def close_down(self) -> None:
        """Keep the words begun, then end everything that runs."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._around.stop()
        self._reading.stop()
        seen, self._seen = self._seen, {}
        for conversation_id, seq in seen.items():
            await self._port.mark_read(conversation_id, seq)
        await self.reply.flush()
        self.around.close_down()
        await self.presence.close_down()
        await self.player.close()
        await self.video.close_down()
        await self.pictures.close()
        await self.tasks.close()
