"""A small open shop for tests of single commands."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from console.relay.actor import Actor
from console.relay.core import RelayCore
from console.wire import commands
from console.wire.errors import Code, Refusal
from tests.helpers.relay_kit import FakeClock, new_member, new_staff, open_core


class Shop:
    """An open core with an owner, a clerk and two members."""

    core: RelayCore
    clock: FakeClock
    owner: Actor
    clerk: Actor
    anna: Actor
    bea: Actor

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = FakeClock()

    async def open(self) -> None:
        self.core = await open_core(self.path, self.clock)
        self.owner = await new_staff(self.core, "小李", "owner")
        self.clerk = await new_staff(self.core)
        self.anna = await new_member(self.core, marketing=True)
        self.bea = await new_member(self.core, name="Bea")

    async def open_anew(self) -> None:
        """The same file again."""
        self.core = await open_core(self.path, self.clock)

    async def guest(self, phone: str) -> Actor:
        """Somebody who claims a number."""
        return await new_member(self.core, phone=phone, name="晓雯")

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(self.path)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql, values)]

    def write(self, sql: str, *values: Any) -> None:
        """Beside the relay, as an import does it."""
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("pragma synchronous=off")
            with connection:
                connection.execute(sql, values)

    def block(self, member: Actor) -> None:
        """As if the shop wanted to hear nothing from her any more."""
        self.write("update member set blocked = 1 where id = ?", member.id)

    def conversation(self, actor: Actor) -> dict[str, Any]:
        return self.rows("select * from conversation where id = ?", actor.conversation_id)[0]

    async def refused(self, actor: Actor, command: commands.Command) -> Code:
        head = self.core.head
        with pytest.raises(Refusal) as caught:
            await self.core.call(actor, command)
        assert self.core.head == head
        return caught.value.code
