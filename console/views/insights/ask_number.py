"""Asks the owner for a whole number within bounds: a goal, a length of time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from console.ui.i18n import translate


def ask_number(
    parent: QWidget, title: str, question: str, numbers: tuple[range, int],
    chosen: Callable[[int], object],
) -> QInputDialog:  # fmt: skip
    """Ask over ``parent``; ``numbers``: which may be set, and which is."""
    window, (bounds, now) = QInputDialog(parent), numbers
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.setInputMode(QInputDialog.InputMode.IntInput)
    window.setIntRange(bounds[0], bounds[-1])
    window.setIntValue(now)
    window.setWindowTitle(title)
    window.setLabelText(question)
    window.setOkButtonText(translate("Insights", "Set"))
    window.setCancelButtonText(translate("Insights", "Cancel"))
    window.intValueSelected.connect(chosen)
    window.open()
    return window
