"""How a window of its own is laid out: a surface that fills it, parts in a column, a foot."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.widgets import frame, snug


def window_column(
    window: QDialog, left: int, top: int, right: int, bottom: int, *, spacing: int
) -> QVBoxLayout:
    """The column for a window's parts, on its surface; margins and spacing in pixels."""
    ground, outer = frame("surface"), QVBoxLayout(window)
    snug(outer)
    outer.addWidget(ground)
    column = QVBoxLayout(ground)
    snug(column, left, top, right, bottom, spacing=spacing)
    return column


def add_foot(
    column: QVBoxLayout, *actions: QWidget, beside: QWidget | None = None, above: int = 0
) -> None:
    """Put buttons at the lower right, ``beside`` at the left, ``above`` so many pixels of air."""
    foot = QHBoxLayout()
    snug(foot, 0, above, 0, 0, spacing=8)
    if beside is not None:
        foot.addWidget(beside)
    foot.addStretch(1)
    for action in actions:
        foot.addWidget(action)
    column.addLayout(foot)
