"""Tab goes where the eye goes, also to controls that were put between others later.

Qt puts what is made later at the end of the window's order, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def as_laid_out(root: QWidget) -> None:
    """Let Tab go through the controls in ``root`` in the order of its layouts."""
    for before, after in pairwise(controls(root.layout())):
        QWidget.setTabOrder(before, after)


def controls(layout: QLayout | None) -> Iterator[QWidget]:
    """Everything in a layout that Tab may reach, in order."""
    for place in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(place) if layout is not None else None
        widget = item.widget() if item is not None else None
        if widget is None:
            yield from controls(item.layout() if item is not None else None)
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
        inside = widget.widget() if isinstance(widget, QScrollArea) else widget
        yield from controls(inside.layout() if inside is not None else None)
