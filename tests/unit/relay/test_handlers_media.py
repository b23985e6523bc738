"""Uploads that become media, whoever their sender is by then, and those that nothing carries."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import msgspec

from console.relay import lookups
from console.relay.actor import RELAY, Actor
from console.wire import commands
from console.wire.errors import Code
from tests.helpers.relay_kit import new_member
from tests.unit.relay.shop import Shop


def ready(owner: Actor, client_id: str = "photo-1") -> commands.FinishUpload:
    return commands.FinishUpload(
        client_id=client_id, owner_kind=owner.kind, owner_id=owner.id, sha256="a" * 64,
        mime="image/jpeg", width=4, height=3, size=12,
    )  # fmt: skip


async def test_a_guests_photo_belongs_to_the_member_she_was_merged_into(shop: Shop) -> None:
    known = await new_member(shop.core, phone="13912340000")
    await shop.core.call(shop.owner, commands.ConfirmMember(member_id=known.id))
    guest = await new_member(shop.core, phone="13912340000")
    await shop.core.call(shop.owner, commands.ConfirmMember(member_id=guest.id))
    made = await shop.core.call(RELAY, ready(guest))
    assert await shop.core.call(RELAY, ready(guest)) == made
    assert shop.rows("select owner_id from media") == [{"owner_id": known.id}]


async def test_an_erased_members_photo_is_not_taken_in(shop: Shop) -> None:
    member = await new_member(shop.core)
    await shop.core.call(member, commands.EraseMember())
    assert await shop.refused(RELAY, ready(member)) is Code.MEDIA_GONE
    assert shop.rows("select id from media") == []


async def test_what_a_quick_reply_or_a_waiting_message_carries_is_not_collected(shop: Shop) -> None:
    later = shop.clock.now() + timedelta(days=9)
    ids = [(await shop.core.call(RELAY, ready(shop.owner, name)))["media_id"] for name in "ab"]
    with closing(sqlite3.connect(shop.path)) as database, database:
        database.execute("UPDATE media SET internal = 1 WHERE id = ?", (ids[0],))
    stale = await shop.core.read(lambda connection: lookups.never_attached(connection, later))
    assert stale == [ids[1]]
    await shop.core.call(RELAY, commands.DiscardMedia(media_ids=ids))
    assert shop.rows("select id from media where erased_at is null") == [{"id": ids[0]}]


async def test_length_and_loudness_are_kept(shop: Shop) -> None:
    finish = msgspec.structs.replace(ready(shop.owner), duration_ms=4_200, waveform="0af")
    await shop.core.call(RELAY, finish)
    assert shop.rows("select duration_ms, waveform from media") == [
        {"duration_ms": 4_200, "waveform": "0af"}
    ]
