"""What lies over everything: the lock, before and after a wrong PIN, and the sheet of keys."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtGui import QKeySequence

from console.ui.key_button import KeyButton
from console.ui.key_sheet import KeySheet
from console.views.main_gallery.tour import Tour, settle, until
from console.views.rail import INBOX
from console.views.shell import Shell
from console.views.window_lock import LockPage
from console.wire.errors import Code, Refusal


async def attention(tour: Tour, shell: Shell) -> None:
    """Ends in the inbox, open."""
    shell.show_section(INBOX)
    await _keys(tour, shell)
    await _lock(tour)


async def _keys(tour: Tour, shell: Shell) -> None:
    sheet: KeySheet = shell.show_keys()
    await tour.shoot("keys", above=sheet)

    async def captured() -> None:
        sheet.rows["queue.later"].change(_sequence("Ctrl+D"))
        key = sheet.rows["queue.done"].key
        if isinstance(key, KeyButton):
            key.click()
        await settle()

    await tour.shoot("keys-capture", captured, above=sheet)
    sheet.accept()


def _sequence(written: str) -> QKeySequence:
    """A key as it is written everywhere."""
    return QKeySequence(written, QKeySequence.SequenceFormat.PortableText)


async def _lock(tour: Tour) -> None:
    async def never(_staff_id: int, _secret: str) -> None:
        raise Refusal(Code.LOGIN_WRONG)

    file = str(tour.folder / "lock.ini")
    page = LockPage(0, "小李", never, QSettings(file, QSettings.Format.IniFormat))
    tour.window.cover(page)
    await tour.shoot("locked")

    async def wrong() -> None:
        page.secret.setText("000000")
        page.submit()
        await until(lambda: bool(page.fault_text), "a wrong PIN")

    await tour.shoot("locked-wrong", wrong)
    await page.tasks.close()
    tour.window.uncover(page)
    (tour.folder / "lock.ini").unlink(missing_ok=True)
