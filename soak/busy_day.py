"""A day of a busy shop in minutes: two clerks at real windows, members at real sockets.

``count`` messages come in while each clerk types, switches, searches, hands over, puts off and
answers (``soak.hand``).  Four times the shop falls quiet; then badges, drafts and clocks of
both consoles are compared with a recount from the relay's tables by plain SQL.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import sqlite3
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, Final

from bench.counter_console import Console, opened
from bench.world import World, populate
from console.desk.open import open_desk
from console.sync.devices import Credential
from soak.reader import Reader
from soak.relay import DATABASE, RelayUnderTest
from soak.verdict import Verdict, timed

QUARTERS: Final = 4
MOVES_PER_MESSAGE: Final = 1.5
"""What each clerk does while one message comes in: 900 things in her 7½ hours, one in 30 s."""
HASTE: Final = 12.0
GROWTH_MB: Final = 40.0
"""A console may hold so much more at the end of the day than after its first quarter."""
QUIET_S: Final = 30.0
Facts = dict[str, Any]
"""What a console or a recount says."""
CLERKS: Final = ((2, "clerk-0"), (3, "clerk-1"))


async def run(count: int, seed: int, *, members: int = 39) -> Verdict:
    """No draft lost, no badge wrong, first-reply clocks right, memory flat."""
    rng = random.Random(seed)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name, timed() as watch:
        folder = Path(name)
        relay = RelayUnderTest(folder / "relay")
        world = populate(relay.folder / DATABASE, members, messages_each=2)
        await relay.start()
        async with contextlib.AsyncExitStack() as stack:
            consoles = await asyncio.gather(*(
                stack.enter_async_context(opened(folder / token, relay.base, token, staff))
                for staff, token in CLERKS
            ))  # fmt: skip
            crowd = await stack.enter_async_context(_crowd(relay.base, world))
            resident = []
            for quarter in range(QUARTERS):
                await _quarter(consoles, crowd, world, count // QUARTERS, rng)
                found, told = await _quiet(consoles, relay.database)
                wrong += [f"quarter {quarter + 1}: {each}" for each in found]
                resident.append([each["resident"] for each in told])
        wrong += _grown(resident)
        wrong += await _elsewhere(folder, relay, told)
        wrong += _sent(relay.database, told)
        await relay.stop()
    done: Counter[str] = sum((Counter(each["done"]) for each in told), Counter())
    facts = {"resident_mb": resident, "done": done, "drafts": sum(len(t["begun"]) for t in told)}
    return Verdict(name="busy_day", count=count, seed=seed, wrong=wrong, seconds=watch.seconds,
                   facts=facts)  # fmt: skip


@contextlib.asynccontextmanager
async def _crowd(base: str, world: World) -> AsyncIterator[list[Reader]]:
    phones = [Reader.member(base, phone.token) for phone in world.phones]
    lines = [asyncio.ensure_future(phone.run()) for phone in phones]
    try:
        yield phones
    finally:
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)


async def _quarter(
    consoles: Sequence[Console],
    crowd: list[Reader],
    world: World,
    messages: int,
    rng: random.Random,
) -> None:  # fmt: skip
    """Everybody at work; over when the clerks are through and every message is answered for."""
    moves = round(messages * MOVES_PER_MESSAGE)
    shifts = [
        asyncio.ensure_future(
            console.ask("work", seed=rng.getrandbits(32), moves=moves, haste=HASTE)
        )
        for console in consoles
    ]
    gap_s = moves * 0.8 / HASTE / max(1, messages)
    for _ in range(messages):
        number = rng.randrange(len(crowd))
        body = {"conversation_id": world.phones[number].conversation_id,
                "client_id": str(uuid.UUID(int=rng.getrandbits(128))),
                "body": f"那件红色的风衣还有没有 {rng.choice('SML')} 码"}  # fmt: skip
        crowd[number].command("message.send", body)
        await asyncio.sleep(rng.expovariate(1 / gap_s))
    await asyncio.gather(*shifts)
    for phone in crowd:
        await phone.until(lambda p=phone: not p.sent, QUIET_S)  # type: ignore[misc]


# --- comparing ----------------------------------------------------------------------------


async def _quiet(consoles: Sequence[Console], database: Path) -> tuple[list[str], list[Facts]]:
    """What is wrong once nothing is under way any more, and what the consoles say."""
    deadline = time.monotonic() + QUIET_S
    while True:
        told = [await console.ask("facts") for console in consoles]
        wrong = [
            each
            for (staff, token), facts in zip(CLERKS, told, strict=True)
            for each in _differences(token, facts, _recount(database, staff))
        ]
        if not wrong or time.monotonic() > deadline:
            return wrong, told
        await asyncio.sleep(0.2)


def _differences(token: str, facts: Facts, truth: Facts) -> list[str]:
    wrong = [] if facts["quiet"] else [f"{token} did not come to rest"]
    wrong += [
        f"{token} shows {what} {facts[what]}, recounted {truth[what]}"
        for what in ("unread", "waiting", "clock")
        if facts[what] != truth[what]
    ]
    for conversation, words in facts["begun"].items():
        if words not in facts["drafts"][conversation]:
            kept = facts["drafts"][conversation]
            wrong.append(f"{token} lost the draft {words!r} of {conversation}, kept {kept}")
    return wrong


def _recount(database: Path, staff: int) -> Facts:
    """Badge, queue and first-reply clocks out of messages, receipts and what was put off."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        (unread,) = connection.execute(_UNREAD, (staff,)).fetchone()
        (waiting,) = connection.execute(_WAITING, (round(time.time() * 1_000),)).fetchone()
        clock = {str(number): at / 1_000 for number, at in connection.execute(_CLOCK)}
    finally:
        connection.close()
    return {"unread": unread, "waiting": waiting, "clock": clock}


