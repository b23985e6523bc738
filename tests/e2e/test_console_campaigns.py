"""Campaigns at a real relay: drafted without a line, killed, counted, sent, undone, recalled."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from console.desk import campaign_templates, offer_drafts
from console.desk.campaign_types import CampaignDraft, CampaignItem, DraftVariant
from console.desk.campaign_versions import Way, divided
from console.desk.open import Desk, open_desk
from console.domain.segments import Choice
from console.store.outbox import NewEntry
from console.store.overlay_campaigns import lane
from console.wire.campaign_rows import QuestionTerms
from console.wire.commands import ScheduleCampaign
from console.wire.errors import Code, Refusal
from tests.e2e.conftest import relay_process  # noqa: F401 - a fixture
from tests.e2e.test_console_quick_replies import Two, two  # noqa: F401 - fixtures
from tests.e2e.test_console_sync import join, owner, pair, relay, until  # noqa: F401 - fixtures
from tests.helpers.pictures import camera_photo

ZONE = ZoneInfo("Asia/Shanghai")


def words(body: str, title: str = "周一新款") -> CampaignDraft:
    return CampaignDraft(title=title, variants=(DraftVariant(body=body),))


async def item(desk: Desk, key: str) -> CampaignItem:
    found = await desk.campaigns.one(key)
    assert found is not None
    return found


async def settled(desk: Desk, key: str, state: str = "draft") -> CampaignItem:
    """The campaign once the relay has everything and it stands so."""

    async def here() -> bool:
        found = await desk.campaigns.one(key)
        return found is not None and found.state == state and not found.waiting

    await until(here)
    return await item(desk, key)


async def test_a_draft_with_photos_follows_and_its_photos_come_and_go(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    counter = two.counter.campaigns
    key = await counter.create(words("{name},新款到店"))
    photos = [await counter.add_photo(camera_photo(kind)) for kind in ("HEIF", "JPEG")]
    assert all([await asyncio.to_thread(Path(each.item.path).is_file) for each in photos])
    draft = msgspec.structs.replace(
        words("{name},新款到店"),
        variants=(DraftVariant(body="{name},新款到店", photos=tuple(photos), layout="grid"),),
    )
    await counter.save(key, draft, 0)
    there = await settled(two.office, key)
    while len(there.draft.variants[0].photos) < 2:
        there = await settled(two.office, key)
    assert there.draft.variants[0].layout == "grid"
    assert all(each.item.media_id for each in there.draft.variants[0].photos)
    # The first one goes and comes back, still under the name of its upload.
    one = msgspec.structs.replace(draft.variants[0], photos=(photos[1],))
    await counter.save(key, msgspec.structs.replace(draft, variants=(one,)), 0)
    await settled(two.counter, key)
    await counter.save(key, draft, 0)
    here = await settled(two.counter, key)
    assert [each.item.media_id for each in here.draft.variants[0].photos] == [
        each.item.media_id for each in there.draft.variants[0].photos
    ]
    assert not here.beside
    assert not here.failure


async def test_a_photo_that_came_into_no_draft_leaves_no_copy(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    folder = two.counter.station.outbox.folder

    def copies() -> set[str]:
        return {file.name for file in folder.iterdir()}

    before = await asyncio.to_thread(copies)
    photo = await two.counter.campaigns.add_photo(camera_photo("JPEG"))
    assert len(await asyncio.to_thread(copies) - before) == 2, "the photo and a small one"
    await two.counter.campaigns.drop_photo(photo)
    assert await asyncio.to_thread(copies) == before


async def test_two_consoles_that_write_at_once_keep_both(two: Two) -> None:  # noqa: F811
    key = await two.counter.campaigns.create(words("一"))
    base = (await settled(two.office, key)).rev
    await two.counter.campaigns.save(key, words("柜台写的"), 0)
    await settled(two.counter, key)

    async def seen() -> bool:
        return (await item(two.office, key)).rev > base

    await until(seen)
    await two.office.campaigns.save(key, words("办公室写的"), base)
    found = await settled(two.office, key)
    assert found.draft.variants[0].body == "办公室写的"
    assert [each.draft.variants[0].body for each in found.beside] == ["柜台写的"]
    await two.office.campaigns.save(key, found.draft, found.rev, drop_beside=True)
    assert not (await settled(two.office, key)).beside


async def test_what_another_console_saved_is_not_sent_unseen(two: Two) -> None:  # noqa: F811
    await join(two.process.info, "13812346027", "林晓雯", marketing=True)
    key = await two.counter.campaigns.create(words("五折"))
    await settled(two.counter, key)
    stale = two.counter.campaigns._known

    async def seen() -> bool:
        return await two.office.campaigns.one(key) is not None

    await until(seen)
    old = await stale(key)
    await two.office.campaigns.save(key, words("八折"), (await item(two.office, key)).rev)
    await settled(two.office, key)

    async def old_row(_key: str) -> object:
        return old

    two.counter.campaigns._known = old_row  # type: ignore[method-assign,assignment]
    with pytest.raises(Refusal) as caught:
        await two.counter.campaigns.freeze(key)
    assert caught.value.code is Code.CONFLICT
    two.counter.campaigns._known = stale  # type: ignore[method-assign]
    await two.counter.campaigns.save(key, words("七折"), (await item(two.counter, key)).rev)
    await two.counter.campaigns.freeze(key)
    found = await settled(two.counter, key, "frozen")
    assert found.draft.variants[0].body == "七折"


DYING = """
import asyncio, os, signal, sys
from pathlib import Path
from console.desk.campaign_types import CampaignDraft, DraftVariant
from console.desk.campaign_versions import Way, divided
from console.desk.open import open_desk
from console.sync.devices import Credential

