"""What the buttons over a conversation do: hand over, put off, be done; each can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from console.desk.people_ports import QueuePort
from console.desk.queue import ColleagueHere
from console.desk.refusals import StepRefused
from console.desk.types import ConversationItem
from console.ui import icons, queue_phrases, reasons, theme
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.tasks import Tasks
from console.ui.undo import UndoBar
from console.views.inbox.header import ChatHeader
from console.views.inbox.snooze import SnoozeMenu, SnoozeWindow


class QueueActions(QObject):
    """Belongs to one inbox; acts on the conversation that is open."""

    complained = Signal(str)
    moved_on = Signal(int)
    """Done with this conversation: the next one is to be opened."""
    returned = Signal(int)
    """What was done to this conversation was undone: it is to be opened again."""

    def __init__(
        self, port: QueuePort, tasks: Tasks, header: ChatHeader, bar: UndoBar, clock: ShopClock,
        item: Callable[[], ConversationItem | None], me: int, screen: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(screen)
        self._port, self._tasks, self.header, self.bar = port, tasks, header, bar
        self._clock, self._item, self._me, self._screen = clock, item, me, screen
        header.over.clicked.connect(self.hand_over)
        header.later.clicked.connect(self.put_off)
        header.done.clicked.connect(self.done)
        for command, slot in (
            ("queue.hand_over", self.hand_over),
            ("queue.later", self.put_off),
            ("queue.done", self.done),
            ("queue.undo", bar.undo),
        ):
            keymap().bind(command, screen, slot)
        self._unsubscribe = port.on_refused(self._on_refused)

    def close_down(self) -> None:
        """Listen no more."""
        self._unsubscribe()

    # --- done -----------------------------------------------------------------------------

    def done(self) -> None:
        """Done with this one and on to the next; one that is done is opened again."""
        item = self._item()
        if item is not None and item.done:
            self._tasks.spawn(self._port.reopen(item.id))
        elif item is not None:
            self._finish(item, stay=False)

    def settle(self, item: ConversationItem) -> None:
        """Done with any conversation, or open it again; the one on screen stays there."""
        here = self._item()
        if here is not None and here.id == item.id:
            self.done()
        elif item.done:
            self._tasks.spawn(self._port.reopen(item.id))
        else:
            self._finish(item, stay=True)

    def done_here(self) -> None:
        """Done, and stay."""
        item = self._item()
        if item is not None and not item.done:
            self._finish(item, stay=True)

    def _finish(self, item: ConversationItem, *, stay: bool) -> None:
        self._tasks.spawn(self._finish_then(item, stay=stay))

    async def _finish_then(self, item: ConversationItem, *, stay: bool) -> None:
        await self._port.finish(item.id, item.last_seq)
        self.bar.say(translate("QueueActions", "Done with {name}").format(
            name=queue_phrases.title(item)), partial(self._undo_done, item, stay=stay))  # fmt: skip
        if not stay:
            self.moved_on.emit(item.id)

    def _undo_done(self, item: ConversationItem, *, stay: bool) -> None:
        self._tasks.spawn(self._reopen(item, stay=stay))

    async def _reopen(self, item: ConversationItem, *, stay: bool) -> None:
        await self._port.reopen(item.id)
        if item.snoozed_until is not None and item.sleeps(self._clock.now()):
            await self._port.snooze(item.id, item.snoozed_until)
        if not stay:
            self.returned.emit(item.id)

    # --- handing over ---------------------------------------------------------------------

    def hand_over(self) -> None:
        """Offer the colleagues, those who are here first."""
        item = self._item()
        if item is not None:
            self.offer_colleagues(item, None)

    def offer_colleagues(self, item: ConversationItem, at: QPoint | None) -> None:
        """At a point of the screen, or (``None``) below the button."""
        self._tasks.spawn(self._offer_colleagues(item, at))

    async def _offer_colleagues(self, item: ConversationItem, at: QPoint | None) -> None:
        menu = self.colleague_menu(await self._port.colleagues(), item)
        self._show(menu, at, self.header.over)

    def colleague_menu(self, people: list[ColleagueHere], item: ConversationItem) -> QMenu:
        """Everybody it can be handed to; the one who has it is marked."""
        menu = QMenu(self._screen)
        menu.setObjectName("colleague_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in (each for each in people if not each.me):
            here = translate("QueueActions", "{name} · here now").format(name=each.name)
            icon = icons.icon("user", 18, theme.color("online" if each.here else "ink_faint"))
            action = menu.addAction(icon, here if each.here else each.name)
            self._assigns(action, item, each.staff_id, each.name)
        menu.addSeparator()
        mine = next((each for each in people if each.me), None)
        if mine is not None:
            action = menu.addAction(translate("QueueActions", "Take it myself"))
            self._assigns(action, item, mine.staff_id, mine.name)
        if item.assignee_id:
            self._assigns(menu.addAction(translate("QueueActions", "Nobody")), item, None, "")
        return menu

    def _assigns(
        self, action: QAction, item: ConversationItem, staff_id: int | None, name: str
    ) -> None:
        action.setData(staff_id)
        action.setEnabled((staff_id or 0) != item.assignee_id)
        action.triggered.connect(
            lambda: self._tasks.spawn(self._assign(item, staff_id, name))
        )  # fmt: skip

    async def _assign(self, item: ConversationItem, staff_id: int | None, name: str) -> None:
        await self._port.assign(item.id, staff_id)
        words = translate("QueueActions", "{member} is with {name} now").format(
            member=queue_phrases.title(item), name=name
        )
        if staff_id is None:
            words = translate("QueueActions", "{member} is with nobody now").format(
                member=queue_phrases.title(item)
            )
        before = item.assignee_id or None
        self.bar.say(words, lambda: self._tasks.spawn(self._port.assign(item.id, before)))

    # --- putting off ----------------------------------------------------------------------

    def put_off(self) -> None:
        """Offer times."""
        item = self._item()
        if item is not None:
            self.offer_times(item, None)

    def offer_times(self, item: ConversationItem, at: QPoint | None) -> None:
        """At a point of the screen, or (``None``) below the button."""
        self._tasks.spawn(self._offer_times(item, at))

    async def _offer_times(self, item: ConversationItem, at: QPoint | None) -> None:
        choices = await self._port.snooze_choices(self._clock.now())
        asleep = item.sleeps(self._clock.now())
        menu = SnoozeMenu(choices, self._clock, asleep=asleep, parent=self._screen)
        menu.chosen.connect(lambda until, by_hand: self._snooze(item, until, by_hand=by_hand))
        menu.other.connect(lambda: self._choose_time(item))
        self._show(menu, at, self.header.later)

    def _show(self, menu: QMenu, at: QPoint | None, wanted: QPushButton) -> None:
        """Where there is no room for a button, what it does is found under “more”."""
        if at is not None:
            menu.popup(at)
        else:
            below(menu, wanted if wanted.isVisible() else self.header.more)

    def _choose_time(self, item: ConversationItem) -> None:
        window = SnoozeWindow(self._clock, self._screen.window())
        window.chosen.connect(lambda until: self._snooze(item, until, by_hand=True))
        window.open()

    def _snooze(self, item: ConversationItem, until: datetime | None, *, by_hand: bool) -> None:
        self._tasks.spawn(self._snooze_then(item, until, by_hand=by_hand))

    async def _snooze_then(
        self, item: ConversationItem, until: datetime | None, *, by_hand: bool
    ) -> None:
        await self._port.snooze(item.id, until, by_hand=by_hand)
        name, before = queue_phrases.title(item), item.snoozed_until
        if until is None:
            self.bar.say(translate("QueueActions", "{name} is back in the queue").format(name=name))
            return
        words = translate("QueueActions", "{name} comes back: {time}").format(
            name=name, time=queue_phrases.moment_ahead(until, self._clock)
        )
        still = before if item.sleeps(self._clock.now()) else None
        self.bar.say(words, lambda: self._tasks.spawn(self._port.snooze(item.id, still)))

    # --- refused --------------------------------------------------------------------------

    def _on_refused(self, refused: StepRefused) -> None:
        names = {
            "conversation.assign": translate("QueueActions", "Not handed over"),
            "conversation.snooze": translate("QueueActions", "Not put off"),
            "conversation.finish": translate("QueueActions", "Not done yet"),
            "conversation.reopen": translate("QueueActions", "Not opened again"),
            "member.tag": translate("QueueActions", "Tags not changed"),
            "coupon.redeem": translate("QueueActions", "Not redeemed"),
            "coupon.reopen": translate("QueueActions", "Not taken back"),
            "coupon.void": translate("QueueActions", "Not voided"),
            "offer.close": translate("QueueActions", "The offer is not closed"),
            "hold.confirm": translate("QueueActions", "Not kept"),
            "hold.release": translate("QueueActions", "Not let go"),
            "visit.record": translate("QueueActions", "Not counted"),
            "visit.undo": translate("QueueActions", "Still counted"),
            "fitting.book": translate("QueueActions", "The fitting is not booked"),
            "fitting.move": translate("QueueActions", "The fitting is not moved"),
            "fitting.cancel": translate("QueueActions", "The fitting is not cancelled"),
            "fitting.settle": translate("QueueActions", "The fitting stays as it was"),
            "member.set_blocked": translate("QueueActions", "Not blocked or unblocked"),
        }
        what = names.get(refused.name, translate("QueueActions", "Not done"))
        sentence = reasons.sentence(refused.code, refused.parameters)
        self.complained.emit(f"{what}: {sentence}")


def below(menu: QMenu, anchor: QPushButton) -> None:
    """Open a menu below a button, its right edge at the button's."""
    shift = anchor.width() - menu.sizeHint().width()
    menu.popup(anchor.mapToGlobal(QPoint(min(0, shift), anchor.height() + 4)))
