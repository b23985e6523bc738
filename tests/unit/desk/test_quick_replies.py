"""Words kept ready, found, saved and used on a real replica and outbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from console.desk import later
from console.desk.inbox import InboxDesk
from console.desk.quick_replies import QuickRepliesDesk, ranked
from console.desk.snoozes import UsedTime
from console.desk.types import Me
from console.domain.hours import Hours
from console.domain.quick_replies import blanks, filled
from console.wire.commands import SaveQuickReply, UseQuickReply
from console.wire.errors import Code, Refusal
from console.wire.rows import QuickReplyRow
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import ModelRelay
from tests.unit.sync.test_station import settle

ME = Me(staff_id=1, name="小陈", role="clerk", shop_id=1, shop_name="", timezone="Asia/Shanghai")
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
async def quick(tmp_path: Path) -> AsyncIterator[QuickRepliesDesk]:
    relay = ModelRelay()
    relay.set_up()
    console = Console(tmp_path / "here", staff=1, device=1)
    await console.open()
    await settle(console, relay)
    await console.hang_up()
    inbox = InboxDesk(console.here, ME)
    yield QuickRepliesDesk(console.here, inbox)
    await inbox.close()
    await console.close()


def ready(number: int, title: str, shortcut: str, body: str = "", uses: int = 0) -> QuickReplyRow:
    return QuickReplyRow(id=number, rev=1, shop_id=1, client_id=f"q{number}", title=title,
                         shortcut=shortcut, body=body, uses=uses, at=datetime.now(UTC))  # fmt: skip


def test_shortcut_comes_before_title_and_title_before_words() -> None:
    rows = [
        ready(1, "营业时间", "yy", "我们每天十点开门", uses=50),
        ready(2, "有现货", "yh", "有的"),
        ready(3, "欢迎", "hi", "yh 是快捷键", uses=9),
    ]
    assert [row.id for row in ranked(rows, "yh")] == [2, 3]
    assert [row.id for row in ranked(rows, "y")] == [1, 2, 3]
    assert [row.id for row in ranked(rows, "yysj")] == [1]
    assert [row.id for row in ranked(rows, "huan")] == [3]
    assert [row.id for row in ranked(rows, "十点")] == [1]
    assert [row.id for row in ranked(rows, "")] == [1, 3, 2]
    assert ranked(rows, "zzz") == []


def test_facts_are_filled_in_and_what_is_not_known_becomes_a_blank() -> None:
    text = filled(
        "{name}您好,{points} 积分,[日期]见 {other}",
        {"name": "林小雨", "points": ""},
        {"points": "积分数"},
    )
    assert text == "林小雨您好,[积分数] 积分,[日期]见 {other}"
    assert [text[first:last] for first, last in blanks(text)] == ["[积分数]", "[日期]"]


async def test_what_is_saved_offline_is_found_at_once_and_gone_when_removed(
    quick: QuickRepliesDesk,
) -> None:
    key = await quick.save(shared=False, title=" 我的  班次 ", shortcut="/BC", body="周三在店")
    (found,) = await quick.find("bc")
    assert (found.title, found.shortcut, found.shared) == ("我的 班次", "bc", False)
    with pytest.raises(Refusal) as refused:
        await quick.save(shared=False, title="", shortcut="bc", body="x")
    assert refused.value.code == Code.QUICK_REPLY_SHORTCUT
    await quick.save(client_id=key, shared=False, title="班次", shortcut="bc", body="周四在店")
    assert [each.body for each in await quick.find()] == ["周四在店"]
    await quick.remove(key)
    assert await quick.find() == []


@pytest.mark.parametrize(
    ("title", "shortcut", "body", "field"),
    [("t", "", " ", "body"), ("t" * 61, "", "b", "title"), ("t", "a b", "b", "shortcut")],
)
async def test_what_the_relay_would_refuse_is_not_queued(
    quick: QuickRepliesDesk, title: str, shortcut: str, body: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await quick.save(shared=True, title=title, shortcut=shortcut, body=body)
    assert refused.value.field == field
    assert await quick.find() == []


async def test_a_use_waits_behind_the_saving_of_the_same_one(
    quick: QuickRepliesDesk,
) -> None:
    key = await quick.save(shared=True, title="t", shortcut="", body="b")
    await quick.use(key)
    entries = quick._station.outbox.entries
    assert [entry.name for entry in entries] == [SaveQuickReply.name, UseQuickReply.name]
    assert len({entry.lane for entry in entries}) == 1
    assert msgspec.json.decode(entries[1].body)["client_id"] == key


def test_times_for_later_are_the_evening_the_next_opening_and_those_used_lately() -> None:
    now = datetime(2026, 11, 28, 18, 5, 30, tzinfo=SHANGHAI)
    hours = Hours("Asia/Shanghai", ((), *((((570, 1290),),) * 6)))
    used = [UsedTime(days=3, minute=15 * 60), UsedTime(days=0, minute=60)]
    found = later.choices(now, used, hours)
    assert [(each.kind, each.at.strftime("%d %H:%M")) for each in found] == [
        ("hour", "28 19:05"), ("evening", "28 20:00"), ("opening", "29 09:30"),
        ("used", "01 15:00"),
    ]  # fmt: skip
    saturday = later.choices(datetime(2026, 11, 29, 21, 0, tzinfo=SHANGHAI), [], hours)
    assert [(each.kind, each.at.strftime("%d %H:%M")) for each in saturday] == [
        ("hour", "29 22:00"), ("opening", "01 09:30")
    ]  # fmt: skip
    assert later.choices(now, [], None)[-1].kind == "morning"
