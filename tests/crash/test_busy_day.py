"""A short, seeded cut of a busy shop's day (``dev.py soak busy_day`` runs it whole)."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent

from soak import busy_day


async def test_on_a_busy_day_no_draft_is_lost_and_no_badge_or_clock_is_wrong() -> None:
    verdict = await busy_day.run(16, seed=1)
    assert verdict.wrong == []
    assert verdict.facts["done"]["switch"] > 0
    assert verdict.facts["drafts"] > 0
    # Widgets must go in their own thread: a later collection may run in another one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
