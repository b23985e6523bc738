"""Never two owners of one place, whatever is booked, moved, cancelled and taken back, and whoever
tries it: checked against a model that knows only who was told what."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from console.wire import commands
from console.wire.errors import Refusal
from console.wire.rows import FITTING_SLOT_SETTING
from tests.unit.relay.shop import Shop
from tests.unit.relay.test_handlers_fittings import TWO, rooms

LIVE = ("booked", "arrived", "bought")
WHO = st.sampled_from(["anna", "bea", "clerk"])
NAME = st.integers(0, 5)
PLACE = st.tuples(st.integers(0, 3), st.integers(0, 2))
STEPS = st.one_of(
    st.tuples(st.just("book"), WHO, NAME, PLACE),
    st.tuples(st.just("move"), WHO, NAME, PLACE),
    st.tuples(st.just("cancel"), WHO, NAME, PLACE),
    st.tuples(st.sampled_from(["booked", "arrived", "bought", "no_show"]), WHO, NAME, PLACE),
    st.tuples(st.just("later"), WHO, NAME, PLACE),
    st.tuples(st.just("slot"), WHO, NAME, PLACE),
)


@settings(max_examples=40)
@given(st.lists(STEPS, max_size=25))
def test_no_place_has_two_owners(steps: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_play(Path(folder) / "relay.sqlite3", steps))


async def _play(path: Path, steps: list[Any]) -> None:
    shop = Shop(path)
    await shop.open()
    try:
        await rooms(shop, 2)
        for name, who, number, place in steps:
            before = shop.rows("select * from fitting")
            try:
                await _step(shop, name, who, number, place)
            except Refusal:
                after = shop.rows("select * from fitting")
                assert after == before
            _check(shop)
    finally:
        await shop.core.close()


async def _step(shop: Shop, name: str, who: str, number: int, place: tuple[int, int]) -> None:
    at, room, client_id = TWO + timedelta(minutes=30 * place[0]), place[1], f"f{number}"
    actor = getattr(shop, who)
    command: commands.Command
    if name == "later":
        shop.clock.advance(1800)
        return
    if name == "slot":
        minutes = (15, 30, 60)[number % 3]
        command, actor = commands.SetSetting(key=FITTING_SLOT_SETTING, value=minutes), shop.owner
    elif name == "book":
        command = commands.BookFitting(client_id=client_id, starts_at=at, room_id=room,
                                       member_id=shop.bea.id)  # fmt: skip
    elif name == "move":
        command = commands.MoveFitting(client_id=client_id, starts_at=at, room_id=room)
    elif name == "cancel":
        command = commands.CancelFitting(client_id=client_id)
    else:
        command, actor = commands.SettleFitting(client_id=client_id, outcome=name), shop.clerk
    answer = await shop.core.call(actor, command)
    if name in {"book", "move"}:
        (row,) = shop.rows("select * from fitting where client_id = ?", client_id)
        assert answer == {"id": row["id"], "room_id": row["room_id"]}


def _check(shop: Shop) -> None:
    live = [row for row in shop.rows("select * from fitting") if row["state"] in LIVE]
    for one, other in itertools.combinations(live, 2):
        apart = one["ends_at"] <= other["starts_at"] or other["ends_at"] <= one["starts_at"]
        assert apart or one["room_id"] != other["room_id"]
    for row in live:
        assert row["remind_at"] is None or row["remind_at"] < row["starts_at"]
