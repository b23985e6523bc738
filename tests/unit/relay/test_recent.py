"""The newest changes in memory: what the database tells, bounded, free of erased words."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from console.relay import recent
from console.relay.actor import Actor
from console.relay.recent import Recent
from console.store import feed
from console.store.feed import ScopePart
from console.store.projection import EVERY_MEMBER
from console.store.unit_of_work import read_head
from console.wire import commands, frames
from console.wire.rows import VisitRow
from tests.helpers.relay_kit import PATIENCE_S, text
from tests.unit.relay.shop import Shop
from tests.unit.relay.test_session import whole

AT = datetime(2026, 11, 22, tzinfo=UTC)


def plain(part: ScopePart | None) -> Any:
    """Comparable whatever the order."""
    assert part is not None
    return (
        {name: sorted(rows, key=lambda row: row.id) for name, rows in part.rows.items()},
        {name: set(ids) for name, ids in part.gone.items()},
    )


async def busy_day(shop: Shop) -> None:
    """Rows that change, change again, go and come back."""
    core, anna, bea = shop.core, shop.anna, shop.bea
    await core.call(shop.clerk, commands.ConfirmMember(member_id=bea.id))
    for turn in range(3):
        await core.call(anna, text(anna.conversation_id, f"a{turn}"))
        await core.call(shop.clerk, text(bea.conversation_id, f"b{turn}"))
        for public in (True, False):
            setting = commands.SetSetting(key="open", value=turn, public=public)
            await core.call(shop.owner, setting)
    await core.call(bea, text(bea.conversation_id, "x", client_id="mine"))
    await core.call(bea, commands.SetWeeklyCap(cap=2))
    await shop.core.call(shop.clerk, commands.RecordVisit(member_id=bea.id))


async def published(shop: Shop) -> None:
    """Until the hub handed out the newest commit."""
    async with asyncio.timeout(PATIENCE_S):
        while shop.core.hub.settled < shop.core.head:
            await shop.core.read(read_head)


def scopes_of(*actors: Actor) -> set[str]:
    return {scope for actor in actors for scope in actor.scopes}


@pytest.mark.parametrize("restarted", [False, True])
async def test_memory_tells_the_same_as_the_database_at_every_cursor(
    shop: Shop, restarted: bool
) -> None:
    since = shop.core.hub.recent.since
    await busy_day(shop)
    line_scopes = scopes_of(shop.owner, shop.clerk, shop.anna, shop.bea)
    if restarted:
        await shop.core.close()
        await shop.open_anew()
    core = shop.core
    await core.call(shop.anna, text(shop.anna.conversation_id, "last"))
    await published(shop)
    for cursor in range(since, core.head + 1):
        for scope in line_scopes:
            found = core.hub.recent.missed(scope, cursor)
            cursors = {scope: cursor}
            told = await core.read(lambda connection, at=cursors: feed.changes(connection, at))
            rows, gone = plain(found)
            wanted = plain(told.parts.get(scope, ScopePart()))
            assert rows == wanted[0], (scope, cursor)
            # Within a commit range a burial may be told once more, which changes nothing.
            for name, ids in wanted[1].items():
                assert ids <= gone[name]
            for name, ids in gone.items():
                assert not ids & {row.id for row in rows.get(name, ())}


async def test_who_comes_back_is_caught_up_in_her_first_moment(shop: Shop, lines: Any) -> None:
    before = await whole(lines(shop.anna))
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id, "一"))
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id, "二"))
    await published(shop)
    line = lines(shop.anna)
    line.transport.put(frames.HelloFrame(**before))
    await line.transport.next(frames.WelcomeFrame)
    session = next(s for s in shop.core.hub.sessions if s._transport is line.transport)
    assert session.live
    (changes,) = [f for f in line.transport.frames if isinstance(f, frames.ChangesFrame)]
    part = changes.scopes[f"chat/{shop.anna.conversation_id}"]
    assert [row["body"] for row in part.rows["message"]] == ["一", "二"]
    assert (changes.rev, changes.mark, part.rev) == (shop.core.head, shop.core.mark, changes.rev)


async def test_who_missed_too_much_for_memory_is_paged_from_the_database(
    shop: Shop, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await whole(lines(shop.anna))
    monkeypatch.setattr(recent, "MAX_ROWS", 3)
    for body in "一二三四":
        await shop.core.call(shop.clerk, text(shop.anna.conversation_id, body))
    line = lines(shop.anna)
    await line.hello(**before)
    scope, found = f"chat/{shop.anna.conversation_id}", list[str]()
    # A page ends with a commit: on a slow machine there may be more than one.
    while len(found) < 4:
        changes = await line.transport.next(frames.ChangesFrame, lambda f: scope in f.scopes)
        found += [row["body"] for row in changes.scopes[scope].rows.get("message", ())]
    assert found == list("一二三四")


async def test_recalled_and_erased_words_leave_memory_at_once(shop: Shop) -> None:
    core, anna = shop.core, shop.anna
    since = core.head
    await core.call(anna, text(anna.conversation_id, "我的秘密", client_id="secret"))
    await core.call(anna, commands.RecallMessage(client_id="secret"))
    await published(shop)
    scope = f"chat/{anna.conversation_id}"
    assert "秘密" not in repr(core.hub.recent.missed(scope, core.hub.recent.since))
    await core.call(anna, text(anna.conversation_id, "再说一次"))
    await core.call(anna, commands.EraseMember())
    await core.call(shop.clerk, text(shop.bea.conversation_id, "在吗"))
    await published(shop)
    kept = core.hub.recent
    assert kept.since > since
    assert "再说" not in repr([kept.missed("chats/1", kept.since), kept.missed(scope, kept.since)])


def part(*revs: int) -> ScopePart:
    """A part with one row a rev (any row with ``id`` and ``rev`` will do)."""
    return ScopePart(
        {"visit": [VisitRow(id=rev, rev=rev, member_id=1, shop_id=1, at=AT) for rev in revs]}
    )


def test_what_was_read_before_an_erasure_is_not_kept() -> None:
    kept = Recent(0)
    kept.add(1, {"trade": part(1)})
    kept.forget(3)
    kept.add(2, {"trade": part(2)})
    assert (kept.since, kept.missed("trade", 1)) == (2, None)
    kept.add(4, {"trade": part(3, 4)})
    found = kept.missed("trade", 3)
    assert found is not None
    assert [row.id for row in found.rows["visit"]] == [4]


def test_the_oldest_changes_go_when_it_weighs_too_much() -> None:
    kept = Recent(0, max_weight=10_000)
    for rev in range(1, 101):
        kept.add(rev, {"trade": part(rev), f"self/{rev}": part(rev), EVERY_MEMBER: part(rev)})
    assert 90 < kept.since < 100
    assert kept.missed("trade", kept.since - 1) is None
    found = kept.missed("self/1", kept.since)
    assert found is not None
    assert [row.id for row in found.rows["visit"]] == list(range(kept.since + 1, 101))
    assert set(kept._by_scope) == {"trade", EVERY_MEMBER} | {
        f"self/{rev}" for rev in range(kept.since + 1, 101)
    }


def test_changes_that_were_not_handed_out_leave_no_gap() -> None:
    kept = Recent(0)
    kept.add(1, {"trade": part(1)})
    kept.restart(2)
    assert kept.missed("trade", 1) is None
    assert kept.missed("trade", 2) == ScopePart()
