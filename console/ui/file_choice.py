"""The system's windows in which files, or a place for a new one, are chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

_UNFIT: Final = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', " "))
"""No name of a file holds these, on Windows at least."""


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


def choose_place(
    parent: QWidget, title: str, name: str, kinds: str, chosen: Callable[[Path], object]
) -> None:
    """Ask where a file called ``name`` goes; its ending stays unless another is typed.

    ``kinds`` is a filter of Qt, "" for all files.  A file that is there is asked about first.
    """
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    if kinds:
        dialog.setNameFilter(kinds)
    dialog.selectFile(name.translate(_UNFIT))
    dialog.fileSelected.connect(lambda to: chosen(Path(to)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
