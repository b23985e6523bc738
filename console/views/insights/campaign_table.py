"""The table of a period's campaigns; a click or Enter opens the report of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QInputDialog,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from console.desk.insight_types import CampaignLine
from console.domain.attribution import WINDOWS
from console.domain.segments import Rule
from console.ui import draw, fonts, theme, window_phrases
from console.ui.clock import ShopClock
from console.ui.explained import Explained
from console.ui.i18n import translate
from console.ui.notices import EmptyState
from console.ui.plain_table import PlainTable
from console.ui.share_series import percent
from console.ui.widgets import button, repaints
from console.ui.window_phrases import USUAL_DAYS
from console.views.insights import table_words as words
from console.views.insights.ask_number import ask_number
from console.views.insights.row_marks import RowMarks

NAME, SENT, AUDIENCE, WRITTEN, READ, RATE, REPLIED, HELD, LEFT, EFFECT = range(10)
_WIDTHS: Final = {
    SENT: 108, WRITTEN: 72, READ: 72, RATE: 170, REPLIED: 68, HELD: 62, LEFT: 72, EFFECT: 250,
}  # fmt: skip
_NUMBERS: Final = frozenset({WRITTEN, READ, REPLIED, HELD, LEFT, EFFECT})
_ROW: Final = 36
_FRAME: Final = 4
_NAME: Final = 190
"""Of a name where it is narrow."""
_MOST: Final = 12
"""So many rows stand on the page at once; more are scrolled."""
_SHARE: Final = int(Qt.ItemDataRole.UserRole)


class _Bar(QStyledItemDelegate):
    """Paints a share as a bar with its figure."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:  # fmt: skip
        """Paint one."""
        super().paint(painter, option, index)
        share = float(index.data(_SHARE))
        shown = option
        box = QRectF(shown.rect).adjusted(8, 0, -8, -1)
        said = percent(share)
        wide = draw.width_of(percent(1.0), theme.SMALL_PX)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw.text_line(painter, QRectF(box.right() - wide, box.top(), wide, box.height()), said,
                       fonts.font(theme.SMALL_PX), theme.color("ink"),
                       Qt.AlignmentFlag.AlignRight)  # fmt: skip
        track = QRectF(box.left(), box.center().y() - 6, box.width() - wide - 10, 12)
        painter.setPen(Qt.PenStyle.NoPen)
        for role, part in (("line", 1.0), ("accent", min(1.0, share))):
            painter.setBrush(theme.color(role))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * part, 12),
                                    3, 3)  # fmt: skip
        painter.restore()


