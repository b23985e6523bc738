"""Campaigns for tests: the few commands that make and send one."""

from __future__ import annotations

from typing import Any

from console.relay.actor import RELAY, Actor
from console.relay.core import RelayCore
from console.relay.internal import AdvanceCampaigns
from console.wire import commands
from console.wire.commands import VariantDraft


def members(*actors: Actor) -> dict[str, Any]:
    """The rule that means these."""
    return {"leaf": "members", "ids": [actor.id for actor in actors]}


def variant(body: str = "新款到店", name: str = "all", **fields: Any) -> VariantDraft:
    return VariantDraft(name=name, body=body, **fields)


async def frozen(
    core: RelayCore, staff: Actor, client_id: str = "c", *variants: VariantDraft, **fields: Any
) -> dict[str, Any]:
    """A campaign that is saved and frozen; what freezing answered."""
    await core.call(staff, commands.SaveCampaign(
        client_id=client_id, variants=list(variants) or [variant()], **fields))  # fmt: skip
    made: dict[str, Any] = await core.call(staff, commands.FreezeCampaign(client_id=client_id))
    return made


async def advance(core: RelayCore, at_most: int = 5_000) -> int:
    """Let the relay do what campaigns have to do now."""
    done = await core.call(RELAY, AdvanceCampaigns(at_most=at_most))
    return int(done["done"])


async def settle(core: RelayCore) -> None:
    """Until nothing is left to do at this moment."""
    while await advance(core):
        pass


async def sent(
    core: RelayCore, staff: Actor, client_id: str = "c", *variants: VariantDraft, **fields: Any
) -> None:
    """A campaign that went out to everybody who gets it now."""
    made = await frozen(core, staff, client_id, *variants, **fields)
    await core.call(staff, commands.SendCampaignNow(
        client_id=client_id, confirm=made["counts"].get("pending", 0)))  # fmt: skip
    await settle(core)
