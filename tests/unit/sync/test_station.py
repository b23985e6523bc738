"""A station against the model relay: each mechanism in the one situation that needs it.

Every scenario is played twice: with the mechanism it must hold, without it must fail.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from console.store import overlay, replica_apply, replica_tables
from console.store.outbox import NewEntry, Outbox
from console.store.replica import ReplicaClosed
from console.store.replica_queue import figures
from console.sync import pump
from console.wire.campaign_rows import CampaignContent
from console.wire.client_session import ClientSession
from console.wire.commands import (
    RecallMessage,
    SaveCampaign,
    SaveDraft,
    SendMessage,
    VariantDraft,
)
from console.wire.frames import ResetFrame
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import NOW, ModelRelay, Refused

Patch = pytest.MonkeyPatch
Scene = Callable[[Console, ModelRelay, int], Awaitable[None]]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: Patch) -> None:
    monkeypatch.setattr(pump, "RETRY_S", (0.0,))


@pytest.fixture
def relay() -> ModelRelay:
    relay = ModelRelay()
    relay.set_up()
    return relay


@pytest.fixture
async def console(tmp_path: Path) -> AsyncIterator[Console]:
    console = Console(tmp_path / "here", staff=1, device=1)
    await console.open()
    yield console
    await console.close()


async def settle(console: Console, relay: ModelRelay) -> None:
    """Carry frames until nothing moves any more."""
    if console.line is None:
        await console.connect(relay)
    quiet = 0
    for _ in range(500):
        if await console.step():
            continue
        quiet += console.session is not None and console.session.complete
        if quiet == 3:
            return
        assert console.line is not None
        console.line.push()
    raise AssertionError("never quiet")


async def say(console: Console, chat: int, key: str) -> None:
    command = SendMessage(conversation_id=chat, client_id=key, body=f"words of {key}")
    await queue(console, command, overlay.conversation_lane(chat), key=key)


async def queue(console: Console, command: Any, lane: str, **more: str) -> None:
    entry = NewEntry(name=command.name, body=msgspec.json.encode(command), lane=lane,
                     **{"scope": "chats/1", **more})  # fmt: skip
    await console.here.pump.enqueue(entry)


# --- scenes --------------------------------------------------------------------------------


async def a_page_read_before_a_change_arrives_after_it(
    console: Console, relay: ModelRelay, chat: int
) -> None:
    await console.connect(relay)
    assert console.line is not None
    console.line.pages_late = True
    changed = False
    for _ in range(60):
        await console.step()
        if not changed and any("林小雨".encode() in page for page in console.line._late):
            relay.commit(lambda rev: relay.put("member", rev, 2, points=rev))
            changed = True
        if console.line._late:
            console.line.push()
    await settle(console, relay)
    assert await console.differences(relay) == []


async def a_row_deleted_while_its_page_is_on_the_way(
    console: Console, relay: ModelRelay, chat: int
) -> None:
    tag = relay.commit(lambda rev: relay.put("member_tag", rev, member_id=2, tag="VIP"))
    await console.connect(relay)
    assert console.line is not None
    console.line.pages_late = True
    for _ in range(60):
        await console.step()
        if any(b"VIP" in page for page in console.line._late) and relay.rows["member_tag"]:
            relay.commit(lambda rev: relay.delete("member_tag", rev, tag.id))
        if console.line._late:
            console.line.push()
    await settle(console, relay)
    assert await console.differences(relay) == []


async def a_row_deleted_while_the_line_is_down(
    console: Console, relay: ModelRelay, chat: int
) -> None:
    message = relay.member_says(chat, "gone soon")
    await settle(console, relay)
    await console.hang_up()
    relay.commit(lambda rev: relay.delete("message", rev, message.id))
    await settle(console, relay)
    assert await console.differences(relay) == []


async def changes_while_the_line_is_down(console: Console, relay: ModelRelay, chat: int) -> None:
    await settle(console, relay)
    await console.hang_up()
    relay.member_says(chat, "one")
    await settle(console, relay)
    assert await console.differences(relay) == []


async def a_grant_is_taken_away(console: Console, relay: ModelRelay, chat: int) -> None:
    relay.member_says(chat, "secret")
    await settle(console, relay)
    await console.hang_up()
    relay.revoked[1] = {"chats/1"}
    await settle(console, relay)
    assert await console.differences(relay) == []


async def a_restore_loses_an_acked_message(console: Console, relay: ModelRelay, chat: int) -> None:
    await settle(console, relay)
    backup = relay.snapshot()
    await say(console, chat, "k1")
    await settle(console, relay)
    await console.hang_up()
    relay.restore(backup, "shop-e2")
    await settle(console, relay)
    assert [m.client_id for m in relay.rows["message"].values()] == ["k1"]
    assert await console.differences(relay) == []


async def another_shop_answers_at_the_same_address(
    console: Console, relay: ModelRelay, chat: int
) -> None:
    await settle(console, relay)
    empty = relay.snapshot()
    await say(console, chat, "acked in the old shop")
    await settle(console, relay)
    await console.hang_up()
    await say(console, chat, "queued for the old shop")
    relay.restore(empty, "another-e1")
    await settle(console, relay)
    assert relay.rows["message"] == {}
    assert console.here.outbox.entries == ()
    await say(console, chat, "meant for this one")
    await settle(console, relay)
    assert [m.client_id for m in relay.rows["message"].values()] == ["meant for this one"]


async def a_refused_command_holds_what_follows(
    console: Console, relay: ModelRelay, chat: int
) -> None:
    other = relay.add_member("other")
    await settle(console, relay)
    relay.refuse_next = Refused("text.too_long")
    for key in ("k1", "k2"):
        await say(console, chat, key)
    await settle(console, relay)
    await say(console, other, "k3")
    await settle(console, relay)
    assert [m.client_id for m in relay.rows["message"].values()] == ["k3"]
    failed = next(e for e in console.here.outbox.entries if e.state == "failed")
    await console.here.change_outbox(console.here.outbox.retry, failed.position)
    await settle(console, relay)
    assert [m.client_id for m in relay.rows["message"].values()] == ["k3", "k1", "k2"]


async def a_bubble_is_there_once_at_every_moment(
    console: Console, relay: ModelRelay, chat: int
) -> None:
    await settle(console, relay)
    await say(console, chat, "k1")
    for _ in range(20):
        entries = console.here.outbox.entries
        present = {m.client_id for m in await console.table("message")}
        pending = overlay.pending_messages(entries, chat, present)
        assert len(present) + len(pending) == 1
        await asyncio.sleep(0)
        if not await console.step():
            assert console.line is not None
            console.line.push()
    assert console.here.outbox.entries == ()


async def a_reset_while_everything_is_being_copied(
    console: Console, relay: ModelRelay, chat: int
) -> None:
    await console.connect(relay)
    for _ in range(7):
        await console.step()
    await console.hang_up()
    relay.epoch = "shop-e2"
    relay.rows["member_tag"].clear()
    await settle(console, relay)
    assert await console.differences(relay) == []
    assert len(list(console.folder.glob("replica-*.sqlite"))) == 1


# --- what breaks them ----------------------------------------------------------------------


def no_rev_guard(patch: Patch) -> None:
    for codec in replica_tables.CODECS.values():
        patch.setattr(codec, "upsert", codec.upsert.partition(" WHERE excluded.rev")[0])


def no_gone_guard(patch: Patch) -> None:
    patch.setattr(replica_apply, "_not_gone", lambda _db, _table, structs: structs)


def no_deletions(patch: Patch) -> None:
    patch.setattr(replica_apply, "_delete", lambda *_arguments: None)


def cursors_ahead(patch: Patch) -> None:
    honest = ClientSession._cursors
    patch.setattr(ClientSession, "_cursors", lambda self: {n: c + 9 for n, c in
                                                           honest(self).items()})  # fmt: skip


def no_forgetting(patch: Patch) -> None:
    patch.setattr(replica_apply, "_forget_rows", lambda _db, _scope, _touched: None)


def no_resending(patch: Patch) -> None:
    patch.setattr(Outbox, "send_again", lambda _self: None)


def any_shop_will_do(patch: Patch) -> None:
    patch.setattr("console.sync.station.same_shop", lambda _one, _other: True)


def no_lanes(patch: Patch) -> None:
    patch.setattr(overlay, "heads", lambda entries: [e for e in entries if e.state == "queued"])


def retired_at_the_ack(patch: Patch) -> None:
    patch.setattr(overlay, "ready_to_retire", lambda entries, _state: [
        e.position for e in entries if e.state == "acked"])  # fmt: skip


def old_replicas_stay(patch: Patch) -> None:
    patch.setattr("console.sync.station.drop_others", lambda _replica: None)


SCENES: list[tuple[Scene, Callable[[Patch], None]]] = [
    (a_page_read_before_a_change_arrives_after_it, no_rev_guard),
    (a_row_deleted_while_its_page_is_on_the_way, no_gone_guard),
    (a_row_deleted_while_the_line_is_down, no_deletions),
    (changes_while_the_line_is_down, cursors_ahead),
    (a_grant_is_taken_away, no_forgetting),
    (a_restore_loses_an_acked_message, no_resending),
    (another_shop_answers_at_the_same_address, any_shop_will_do),
    (a_refused_command_holds_what_follows, no_lanes),
    (a_bubble_is_there_once_at_every_moment, retired_at_the_ack),
    (a_reset_while_everything_is_being_copied, old_replicas_stay),
]


@pytest.mark.parametrize("scene", [scene for scene, _ in SCENES])
async def test_scene_holds(scene: Scene, console: Console, relay: ModelRelay) -> None:
    await scene(console, relay, relay.add_member("林小雨"))


@pytest.mark.parametrize(("scene", "breaking"), SCENES)
async def test_scene_fails_without_its_mechanism(
    scene: Scene, breaking: Callable[[Patch], None], console: Console, relay: ModelRelay,
    monkeypatch: Patch,
) -> None:  # fmt: skip
    breaking(monkeypatch)
    with pytest.raises(AssertionError):
        await scene(console, relay, relay.add_member("林小雨"))


# --- crashes, drafts, words taken back ------------------------------------------------------


@pytest.mark.parametrize("steps", range(14))
async def test_a_crash_at_any_step_leaves_one_effect(
    steps: int, console: Console, relay: ModelRelay
) -> None:
    chat = relay.add_member("林小雨")
    await settle(console, relay)
    for key in ("k1", "k2", "k3"):
        await say(console, chat, key)
    for _ in range(steps):
        await console.step()
    relay.sessions.clear()
    await console.crash()
    await console.open()
    await settle(console, relay)
    assert [m.client_id for m in relay.rows["message"].values()] == ["k1", "k2", "k3"]
    assert len(relay.executed) == len(set(relay.executed)) == 3
    assert await console.differences(relay) == []


async def test_lost_scope_fails_what_waited_there_visibly(
    console: Console, relay: ModelRelay
) -> None:
    chat = relay.add_member("林小雨")
    await settle(console, relay)
    await console.hang_up()
    await say(console, chat, "k1")
    relay.revoked[1] = {"chats/1"}
    await settle(console, relay)
    assert [(e.key, e.state, e.code) for e in console.here.outbox.entries] == [
        ("k1", "failed", "scope.denied")
    ]


async def test_settled_numbers_are_confirmed_only_when_never_sent_again(
    console: Console, relay: ModelRelay
) -> None:
    chat = relay.add_member("林小雨")
    await settle(console, relay)
    before = console.here.outbox.confirmed
    await say(console, chat, "k1")
    await settle(console, relay)
    assert console.here.outbox.entries == ()
    assert console.here.outbox.confirmed == before


async def test_newer_draft_replaces_the_unsent_one_and_builds_on_the_acked_one(
    console: Console, relay: ModelRelay
) -> None:
    chat = relay.add_member("林小雨")
    await settle(console, relay)
    lane = overlay.draft_lane(chat)
    for body in ("a", "ab", "abc"):
        await queue(console, SaveDraft(conversation_id=chat, body=body), lane, coalesce="draft",
                    scope="drafts/1")  # fmt: skip
    assert len(console.here.outbox.entries) == 1
    await console.step()
    await queue(console, SaveDraft(conversation_id=chat, body="abcd"), lane, coalesce="draft",
                scope="drafts/1")  # fmt: skip
    await settle(console, relay)
    (draft,) = relay.rows["draft"].values()
    assert (draft.body, draft.beside) == ("abcd", "")


async def test_words_taken_back_are_in_no_file(
    console: Console, relay: ModelRelay, tmp_path: Path
) -> None:
    chat = relay.add_member("林小雨")
    await settle(console, relay)
    await say(console, chat, "k1")
    relay.member_says(chat, "a member's unhappy words")
    await settle(console, relay)
    theirs = next(m for m in relay.rows["message"].values() if m.sender_kind == "member")
    for key in ("k1", theirs.client_id):
        await queue(console, RecallMessage(client_id=key), overlay.conversation_lane(chat))
    relay.put("conversation", relay.head + 1, chat, preview_text="")
    await settle(console, relay)
    files = {path: path.read_bytes() for path in console.folder.rglob("*") if path.is_file()}
    assert [p.name for p, data in files.items() if b"words of k1" in data] == []
    assert [p.name for p, data in files.items() if b"unhappy words" in data] == []


async def test_restore_does_not_bring_recalled_words_back(
    console: Console, relay: ModelRelay
) -> None:
    chat = relay.add_member("林小雨")
    await settle(console, relay)
    before = relay.snapshot()
    await say(console, chat, "k1")
    await settle(console, relay)
    between = relay.snapshot()
    await queue(console, RecallMessage(client_id="k1"), overlay.conversation_lane(chat))
    await settle(console, relay)
    for epoch, backup in (("shop-e2", between), ("shop-e3", before)):
        await console.hang_up()
        relay.restore(backup, epoch)
        await settle(console, relay)
        assert [m.body for m in relay.rows["message"].values() if m.body] == []
        assert console.here.outbox.entries == ()
        assert await console.differences(relay) == []


async def test_a_campaign_taken_back_on_another_console_leaves_the_outbox(
    console: Console, relay: ModelRelay
) -> None:
    relay.add_member("林小雨")
    await settle(console, relay)
    before = relay.snapshot()
    save = SaveCampaign(client_id="c", variants=[VariantDraft(name="a", body="全场三折")])
    await queue(console, save, "campaign/c", key="c", scope="campaigns")
    await settle(console, relay)
    [row] = relay.rows["campaign"].values()
    relay.commit(lambda rev: relay.put("campaign", rev, row.id, recalled_at=NOW,
                                       content=CampaignContent(variants=[])))  # fmt: skip
    await settle(console, relay)
    await console.hang_up()
    relay.restore(before, "shop-e2")
    await settle(console, relay)
    assert not relay.rows["campaign"]


async def test_half_made_copy_goes_on_where_it_stopped(console: Console, relay: ModelRelay) -> None:
    chat = relay.add_member("林小雨")
    for number in range(20):
        relay.member_says(chat, str(number))
    await console.connect(relay)
    begun: dict[str, Any] = {}
    while not begun:
        assert await console.step()
        scopes = console.here.state.scopes
        begun = {n: s for n, s in scopes.items() if s.head and not s.complete}
    relay.sessions.clear()
    await console.crash()
    await console.open()
    await console.connect(relay)
    assert console.session is not None
    hello = msgspec.json.decode(console.session.data_to_send()[0])
    assert {name: hello["cursors"][name] for name in begun} == {
        name: scope.head for name, scope in begun.items()
    }
    console.line = console.session = None
    relay.sessions.clear()
    await settle(console, relay)
    assert await console.differences(relay) == []


async def test_figures_follow_reading(console: Console, relay: ModelRelay) -> None:
    chat = relay.add_member("林小雨")
    relay.member_says(chat, "one")
    relay.member_says(chat, "two")
    await settle(console, relay)
    before = await console.here.read(figures, now=NOW)
    assert (before.waiting, before.unread, before.all) == (1, 1, 1)
    await console.here.read_here(chat, 2)
    assert (await console.here.read(figures, now=NOW)).unread == 0


async def test_reading_a_closed_station_fails_instead_of_waiting(console: Console) -> None:
    station = console.here
    await console.close()
    with pytest.raises(ReplicaClosed):
        await station.read(figures, now=NOW)


async def test_reading_goes_on_with_the_new_replica_after_a_reset(console: Console) -> None:
    station = console.here
    old = station.replica
    await station.apply(ResetFrame(reason="horizon", epoch="shop-e"))
    assert station.replica is not old
    assert (await station.read(figures, now=NOW)).all == 0
