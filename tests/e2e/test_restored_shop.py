"""A shop is backed up while it works, goes on, and is brought back: real programs throughout."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

from console.desk.campaign_types import CampaignDraft, CampaignItem, DraftVariant
from console.desk.open import Desk
from console.program import command_line, environment
from console.wire.campaign_rows import Weekly
from tests.e2e.conftest import relay_process  # noqa: F401 - a fixture
from tests.e2e.test_console_quick_replies import Two, two  # noqa: F401 - fixtures
from tests.e2e.test_console_sync import owner, pair, relay, until  # noqa: F401 - fixtures
from tests.helpers.reader import Reader

SAID = "我搬到人民路八号了"


async def hanger(*arguments: str) -> str:
    """Run the command line to its end; what it said."""
    done = await asyncio.to_thread(
        subprocess.run, command_line(*arguments), env=environment(), capture_output=True,
        text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout


async def series(desk: Desk) -> CampaignItem:
    found = await desk.campaigns.all()
    return found[0]


async def test_a_shop_that_is_brought_back_asks_before_it_sends_and_keeps_what_was_refused(
    two: Two, tmp_path: Path  # noqa: F811 - a fixture
) -> None:  # fmt: skip
    counter, process = two.counter, two.process
    backup, data = str(tmp_path / "backup"), str(process.folder)
    draft = CampaignDraft(title="每周新款", variants=(DraftVariant(body="新款到店"),),
                          weekly=Weekly(weekday=0, minute=600))  # fmt: skip
    key = await counter.campaigns.create(draft)
    await counter.campaigns.freeze(key)
    await counter.campaigns.schedule(key)
    async with Reader(process.base) as phone:
        await phone.join("林晓雯", "13812346021", marketing=True)
        await phone.connect()
        await phone.sync()
        [thread] = phone.table("conversation")
        said = {"conversation_id": thread["id"], "client_id": "said", "body": SAID}
        assert "code" not in await phone.command("message.send", **said)

        assert "as of" in await hanger("backup", backup, "--data", data)
        await phone.command("message.recall", client_id="said")
        await phone.command("consent.set", purpose="marketing", granted=False)

        await two.goes_offline()
        assert "again" in await hanger("restore", backup, "--data", data)
        await two.comes_back()

        async def stopped() -> bool:
            return (await series(counter)).brought_back_at is not None

        await until(stopped)
        item = await series(counter)
        assert (item.state, item.next_at) == ("late", None)
        phone.base = process.base
        await phone.connect()
        await phone.sync()
        [member] = phone.table("member")
        assert member.get("marketing", False) is False
        for desk in (two.counter, two.office):
            [bubble] = (await desk.inbox.timeline(thread["id"])).items
            assert (bubble.body, bubble.recalled) == ("", True)
    await asyncio.to_thread(process.stop)
    for file in process.folder.glob("relay.sqlite3*"):
        assert SAID.encode() not in file.read_bytes(), file.name
    await counter.campaigns.cancel(key)
