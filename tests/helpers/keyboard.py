"""Hands on the keyboard alone: keys go where the keyboard is, and Tab is the only way elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_PARTS = 7
_NONE = Qt.KeyboardModifier.NoModifier


def here() -> QWidget:
    """Where the keyboard is.  A menu that is open has it."""
    found = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert found is not None, "the keyboard is nowhere"
    return found


def is_at(widget: QWidget) -> bool:
    """Whether the keyboard is there."""
    return QApplication.focusWidget() is widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE, times: int = 1) -> None:
    """A key, or one several times."""
    for _ in range(times):
        QTest.keyClick(here(), key, modifier)


def write(text: str) -> None:
    """Letter by letter."""
    for letter in text:
        QTest.keyClick(here(), letter)


def tab_to(wanted: QWidget, *, back: bool = False) -> None:
    """Go on with Tab, or Shift+Tab, until the keyboard is there."""
    passed: list[QWidget] = []
    while here() is not wanted:
        went_round = f"Tab never comes to {name(wanted)}: {[name(each) for each in passed]}"
        assert here() not in passed, went_round
        passed.append(here())
        tab(back=back)


def tab(*, back: bool = False) -> None:
    """On to the next control: a date has a stop for each of its parts."""
    stop = here()
    for _ in range(_PARTS):
        press(Key.Key_Tab, SHIFT if back else _NONE)
        if here() is not stop:
            return
    raise AssertionError(f"Tab does not leave {name(stop)}")


def pick(words: str) -> None:
    """Down to a line of the menu that is open, then Enter."""
    menu = here()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        press(Key.Key_Down)
        line = menu.activeAction()
        if line is not None and line.text() == words:
            press(Key.Key_Return)
            return
    raise AssertionError(f"no {words}: {[line.text() for line in menu.actions()]}")


def name(widget: QWidget) -> str:
    """What is said of it in a failure."""
    words = getattr(widget, "text", lambda: "")
    said = widget.accessibleName() or (words() if callable(words) else "")
    return f"{type(widget).__name__} “{said}”"


def picture_of(widget: QWidget) -> tuple[QPoint, QImage]:
    """Where a control is in its window, and how it and what lies around it look."""
    window = widget.window()
    at = widget.mapTo(window, QPoint(0, 0))
    around = QRect(at, widget.size()).adjusted(-4, -4, 4, 4)
    return at, window.grab(around).toImage()
