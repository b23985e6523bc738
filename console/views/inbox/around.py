"""What stands around a conversation: header, banner, member panel, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.desk.ports import DeskPorts
from console.desk.types import ConversationItem, MemberPanel
from console.ui.clock import ShopClock
from console.ui.tasks import Tasks
from console.ui.undo import UndoBar
from console.views.inbox.coupon_actions import CouponActions
from console.views.inbox.header import ChatHeader
from console.views.inbox.hold_actions import HoldActions
from console.views.inbox.member_actions import MemberActions
from console.views.inbox.panel import MemberPane
from console.views.inbox.queue_actions import QueueActions
from console.views.inbox.row_menu import RowMenu
from console.views.inbox.state_banner import ShutReply, StateBanner, state_of
from console.views.inbox.wait_actions import WaitActions

_SHUTS = frozenset({"blocked", "merged", "erased"})


class Around(QObject):
    """One per inbox; the screen lays its widgets out and says what is open.

    Attributes:
        header, banner, panel: above, below the header, beside.
        shut: in the place of the reply box while nothing can be written.
        queue, people, coupons, holds: what the buttons do; ``rows``: the same from the list.
    """

    complained = Signal(str)
    moved_on = Signal(int)
    returned = Signal(int)
    member_wanted = Signal(int)
    """This member's conversation is to be opened."""
    answer_offered = Signal(str)
    """Words that may stand in the reply box."""
    stale = Signal()
    """The member is to be read again."""

    def __init__(
        self, desks: DeskPorts, tasks: Tasks, clock: ShopClock,
        item: Callable[[], ConversationItem | None], screen: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(screen)
        self._desks, self._tasks, self._clock = desks, tasks, clock
        self._item, self._screen = item, screen
        self._member: MemberPanel | None = None
        self._reply: QWidget | None = None
        self._strip: QWidget | None = None
        self.header = ChatHeader(clock, desks.inbox.me.staff_id)
        self.banner, self.shut, self.panel = StateBanner(), ShutReply(), MemberPane(clock)
        for asking in (self.banner, self.shut):
            asking.asked.connect(self._settle)

    def begin(self, ground: QWidget, reply: QWidget, strip: QWidget) -> None:
        """Everything is laid out: ``ground`` holds the conversation, ``reply`` is its foot.

        ``strip`` stands above the reply while it is shown.
        """
        self._reply, self._strip = reply, strip
        self.bar = bar = UndoBar(self._screen, ground, self._foot)
        me = self._desks.inbox.me.staff_id
        self.queue = QueueActions(
            self._desks.queue, self._tasks, self.header, bar, self._clock, self._item, me,
            self._screen,
        )  # fmt: skip
        self.people = MemberActions(
            self._desks.members, self._tasks, self.panel, self.queue, self._clock, self._item,
            self._screen,
        )  # fmt: skip
        self.coupons = CouponActions(
            self._desks.offers, self._tasks, self.panel.coupons, bar, self._screen
        )
        self.holds = HoldActions(
            self._desks.holds, self._tasks, self.panel.holds, self._clock, bar,
            lambda: self.panel.member_id, self._screen,
        )  # fmt: skip
        self.holds.answer_offered.connect(self.answer_offered)
        self.waits = WaitActions(
            self._desks.waitlist, self._tasks, self.panel.waits, bar, self._screen
        )
        self.waits.stale.connect(self.stale)
        self.rows = RowMenu(self._desks.inbox, self._tasks, self.queue, self.people, self._screen)
        for acting in (self.queue, self.people, self.coupons, self.holds, self.rows):
            acting.complained.connect(self.complained)
        self.queue.moved_on.connect(self.moved_on)
        self.queue.returned.connect(self.returned)
        self.people.merged.connect(self.stale)

    def show_item(self, item: ConversationItem | None) -> None:
        """Whose conversation is open."""
        self.header.show_conversation(item)
        self._show_state()

    def show_member(self, panel: MemberPanel | None) -> None:
        """What is known of its member; ``None`` while another one is being read."""
        if panel is None or self._member is None or panel.member_id != self._member.member_id:
            self.holds.settle()
            self.waits.settle()
        self._member = panel
        self.people.show_member(panel)
        self.panel.show_member(panel)
        if panel is not None:
            self.header.show_member(panel)
        self._show_state()

    def close_down(self) -> None:
        """Listen no more."""
        self.holds.settle()
        self.waits.settle()
        self.queue.close_down()

    # --- inside ---------------------------------------------------------------------------

    def _show_state(self) -> None:
        state = state_of(self._item(), self._member)
        self.banner.show_state(state, self._member.merged_name if self._member else "")
        shut = state in _SHUTS
        self.shut.show_state(state)
        self.shut.setVisible(shut)
        if self._reply is not None:
            self._reply.setVisible(not shut)

    def _settle(self, state: str) -> None:
        member = self._member
        if member is None:
            return
        if state == "guest":
            self._tasks.spawn(self._desks.inbox.confirm_member(member.member_id))
        elif state == "blocked":
            self.people.unblock(member.member_id)
        elif state == "merged" and member.merged_into:
            self.member_wanted.emit(member.merged_into)

    def _foot(self) -> int:
        """Where the foot of the conversation begins, in the screen's pixels."""
        feet = (self._strip, self._reply)
        foot = next((each for each in feet if each is not None and each.isVisible()), self.shut)
        return foot.mapTo(self._screen, foot.rect().topLeft()).y()
