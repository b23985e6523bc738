"""Photos that show an article, tapped and asked for as a property test does, and what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.relay.actor import RELAY
from console.wire import commands
from console.wire.commands import AskHold, PhotoNote, TapPhoto, VariantDraft
from tests.helpers.relay_campaign_moves import MEMBERS, campaign_settle
from tests.helpers.relay_oracle import query

if TYPE_CHECKING:
    from tests.helpers.relay_world import World

ARTICLE, COLOUR = 1, "红"


async def show_article(world: World, number: int) -> None:
    """A campaign of two photos for everybody, of which one shows an article."""
    owner, key = world.phones["owner"].actor, world.fresh("shown")
    uploads = [world.fresh("u"), world.fresh("u")]
    for upload in uploads:
        await world.core.call(RELAY, commands.FinishUpload(
            client_id=upload, owner_kind="staff", owner_id=owner.id, sha256=upload,
            mime="image/webp", width=1, height=1, size=1))  # fmt: skip
    notes = [PhotoNote(price=number % 99_999, product_id=ARTICLE, colour=COLOUR)]
    variant = VariantDraft(name="a", media=uploads, notes=notes)
    for command in (commands.SaveCampaign(client_id=key, variants=[variant]),
                    commands.FreezeCampaign(client_id=key),
                    commands.SendCampaignNow(client_id=key)):  # fmt: skip
        await world.do("owner", command)
    await campaign_settle(world, 0)


async def tap(world: World, number: int) -> None:
    """Somebody taps some photo, perhaps one of another's chat."""
    row = _some_photo(world, number)
    if row is not None:
        command = TapPhoto(message_id=row["id"], media_id=row["media"])
        await world.do(MEMBERS[number % 3], command)


async def keep(world: World, number: int) -> None:
    """Somebody asks to keep what some photo shows; only what stands in her own chat is."""
    row, who = _some_photo(world, number), MEMBERS[number % 3]
    if row is None:
        return
    command = AskHold(client_id=world.fresh("kept"), message_id=row["id"],
                      media_id=row["media"], size="L")  # fmt: skip
    outcome = await world.do(who, command)
    if outcome.refusal is None:
        hers = world.phones[who].actor.conversation_id
        assert (row["conversation_id"], row["product_id"]) == (hers, ARTICLE)
        assert row["recalled_at"] is None


def _some_photo(world: World, number: int) -> Any:
    found = world.query(
        "select m.id, m.conversation_id, m.recalled_at, value ->> 'id' as media,"
        " value ->> 'product_id' as product_id from message m, json_each(m.media)"
        " where m.campaign_id is not null order by m.id desc"
    )
    return found[number // 3 % len(found)] if found else None


TAP_MOVES = (show_article, tap, keep)


def check_taps(world: World) -> None:
    """One row for each member, message and photo; each of a photo that shows the article."""
    for row in query(
        world.path,
        "select e.*, count(*) as n, m.campaign_id from enquiry e join message m"
        " on m.id = e.message_id where e.media_id is not null"
        " group by e.member_id, e.message_id, e.media_id",
    ):
        assert row["n"] == 1, "asked twice about one photo"
        assert (row["product_id"], row["colour"]) == (ARTICLE, COLOUR)
        assert row["campaign_id"] is not None
        assert row["source"] == "tap"
