"""Merging two members and taking it back, at any moment of any day, loses and shows nothing."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from console.relay.actor import RELAY
from console.relay.internal import AdvanceCampaigns
from console.relay.outcome import Outcome
from console.wire import commands
from console.wire.campaign_rows import QuestionTerms
from console.wire.commands import VariantDraft
from tests.helpers.relay_campaign_moves import MARK
from tests.helpers.relay_moves import walk
from tests.helpers.relay_oracle import query
from tests.helpers.relay_world import World

OWNED = ("member", "member_tag", "consent", "visit", "purchase", "enquiry", "hold", "coupon",
         "fitting", "conversation", "message", "note", "scheduled", "draft", "media", "device",
         "grant", "question_answer", "wait")  # fmt: skip
MEMBERS = ("anna", "bea")
PEOPLE = ("owner", "clerk", "till", *MEMBERS)
Rows = dict[tuple[str, int], dict[str, Any]]


def rows_of(path: Path) -> Rows:
    """Every row of both members, without what may only grow."""
    found: Rows = {}
    for table in OWNED:
        for raw in query(path, f'select * from "{table}"'):
            row = dict(raw)
            for name in ("rev", "last_seq", "seen_at"):
                row.pop(name, None)
            if row.get("kind") != "moved":
                found[table, row["id"]] = row
    return found


# --- what happens before ------------------------------------------------------------------------


async def says(world: World, chance: random.Random) -> None:
    name = chance.choice(MEMBERS)
    await world.say(chance.choice([name, "owner", "clerk"]), name, f"话 {chance.random()}")


async def sends_a_photo(world: World, chance: random.Random) -> None:
    await world.photo(chance.choice(MEMBERS))


async def recalls(world: World, chance: random.Random) -> None:
    await world.recall(chance.choice(PEOPLE), chance.randrange(20))


async def reads(world: World, chance: random.Random) -> None:
    name = chance.choice(MEMBERS)
    await world.seen(name, chance.randrange(9), chance.randrange(9))
    await world.do(chance.choice(["owner", "clerk"]), commands.MarkRead(
        conversation_id=world.conversation(name), seq=chance.randrange(9)))  # fmt: skip


async def types(world: World, chance: random.Random) -> None:
    await world.do(chance.choice(["owner", "clerk", "till"]), commands.SaveDraft(
        conversation_id=world.conversation(chance.choice(MEMBERS)),
        body=chance.choice(["", "一半", "另一半"])))  # fmt: skip


async def notes(world: World, chance: random.Random) -> None:
    await world.do("clerk", commands.AddNote(
        conversation_id=world.conversation(chance.choice(MEMBERS)), client_id=world.fresh("n"),
        body="记"))  # fmt: skip


async def plans(world: World, chance: random.Random) -> None:
    await world.do("clerk", commands.ScheduleMessage(
        conversation_id=world.conversation(chance.choice(MEMBERS)), client_id=world.fresh("s"),
        body="到货了", due_at=world.clock.now() + timedelta(hours=5)))  # fmt: skip


async def tags(world: World, chance: random.Random) -> None:
    some = ["长裙", "上班族", "老客", "过敏"]
    await world.do("clerk", commands.TagMember(
        member_id=world.member_id(chance.choice(MEMBERS)),
        add=chance.sample(some, 2), remove=chance.sample(some, 1)))  # fmt: skip


async def changes_a_fact(world: World, chance: random.Random) -> None:
    member_id = world.member_id(chance.choice(MEMBERS))
    (row,) = world.query("select remark, gender from member where id = ?", member_id)
    await world.do("owner", commands.UpdateMember(
        member_id=member_id, was=dict(row), remark=chance.choice(["", "高个", "怕冷"]),
        gender=chance.choice(["", "f"])))  # fmt: skip


async def trades(world: World, chance: random.Random) -> None:
    name = chance.choice(MEMBERS)
    hold = world.fresh("h")
    await world.do(name, commands.AskHold(client_id=hold, variant_id=1))
    if chance.random() < 0.5:
        await world.do("clerk", commands.ConfirmHold(client_id=hold))
    await world.do("clerk", commands.RecordVisit(member_id=world.member_id(name)))
    await world.do("owner", commands.SaveFittingRoom(client_id="room", display_name="1"))
    noon = world.clock.now().replace(hour=4, minute=0, second=0, microsecond=0)
    at = noon + timedelta(days=chance.randrange(1, 9))
    await world.do(name, commands.BookFitting(client_id=world.fresh("f"), starts_at=at))


async def wants_news(world: World, chance: random.Random) -> None:
    await world.do(chance.choice(MEMBERS), commands.SetConsent(
        purpose="marketing", granted=chance.random() < 0.5))  # fmt: skip


async def queues(world: World, chance: random.Random) -> None:
    thread = world.conversation(chance.choice(MEMBERS))
    until = world.clock.now() + timedelta(hours=2)
    await world.do("clerk", chance.choice([
        commands.AssignConversation(
            conversation_id=thread, staff_id=world.phones["clerk"].actor.id),
        commands.SnoozeConversation(conversation_id=thread, until=until),
        commands.FinishConversation(conversation_id=thread, up_to_seq=chance.randrange(9)),
    ]))  # fmt: skip


async def asks(world: World, chance: random.Random) -> None:
    """Sent to both, whoever they are just now."""
    client_id = world.fresh("c")
    question = QuestionTerms(choices=["外套", "裙子"], free_text=True)
    await world.do("clerk", commands.SaveCampaign(
        client_id=client_id, variants=[VariantDraft(name="a", body=MARK.format(client_id, "a"))],
        question=question))  # fmt: skip
    await world.do("clerk", commands.FreezeCampaign(client_id=client_id))
    await world.do("clerk", commands.SendCampaignNow(client_id=client_id))
    await world.core.call(RELAY, AdvanceCampaigns(at_most=100))


async def answers(world: World, chance: random.Random) -> None:
    name = chance.choice(MEMBERS)
    asked = world.query(
        "select id from message where question is not null and conversation_id = ?",
        world.conversation(name),
    )  # fmt: skip
    if not asked:
        return
    fields: dict[str, Any] = {"choice": chance.randrange(2)}
    if chance.random() < 0.5:
        fields = {"text": f"要 {chance.random()}", "client_id": world.fresh("a")}
    await world.do(name, commands.AnswerQuestion(
        message_id=chance.choice(asked)["id"], **fields))  # fmt: skip


async def restarts(world: World, chance: random.Random) -> None:
    await world.restart(crash=chance.random() < 0.5)


STEPS: tuple[Callable[[World, random.Random], Awaitable[None]], ...] = (
    says, says, says, sends_a_photo, recalls, reads, types, notes, plans, tags, changes_a_fact,
    trades, wants_news, queues, asks, answers, answers, answers,
)  # fmt: skip


async def live(world: World, chance: random.Random, steps: int) -> None:
    for _ in range(steps):
        world.clock.advance(chance.randrange(1, 90))
        await chance.choice(STEPS)(world, chance)
        world.check_tables()


async def merge(world: World, chance: random.Random) -> tuple[int, int]:
    keep, gone = world.member_id("anna"), world.member_id("bea")
    if chance.random() < 0.5:
        keep, gone = gone, keep
    fields = ["display_name", "phone", "birthday", "sizes", "remark"]
    outcome = await world.do("clerk", commands.MergeMembers(
        keep_id=keep, gone_id=gone, take=chance.sample(fields, chance.randrange(6))))  # fmt: skip
    assert outcome.refusal is None
    world.check_tables()
    return outcome.result["merge_id"], keep


async def unmerge(world: World, merge_id: int) -> Outcome:
    outcome = await world.do("owner", commands.UnmergeMembers(merge_id=merge_id))
    assert outcome.refusal is None
    world.check_tables()
    return outcome


async def everybody(world: World) -> None:
    for name in PEOPLE:
        await world.connect(name)
    await world.check()


def spend(folder: Path, day: Callable[[World], Awaitable[None]]) -> None:
    async def run() -> None:
        world = World(folder)
        await world.begin()
        try:
            await day(world)
        finally:
            await world.end()

    asyncio.run(run())


# --- what must hold -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_merging_and_taking_it_back_gives_every_row_back(seed: int, tmp_path: Path) -> None:
    async def day(world: World) -> None:
        chance = random.Random(seed)
        await everybody(world)
        await live(world, chance, 40)
        before = rows_of(world.path)
        for name in chance.sample(PEOPLE, 2):
            await world.disconnect(name)
        merge_id, _ = await merge(world, chance)
        if seed % 2:
            await restarts(world, chance)
        await everybody(world)
        await unmerge(world, merge_id)
        if seed % 3 == 0:
            await restarts(world, chance)
        assert rows_of(world.path) == before
        await everybody(world)

    spend(tmp_path, day)


@pytest.mark.parametrize("seed", range(8))
def test_what_happens_in_between_stays_with_her_who_was_kept(seed: int, tmp_path: Path) -> None:
    async def day(world: World) -> None:
        chance = random.Random(100 + seed)
        await everybody(world)
        await live(world, chance, 25)
        threads = {row["member_id"]: row["id"]
                   for row in world.query("select id, member_id from conversation")}  # fmt: skip
        before = {row["id"]: row["conversation_id"]
                  for row in world.query("select id, conversation_id from message")}  # fmt: skip
        merge_id, keep = await merge(world, chance)
        await live(world, chance, 25)
        await everybody(world)
        await unmerge(world, merge_id)
        for row in world.query("select * from message where kind != 'moved'"):
            assert row["conversation_id"] == before.get(row["id"], threads[keep])
        await live(world, chance, 15)
        await everybody(world)

    spend(tmp_path, day)


@pytest.mark.parametrize("seed", range(4))
def test_a_power_cut_leaves_a_merge_whole_or_undone(seed: int, tmp_path: Path) -> None:
    async def day(world: World) -> None:
        chance = random.Random(200 + seed)
        await everybody(world)
        await live(world, chance, 20)
        before = rows_of(world.path)
        keep, gone = world.member_id("anna"), world.member_id("bea")
        command = commands.MergeMembers(keep_id=keep, gone_id=gone)
        cut = asyncio.create_task(world.core.call(world.phones["clerk"].actor, command))
        for _ in range(chance.randrange(40)):
            await asyncio.sleep(0)
        world._copy_what_reached_the_disk()
        await cut
        await world.restart()
        found = world.query("select id from member_merge")
        world.check_tables()
        if found:
            await unmerge(world, found[0]["id"])
        assert rows_of(world.path) == before
        await everybody(world)

    spend(tmp_path, day)


def test_a_merge_in_the_middle_of_any_day_leaves_every_copy_equal(tmp_path: Path) -> None:
    async def day(world: World) -> None:
        chance = random.Random(7)
        await walk(world, 11, 25)
        for name in PEOPLE:
            await world.connect(name)
        if world.member_id("anna") and world.conversation("anna") and world.conversation("bea"):
            merge_id, _ = await merge(world, chance)
            await walk(world, 12, 15)
            await world.do("owner", commands.UnmergeMembers(merge_id=merge_id))
        await walk(world, 13, 15)

    spend(tmp_path, day)
