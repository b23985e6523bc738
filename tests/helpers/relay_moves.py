"""The moves a random shop day is made of, shared by the state machine and the broken relays."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

from console.wire import commands
from tests.helpers.relay_campaign_moves import CAMPAIGN_MOVES
from tests.helpers.relay_desk_moves import DESK_MOVES
from tests.helpers.relay_offer_moves import OFFER_MOVES
from tests.helpers.relay_world import World

Move = Callable[[World, int], Awaitable[None]]
EVERYBODY = ("owner", "clerk", "till", "anna", "bea", "guest")
STAFF = EVERYBODY[:3]
MEMBERS = EVERYBODY[3:]
SCOPES = ("chats/1", "members", "trade", "products", "campaigns")


def _of(names: tuple[str, ...], number: int) -> str:
    return names[number % len(names)]


async def connect(world: World, number: int) -> None:
    await world.connect(_of(EVERYBODY, number))


async def disconnect(world: World, number: int) -> None:
    await world.disconnect(_of(EVERYBODY, number))


async def deliver_some(world: World, number: int) -> None:
    await world.deliver(_of(EVERYBODY, number), 1 + number % 4, twice=number % 3 == 0)


async def pause(world: World, number: int) -> None:
    world.pause(_of(EVERYBODY, number))


async def member_writes(world: World, number: int) -> None:
    name = _of(MEMBERS, number)
    await world.say(name, name, "那件红色的风衣还有没有 L 码")


async def staff_writes(world: World, number: int) -> None:
    await world.say(_of(STAFF, number), _of(MEMBERS, number // 3), "有的 " * (1 + number % 40))


async def burst(world: World, number: int) -> None:
    about = _of(MEMBERS, number)
    await world.burst([*STAFF, about, about], about)


async def stranger_writes(world: World, number: int) -> None:
    """Into a conversation that is not hers: refused, nothing written."""
    name, other = _of(MEMBERS, number), _of(MEMBERS, number + 1)
    if world.conversation(name) == world.conversation(other):
        return
    before = world.query("select count(*) from message")[0][0]
    outcome = await world.say(name, other)
    assert outcome.refusal is not None
    assert world.query("select count(*) from message")[0][0] == before


async def photo(world: World, number: int) -> None:
    await world.photo(_of(MEMBERS, number))


async def recall(world: World, number: int) -> None:
    await world.recall(_of(EVERYBODY, number), number // 6)


async def seen(world: World, number: int) -> None:
    name = _of(MEMBERS, number)
    if world.conversation(name):
        await world.seen(name, number % 9, number % 7, ago_s=number * 10)


async def mark_read(world: World, number: int) -> None:
    thread = world.conversation(_of(MEMBERS, number))
    await world.do(_of(STAFF, number // 3), commands.MarkRead(
        conversation_id=thread, seq=number % 9))  # fmt: skip


async def draft(world: World, number: int) -> None:
    thread = world.conversation(_of(MEMBERS, number))
    body = "" if number % 4 == 0 else f"草稿 {number}"
    await world.do(_of(STAFF, number // 3), commands.SaveDraft(
        conversation_id=thread, body=body, base_rev=number % 50))  # fmt: skip


async def opt_out(world: World, number: int) -> None:
    await world.opt_out(_of(MEMBERS, number))


async def opt_in(world: World, number: int) -> None:
    await world.do(_of(MEMBERS, number), commands.SetConsent(purpose="marketing", granted=True))


async def notices(world: World, number: int) -> None:
    await world.notices()


async def hold(world: World, number: int) -> None:
    name, client_id = _of(MEMBERS, number), world.fresh("h")
    await world.do(name, commands.AskHold(
        client_id=client_id, variant_id=1, quantity=1 + number % 2))  # fmt: skip
    await world.do(_of(STAFF, number), commands.ConfirmHold(client_id=client_id))
    if number % 3 == 0:
        await world.do(name, commands.ReleaseHold(client_id=client_id))


async def fitting(world: World, number: int) -> None:
    """A room, and who wants it in one of two slots of tomorrow."""
    await world.do("owner", commands.SaveFittingRoom(client_id="room", display_name="1"))
    name, client_id = _of(MEMBERS, number), world.fresh("f")
    noon = world.clock.now().replace(hour=4, minute=0, second=0, microsecond=0)
    at = noon + timedelta(days=1, minutes=30 * (number % 2))
    await world.do(name, commands.BookFitting(client_id=client_id, starts_at=at))
    if number % 3 == 0:
        moved = at + timedelta(hours=1)
        await world.do(name, commands.MoveFitting(client_id=client_id, starts_at=moved))
    if number % 4 == 0:
        await world.do(_of(STAFF, number), commands.CancelFitting(client_id=client_id))


async def lose_grant(world: World, number: int) -> None:
    await world.grant(_of(SCOPES, number), granted=False)


async def gain_grant(world: World, number: int) -> None:
    await world.grant(_of(SCOPES, number), granted=True)


async def setting(world: World, number: int) -> None:
    await world.do("owner", commands.SetSetting(
        key="promise", value=number, public=number % 2 == 0))  # fmt: skip


async def merge(world: World, number: int) -> None:
    await world.do("owner", commands.ConfirmMember(member_id=world.member_id("guest")))


async def erase(world: World, number: int) -> None:
    if number % 5 == 0:
        await world.erase("bea")


async def retry(world: World, number: int) -> None:
    await world.retry(number)


async def reuse(world: World, number: int) -> None:
    await world.reuse(number)


async def confirm_settled(world: World, number: int) -> None:
    name = _of(EVERYBODY, number)
    await world.do(name, commands.SetWeeklyCap(cap=2), confirmed=world.phones[name].n // 2)


async def restart(world: World, number: int) -> None:
    await world.restart(crash=number % 2 == 0)


async def prune(world: World, number: int) -> None:
    await world.prune()


async def new_epoch(world: World, number: int) -> None:
    if number % 4 == 0:
        await world.new_epoch()


async def jump(world: World, number: int) -> None:
    """The clock jumps, either way."""
    world.clock.advance(((number % 21) - 10) * 3_600)


async def check(world: World, number: int) -> None:
    await world.check()


MOVES: dict[str, Move] = {
    move.__name__: move
    for move in (
        connect, disconnect, deliver_some, pause, member_writes, staff_writes, burst,
        stranger_writes, photo, recall, seen, mark_read, draft, opt_out, opt_in, notices, hold,
        fitting, lose_grant, gain_grant, setting, merge, erase, retry, reuse, confirm_settled,
        restart, prune, new_epoch, jump, check, *DESK_MOVES, *CAMPAIGN_MOVES, *OFFER_MOVES,
    )
}  # fmt: skip
_OFTEN = ("connect", "connect", "member_writes", "staff_writes", "deliver_some", "seen", "check",
          "retry", "reuse", "burst", "disconnect")  # fmt: skip


async def walk(world: World, seed: int, steps: int) -> None:
    """A random day, the same for the same seed."""
    chance = random.Random(seed)
    names = [*MOVES, *_OFTEN, *_OFTEN]
    for name in EVERYBODY:
        await connect(world, EVERYBODY.index(name))
    await world.check()
    for _ in range(steps):
        await MOVES[chance.choice(names)](world, chance.randrange(10_000))
        world.check_tables()
        world.check_buffers()
    await world.check()
