"""What the screens may call about waitlists.  ``desk.waitlist.WaitlistDesk`` is the real thing."""

from __future__ import annotations

from typing import Protocol


class WaitlistPort(Protocol):
    """Members who are told when something is back."""

    async def leave(self, place: str) -> None:
        """She waits no longer; ``place`` is its ``client_id``.  Waits for the line if need be."""
        ...
