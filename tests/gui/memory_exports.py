"""Who may take names along, without an outbox; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from tests.gui.memory_desk import MemoryDesk


class MemoryExports:
    """``ExportsPort``; ``recorded`` is what the operation log would say."""

    def __init__(self, desk: MemoryDesk) -> None:
        self._desk = desk
        self.recorded: list[str] = []

    @property
    def allowed(self) -> bool:
        return self._desk.me.role == "owner"

    async def record(self, what: str, *, names: bool = True) -> None:
        await asyncio.sleep(0)
        if names and not self.allowed:
            raise Refusal(Code.COMMAND_DENIED)
        self.recorded.append(what)
