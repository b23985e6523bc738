"""What a short day of campaigns is made of."""

from __future__ import annotations

from typing import Any

from console.relay.actor import RELAY
from console.relay.internal import AdvanceCampaigns
from console.wire import commands
from console.wire.commands import VariantDraft
from tests.helpers.relay_campaign_moves import MARK, campaign_settle
from tests.helpers.relay_world import World


async def plan(world: World, client_id: str = "c", **fields: Any) -> None:
    """A frozen campaign for everybody; nobody is held out."""
    await world.do("owner", commands.SetSetting(key="holdout_percent", value=0))
    variant = VariantDraft(name="a", body=MARK.format(client_id, "a"))
    fields.setdefault("variants", [variant])
    for command in (commands.SaveCampaign(client_id=client_id, **fields),
                    commands.FreezeCampaign(client_id=client_id)):  # fmt: skip
        assert (await world.do("owner", command)).refusal is None


async def start(world: World, client_id: str = "c", **fields: Any) -> None:
    await plan(world, client_id, **fields)
    outcome = await world.do("owner", commands.SendCampaignNow(client_id=client_id))
    assert outcome.refusal is None


async def send(world: World, client_id: str = "c", **fields: Any) -> None:
    await start(world, client_id, **fields)
    await campaign_settle(world, 0)
    world.check_tables()


async def write_one(world: World) -> None:
    await world.core.call(RELAY, AdvanceCampaigns(at_most=1))


def got(world: World, name: str) -> int:
    """How many campaign messages stand in somebody's conversation."""
    return int(world.query(
        "select count(*) from message where campaign_id is not null and conversation_id = ?",
        world.conversation(name),
    )[0][0])  # fmt: skip


def state(world: World, client_id: str = "c") -> str:
    return str(world.query("select state from campaign where client_id = ?", client_id)[0][0])
