"""How wide the list and the member are beside the conversation; where both have no room, one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.ui.keymap import keymap
from console.views.inbox.conversations import ConversationsPane
from console.views.inbox.header import ChatHeader
from console.views.inbox.panel import MemberPane

_WIDE: Final = 1400
_BOTH_FROM: Final = 1080
_MIDDLING: Final = 900


class Columns(QObject):
    """One per inbox.  In a narrow window the member stands in the list's place when asked for."""

    def __init__(
        self, screen: QWidget, rows: ConversationsPane, panel: MemberPane, header: ChatHeader,
        reply: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(screen)
        self._screen, self._rows, self._panel, self._header = screen, rows, panel, header
        self._reply = reply
        self._chosen = self._asked = False
        header.member.clicked.connect(self.to_member)
        keymap().bind("chat.member", screen, self.to_member)

    def fit(self, *, chosen: bool) -> None:
        """Give the columns their widths; ``chosen``: a conversation is open."""
        self._chosen = chosen
        window = self._screen.window()
        width = window.width() if window is not self._screen else self._screen.width()
        wide, narrow = width >= _WIDE, width < _BOTH_FROM
        self._asked = self._asked and narrow
        self._rows.setFixedWidth(326 if wide else 300 if width >= _MIDDLING else 268)
        self._panel.setFixedWidth(296 if wide else 272)
        instead = chosen and self._asked
        self._rows.setHidden(instead)
        self._panel.setVisible(instead or (chosen and not narrow))
        self._header.offer_member(on=chosen and narrow, shown=instead)

    def to_member(self) -> None:
        """The keyboard to the member's column; where it stands for the list, back again too."""
        if not self._chosen:
            return
        if self._asked:
            self.to_list()
            self._reply.setFocus()
            return
        if not self._panel.isVisible():
            self._asked = True
            self.fit(chosen=True)
        self._panel.take_keyboard()

    def to_list(self) -> None:
        """The list in its place again."""
        if self._asked:
            self._asked = False
            self.fit(chosen=self._chosen)
