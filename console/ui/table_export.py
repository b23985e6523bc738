"""Tables as a file: which kind its ending says, written aside from the screens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from console import sheets
from console.progress import Progress
from console.sheets import Sheet
from console.ui.clock import ShopClock
from console.ui.file_writing import write_file
from console.ui.i18n import translate

EXCEL, CSV = ".xlsx", ".csv"
_WRITERS: Final = {EXCEL: sheets.write_xlsx, CSV: sheets.write_csv}


def kinds(ending: str) -> str:
    """What the window in which a place is chosen says of such files."""
    if ending == EXCEL:
        return translate("Export", "Excel (*.xlsx)")
    return translate("Export", "Table (*.csv)")


async def export(parent: QWidget, to: Path, tables: Sequence[Sheet], clock: ShopClock) -> str:
    """Write them, as CSV unless the name ends as Excel's do; the sentence of what came of it."""
    writer = _WRITERS.get(to.suffix.lower(), sheets.write_csv)
    if writer is sheets.write_xlsx and not sheets.fits_excel(tables):
        return translate("Export", "A sheet of Excel holds 1,048,575 lines at most: choose CSV.")
    progress, zone = Progress(sheets.steps(tables)), clock.now().tzinfo or UTC
    write = partial(writer, sheets=tables, zone=zone, progress=progress)
    return await write_file(parent, to, write, progress)