class CampaignTable(Explained):
    """Shows campaigns; ``opened`` names the one whose report is wanted.

    ``window_chosen``: so many days are to be the window of attribution.
    """

    opened = Signal(int)
    new_wanted = Signal()
    window_chosen = Signal(int)

    def __init__(self, clock: ShopClock) -> None:
        super().__init__(words.title, words.formula)
        self._clock = clock
        self._lines: Sequence[CampaignLine] = ()
        self._sentences: Mapping[Rule, str] = {}
        self.set_window, self._days = button("head"), USUAL_DAYS
        self.set_window.hide()
        self.head.addWidget(self.set_window)
        self.set_window.clicked.connect(self.ask_window)
        self.rows = PlainTable(EFFECT + 1, _WIDTHS, _ROW, _NUMBERS)
        self.rows.setItemDelegateForColumn(RATE, _Bar(self.rows))
        self.empty, self._stack = EmptyState("campaign"), QStackedWidget()
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self.empty)
        self.column.addWidget(self._stack, 1)
        self.marks = RowMarks(self.rows)
        self.rows.chosen.connect(lambda row: self.opened.emit(self._lines[row].campaign_id))
        self.empty.button.clicked.connect(self.new_wanted)
        self.speak()

    @property
    def lines(self) -> Sequence[CampaignLine]:
        """What it shows."""
        return self._lines

    def show_lines(self, lines: Sequence[CampaignLine], sentences: Mapping[Rule, str]) -> None:
        """Show these; ``sentences`` say whom a rule means.  The row at the keyboard stays it."""
        row = self.rows.currentRow()
        current = self._lines[row].campaign_id if 0 <= row < len(self._lines) else 0
        self._lines, self._sentences = lines, sentences
        self.rows.setRowCount(len(lines))
        head = self.rows.horizontalHeader().sizeHint().height()
        self.rows.setMinimumHeight(_ROW * min(len(lines), _MOST) + head + _FRAME)
        for number, line in enumerate(lines):
            self._fill(number, line)
        places = [line.campaign_id for line in lines]
        self.marks.show_rows(places)
        if current in places:
            self.rows.selectRow(places.index(current))
        self._stack.setCurrentIndex(0 if lines else 1)

    def show_window(self, days: int) -> None:
        """So many days after it was written a campaign is given what members do."""
        self._days = days
        self.explain(partial(words.formula, days))

    def ask_window(self) -> QInputDialog:
        """Ask the owner for another window."""
        words = translate("Insights", "What a member does so many days after a campaign was"
                          " written to her can be owed to it:")  # fmt: skip
        title = translate("Insights", "Attribution window")
        return ask_number(self, title, words, (WINDOWS, self._days), self.window_chosen.emit)

    def show_narrow(self, narrow: bool) -> None:
        """Where it is narrow the name keeps its room, whom it was for is left out, and the rest
        is reached by scrolling.
        """
        modes, bars = QHeaderView.ResizeMode, Qt.ScrollBarPolicy
        head = self.rows.horizontalHeader()
        head.setSectionResizeMode(NAME, modes.Fixed if narrow else modes.Stretch)
        if narrow:
            head.resizeSection(NAME, _NAME)
        self.rows.setColumnHidden(AUDIENCE, narrow)
        self.rows.setHorizontalScrollBarPolicy(
            bars.ScrollBarAsNeeded if narrow else bars.ScrollBarAlwaysOff
        )

    def _fill(self, row: int, line: CampaignLine) -> None:
        said, certain = words.effect(line.effect, self._clock)
        share = line.read / line.written if line.written else 0.0
        texts = {
            NAME: words.name(line), SENT: words.sent(line, self._clock),
            AUDIENCE: words.audience(line, self._sentences), WRITTEN: words.number(line.written),
            READ: words.number(line.read), REPLIED: words.number(line.replied),
            HELD: words.number(line.held),
        }  # fmt: skip
        for column, text in texts.items():
            self.rows.put(row, column, text, strong=column == NAME)
        self.rows.put(
            row, LEFT, words.left(line), tip=words.elsewhere() if line.left is None else ""
        )
        rate = self.rows.put(row, RATE, "")
        rate.setData(_SHARE, share)
        rate.setData(Qt.ItemDataRole.AccessibleTextRole, percent(share))
        self.rows.put(row, EFFECT, said, tip=words.explained(line.effect), faint=not certain)

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours."""
        super().changeEvent(event)
        if repaints(event):
            self.show_lines(self._lines, self._sentences)

    def speak(self) -> None:
        """Say everything in the language spoken now."""
        super().speak()
        self.rows.say_head(words.head(self._days))
        window = translate("Insights", "Attribution: {days}…")
        self.set_window.setText(window.format(days=window_phrases.days(self._days)))
        self.rows.setAccessibleName(words.title())
        self.rows.setAccessibleDescription(
            translate("Insights", "Enter opens a report, Space marks a campaign to compare it")
        )
        self.empty.say(
            translate("Insights", "No campaign in this period"),
            translate("Insights", "What you send stands here with who read it and what came of"
                      " it."),
            translate("Campaigns", "New campaign"),
        )  # fmt: skip
        self.show_lines(self._lines, self._sentences)
