"""Who waits for a variant is offered what is free: in order, once each, never more than is there.

A plain model, told only what was done, says who must have been offered what; the relay's rows
have to agree after each step.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain import waitlist
from console.domain.waitlist import State
from console.relay.actor import RELAY, Actor
from console.relay.internal import PassOn
from console.wire import commands
from console.wire.errors import Refusal
from tests.helpers.relay_kit import new_member
from tests.unit.relay.shop import Shop

MEMBERS = 4
DAY = timedelta(days=1)
SHOP_ZONE = ZoneInfo("Asia/Shanghai")
STEPS = st.one_of(
    st.tuples(st.just("join"), st.integers(0, MEMBERS - 1)),
    st.tuples(st.just("leave"), st.integers(0, MEMBERS - 1)),
    st.tuples(st.just("return"), st.integers(0, MEMBERS - 1)),
    st.tuples(st.just("arrive"), st.integers(1, 3)),
    st.tuples(st.just("count"), st.integers(0, 3)),
    st.tuples(st.just("sell"), st.integers(1, 2)),
    st.tuples(st.just("buy"), st.integers(0, MEMBERS - 1)),
    st.tuples(st.just("cancel"), st.integers(0, MEMBERS - 1)),
    st.tuples(st.just("walk_in"), st.just(0)),
    st.tuples(st.just("walk_out"), st.just(0)),
    st.tuples(st.just("hours"), st.integers(1, 30)),
)


@dataclass
class Model:
    """One variant: its shelf, who waits, who is offered one until when, and who only holds one."""

    stock: int = 0
    walk_ins: int = 0
    waiting: list[tuple[int, int]] = field(default_factory=list)
    """(number of the entry, member), in order."""
    offers: dict[int, datetime] = field(default_factory=dict)
    told: dict[int, int] = field(default_factory=dict)
    left: dict[int, int] = field(default_factory=dict)
    """The newest entry that a member left while she waited."""

    def settle(self, now: datetime) -> None:
        if not time(9, 0) <= now.astimezone(SHOP_ZONE).time() < time(21, 30):
            return
        while self.waiting and self.stock - self.walk_ins - len(self.offers) > 0:
            _, member = self.waiting.pop(0)
            self.offers[member] = now + DAY
            self.told[member] = self.told.get(member, 0) + 1

    def pass_time(self, now: datetime) -> None:
        over = [member for member, until in self.offers.items() if until <= now]
        for member in over:
            del self.offers[member]
        self.settle(now)


@given(st.lists(STEPS, max_size=30))
@settings(max_examples=40)
def test_the_relay_offers_as_the_model_does(steps: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_play(Path(folder) / "relay.sqlite3", steps))


async def _play(path: Path, steps: list[tuple[str, int]]) -> None:
    shop = Shop(path)
    await shop.open()
    try:
        edit = commands.VariantEdit(colour="红", size="M", stock=0)
        made = await shop.core.call(shop.owner, commands.SaveProduct(
            sku="A1", display_name="风衣", variants=[edit]))  # fmt: skip
        people = [
            await new_member(shop.core, phone=f"1390000000{number}", name=f"M{number}")
            for number in range(MEMBERS)
        ]
        game = _Game(shop, made["variants"][0], people)
        for number, (name, amount) in enumerate(steps):
            await game.step(name, amount, number)
            game.check()
    finally:
        await shop.core.close()


@dataclass
class _Game:
    shop: Shop
    variant_id: int
    people: list[Actor]
    model: Model = field(default_factory=Model)
    names: dict[int, str] = field(default_factory=dict)
    """The newest ``client_id`` of each member."""

    async def do(self, command: commands.Command, actor: Actor | None = None) -> Any:
        return await self.shop.core.call(actor or self.shop.clerk, command)

    async def step(self, name: str, amount: int, number: int) -> None:
        await getattr(self, f"_{name}")(amount, number)

    async def _join(self, who: int, number: int) -> None:
        await self.do(commands.JoinWaitlist(
            client_id=f"w{number}", member_id=self.people[who].id, variant_id=self.variant_id,
        ))  # fmt: skip
        waits = {member for _, member in self.model.waiting}
        if who not in waits and who not in self.model.offers:
            self.names[who] = f"w{number}"
            self.model.left.pop(who, None)
            self.model.waiting.append((number, who))
            self._settle()

    async def _leave(self, who: int, _: int) -> None:
        if who not in self.names:
            return
        await self.do(commands.LeaveWaitlist(client_id=self.names[who]))
        entry = next((each for each in self.model.waiting if each[1] == who), None)
        if entry is not None:
            self.model.waiting.remove(entry)
            self.model.left[who] = entry[0]
        self.model.offers.pop(who, None)
        self._settle()

    async def _return(self, who: int, _: int) -> None:
        """What was left is taken again, where it was."""
        if who not in self.model.left:
            return
        await self.do(commands.JoinWaitlist(
            client_id=self.names[who], member_id=self.people[who].id, variant_id=self.variant_id,
        ))  # fmt: skip
        self.model.waiting = sorted([*self.model.waiting, (self.model.left.pop(who), who)])
        self._settle()

    async def _arrive(self, units: int, _: int) -> None:
        await self.do(commands.MoveStock(
            variant_id=self.variant_id, delta=units, reason="arrived"))  # fmt: skip
        self.model.stock += units
        self._settle()

    async def _count(self, units: int, _: int) -> None:
        await self.do(commands.CountStock(variant_id=self.variant_id, units=units))
        rose = units > self.model.stock
        self.model.stock = units
        if rose:
            self._settle()

    async def _sell(self, units: int, _: int) -> None:
        """To somebody who waits for nothing."""
        await self._purchase(self.shop.anna, units)

    async def _buy(self, who: int, _: int) -> None:
        await self._purchase(self.people[who], 1)
        self.model.waiting = [each for each in self.model.waiting if each[1] != who]
        if self.model.offers.pop(who, None) is not None:
            self._settle()

    async def _purchase(self, member: Actor, units: int) -> None:
        await self.do(commands.RecordPurchase(
            member_id=member.id, variant_id=self.variant_id, quantity=units, amount=1))  # fmt: skip
        self.model.stock = max(0, self.model.stock - units)

    async def _cancel(self, who: int, _: int) -> None:
        """She lets go, on her phone, of what was kept for her."""
        for row in self.shop.rows(
            "select client_id from hold where member_id = ? and state = 'confirmed'",
            self.people[who].id,
        ):
            await self.do(commands.ReleaseHold(client_id=row["client_id"]), self.people[who])
            del self.model.offers[who]
            self._settle()

    async def _walk_in(self, _: int, number: int) -> None:
        hold = f"h{number}"
        await self.do(commands.AskHold(
            client_id=hold, member_id=self.shop.bea.id, variant_id=self.variant_id))  # fmt: skip
        free = self.model.stock - self.model.walk_ins - len(self.model.offers)
        try:
            await self.do(commands.ConfirmHold(client_id=hold, hours=24 * 14))
        except Refusal:
            assert free <= 0
        else:
            assert free > 0
            self.model.walk_ins += 1

    async def _walk_out(self, _: int, __: int) -> None:
        for row in self.shop.rows(
            "select client_id from hold where member_id = ? and state = 'confirmed' limit 1",
            self.shop.bea.id,
        ):
            await self.do(commands.ReleaseHold(client_id=row["client_id"]))
            self.model.walk_ins -= 1
            self._settle()

    async def _hours(self, hours: int, _: int) -> None:
        """Hour by hour, as the scheduler looks."""
        for _each in range(hours):
            self.shop.clock.advance(3600)
            done = await self.do(PassOn(), RELAY)
            assert (await self.do(PassOn(), RELAY))["done"] == 0, done
            self.model.pass_time(self.shop.clock.now())

    def _settle(self) -> None:
        self.model.settle(self.shop.clock.now())

    def check(self) -> None:
        shop, model = self.shop, self.model
        member_of = {actor.id: number for number, actor in enumerate(self.people)}
        live = shop.rows("select * from waitlist where state in ('waiting', 'offered') order by id")
        waiting = [member_of[row["member_id"]] for row in live if row["state"] == "waiting"]
        assert waiting == [member for _, member in model.waiting]
        offers = {
            member_of[row["member_id"]]: datetime.fromtimestamp(row["due_at"] / 1000, UTC)
            for row in live if row["state"] == "offered"
        }  # fmt: skip
        assert offers == model.offers
        self._check_units()
        told = shop.rows(
            "select c.member_id, count(*) as n from message m join conversation c"
            " on c.id = m.conversation_id where m.client_id like 'back-%' group by 1"
        )
        assert {member_of[row["member_id"]]: row["n"] for row in told} == model.told

    def _check_units(self) -> None:
        """Stock is its ledger, what is held is what holds say, and nobody has two."""
        (variant,) = self.shop.rows("select stock, held from variant")
        (ledger,) = self.shop.rows("select coalesce(sum(delta), 0) as n from stock_movement")
        assert variant["stock"] == ledger["n"] == self.model.stock
        holds = self.shop.rows("select * from hold where state = 'confirmed'")
        assert variant["held"] == sum(row["quantity"] for row in holds)
        assert variant["held"] == self.model.walk_ins + len(self.model.offers)
        offered = self.shop.rows("select hold_id from waitlist where state = 'offered'")
        assert {row["hold_id"] for row in offered} <= {row["id"] for row in holds}
        assert len({row["hold_id"] for row in offered}) == len(offered)


# --- the rule alone -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    id: int
    member_id: int
    state: str


ENTRIES = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from(sorted(State))), max_size=12
).map(lambda rows: [Entry(number, *row) for number, row in enumerate(rows)])  # fmt: skip


@given(ENTRIES, st.integers(0, 5), st.sets(st.integers(1, 5)), st.randoms(use_true_random=False))
def test_nobody_is_skipped_and_nobody_has_two(
    entries: list[Entry], free: int, absent: set[int], chance: Any
) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)
    offered, over = waitlist.next_up(shuffled, free, absent)
    assert len(offered) <= free
    assert [each.id for each in offered] == sorted(each.id for each in offered)
    had = {each.member_id for each in entries if each.state == State.OFFERED}
    got = [each.member_id for each in offered]
    assert len(set(got)) == len(got)
    assert not had & set(got)
    assert not absent & set(got)
    settled = {each.id for each in (*offered, *over)}
    for each in entries:
        passed_by = each.state == State.WAITING and each.id not in settled
        if passed_by and each.member_id not in absent:
            assert len(offered) == free
            assert all(other.id < each.id for other in offered)


@given(ENTRIES)
def test_her_place_counts_who_waits_before_her(entries: list[Entry]) -> None:
    for member_id in range(1, 6):
        found = waitlist.place(entries, member_id)
        waiting = [each.member_id for each in entries if each.state == State.WAITING]
        assert found == (waiting.index(member_id) + 1 if member_id in waiting else None)
