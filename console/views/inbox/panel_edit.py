"""Changing what is known of a member, in the place where it is read; and settling collisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from console.desk.types import FieldConflict, MemberPanel
from console.ui import reasons
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.widgets import Chip, button, label, plain_tip, snug, speaks
from console.views.inbox.panel_about import birthday_text, heading, section

SIZES: Final = ("top", "bottom", "waist", "shoes")
_DAYS: Final = 31
_MONTHS: Final = 12


def field_name(field: str) -> str:
    """What a field of ``member.update`` is called."""
    names = {
        "display_name": translate("MemberEdit", "Name"),
        "gender": translate("MemberEdit", "Gender"),
        "birthday": translate("MemberEdit", "Birthday"),
        "birthday_lunar": translate("MemberEdit", "Lunar calendar"),
        "sizes": translate("MemberEdit", "Sizes"),
        "remark": translate("MemberEdit", "Remark"),
        "phone": translate("MemberEdit", "Phone"),
        "tier": translate("MemberEdit", "Tier"),
    }
    return names.get(field, field)


def size_name(key: str) -> str:
    """What a size is for; the shop's own word where it is another."""
    names = {
        "top": translate("MemberEdit", "Top"),
        "bottom": translate("MemberEdit", "Bottom"),
        "waist": translate("MemberEdit", "Waist"),
        "shoes": translate("MemberEdit", "Shoes"),
    }
    return names.get(key, key)


def gender_name(code: str) -> str:
    """``f``, ``m`` or not known."""
    names = {"f": translate("MemberEdit", "female"), "m": translate("MemberEdit", "male")}
    return names.get(code, translate("MemberEdit", "not known"))


def shown_value(field: str, value: Any, *, lunar: bool = False) -> str:
    """A field's value in words."""
    if field == "sizes":
        found = " · ".join(f"{size_name(key)} {size}" for key, size in dict(value).items())
    elif field == "gender":
        found = gender_name(str(value))
    elif field == "birthday":
        found = birthday_text(str(value), lunar=lunar)
    elif field == "birthday_lunar":
        found = translate("MemberEdit", "yes") if value else translate("MemberEdit", "no")
    else:
        found = str(value)
    return found or translate("MemberEdit", "nothing")


def facts_of(panel: MemberPanel) -> dict[str, Any]:
    """The fields that can be changed, as they stand."""
    return {
        "display_name": panel.name, "gender": panel.gender, "birthday": panel.birthday,
        "birthday_lunar": panel.birthday_lunar, "sizes": dict(panel.sizes),
        "remark": panel.remark,
    }  # fmt: skip