_UNREAD: Final = """SELECT count(DISTINCT conversation_id) FROM message AS m
    WHERE sender_kind = 'member' AND recalled_at IS NULL AND seq > coalesce(
      (SELECT read_seq FROM participant AS p
       WHERE p.conversation_id = m.conversation_id AND p.staff_id = ?), 0)"""
_CLOCK: Final = """SELECT conversation_id, min(sent_at) FROM message AS m
    WHERE sender_kind = 'member' AND recalled_at IS NULL AND seq > coalesce(
      (SELECT max(seq) FROM message AS a WHERE a.conversation_id = m.conversation_id
       AND a.sender_kind = 'staff' AND a.automatic = 0), 0)
    GROUP BY conversation_id"""
_WAITING: Final = f"""SELECT count(*) FROM conversation AS c
    WHERE (c.id IN (SELECT conversation_id FROM ({_CLOCK})) OR woken_at IS NOT NULL)
    AND (snoozed_until IS NULL OR snoozed_until <= ?)"""  # noqa: S608 - constants


def _grown(resident: list[list[float]]) -> list[str]:
    pairs = zip(resident[0], resident[-1], strict=True)
    return [f"a console grew from {first:.0f} to {last:.0f} MB"
            for first, last in pairs if last - first > GROWTH_MB]  # fmt: skip


async def _elsewhere(folder: Path, relay: RelayUnderTest, told: list[Facts]) -> list[str]:
    """Each clerk's drafts as a second console of hers shows them."""
    wrong = []
    for (staff, token), facts in zip(CLERKS, told, strict=True):
        credential = Credential(relay=relay.base, staff_id=staff, name=token, role="clerk",
                                token=token)  # fmt: skip
        desk = await open_desk(folder / f"{token}-again", relay.base, credential)
        while desk.inbox.link.phase != "synced":  # noqa: ASYNC110 - no event says "all is in"
            await asyncio.sleep(0.02)
        for number, words in facts["begun"].items():
            there = await desk.inbox.drafts.read(int(number))
            if words not in (there.body, there.beside):
                wrong.append(f"the draft {words!r} of {token} is not on her other console")
        await desk.close()
    return wrong


def _sent(database: Path, told: list[Facts]) -> list[str]:
    """Every text a clerk sent is there, as often as she sent it."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    query = "SELECT body FROM message WHERE sender_kind = 'staff' AND client_id NOT LIKE 'seed-%'"
    kept = Counter(row[0] for row in connection.execute(query))
    connection.close()
    wanted = Counter(words for facts in told for words in facts["sent"])
    return [f"sent {wanted[w]} times, kept {kept[w]} times: {w!r}"
            for w in wanted | kept if wanted[w] != kept[w]]  # fmt: skip
