"""Holds at a real relay: two counters keep the last unit, and one is told that it is gone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.desk.identity import new_client_id
from console.desk.open import Desk
from console.store import replica_queries
from console.wire.commands import AskHold
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
