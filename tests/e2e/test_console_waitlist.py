"""Waiting for what is sold out at a real relay: noted at one counter, back at another."""

from __future__ import annotations

import asyncio

from bench.world import open_at_noon
from console.desk.identity import new_client_id
from console.desk.open import Desk
from console.store import replica_queries
from console.wire.commands import SaveProduct, VariantEdit
from tests.e2e.conftest import relay_process  # noqa: F401 - a fixture
from tests.e2e.test_console_holds import member_of
from tests.e2e.test_console_quick_replies import Two, two  # noqa: F401 - fixtures
from tests.e2e.test_console_sync import join, owner, relay, until  # noqa: F401 - fixtures


async def waits(desk: Desk, member_id: int) -> list[tuple[str, int]]:
    """What her panel says she waits for: its state and her place."""
    panel = await desk.inbox.panel(member_id)
    return [] if panel is None else [(each.state, each.place) for each in panel.waits]


async def test_what_comes_back_is_offered_in_order_and_both_counters_see_it(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    counter, office = two.counter, two.office
    folder = two.process.folder
    edit = VariantEdit(colour="红", size="M", stock=0)
    made = await counter.products.send(SaveProduct(sku="W1", display_name="风衣", variants=[edit]))
    (variant,) = made.variants
    # So that it is never night where the shop stands.
    await asyncio.to_thread(open_at_noon, folder / "relay.sqlite3")
    for name, number in (("等一", "13812346041"), ("等二", "13812346042")):
        await join(two.process.info, number, name)
    one, other = await member_of(counter, "等一"), await member_of(counter, "等二")
    place = new_client_id()
    await counter.waitlist.join(place, one, variant)

    async def first_is_known() -> bool:
        return await waits(office, one) == [("waiting", 1)]

    # At once, from the outbox; then with her place from the relay.
    assert [state for state, _ in await waits(counter, one)] == ["waiting"]
    await until(first_is_known)
    await office.waitlist.join(new_client_id(), other, variant)

    async def second_is_known() -> bool:
        return await waits(counter, other) == [("waiting", 2)]

    await until(second_is_known)
    await counter.products.move(variant, 1, "arrived")

    async def offered() -> bool:
        detail = await office.products.detail(variant)
        assert detail is not None
        kept = [each.member_id for each in detail.waits if each.until is not None]
        return kept == [one] and await waits(office, other) == [("waiting", 1)]

    await until(offered)
    await office.waitlist.leave(place)

    async def passed_on() -> bool:
        rows = await counter.station.read(replica_queries.table_rows, "waitlist")
        return [row.state for row in rows] == ["declined", "offered"]

    await until(passed_on)
    held = await counter.station.read(replica_queries.table_rows, "hold")
    assert [(row.member_id, row.state) for row in held] == [
        (one, "released"), (other, "confirmed"),
    ]  # fmt: skip
    told = await counter.station.read(replica_queries.table_rows, "message")
    assert [row.body.count("到货了") for row in told if row.client_id.startswith("back-")] == [1, 1]
