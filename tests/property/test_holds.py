"""Holds under any order of asking, keeping, extending, collecting, selling and time passing.

Stock is its ledger, what is kept is on the shelf, no unit has two owners, states move only as
``domain.holds`` allows, and nobody is told twice or in the night.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.campaigns import is_quiet
from console.domain.holds import State, after
from console.relay.actor import RELAY, Actor
from console.relay.internal import SettleHolds
from console.wire import commands
from console.wire.errors import Code, Refusal
from tests.unit.relay.shop import Shop

UNITS, ZONE = 5, "Asia/Shanghai"
QUANTITIES = (1, 2, 3, 2)
"""Of the first holds, all asked for before anything happens: more than there is."""
_MS = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WHICH = st.integers(0, 5)
MOVES = st.one_of(
    st.tuples(st.just("ask"), st.integers(1, 3), WHICH),
    st.tuples(st.just("confirm"), st.sampled_from([0.1, 0.25, 5, 8, 48, 720, 721]), WHICH),
    st.tuples(st.just("confirm"), st.just(8), WHICH),
    st.tuples(st.just("extend"), st.integers(-5, 800), WHICH),
    st.tuples(st.sampled_from(["collect", "release", "let_go"]), st.just(0), WHICH),
    st.tuples(st.just("race"), st.just(0), WHICH),
    st.tuples(st.just("sell"), st.integers(1, 2), WHICH),
    st.tuples(st.just("arrive"), st.integers(1, 3), WHICH),
    st.tuples(st.just("pass"), st.integers(1, 30), WHICH),
    st.tuples(st.just("jump"), st.integers(-40, 40), WHICH),
    st.tuples(st.just("settle"), st.just(0), WHICH),
)
HONEST = frozenset(
    {Code.STOCK_NONE, Code.HOLD_STATE, Code.HOLD_LENGTH, Code.NOT_FOUND, Code.CONFLICT}
)
Holds = dict[str, dict[str, Any]]


@settings(max_examples=40)
@given(st.lists(MOVES, min_size=5, max_size=40))
def test_holds_keep_their_rules_in_any_order(moves: list[tuple[str, float, int]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_play(Path(folder) / "relay.sqlite3", moves))


async def _play(path: Path, moves: list[tuple[str, float, int]]) -> None:
    shop = Shop(path)
    await shop.open()
    try:
        edit = commands.VariantEdit(size="L", stock=UNITS)
        await shop.core.call(
            shop.owner, commands.SaveProduct(sku="A1", display_name="风衣", variants=[edit])
        )
        for number, quantity in enumerate(QUANTITIES):
            await _step(shop, number, "ask", quantity, number)
        for number, move in enumerate(moves):
            before = _holds(shop)
            await _step(shop, number, *move)
            _check_moves(before, _holds(shop))
            _check_units(shop)
            _check_told(shop)
        await _check_the_end(shop)
    finally:
        await shop.core.close()


async def _step(shop: Shop, number: int, name: str, amount: float, which: int) -> None:
    command = _command(shop, name, amount, which)
    if command is not None:
        by = (shop.anna, shop.bea)[which % 2] if name in {"ask", "let_go"} else shop.clerk
        await _do(shop, by, command)
    elif name == "race":
        await _race(shop, f"h{which}")
    elif name == "settle":
        await _settle(shop)
    else:
        shop.clock.time += timedelta(hours=amount)
        if name == "pass":
            await shop.core.call(RELAY, SettleHolds(at_most=1 + number % 3))


def _command(shop: Shop, name: str, amount: float, which: int) -> commands.Command | None:
    hold, units = f"h{which}", int(amount)
    made: dict[str, Callable[[], commands.Command]] = {
        "ask": lambda: commands.AskHold(client_id=hold, variant_id=1, quantity=units),
        "confirm": lambda: commands.ConfirmHold(client_id=hold, hours=amount),
        "extend": lambda: commands.ExtendHold(
            client_id=hold, expires_at=shop.clock.now() + timedelta(hours=amount)
        ),
        "collect": lambda: commands.CollectHold(client_id=hold),
        "release": lambda: commands.ReleaseHold(client_id=hold),
        "let_go": lambda: commands.ReleaseHold(client_id=hold),
        "sell": lambda: commands.RecordPurchase(
            member_id=(shop.anna, shop.bea)[which % 2].id, variant_id=1, quantity=units, amount=1
        ),
        "arrive": lambda: commands.MoveStock(variant_id=1, delta=units, reason="arrived"),
    }
    return made[name]() if name in made else None


async def _race(shop: Shop, hold: str) -> None:
    """Two counters keep everything at once, and then both hand one of them over."""
    everything = [commands.ConfirmHold(client_id=each) for each in _holds(shop)]
    await asyncio.gather(
        *(_do(shop, by, each) for each in everything for by in (shop.clerk, shop.owner))
    )
    both = await asyncio.gather(
        *(_do(shop, by, commands.CollectHold(client_id=hold)) for by in (shop.clerk, shop.owner))
    )
    assert sum(both) <= 1, "collected twice"


async def _do(shop: Shop, actor: Actor, command: commands.Command) -> bool:
    """Whether it was done; a refusal is honest and is one of those there are."""
    free = _variant(shop)
    code = await _refusal(shop, actor, command)
    assert code is None or code in HONEST, code
    if code is None and isinstance(command, commands.ConfirmHold):
        after_it = _variant(shop)
        # Never above what is on the shelf; in a race the other counter may be ahead of this look.
        assert after_it["held"] <= after_it["stock"] or after_it["held"] == free["held"]
    return code is None


async def _refusal(shop: Shop, actor: Actor, command: commands.Command) -> Code | None:
    try:
        await shop.core.call(actor, command)
    except Refusal as refusal:
        return Code(refusal.code)
    return None


async def _settle(shop: Shop) -> None:
    while (await shop.core.call(RELAY, SettleHolds()))["done"]:
        pass


def _holds(shop: Shop) -> Holds:
    return {row["client_id"]: row for row in shop.rows("select * from hold")}


def _variant(shop: Shop) -> dict[str, int]:
    return shop.rows("select stock, held from variant")[0]


def _check_moves(before: Holds, now: Holds) -> None:
    """A step or several (a race) that are allowed one after the other."""
    names = ("confirm", "extend", "release", "lapse", "collect")
    for client_id, row in now.items():
        old = before.get(client_id, {"state": State.ASKED.value})["state"]
        reached = {old}
        for _ in names:
            reached |= {str(after(state, name)) for state in reached - {"None"} for name in names}
        assert row["state"] in reached, (old, row["state"])
        for fixed in ("member_id", "variant_id", "quantity"):
            assert row[fixed] == before.get(client_id, row)[fixed], "another's hold"
    assert set(before) <= set(now)


def _check_units(shop: Shop) -> None:
    variant = _variant(shop)
    ledger = shop.rows("select coalesce(sum(delta), 0) as units from stock_movement")
    assert variant["stock"] == ledger[0]["units"] >= 0
    kept = shop.rows(
        "select coalesce(sum(quantity), 0) as units from hold where state = 'confirmed'"
    )
    assert variant["held"] == kept[0]["units"]
    collected = shop.rows("select sum(quantity) as units from hold where state = 'collected'")
    sold = shop.rows("select coalesce(sum(quantity), 0) as units from purchase")
    gone = shop.rows("select coalesce(sum(short - delta), 0) as units from stock_movement"
                     " where reason = 'sold'")  # fmt: skip
    assert sold[0]["units"] == gone[0]["units"], "a sale without its line, or a line without"
    assert collected[0]["units"] is None or sold[0]["units"] > 0


def _check_told(shop: Shop) -> None:
    told = shop.rows("select client_id, sent_at from message where sender_kind = 'system'")
    assert len({row["client_id"] for row in told}) == len(told), "told twice"
    for row in told:
        assert not is_quiet(_EPOCH + row["sent_at"] * _MS, ZONE), "told in the night"


async def _check_the_end(shop: Shop) -> None:
    """Once all times are over nothing is kept, nothing is due, and nothing happens again."""
    shop.clock.time += timedelta(days=90)
    await _settle(shop)
    assert _variant(shop)["held"] == 0
    rows = _holds(shop).values()
    assert all(row["state"] != State.CONFIRMED for row in rows)
    assert all(row["notify_at"] is None for row in rows)
    head = shop.core.head
    await _settle(shop)
    assert shop.core.head == head
