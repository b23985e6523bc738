"""Sessions: greeting, answers behind their changes, limits, lagging, signals, revocation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.relay.actor import RELAY
from console.relay.core import RelayCore
from console.relay.internal import Notice, SendNotices
from console.relay.limits import Limits
from console.wire import commands, frames
from console.wire.codec import encode
from console.wire.errors import Code
from tests.helpers.relay_kit import GENEROUS, Line, MemoryTransport, text
from tests.unit.relay.shop import Shop


async def closed(transport: MemoryTransport) -> int | None:
    await transport.until(lambda: transport.close_code)
    return transport.close_code


async def whole(line: Line) -> dict[str, Any]:
    """Greet and load every scope; what to say at the next hello."""
    welcome = await line.hello()
    for scope in welcome.scopes:
        await line.page(scope)
    return {"epoch": welcome.epoch, "mark_rev": welcome.head, "mark": welcome.mark,
            "cursors": dict.fromkeys(welcome.scopes, welcome.head)}  # fmt: skip


# --- hello ------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [b"", b"{}", b"nonsense", b'{"t":"ping"}', b"x" * 70_000])
async def test_the_first_frame_must_be_a_greeting(shop: Shop, lines: Any, first: bytes) -> None:
    line = lines(shop.clerk)
    line.transport.put(first)
    assert await closed(line.transport) == 4000


async def test_a_reader_from_another_history_starts_anew(shop: Shop, lines: Any) -> None:
    before = await whole(lines(shop.clerk))
    for change, reason in (
        ({"epoch": "other"}, "epoch"),
        ({"mark": "other"}, "mark"),
        ({"cursors": {"shop": 10_000}}, "mark"),
    ):
        line = lines(shop.clerk)
        line.transport.put(frames.HelloFrame(**{**before, **change}))
        reset = await line.transport.next(frames.ResetFrame)
        assert reset.reason == reason


async def test_a_cursor_below_the_horizon_starts_anew(shop: Shop, lines: Any) -> None:
    before = await whole(lines(shop.clerk))
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id))
    shop.clock.advance(181 * 86_400)
    await shop.core.prune()
    line = lines(shop.clerk)
    line.transport.put(frames.HelloFrame(**before))
    assert (await line.transport.next(frames.ResetFrame)).reason == "horizon"


async def test_who_missed_nothing_is_live_at_once(shop: Shop, lines: Any) -> None:
    before = await whole(lines(shop.anna))
    line = lines(shop.anna)
    await line.hello(**before)
    session = next(s for s in shop.core.hub.sessions if s._transport is line.transport)
    assert session.live
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id, "在的"))
    changes = await line.transport.next(frames.ChangesFrame, lambda f: f.scopes)
    body = changes.scopes[f"chat/{shop.anna.conversation_id}"].rows["message"][0]["body"]
    assert body == "在的"


async def test_a_scope_that_is_not_hers_is_to_be_forgotten(shop: Shop, lines: Any) -> None:
    line = lines(shop.bea)
    await line.hello(epoch=shop.core.epoch, cursors={f"chat/{shop.anna.conversation_id}": 0})
    forget = await line.transport.next(frames.ForgetFrame)
    assert forget.scope == f"chat/{shop.anna.conversation_id}"
    line.transport.put(frames.PageRequestFrame(scope=forget.scope))
    refused = await line.transport.next(frames.RefusedFrame)
    assert refused.code == Code.SCOPE_DENIED


async def test_a_restored_relay_asks_everybody_to_start_anew(shop: Shop, lines: Any) -> None:
    line = lines(shop.clerk)
    before = await whole(line)
    await shop.core.mint_epoch()
    assert await closed(line.transport) == 1001
    again = lines(shop.clerk)
    again.transport.put(frames.HelloFrame(**before))
    reset = await again.transport.next(frames.ResetFrame)
    assert (reset.reason, reset.epoch) == ("epoch", shop.core.epoch)


# --- commands ---------------------------------------------------------------------------------


async def test_changes_come_before_the_answer(shop: Shop, lines: Any) -> None:
    line = lines(shop.clerk)
    await whole(line)
    line.transport.frames.clear()
    ack = await line.do(text(shop.anna.conversation_id))
    kinds = [type(frame) for frame in line.transport.frames]
    assert kinds == [frames.ChangesFrame]
    assert line.transport.frames[0].rev == ack.rev


async def test_who_cannot_see_the_effect_is_told_the_revision_all_the_same(
    shop: Shop, lines: Any
) -> None:
    line = lines(shop.clerk)
    await line.hello()
    ack = await line.do(commands.RecordVisit(member_id=shop.anna.id))
    assert any(
        f.rev >= ack.rev for f in line.transport.frames if isinstance(f, frames.ChangesFrame)
    )


async def test_an_old_answer_given_again_is_told_its_revision(shop: Shop, lines: Any) -> None:
    command = text(shop.anna.conversation_id)
    first = lines(shop.clerk)
    await whole(first)
    ack = await first.do(command, n=1)
    again = lines(shop.clerk)
    await again.hello()
    assert await again.do(command, n=1) == ack
    told = [f.rev for f in again.transport.frames if isinstance(f, frames.ChangesFrame)]
    assert max(told) >= ack.rev


async def test_a_flood_of_commands_is_slowed(shop: Shop, lines: Any) -> None:
    shop.core.device_limits._burst = 3
    line = lines(shop.clerk)
    await whole(line)
    numbers = [line.send(text(shop.anna.conversation_id)) for _ in range(5)]
    answers = [await line.answer(n) for n in numbers]
    codes = [getattr(answer, "code", None) for answer in answers]
    assert codes == [None, None, None, Code.RATE, Code.RATE]
    assert answers[-1].final is False
    assert len(shop.rows("select * from message")) == 3


async def test_frames_that_are_none_are_refused_and_then_hung_up_on(shop: Shop, lines: Any) -> None:
    line = lines(shop.clerk)
    await whole(line)
    for data in (b"{", b"[]", b'{"t":"nothing"}', b'{"t":"command","n":-1,"name":"x"}', b"\xff"):
        line.transport.put(data)
    assert await closed(line.transport) == 4000
    refused = [f for f in line.transport.frames if isinstance(f, frames.RefusedFrame)]
    assert [f.close for f in refused] == [False] * 4 + [True]
    other = lines(shop.clerk)
    assert (await other.hello()).reader_id == shop.clerk.id


async def test_a_frame_too_large_is_hung_up_on(shop: Shop, lines: Any) -> None:
    line = lines(shop.clerk)
    await line.hello()
    line.transport.put(b'{"t":"ping","x":"' + b"x" * 65_536 + b'"}')
    refused = await line.transport.next(frames.RefusedFrame)
    assert (refused.code, refused.close) == (Code.FRAME_TOO_LARGE, True)
    assert await closed(line.transport) == 4000


async def test_staff_have_no_receipts_of_members(shop: Shop, lines: Any) -> None:
    line = lines(shop.clerk)
    await line.hello()
    line.transport.put(frames.SeenFrame(conversation_id=shop.anna.conversation_id, read=1))
    assert (await line.transport.next(frames.RefusedFrame)).code == Code.COMMAND_DENIED


async def test_a_ping_is_answered(shop: Shop, lines: Any) -> None:
    line = lines(shop.anna)
    await line.hello()
    line.transport.put(frames.PingFrame(id=7))
    assert (await line.transport.next(frames.PongFrame)).id == 7


# --- what others do ---------------------------------------------------------------------------


async def test_typing_reaches_those_who_may_see_the_chat(shop: Shop, lines: Any) -> None:
    anna, bea, clerk = (lines(actor) for actor in (shop.anna, shop.bea, shop.clerk))
    for line in (anna, bea, clerk):
        await whole(line)
    thread = shop.anna.conversation_id
    bea.transport.put(frames.SignalFrame(kind="typing", conversation_id=thread))
    clerk.transport.put(frames.SignalFrame(kind="viewing", conversation_id=thread))
    anna.transport.put(frames.SignalFrame(kind="typing", conversation_id=thread, name="x"))
    signal = await clerk.transport.next(frames.SignalFrame)
    assert (signal.sender_kind, signal.sender_id, signal.name) == ("member", shop.anna.id, "林晓雯")
    clerk.transport.put(frames.SignalFrame(kind="typing", conversation_id=thread))
    signal = await anna.transport.next(frames.SignalFrame)
    assert (signal.kind, signal.sender_kind) == ("typing", "staff")
    for line in (anna, bea, clerk):
        assert not [f for f in line.transport.frames if isinstance(f, frames.SignalFrame)]


async def test_a_blocked_members_typing_reaches_nobody(shop: Shop, lines: Any) -> None:
    anna, clerk = lines(shop.anna), lines(shop.clerk)
    for line in (anna, clerk):
        await whole(line)
    shop.block(shop.anna)
    anna.transport.put(frames.SignalFrame(kind="typing", conversation_id=shop.anna.conversation_id))
    assert (await anna.transport.next(frames.RefusedFrame)).code == Code.MEMBER_BLOCKED
    assert not [f for f in clerk.transport.frames if isinstance(f, frames.SignalFrame)]


async def test_a_revoked_device_is_hung_up_on_and_stays_out(shop: Shop, lines: Any) -> None:
    line = lines(shop.clerk)
    await whole(line)
    await shop.core.call(shop.owner, commands.RevokeDevice(device_id=shop.clerk.device_id))
    assert await closed(line.transport) == 4001
    again = lines(shop.clerk)
    again.transport.put(frames.HelloFrame())
    assert await closed(again.transport) == 4001


async def test_a_guest_who_is_taken_in_is_told_her_new_scopes(shop: Shop, lines: Any) -> None:
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=shop.anna.id))
    await shop.core.call(shop.clerk, text(shop.anna.conversation_id, "旧话"))
    phone = shop.rows("select phone from member where id = ?", shop.anna.id)[0]["phone"]
    guest = await shop.guest(phone)
    line = lines(guest)
    await whole(line)
    await shop.core.call(shop.clerk, commands.ConfirmMember(member_id=guest.id))
    await line.transport.next(frames.GrantedFrame, lambda f: f.scope.startswith("self/"))
    forgotten = {f.scope for f in line.transport.frames if isinstance(f, frames.ForgetFrame)}
    assert forgotten == {f"self/{guest.id}", f"chat/{guest.conversation_id}"}
    rows = await line.page(f"chat/{shop.anna.conversation_id}")
    assert [row["body"] for row in rows["message"]] == ["旧话"]


async def test_settings_reach_members_only_while_public(shop: Shop, lines: Any) -> None:
    line = lines(shop.anna)
    await whole(line)
    own = f"self/{shop.anna.id}"
    for public in (True, False):
        await shop.core.call(shop.owner, commands.SetSetting(key="k", value=1, public=public))
        changes = await line.transport.next(frames.ChangesFrame, lambda f: own in f.scopes)
        part = changes.scopes[own]
        assert bool(part.rows.get("setting")) is public
        assert bool(part.gone.get("setting")) is not public


# --- slow readers -----------------------------------------------------------------------------


async def notices(core: RelayCore, member_id: int, tag: str, count: int = 40) -> None:
    await core.call(RELAY, SendNotices(notices=[
        Notice(member_id=member_id, client_id=f"{tag}-{n}", body="新" * 300) for n in range(count)
    ]))  # fmt: skip


async def test_one_that_takes_nothing_is_hung_up_on_and_costs_little(
    shop: Shop, lines: Any
) -> None:
    shop.core.limits = replace(GENEROUS, buffer_bytes=20_000, stall_s=0.2)
    slow, quick = lines(shop.anna), lines(shop.clerk)
    await whole(slow)
    await whole(quick)
    slow.transport.paused = True
    for n in range(6):
        await notices(shop.core, shop.anna.id, f"n{n}")
        await quick.transport.next(frames.ChangesFrame, lambda f: "chats/1" in f.scopes)
        assert slow.transport.buffered_bytes < 120_000
    assert await closed(slow.transport) == 4002
    assert shop.core.counters.stalled == 1


async def test_one_that_was_slow_misses_nothing(shop: Shop, lines: Any) -> None:
    shop.core.limits = replace(GENEROUS, buffer_bytes=10_000)
    line = lines(shop.anna)
    await whole(line)
    line.transport.paused = True
    for n in range(6):
        await notices(shop.core, shop.anna.id, f"n{n}")
    line.transport.resume()
    scope = f"chat/{shop.anna.conversation_id}"

    def seqs() -> set[int]:
        found = [f for f in line.transport.frames if isinstance(f, frames.ChangesFrame)]
        parts = [f.scopes[scope] for f in found if scope in f.scopes]
        return {row["seq"] for part in parts for row in part.rows.get("message", [])}

    await line.transport.until(lambda: seqs() == set(range(1, 241)))


async def test_a_failed_hand_out_is_made_good_from_the_database(
    shop: Shop, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = lines(shop.clerk)
    await whole(line)

    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("console.relay.hub.feed.collect", broken)
        await shop.core.call(shop.anna, text(shop.anna.conversation_id, "还在吗"))
        await line.transport.next(frames.ChangesFrame, lambda f: "chats/1" in f.scopes)
    assert shop.core.counters.failures == 1
    shop.core.counters.failures = 0


async def test_thousands_of_broken_frames_leave_the_relay_serving(shop: Shop, lines: Any) -> None:
    shop.core.limits = replace(GENEROUS, malformed_frames=10**9)
    line = lines(shop.clerk)
    await whole(line)
    head = shop.core.head
    whole_frame = encode(frames.SeenFrame(conversation_id=1, read=1))
    for n in range(2_000):
        line.transport.put(whole_frame[: n % len(whole_frame)] + bytes([n % 256]))
    line.transport.put(frames.PingFrame(id=1))
    await line.transport.next(frames.PongFrame)
    assert shop.core.head == head
    assert (await line.do(text(shop.anna.conversation_id))).rev > head


def test_the_limits_are_those_of_the_protocol() -> None:
    limits = Limits()
    assert (limits.commands_per_s, limits.command_burst, limits.signals_per_s) == (20, 40, 5)
    assert limits.stall_s == 30
