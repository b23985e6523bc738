"""Files written where the user asked for them: whole or not at all.

Knows nothing of what is in them.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile


def write_whole(to: Path, content: bytes) -> None:
    """Put a file there at once, so that nobody opens half of it.

    May be called in any thread.  Raises ``OSError`` with what the system said; what lay
    there before is then unchanged.
    """
    file = QSaveFile(str(to))
    opened = file.open(QIODevice.OpenModeFlag.WriteOnly)
    if not opened or file.write(content) != len(content) or not file.commit():
        raise OSError(file.errorString())
