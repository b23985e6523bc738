"""What the screens may call about fittings.  ``desk.fittings.FittingsDesk`` is the real thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from console.desk.fitting_types import BoardDay, FittingItem


class FittingsPort(Protocol):
    """Rooms, and who has them when.

    Without a line what is asked waits; whether it is granted shows when the line is back.
    """

    @property
    def may_edit(self) -> bool:
        """Whether rooms may be changed here."""
        ...

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after fittings may have changed; returns what ends that."""
        ...

    async def day(self, day: date) -> BoardDay:
        """A day of the shop's calendar."""
        ...

    async def book(
        self, member_id: int, room_id: int, starts_at: datetime, variants: Sequence[int] = ()
    ) -> str:
        """Book; the fitting's name.  Raises ``Refusal``."""
        ...

    async def move(self, item: FittingItem, starts_at: datetime, room_id: int) -> None:
        """Another place.  Raises ``Refusal``."""
        ...

    async def cancel(self, item: FittingItem) -> None:
        """She does not come.  Raises ``Refusal``."""
        ...

    async def settle(self, item: FittingItem, outcome: str) -> None:
        """What became of it, or ``booked`` again.  Raises ``Refusal``."""
        ...

    async def save_room(self, client_id: str, name: str) -> None:
        """Name a room; "" makes one.  Raises ``Refusal`` and ``Offline``."""
        ...

    async def remove_room(self, client_id: str) -> None:
        """Book nothing there any more.  Raises ``Refusal`` and ``Offline``."""
        ...

    async def set_slot(self, minutes: int) -> None:
        """How long a fitting takes from now on.  Raises ``Refusal`` and ``Offline``."""
        ...
