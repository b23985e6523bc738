"""``kill -9`` at named points around every commit while a campaign goes to 2,000 members."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.world import open_at_noon, populate, token_hash
from console.relay.core import RelayCore
from console.wire import commands
from console.wire.commands import VariantDraft
from soak.campaign_relay import OPT_OUTS, POINTS
from soak.relay import DATABASE
from soak.verdict import Verdict, timed

ROOT = Path(__file__).parents[1]
LIFE_S = 120.0


async def run(count: int, seed: int, *, members: int = 2_000) -> Verdict:
    """Kill ``count`` times, over as many campaigns as that takes; each is sent to its end."""
    rng = random.Random(seed)
    wrong: list[str] = []
    facts: dict[str, Any] = {"kills": dict.fromkeys(POINTS, 0), "campaigns": 0, "written": 0,
                             "opted_out": 0}  # fmt: skip
    killed = 0
    with timed() as watch:
        while killed < count:
            with tempfile.TemporaryDirectory() as name:
                killed += await _one_campaign(
                    Path(name), rng, members, count - killed, wrong, facts
                )
    facts["killed"] = killed
    return Verdict(name="campaign_kills", count=count, seed=seed, wrong=wrong, facts=facts,
                   seconds=watch.seconds)  # fmt: skip


async def _one_campaign(
    folder: Path, rng: random.Random, members: int, most: int, wrong: list[str],
    facts: dict[str, Any],
) -> int:  # fmt: skip
    """Send one to its end; how often the relay was killed meanwhile."""
    database = folder / DATABASE
    populate(database, members)
    open_at_noon(database)
    audience = await _begin(database)
    killed = 0
    while True:
        point = rng.choice(POINTS) if killed < most else "never"
        code = await _live(database, point, rng.randint(1, 3), rng.getrandbits(32))
        if code == 0:
            break
        if code != -signal.SIGKILL:
            wrong.append(f"a relay ended with {code}")
            break
        killed += 1
        facts["kills"][point] += 1
    wrong += differences(database, audience)
    facts["campaigns"] += 1
    facts["written"] += _rows(database, "select count(*) from message")[0][0]
    facts["opted_out"] += len(_opted_out(database))
    return killed


async def _begin(database: Path) -> int:
    """Frozen and begun, nothing left yet; how many are in the frozen audience."""
    core = await RelayCore.open(database)
    owner = await core.actor_of_token(token_hash("owner"))
    assert owner is not None
    variants = [VariantDraft(name="a", body="{name},周六见", share=50),
                VariantDraft(name="b", body="{name},周日见")]  # fmt: skip
    await core.call(owner, commands.SaveCampaign(client_id="c", variants=variants))
    frozen = await core.call(owner, commands.FreezeCampaign(client_id="c"))
    pending = frozen["counts"]["pending"]
    await core.call(owner, commands.SendCampaignNow(client_id="c", confirm=pending))
    await core.close()
    return int(sum(frozen["counts"].values()))


async def _live(database: Path, point: str, slices: int, seed: int) -> int:
    arguments = (str(database), point, str(slices), str(seed))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "soak.campaign_relay", *arguments, cwd=ROOT
    )
    async with asyncio.timeout(LIFE_S):
        return await process.wait()


def _rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def _opted_out(database: Path) -> list[tuple[int, int]]:
    """Member and revision of every opt-out that was acknowledged."""
    file = database.parent / OPT_OUTS
    if not file.exists():
        return []
    lines = [line.split() for line in file.read_text("ascii").splitlines()]
    return [(int(member_id), int(rev)) for member_id, rev in lines]


def differences(database: Path, audience: int) -> list[str]:
    """What is lost, doubled or counted wrong, and who was written to after she opted out."""
    wrong = [
        f"member {member_id}: {copies} messages, but {state}"
        for member_id, state, copies in _rows(
            database,
            "select r.member_id, r.state, count(m.id) from recipient r left join message m"
            " on m.campaign_id = r.campaign_id and m.conversation_id = r.member_id"
            " group by r.id having (r.state = 'written') != count(m.id)"
            " or r.state not in ('written', 'skipped')",
        )
    ]
    [(state, counts)] = _rows(database, "select state, counts from campaign")
    found = dict(_rows(database, "select state, count(*) from recipient group by 1"))
    if state != "done" or json.loads(counts) != found or sum(found.values()) != audience:
        wrong.append(f"{state}: counts {counts}, recipients {found}, frozen {audience}")
    written = dict(_rows(database, "select addressee_id, rev from message"))
    wrong += [
        f"member {member_id} was written to after she opted out"
        for member_id, rev in _opted_out(database)
        if written.get(member_id, 0) > rev
    ]
    return wrong
