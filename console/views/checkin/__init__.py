"""Check-in at the counter: who comes is found, counted, and her card lies open."""

from __future__ import annotations

from console.views.checkin.window import CheckInWindow

__all__ = ["CheckInWindow"]
