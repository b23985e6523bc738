"""The card of opening hours: the week, the dates on which the shop stays shut."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QEvent, Signal

from console.desk.opening import Opening, OpeningPort
from console.domain.hours import Hours, overlapping
from console.ui import hour_phrases
from console.ui.i18n import translate
from console.ui.save_bar import SaveBar
from console.ui.section import Section
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import label, rule, speaks
from console.views.settings.hours_closed import ClosedDates
from console.views.settings.hours_week import WeekEditor


class HoursCard(Section):
    """Edited as a whole and saved as a whole.

    ``entered``: the ``Hours`` as they stand in the form now, saved or not.
    """

    entered = Signal(object)

    def __init__(self, desk: OpeningPort, today: date, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._fresh = Reload(tasks, self._load)
        self._base: Opening | None = None
        self._elsewhere: Opening | None = None
        self._now = label("soft", wrap=True)
        self.week, self.closed, self.bar = WeekEditor(), ClosedDates(today), SaveBar()
        for part in (self._now, self.week, rule(), self.closed, self.bar):
            self.column.addWidget(part)
        self.week.edited.connect(self._on_edited)
        self.closed.edited.connect(self._on_edited)
        self.bar.saved.connect(self._save)
        self.bar.undone.connect(self._undo)
        self.bar.kept.connect(self._keep_mine)
        self.bar.dropped.connect(self._take_theirs)
        self.destroyed.connect(desk.on_changed(self.reload))
        self._speak()

    # --- reading --------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the hours again."""
        self._fresh.start()

    async def _load(self) -> None:
        found = await self._desk.opening()
        if found is None:
            return
        if self._base is None or not self._is_dirty:
            self._show(found)
        elif found.hours_edited.rev > self._base.hours_edited.rev:
            self._elsewhere = found
            self._mark()

    def _show(self, found: Opening) -> None:
        self._base, self._elsewhere = found, None
        self.week.show_week(_as_edited(found.hours))
        self.closed.show_dates(found.hours.closed)
        self._mark()

    @property
    def hours(self) -> Hours | None:
        """As entered; ``None`` before anything has come."""
        if self._base is None:
            return None
        return Hours(self._base.hours.timezone, self.week.week, self.closed.closed)

    @property
    def _is_dirty(self) -> bool:
        assert self._base is not None
        hours, closed = self._base.hours, self.closed
        shown = frozenset(day for day in hours.closed if day >= closed.today)
        return self.week.week != _as_edited(hours) or closed.closed != shown

    # --- editing --------------------------------------------------------------------------

    def _on_edited(self) -> None:
        if self._base is not None:
            self._mark()

    def _mark(self) -> None:
        assert self._base is not None
        day = overlapping(self.week.week)
        sentence = translate("Hours", "These hours overlap; let one end before the next begins.")
        self.week.fault(day, sentence)
        fault = ""
        if day is not None:
            fault = translate("Hours", "{day}: the hours overlap.").format(
                day=hour_phrases.weekday(day)
            )
        conflict = self._elsewhere is not None or bool(self._base.hours_edited.failure)
        self.bar.show_state(dirty=self._is_dirty, conflict=conflict, fault=fault)
        self._speak()
        self.entered.emit(self.hours)

    def _save(self) -> None:
        assert self._base is not None
        self._send(self._base.hours_edited.rev)

    def _send(self, base_rev: int) -> None:
        hours = self.hours
        if hours is not None:
            self._tasks.spawn(self._saved(hours, base_rev))

    async def _saved(self, hours: Hours, base_rev: int) -> None:
        await self._desk.save_hours(hours, base_rev)
        self._base = None
        await self._fresh.now()

    def _undo(self) -> None:
        assert self._base is not None
        self._show(self._base)

    def _keep_mine(self) -> None:
        newest = self._elsewhere or self._base
        assert newest is not None
        self._send(newest.hours_edited.rev)

    def _take_theirs(self) -> None:
        newest = self._elsewhere or self._base
        assert newest is not None
        if newest.hours_edited.failure:
            self._tasks.spawn(self._dropped(newest.hours_edited.entry))
        else:
            self._show(newest)

    async def _dropped(self, entry: int) -> None:
        await self._desk.discard(entry)
        self._base = None
        await self._fresh.now()

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Hours", "Week and closed days"))
        hours = self.hours
        if hours is None:
            return
        now = datetime.now(UTC)
        opens = hours.next_open(now)
        if opens == now:
            self._now.setText(translate("Hours", "With these hours the shop is open now."))
        elif opens is None:
            self._now.setText(translate("Hours", "With these hours the shop never opens."))
        else:
            there = hours.local(opens)
            when = f"{hour_phrases.weekday(there.weekday())} {there:%H:%M}"
            text = translate("Hours", "With these hours the shop is shut now and opens {when}.")
            self._now.setText(text.format(when=when))


def _as_edited(hours: Hours) -> tuple[tuple[tuple[int, int], ...], ...]:
    """24:00 is shown, and comes back, as 0:00 of the next day."""
    return tuple(
        tuple(sorted((opens % 1440, closes % 1440) for opens, closes in spans))
        for spans in hours.week
    )  # fmt: skip
