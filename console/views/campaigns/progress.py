"""How a campaign that left stands: a bar for each state, live, with the names behind it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.desk.campaign_types import Did, Standing
from console.desk.campaigns_port import CampaignsPort
from console.ui import campaign_phrases
from console.ui.i18n import translate
from console.ui.tasks import Reload, Tasks
from console.ui.waterfall import Bar, Waterfall
from console.ui.widgets import button, label, snug, speaks
from console.views.campaigns.editing import Editing
from console.views.campaigns.names import NamesWindow

_ROLES: Final = {"written": "accent", "pending": "brand", "deferred": "brand",
                 "skipped": "ink_faint", "cancelled": "ink_faint"}  # fmt: skip
_DEEDS: Final[tuple[Did, ...]] = ("read", "replied")


def _did(did: Did) -> str:
    return {"read": translate("Campaigns", "Read"),
            "replied": translate("Campaigns", "Answered")}[did]  # fmt: skip


class ProgressPart(QWidget):
    """Shown once the audience is fixed."""

    report_wanted = Signal(int)
    """All figures of the campaign of that id."""

    def __init__(self, editing: Editing, port: CampaignsPort, tasks: Tasks) -> None:
        super().__init__()
        self._editing, self._port = editing, port
        self._fresh = Reload(tasks, self._read)
        self._standing: list[Standing] = []
        self._title, self._hint = label("heading"), label("tiny", wrap=True)
        self.bars, self.report = Waterfall(), button()
        column = QVBoxLayout(self)
        snug(column, spacing=10)
        for part in (self._title, self.bars, self._hint):
            column.addWidget(part)
        column.addWidget(self.report, 0, Qt.AlignmentFlag.AlignLeft)
        self.report.clicked.connect(self._want_report)
        editing.stood.connect(self.reload)
        self.bars.opened.connect(lambda name: tasks.spawn(self._names(name)))
        self._speak()

    def reload(self) -> None:
        """Read how it stands now."""
        item = self._editing.item
        if item is not None and item.state != "draft":
            self._fresh.start()

    async def _read(self) -> None:
        item = self._editing.item
        if item is not None:
            self._standing = await self._port.standing(item.id)
            self._show()

    def _show(self) -> None:
        item = self._editing.item
        counts = item.counts if item is not None else {}
        bars = []
        for each in sorted(self._standing, key=lambda each: (list(_ROLES).index(each.state),
                                                             -each.count)):  # fmt: skip
            words = campaign_phrases.recipient(each.state, each.reason)
            bars.append(Bar(f"{each.state}/{each.reason}", words, each.count,
                            role=_ROLES[each.state], strong=each.state == "written"))  # fmt: skip
            if each.state == "written":
                bars += [Bar(did, _did(did), counts.get(did, 0), role="online") for did in _DEEDS]
        self.bars.show_bars(bars)
        self.report.setVisible(counts.get("written", 0) > 0)

    def _want_report(self) -> None:
        item = self._editing.item
        if item is not None:
            self.report_wanted.emit(item.id)

    async def _names(self, name: str) -> None:
        item = self._editing.item
        bar = next((each for each in self.bars.bars if each.name == name), None)
        if item is None or bar is None:
            return
        did = next((each for each in _DEEDS if each == name), None)
        if did is not None:
            members = await self._port.who_did(item.id, did)
        else:
            state, _, reason = name.partition("/")
            members = await self._port.recipients(item.id, state, reason)
        NamesWindow(bar.words, members, bar.count, self).open()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Campaigns", "How it stands"))
        self._hint.setText(translate("Campaigns", "Click a line for the names"))
        self.report.setText(translate("Campaigns", "Report: who read it, what came of it…"))
        self.bars.setAccessibleName(translate("Campaigns", "Recipients by state"))
        self._show()
