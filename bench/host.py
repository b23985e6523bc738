"""A real relay in a process of its own that also takes orders from its parent's pipe.

The server is the one ``hanger relay`` runs; beside it the parent may have it write
notices (which no console can order) and ask how much memory it holds.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import select

from bench.pipe import listen
from bench.world import token_hash
from console import log
from console.config import RelayConfig
from console.domain.audiences import HOLDOUT_SETTING
from console.relay.actor import RELAY, Actor
from console.relay.backups import DATABASE
from console.relay.core import RelayCore
from console.relay.internal import Notice, SendNotices
from console.relay.process import RelayInfo
from console.relay.server import RelayOptions, serve
from console.store import tables
from console.wire import commands
from console.wire.commands import VariantDraft

BODY = "您问过的风衣到货了"


@dataclass(slots=True)
class Host:
    """The parent's handle."""

    process: asyncio.subprocess.Process
    port: int

    @property
    def base(self) -> str:
        """The relay's address."""
        return f"http://127.0.0.1:{self.port}"

    async def ask(self, verb: str, **arguments: Any) -> Any:
        """Give an order and wait for its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"verb": verb, **arguments}).encode() + b"\n")
        return json.loads(await self.process.stdout.readline())


@contextlib.asynccontextmanager
async def hosted(folder: Path) -> AsyncIterator[Host]:
    """A relay on ``folder``'s database until left."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.host", str(folder),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**24,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdin is not None
    port = int(await process.stdout.readline())
    try:
        yield Host(process, port)
    finally:
        process.stdin.close()
        await process.wait()


async def _main(folder: Path) -> None:
    core = await RelayCore.open(folder / DATABASE)
    config = replace(RelayConfig(), host="127.0.0.1", port=0, max_connections=10_000,
                     max_connections_per_address=10_000)  # fmt: skip
    serving = asyncio.ensure_future(serve(RelayOptions(folder, config, on_ready=_ready), core))
    orders: asyncio.Queue[bytes] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    threading.Thread(target=listen, args=(loop, orders), daemon=True).start()
    while line := await orders.get():
        order = json.loads(line)
        answer = await _VERBS[order.pop("verb")](core, **order)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    await core.close()


def _ready(info: RelayInfo) -> None:
    sys.stdout.write(f"{info.port}\n")
    sys.stdout.flush()


async def _notice(core: RelayCore, *, count: int, tag: str, body: str = "") -> dict[str, float]:
    """One command: a personal message to each of ``count`` members; when it was given."""
    notices = [
        Notice(member_id=n, client_id=f"{tag}-{n}", body=f"{tag} 亲爱的会员{n},{body or BODY}")
        for n in range(1, count + 1)
    ]
    start = time.monotonic()
    await core.call(RELAY, SendNotices(notices=notices))
    return {"start": start, "committed": time.monotonic()}


async def _memory(_core: RelayCore) -> float:
    """Resident MB."""
    return psutil.Process(os.getpid()).memory_info().rss / 2**20


async def _last_seqs(core: RelayCore) -> dict[int, int]:
    """The last seq of every conversation."""
    query = select(tables.conversation.c.id, tables.conversation.c.last_seq)
    return dict(await core.read(lambda connection: connection.execute(query).all()))


async def _freeze(core: RelayCore, *, tag: str) -> dict[str, int]:
    """A campaign with words of its own for each, frozen for everybody; how many get it."""
    owner = await _owner(core)
    await core.call(owner, commands.SetSetting(key=HOLDOUT_SETTING, value=0))
    variants = [VariantDraft(name="a", body=f"{tag} 亲爱的{{name}},{BODY}")]
    await core.call(owner, commands.SaveCampaign(client_id=tag, variants=variants))
    frozen = await core.call(owner, commands.FreezeCampaign(client_id=tag))
    return dict(frozen["counts"])


async def _send_campaign(core: RelayCore, *, tag: str, confirm: int) -> dict[str, float]:
    """Send it now; when that was asked for."""
    owner = await _owner(core)
    start = time.monotonic()
    await core.call(owner, commands.SendCampaignNow(client_id=tag, confirm=confirm))
    return {"start": start}


async def _campaign_done(core: RelayCore, *, tag: str) -> None:
    """Wait until nothing of it is left to send."""
    campaign = tables.campaign
    left = select(campaign.c.id).where(campaign.c.client_id == tag, campaign.c.state != "done")
    while await core.read(lambda connection: connection.scalar(left)):  # noqa: ASYNC110 - no news
        await asyncio.sleep(0.01)


async def _owner(core: RelayCore) -> Actor:
    owner = await core.actor_of_token(token_hash("owner"))
    assert owner is not None
    return owner


_VERBS: dict[str, Any] = {
    "notice": _notice, "memory": _memory, "last_seqs": _last_seqs, "freeze": _freeze,
    "send_campaign": _send_campaign, "campaign_done": _campaign_done,
}  # fmt: skip

if __name__ == "__main__":
    log.configure(Path(sys.argv[1]) / "relay.log")
    asyncio.run(_main(Path(sys.argv[1])))
