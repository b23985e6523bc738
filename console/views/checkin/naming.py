"""Where whoever comes is named, and how members found are told apart."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from console.desk.find import FoundMember
from console.ui import phrases
from console.ui.choice_list import Choice
from console.ui.find_field import FindField

_TABS: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class NameField(FindField):
    """Where somebody is named; Tab leads on to her card."""

    def event(self, event: QEvent) -> bool:
        """Tab is no key of a search here."""
        if isinstance(event, QKeyEvent) and event.key() in _TABS:
            return QLineEdit.event(self, event)
        return super().event(event)


def choice(member: FoundMember) -> Choice:
    """A row of the list: numbers tell apart who is called alike."""
    tier = phrases.tier(member.tier) if member.tier in {"gold", "silver"} else ""
    below = " · ".join(part for part in (member.phone, *member.tags) if part)
    return Choice(value=member, title=member.name, below=below, beside=tier)


def spoken(member: FoundMember) -> str:
    """Who Enter would lead to, for those who do not see it."""
    return ", ".join(part for part in (member.name, member.phone) if part)


def short(name: str, limit: int = 16) -> str:
    """A name that fits on a button."""
    return name if len(name) <= limit else f"{name[: limit - 1]}…"
