"""Backups as a property test makes and brings them back, and what must hold of the result.

What no restore may undo is read from the tables of the database that is given up, and
compared with those of the one that was brought back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tests.helpers.relay_oracle import query

if TYPE_CHECKING:
    from tests.helpers.relay_world import Backup, World

_IDS = ("member", "message", "conversation", "campaign", "recipient", "device", "audit", "consent")
_kept: WeakKeyDictionary[World, Backup] = WeakKeyDictionary()


async def back_up(world: World, number: int) -> None:
    """Now and then: an old backup is the harder one."""
    if number % 3 == 0 or world not in _kept:
        _kept[world] = world.back_up()


async def bring_back(world: World, number: int) -> None:
    """Seldom; the same backup may be brought back again and again."""
    if world in _kept and number % 3 == 0:
        await restored(world, _kept[world])


async def restored(world: World, backup: Backup) -> None:
    """Go on with a backup, and compare."""
    before = Standing.of(world.path)
    await world.bring_back(backup)
    check_restored(world, before)
    over = query(world.path, "select id from campaign where state in ('done', 'cancelled')")
    world.stopped = {
        key: top for key, top in world.stopped.items() if key in {row["id"] for row in over}
    }


RESTORE_MOVES = (back_up, back_up, bring_back)


@dataclass(frozen=True)
class Standing:
    """What stands for good in a database, by the ids and names that another copy may have too.

    Attributes:
        refusing: members to whom no marketing may go, whoever they are part of now.
        erased, recalled, taken_back, revoked: members, messages, campaigns, devices.
        apart: merges that were undone.
        highest: the greatest id of each table.
    """

    refusing: frozenset[int]
    erased: frozenset[int]
    recalled: frozenset[str]
    taken_back: frozenset[str]
    revoked: frozenset[int]
    apart: frozenset[int]
    highest: dict[str, int]

    @classmethod
    def of(cls, path: Path) -> Standing:
        def found(sql: str) -> frozenset[int]:
            return frozenset(row[0] for row in query(path, sql))

        members = {row["id"]: row for row in query(path, "select * from member")}

        def now(member_id: int) -> int:
            into = members[member_id]["merged_into"]
            return member_id if into is None else now(into)

        return cls(
            refusing=frozenset(key for key in members if not members[now(key)]["marketing"]),
            erased=frozenset(key for key in members if members[now(key)]["state"] == "erased"),
            recalled=frozenset(
                row[0] for row in query(
                    path, "select client_id from message where recalled_at is not null"
                    " and campaign_id is null and kind != 'moved'")
            ),
            taken_back=frozenset(
                row[0] for row in query(
                    path, "select client_id from campaign where recalled_at is not null")
            ),
            revoked=found("select id from device where revoked_at is not null"),
            apart=found("select id from member_merge where undone_at is not null"),
            highest={
                table: query(path, f"select coalesce(max(id), 0) from {table}")[0][0]
                for table in _IDS
            },
        )  # fmt: skip


def check_restored(world: World, before: Standing) -> None:
    """Nothing of what stood for good is undone, and nothing goes out by itself."""
    if not world.core.restored:
        _check_nothing_was_lost(world, before)
        return
    after = Standing.of(world.path)
    people = query(world.path, "select * from member where state not in ('merged', 'erased')")
    for row in people:
        assert not (row["marketing"] and row["id"] in before.refusing), "she had opted out"
        assert row["id"] not in before.erased, "somebody erased is back"
    names = {row[0] for row in query(world.path, "select client_id from message")}
    assert before.recalled & names <= after.recalled, "words that were taken back are back"
    campaigns = {row[0] for row in query(world.path, "select client_id from campaign")}
    assert before.taken_back & campaigns <= after.taken_back, "a recalled campaign is back"
    devices = {row[0] for row in query(world.path, "select id from device")}
    assert before.revoked & devices <= after.revoked, "a revoked device is let in"
    merges = {row[0] for row in query(world.path, "select id from member_merge")}
    assert before.apart & merges <= after.apart, "two people are one again"
    assert not query(world.path, "select 1 from campaign where next_at is not null"), "it goes on"
    for table in ("audit", "message", "campaign"):
        fresh = query(world.path, "select next from sequence where name = ?", table)
        assert fresh, "an id is given twice"
        assert fresh[0][0] > before.highest[table], "an id is given twice"


def _check_nothing_was_lost(world: World, before: Standing) -> None:
    """Not taken for a restore: then the copy is as new as what was given up."""
    assert Standing.of(world.path) == before, "a restore was not noticed"
