"""What the screens may call to find something.  ``desk.find.FindDesk`` is the real thing."""

from __future__ import annotations

from typing import Protocol

from console.desk.find import Found, MessagePage


class FindPort(Protocol):
    """Finding members, groups and the words of messages, also offline."""

    async def find(self, query: str) -> Found:
        """What a query may mean: few of each kind, the first page of messages."""
        ...

    async def more_messages(self, query: str, before: int) -> MessagePage:
        """The next page of messages, older than ``before``."""
        ...
