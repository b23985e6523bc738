"""A key as a button: a click, then the next key pressed takes its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton

from console.ui.i18n import translate
from console.ui.keymap import as_shown
from console.ui.widgets import looked

_HELD = frozenset({
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock, Qt.Key.Key_unknown,
})  # fmt: skip


class KeyButton(QPushButton):
    """Shows a key; while it listens every key goes to it, Esc ends that."""

    pressed_keys = Signal(object)
    """A ``QKeySequence``, empty for “no key” (Backspace)."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._keys, self.listening = name, QKeySequence(), False
        self.setAutoDefault(False)
        self.setMinimumWidth(104)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._listen)
        looked(self, "key")

    def show_keys(self, keys: QKeySequence) -> None:
        """Which key it is."""
        self._keys = keys
        self._say()

    def _listen(self) -> None:
        self.listening = True
        self._say()

    def _quiet(self) -> None:
        self.listening = False
        self._say()

    def _say(self) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        nothing, waiting = translate("KeySheet", "no key"), translate("KeySheet", "Press a key…")
        self.setText(waiting if self.listening else as_shown(self._keys) or nothing)
        said = waiting if self.listening else self._keys.toString(native) or nothing
        self.setAccessibleName(f"{self._name}: {said}")
        looked(self, "key-listening" if self.listening else "key")

    def event(self, event: QEvent) -> bool:
        """While it listens no shortcut and no Tab takes a key away from it."""
        if self.listening and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        event.accept()
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in _HELD:
            return
        self._quiet()
        if key == Qt.Key.Key_Escape:
            return
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Backtab) or (
            key == Qt.Key.Key_Tab and held == Qt.KeyboardModifier.NoModifier
        ):
            self.pressed_keys.emit(QKeySequence())
            return
        sign = event.text()
        if sign and sign.isprintable() and not sign.isalnum() and sign != " ":
            held &= ~Qt.KeyboardModifier.ShiftModifier  # the sign itself says it: “?”, not Shift+?
        held &= ~Qt.KeyboardModifier.KeypadModifier
        self.pressed_keys.emit(QKeySequence(held.value | key.value))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Listen no more."""
        if self.listening:
            self._quiet()
        super().focusOutEvent(event)
