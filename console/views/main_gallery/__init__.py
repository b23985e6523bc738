"""Drives the window through its screens and states and saves a picture of each.

For looking at, and as a check: a screen that cannot be reached or shows nothing is a
failure.  Nothing is sent to anybody.  Each module walks through one part of the program; a new
part is a module here and a line in ``_walk``.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize

from console.desk.accounts import AccountsDesk
from console.ui import i18n
from console.ui.appearance import Appearance
from console.views.main_gallery.attention import attention
from console.views.main_gallery.bookings import bookings
from console.views.main_gallery.campaigns import campaigns
from console.views.main_gallery.checkin import checkin
from console.views.main_gallery.doors import before
from console.views.main_gallery.find import find
from console.views.main_gallery.inbox import inbox, offline
from console.views.main_gallery.insights import insights
from console.views.main_gallery.member import member
from console.views.main_gallery.offers import coupons
from console.views.main_gallery.products import products
from console.views.main_gallery.reply import reply
from console.views.main_gallery.settings import settings
from console.views.main_gallery.tour import Tour, Unreached, until
from console.views.shell import Shell
from console.views.window import Window

SIZES: Final = (QSize(1440, 900), QSize(1366, 768))
_SYNC_S: Final = 60.0


async def take(
    folder: Path, window: Window, appearance: Appearance, accounts: AccountsDesk
) -> list[str]:
    """Save all screens in light and dark, zh and en, at each size; returns what failed."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    tour = Tour(folder, window)
    page = window.page
    if isinstance(page, Shell):
        try:
            await until(lambda: page.inbox.link.phase == "synced", "synced", _SYNC_S)
        except Unreached as failure:
            tour.failures.append(str(failure))
    kept = (appearance.theme, appearance.language, window.size())
    for size in SIZES:
        for language in i18n.LANGUAGES:
            for look in ("light", "dark"):
                window.resize(size)
                appearance.set_language(language)
                appearance.set_theme(look)
                tour.prefix = f"{size.width()}x{size.height()}-{language}-{look}-"
                await _walk(tour, accounts)
    appearance.set_theme(kept[0])
    appearance.set_language(kept[1])
    window.resize(kept[2])
    return tour.failures


async def _walk(tour: Tour, accounts: AccountsDesk) -> None:
    page = tour.window.page
    if isinstance(page, Shell):
        await inbox(tour, page)
        await reply(tour, page)
        await member(tour, page)
        await coupons(tour, page)
        await checkin(tour, page)
        await find(tour, page)
        await campaigns(tour, page)
        await products(tour, page)
        await bookings(tour, page)
        await insights(tour, page)
        await settings(tour, page)
        await attention(tour, page)
        await offline(tour, page)
    await before(tour, accounts)
