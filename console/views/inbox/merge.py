"""Two members who are one person: search the other, see side by side what stays, merge."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.desk.members import MemberChoice, MergePreview, MergeSide
from console.desk.people_ports import MembersPort
from console.ui import phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.notices import EmptyState
from console.ui.section import emptied
from console.ui.tasks import Tasks
from console.ui.timers import once
from console.ui.widgets import (
    Avatar,
    LineLabel,
    button,
    label,
    plain_tip,
    rule,
    snug,
    speaks,
)
from console.ui.window_frame import add_foot, window_column
from console.views.inbox.panel_about import heading
from console.views.inbox.panel_edit import field_name, shown_value

_SEARCH_MS: Final = 150
_FIELDS: Final = ("display_name", "phone", "birthday", "sizes", "remark")
_MOVED: Final = ("message", "purchase", "visit", "enquiry", "hold", "waitlist", "coupon")


class MergeWindow(QDialog):
    """``confirmed`` carries who stays, who goes, and the fields taken from who goes."""

    confirmed = Signal(int, int, list)

    def __init__(
        self, port: MembersPort, tasks: Tasks, clock: ShopClock, member_id: int, name: str,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._port, self._tasks, self._clock = port, tasks, clock
        self._keep, self._name = member_id, name
        self._other = 0
        self._take: set[str] = set()
        self.preview: MergePreview | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title, self._lead = LineLabel("title"), label("soft", wrap=True)
        self.search = QLineEdit()
        self.search.setProperty("look", "search")
        self.search.setClearButtonEnabled(True)
        self._timer = once(self, _SEARCH_MS, self._search)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._take_first)
        self.found = QListWidget()
        self.found.setProperty("look", "found")
        self.found.itemActivated.connect(self._choose_item)
        self.found.itemClicked.connect(self._choose_item)
        self.empty = EmptyState("search")
        self.merge, self.leave, self.back = button("primary"), button(), button("link")
        self.merge.clicked.connect(self._confirm)
        self.leave.clicked.connect(self.reject)
        self.back.clicked.connect(self._search_again)
        self._arrange()
        self._speak()
        self._show_results([])

    def _arrange(self) -> None:
        column = window_column(self, 22, 18, 22, 18, spacing=10)
        for part in (self._title, self._lead, self.search):
            column.addWidget(part)
        self._body = QWidget()
        self._compare = QVBoxLayout(self._body)
        snug(self._compare, 0, 0, 8, 0, spacing=12)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._body)
        self._stack = QStackedWidget()
        for page in (self.found, self.empty, area):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)
        add_foot(column, self.leave, self.merge, beside=self.back)
        self.resize(600, 600)
        self.search.setFocus()

    # --- the other one --------------------------------------------------------------------

    def _typed(self) -> None:
        self._other = 0
        self._timer.start()

    def _search(self) -> None:
        self._tasks.spawn(self._find())

    async def _find(self) -> None:
        words = self.search.text()
        found = await self._port.find(words, self._keep)
        if words == self.search.text() and not self._other:
            self._show_results(found)

    def _show_results(self, found: list[MemberChoice]) -> None:
        self.found.clear()
        for each in found:
            item = QListWidgetItem(self._line(each))
            item.setData(Qt.ItemDataRole.UserRole, each.member_id)
            self.found.addItem(item)
        self._other, self.preview = 0, None
        self.merge.setEnabled(False)
        self.back.hide()
        self._stack.setCurrentIndex(0 if found else 1)
        self._say_empty()

    def _line(self, choice: MemberChoice) -> str:
        since = choice.created_at
        begun = translate("Merge", "since {day}").format(
            day=phrases.month_day(self._clock.local(since).date(), self._clock.today())
        ) if since is not None else ""  # fmt: skip
        parts = (choice.name, choice.phone, phrases.tier(choice.tier), begun)
        return " · ".join(part for part in parts if part)

    def _take_first(self) -> None:
        self._timer.stop()
        self._tasks.spawn(self._find_first())

    async def _find_first(self) -> None:
        await self._find()
        if self.found.count() == 1:
            self._choose_item(self.found.item(0))
        elif self.found.count():
            self.found.setFocus()
            self.found.setCurrentRow(0)

    def _choose_item(self, item: QListWidgetItem) -> None:
        self.choose(int(item.data(Qt.ItemDataRole.UserRole)))

    def choose(self, member_id: int) -> None:
        """Compare with this one."""
        self._timer.stop()
        self._other, self._take = member_id, set()
        self._tasks.spawn(self._look())

    def _search_again(self) -> None:
        self._other = 0
        self._search()
        self.search.setFocus()

    # --- side by side ---------------------------------------------------------------------

    async def _look(self) -> None:
        other, take = self._other, set(self._take)
        preview = await self._port.merge_preview(self._keep, other, take)
        if preview is not None and other == self._other and take == self._take:
            self.preview = preview
            self._fill(preview)

    def _fill(self, preview: MergePreview) -> None:
        emptied(self._compare)
        self._compare.addWidget(self._table(preview))
        self._compare.addWidget(rule())
        moves = label("soft", wrap=True)
        moves.setObjectName("moves")
        moves.setText(self.moves(preview))
        self._compare.addWidget(heading(translate("Merge", "What moves")))
        self._compare.addWidget(moves)
        self._compare.addStretch(1)
        self._stack.setCurrentIndex(2)
        self.merge.setEnabled(True)
        self.back.show()

    def moves(self, preview: MergePreview) -> str:
        """How many messages, purchases … become hers."""
        names = {
            "message": translate("Merge", "Messages: {n}"),
            "purchase": translate("Merge", "Purchases: {n}"),
            "visit": translate("Merge", "Visits: {n}"),
            "enquiry": translate("Merge", "Enquiries: {n}"),
            "hold": translate("Merge", "Holds: {n}"),
            "waitlist": translate("Merge", "Places in line: {n}"),
            "coupon": translate("Merge", "Coupons: {n}"),
        }
        amounts = preview.gone.amounts
        found = [names[kind].format(n=f"{amounts[kind]:,}") for kind in _MOVED if amounts.get(kind)]
        if preview.tags:
            found.append(translate("Merge", "Tags: {n}").format(n=preview.tags))
        points = translate("Merge", "Points together: {n}").format(
            n=f"{preview.result['points']:,}"
        )
        return " · ".join([*found, points])

    def _table(self, preview: MergePreview) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        snug(grid)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        stays, goes = translate("Merge", "Stays"), translate("Merge", "Is taken in")
        grid.addWidget(_head(preview.keep, stays), 0, 1)
        grid.addWidget(_head(preview.gone, goes), 0, 2)
        for row, field in enumerate(_FIELDS, 1):
            title = label("faint")
            title.setText(field_name(field))
            grid.addWidget(title, row, 0)
            self._sides(grid, row, field, preview)
        return made

    def _sides(self, grid: QGridLayout, row: int, field: str, preview: MergePreview) -> None:
        group = QButtonGroup(grid.parentWidget())
        kept = preview.result[field]
        for column, side in ((1, preview.keep), (2, preview.gone)):
            value = side.values[field]
            lunar = bool(side.values.get("birthday_lunar"))
            words = shown_value(field, value, lunar=lunar) if value else "—"
            if field not in preview.differ:
                plain = LineLabel("" if value and value == kept else "faint")
                plain.say(words)
                grid.addWidget(plain, row, column)
                continue
            choice = QRadioButton(words if len(words) <= 24 else words[:23] + "…")
            choice.setToolTip(plain_tip(words))
            choice.setAccessibleName(f"{field_name(field)}: {words}")
            choice.setObjectName(f"{field}-{'gone' if column == 2 else 'keep'}")
            choice.setChecked((field in self._take) == (column == 2))
            group.addButton(choice)
            grid.addWidget(choice, row, column)
            if column == 2:
                choice.toggled.connect(lambda on, field=field: self._take_field(field, on=on))

    def _take_field(self, field: str, *, on: bool) -> None:
        (self._take.add if on else self._take.discard)(field)

    def _confirm(self) -> None:
        if self._other:
            self.confirmed.emit(self._keep, self._other, sorted(self._take))
            self.accept()

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _say_empty(self) -> None:
        if self.search.text().strip():
            self.empty.say(
                translate("Merge", "Nobody found"),
                translate("Merge", "Names, pinyin initials and phone ends count."),
            )
        else:
            self.empty.say(
                translate("Merge", "Who is the same person?"),
                translate("Merge", "Search her other entry by name or phone end."),
            )

    def _speak(self) -> None:
        title = translate("Merge", "Merge another member into {name}").format(name=self._name)
        self.setWindowTitle(title)
        self._title.say(title)
        self._lead.setText(
            translate(
                "Merge",
                "Everything of the other one becomes hers. It can be taken back within 30 days.",
            )
        )
        self.search.setPlaceholderText(translate("Merge", "Name, initials or phone end"))
        self.search.setAccessibleName(translate("Merge", "Search the other member"))
        self.found.setAccessibleName(translate("Merge", "Members found"))
        self.merge.setText(translate("Merge", "Merge"))
        self.leave.setText(translate("Merge", "Cancel"))
        self.back.setText(translate("Merge", "Somebody else"))
        self._say_empty()


def _head(side: MergeSide, role: str) -> QWidget:
    made = QWidget()
    row, words = QHBoxLayout(made), QVBoxLayout()
    snug(row, spacing=8)
    avatar, name, below = Avatar(32), LineLabel("heading"), label("tiny")
    avatar.show_name(side.choice.name)
    name.say(side.choice.name)
    below.setText(role)
    snug(words)
    words.addWidget(name)
    words.addWidget(below)
    row.addWidget(avatar)
    row.addLayout(words, 1)
    return made
