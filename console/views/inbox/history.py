"""The whole history of a member: purchases, visits, enquiries, consent and merges, page by page."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.desk.history import HistoryKind, HistoryLine, HistoryPage
from console.desk.people_ports import MembersPort
from console.ui import phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.notices import EmptyState
from console.ui.section import emptied
from console.ui.tasks import Tasks
from console.ui.widgets import Chip, LineLabel, button, label, rule, snug, speaks
from console.ui.window_frame import add_foot, window_column
from console.views.inbox.panel_trade import TradeRow, below

KINDS: Final[tuple[HistoryKind, ...]] = (
    "purchase", "visit", "enquiry", "consent", "member_merge",
)  # fmt: skip


class HistoryWindow(QDialog):
    """Opened with ``open()``; reads from the replica, so also without a line."""

    unmerge_asked = Signal(int)

    def __init__(
        self, port: MembersPort, tasks: Tasks, clock: ShopClock, member_id: int, name: str,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._port, self._tasks, self._clock = port, tasks, clock
        self._member, self._name = member_id, name
        self._before: tuple[int, int] | None = None
        self.kind: HistoryKind = "purchase"
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = LineLabel("title")
        self.tabs: dict[HistoryKind, QPushButton] = {}
        self._group = QButtonGroup(self)
        for kind in KINDS:
            chip = Chip()
            chip.clicked.connect(partial(self.show_kind, kind))
            self._group.addButton(chip)
            self.tabs[kind] = chip
        self.more, self.leave = button(), button()
        self.more.clicked.connect(lambda: self._tasks.spawn(self._load()))
        self.leave.clicked.connect(self.accept)
        self.empty = EmptyState("info")
        self._arrange()
        self._speak()
        self.show_kind("purchase")

    def _arrange(self) -> None:
        column = window_column(self, 22, 18, 22, 18, spacing=12)
        tabs = QHBoxLayout()
        column.addWidget(self._title)
        snug(tabs, spacing=6)
        for chip in self.tabs.values():
            tabs.addWidget(chip)
        tabs.addStretch(1)
        column.addLayout(tabs)
        self._body = QWidget()
        self.rows = QVBoxLayout(self._body)
        snug(self.rows, 0, 0, 8, 0)
        self.rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._body)
        self._stack = QStackedWidget()
        self._stack.addWidget(area)
        self._stack.addWidget(self.empty)
        column.addWidget(self._stack, 1)
        add_foot(column, self.leave, beside=self.more)
        self.resize(560, 560)

    # --- reading --------------------------------------------------------------------------

    def show_kind(self, kind: HistoryKind, *_: object) -> None:
        """Show another tab from its newest line on."""
        self.kind, self._before = kind, None
        self.tabs[kind].setChecked(True)
        emptied(self.rows)
        self._tasks.spawn(self._load())

    def reload(self) -> None:
        """Read the tab again."""
        self.show_kind(self.kind)

    async def _load(self) -> None:
        kind, before = self.kind, self._before
        page = await self._port.history(self._member, kind, before)
        if (kind, before) == (self.kind, self._before):
            self._append(page, first=before is None)

    def _append(self, page: HistoryPage, *, first: bool) -> None:
        if first:
            emptied(self.rows)
        for line in page.lines:
            self.rows.addWidget(self._row(line))
            self.rows.addWidget(rule())
        self._before = page.before
        self.more.setVisible(page.before is not None)
        none = first and not page.lines
        self._stack.setCurrentIndex(1 if none else 0)
        if none:
            self.empty.say(translate("History", "Nothing yet"), _nothing(self.kind))

    # --- lines ----------------------------------------------------------------------------

    def _row(self, line: HistoryLine) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        snug(row, 2, 8, 2, 8, spacing=10)
        if line.trade is not None:
            row.addWidget(TradeRow(line.trade, self._below(line)), 1)
            return made
        words, column = LineLabel(), QVBoxLayout()
        when = label("tiny")
        when.setText(self._when(line))
        words.say(self._words(line))
        snug(column, spacing=1)
        column.addWidget(words)
        column.addWidget(when)
        row.addLayout(column, 1)
        if line.undoable and line.kept and self.kind == "member_merge":
            undo = button()
            undo.setObjectName("unmerge")
            undo.setText(translate("History", "Take back"))
            undo.setAccessibleName(translate("History", "Take the merge with {name} back").format(
                name=line.name))  # fmt: skip
            undo.clicked.connect(lambda: self.unmerge_asked.emit(line.id))
            row.addWidget(undo)
        return made

    def _below(self, line: HistoryLine) -> str:
        if line.trade is None or not line.quantity:
            return " · ".join(
                part for part in (below(line.trade, self._clock), _source(line.source)) if part
            ) if line.trade is not None else ""  # fmt: skip
        parts = [self._when(line), phrases.money(line.amount)]
        if line.quantity > 1:
            parts.insert(1, translate("History", "{n} pcs").format(n=line.quantity))
        return " · ".join(parts)

    def _when(self, line: HistoryLine) -> str:
        return (
            f"{phrases.day_name(line.at, self._clock)} {phrases.clock_time(line.at, self._clock)}"
        )

    def _words(self, line: HistoryLine) -> str:
        if self.kind == "visit":
            return translate("History", "Came to the shop · {where}").format(
                where=_source(line.source)
            )
        if self.kind == "consent":
            return _consent(line)
        if self.kind == "member_merge":
            return _merge(line)
        if self.kind == "purchase":
            return phrases.money(line.amount)
        return translate("History", "Asked about an article that is gone")

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
            self.reload()
        super().changeEvent(event)

    def _speak(self) -> None:
        title = translate("History", "History of {name}").format(name=self._name)
        self.setWindowTitle(title)
        self._title.say(title)
        names = {
            "purchase": translate("History", "Purchases"),
            "visit": translate("History", "Visits"),
            "enquiry": translate("History", "Enquiries"),
            "consent": translate("History", "Consent"),
            "member_merge": translate("History", "Merges"),
        }
        for kind, chip in self.tabs.items():
            chip.setText(names[kind])
        self.more.setText(translate("History", "Earlier ones"))
        self.leave.setText(translate("History", "Close"))


def _nothing(kind: HistoryKind) -> str:
    hints = {
        "purchase": translate("History", "What she buys at the till stands here."),
        "visit": translate("History", "Visits counted at the counter stand here."),
        "enquiry": translate("History", "Articles she asks about stand here."),
        "consent": translate("History", "Each yes and no to notices stands here, for ever."),
        "member_merge": translate("History", "Members found to be the same person stand here."),
    }
    return hints[kind]


def _source(code: str) -> str:
    names = {
        "counter": translate("History", "counted at the counter"),
        "clerk": translate("History", "noted by a clerk"),
        "message": translate("History", "in a message"),
        "tap": translate("History", "on the phone page"),
        "page": translate("History", "on the phone page"),
        "keyword": translate("History", "by a word in a message"),
        "purchase": translate("History", "with a purchase"),
    }
    return names.get(code, code)


def _consent(line: HistoryLine) -> str:
    purposes = {
        "marketing": translate("History", "notices"),
        "privacy": translate("History", "privacy notice"),
    }
    given = translate("History", "Agreed: {purpose}")
    taken = translate("History", "Took back: {purpose}")
    words = (given if line.granted else taken).format(
        purpose=purposes.get(line.purpose, line.purpose)
    )
    return f"{words} · {_source(line.source)}" if line.source else words


def _merge(line: HistoryLine) -> str:
    if not line.kept:
        return translate("History", "Merged into another member, by {staff}").format(
            staff=line.staff
        )
    words = translate("History", "{name} merged into her, by {staff}").format(
        name=line.name or "?", staff=line.staff
    )
    return f"{words} · " + translate("History", "taken back") if line.undone_at else words
