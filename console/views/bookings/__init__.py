"""Fitting rooms: a day's board, who comes, and what is laid out for her."""

from __future__ import annotations

from console.views.bookings.screen import BookingsScreen

__all__ = ["BookingsScreen"]
