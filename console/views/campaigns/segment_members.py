"""Members picked one by one: found by name or number, taken off with a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.desk.segments import SegmentMember
from console.domain.segments import MAX_LISTED, Listed
from console.ui import draw, theme
from console.ui.choice_list import Choice, ChoiceList
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.timers import once
from console.ui.widgets import button, label, snug
from console.views.campaigns.segment_parts import Part
from console.views.campaigns.segment_words import Offers

_SHOWN: Final = 24
"""Chips of a long list; the rest is a number."""
_SEARCH_MS: Final = 120
_ROWS: Final = 4
_WIDEST: Final = 150


class MembersPart(Part):
    """A list picked by hand."""

    def __init__(self, members: Sequence[int], offers: Offers) -> None:
        super().__init__()
        self._members, self._offers = list(members), offers
        self._names: dict[int, str] = {}
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, 6)
        self._more = label("tiny")
        self.field = QLineEdit()
        self.field.setProperty("look", "search")
        self.field.setMaxLength(60)
        hint = translate("Segments", "Name or end of the number")
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.installEventFilter(self)
        self.found = ChoiceList(_ROWS)
        self.found.setAccessibleName(translate("Segments", "Members found"))
        self.found.chosen.connect(self._take)
        self.found.hide()
        self._timer = once(self, _SEARCH_MS, self._search)
        self.field.textEdited.connect(lambda _: self._timer.start())
        self.field.returnPressed.connect(self.found.choose)
        column = QVBoxLayout(self)
        snug(column, spacing=6)
        for part in (self._chips, self._more, self.field, self.found):
            column.addWidget(part)
        self._fill()
        if self._members:
            offers.spawn(self._read_names())

    @property
    def value(self) -> tuple[int, ...]:
        """Their ids, as they were picked."""
        return tuple(self._members)

    async def _read_names(self) -> None:
        shown = Listed(tuple(self._members[:_SHOWN]))
        for member in await self._offers.port.members(shown, limit=_SHOWN):
            self._names[member.member_id] = member.name
        self._fill()

    def _search(self) -> None:
        self._offers.spawn(self._find(self.field.text()))

    async def _find(self, query: str) -> None:
        found = await self._offers.port.find(query) if query.strip() else ()
        if query == self.field.text():
            rows = [Choice(each, each.name, each.phone) for each in found
                    if each.member_id not in self._members]  # fmt: skip
            self.found.offer(rows)
            self.found.setVisible(bool(rows))

    def _take(self, member: SegmentMember) -> None:
        if member.member_id not in self._members and len(self._members) < MAX_LISTED:
            self._members.append(member.member_id)
            self._names[member.member_id] = member.name
            self.field.clear()
            self.found.hide()
            self.field.setFocus()
            self._fill()
            self.changed.emit()

    def drop(self, member_id: int) -> None:
        """Off the list."""
        self._members.remove(member_id)
        self._fill()
        self.field.setFocus()
        self.changed.emit()

    def _fill(self) -> None:
        emptied(self._flow)
        for member_id in self._members[:_SHOWN]:
            chip, name = button("word"), self._names.get(member_id, "…")
            chip.setText(f"{draw.elided(name, theme.SMALL_PX, _WIDEST)}  ×")
            chip.setAccessibleName(translate("Segments", "Take away {name}").format(name=name))
            chip.clicked.connect(lambda _=False, number=member_id: self.drop(number))
            self._flow.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(self._members))
        self._chips.updateGeometry()
        left = len(self._members) - _SHOWN
        self._more.setText(translate("Segments", "and {n} more").format(n=left))
        self._more.setVisible(left > 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the field move in the list below it."""
        if watched is self.field and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step and event.type() == QEvent.Type.KeyPress and self.found.isVisible():
                self.found.step(step)
                return True
        return False
