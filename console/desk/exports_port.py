"""What the screens may call before something leaves the program; see ``desk.exports``."""

from __future__ import annotations

from typing import Protocol


class ExportsPort(Protocol):
    """Who may take members' names along, and that she did."""

    @property
    def allowed(self) -> bool:
        """Whether she who sits here may."""
        ...

    async def record(self, what: str) -> None:
        """Put it into the operation log, also offline.  Raises ``Refusal`` for who may not."""
        ...
