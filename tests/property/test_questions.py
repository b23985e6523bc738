"""The tally of a question equals a recount: retries, any order, two phones of one member."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import pytest

from console.relay.actor import RELAY
from console.relay.internal import AdvanceCampaigns
from console.wire import commands
from console.wire.campaign_rows import QuestionTerms
from console.wire.commands import VariantDraft
from tests.helpers.relay_campaign_moves import MARK, check_campaigns
from tests.helpers.relay_oracle import query
from tests.helpers.relay_world import World

ASKS = QuestionTerms(text="想要什么?", choices=["外套", "裙子", "裤子"], free_text=True)
PHONES = ("anna", "guest", "bea")
"""The first two are of one member, once her number is vouched for."""


async def _asked(world: World) -> dict[str, list[int]]:
    """The question and what is sent again of it; messages that ask, by phone."""
    await world.do("owner", commands.ConfirmMember(member_id=world.member_id("guest")))
    assert world.member_id("guest") == world.member_id("anna")
    await world.do("owner", commands.SetSetting(key="holdout_percent", value=0))
    variant = VariantDraft(name="a", body=MARK.format("c", "a"))
    await world.do("owner", commands.SaveCampaign(
        client_id="c", variants=[variant], question=ASKS))  # fmt: skip
    await _sent(world, "c")
    await world.do("owner", commands.ResendCampaign(client_id="c", new_id="r"))
    await _sent(world, "r")
    return {
        name: [row["id"] for row in query(
            world.path, "select id from message where question is not null"
            " and conversation_id = ? order by id", world.conversation(name))]
        for name in PHONES
    }  # fmt: skip


async def _sent(world: World, client_id: str) -> None:
    await world.do("owner", commands.FreezeCampaign(client_id=client_id))
    await world.do("owner", commands.SendCampaignNow(client_id=client_id))
    while (await world.core.call(RELAY, AdvanceCampaigns(at_most=100)))["done"]:
        pass


def _answer(chance: random.Random, world: World, messages: list[int]) -> commands.AnswerQuestion:
    fields: dict[str, Any] = {"choice": chance.randrange(3)}
    if chance.random() < 0.4:
        fields = {"text": f"毛衣 {chance.randrange(9)}", "client_id": world.fresh("a")}
    return commands.AnswerQuestion(message_id=chance.choice(messages), **fields)


@pytest.mark.parametrize("seed", range(6))
def test_the_tally_equals_a_recount_and_the_last_answer_of_each_member_stands(
    seed: int, tmp_path: Path
) -> None:
    async def day() -> None:
        chance, world = random.Random(seed), World(tmp_path)
        await world.begin()
        try:
            messages = await _asked(world)
            assert all(len(found) == 2 for found in messages.values())
            last: dict[int, commands.AnswerQuestion] = {}
            for _ in range(12):
                world.clock.advance(chance.randrange(0, 30))
                names = chance.choices(PHONES, k=chance.randrange(1, 5))
                made = [(name, _answer(chance, world, messages[name])) for name in names]
                # At once: one commit may hold several, in the order in which they came.
                await asyncio.gather(*(world.do(name, command) for name, command in made))
                last |= {world.member_id(name): command for name, command in made}
                for _ in range(chance.randrange(3)):
                    await world.retry(chance.randrange(len(world.sent)))
                if chance.random() < 0.2:
                    await world.restart(crash=chance.random() < 0.5)
                _check(world, last)
            for name in ("clerk", *PHONES):
                await world.connect(name)
            await world.check()
        finally:
            await world.end()

    asyncio.run(day())


def _check(world: World, last: dict[int, commands.AnswerQuestion]) -> None:
    check_campaigns(world)
    rows = {row["member_id"]: row for row in query(world.path, "select * from question_answer")}
    [(counts,)] = query(world.path, "select counts from campaign where client_id = 'c'")
    assert json.loads(counts).get("answered", 0) == len(rows) == len(last)
    for member, command in last.items():
        row = rows[member]
        assert (row["choice"], row["text"]) == (command.choice, command.text)
