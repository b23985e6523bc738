"""Whom a draft is for: a rule, the versions, and who is left in the end.

The rule is built in a ``SegmentPicker``; here it goes into the draft and comes out of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.desk.campaign_types import AudienceMember, CampaignAudience
from console.desk.campaigns_port import CampaignsPort
from console.desk.segments_port import SegmentsPort
from console.ui import campaign_phrases
from console.ui.clock import ShopClock
from console.ui.i18n import counted, translate
from console.ui.tab_order import as_laid_out
from console.ui.tasks import Tasks
from console.ui.timers import once
from console.ui.waterfall import Bar, Waterfall
from console.ui.widgets import frame, label, rule, snug, speaks
from console.views.campaigns.editing import Editing
from console.views.campaigns.names import NamesWindow
from console.views.campaigns.segment_picker import SegmentPicker
from console.views.campaigns.versions import VersionsPart
from console.wire.errors import Refusal

MATCHED: Final = "matched"
_COUNT_MS: Final = 200
_ROLES: Final = {"cap": "brand", "holdout": "mine_line", "no_variant": "brand"}


class WhoPart(QWidget):
    """The audience of the draft that is open."""

    member_chosen = Signal(object)
    """Show the preview as this member sees it."""
    counted = Signal()
    reached = Signal(bool)
    """Whether somebody will receive it, as far as counted."""

    def __init__(
        self, editing: Editing, port: CampaignsPort, segments: SegmentsPort, clock: ShopClock,
        tasks: Tasks,
    ) -> None:  # fmt: skip
        super().__init__()
        self._editing, self._port, self._tasks = editing, port, tasks
        self._shown = ""
        self._asked: object = None
        self.audience: CampaignAudience | None = None
        self._title, self._resent = label("heading"), label("soft")
        self.picker = SegmentPicker(segments, clock)
        self.versions = VersionsPart(editing, port, clock, tasks)
        self.number, self._unit = label("figure"), label("soft", wrap=True)
        self.waterfall = Waterfall()
        self._hint = label("tiny", wrap=True)
        self._warning = frame("warning")
        self.warning = label("warned", wrap=True)
        self._arrange()
        self._timer = once(self, _COUNT_MS, lambda: self._tasks.spawn(self._count()))
        editing.changed.connect(self._on_draft)
        editing.stood.connect(self._show_locked)
        self.picker.changed.connect(self._on_picked)
        self.picker.known.connect(self._on_known)
        self.picker.counted.connect(self._timer.start)
        self.waterfall.opened.connect(lambda name: self._tasks.spawn(self.show_names(name)))
        self._speak()

    def _arrange(self) -> None:
        figure = QHBoxLayout()
        snug(figure, spacing=8)
        figure.addWidget(self.number)
        figure.addWidget(self._unit, 1)
        inside = QVBoxLayout(self._warning)
        snug(inside, 12, 9, 12, 9)
        inside.addWidget(self.warning)
        column = QVBoxLayout(self)
        snug(column, spacing=10)
        column.addWidget(self._title)
        column.addWidget(self._resent)
        column.addWidget(self.picker)
        column.addWidget(self.versions)
        column.addWidget(rule())
        column.addLayout(figure)
        for part in (self.waterfall, self._hint, self._warning):
            column.addWidget(part)
        self._warning.hide()

    # --- choosing -------------------------------------------------------------------------

    async def reload(self) -> None:
        """Another campaign may be open, members may be others now."""
        await self.picker.reload()
        self._asked = None
        self._on_draft()

    @property
    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self.versions.one if self.picker.isHidden() else self.picker.bar.button

    def _on_picked(self) -> None:
        session = self.picker.editor.session
        self._editing.change(f"rule {session}" if session else "", rule=self.picker.meant)

    def _on_known(self) -> None:
        """A saved segment that the draft uses may mean others now."""
        self._show_rule()
        self._timer.start()

    def _show_rule(self) -> None:
        draft, other = self._editing.draft, self._shown != self._editing.client_id
        if other:
            self._shown = self._editing.client_id
            self.audience = None
            self.versions.show_receive(None)
            self.reached.emit(False)
        if other or not self.picker.shows(draft.rule):
            self.picker.show_rule(draft.rule)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes through the rule as it stands, also through cards that were made just now."""
        as_laid_out(self)
        return super().focusNextPrevChild(forward)

    # --- counting -------------------------------------------------------------------------

    def _on_draft(self) -> None:
        draft = self._editing.draft
        rules = tuple((each.name, each.rule, each.share) for each in draft.variants)
        asked = (self._editing.client_id, draft.rule, draft.resent, draft.due_at, rules)
        if asked != self._asked:
            self._asked = asked
            self._show_rule()
            self._timer.start()
        self._show_locked()

    def _show_locked(self) -> None:
        editable, resent = self._editing.editable, self._editing.draft.resent
        self.picker.setEnabled(editable)
        self.picker.setVisible(resent is None)
        for part in (self._title, self._resent):
            part.setVisible(resent is not None)
        words = {"unread": translate("Campaigns", "Who did not read it"),
                 "unreached": translate("Campaigns", "Whom it did not reach")}  # fmt: skip
        self._resent.setText(words.get(resent.to, "") if resent is not None else "")

    async def _count(self) -> None:
        key = self._editing.client_id
        try:
            found = await self._port.audience(self._editing.draft)
        except Refusal:  # the picker says why
            self._show_unknown()
            return
        if found is None or key != self._editing.client_id:
            return
        self.audience = found
        self._show_audience(found)
        self.counted.emit()
        self.reached.emit(found.receive > 0)

    def _show_unknown(self) -> None:
        self.audience = None
        self.versions.show_receive(None)
        self.number.setText("–")
        self.waterfall.show_bars([])
        self._warning.hide()
        self.reached.emit(False)

    def _show_audience(self, found: CampaignAudience) -> None:
        self.number.setText(f"{found.receive:,}")
        self.versions.show_receive(found.receive)
        words = counted(found.receive, translate("Campaigns", "member will receive it"),
                        translate("Campaigns", "members will receive it"))  # fmt: skip
        several = {name: count for name, count in found.variants if name}
        if several:
            words += f"\n{campaign_phrases.variants(several)}"
        self._unit.setText(words)
        self.waterfall.show_bars(bars(found))
        hint = translate("Campaigns", "Click a line for the names")
        if not found.whole:
            hint = translate("Campaigns", "The shop is still being copied: there may be more.")
        self._hint.setText(hint)
        self.warning.setText(counted(
            found.last_notice,
            translate("Campaigns", "For 1 member this is the last notice of the week: nothing more"
                      " reaches her before Monday."),
            translate("Campaigns", "For {n} members this is the last notice of the week: nothing"
                      " more reaches them before Monday."),
        ))  # fmt: skip
        self._warning.setVisible(found.last_notice > 0)

    async def show_names(self, name: str) -> None:
        """Open the names behind a bar."""
        found = self.audience
        if found is None:
            return
        members = await self._port.names(name)
        counts = {bar.name: bar.count for bar in self.waterfall.bars}
        words = {bar.name: bar.words for bar in self.waterfall.bars}
        window = NamesWindow(words.get(name, name), members, counts.get(name, 0), self)
        window.chosen.connect(self.member_chosen)
        window.open()

    async def some(self, limit: int = 60) -> Sequence[AudienceMember]:
        """Some of those who will receive it."""
        return await self._port.names("", limit)

    async def close_down(self) -> None:
        """End what runs."""
        await self.picker.close_down()

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Campaigns", "Who"))
        self.waterfall.setAccessibleName(translate("Campaigns", "Who will receive it, and why not"))
        self._show_locked()
        if self.audience is not None:
            self._show_audience(self.audience)


def bars(found: CampaignAudience) -> list[Bar]:
    """The waterfall of an audience."""
    lines = [Bar(MATCHED, translate("Campaigns", "Meant"), found.matched)]
    left = found.matched
    for step in found.steps:
        left -= step.count
        words = campaign_phrases.reason(step.reason, found.held_percent)
        lines.append(Bar(step.reason, words, step.count, left,
                         _ROLES.get(step.reason, "ink_faint"), "−"))  # fmt: skip
    last = Bar("", translate("Campaigns", "Will receive it"), found.receive, strong=True)
    return [*lines, last]
