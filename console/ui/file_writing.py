"""A file on its way: written in a worker thread, with how far it is and a way to stop it.

Knows nothing of what is in it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from console.progress import Progress, Stopped
from console.ui.i18n import translate
from console.ui.written_file import failure, whole

_SHOWN_AFTER_MS: Final = 500
_EVERY_MS: Final = 100


async def write_file(
    parent: QWidget, to: Path, write: Callable[[BinaryIO], object], progress: Progress
) -> str:
    """Write it whole or not at all; the sentence that says what came of it.

    A window says how far it is once that takes longer than a moment.  Cancelled, it stops too.
    """
    window, timer = _window(parent, to, progress)
    try:
        await asyncio.to_thread(_write, to, write)
    except OSError as error:
        return failure(error, to)
    except Stopped:
        return translate("Files", "Stopped. Nothing was written.")
    except asyncio.CancelledError:
        progress.stop()
        raise
    finally:
        timer.stop()
        window.close()
        window.deleteLater()
    return translate("Files", "Written to {file}.").format(file=to.name)


def _write(to: Path, write: Callable[[BinaryIO], object]) -> None:
    with whole(to) as file:
        write(file)


def _window(parent: QWidget, to: Path, progress: Progress) -> tuple[QProgressDialog, QTimer]:
    window = QProgressDialog(parent)
    window.setWindowTitle(to.name)
    window.setLabelText(translate("Files", "Writing {file} …").format(file=to.name))
    window.setCancelButtonText(translate("Files", "Stop"))
    window.setMaximum(max(1, progress.steps))
    window.setAutoClose(False)
    window.setAutoReset(False)
    window.setMinimumDuration(_SHOWN_AFTER_MS)
    window.canceled.connect(progress.stop)
    timer = QTimer(window)
    timer.timeout.connect(lambda: window.setValue(progress.done))
    timer.start(_EVERY_MS)
    return window, timer
