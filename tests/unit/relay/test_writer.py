"""The writer: one commit for what waits, one bad command takes nobody along, retries."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from console.relay import batch
from console.relay.actor import RELAY
from console.relay.decoding import decode_command
from console.relay.handlers import HANDLERS, base
from console.relay.limits import Bucket, DeviceLimits
from console.wire import commands
from console.wire.codec import encode
from console.wire.errors import Code, Refusal
from tests.helpers.relay_kit import text
from tests.unit.relay.shop import Shop


def body(command: commands.Command) -> bytes:
    return encode(command)


async def test_what_waits_shares_one_commit(shop: Shop) -> None:
    before = shop.core.head
    await asyncio.gather(
        *(shop.core.call(shop.clerk, text(shop.anna.conversation_id)) for _ in range(200))
    )
    assert shop.core.head - before < 20


async def test_refusals_alone_make_no_revision(shop: Shop) -> None:
    before = shop.core.head
    outcome = await shop.core.submit(shop.bea, 1, "message.send", body(text(999)))
    assert outcome.refusal is not None
    assert (outcome.rev, shop.core.head) == (before, before)
    assert shop.rows("select max(rev) as rev from commit_log") == [{"rev": before}]


async def test_one_broken_command_takes_nobody_along(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(tx: Any, request: base.Request[commands.RecordVisit]) -> dict[str, int]:
        made = HANDLED(tx, [request])
        if request.command.source == "explode":
            raise ZeroDivisionError
        return dict(made[0])

    HANDLED = HANDLERS[commands.RecordVisit]  # noqa: N806 - a constant of this test
    monkeypatch.setitem(HANDLERS, commands.RecordVisit, base.each(explode))
    outcomes = await asyncio.gather(*(
        shop.core.submit(shop.clerk, n, "visit.record", body(commands.RecordVisit(
            member_id=shop.anna.id, again=True, source="explode" if n == 3 else "counter")))
        for n in range(1, 6)
    ))  # fmt: skip
    codes = [outcome.refusal.code if outcome.refusal else None for outcome in outcomes]
    assert codes == [None, None, Code.COMMAND_FAILED, None, None]
    assert len(shop.rows("select * from visit")) == 4
    assert shop.rows("select n from command order by n") == [{"n": n} for n in (1, 2, 4, 5)]
    assert shop.core._writer.failures == 1
    shop.core._writer.failures = 0


async def test_a_refusal_after_a_write_leaves_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(tx: Any, request: base.Request[commands.RecordVisit]) -> None:
        handled(tx, [request])
        raise Refusal(Code.CONFLICT)

    handled = HANDLERS[commands.RecordVisit]
    monkeypatch.setitem(HANDLERS, commands.RecordVisit, base.each(late))
    visit = commands.RecordVisit(member_id=shop.anna.id)
    assert await shop.refused(shop.clerk, visit) is Code.CONFLICT
    assert shop.rows("select * from visit") == []


async def test_the_same_command_twice_in_one_batch_has_one_effect(shop: Shop) -> None:
    data = body(commands.RecordVisit(member_id=shop.anna.id))
    outcomes = await asyncio.gather(
        *(shop.core.submit(shop.clerk, 1, "visit.record", data) for _ in range(5))
    )
    assert len({encode(outcome.frame(1)) for outcome in outcomes}) == 1
    assert len(shop.rows("select * from visit")) == 1


async def test_a_number_is_bound_to_its_bytes_even_when_they_were_no_command(shop: Shop) -> None:
    first = await shop.core.submit(shop.clerk, 1, "visit.record", b"{")
    assert first.refusal is not None
    assert first.refusal.code is Code.COMMAND_INVALID
    data = body(commands.RecordVisit(member_id=shop.anna.id))
    second = await shop.core.submit(shop.clerk, 1, "visit.record", data)
    assert second.refusal is not None
    assert second.refusal.code is Code.COMMAND_REUSED


async def test_settled_numbers_are_forgotten_and_never_done_again(shop: Shop) -> None:
    data = body(commands.RecordVisit(member_id=shop.anna.id, again=True))
    for n in (1, 2, 3):
        await shop.core.submit(shop.clerk, n, "visit.record", data, n - 1)
    assert shop.rows("select n from command") == [{"n": 3}]
    again = await shop.core.submit(shop.clerk, 1, "visit.record", data)
    assert again.refusal is not None
    assert again.refusal.code is Code.COMMAND_PRUNED
    assert len(shop.rows("select * from visit")) == 3


async def test_too_many_waiting_commands_are_told_to_come_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.relay.writer.MAX_WAITING", 0)
    with pytest.raises(Refusal) as caught:
        await shop.core.call(shop.clerk, text(shop.anna.conversation_id))
    assert caught.value.code is Code.BUSY


async def test_a_full_disk_refuses_for_now_and_recovers(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(tx: Any) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("console.relay.writer.seal", full)
        data = body(text(shop.anna.conversation_id))
        outcome = await shop.core.submit(shop.clerk, 1, "message.send", data)
    assert outcome.refusal is not None
    assert not outcome.final
    assert (await shop.core.submit(shop.clerk, 1, "message.send", data)).refusal is None
    shop.core._writer.failures = 0


async def test_closing_finishes_what_waits(shop: Shop) -> None:
    waiting = [
        asyncio.ensure_future(shop.core.call(shop.clerk, text(shop.anna.conversation_id)))
        for _ in range(20)
    ]
    await asyncio.sleep(0)
    await shop.core.close()
    answers = await asyncio.gather(*waiting)
    assert len(answers) == len(shop.rows("select * from message")) == 20
    await shop.open_anew()


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b'{"conversation_id":1}',
     b'{"conversation_id":"1","client_id":"a"}',
     b'{"conversation_id":99999999999999999999,"client_id":"a","body":"x"}',
     b'{"conversation_id":1,"client_id":"","body":"x"}',
     b'{"conversation_id":1,"client_id":"' + b"a" * 65 + b'","body":"x"}',
     b'{"conversation_id":1,"client_id":"a","body":"\\u0000"}',
     b'{"conversation_id":1,"client_id":"a","body":"\\ud800"}',
     b'{"conversation_id":1,"client_id":"a","uploads":["\xe4\xb8\xad"]}',
     b'{"conversation_id":1,"client_id":"a","body":"\xff"}',
     b'{"x":' + b"[" * 30_000],
)  # fmt: skip
def test_bytes_that_are_no_command_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        decode_command("message.send", data)
    assert caught.value.code is Code.COMMAND_INVALID


_TERMS = b'"title":"t","quantity":1,"ends_at":"%s","valid_until":"%s"'


@pytest.mark.parametrize(
    ("part", "field"),
    [
        (b'"variants":[{"name":"a","body":"x\\u0000"}]', "variants"),
        (b'"variants":[{"name":"a","fields":{"name":"\\u0000"}}]', "variants"),
        (b'"variants":[{"name":"a","notes":[{"product_id":99999999999999999999}]}]', "variants"),
        (b'"question":{"text":"?","choices":["\\u0000"]}', "question"),
        (b'"offer":{%s}' % (_TERMS % (b"0001-01-01T00:00:00+14:00", b"2026-12-01T00:00:00Z")),
         "offer"),
        (b'"offer":{%s}' % (_TERMS % (b"2026-12-01T00:00:00Z", b"9999-12-31T23:59:59-12:00")),
         "offer"),
    ],
)  # fmt: skip
def test_what_a_command_is_made_of_is_held_to_the_same_bounds(part: bytes, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        decode_command("campaign.save", b'{"client_id":"c",' + part + b"}")
    assert (caught.value.code, caught.value.field) == (Code.COMMAND_INVALID, field)


@pytest.mark.parametrize("name", ["", "notice.send_many", "epoch.mint", "x" * 10_000, "\ud800"])
def test_names_that_are_none_on_the_wire_are_unknown(name: str) -> None:
    with pytest.raises(Refusal) as caught:
        decode_command(name, b"{}")
    assert caught.value.code is Code.COMMAND_UNKNOWN


def test_every_command_has_a_handler() -> None:
    assert set(commands.COMMANDS.values()) <= set(HANDLERS)


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = Bucket(rate=2, burst=3, now=0)
    assert [bucket.take(0) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take(1) for _ in range(3)] == [True, True, False]


def test_devices_are_limited_apart() -> None:
    limits = DeviceLimits(rate=1, burst=1)
    assert limits.take(1, 0)
    assert not limits.take(1, 0)
    assert limits.take(2, 0)


def test_permission_needs_kind_and_role() -> None:
    assert batch.permitted(RELAY, commands.CreateStaff(display_name="x"))
    assert not batch.permitted(RELAY, commands.SendMessage(conversation_id=1, client_id="a"))
