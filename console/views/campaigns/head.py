"""The head of a campaign's page: back, its name, what is complete, undo, templates."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton

from console.desk.campaign_types import MAX_TITLE_CHARS
from console.ui import campaign_phrases, icons, theme
from console.ui.back_button import BackButton
from console.ui.i18n import translate
from console.ui.widgets import Pill, button, repaints, snug, speaks
from console.views.campaigns.editing import Editing

STEPS: Final = ("content", "who", "when")


class HeadPart(QFrame):
    """Emits what was asked for; a step scrolls to its part."""

    back_wanted = Signal()
    step_wanted = Signal(str)
    templates_wanted = Signal()
    trial_wanted = Signal()
    remove_wanted = Signal()
    phone_wanted = Signal()

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self._reaches, self._sound, self._narrow = False, True, False
        self.setProperty("look", "header")
        self.setFixedHeight(theme.HEADER_HEIGHT)
        self.back, self.title, self.state = BackButton(), QLineEdit(), Pill()
        self.title.setMaxLength(MAX_TITLE_CHARS)
        self.title.setAcceptDrops(False)  # a file let go here is a photo, not the name of one
        self.title.setProperty("look", "name")
        self.steps = {name: button("step") for name in STEPS}
        self.undo, self.redo = button("flat"), button("flat")
        self.trial, self.templates, self.remove = button("head"), button("head"), button("flat")
        self.phone = button("head")
        """Pressed: the phone in place of the photos, where there is no room for both."""
        self.phone.setCheckable(True)
        row = QHBoxLayout(self)
        snug(row, 14, 0, 18, 0, spacing=8)
        row.addWidget(self.back)
        row.addWidget(self.title, 6)
        row.addWidget(self.state)
        row.addStretch(1)
        for made in self.steps.values():
            row.addWidget(made)
        row.addStretch(1)
        for part in (self.undo, self.redo, self.phone, self.trial, self.templates, self.remove):
            row.addWidget(part)
        self.phone.hide()
        self._connect()
        self._dress()
        self._speak()

    def _connect(self) -> None:
        editing = self._editing
        self.back.clicked.connect(self.back_wanted)
        self.title.textEdited.connect(lambda text: editing.change("title", title=text))
        self.title.editingFinished.connect(self._show_beginning)
        self.undo.clicked.connect(editing.undo)
        self.redo.clicked.connect(editing.redo)
        self.trial.clicked.connect(self.trial_wanted)
        self.templates.clicked.connect(self.templates_wanted)
        self.remove.clicked.connect(self.remove_wanted)
        self.phone.clicked.connect(self.phone_wanted)
        for name, made in self.steps.items():
            made.clicked.connect(lambda _=False, name=name: self.step_wanted.emit(name))
        for signal in (editing.changed, editing.stood, editing.kept):
            signal.connect(self.show_draft)

    def _show_beginning(self) -> None:
        """A long name is read from its beginning once it is written."""
        if not self.title.hasFocus():
            self.title.setCursorPosition(0)

    def show_reach(self, reaches: bool) -> None:
        """Whether somebody will receive it."""
        self._reaches = reaches
        self.show_draft()

    def show_sound(self, sound: bool) -> None:
        """Whether nothing is wrong with what it asks and offers."""
        if sound != self._sound:
            self._sound = sound
            self.show_draft()

    def show_narrow(self, *, narrow: bool) -> None:
        """Room for little: the phone is offered, and what the page shows anyway is left out."""
        if not narrow:
            self.phone.setChecked(False)
        self.phone.setVisible(narrow)
        self._narrow = narrow
        self._name_back()
        for made in self.steps.values():
            made.setVisible(not narrow)

    def _name_back(self) -> None:
        words = translate("Campaigns", "Campaigns")
        self.back.setText("" if self._narrow else words)
        self.back.setToolTip(words if self._narrow else "")
        self.back.setAccessibleName(words)

    def show_draft(self) -> None:
        """Show its name, how it is kept, and what is complete."""
        editing, draft = self._editing, self._editing.draft
        if self.title.text() != draft.title:
            self.title.setText(draft.title)
            self.title.setCursorPosition(0)
        for part in (self.title, self.templates):
            part.setEnabled(editing.editable)
        self.remove.setVisible(editing.editable)
        ready = draft.says_something and self._sound
        self.trial.setEnabled(ready)
        self.undo.setEnabled(editing.can_undo)
        self.redo.setEnabled(editing.can_redo)
        item = editing.item
        if item is not None:
            words = campaign_phrases.state(item)
            if editing.editable:
                kept = translate("Campaigns", "saved")
                words += " · " + (translate("Campaigns", "saving…") if editing.saving else kept)
            self.state.say(words, campaign_phrases.state_kind(item))
        done = {"content": ready, "who": self._reaches or not editing.editable,
                "when": draft.due_at is not None or draft.weekly is not None}  # fmt: skip
        for name, words in self._step_words().items():
            self.steps[name].setText(("✓ " if done[name] else "○ ") + words)
            if self.steps[name].property("done") != done[name]:
                self.steps[name].setProperty("done", done[name])
                self.steps[name].style().unpolish(self.steps[name])
                self.steps[name].style().polish(self.steps[name])

    def _step_words(self) -> dict[str, str]:
        return {
            "content": translate("Campaigns", "Content"), "who": translate("Campaigns", "Who"),
            "when": translate("Campaigns", "When"),
        }  # fmt: skip

    def _dress(self) -> None:
        for made, icon in (
            (self.undo, "reply"), (self.redo, "forward"), (self.remove, "trash")
        ):  # fmt: skip
            made.setIcon(icons.icon(icon, 18, theme.color("ink_soft")))
            made.setIconSize(QSize(18, 18))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language, in the new colours."""
        if speaks(event):
            self._speak()
        elif repaints(event):
            self._dress()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._name_back()
        self.phone.setText(translate("Campaigns", "Preview"))
        self.phone.setToolTip(translate("Campaigns", "How it looks on a member's phone"))
        self.trial.setText(translate("Campaigns", "Send to myself"))
        self.trial.setToolTip(translate("Campaigns", "Try it on our phones"))
        self.templates.setText(translate("Campaigns", "Templates"))
        self.title.setPlaceholderText(translate("Campaigns", "Name of the campaign"))
        self.title.setAccessibleName(translate("Campaigns", "Name of the campaign"))
        _name(self.undo, translate("Campaigns", "Undo"), "Ctrl+Z")
        _name(self.redo, translate("Campaigns", "Redo"), "Ctrl+Y")
        _name(self.remove, translate("Campaigns", "Throw the draft away"))
        self.show_draft()


def _name(made: QPushButton, words: str, keys: str = "") -> None:
    made.setAccessibleName(words)
    made.setToolTip(f"{words}   {keys}".strip())
