"""A console without a window that writes without pause, to be killed: ``python -m soak.clerk``.

The real desk, replica and outbox.  A message counts as written once ``send`` has
returned, since the clerk then sees its bubble; only then its words go into the journal
file, flushed to disk, which the killer compares with the relay's database afterwards.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from pathlib import Path

from console.desk.open import open_desk
from console.desk.types import NewMessage
from console.sync.devices import Credential


async def write(home: Path, base: str, token: str, journal: Path, quota: int) -> None:
    """Write into random conversations until killed, or until ``quota`` and all is sent."""
    credential = Credential(relay=base, staff_id=2, name="clerk-0", role="clerk", token=token)
    desk = await open_desk(home, base, credential)
    rng = random.Random()
    with journal.open("a", encoding="utf-8") as file:
        for _ in range(quota) if quota else iter(int, 1):
            conversations = await desk.inbox.conversation_ids("all")
            if not conversations:
                await asyncio.sleep(0.02)
                continue
            words = f"clerk {os.getpid()} {rng.getrandbits(64):016x}"
            await desk.writing.send(rng.choice(conversations), NewMessage(body=words))
            file.write(words + "\n")
            file.flush()
            os.fsync(file.fileno())
            await asyncio.sleep(rng.expovariate(50))
    # Another process is on the other end, so there is nothing to wait on but its effect.
    while desk.inbox.link.queued or desk.inbox.link.phase != "synced":  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    await desk.close()


if __name__ == "__main__":
    home, base, token, journal, quota = sys.argv[1:]
    asyncio.run(write(Path(home), base, token, Path(journal), int(quota)))
