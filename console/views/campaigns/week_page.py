"""The week planner: seven days, what the weekly cap leaves; moved with undo, and repeated."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from console.desk.week_port import WeekPort
from console.desk.week_types import WeekPlan
from console.domain import week_plan
from console.models.faults import coded
from console.ui import reasons
from console.ui.clock import ShopClock
from console.ui.i18n import counted, translate
from console.ui.notices import EmptyState
from console.ui.section import emptied
from console.ui.tasks import Tasks
from console.ui.undo import UndoBar
from console.ui.widgets import button, frame, label, snug, speaks
from console.views.campaigns import week_words
from console.views.campaigns.week_grid import WeekGrid

_SENTENCES: Final = 4
"""So many conflicts are said; the rest is a number."""


class WeekPage(QFrame):
    """One week at a time."""

    left = Signal()
    open_wanted = Signal(str)

    def __init__(self, port: WeekPort, clock: ShopClock, timezone: str) -> None:
        super().__init__()
        self._port, self._clock = port, clock
        self.setProperty("look", "paper")
        self.tasks = Tasks(self)
        self.tasks.failed.connect(self._on_failed)
        self.monday = week_plan.monday_of(clock.today())
        self.plan: WeekPlan | None = None
        self._steps: list[tuple[str, datetime]] = []
        self.back, self.before, self.after = button("link"), button("head"), button("head")
        self.now, self.repeat, self.take_back = button("head"), button(), button("link")
        self._title, self._range = label("title"), label("soft")
        self.grid, self.empty = WeekGrid(clock, timezone), EmptyState("calendar")
        self.left_over, self._warnings = label("faint", wrap=True), QVBoxLayout()
        self._ground = frame("weeknote")
        self._arrange()
        self.undo = UndoBar(self, self, self.height)
        self._connect()
        self._speak()

    def _arrange(self) -> None:
        head, row = frame("header"), QHBoxLayout()
        head.setFixedHeight(60)
        head.setLayout(row)
        snug(row, 22, 0, 22, 0, spacing=8)
        for part in (self.back, self._title, self.before, self.now, self.after, self._range):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.take_back)
        row.addWidget(self.repeat)
        card = frame("card")
        inside, column, body = QVBoxLayout(card), QVBoxLayout(self), QVBoxLayout()
        snug(inside, 1, 1, 1, 1)
        inside.addWidget(self.grid)
        inside.addWidget(self.empty)
        self.empty.hide()
        said = QVBoxLayout(self._ground)
        snug(said, 14, 10, 14, 10)
        snug(self._warnings, spacing=4)
        said.addLayout(self._warnings)
        snug(column)
        snug(body, 22, 18, 22, 14, spacing=10)
        body.addWidget(card, 1)
        body.addWidget(self._ground)
        body.addWidget(self.left_over)
        column.addWidget(head)
        column.addLayout(body, 1)
        self._ground.hide()

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.before.clicked.connect(lambda: self.show_week(self.monday - timedelta(days=7)))
        self.after.clicked.connect(lambda: self.show_week(self.monday + timedelta(days=7)))
        self.now.clicked.connect(lambda: self.show_week(week_plan.monday_of(self._clock.today())))
        self.repeat.clicked.connect(self._repeat)
        self.empty.button.clicked.connect(self._repeat)
        self.take_back.clicked.connect(self._take_back)
        self.grid.opened.connect(self.open_wanted)
        self.grid.moved.connect(lambda key, at: self.tasks.spawn(self._move(key, at)))
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._take_back)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._stop = self._port.on_changed(self._on_changed)

    # --- showing --------------------------------------------------------------------------

    def show_week(self, monday: date) -> None:
        """Show the week that begins on that day."""
        self.monday = monday
        self._say_range()
        self.reload()

    def reload(self) -> None:
        """Count the week anew."""
        self.tasks.spawn(self._read())

    def _on_changed(self) -> None:
        if self.isVisible():
            self.reload()

    async def _read(self) -> None:
        monday = self.monday
        plan = await self._port.plan(monday)
        if monday == self.monday:
            self._show(plan)

    def _show(self, plan: WeekPlan) -> None:
        self.plan = plan
        self.grid.show_plan(plan)
        self.grid.setVisible(bool(plan.items))
        self.empty.setVisible(not plan.items)
        self.left_over.setText(week_words.left_over(plan) if plan.items else "")
        said = list(week_words.conflicts(plan, self._clock))
        more = len(said) - _SENTENCES
        if more > 0:
            said = [*said[:_SENTENCES], translate("Week", "and {n} more").format(n=more)]
        self._warn(said)

    def _warn(self, said: list[str]) -> None:
        emptied(self._warnings)
        for words in said:
            line = label("weeknote", wrap=True)
            line.setText(words)
            self._warnings.addWidget(line)
        self._ground.setVisible(bool(said))

    @property
    def warnings(self) -> list[str]:
        """The sentences that are shown."""
        found = [self._warnings.itemAt(place) for place in range(self._warnings.count())]
        labels = [item.widget() for item in found if item is not None]
        return [each.text() for each in labels if isinstance(each, QLabel)]

    # --- steps ----------------------------------------------------------------------------

    async def _move(self, client_id: str, at: datetime, *, undoing: bool = False) -> None:
        items = self.plan.items if self.plan is not None else ()
        item = next((each for each in items if each.client_id == client_id), None)
        await coded(self._port.move(client_id, at))
        if item is not None and not undoing:
            self._steps.append((client_id, item.at))
            words = translate("Week", "“{title}” goes {when} now")
            when = week_words.moment(at, self._clock)
            self.undo.say(
                words.format(title=week_words.short_title(item), when=when), self._take_back
            )
        self.take_back.setEnabled(bool(self._steps))
        await self._read()

    def _take_back(self) -> None:
        if self._steps:
            client_id, at = self._steps.pop()
            self.undo.dismiss()
            self.tasks.spawn(self._move(client_id, at, undoing=True))

    def _repeat(self) -> None:
        self.tasks.spawn(self._repeat_last())

    async def _repeat_last(self) -> None:
        made = await self._port.repeat_last(self.monday)
        if made:
            words = counted(len(made), translate("Week", "1 draft made as in the week before"),
                            translate("Week", "{n} drafts made as in the week before"))  # fmt: skip
            self.undo.say(words, lambda: self._forget(made))
        else:
            self.undo.say(translate("Week", "Nothing in the week before is missing here"))
        await self._read()

    def _forget(self, made: list[str]) -> None:
        self.tasks.spawn(self._remove(made))

    async def _remove(self, made: list[str]) -> None:
        await self._port.remove(made)
        await self._read()

    def _on_failed(self, code: str) -> None:
        self.undo.say(reasons.sentence(code, self.tasks.parameters))
        if self.plan is not None:
            self.grid.show_plan(self.plan)

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.back.setText(translate("Week", "‹ Campaigns"))
        self._title.setText(translate("Week", "Week plan"))
        self.before.setText("‹")
        self.after.setText("›")
        self.before.setAccessibleName(translate("Week", "Week before"))
        self.after.setAccessibleName(translate("Week", "Next week"))
        self.now.setText(translate("Week", "This week"))
        self.repeat.setText(translate("Week", "Same as last week"))
        self.take_back.setText(translate("Undo", "Undo"))
        self.take_back.setEnabled(bool(self._steps))
        self.empty.say(
            translate("Week", "Nothing is planned this week"),
            translate("Week", "Plan a campaign for a day, or begin with what went last week."),
            translate("Week", "Same as last week"),
        )  # fmt: skip
        self._say_range()
        if self.plan is not None:
            self._show(self.plan)

    def _say_range(self) -> None:
        last = self.monday + timedelta(days=week_plan.DAYS - 1)
        self._range.setText(f"{week_words.month_day(self.monday)} – {week_words.month_day(last)}")

    async def close_down(self) -> None:
        """End what runs."""
        self._stop()
        await self.tasks.close()
