"""Forms of the team card: a new colleague, another PIN, and a question before somebody is out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.ui import reasons
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.widgets import Chip, button, frame, label, snug, speaks
from console.wire.errors import Refusal

ROLES = ("clerk", "owner")


def role_name(role: str) -> str:
    """What a role is called."""
    names = {"owner": translate("Team", "Owner"), "clerk": translate("Team", "Clerk")}
    return names.get(role, role)


class TeamForm(QWidget):
    """Fields by name, a sentence for each that is wrong, one button to save, one to leave.

    ``sent``: everything is filled in; ``left``: thought better of it.
    """

    sent = Signal()
    left = Signal()

    def __init__(self, fields: dict[str, QLineEdit]) -> None:
        super().__init__()
        self.edits = fields
        self.fields = {name: Field(edit) for name, edit in fields.items()}
        self._heading, self._fault = label("heading", wrap=True), label("fault", wrap=True)
        self.save, self.cancel = button("primary"), button("link")
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.left)
        ground = frame("beside")
        self.column = QVBoxLayout(ground)
        snug(self.column, 16, 14, 16, 14, spacing=12)
        self.column.addWidget(self._heading)
        for name, field in self.fields.items():
            self.column.addWidget(field)
            fields[name].returnPressed.connect(self.submit)
        self.column.addWidget(self._fault)
        self._fault.hide()
        buttons = QHBoxLayout()
        snug(buttons, spacing=8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        self.column.addLayout(buttons)
        outer = QVBoxLayout(self)
        snug(outer)
        outer.addWidget(ground)
        for first in list(fields.values())[:1]:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Send it, unless something is missing."""
        missing = [name for name, edit in self.edits.items() if not edit.text().strip()]
        needed = translate("Team", "Please fill this in.")
        for name, field in self.fields.items():
            field.fault(needed if name in missing else "")
        if missing:
            self.edits[missing[0]].setFocus()
        elif self.save.isEnabled():
            self.save.setEnabled(False)
            self._say("")
            self.sent.emit()

    def refuse(self, refusal: Refusal) -> None:
        """Say what is wrong where it is wrong."""
        field = self.fields.get(refusal.field or "")
        sentence = reasons.sentence(refusal.code, refusal.parameters)
        self.save.setEnabled(True)
        if field is None:
            self._say(sentence)
        else:
            field.fault(sentence)
            self.edits[str(refusal.field)].setFocus()

    def fail(self, code: str) -> None:
        """It did not get through; what was typed stays."""
        self.save.setEnabled(True)
        self._say(reasons.sentence(code))

    @property
    def fault_text(self) -> str:
        """What is wrong with the whole."""
        return self._fault.text()

    def _say(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self.speak()
        super().changeEvent(event)

    def speak(self) -> None:
        """Name everything."""
        self.cancel.setText(translate("Team", "Cancel"))


def _secret_hint() -> str:
    return translate("Team", "At least 8 characters, or 6 digits as a PIN.")


class AddForm(TeamForm):
    """A new colleague: name, role, PIN or password."""

    def __init__(self) -> None:
        super().__init__({"name": line_edit(longest=40), "secret": line_edit(secret=True)})
        self.roles = {role: Chip() for role in ROLES}
        self._role_words = label("soft")
        group = QButtonGroup(self)
        line = QHBoxLayout()
        snug(line, spacing=8)
        line.addWidget(self._role_words)
        for chip in self.roles.values():
            group.addButton(chip)
            line.addWidget(chip)
        line.addStretch(1)
        self.column.insertLayout(2, line)
        self.roles["clerk"].setChecked(True)
        self.speak()

    @property
    def role(self) -> str:
        """What she will be."""
        return next(role for role, chip in self.roles.items() if chip.isChecked())

    def speak(self) -> None:
        """Name everything."""
        super().speak()
        self._heading.setText(translate("Team", "A new colleague"))
        self.fields["name"].say(translate("Team", "Name"))
        self.fields["secret"].say(translate("Team", "PIN or password"), _secret_hint())
        self._role_words.setText(translate("Team", "Role"))
        for role, chip in self.roles.items():
            chip.setText(role_name(role))
        self.save.setText(translate("Team", "Add"))


class SecretForm(TeamForm):
    """Another PIN or password; the own one asks for the present one first."""

    def __init__(self, name: str, *, own: bool) -> None:
        current = {"current": line_edit(secret=True)} if own else {}
        super().__init__({**current, "secret": line_edit(secret=True)})
        self._name, self._own = name, own
        self.speak()

    def speak(self) -> None:
        """Name everything."""
        super().speak()
        words = translate("Team", "Another PIN or password for {name}").format(name=self._name)
        self._heading.setText(words)
        if self._own:
            self.fields["current"].say(translate("Team", "Present PIN or password"))
        self.fields["secret"].say(translate("Team", "New PIN or password"), _secret_hint())
        self.save.setText(translate("Team", "Save"))


class ShutOutForm(TeamForm):
    """Asks once more before somebody is out."""

    def __init__(self, name: str) -> None:
        super().__init__({})
        self._name = name
        self._words = label("soft", wrap=True)
        self.column.insertWidget(1, self._words)
        self.speak()

    def speak(self) -> None:
        """Name everything."""
        super().speak()
        self._heading.setText(translate("Team", "Deactivate {name}?").format(name=self._name))
        self._words.setText(
            translate(
                "Team",
                "She is signed out on every computer at once and cannot sign in any more. "
                "What she wrote stays, and you can let her in again.",
            )
        )
        self.save.setText(translate("Team", "Deactivate"))
