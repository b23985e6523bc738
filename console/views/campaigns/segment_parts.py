"""The controls that conditions are edited with; each has a ``value`` and tells when it changed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.domain.segments import MAX_VALUES, Range
from console.ui import draw, theme
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.section import emptied
from console.ui.widgets import Chip, button, label, plain_tip, snug

NUMBER_WIDTH: Final = 76
_MOST: Final = 10**9
_WIDEST: Final = 210
_LONGEST: Final = 60
Options = Sequence[tuple[Hashable, str]]
"""What can be chosen, and what it is called."""


class Part(QWidget):
    """One control."""

    changed = Signal()

    @property
    def value(self) -> Any:
        """What is chosen; ``None`` while that is nothing sound."""
        raise NotImplementedError


class ChipsPart(Part):
    """Chips side by side: one of them, or several."""

    def __init__(self, options: Options, chosen: Iterable[Hashable], *, several: bool) -> None:
        super().__init__()
        self._several, wanted = several, set(chosen)
        self.chips: dict[Hashable, Chip] = {}
        flow, self._group = FlowLayout(self, 6), QButtonGroup(self)
        self._group.setExclusive(not several)
        for key, text in options:
            chip = self.chips[key] = Chip()
            chip.setText(text)
            chip.setChecked(key in wanted)
            self._group.addButton(chip)
            flow.addWidget(chip)
        self._group.buttonClicked.connect(self.changed)

    @property
    def value(self) -> Any:
        """The chosen ones in order, or the one."""
        found = tuple(key for key, chip in self.chips.items() if chip.isChecked())
        return found if self._several else (found[0] if found else None)


class ComboPart(Part):
    """One of a list."""

    def __init__(self, options: Options, chosen: Hashable, name: str) -> None:
        super().__init__()
        self.combo = combo(options, chosen, name)
        self.combo.activated.connect(self.changed)
        row = QHBoxLayout(self)
        snug(row)
        row.addWidget(self.combo, 1)

    @property
    def value(self) -> Any:
        """The chosen one."""
        return self.combo.currentData()


def combo(options: Options, chosen: Hashable, name: str) -> QComboBox:
    """A list to choose one of; the wheel scrolls what is around it instead."""
    made = _StillCombo()
    for key, text in options:
        made.addItem(text, key)
    made.setCurrentIndex(max(0, [key for key, _ in options].index(chosen))
                         if chosen in [key for key, _ in options] else -1)  # fmt: skip
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(1)
    made.setMinimumWidth(70)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


class _StillCombo(QComboBox):
    """A list in a scrolled form."""

    def wheelEvent(self, event: Any) -> None:
        """Scrolling past must not choose."""
        event.ignore()


class RangePart(Part):
    """From the least to the most, either open; ``money``: yuan here, cents in the value."""

    def __init__(self, bounds: Range | None, unit: str, *, money: bool = False) -> None:
        super().__init__()
        self._money = money
        least, most = (bounds.least, bounds.most) if bounds is not None else (None, None)
        self.least = self._field(least, translate("Segments", "At least"))
        self.most = self._field(most, translate("Segments", "At most"))
        row, dash, words = QHBoxLayout(self), label("soft"), label("soft")
        dash.setText("–")
        words.setText(unit)
        snug(row, spacing=6)
        for part in (self.least, dash, self.most, words):
            row.addWidget(part)
        row.addStretch(1)

    def _field(self, value: int | None, hint: str) -> QLineEdit:
        made = number_field("" if value is None else self._spelled(value), hint)
        made.setPlaceholderText(hint)
        made.setFixedWidth(NUMBER_WIDTH + 12)
        made.textEdited.connect(self.changed)
        return made

    def _spelled(self, value: int) -> str:
        return f"{value / 100:.2f}".removesuffix(".00") if self._money else str(value)

    @property
    def empty(self) -> bool:
        """Whether nothing is asked."""
        return not (self.least.text().strip() or self.most.text().strip())

    @property
    def value(self) -> Range | None:
        """The range; ``None`` when it is empty or cannot be."""
        try:
            least, most = (self._read(field.text()) for field in (self.least, self.most))
        except ValueError:
            return None
        if (least, most) == (None, None) or (None not in (least, most) and most < least):  # type: ignore[operator]
            return None
        return Range(least, most)

    def _read(self, text: str) -> int | None:
        plain = text.strip().replace(",", "").replace("，", "").lstrip("¥￥")
        if not plain:
            return None
        try:
            number = Decimal(plain) * (100 if self._money else 1)
        except InvalidOperation as error:
            raise ValueError(text) from error
        if not number.is_finite() or number != int(number) or not 0 <= number <= _MOST * 100:
            raise ValueError(text)
        return int(number)


def number_field(text: str, name: str) -> QLineEdit:
    """A short field for a number."""
    made = QLineEdit(text)
    made.setProperty("look", "search")
    made.setMaxLength(13)
    made.setFixedWidth(NUMBER_WIDTH)
    made.setAccessibleName(name)
    return made


class WordsPart(Part):
    """Chosen things as chips, and a field that completes what is in use.

    ``free``: words that nobody uses yet may be written, too; then keys are the words.
    """

    def __init__(
        self, options: Options, chosen: Iterable[Hashable], hint: str, *, free: bool = False
    ) -> None:
        super().__init__()
        self._texts = dict(options)
        self._keys = {text.casefold(): key for key, text in reversed(options)}
        self._free = free
        self._chosen = list(chosen)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, 6)
        self.field = QLineEdit()
        self.field.setProperty("look", "search")
        self.field.setMaxLength(_LONGEST)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.returnPressed.connect(self._on_return)
        self.field.installEventFilter(self)
        self._words = QStringListModel(self)
        self._complete()
        column = QVBoxLayout(self)
        snug(column, spacing=6)
        column.addWidget(self._chips)
        column.addWidget(self.field)
        self._fill()

    def _complete(self) -> None:
        completer = QCompleter(self._words, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.field.setCompleter(completer)

    @property
    def value(self) -> tuple[Any, ...]:
        """The keys, as they were chosen."""
        return tuple(self._chosen)

    def offer(self, options: Options, *, anew: bool = False) -> None:
        """Complete other words; what is chosen stays, unless it begins ``anew``."""
        if anew:
            self._chosen = []
        stays = {key: self._texts[key] for key in self._chosen if key in self._texts}
        self._texts = stays | dict(options)
        self._keys = {text.casefold(): key for key, text in reversed(options)}
        self._fill()

    @property
    def chips(self) -> list[Any]:
        """The chips that are shown."""
        found = [self._flow.itemAt(place) for place in range(self._flow.count())]
        return [item.widget() for item in found if item is not None]

    def _fill(self) -> None:
        emptied(self._flow)
        for key in self._chosen:
            chip, text = button("word"), str(self._texts.get(key, key))
            chip.setText(f"{draw.elided(text, theme.SMALL_PX, _WIDEST)}  ×")
            chip.setToolTip(plain_tip(text))
            name = translate("Segments", "Take away {name}").format(name=text)
            chip.setAccessibleName(name)
            chip.clicked.connect(lambda _=False, key=key: self.drop(key))
            self._flow.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(self._chosen))
        self._chips.updateGeometry()
        left = [text for key, text in self._texts.items() if key not in self._chosen]
        self._words.setStringList(left)

    def drop(self, key: Hashable) -> None:
        """Choose it no longer."""
        self._chosen.remove(key)
        self._fill()
        self.field.setFocus()
        self.changed.emit()

    def _on_return(self) -> None:
        popup = self.field.completer().popup()
        if popup is None or popup.isHidden() or not popup.currentIndex().isValid():
            self._enter()

    def _take(self, text: str) -> None:
        if self.field.text() == text:
            self._enter()

    def _enter(self) -> None:
        typed = " ".join(self.field.text().split())
        key = self._keys.get(typed.casefold())
        if key is None:
            key = self._only_fitting(typed)
        if key is None and self._free and typed:
            key = typed
        if key is not None and len(self._chosen) < MAX_VALUES:
            self.field.clear()
            if key not in self._chosen:
                self._chosen.append(key)
                self._fill()
                self.changed.emit()

    def _only_fitting(self, typed: str) -> Hashable | None:
        """What is written out of a single thing's name means that thing."""
        if self._free or not typed:
            return None
        fit = [key for text, key in self._keys.items() if typed.casefold() in text]
        return fit[0] if len(fit) == 1 else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace in the empty field takes the newest chip; Return is not for others."""
        if watched is self.field and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            back = event.key() == Qt.Key.Key_Backspace
            if pressed and back and not self.field.text() and self._chosen:
                self.drop(self._chosen[-1])
                return True
        return False
