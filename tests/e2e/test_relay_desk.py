"""What the desk does through the real relay: sending later, snoozing, the first quick replies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.test_relay_media import bytes_of, connected
from tests.helpers.pictures import corners, encoded
from tests.helpers.reader import Reader, Refused, new_id

PATIENCE_S = 3.0
"""How far behind its second a busy test machine may be."""


def in_a_moment(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def sign(owner: Reader, conversation_id: int) -> dict[str, object]:
    return owner.rows["conversation"][conversation_id]


async def test_a_photo_to_be_sent_later_is_seen_when_it_is_sent_and_no_second_before(shop, phone):
    member = await phone()
    conversation_id = await connected(member)
    owner: Reader = await shop.owner.connect()
    await owner.sync()
    upload = await owner.upload(encoded(corners(400, 300), "JPEG"))
    client_id, due_at = new_id(), in_a_moment(2)
    made = await owner.command(
        "message.schedule", conversation_id=conversation_id, client_id=client_id, body="新款到店",
        uploads=[upload], captions=["门口那排"], due_at=due_at,
    )  # fmt: skip
    await owner.until(lambda: made["id"] in owner.rows.get("scheduled", {}))
    medium = owner.rows["scheduled"][made["id"]]["media"][0]
    assert await bytes_of(owner, medium["id"])
    with pytest.raises(Refused) as refused:
        await bytes_of(member, medium["id"])
    assert refused.value.status == 404
    await member.until(lambda: any(row["client_id"] == client_id
                                   for row in member.table("message")))  # fmt: skip
    [message] = [row for row in member.table("message") if row["client_id"] == client_id]
    late = datetime.fromisoformat(message["sent_at"]) - datetime.fromisoformat(due_at)
    assert timedelta(milliseconds=-1) <= late < timedelta(seconds=PATIENCE_S)
    assert message["media"][0]["caption"] == "门口那排"
    assert await bytes_of(member, medium["id"])
    assert "scheduled" not in member.rows
    await owner.until(lambda: owner.rows["scheduled"][made["id"]].get("state") == "sent")


async def test_a_snoozed_conversation_comes_back_by_itself(shop, phone):
    member = await phone("周小姐", "13800136022")
    conversation_id = await connected(member)
    owner: Reader = await shop.owner.connect()
    await owner.sync()
    await owner.command(
        "conversation.snooze", conversation_id=conversation_id, until=in_a_moment(1.5)
    )
    await owner.until(lambda: "snoozed_until" in sign(owner, conversation_id))
    await owner.until(lambda: "woken_at" in sign(owner, conversation_id))
    assert "snoozed_until" not in sign(owner, conversation_id)
    assert not {"woken_at", "snoozed_by"} & set(member.table("conversation")[0])


async def test_a_new_shop_has_quick_replies_and_keeps_them(shop, phone):
    member = await phone("吴小姐", "13800136023")
    await connected(member)
    for _ in range(2):
        owner: Reader = await shop.owner.connect()
        await owner.sync()
        assert len(owner.table("quick_reply")) == 16
        assert "quick_reply" not in member.rows
        await owner.disconnect()
        shop.relay.restart()
        owner.base = shop.base
