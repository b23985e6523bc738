"""Beside the board: the chosen fitting, what became of it, what is to be laid out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.desk.fitting_types import BoardDay, FittingItem, PickItem
from console.domain.fittings import State
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.widgets import Avatar, LineLabel, Pill, button, label, rule, snug, speaks
from console.views.bookings import words

WIDTH = 312
_PILLS = {State.BOOKED: "accent", State.ARRIVED: "accent", State.BOUGHT: "warn",
          State.NO_SHOW: "alert"}  # fmt: skip


class Pane(QFrame):
    """Empty until a fitting is chosen."""

    settled = Signal(str)
    """What became of it: a ``State``."""
    cancelled = Signal()
    chat_wanted = Signal(int)

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self._clock = clock
        self._day: BoardDay | None = None
        self.item: FittingItem | None = None
        self.setProperty("look", "panel")
        self.setFixedWidth(WIDTH)
        self._hint = label("faint", wrap=True)
        self._face, self._name, self._when = Avatar(40), LineLabel("heading"), label("soft")
        self._state, self._note = Pill(), label("soft", wrap=True)
        self.acts = {state: button() for state in (
            State.ARRIVED, State.BOUGHT, State.NO_SHOW, State.BOOKED)}  # fmt: skip
        self.cancel, self.chat = button("link"), button("link")
        self._list_title, self._list, self._none = label("strong"), QVBoxLayout(), label("faint")
        self._none.setWordWrap(True)
        self._arrange()
        for state, act in self.acts.items():
            act.setObjectName(state.value)
            act.clicked.connect(lambda _=False, state=state: self.settled.emit(state.value))
        self.cancel.clicked.connect(self.cancelled)
        self.chat.clicked.connect(self._on_chat)
        self._speak()

    def _arrange(self) -> None:
        outer, self._body = QVBoxLayout(self), QWidget()
        snug(outer, 1, 0, 0, 0)
        outer.addWidget(self._hint)
        self._hint.setContentsMargins(20, 24, 20, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._body)
        outer.addWidget(area, 1)
        column, top, names = QVBoxLayout(self._body), QHBoxLayout(), QVBoxLayout()
        snug(column, 20, 20, 20, 20, spacing=12)
        snug(top, spacing=12)
        snug(names, spacing=2)
        names.addWidget(self._name)
        names.addWidget(self._when)
        top.addWidget(self._face)
        top.addLayout(names, 1)
        column.addLayout(top)
        column.addWidget(self._state, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._note)
        grid = QGridLayout()
        snug(grid, spacing=8)
        for place, act in enumerate(self.acts.values()):
            grid.addWidget(act, place // 2, place % 2)
        column.addLayout(grid)
        links = QHBoxLayout()
        snug(links, spacing=16)
        links.addWidget(self.chat)
        links.addWidget(self.cancel)
        links.addStretch(1)
        column.addLayout(links)
        column.addWidget(rule())
        column.addWidget(self._list_title)
        snug(self._list, spacing=10)
        column.addLayout(self._list)
        column.addWidget(self._none)
        column.addStretch(1)

    def show_item(self, day: BoardDay | None, item: FittingItem | None) -> None:
        """Show it, or what the board is for."""
        self._day, self.item = day, item
        self._speak()

    def _on_chat(self) -> None:
        if self.item is not None:
            self.chat_wanted.emit(self.item.member_id)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._hint.setText(translate(
            "Bookings", "Choose a fitting to see what is to be laid out. Drag it to another time or"
            " room, or move it with Shift and the arrows; a free place is booked with Enter."
        ))  # fmt: skip
        names = {
            State.ARRIVED: translate("Bookings", "She is here"),
            State.BOUGHT: translate("Bookings", "She bought"),
            State.NO_SHOW: translate("Bookings", "Did not come"),
            State.BOOKED: translate("Bookings", "Booked again"),
        }
        for state, act in self.acts.items():
            act.setText(names[state])
        self.cancel.setText(translate("Bookings", "Cancel the fitting"))
        self.chat.setText(translate("Bookings", "To the chat"))
        self._list_title.setText(translate("Bookings", "To lay out"))
        self._none.setText(translate(
            "Bookings", "Nothing yet. What is kept for her comes here by itself."))  # fmt: skip
        self._fill()

    def _fill(self) -> None:
        item, day = self.item, self._day
        self._hint.setVisible(item is None)
        self._body.setVisible(item is not None)
        emptied(self._list)
        if item is None or day is None:
            return
        self._face.show_name(item.name)
        self._name.say(item.name)
        room = words.room(day, item.room_id)
        self._when.setText(f"{words.span(item, self._clock)} · {room}")
        state = State(item.state)
        self._state.say(words.state(item), "warn" if item.waits else _PILLS[state])
        self._note.setText(self._note_of(item))
        self._note.setVisible(bool(self._note.text()))
        self._show_acts(item, state)
        for each in item.picks:
            self._list.addWidget(_PickRow(each))
        self._none.setVisible(not item.picks)

    def _note_of(self, item: FittingItem) -> str:
        if item.waits:
            return translate("Bookings", "The relay has not agreed yet: promise nothing before.")
        return translate("Bookings", "She booked it herself.") if item.by_member else ""

    def _show_acts(self, item: FittingItem, state: State) -> None:
        now = self._clock.now()
        today = self._clock.local(item.starts_at).date() <= now.date()
        allowed = {
            State.ARRIVED: state is not State.ARRIVED and today,
            State.BOUGHT: state is not State.BOUGHT and today,
            State.NO_SHOW: state in (State.BOOKED, State.ARRIVED) and item.starts_at <= now,
            State.BOOKED: state is not State.BOOKED,
        }
        for each, act in self.acts.items():
            act.setVisible(each is not State.BOOKED or state is not State.BOOKED)
            act.setEnabled(allowed[each])
        self.cancel.setVisible(state is State.BOOKED)


class _PickRow(QWidget):
    """A variant and where it hangs."""

    def __init__(self, pick: PickItem) -> None:
        super().__init__()
        name, below = label(wrap=True), label("soft")
        name.setText(words.pick(pick))
        below.setText(words.place(pick))
        column = QVBoxLayout(self)
        snug(column, spacing=1)
        column.addWidget(name)
        column.addWidget(below)
