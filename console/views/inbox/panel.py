"""Right column of the inbox: what the shop knows of the member, to read and to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.desk.types import MemberPanel, TradeLine
from console.ui import tab_order
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.widgets import button, repaints, rule, snug, speaks
from console.views.inbox.panel_about import AboutSection, RevealedNumber, heading, section
from console.views.inbox.panel_coupons import CouponsSection
from console.views.inbox.panel_edit import ConflictBox, MemberForm, facts_of
from console.views.inbox.panel_holds import HoldsSection
from console.views.inbox.panel_tags import TagsSection
from console.views.inbox.panel_trade import TradeRow, below
from console.views.inbox.panel_waits import WaitsSection


class MemberPane(QFrame):
    """Shows a ``MemberPanel``; empty without one.  What is being entered outlives other members.

    Each signal's first value is the member's id.
    """

    invite_asked = Signal(int)
    reveal_asked = Signal(int)
    history_asked = Signal(int)
    merge_asked = Signal(int)
    saved = Signal(int, object, object)
    """What stood there, and the changes."""
    decided = Signal(int, list)
    tags_added = Signal(int, list)
    tag_removed = Signal(int, str)
    tags_wanted = Signal(int)

    def __init__(self, clock: ShopClock) -> None:
        super().__init__()
        self._clock = clock
        self._panel: MemberPanel | None = None
        self._begun: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
        self.setProperty("look", "panel")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.form, self.tags, self.number = MemberForm(), TagsSection(), RevealedNumber()
        self.holds, self.coupons = HoldsSection(clock), CouponsSection(clock)
        self.waits = WaitsSection(clock)
        layout = QVBoxLayout(self)
        snug(layout, 1, 0, 0, 0)
        layout.addWidget(self._area)
        self._arrange()
        self._connect()
        self._fill()

    def _arrange(self) -> None:
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        self._about, self._conflicts, self._trade = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for slot in (self._about, self._conflicts, self._trade):
            snug(slot)
        snug(column)
        column.addWidget(self.number)
        column.addLayout(self._about)
        column.addWidget(self.form)
        column.addLayout(self._conflicts)
        self._tags_rule, self._holds_rule, self._coupons_rule = rule(), rule(), rule()
        self._waits_rule = rule()
        for part in (
            self._tags_rule, self.tags, self._holds_rule, self.holds, self._waits_rule,
            self.waits, self._coupons_rule, self.coupons,
        ):  # fmt: skip
            column.addWidget(part)
        column.addLayout(self._trade)
        column.addStretch(1)
        self._area.setWidget(self._body)

    def _connect(self) -> None:
        self.form.saved.connect(lambda was, new: self.saved.emit(self.member_id, was, new))
        self.form.left.connect(self.close_form)
        self.tags.added.connect(lambda tags: self.tags_added.emit(self.member_id, tags))
        self.tags.removed.connect(lambda tag: self.tag_removed.emit(self.member_id, tag))
        self.tags.wanted.connect(lambda: self.tags_wanted.emit(self.member_id))

    @property
    def member_id(self) -> int:
        """Who is shown; 0: nobody."""
        return self._panel.member_id if self._panel is not None else 0

    def take_keyboard(self) -> None:
        """Let arrows scroll it and Tab go through it."""
        self._area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- showing --------------------------------------------------------------------------

    def show_member(self, panel: MemberPanel | None) -> None:
        """Show another member, or the same one anew."""
        if panel == self._panel:
            return
        bar = self._area.verticalScrollBar()
        same = panel is not None and panel.member_id == self.member_id
        at = bar.value() if same else 0
        if not same:
            self._keep_begun()
            self.number.hide_number()
            self.tags.forget()
        self._panel = panel
        if not same:
            self._open_begun()
        self._fill()
        bar.setValue(at)

    def show_number(self, member_id: int, number: str) -> None:
        """Show the whole number for a while, if she is still the one."""
        if member_id == self.member_id:
            self.number.show_number(number)
            self._area.verticalScrollBar().setValue(0)

    def show_coupons(self) -> None:
        """Bring her coupons into view."""
        self._area.ensureWidgetVisible(self.coupons, 0, 12)

    # --- changing facts -------------------------------------------------------------------

    def open_form(self) -> None:
        """Change her facts."""
        if self._panel is not None:
            self.form.begin(facts_of(self._panel))
            self._show_form(on=True)
            self.form.name.setFocus()

    def close_form(self) -> None:
        """Only read again; what was entered is given up or saved."""
        self._begun.pop(self.member_id, None)
        self._show_form(on=False)

    def _keep_begun(self) -> None:
        if self.member_id and not self.form.isHidden() and self.form.changes():
            self._begun[self.member_id] = (self.form.was, self.form.values())
        self.form.hide()

    def _open_begun(self) -> None:
        was, values = self._begun.pop(self.member_id, ({}, {}))
        if was:
            self.form.begin(was, values)
        self.form.setVisible(bool(was))

    def _show_form(self, *, on: bool) -> None:
        self.form.setVisible(on)
        self._fill()

    # --- building -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, wear the new palette."""
        if speaks(event) or repaints(event):
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        self._area.setAccessibleName(translate("MemberPane", "About the member"))
        for slot in (self._about, self._conflicts, self._trade):
            emptied(slot)
        panel = self._panel
        self._body.setVisible(panel is not None)
        if panel is None:
            self.form.hide()
            return
        if self.form.isHidden():
            self._about.addWidget(self._read(panel))
        if panel.conflicts:
            box = ConflictBox(panel.conflicts)
            box.decided.connect(lambda mine: self.decided.emit(panel.member_id, mine))
            self._conflicts.addWidget(box)
        gone = panel.state in {"erased", "merged"}
        self.tags.setVisible(not gone)
        self._tags_rule.setVisible(not gone)
        self.tags.show_tags(panel.tags)
        self.holds.show_holds(panel.holds)
        self._holds_rule.setVisible(bool(panel.holds))
        self.holds.setVisible(bool(panel.holds))
        self.waits.show_waits(panel.waits)
        self._waits_rule.setVisible(bool(panel.waits))
        self.waits.setVisible(bool(panel.waits))
        self.coupons.show_coupons(panel.coupons)
        for part in (self._coupons_rule, self.coupons):
            part.setVisible(bool(panel.coupons))
        self._fill_trade(panel)
        tab_order.as_laid_out(self._body)

    def _read(self, panel: MemberPanel) -> QWidget:
        about = AboutSection(panel, self._clock)
        about.invite_asked.connect(lambda: self.invite_asked.emit(panel.member_id))
        about.edit_asked.connect(self.open_form)
        about.reveal_asked.connect(lambda: self.reveal_asked.emit(panel.member_id))
        return about

    def _fill_trade(self, panel: MemberPanel) -> None:
        for title, lines in (
            (translate("MemberPane", "Asked about"), panel.asked),
            (translate("MemberPane", "Bought"), panel.bought),
        ):
            if lines:
                self._trade.addWidget(rule())
                self._trade.addWidget(self._lines(title, lines))
        self._trade.addWidget(rule())
        self._trade.addWidget(self._links(panel))

    def _lines(self, title: str, lines: Sequence[TradeLine]) -> QWidget:
        made = QWidget()
        column = section(made)
        column.addWidget(heading(title))
        for line in lines:
            column.addWidget(TradeRow(line, below(line, self._clock)))
        return made

    def _links(self, panel: MemberPanel) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        snug(row, 12, 8, 12, 10, spacing=4)
        history = button("link")
        history.setObjectName("history")
        history.setText(translate("MemberPane", "Whole history"))
        history.clicked.connect(lambda: self.history_asked.emit(panel.member_id))
        row.addWidget(history)
        row.addStretch(1)
        if panel.state not in {"erased", "merged"}:
            merge = button("link")
            merge.setObjectName("merge")
            merge.setText(translate("MemberPane", "Merge…"))
            merge.setToolTip(translate("MemberPane", "Two members are one person"))
            merge.clicked.connect(lambda: self.merge_asked.emit(panel.member_id))
            row.addWidget(merge)
        return made
