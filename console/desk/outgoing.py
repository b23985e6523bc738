"""How the desk's parts put commands into the outbox: durably, or waiting for the answer.

No use cases here and no questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from console.store.outbox import NewEntry, Upload
from console.wire.commands import Command

if TYPE_CHECKING:
    from console.sync.station import Station


class Outgoing:
    """Commands of one staff member on their way out.

    ``shop_scope`` names the scope in which effects in her shop's conversations show.
    """

    def __init__(self, station: Station, shop_scope: Callable[[], str]) -> None:
        self._station = station
        self._shop_scope = shop_scope

    @property
    def is_up(self) -> bool:
        """Whether ``call`` could be answered just now."""
        return self._station.link.is_up

    async def queue(
        self, command: Command, *, lane: str, scope: str | None = None, key: str = "",
        coalesce: str = "", uploads: Sequence[Upload] = (),
    ) -> None:  # fmt: skip
        """Durable when this returns; sent in the order of its lane.

        ``scope`` is where its effect shows (``None``: the shop's conversations, "" nowhere);
        a newer entry of the lane with the same ``coalesce`` takes the place of a waiting one.
        """
        entry = self._entry(command, lane, scope, key, coalesce, uploads)
        await self._station.pump.enqueue(entry)

    async def call(
        self, command: Command, *, lane: str, scope: str | None = None, key: str = ""
    ) -> Any:
        """Send it and wait for the result; ``None`` when it stays unanswered for 10 s.

        It stays in the outbox then.  Raises ``Refusal``.
        """
        return await self._station.pump.call(self._entry(command, lane, scope, key, "", ()))

    async def instead(
        self, position: int, command: Command, *, lane: str, scope: str, key: str,
        coalesce: str = "", uploads: Sequence[Upload] = (),
    ) -> None:  # fmt: skip
        """Durable in place of a refused entry and what waited for it, whose files it takes."""
        entry = self._entry(command, lane, scope, key, coalesce, uploads)
        await self._station.change_outbox(self._station.outbox.supersede, position, entry)

    def _entry(
        self, command: Command, lane: str, scope: str | None, key: str, coalesce: str,
        uploads: Sequence[Upload],
    ) -> NewEntry:  # fmt: skip
        return NewEntry(
            name=command.name, body=msgspec.json.encode(command), lane=lane, key=key,
            scope=self._shop_scope() if scope is None else scope, coalesce=coalesce,
            uploads=tuple(uploads),
        )  # fmt: skip
