"""What is done about the member of an open conversation: facts, tags, number, blocking, merging."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from console.desk.people_ports import MembersPort
from console.desk.types import ConversationItem, MemberPanel
from console.models.faults import NoLine, coded
from console.ui import icons, reasons, theme
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.tasks import Tasks
from console.views.inbox.ask_reason import ReasonWindow
from console.views.inbox.history import HistoryWindow
from console.views.inbox.merge import MergeWindow
from console.views.inbox.panel import MemberPane
from console.views.inbox.queue_actions import QueueActions, below
from console.wire.errors import Refusal


class MemberActions(QObject):
    """Belongs to one inbox; acts on the member that its panel shows."""

    complained = Signal(str)
    merged = Signal()
    fitting_wanted = Signal(int, str)
    """A fitting is to be booked for a member of that name."""

    def __init__(
        self, port: MembersPort, tasks: Tasks, pane: MemberPane, queue: QueueActions,
        clock: ShopClock, item: Callable[[], ConversationItem | None], screen: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(screen)
        self._port, self._tasks, self._pane, self._queue = port, tasks, pane, queue
        self._clock, self._item, self._screen = clock, item, screen
        self._bar, self._header = queue.bar, queue.header
        self._panel: MemberPanel | None = None
        pane.saved.connect(lambda *parts: self._tasks.spawn(self._save(*parts)))
        pane.decided.connect(lambda who, mine: self._tasks.spawn(self._port.decide(who, mine)))
        pane.tags_added.connect(lambda who, tags: self._tasks.spawn(self._tag(who, tags)))
        pane.tag_removed.connect(lambda who, tag: self._tasks.spawn(self._untag(who, tag)))
        pane.tags_wanted.connect(lambda _: self._tasks.spawn(self._offer_tags()))
        pane.reveal_asked.connect(self.ask_reveal)
        pane.history_asked.connect(lambda who: self.show_history(who, self._name))
        pane.merge_asked.connect(lambda who: self.ask_merge(who, self._name))
        queue.header.more.clicked.connect(self.show_menu)
        for command, slot in (
            ("member.history", self.show_history), ("member.merge", self.ask_merge),
            ("member.block", self.block_or_unblock),
        ):  # fmt: skip
            keymap().bind(command, screen, partial(self._with_her, slot))

    def show_member(self, panel: MemberPanel | None) -> None:
        """Whom the panel shows."""
        self._panel = panel

    def _with_her(self, slot: Callable[[int, str], None]) -> None:
        """A key's command, about whoever the panel shows."""
        panel = self._panel
        if panel is not None and panel.state not in {"erased", "merged"}:
            slot(panel.member_id, panel.name)

    @property
    def _name(self) -> str:
        return self._panel.name if self._panel is not None else ""

    # --- the menu -------------------------------------------------------------------------

    def show_menu(self) -> None:
        """Open what else can be done."""
        if self._item() is not None:
            below(self.menu(), self._header.more)

    def menu(self) -> QMenu:
        """What else can be done here."""
        menu = QMenu(self._screen)
        menu.setObjectName("more_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        item, panel = self._item(), self._panel
        self._place_in_queue(menu)
        done = menu.addAction(translate("More", "Done, stay here"))
        done.setObjectName("done_here")
        done.setEnabled(item is not None and not item.done)
        done.triggered.connect(self._queue.done_here)
        if panel is None:
            return menu
        menu.addSeparator()
        self.fill(menu, panel.member_id, panel.name, panel.state, blocked=panel.blocked)
        return menu

    def fill(self, menu: QMenu, who: int, name: str, state: str, *, blocked: bool) -> None:
        """What can be done about a member, whether she is shown or not."""
        ink = theme.color("ink_soft")

        def add(icon: str, words: str, slot: Callable[[int, str], None]) -> QAction:
            action = menu.addAction(icons.icon(icon, 18, ink), words)
            action.triggered.connect(lambda: slot(who, name))
            return action

        add("clock", translate("More", "Whole history"), self.show_history)
        if state in {"erased", "merged"}:
            return
        book = add("fitting", translate("More", "Book a fitting…"), self.fitting_wanted.emit)
        book.setObjectName("fitting")
        add("user-plus", translate("More", "Merge with another member…"), self.ask_merge)
        if blocked:
            block = add(
                "unlock", translate("More", "Unblock"), lambda who, _name: self.unblock(who)
            )
        else:
            block = add("block", translate("More", "Block…"), self.ask_block)
        block.setObjectName("block")

    def _place_in_queue(self, menu: QMenu) -> None:
        """What the buttons do, also where there is no room for them."""
        header = self._header
        for anchor, name, slot in (
            (header.over, "queue.hand_over", self._queue.hand_over),
            (header.later, "queue.later", self._queue.put_off),
            (header.done, "queue.done", self._queue.done),
        ):
            action = menu.addAction(f"{anchor.word}\t{keymap().text(name)}")
            action.setIcon(icons.icon(anchor.icon_name, 18, theme.color("ink_soft")))
            action.setObjectName(name)
            action.triggered.connect(slot)

    # --- facts and tags -------------------------------------------------------------------

    async def _save(self, member_id: int, was: dict[str, Any], changes: dict[str, Any]) -> None:
        try:
            await self._port.update(member_id, was, changes)
        except Refusal as refusal:
            sentence = reasons.sentence(refusal.code, refusal.parameters)
            self._pane.form.fault(refusal.field or "", sentence)
            return
        if self._pane.member_id == member_id:
            self._pane.close_form()

    async def _tag(self, member_id: int, tags: list[str]) -> None:
        await self._port.tag(member_id, add=tags)

    async def _untag(self, member_id: int, tag: str) -> None:
        await self._port.tag(member_id, remove=[tag])
        self._bar.say(translate("More", "Tag {tag} taken off").format(tag=tag),
                      lambda: self._tasks.spawn(self._port.tag(member_id, add=[tag])))  # fmt: skip

    async def _offer_tags(self) -> None:
        self._pane.tags.offer(await self._port.tags_in_use())

    # --- the whole number -----------------------------------------------------------------

    def ask_reveal(self, member_id: int) -> None:
        """Ask why the whole number is needed; the answer is recorded."""
        window = ReasonWindow(
            translate("More", "Show the whole number"),
            translate("More", "Who asked and why is recorded. It is shown for half a minute."),
            (
                translate("More", "She asked to be called"),
                translate("More", "About a hold or a fitting"),
                translate("More", "About a delivery"),
            ),
            translate("More", "Show"),
            self._screen.window(),
        )
        window.answered.connect(lambda why: self._tasks.spawn(self._reveal(member_id, why)))
        window.open()

    async def _reveal(self, member_id: int, reason: str) -> None:
        number = await self._with_line(self._port.reveal(member_id, reason))
        if number:
            self._pane.show_number(member_id, str(number))

    # --- blocking -------------------------------------------------------------------------

    def ask_block(self, member_id: int, name: str) -> None:
        """Ask why, then hear nothing more from her."""
        window = ReasonWindow(
            translate("More", "Block {name}?").format(name=name),
            translate("More", "What she writes will not arrive; she is not told. It is recorded."),
            (
                translate("More", "Abuse or insults"),
                translate("More", "Advertising"),
                translate("More", "Not a customer"),
            ),
            translate("More", "Block"),
            self._screen.window(),
        )
        window.answered.connect(lambda why: self._tasks.spawn(self._block(member_id, name, why)))
        window.open()

    async def _block(self, member_id: int, name: str, reason: str) -> None:
        await self._port.set_blocked(member_id, blocked=True, reason=reason)
        self._bar.say(translate("More", "{name} is blocked").format(name=name),
                      lambda: self.unblock(member_id))  # fmt: skip

    def block_or_unblock(self, member_id: int, name: str) -> None:
        """Whichever fits the member that the panel shows."""
        if self._panel is not None and self._panel.blocked:
            self.unblock(member_id)
        else:
            self.ask_block(member_id, name)

    def unblock(self, member_id: int) -> None:
        """Hear her again."""
        self._tasks.spawn(self._port.set_blocked(member_id, blocked=False))

    # --- history and merging --------------------------------------------------------------

    def show_history(self, member_id: int, name: str) -> None:
        """Open her whole history."""
        window = HistoryWindow(self._port, self._tasks, self._clock, member_id, name,
                               self._screen.window())  # fmt: skip
        window.unmerge_asked.connect(
            lambda merge_id: self._tasks.spawn(self._unmerge(merge_id, window.reload))
        )
        window.open()

    def ask_merge(self, member_id: int, name: str) -> None:
        """Search the other entry of the same person."""
        window = MergeWindow(self._port, self._tasks, self._clock, member_id, name,
                             self._screen.window())  # fmt: skip
        window.confirmed.connect(lambda *parts: self._tasks.spawn(self._merge(name, *parts)))
        window.open()

    async def _merge(self, name: str, keep_id: int, gone_id: int, take: list[str]) -> None:
        merge_id = await self._with_line(self._port.merge(keep_id, gone_id, take))
        if merge_id is None:
            return
        self.merged.emit()
        words = translate("More", "Merged into {name}").format(name=name)
        if merge_id:
            self._bar.say(words, lambda: self._tasks.spawn(self._unmerge(int(merge_id))))
        else:
            self._bar.say(translate("More", "Merging; it takes a moment"))

    async def _unmerge(self, merge_id: int, after: Callable[[], None] | None = None) -> None:
        await self._with_line(self._port.unmerge(merge_id))
        if after is not None:
            after()
        self.merged.emit()

    async def _with_line(self, work: Any) -> Any:
        """What it gives; ``None`` after a complaint that it needs the line or was refused."""
        try:
            return await coded(work)
        except NoLine:
            self.complained.emit(translate("More", "This needs the line to the relay"))
        except Refusal as refusal:
            self.complained.emit(reasons.sentence(refusal.code, refusal.parameters))
        return None
