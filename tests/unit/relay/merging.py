"""Two members who are one person: what tests of merging them and taking it back share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from console.relay.actor import Actor
from console.wire import commands
from tests.helpers.relay_kit import add_stock, text
from tests.unit.relay.shop import Shop


async def merge(shop: Shop, *take: str) -> dict[str, int]:
    """Bea goes into Anna."""
    made: dict[str, int] = await shop.core.call(
        shop.clerk,
        commands.MergeMembers(keep_id=shop.anna.id, gone_id=shop.bea.id, take=list(take)),
    )
    return made


async def unmerge(shop: Shop, merge_id: int = 1) -> None:
    await shop.core.call(shop.clerk, commands.UnmergeMembers(merge_id=merge_id))


async def say(shop: Shop, actor: Actor, *bodies: str, about: Actor | None = None) -> None:
    for body in bodies:
        shop.clock.advance(60)
        await shop.core.call(actor, text((about or actor).conversation_id, body))


def thread(shop: Shop, conversation_id: int) -> list[tuple[int, str, str]]:
    found = shop.rows(
        "select seq, kind, body from message where conversation_id = ? order by seq",
        conversation_id,
    )  # fmt: skip
    return [(row["seq"], row["kind"], row["body"]) for row in found]


def one(shop: Shop, table: str, row_id: int) -> dict[str, Any]:
    return shop.rows(f"select * from {table} where id = ?", row_id)[0]


async def whose(shop: Shop, phone: Actor) -> Actor:
    known = await shop.core.identity_of_device(phone.device_id)
    assert known is not None
    return known.actor


async def later(shop: Shop, about: Actor, client_id: str = "s") -> None:
    await shop.core.call(
        shop.clerk,
        commands.ScheduleMessage(
            conversation_id=about.conversation_id, client_id=client_id, body="到货了",
            due_at=shop.clock.now() + timedelta(hours=3),
        ),
    )  # fmt: skip


async def busy(shop: Shop) -> None:
    """Both with a bit of everything."""
    await add_stock(shop.core)
    for who in (shop.anna, shop.bea):
        await say(shop, who, "在吗", "想问一下")
        await say(shop, shop.clerk, "在的", about=who)
        await shop.core.call(shop.clerk, commands.TagMember(
            member_id=who.id, add=["长裙", f"只有{who.id}"]))  # fmt: skip
        await shop.core.call(shop.clerk, commands.RecordVisit(member_id=who.id))
        await shop.core.call(
            shop.clerk,
            commands.RecordEnquiry(member_id=who.id, product_id=1, source="clerk"),
        )
        await shop.core.call(who, commands.AskHold(client_id=f"h{who.id}", variant_id=1))
        await shop.core.call(shop.clerk, commands.AddNote(
            conversation_id=who.conversation_id, client_id=f"n{who.id}", body="记一笔",
        ))  # fmt: skip
        await shop.core.call(
            shop.clerk, commands.SaveDraft(conversation_id=who.conversation_id, body="草稿")
        )
        await shop.core.call(
            shop.clerk,
            commands.UpdateMember(
                member_id=who.id, was={"remark": "", "sizes": {}},
                remark=f"备注{who.id}", sizes={"上装": "ML"[who is shop.anna]},
            ),
        )  # fmt: skip
        await later(shop, who, f"s{who.id}")
    await say(shop, shop.bea, "那条裙子呢")
