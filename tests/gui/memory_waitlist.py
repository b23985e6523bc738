"""Waitlists of members of a memory desk."""

from __future__ import annotations


class MemoryWaitlist:
    """``WaitlistPort``; ``left`` are the places that were given up."""

    def __init__(self) -> None:
        self.left: list[str] = []

    async def leave(self, place: str) -> None:
        self.left.append(place)
