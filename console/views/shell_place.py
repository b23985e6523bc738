"""Where a staff member was in the shell: remembered on this computer, taken up again."""

from __future__ import annotations

from typing import Final, get_args

from PySide6.QtCore import QSettings

from console.desk.ports import InboxPort
from console.desk.types import ConversationFilter
from console.views.rail import INBOX
from console.views.shell import Shell

_KEPT: Final = "place/{key}/{what}"


class Place:
    """Section, part of the queue and conversation of one person at one relay (``key``)."""

    def __init__(self, store: QSettings, shell: Shell, port: InboxPort, key: str) -> None:
        self._store, self._shell, self._port, self._key = store, shell, port, key

    async def take_up(self) -> None:
        """Be where she was; what is not there any more is left out."""
        inbox, which = self._shell.inbox, self._kept("queue")
        if which in get_args(ConversationFilter):
            inbox.conversations.show_filter(which)  # type: ignore[arg-type]
        section, conversation = self._kept("section"), self._kept("conversation")
        if section in self._shell.rail.buttons:
            self._shell.show_section(section)
        number = int(conversation) if conversation.isdecimal() else 0
        if number and await self._port.conversations([number]):
            inbox.open(number)
        if self._shell.section == INBOX:
            # Arrows lead through the list at once; nothing can be sent by an Enter too many.
            inbox.conversations.list.setFocus()

    def remember(self) -> None:
        """Keep where she is now."""
        inbox = self._shell.inbox
        for what, value in (
            ("section", self._shell.section),
            ("queue", inbox.conversations.model.filter),
            ("conversation", str(inbox.timeline.model.conversation_id)),
        ):
            self._store.setValue(_KEPT.format(key=self._key, what=what), value)

    def _kept(self, what: str) -> str:
        return str(self._store.value(_KEPT.format(key=self._key, what=what), ""))
