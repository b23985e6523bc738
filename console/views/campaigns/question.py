"""A question in a draft: its text, choices as lines side by side, and words of members' own."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk import question_drafts
from console.domain.questions import MAX_CHOICE_CHARS, MAX_CHOICES, MAX_TEXT_CHARS
from console.ui import icons, theme
from console.ui.flow import FlowLayout
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.tab_order import as_laid_out
from console.ui.widgets import Chip, button, frame, label, repaints, snug, speaks
from console.views.campaigns.editing import Editing
from console.wire.campaign_rows import QuestionTerms

_CHOICE_WIDTH: Final = 150
_BESIDE: Final = 62
_FIRST: Final = 2
"""Choices that a new question has."""


class ChoiceEdit(QLineEdit):
    """One choice: Enter leads to the next, Backspace in an empty one takes it away."""

    next_wanted = Signal()
    gone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(MAX_CHOICE_CHARS)
        self.setFixedWidth(_CHOICE_WIDTH)
        self.textChanged.connect(self._widen)
        self.setAcceptDrops(False)
        self.drop = QAction(_cross(), "", self)
        self.addAction(self.drop, QLineEdit.ActionPosition.TrailingPosition)
        self.drop.triggered.connect(self.gone)

    def _widen(self, text: str) -> None:
        """All of it is to be seen."""
        wanted = self.fontMetrics().horizontalAdvance(text) + _BESIDE
        self.setFixedWidth(max(_CHOICE_WIDTH, wanted))

    def dress(self) -> None:
        """In the new colours."""
        self.drop.setIcon(_cross())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next one, or back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.next_wanted.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.gone.emit()
        else:
            super().keyPressEvent(event)


def _cross() -> QIcon:
    return icons.icon("close", 14, theme.color("ink_soft"))


class QuestionPart(QWidget):
    """The question of the draft that is open, or a button to add one."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self._title, self.add, self.remove = label("heading"), Chip(), button("link")
        self.text = line_edit(longest=MAX_TEXT_CHARS)
        self.asked = Field(self.text)
        self.choices: list[ChoiceEdit] = []
        self.more, self.own = Chip(), QCheckBox()
        self._card, self._named, self.fault = frame("card"), label("soft"), label("fault")
        self._note, self._lines = label("tiny", wrap=True), QWidget()
        self._flow = FlowLayout(self._lines, 8)
        self._arrange()
        for signal in (editing.changed, editing.stood):
            signal.connect(self.show_draft)
        self.add.clicked.connect(self._begin)
        self.remove.clicked.connect(self._end)
        self.more.clicked.connect(self.add_choice)
        self.text.textEdited.connect(lambda text: self._change("text", text=text))
        self.own.clicked.connect(lambda on: self._change("", free_text=on))
        self._speak()

    def _arrange(self) -> None:
        for chip in (self.add, self.more):
            chip.setCheckable(False)
        # It joins the flow with the first choices; without a parent it would be a window till then.
        self.more.setParent(self._lines)
        self.text.setAcceptDrops(False)
        inside, foot = QVBoxLayout(self._card), QHBoxLayout()
        snug(inside, 16, 12, 16, 10, spacing=10)
        snug(foot, spacing=14)
        foot.addWidget(self._note, 1)
        foot.addWidget(self.remove)
        inside.addWidget(self.asked)
        below = QVBoxLayout()
        snug(below, spacing=5)
        for part in (self._named, self._lines, self.fault):
            below.addWidget(part)
        inside.addLayout(below)
        inside.addWidget(self.own)
        inside.addLayout(foot)
        top, column = QHBoxLayout(), QVBoxLayout(self)
        snug(top, spacing=8)
        top.addWidget(self.add)
        top.addStretch(1)
        snug(column, spacing=8)
        column.addWidget(self._title)
        column.addLayout(top)
        column.addWidget(self._card)

    # --- showing --------------------------------------------------------------------------

    def show_draft(self) -> None:
        """Show the draft's question."""
        draft, editable = self._editing.draft, self._editing.editable
        terms, own = draft.question, editable and draft.resent is None
        self.setVisible(terms is not None or own)
        self.add.setVisible(terms is None)
        self._card.setVisible(terms is not None)
        self.remove.setVisible(own)
        if terms is not None:
            self._show_terms(terms)
        for part in (self.text, self.own, self.more, *self.choices):
            part.setEnabled(own)
        for line in self.choices:
            line.drop.setVisible(own)
        self.more.setVisible(own and len(self.choices) < MAX_CHOICES)
        self.fault.setVisible(editable and not self.is_sound)
        if draft.resent is not None:
            note = translate("Campaigns", "The same question as at first, with one tally for both.")
        elif draft.weekly is not None:
            note = translate("Campaigns", "Each week has a tally of its own.")
        else:
            note = translate("Campaigns", "One answer for each member, who may change it.")
        self._note.setText(note)

    def _show_terms(self, terms: QuestionTerms) -> None:
        if self.text.text() != terms.text:
            self.text.setText(terms.text)
        self.own.setChecked(terms.free_text)
        if len(self.choices) != len(terms.choices) or not self._flow.count():
            self._make_lines(len(terms.choices))
        for line, choice in zip(self.choices, terms.choices, strict=True):
            if line.text() != choice:
                line.setText(choice)

    def _make_lines(self, count: int) -> None:
        """As many lines as choices; those that stay keep the keyboard."""
        for line in self.choices[count:]:
            self._flow.removeWidget(line)
            line.hide()
            line.deleteLater()
        del self.choices[count:]
        self._flow.removeWidget(self.more)
        while len(self.choices) < count:
            self.choices.append(self._line(len(self.choices)))
            self._flow.addWidget(self.choices[-1])
        self._flow.addWidget(self.more)
        self._name_lines()
        self._lines.updateGeometry()
        for line in self.choices:
            line.show()
        as_laid_out(self._card)

    def _line(self, place: int) -> ChoiceEdit:
        line = ChoiceEdit()
        line.textEdited.connect(lambda text: self._write(place, text))
        line.next_wanted.connect(lambda: self._after(place))
        line.gone.connect(lambda: self._drop(place))
        return line

    def _name_lines(self) -> None:
        for number, line in enumerate(self.choices, 1):
            name = translate("Campaigns", "Choice {n}").format(n=number)
            line.setAccessibleName(name)
            line.setPlaceholderText(name)
            line.drop.setText(translate("Campaigns", "Remove choice {n}").format(n=number))
            line.drop.setToolTip(line.drop.text())

    @property
    def is_sound(self) -> bool:
        """Whether it may be sent as it is; also without a question."""
        return question_drafts.is_sound(self._editing.draft.question)

    # --- changing -------------------------------------------------------------------------

    def _begin(self) -> None:
        terms = QuestionTerms(choices=[""] * _FIRST, free_text=True)
        self._editing.change("", question=terms)
        self.text.setFocus()

    def _end(self) -> None:
        self._editing.change("", question=None)
        self.add.setFocus()

    def _change(self, what: str, **facts: object) -> None:
        terms = self._editing.draft.question
        if terms is not None:
            name = f"question.{what}" if what else ""
            self._editing.change(name, question=replace(terms, **facts))

    def _texts(self) -> list[str]:
        terms = self._editing.draft.question
        return [] if terms is None else list(terms.choices)

    def _write(self, place: int, text: str) -> None:
        choices = self._texts()
        choices[place] = text
        self._change(f"choice{place}", choices=choices)

    def add_choice(self) -> None:
        """One more, with the keyboard in it."""
        if len(self.choices) < MAX_CHOICES:
            self._change("", choices=[*self._texts(), ""])
            self.choices[-1].setFocus()

    def _after(self, place: int) -> None:
        if place + 1 < len(self.choices):
            self.choices[place + 1].setFocus()
        else:
            self.add_choice()

    def _drop(self, place: int) -> None:
        choices = self._texts()
        del choices[place]
        self._change("", choices=choices)
        left = self.choices[max(0, place - 1) :]
        (left[0] if left else self.more).setFocus()

    # --- events ---------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, in the new colours."""
        if speaks(event):
            self._speak()
        elif repaints(event):
            for line in self.choices:
                line.dress()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Campaigns", "Question"))
        self.add.setText(translate("Campaigns", "+ Ask something (answers are counted)"))
        self.remove.setText(translate("Campaigns", "Remove the question"))
        self.asked.say(translate("Campaigns", "What members are asked"))
        self.text.setPlaceholderText(
            translate("Campaigns", "May stay empty when the words above ask already")
        )
        self._named.setText(translate("Campaigns", "Choices, answered by one tap"))
        self.more.setText(translate("Campaigns", "+ Choice"))
        self.own.setText(translate("Campaigns", "They may also answer in their own words"))
        self.fault.setText(
            translate("Campaigns", "Give a choice, or let them answer in their own words.")
        )
        self._name_lines()
        self.show_draft()
