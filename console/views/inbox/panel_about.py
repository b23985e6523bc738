"""The head of the member panel: who she is and what the shop knows of her, to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.desk.types import MemberPanel
from console.ui import draw, fonts, icons, phrases, theme
from console.ui.clock import ShopClock
from console.ui.i18n import language, translate
from console.ui.widgets import Avatar, LineLabel, Pill, button, label, plain_tip, snug

SHOWN_S = 30
"""So long a revealed number is shown."""
_SOON_DAYS = 30
_KEY_WIDTH = 62


class AboutSection(QWidget):
    """One member; made anew when she changes."""

    invite_asked = Signal()
    edit_asked = Signal()
    reveal_asked = Signal()

    def __init__(self, panel: MemberPanel, clock: ShopClock) -> None:
        super().__init__()
        self._panel, self._clock = panel, clock
        column = section(self)
        column.addLayout(self._head())
        column.addLayout(self._grid())
        if panel.state in {"known", "guest"}:
            column.addSpacing(4)
            column.addWidget(self._invite())

    def _head(self) -> QLayout:
        panel = self._panel
        head, words, number = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        avatar, name = Avatar(42), LineLabel("heading")
        shown = panel.name or translate("Queue", "Erased member")
        avatar.show_name(shown)
        name.say(shown)
        below = label("tiny", wrap=True, selectable=True)
        below.setText(" · ".join(part for part in (panel.phone, self._age()) if part))
        snug(words, spacing=1)
        snug(number, spacing=2)
        number.addWidget(below, 1)
        if "*" in panel.phone:
            name_it = translate("MemberPane", "Show the whole number")
            number.addWidget(self._small("eye", name_it, self.reveal_asked.emit, "reveal"))
        first = QHBoxLayout()
        snug(first, spacing=2)
        first.addWidget(name, 1)
        words.addLayout(first)
        words.addLayout(number)
        snug(head, spacing=12)
        head.addWidget(avatar)
        head.addLayout(words, 1)
        if panel.state not in {"erased", "merged"}:
            name_it = translate("MemberPane", "Change her facts")
            edit = self._small("edit", name_it, self.edit_asked.emit, "edit")
            first.addWidget(edit)
        return head

    def _small(self, icon: str, name: str, asked: Callable[[], None], code: str) -> QPushButton:
        made = icon_button(icon, name)
        made.setObjectName(code)
        made.clicked.connect(asked)
        return made

    def _grid(self) -> QLayout:
        grid = QGridLayout()
        snug(grid)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, _KEY_WIDTH)
        for row, (title, found) in enumerate(self._facts()):
            key = label("faint")
            key.setText(title)
            grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(found, row, 1)
        return grid

    def _invite(self) -> QWidget:
        """For who is not on the phone page yet, or whose number is only claimed."""
        made = button()
        made.setObjectName("invite")
        made.setText(translate("MemberPane", "Invite her"))
        tip = translate("MemberPane", "A personal link for {name}").format(name=self._panel.name)
        made.setToolTip(plain_tip(tip))
        made.setAccessibleDescription(tip)
        made.clicked.connect(self.invite_asked)
        return made

    def _age(self) -> str:
        since = self._panel.created_at or self._panel.joined_at
        if since is None or self._panel.state in {"erased", "merged"}:
            return ""
        days = (self._clock.today() - self._clock.local(since).date()).days
        if days < 31:
            return translate("MemberPane", "new member")
        if days < 365:
            return translate("MemberPane", "member {n} mo").format(n=days // 30)
        return translate("MemberPane", "member {n} yr").format(n=days // 365)

    def _facts(self) -> Iterable[tuple[str, QWidget]]:
        panel = self._panel
        if panel.state in {"erased", "merged"}:
            return
        yield translate("MemberPane", "Tier"), value(phrases.tier(panel.tier))
        yield translate("MemberPane", "Points"), value(f"{panel.points:,}", bold=True)
        if panel.birthday:
            yield translate("MemberPane", "Birthday"), self._birthday()
        if panel.last_visit_at is not None:
            day = phrases.day_name(panel.last_visit_at, self._clock)
            yield translate("MemberPane", "Last visit"), value(day)
        visits = translate("MemberPane", "Visits: {n}").format(n=panel.visits_30d)
        yield translate("MemberPane", "30 days"), value(visits)
        bought = translate("MemberPane", "{n} pcs · {sum}").format(
            n=panel.purchases_12m, sum=phrases.money(panel.spent_12m)
        )
        yield translate("MemberPane", "12 months"), value(bought)
        if panel.sizes:
            yield translate("MemberPane", "Sizes"), value(" · ".join(panel.sizes.values()))
        yield translate("MemberPane", "Notices"), value(_consent(panel))
        if panel.remark:
            yield translate("MemberPane", "Remark"), value(panel.remark)

    def _birthday(self) -> QWidget:
        panel = self._panel
        month, _, day = panel.birthday.partition("-")
        row = QWidget()
        line = QHBoxLayout(row)
        snug(line, spacing=6)
        line.addWidget(value(_month_day(int(month), int(day), lunar=panel.birthday_lunar)))
        left = None if panel.birthday_lunar else days_until(month, day, self._clock.today())
        if left is not None and left <= _SOON_DAYS:
            soon = translate("MemberPane", "{n} d to go").format(n=left)
            pill = _SmallPill("warn")
            pill.say(soon if left else translate("MemberPane", "today"))
            line.addWidget(pill)
        line.addStretch(1)
        return row


class RevealedNumber(QWidget):
    """The whole number for half a minute, with what is left of it."""

    over = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._left = 0
        self._number, self._rest = label("heading", selectable=True), label("tiny")
        row = QHBoxLayout(self)
        snug(row, 18, 10, 14, 0, spacing=8)
        row.addWidget(self._number)
        row.addStretch(1)
        row.addWidget(self._rest)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self.hide()

    def show_number(self, number: str) -> None:
        """Show it from now on."""
        self._number.setText(number)
        self._left = SHOWN_S
        self._timer.start()
        self._speak()
        self.show()

    def hide_number(self) -> None:
        """Show it no longer, and forget it."""
        self._timer.stop()
        self._number.clear()
        self.hide()

    @property
    def number(self) -> str:
        """What is shown."""
        return self._number.text()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.hide_number()
        else:
            self._speak()

    def _speak(self) -> None:
        self._rest.setText(translate("MemberPane", "shown for {n} s").format(n=self._left))


def days_until(month: str, day: str, today: date) -> int | None:
    """Days until the next birthday; one on 29 February is kept on the 28th in other years."""
    for year in (today.year, today.year + 1):
        try:
            next_one = date(year, int(month), int(day))
        except ValueError:
            if (month, day) != ("02", "29"):
                return None
            next_one = date(year, 2, 28)
        if next_one >= today:
            return (next_one - today).days
    return None


def birthday_text(birthday: str, *, lunar: bool) -> str:
    """``12 月 3 日`` of ``12-03``; "" without one."""
    month, _, day = birthday.partition("-")
    return _month_day(int(month), int(day), lunar=lunar) if day else ""


def _month_day(month: int, day: int, *, lunar: bool) -> str:
    if lunar:
        return translate("MemberPane", "lunar {month}/{day}").format(month=month, day=day)
    if language() == "zh":
        return f"{month} 月 {day} 日"
    some = datetime(2000, month, day).date()  # noqa: DTZ001  a day of no particular year
    return phrases.month_day(some, some)


def _consent(panel: MemberPanel) -> str:
    if not panel.marketing:
        return translate("MemberPane", "not agreed")
    return translate("MemberPane", "agreed · at most {n} a week").format(n=panel.weekly_cap)


def section(widget: QWidget) -> QVBoxLayout:
    """The column of a section."""
    column = QVBoxLayout(widget)
    snug(column, 18, 14, 14, 14, spacing=9)
    return column


def heading(text: str) -> QLabel:
    """The title of a section."""
    made = label("heading")
    made.setText(text)
    return made


def value(text: str, *, bold: bool = False) -> QLabel:
    """What is known, to read and copy."""
    made = label(wrap=True, selectable=True)
    made.setFont(fonts.font(theme.SMALL_PX, 700 if bold else 400))
    made.setText(text)
    return made


def icon_button(icon: str, name: str, size: int = 15) -> QPushButton:
    """A small button with an icon alone."""
    made = button("flat")
    made.setIcon(icons.icon(icon, size, theme.color("ink_faint")))
    made.setIconSize(QSize(size, size))
    made.setFixedSize(size + 7, size + 7)
    made.setStyleSheet("padding: 0;")
    made.setToolTip(plain_tip(name))
    made.setAccessibleName(name)
    return made


class _SmallPill(Pill):
    """A pill between words."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self._pixels = theme.TINY_PX

    def sizeHint(self) -> QSize:
        """Lower than a pill that stands alone."""
        return QSize(round(draw.width_of(self._text, self._pixels)) + 18, 20)