class MemberForm(QWidget):
    """The facts of one member, to be changed; ``saved`` carries what stood there and the changes.

    What was entered stays until it is saved or given up; Esc gives up only an untouched form.
    """

    saved = Signal(object, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._was: dict[str, Any] = {}
        self.name, self.gender = line_edit(longest=40), QComboBox()
        self.month, self.day, self.lunar = QComboBox(), QComboBox(), Chip()
        self.sizes: dict[str, QLineEdit] = {key: line_edit(longest=20) for key in SIZES}
        self.remark = QPlainTextEdit()
        self.remark.setTabChangesFocus(True)
        self.remark.setFixedHeight(72)
        self.remark.setProperty("look", "note")
        for code in ("", "f", "m"):
            self.gender.addItem("", code)
        for number in range(_MONTHS + 1):
            self.month.addItem(str(number) if number else "–", number)
        for number in range(_DAYS + 1):
            self.day.addItem(str(number) if number else "–", number)
        self._name, self._gender = Field(self.name), Field(self.gender)
        self._birthday_box, self._sizes_box = QWidget(), QWidget()
        self._birthday, self._sizes = Field(self._birthday_box), Field(self._sizes_box)
        self._remark = Field(self.remark)
        self.save, self.leave = button("primary"), button()
        self.save.clicked.connect(self.submit)
        self.leave.clicked.connect(self.left)
        self._arrange()
        self._speak()

    def _arrange(self) -> None:
        birthday, sizes = QHBoxLayout(self._birthday_box), QGridLayout(self._sizes_box)
        for layout in (birthday, sizes):
            snug(layout, spacing=6)
        for part in (self.month, self.day, self.lunar):
            birthday.addWidget(part, 1)
        for number, edit in enumerate(self.sizes.values()):
            sizes.addWidget(edit, number // 2, number % 2)
        column, foot = section(self), QHBoxLayout()
        for field in (self._name, self._gender, self._birthday, self._sizes, self._remark):
            column.addWidget(field)
        snug(foot, spacing=8)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.save)
        column.addLayout(foot)

    # --- values ---------------------------------------------------------------------------

    def begin(self, was: Mapping[str, Any], values: Mapping[str, Any] | None = None) -> None:
        """Show what stands, or what was entered over it before."""
        self._was = dict(was)
        shown = {**was, **(values or {})}
        self.name.setText(shown["display_name"])
        self.gender.setCurrentIndex(max(0, self.gender.findData(shown["gender"])))
        month, _, day = str(shown["birthday"]).partition("-")
        self.month.setCurrentIndex(int(month or 0))
        self.day.setCurrentIndex(int(day or 0))
        self.lunar.setChecked(bool(shown["birthday_lunar"]))
        for key, field in self.sizes.items():
            field.setText(shown["sizes"].get(key, ""))
        self.remark.setPlainText(shown["remark"])
        for each in (self._name, self._birthday):
            each.fault("")

    def values(self) -> dict[str, Any]:
        """What is entered."""
        month, day = self.month.currentIndex(), self.day.currentIndex()
        sizes = dict(self._was.get("sizes", {}))
        for key, field in self.sizes.items():
            sizes.pop(key, None)
            if field.text().strip():
                sizes[key] = field.text().strip()
        return {
            "display_name": " ".join(self.name.text().split()),
            "gender": self.gender.currentData(),
            "birthday": f"{month:02d}-{day:02d}" if month and day else "",
            "birthday_lunar": self.lunar.isChecked(),
            "sizes": sizes,
            "remark": self.remark.toPlainText().strip(),
        }

    def changes(self) -> dict[str, Any]:
        """What is entered and does not stand."""
        return {name: value for name, value in self.values().items()
                if value != self._was.get(name)}  # fmt: skip

    @property
    def was(self) -> dict[str, Any]:
        """What stood there when it was opened."""
        return self._was

    def submit(self) -> None:
        """Save what changed; nothing changed: leave."""
        if bool(self.month.currentIndex()) != bool(self.day.currentIndex()):
            self._birthday.fault(translate("MemberEdit", "Choose month and day, or neither"))
        elif changes := self.changes():
            self.saved.emit(self._was, changes)
        else:
            self.left.emit()

    def fault(self, field: str, sentence: str) -> None:
        """Say what is wrong with a field."""
        at = self._birthday if field.startswith("birthday") else self._name
        at.fault(sentence)

    @property
    def fault_text(self) -> str:
        """What is wrong, if anything."""
        return self._name.fault_text or self._birthday.fault_text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a form in which nothing was changed."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.changes():
                self.left.emit()
            return
        super().keyPressEvent(event)

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._name.say(field_name("display_name"))
        self._gender.say(field_name("gender"))
        self._birthday.say(field_name("birthday"))
        self._sizes.say(field_name("sizes"))
        self._remark.say(field_name("remark"), translate("MemberEdit", "No member ever sees it."))
        for number in range(self.gender.count()):
            self.gender.setItemText(number, gender_name(self.gender.itemData(number)))
        self.month.setAccessibleName(translate("MemberEdit", "Month"))
        self.day.setAccessibleName(translate("MemberEdit", "Day"))
        self.lunar.setText(translate("MemberEdit", "lunar"))
        self.lunar.setAccessibleName(field_name("birthday_lunar"))
        for key, field in self.sizes.items():
            field.setPlaceholderText(size_name(key))
            field.setAccessibleName(size_name(key))
        self.save.setText(translate("MemberEdit", "Save"))
        self.leave.setText(translate("MemberEdit", "Cancel"))


class ConflictBox(QFrame):
    """What was entered here beside what stands now; ``decided`` carries the fields of ours."""

    decided = Signal(list)

    def __init__(self, conflicts: Sequence[FieldConflict]) -> None:
        super().__init__()
        self.setProperty("look", "conflict")
        self._groups: dict[str, QButtonGroup] = {}
        self.save = button("primary")
        self.save.setObjectName("decide")
        self.save.setText(translate("MemberEdit", "Keep what is chosen"))
        self.save.clicked.connect(lambda: self.decided.emit(self.chosen()))
        column = section(self)
        column.addWidget(heading(translate("MemberEdit", "Not saved yet")))
        why = label("soft", wrap=True)
        why.setText(_why(conflicts[0].code))
        column.addWidget(why)
        for each in conflicts:
            self._add(column, each)
        row = QHBoxLayout()
        snug(row)
        row.addStretch(1)
        row.addWidget(self.save)
        column.addLayout(row)

    def _add(self, column: QVBoxLayout, conflict: FieldConflict) -> None:
        title = label("tiny")
        title.setText(field_name(conflict.field))
        column.addWidget(title)
        group = QButtonGroup(self)
        for number, (who, value) in enumerate((
            (translate("MemberEdit", "Yours: {value}"), conflict.mine),
            (translate("MemberEdit", "There now: {value}"), conflict.theirs),
        )):  # fmt: skip
            words = who.format(value=shown_value(conflict.field, value))
            choice = QRadioButton(_cut(words))
            choice.setToolTip(plain_tip(words))
            choice.setAccessibleName(words)
            choice.setChecked(number == 0)
            group.addButton(choice, number)
            column.addWidget(choice)
        self._groups[conflict.field] = group

    def choose(self, field: str, *, mine: bool) -> None:
        """Choose one of both."""
        choice = self._groups[field].button(0 if mine else 1)
        choice.setChecked(True)

    def chosen(self) -> list[str]:
        """Fields of which ours is kept."""
        return [field for field, group in self._groups.items() if group.checkedId() == 0]


def _why(code: str) -> str:
    if code == "conflict":
        return translate("MemberEdit", "Somebody else changed it meanwhile. Which one is right?")
    return reasons.sentence(code)


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 34 else line[:33] + "…"
