"""A question of goods at a real relay: two counters see it, one answers, both are done with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from console.desk.enquiry_types import AskedAbout
from console.desk.open import Desk
from console.store import replica_queries
from console.wire.commands import SaveProduct, VariantEdit
from tests.e2e.conftest import relay_process  # noqa: F401 - a fixture
from tests.e2e.test_console_quick_replies import Two, two  # noqa: F401 - fixtures
from tests.e2e.test_console_sync import owner, relay, until  # noqa: F401 - fixtures
from tests.helpers.reader import Reader, new_id


async def asked(desk: Desk, chat: int) -> AskedAbout:
    """What a console suggests as soon as it knows the question."""

    async def here() -> bool:
        return await desk.enquiries.asked_about(chat) is not None

    await until(here)
    found = await desk.enquiries.asked_about(chat)
    assert found is not None
    return found


async def test_one_counter_answers_with_a_unit_kept_and_the_other_asks_no_more(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    process, counter, office = two.process, two.counter, two.office
    red = VariantEdit(colour="红色", size="L", stock=1)
    await counter.products.create(
        SaveProduct(sku="H1", fresh=True, display_name="风衣", category="风衣", price=69900,
                    variants=[red])
    )  # fmt: skip
    async with Reader(process.base) as phone:
        chat = int((await phone.join("林小雨", "13912346000"))["conversation_id"])
        await phone.connect()
        await phone.sync()
        sent = await phone.command("message.send", conversation_id=chat, client_id=new_id(),
                                   body="红色风衣还有L码吗")  # fmt: skip
        found, beside = await asked(counter, chat), await asked(office, chat)
        assert found == beside
        item = found.lines[0].only
        assert item is not None
        assert (item.size, item.units) == ("L", 1)
        reply = await counter.enquiries.answer(found, item)
        assert reply.until is not None
        assert reply.until - datetime.now(UTC) <= timedelta(hours=48)
        await phone.until(lambda: any(row["body"] == reply.words for row in phone.table("message")))

    async def office_is_done() -> bool:
        rows = await office.station.read(replica_queries.table_rows, "enquiry")
        told = [(row.message_id, row.source) for row in rows]
        held = await office.station.read(replica_queries.table_rows, "variant")
        nothing = await office.enquiries.asked_about(chat) is None
        expected = [(sent["id"], "message")]
        return nothing and told == expected and [row.held for row in held] == [1]

    await until(office_is_done)
    await counter.enquiries.take_back(reply)

    async def is_open_again() -> bool:
        again = await office.enquiries.asked_about(chat)
        only = again.lines[0].only if again is not None else None
        return only is not None and only.units == 1

    await until(is_open_again)