async def main():
    home, relay, staff, photo = sys.argv[1:]
    credential = Credential(relay=relay, staff_id=int(staff), name="x", role="owner", token="t")
    desk = await open_desk(Path(home), "http://127.0.0.1:9", credential, first_rows_s=0)
    photo = await desk.campaigns.add_photo(Path(photo))
    for body in ("新款", "新款到店", "新款到店啦"):
        draft = CampaignDraft(title="草稿", variants=(DraftVariant(body=body, photos=(photo,)),))
        await desk.campaigns.save("kept-draft", draft, 0)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_a_draft_written_without_a_line_outlives_kill_minus_nine(
    two: Two,  # noqa: F811 - a fixture
    tmp_path: Path,
) -> None:
    photo, home = tmp_path / "IMG_0001.HEIC", tmp_path / "third"
    photo.write_bytes(camera_photo("HEIF"))
    third = await pair(two.process.info)
    ended = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", DYING, str(home), third.relay, str(third.staff_id), str(photo)],
        check=False, timeout=60,
    )  # fmt: skip
    assert ended.returncode == -9
    photo.unlink()
    again = await open_desk(home, two.process.base, third)
    try:
        here = await item(again, "kept-draft")
        assert here.draft.variants[0].body == "新款到店啦"
        assert await asyncio.to_thread(Path(here.draft.variants[0].photos[0].item.path).is_file)

        async def arrived() -> bool:
            return await two.office.campaigns.one("kept-draft") is not None

        await until(arrived)
        there = await settled(two.office, "kept-draft")
        assert (there.draft.title, len(there.draft.variants[0].photos)) == ("草稿", 1)
    finally:
        await again.close()


