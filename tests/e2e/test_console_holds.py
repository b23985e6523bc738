"""Holds at a real relay: two counters keep the last unit, and one is told that it is gone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.desk.hold_list import fits
from console.desk.identity import new_client_id
from console.desk.open import Desk
from console.desk.types import TradeLine
from console.store import replica_queries
from console.wire.commands import AskHold, SaveProduct, VariantEdit
from console.wire.errors import Code, Refusal
from tests.e2e.conftest import relay_process  # noqa: F401 - a fixture
from tests.e2e.test_console_quick_replies import Two, two  # noqa: F401 - fixtures
from tests.e2e.test_console_sync import join, owner, relay, until  # noqa: F401 - fixtures
from tests.web.media import add_product


async def member_of(desk: Desk, name: str) -> int:
    async def here() -> bool:
        return bool(await desk.segments.find(name))

    await until(here)
    return (await desk.segments.find(name))[0].member_id


async def asked(desk: Desk, member_id: int) -> str:
    """A hold of the last unit that she asked for; its ``client_id``."""
    hold = new_client_id()
    command = AskHold(client_id=hold, member_id=member_id, variant_id=1)
    await desk.inbox.outgoing.call(command, lane=f"hold/{hold}", scope="trade", key=hold)
    return hold


async def states(desk: Desk) -> dict[str, str]:
    """How holds stand on one computer."""
    rows = await desk.station.read(replica_queries.table_rows, "hold")
    return {row.client_id: row.state for row in rows}


async def kept(desk: Desk, hold: str) -> datetime | Code | None:
    try:
        return await desk.holds.keep(hold)
    except Refusal as refusal:
        return Code(refusal.code)


async def test_two_counters_keep_the_last_unit_once_and_both_see_it(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    folder: Path = two.process.folder
    await asyncio.to_thread(add_product, folder, "H1", "风衣", "Coat", price=69900, sizes={"L": 1})
    info, counter, office = two.process.info, two.counter, two.office
    for name, number in (("留一", "13812346031"), ("留二", "13812346032")):
        await join(info, number, name)
    one, other = await member_of(counter, "留一"), await member_of(counter, "留二")
    holds = [await asked(counter, one), await asked(counter, other)]
    answers = await asyncio.gather(kept(counter, holds[0]), kept(office, holds[1]))
    assert sorted(type(each).__name__ for each in answers) == ["Code", "datetime"]
    (until_at,) = [each for each in answers if isinstance(each, datetime)]
    assert timedelta(hours=47) < until_at - datetime.now(UTC) <= timedelta(hours=48)
    assert Code.STOCK_NONE in answers
    won = answers.index(until_at)

    async def both_see() -> bool:
        expected = {holds[won]: "confirmed", holds[1 - won]: "asked"}
        return await states(counter) == await states(office) == expected

    await until(both_see)
    await counter.holds.let_go(holds[won])
    assert isinstance(await kept(office, holds[1 - won]), datetime)


async def line_of(desk: Desk, member_id: int, hold: str) -> TradeLine:
    """How the hold stands in her panel on one computer."""
    panel = await desk.inbox.panel(member_id)
    assert panel is not None
    return next(each for each in panel.holds if each.hold == hold)


async def test_both_counters_without_a_line_extend_and_hand_over_and_it_is_sold_once(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    coat = SaveProduct(sku="H2", display_name="风衣", variants=[VariantEdit(size="L", stock=2)])
    await two.counter.inbox.outgoing.call(coat, lane="product/H2", scope="products", key="H2")
    await join(two.process.info, "13812346033", "留三")
    member_id = await member_of(two.counter, "留三")
    holds = [await asked(two.counter, member_id) for _ in range(2)]
    for hold in holds:
        end = await two.counter.holds.keep(hold, 1)
        assert end is not None
        assert timedelta(minutes=59) < end - datetime.now(UTC) <= timedelta(hours=1)

    async def both_know() -> bool:
        return set((await states(two.office)).values()) == {"confirmed"}

    await until(both_know)
    listed = await two.office.holds.all_of_shop()
    assert [(each.member, each.line.hold, fits(each, "留三 l")) for each in listed] == [
        ("留三", hold, True) for hold in holds
    ]
    await two.goes_offline()
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    for hold in holds:
        await two.counter.holds.extend(hold, later)
    await two.office.holds.collect(holds[1])
    for desk in (two.counter, two.office):
        line = await line_of(desk, member_id, holds[1])
        assert line.unsent
        assert line.state == ("collected" if desk is two.office else "confirmed")
    assert (await line_of(two.counter, member_id, holds[0])).until == later
    await two.comes_back()

    async def settled() -> bool:
        expected = {holds[0]: "confirmed", holds[1]: "collected"}
        lines = [await line_of(desk, member_id, holds[0]) for desk in (two.counter, two.office)]
        return (
            await states(two.counter) == await states(two.office) == expected
            and all(each.until == later and not each.unsent for each in lines)
        )  # fmt: skip

    await until(settled)
    # Handed over at both: the second is told that it is sold already.
    told = await asyncio.gather(
        *(desk.holds.collect(holds[0]) for desk in (two.counter, two.office)),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in told) == ["NoneType", "Refusal"]
    rows = await two.counter.station.read(replica_queries.table_rows, "variant")
    assert [(row.stock, row.held) for row in rows if row.id == 1] == [(0, 0)]
