"""The system's window in which files are chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_files(
    parent: QWidget, title: str, kinds: str, chosen: Callable[[Sequence[Path]], object],
    *, several: bool = True,
) -> None:  # fmt: skip
    """Open it; ``kinds`` is a filter of Qt like ``Photos (*.jpg *.png)``, "" for all files."""
    dialog = QFileDialog(parent, title)
    mode = QFileDialog.FileMode
    dialog.setFileMode(mode.ExistingFiles if several else mode.ExistingFile)
    if kinds:
        dialog.setNameFilter(kinds)
    dialog.filesSelected.connect(lambda names: chosen([Path(each) for each in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