async def test_an_audience_is_counted_and_named_and_nobody_or_too_long_words_are_refused(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    desk, info = two.counter, two.process.info
    willing = await join(info, "13812346022", "王芳")
    await join(info, "13812346023", "李雷")
    key = await desk.campaigns.create(words("{name},新款到店"))
    draft = (await settled(desk, key)).draft

    async def counted() -> bool:
        found = await desk.campaigns.audience(draft)
        return found is not None and found.matched >= 2

    await until(counted)
    names = {each.name for each in await desk.campaigns.names("matched")}
    assert {"王芳", "李雷"} <= names
    assert (await desk.campaigns.facts(willing, draft)).name == "王芳"
    with pytest.raises(Refusal) as refused:
        await desk.campaigns.save(key, words("太长" * 3000), 0)
    assert refused.value.code is Code.TEXT_TOO_LONG
    halves = divided(draft.variants, 0, Way.HALVES)
    await desk.campaigns.save(key, msgspec.structs.replace(draft, variants=halves), 0)

    async def divided_there() -> bool:
        found = await two.office.campaigns.one(key)
        return found is not None and found.draft.variants == halves

    await until(divided_there)
    nobody = msgspec.structs.replace(draft, rule=Choice("tier", ("gold",)))
    await desk.campaigns.save(key, nobody, 0)
    with pytest.raises(Refusal) as empty:
        await desk.campaigns.freeze(key)
    assert empty.value.code is Code.CAMPAIGN_EMPTY


async def test_what_was_asked_long_ago_asks_again_instead_of_leaving_late(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    desk = two.counter
    await join(two.process.info, "13812346026", "林晓雯", marketing=True)
    key = await desk.campaigns.create(words("新款到店"))
    await settled(desk, key)
    await desk.campaigns.freeze(key)
    outbox = desk.campaigns._station.outbox
    outbox._now = lambda: datetime.now(UTC) - timedelta(hours=3)
    command = ScheduleCampaign(client_id=key)
    asked = NewEntry(name=command.name, body=msgspec.json.encode(command), lane=lane(key))
    outbox.add(asked)
    outbox._now = lambda: datetime.now(UTC)
    desk.campaigns._station.pump.wake()

    async def told() -> bool:
        return (await item(desk, key)).failure == Code.CAMPAIGN_UNANSWERED

    await until(told)
    assert (await item(desk, key)).state == "frozen"
    await desk.campaigns.schedule(key)
    assert not (await settled(desk, key, "scheduled")).failure
    await desk.campaigns.undo(key)


async def test_a_draft_is_tried_out_on_own_phones_with_what_was_typed_last(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    desk, info = two.counter, two.process.info
    chat = await join(info, "13812346024", "小李自己", marketing=True)
    await join(info, "13812346025", "客人", marketing=True)

    async def here() -> bool:
        return bool(await desk.segments.find("小李自己"))

    await until(here)
    (own,) = await desk.segments.find("小李自己")
    await desk.trials.choose([own.member_id])
    photo = await desk.campaigns.add_photo(camera_photo("HEIF"))
    two_versions = tuple(
        DraftVariant(name=name, body=f"{name}:{{name}},新款到店", photos=(photo,))
        for name in ("女装", "男装")
    )
    draft = CampaignDraft(title="试试", variants=two_versions)
    key = await desk.campaigns.create(draft)
    assert await desk.trials.send(key, [own.member_id]) == 2

    async def arrived() -> bool:
        return len((await desk.inbox.timeline(chat)).items) == 2

    await until(arrived)
    got = (await desk.inbox.timeline(chat)).items
    assert [each.body for each in got] == ["女装:小李自己,新款到店", "男装:小李自己,新款到店"]
    assert [len(each.photos) for each in got] == [1, 1]
    assert [each.client_id for each in await desk.campaigns.all()] == [key]
    assert (await item(desk, key)).state == "draft"

    async def known_there() -> bool:
        return [each.name for each in await two.office.trials.phones()] == ["小李自己"]

    await until(known_there)


async def test_a_template_of_one_counter_brings_offer_and_question_to_the_other(
    two: Two,  # noqa: F811 - a fixture
) -> None:
    now = datetime.now(ZONE)
    asked = QuestionTerms(text="想要什么?", choices=["外套", "裙子"])
    offer = offer_drafts.first(now, None)
    draft = msgspec.structs.replace(words("周末来店里"), offer=offer, question=asked)
    await two.counter.campaigns.keep_template("周末", draft, 0)
    [here] = [each for each in await two.counter.campaigns.templates("zh") if each.client_id]

    async def there() -> bool:
        found = await two.office.campaigns.templates("zh")
        return any(each.rev for each in found)

    await until(there)
    [item] = [each for each in await two.office.campaigns.templates("zh") if each.client_id]
    assert msgspec.structs.replace(item, rev=here.rev) == here
    made = campaign_templates.used(item, CampaignDraft(), 0, now, ZONE.key)
    assert (made.offer, made.question, made.title) == (offer, asked, "周末")
