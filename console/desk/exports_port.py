"""What the screens may call before something leaves the program; see ``desk.exports``."""

from __future__ import annotations

from typing import Protocol


class ExportsPort(Protocol):
    """Who may take what along, and that she did."""

    @property
    def allowed(self) -> bool:
        """Whether she who sits here may take members' names along."""
        ...

    async def record(self, what: str, *, names: bool = True) -> None:
        """Put it into the operation log, also offline.

        Raises ``Refusal`` where there are ``names`` in it that she may not take along.
        """
        ...
