"""Which key each command has on this computer, and who carries it out.

Kept per computer in a ``QSettings`` file.  Screens bind their slots with ``bind``; a changed
key reaches them at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QKeyCombination, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from console.ui.keys import BY_ID, COMMANDS, Command

_KEPT: Final = "keys/{}"
_NOTHING: Final = "none"
"""How “no key” is written, since an empty entry reads like a missing one."""
_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_OWN: Final = frozenset({"viewer", "chart", "goods", "fittings"})
"""Where keys mean something of their own while the keyboard is there."""
_WRITES: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Period, Qt.Key.Key_Slash})
"""With Ctrl these switch input methods on and off, or the width of their signs."""
_ARROWS: Final = {
    Qt.Key.Key_Up: "↑", Qt.Key.Key_Down: "↓", Qt.Key.Key_Left: "←", Qt.Key.Key_Right: "→",
}  # fmt: skip
_EDITS: Final = frozenset("ACVX")
"""With Ctrl these are every text field's own."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done now: its command and how to do it."""

    command: Command
    keys: str
    """As the system writes them; "" has none."""
    run: Callable[[], object]


class Keymap(QObject):
    """Keys of all commands."""

    changed = Signal()

    def __init__(self, store: QSettings | None = None) -> None:
        super().__init__()
        self._store = store
        self._chosen: dict[str, str] = {}
        self._bound: list[tuple[Command, QShortcut, Callable[[], object]]] = []
        self.use(store)

    def use(self, store: QSettings | None) -> None:
        """Read what was changed on this computer; ``None``: nothing was, nothing is kept."""
        self._store = store
        self._chosen = {}
        for command in COMMANDS if store is not None else ():
            kept = store.value(_KEPT.format(command.id)) if store is not None else None
            if isinstance(kept, str) and not command.fixed:
                self._chosen[command.id] = "" if kept == _NOTHING else kept
        self._apply()

    # --- asking ---------------------------------------------------------------------------

    def key(self, command_id: str) -> QKeySequence:
        """The key of a command, empty when it has none."""
        written = self._chosen.get(command_id, BY_ID[command_id].key)
        return QKeySequence(written, QKeySequence.SequenceFormat.PortableText)

    def text(self, command_id: str) -> str:
        """The key as the system writes it, e.g. for a tooltip."""
        return as_shown(self.key(command_id))

    def is_changed(self, command_id: str) -> bool:
        """Whether it is not the one it comes with."""
        return command_id in self._chosen

    def holder(self, keys: QKeySequence, but: str = "") -> Command | None:
        """Who has this key already, besides the command ``but``.

        A photo or video that covers the window has keys of its own, and so has a chart.
        """
        for command in (each for each in COMMANDS if each.area not in _OWN):
            also = QKeySequence(command.also) if command.also else None
            if command.id != but and keys in (self.key(command.id), also):
                return command
        return None

    def matches(self, command_id: str, event: QKeyEvent) -> bool:
        """Whether a key that was pressed is this command's."""
        pressed = event.keyCombination()
        plain = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return combinations(self.key(command_id)) == [QKeyCombination(plain, pressed.key())]

    # --- changing -------------------------------------------------------------------------

    def change(self, command_id: str, keys: QKeySequence) -> None:
        """Give a command another key; an empty one takes it away."""
        written = keys.toString(QKeySequence.SequenceFormat.PortableText)
        if written == BY_ID[command_id].key:
            self.reset(command_id)
            return
        self._chosen[command_id] = written
        if self._store is not None:
            self._store.setValue(_KEPT.format(command_id), written or _NOTHING)
        self._apply()

    def reset(self, command_id: str) -> None:
        """The key it comes with."""
        self._chosen.pop(command_id, None)
        if self._store is not None:
            self._store.remove(_KEPT.format(command_id))
        self._apply()

    # --- doing ----------------------------------------------------------------------------

    def bind(self, command_id: str, owner: QWidget, run: Callable[[], object]) -> QShortcut:
        """Let a widget's window carry a command out, for as long as the widget lives."""
        command, shortcut = BY_ID[command_id], QShortcut(owner)
        shortcut.setObjectName(command_id)
        shortcut.activated.connect(run)
        entry = (command, shortcut, run)
        self._bound.append(entry)
        shortcut.destroyed.connect(lambda: self._bound.remove(entry))
        self._equip(command, shortcut)
        return shortcut

    def offers(self, window: QWidget) -> list[Offer]:
        """What can be done in a window now, for a list to choose from."""
        return [
            Offer(command, self.text(command.id), run)
            for command, shortcut, run in self._bound
            if command.action and shortcut.isEnabled() and _is_in(shortcut.parent(), window)
        ]

    def _apply(self) -> None:
        for command, shortcut, _ in self._bound:
            self._equip(command, shortcut)
        self.changed.emit()

    def _equip(self, command: Command, shortcut: QShortcut) -> None:
        keys = [self.key(command.id)]
        if command.also:
            keys.append(QKeySequence(command.also))
        shortcut.setKeys([each for each in keys if not each.isEmpty()])


def as_shown(keys: QKeySequence) -> str:
    """Keys as the system writes them, arrows as arrows as on the keys themselves."""
    text = keys.toString(QKeySequence.SequenceFormat.NativeText)
    for last in combinations(keys)[-1:]:
        arrow = _ARROWS.get(last.key(), "")
        word = QKeySequence(last.key()).toString(QKeySequence.SequenceFormat.NativeText)
        text = text.removesuffix(word) + arrow if arrow else text
    return text


def combinations(keys: QKeySequence) -> list[QKeyCombination]:
    """The keys that are pressed one after the other."""
    indexed: Any = keys  # the stubs know no index
    return [indexed[n] for n in range(keys.count())]


def _is_in(owner: QObject | None, window: QWidget) -> bool:
    return isinstance(owner, QWidget) and owner.window() is window and owner.isVisible()


def is_taken_by_writing(keys: QKeySequence) -> bool:
    """Whether a key belongs to input methods, national layouts or every text field.

    Alt and Ctrl+Alt (AltGr) with a sign write signs or open menus; Ctrl+Shift changes the
    layout; Ctrl+Space and its neighbours switch input methods; Tab, Esc and Enter move.
    """
    for combination in combinations(keys):
        held, key = combination.keyboardModifiers(), combination.key()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        sign = key.value < Qt.Key.Key_Escape.value
        if held & Qt.KeyboardModifier.AltModifier and sign:
            return True
        if control and ((shift and sign) or key in _WRITES):
            return True
        if held == Qt.KeyboardModifier.ControlModifier and chr(key.value & 0xFFFF) in _EDITS:
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not held & _MODIFIERS:
            return True
    return False


_current: list[Keymap] = []


def keymap() -> Keymap:
    """The keys of this program."""
    if not _current:
        _current.append(Keymap())
    return _current[0]
