"""The kept segments: chosen, saved, named, duplicated, removed with undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from console.desk.segments import SavedSegment
from console.domain.segments import MAX_NAME_CHARS
from console.ui import draw, reasons, theme
from console.ui.i18n import translate
from console.ui.widgets import button, label, snug, speaks

_WIDEST: Final = 150
ACTIONS: Final = ("save", "save_as", "rename", "duplicate", "remove", "import", "new")


class SavedBar(QWidget):
    """Heading, the button with the menu, and the line in which a name is written."""

    chosen = Signal(str)
    """The ``client_id`` of the segment to show."""
    asked = Signal(str)
    """One of the ``ACTIONS``."""
    named = Signal(str, str)
    """The action a name was asked for, and the name."""
    given_up = Signal(int)
    """The entry of a refused change."""

    def __init__(self) -> None:
        super().__init__()
        self._saved: Sequence[SavedSegment] = ()
        self._current: SavedSegment | None = None
        self._changed = False
        self._naming = ""
        self._heading, self.button = label("heading"), button("link")
        self.button.setProperty("flush", True)
        self.button.clicked.connect(self._open)
        self.name, self.keep, self.leave = QLineEdit(), button("primary"), button()
        self.name.setProperty("look", "search")
        self.name.setMaxLength(MAX_NAME_CHARS)
        self.name.returnPressed.connect(self._take_name)
        self.keep.clicked.connect(self._take_name)
        self.leave.clicked.connect(self._leave_name)
        self.fault, self.give_up = label("fault", wrap=True), button("link")
        self.give_up.clicked.connect(self._give_up)
        self._arrange()
        self._leave_name()
        self.show_current(None, changed=False)
        self._speak()

    def _arrange(self) -> None:
        top, naming, wrong = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        snug(column, spacing=6)
        for layout in (top, naming, wrong):
            snug(layout, spacing=6)
            column.addLayout(layout)
        top.addWidget(self._heading)
        top.addStretch(1)
        top.addWidget(self.button)
        naming.addWidget(self.name, 1)
        naming.addWidget(self.keep)
        naming.addWidget(self.leave)
        wrong.addWidget(self.fault, 1)
        wrong.addWidget(self.give_up)

    # --- showing --------------------------------------------------------------------------

    def show_saved(self, saved: Sequence[SavedSegment]) -> None:
        """What can be chosen."""
        self._saved = saved

    def show_current(self, current: SavedSegment | None, *, changed: bool) -> None:
        """Which one is shown, and whether it was changed since it was saved."""
        self._current, self._changed = current, changed
        code = current.failure if current is not None else ""
        self.fault.setText(reasons.sentence(code, current.parameters) if code and current else "")
        self.fault.setVisible(bool(code))
        self.give_up.setVisible(bool(code))
        self._speak()

    @property
    def naming(self) -> str:
        """The action that a name is being written for, "" for none."""
        return self._naming

    # --- the menu -------------------------------------------------------------------------

    def _open(self) -> None:
        menu = self.menu()
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))

    def menu(self) -> QMenu:
        """The saved ones, and what can be done."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        current = self._current.client_id if self._current is not None else ""
        for each in self._saved:
            action = QAction(draw.elided(each.name, theme.BODY_PX, 260), menu)
            action.setCheckable(True)
            action.setChecked(each.client_id == current)
            key = each.client_id
            action.triggered.connect(lambda _=False, key=key: self.chosen.emit(key))
            menu.addAction(action)
        if not self._saved:
            menu.addAction(translate("Segments", "No segment is saved yet")).setEnabled(False)
        menu.addSeparator()
        for name in ACTIONS:
            action = menu.addAction(_action_text(name))
            action.setObjectName(name)
            action.setEnabled(self._may(name))
            action.triggered.connect(lambda _=False, name=name: self._act(name))
        return menu

    def _may(self, name: str) -> bool:
        if name in {"save_as", "import", "new"}:
            return True
        return self._current is not None and (name != "save" or self._changed)

    def _act(self, name: str) -> None:
        if name in {"save_as", "rename", "duplicate"}:
            self._ask_name(name)
        else:
            self.asked.emit(name)

    # --- names ----------------------------------------------------------------------------

    def _ask_name(self, action: str) -> None:
        self._naming = action
        old = self._current.name if self._current is not None else ""
        copy = translate("Segments", "{name} copy").format(name=old)[:MAX_NAME_CHARS]
        self.name.setText({"rename": old, "duplicate": copy}.get(action, ""))
        for part in (self.name, self.keep, self.leave):
            part.show()
        self.name.selectAll()
        self.name.setFocus()

    def _take_name(self) -> None:
        name = " ".join(self.name.text().split())
        mine = self._current.client_id if self._current and self._naming == "rename" else ""
        taken = any(each.name == name and each.client_id != mine for each in self._saved)
        if not name or taken:
            limit = {"limit": MAX_NAME_CHARS}
            self.fault.setText(reasons.sentence("segment.name", limit))
            self.fault.show()
            self.name.setFocus()
            return
        action = self._naming
        self._leave_name()
        self.named.emit(action, name)

    def _leave_name(self) -> None:
        self._naming = ""
        for part in (self.name, self.keep, self.leave):
            part.hide()
        self.show_current(self._current, changed=self._changed)

    def _give_up(self) -> None:
        if self._current is not None and self._current.entry:
            self.given_up.emit(self._current.entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the name as it was."""
        if event.key() == Qt.Key.Key_Escape and self._naming:
            self._leave_name()
            self.button.setFocus()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._heading.setText(translate("Segments", "Who"))
        self.keep.setText(translate("Segments", "Save"))
        self.leave.setText(translate("Segments", "Cancel"))
        self.give_up.setText(translate("Segments", "Give up"))
        self.name.setPlaceholderText(translate("Segments", "Segment name"))
        self.name.setAccessibleName(translate("Segments", "Segment name"))
        words = translate("Segments", "Saved segments")
        if self._current is not None:
            pattern = translate("Segments", "Saved: {name}")
            if self._changed:
                pattern = translate("Segments", "Changed: {name}")
            name = draw.elided(self._current.name, theme.SMALL_PX, _WIDEST)
            words = pattern.format(name=name)
        self.button.setText(f"{words} ▾")


def _action_text(name: str) -> str:
    return {
        "save": translate("Segments", "Save changes"),
        "save_as": translate("Segments", "Save as…"),
        "rename": translate("Segments", "Rename…"),
        "duplicate": translate("Segments", "Duplicate…"),
        "remove": translate("Segments", "Delete"),
        "import": translate("Segments", "Import phone numbers…"),
        "new": translate("Segments", "Begin anew with all members"),
    }[name]
