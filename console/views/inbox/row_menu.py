"""What can be done with a conversation of the list without opening it: a menu at its row."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from console.desk.ports import InboxPort
from console.desk.types import ConversationItem
from console.ui import icons, theme
from console.ui.i18n import translate
from console.ui.keymap import keymap
from console.ui.keys import BY_ID
from console.ui.tasks import Tasks
from console.views.inbox.bubbles import copy_text
from console.views.inbox.member_actions import MemberActions
from console.views.inbox.queue_actions import QueueActions

_PHONE_END = 4


class RowMenu(QObject):
    """The same actions as the buttons over a conversation and “more” beside them."""

    opened = Signal(int)
    """This conversation is to be opened."""
    complained = Signal(str)

    def __init__(
        self, port: InboxPort, tasks: Tasks, queue: QueueActions, people: MemberActions,
        screen: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(screen)
        self._port, self._tasks, self._screen = port, tasks, screen
        self._queue, self._people = queue, people

    def open(self, item: ConversationItem, at: QPoint) -> QMenu:
        """Offer everything at a point of the screen; it throws itself away when closed."""
        menu = QMenu(self._screen)
        menu.setObjectName("row_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(
            translate("RowMenu", "What can be done with {name}").format(name=item.title)
        )
        first = self._add(menu, "chat", translate("RowMenu", "Open"),
                          lambda: self.opened.emit(item.id))  # fmt: skip
        menu.addSeparator()
        self._place_in_queue(menu, item, at)
        if item.unread:
            read = partial(self._port.mark_read, item.id, item.last_seq)
            self._add(menu, "check", translate("RowMenu", "Mark as read"),
                      lambda: self._tasks.spawn(read()))  # fmt: skip
        if item.member_id is not None:
            menu.addSeparator()
            self._about_member(menu, item, item.member_id)
        menu.popup(at)
        menu.setActiveAction(first)
        return menu

    def _place_in_queue(self, menu: QMenu, item: ConversationItem, at: QPoint) -> None:
        queue, done = self._queue, translate("RowMenu", "Reopen")
        for icon, command, words, slot in (
            ("transfer", "queue.hand_over", "", partial(queue.offer_colleagues, item, at)),
            ("snooze", "queue.later", "", partial(queue.offer_times, item, at)),
            ("check", "queue.done", done if item.done else translate("RowMenu", "Done"),
             partial(queue.settle, item)),
        ):  # fmt: skip
            self._add(menu, icon, words or BY_ID[command].text, slot, command)

    def _about_member(self, menu: QMenu, item: ConversationItem, member_id: int) -> None:
        if item.member_state not in {"erased", "merged"}:
            self._add(menu, "copy", translate("RowMenu", "Copy the name"),
                      lambda: copy_text(item.title))  # fmt: skip
            self._add(menu, "copy", translate("RowMenu", "Copy the phone end"),
                      lambda: self._tasks.spawn(self._copy_phone_end(member_id)))  # fmt: skip
            menu.addSeparator()
        self._people.fill(menu, member_id, item.title, item.member_state, blocked=item.blocked)

    def _add(
        self, menu: QMenu, icon: str, words: str, slot: Callable[[], object], command: str = ""
    ) -> QAction:
        keys = keymap().text(command) if command else ""
        action = menu.addAction(
            icons.icon(icon, 18, theme.color("ink_soft")), f"{words}\t{keys}" if keys else words
        )
        action.setObjectName(command or words)
        action.triggered.connect(lambda _=False: slot())
        return action

    async def _copy_phone_end(self, member_id: int) -> None:
        """The digits a clerk searches by; who took them is recorded like a look."""
        panel = await self._port.panel(member_id)
        digits = "".join(sign for sign in panel.phone if sign.isdigit()) if panel else ""
        if not digits:
            self.complained.emit(translate("RowMenu", "There is no phone number"))
            return
        copy_text(digits[-_PHONE_END:])
        await self._port.report_look(member_id)
        words = translate("RowMenu", "Phone end {digits} copied")
        self.complained.emit(words.format(digits=digits[-_PHONE_END:]))
