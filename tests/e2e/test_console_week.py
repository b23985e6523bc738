"""A week's plan at a real relay: what is scheduled is moved, and stays scheduled."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from console.desk.campaign_types import CampaignDraft, CampaignItem, DraftVariant
from console.desk.open import Desk, open_desk
from console.domain import week_plan
from console.sync.devices import Credential
from console.ui.clock import ShopClock
from console.wire.campaign_rows import Weekly
from tests.e2e.conftest import RelayProcess
from tests.e2e.test_console_sync import owner, relay, synced, until  # noqa: F401 - fixtures

ZONE = "Asia/Shanghai"
WORDS = (DraftVariant(body="本周新款到店"),)


async def test_a_weekly_campaign_is_moved_and_the_week_before_is_repeated(
    relay_process: RelayProcess, owner: Credential, tmp_path: Path  # noqa: F811 - a fixture
) -> None:  # fmt: skip
    desk = await open_desk(tmp_path / "home", relay_process.base, owner)
    try:
        await synced(desk)
        await _moved(desk)
        await _repeated(desk)
    finally:
        await desk.close()


async def _moved(desk: Desk) -> None:
    monday = week_plan.monday_of(ShopClock(ZONE).today()) + timedelta(days=7)
    draft = CampaignDraft(title="周一新款", variants=WORDS, weekly=Weekly(weekday=0, minute=600))
    key = await desk.campaigns.create(draft)
    await until(lambda: _known(desk, key))
    await desk.campaigns.freeze(key)
    await desk.campaigns.schedule(key)
    [item] = (await desk.week.plan(monday)).items
    assert item.at == week_plan.moment(monday, 600, ZONE)
    wednesday = week_plan.moment(monday + timedelta(days=2), 14 * 60, ZONE)
    await desk.week.move(key, wednesday)

    async def is_there() -> bool:
        found = await desk.campaigns.one(key)
        return found is not None and found.state == "scheduled" and not found.waiting

    await until(is_there)
    [item] = (await desk.week.plan(monday)).items
    assert item.at == wednesday


async def _repeated(desk: Desk) -> None:
    monday = week_plan.monday_of(ShopClock(ZONE).today()) + timedelta(days=7)
    at = week_plan.moment(monday + timedelta(days=5), 600, ZONE)
    await desk.campaigns.create(CampaignDraft(title="周六优惠", variants=WORDS, due_at=at))
    made = await desk.week.repeat_last(monday + timedelta(days=7))
    assert len(made) == 1
    titles = [item.title for item in (await desk.week.plan(monday + timedelta(days=7))).items]
    assert sorted(titles) == ["周一新款", "周六优惠"]
    assert await desk.week.repeat_last(monday + timedelta(days=7)) == []
    await desk.week.remove(made)

    async def is_gone() -> bool:
        return await desk.campaigns.one(made[0]) is None

    await until(is_gone)


async def _known(desk: Desk, key: str) -> bool:
    found: CampaignItem | None = await desk.campaigns.one(key)
    return found is not None and found.id > 0 and not found.waiting
