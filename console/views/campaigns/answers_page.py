"""The answers to a campaign's question: groups with bars at the left, who said what at the right.

Answers in words fall into the shop's categories by themselves; they are put elsewhere by hand
or by keys, buckets are named anew, and each group becomes a segment or goes on a buying list.
New answers come in while one looks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.desk.answer_types import Answer, AnswerGroup, AnswersReport
from console.desk.ports import DeskPorts
from console.domain.questions import MAX_BUCKET_CHARS
from console.domain.segments import MAX_NAME_CHARS, Rule
from console.models.answers_model import AnswersModel
from console.ui import reasons
from console.ui.answer_list import AnswerList
from console.ui.back_button import BackButton
from console.ui.clock import ShopClock
from console.ui.i18n import counted, translate
from console.ui.notices import EmptyState
from console.ui.page_frame import page_head
from console.ui.tally_list import TallyList
from console.ui.tasks import Tasks
from console.ui.widgets import LineLabel, button, frame, label, snug, speaks
from console.views.campaigns import answers_words
from console.views.campaigns.answer_windows import NameWindow
from console.views.campaigns.answers_sorting import AnswerSorting, bucket_of, rule_of
from console.views.campaigns.answers_words import NEW, ask_file, buying_list, name_of, tally_lines

_GROUPS_WIDTH: Final = 340


class AnswersPage(QFrame):
    """Shows the answers of the campaign that ``open`` names."""

    left = Signal()

    def __init__(self, desks: DeskPorts, clock: ShopClock, tasks: Tasks) -> None:
        super().__init__()
        self._port, self._segments, self._tasks = desks.answers, desks.segments, tasks
        self._campaign_id = 0
        self.report: AnswersReport | None = None
        self.setProperty("look", "paper")
        self.back, self.title, self.counts = BackButton(), LineLabel("heading"), label("soft")
        self.copy, self.export = button("head"), button("head")
        self.groups, self.model, self.list = TallyList(), AnswersModel(self), AnswerList(clock)
        self.heading, self.share = LineLabel("heading"), label("soft")
        self.rename, self.segment, self.put = button(), button(), button()
        self.sorting = AnswerSorting(desks.answers, tasks, self)
        self.note, self.fault, self.give_up = label("soft"), label("fault"), button("link")
        self.empty = EmptyState("chat")
        self._arrange()
        self._connect()
        self._say("")
        self._speak()

    # --- laid out -------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.list.setModel(self.model)
        column, row = QVBoxLayout(self), QHBoxLayout()
        snug(column)
        snug(row)
        row.addWidget(self._left_side())
        row.addWidget(self._right_side(), 1)
        column.addWidget(page_head(self.back, self.title, self.counts, self.copy, self.export))
        column.addLayout(row, 1)

    def _left_side(self) -> QFrame:
        made, area, ground = frame("panel"), QScrollArea(), QWidget()
        made.setFixedWidth(_GROUPS_WIDTH)
        inside, below = QVBoxLayout(made), QVBoxLayout(ground)
        snug(inside)
        snug(below, 10, 6, 10, 16)
        below.addWidget(self.groups)
        below.addStretch(1)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        inside.addWidget(area)
        self._area = area
        return made

    def _right_side(self) -> QWidget:
        made, row, wrong = QWidget(), QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(made)
        snug(row, 20, 0, 20, 0, spacing=8)
        snug(wrong, 20, 0, 20, 0, spacing=8)
        row.addWidget(self.heading, 1)
        for part in (self.share, self.rename, self.put, self.segment):
            row.addWidget(part)
        wrong.addWidget(self.note, 1)
        wrong.addWidget(self.fault, 1)
        wrong.addWidget(self.give_up)
        snug(column, 0, 14, 0, 0, spacing=8)
        column.addLayout(row)
        column.addLayout(wrong)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        return made

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.copy.clicked.connect(self._copy)
        self.export.clicked.connect(self._export)
        self.sorting.done.connect(self.reload)
        self.groups.chosen.connect(self._choose)
        self.groups.dropped.connect(self._drop)
        self.groups.held_at.connect(lambda y: self._area.ensureVisible(10, y, 0, 50))
        self.groups.renamed.connect(lambda _: self._ask_name())
        self.groups.entered.connect(self._enter)
        self.rename.clicked.connect(self._ask_name)
        self.segment.clicked.connect(self._ask_segment)
        self.put.clicked.connect(self._offer_moves)
        self.give_up.clicked.connect(self._discard)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_actions())
        self.list.move_wanted.connect(self._offer_moves)
        undo = QShortcut(QKeySequence("Ctrl+Z"), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.sorting.undo)
        self._unsubscribe = self._port.on_changed(self.reload)

    # --- which ----------------------------------------------------------------------------

    async def open(self, campaign_id: int) -> None:
        """Show the answers of a campaign."""
        self._campaign_id = campaign_id
        self.report = await self._port.report(campaign_id)
        self.sorting.begin(self.report)
        first = next((group for group in self._all() if group.answers), None)
        self.groups.choose(first.key if first is not None else "")
        self._say("")
        self._show()
        self.groups.setFocus()

    def reload(self) -> None:
        """Somebody answered, or sorted."""
        if self.isVisible():
            self._tasks.spawn(self._read())

    async def _read(self) -> None:
        asked = self._campaign_id
        found = await self._port.report(asked)
        if asked == self._campaign_id and found != self.report:
            self.report = found
            self._show()

    def close_down(self) -> None:
        """Listen no more."""
        self._unsubscribe()

    # --- showing --------------------------------------------------------------------------

    def _all(self) -> tuple[AnswerGroup, ...]:
        return self.report.groups if self.report is not None else ()

    @property
    def group(self) -> AnswerGroup | None:
        """The group that is shown."""
        return next((each for each in self._all() if each.key == self.groups.current), None)

    def _show(self) -> None:
        report = self.report
        if report is None:
            return
        self.title.say(report.text or report.title)
        words = translate("Answers", "{n} of {all} answered")
        self.counts.setText(words.format(n=report.answered, all=report.asked))
        biggest = max((len(group.answers) for group in report.groups), default=1)
        self.groups.show_lines(tally_lines(report), biggest)
        if self.group is None and self._all():
            self.groups.choose(self._all()[0].key)
        self._show_group()
        self.fault.setText(reasons.sentence(report.failure, report.parameters)
                           if report.failure else "")  # fmt: skip
        for part in (self.fault, self.give_up):
            part.setVisible(bool(report.failure))
        for part in (self.copy, self.export):
            part.setEnabled(report.answered > 0)

    def show_group(self, key: str) -> None:
        """Show what is in a group."""
        self.groups.choose(key)
        self._show_group()

    def _show_group(self) -> None:
        group, report = self.group, self.report
        kept = {answer.id for answer in self.selected}
        if self.model.show(group.answers if group is not None else ()):
            self._select(kept)
        shown = self.groups.line(self.groups.current)
        self.heading.say(shown.words if shown is not None else "")
        count, all_of = len(self.model.answers), report.answered if report is not None else 0
        share = counted(count, translate("Answers", "1 member · {percent} %"),
                        translate("Answers", "{n} members · {percent} %"))  # fmt: skip
        percent = round(100 * count / all_of) if all_of else 0
        self.share.setText(share.format(percent=percent) if count else "")
        self.list.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self._show_empty()
        self._show_actions()

    def _show_empty(self) -> None:
        if self.report is not None and self.report.answered:
            self.empty.say(translate("Answers", "Nobody chose this"), "")
        else:
            self.empty.say(translate("Answers", "Nobody has answered yet"),
                           translate("Answers", "Answers show here as they come in."))  # fmt: skip

    def _show_actions(self) -> None:
        group = self.group
        words = group is not None and not group.key.startswith("choice/")
        self.rename.setVisible(group is not None and group.key.startswith("bucket/"))
        self.put.setVisible(words)
        self.put.setEnabled(bool(self.selected))
        self.segment.setEnabled(group is not None and bool(group.answers))

    # --- selection ------------------------------------------------------------------------

    @property
    def selected(self) -> list[Answer]:
        """The answers that are marked, in order."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        answers = self.model.answers
        return [answers[row] for row in rows if row < len(answers)]

    def _select(self, ids: set[int]) -> None:
        select = QItemSelectionModel.SelectionFlag.Select
        for row, answer in enumerate(self.model.answers):
            if answer.id in ids:
                self.list.selectionModel().select(self.model.index(row), select)

    def _choose(self, key: str) -> None:
        if key == NEW:
            self._drop(NEW, [answer.id for answer in self.selected])
            return
        self.list.selectionModel().clear()
        self._show_group()
        self._area.ensureVisible(10, round(self.groups.box(key).center().y()), 0, 60)

    def _enter(self) -> None:
        if self.model.rowCount():
            if not self.selected:
                self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus()

    # --- sorting --------------------------------------------------------------------------

    def _offer_moves(self) -> None:
        if self.selected and self.put.isVisible():
            at = self.put.mapToGlobal(QPoint(0, self.put.height() + 2))
            self.moves().popup(at)

    def moves(self) -> QMenu:
        """Where the marked answers can go."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ids = [answer.id for answer in self.selected]
        buckets = self.report.buckets if self.report is not None else ()
        for group in buckets:
            action = menu.addAction(group.name.replace("&", "&&"))
            action.setEnabled(group.key != self.groups.current)
            action.triggered.connect(lambda _=False, key=group.key: self._drop(key, ids))
        menu.addSeparator()
        new = menu.addAction(translate("Answers", "New bucket…"))
        new.triggered.connect(lambda: self._drop(NEW, ids))
        back = menu.addAction(translate("Answers", "Where their words belong"))
        back.triggered.connect(lambda: self._move(ids, ""))
        return menu

    def _drop(self, key: str, ids: Sequence[int]) -> None:
        if key != NEW:
            self._move(ids, bucket_of(key))
        elif ids:
            self._ask_new(list(ids))

    def _ask_new(self, ids: Sequence[int]) -> None:
        about = counted(len(ids), translate("Answers", "Put 1 answer into a new bucket:"),
                        translate("Answers", "Put {n} answers into a new bucket:"))  # fmt: skip
        title = translate("Answers", "New bucket")
        window = NameWindow(title, about, "", MAX_BUCKET_CHARS, self)
        window.named.connect(lambda name: self._move(ids, name))
        window.open()

    def _move(self, ids: Sequence[int], bucket: str) -> None:
        if self.report is not None:
            self.sorting.move(self.report, ids, bucket)

    def _ask_name(self) -> None:
        group = self.group
        if group is None or not group.key.startswith("bucket/"):
            return
        title = translate("Answers", "Rename the bucket")
        about = translate("Answers", "A name that another bucket has joins the two.")
        window = NameWindow(title, about, group.name, MAX_BUCKET_CHARS, self)
        window.named.connect(lambda name: self._rename(group.name, name))
        window.open()

    def _rename(self, old: str, new: str) -> None:
        self.sorting.rename(old, new)
        self.groups.choose(f"bucket/{new}")

    def _discard(self) -> None:
        if self.report is not None and self.report.entry:
            self._tasks.spawn(self._port.discard(self.report.entry))

    # --- used -----------------------------------------------------------------------------

    def _ask_segment(self) -> None:
        group, report = self.group, self.report
        if group is None or report is None:
            return
        title = translate("Answers", "Save as a segment")
        about = counted(len(group.answers), translate("Answers", "1 member under the name:"),
                        translate("Answers", "{n} members under the name:"))  # fmt: skip
        name = f"{report.title} · {name_of(group)}".lstrip(" ·")[:MAX_NAME_CHARS]
        window = NameWindow(title, about, name, MAX_NAME_CHARS, self)
        rule = rule_of(report, group)
        window.named.connect(lambda name: self._tasks.spawn(self._save(name, rule)))
        window.open()

    async def _save(self, name: str, rule: Rule) -> None:
        await self._segments.save(name=name, rule=rule)
        self._say(translate("Answers", "Segment “{name}” is saved.").format(name=name))

    def _copy(self) -> None:
        if self.report is not None:
            QGuiApplication.clipboard().setText(buying_list(self.report))
            self._say(translate("Answers", "The buying list is copied."))

    def _export(self) -> None:
        ask_file(self, self.write)

    def write(self, to: Path) -> None:
        """Write the buying list to a file."""
        if self.report is not None:
            self._say(answers_words.write(self.report, to))

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _say(self, words: str) -> None:
        """What came of the last step; nothing takes no room."""
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _speak(self) -> None:
        texts: tuple[tuple[Callable[[str], object], str], ...] = (
            (self.back.setText, translate("Answers", "Campaign")),
            (self.copy.setText, translate("Answers", "Copy the buying list")),
            (self.export.setText, translate("Answers", "Export…")),
            (self.rename.setText, translate("Answers", "Rename…")),
            (self.put.setText, translate("Answers", "Move to…")),
            (self.segment.setText, translate("Answers", "Save as a segment…")),
            (self.give_up.setText, translate("Answers", "Give it up")),
            (self.groups.setAccessibleName, translate("Answers", "Groups of answers")),
            (self.list.setAccessibleName, translate("Answers", "Answers in the group")),
        )
        for tell, words in texts:
            tell(words)
        self.rename.setToolTip("F2")
        self.put.setToolTip(translate("Answers", "M moves, Ctrl+Z takes it back"))
        self._show()
