"""What the screens may call to try a campaign out.  The real thing: ``desk.trials.TrialsDesk``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from console.desk.segments import SegmentMember


class TrialsPort(Protocol):
    """Phones of the shop's own people, and a draft sent to them."""

    @property
    def may_choose(self) -> bool:
        """Whether this staff member may say whose phones they are."""
        ...

    async def phones(self) -> tuple[SegmentMember, ...]:
        """The members who are the shop's own people, as the owner chose them."""
        ...

    async def choose(self, member_ids: Sequence[int]) -> None:
        """Say whose they are, for the whole shop.  Raises ``Refusal``, ``Offline``."""
        ...

    async def send(self, client_id: str, member_ids: Sequence[int]) -> int:
        """Every version of a draft to these phones; how many messages leave.

        0: the relay has not answered, it goes out later.

        Raises ``Refusal``, ``Offline``.
        """
        ...
