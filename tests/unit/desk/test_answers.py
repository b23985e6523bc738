"""Answers on a real replica: grouped, sorted by hand, renamed, also without a line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.desk.answer_types import AnswersReport
from console.desk.answers import AnswersDesk
from console.desk.inbox import InboxDesk
from console.desk.types import Me
from console.sync import pump
from console.wire.campaign_rows import CampaignContent, QuestionTerms
from tests.unit.sync.memory_line import Console
from tests.unit.sync.model_relay import ModelRelay
from tests.unit.sync.test_station import settle

ME = Me(staff_id=1, name="小陈", role="clerk", shop_id=1, shop_name="", timezone="Asia/Shanghai")
AT = datetime(2026, 11, 25, 2, tzinfo=UTC)
ASKS = QuestionTerms(text="想添什么?", choices=["外套", "裙子"], free_text=True)
SAID = ("厚外套", "羽绒服吧", "裤子", "随便", "驼色大衣")


class Shop:
    """A relay, a console on it, and a question that was answered."""

    def __init__(self, relay: ModelRelay, console: Console) -> None:
        self.relay, self.console = relay, console
        self.inbox = InboxDesk(console.here, ME)
        self.desk = AnswersDesk(console.here, self.inbox)

    async def put(self, table: str, row_id: int, **values: Any) -> None:
        self.relay.commit(lambda rev: self.relay.put(table, rev, row_id, **values))
        await settle(self.console, self.relay)

    async def campaign(self, number: int = 1, **values: Any) -> None:
        found: dict[str, Any] = {
            "shop_id": 1, "client_id": f"c{number}", "title": "周三提问", "state": "done",
            "content": CampaignContent(question=ASKS), "counts": {"written": 10}, "at": AT,
        }  # fmt: skip
        await self.put("campaign", number, **found | values)

    async def answer(self, number: int, text: str = "", **values: Any) -> None:
        found = {"campaign_id": 1, "member_id": number, "text": text,
                 "at": AT + timedelta(minutes=number)}  # fmt: skip
        found |= {"message_id": 100 + number} if text else {}
        await self.put("member", number, shop_id=1, name=f"M{number}")
        await self.put("question_answer", number, **found | values)

    async def report(self, campaign_id: int = 1) -> AnswersReport:
        found = await self.desk.report(campaign_id)
        assert found is not None
        return found


@pytest.fixture
async def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    monkeypatch.setattr(pump, "RETRY_S", (0.0,))
    relay = ModelRelay()
    relay.set_up()
    console = Console(tmp_path / "here", staff=1, device=1)
    await console.open()
    await settle(console, relay)
    shop = Shop(relay, console)
    for number, category in enumerate(("外套", "裤子"), 1):
        await shop.put("product", number, shop_id=1, sku=f"S{number}", name="x", category=category)
    await shop.campaign()
    yield shop
    await shop.inbox.close()
    await console.close()


def shown(report: AnswersReport) -> dict[str, list[str]]:
    """Words, else names, by group, oldest first."""
    return {
        group.name or group.key: [answer.text or answer.name for answer in reversed(group.answers)]
        for group in report.groups if group.answers
    }  # fmt: skip


async def test_choices_are_counted_and_words_fall_into_the_shops_categories(shop: Shop) -> None:
    for number, said in enumerate(SAID, 1):
        await shop.answer(number, said)
    await shop.answer(6, choice=1)
    await shop.answer(7, choice=1, revised=True)
    report = await shop.report()
    assert shown(report) == {
        "裙子": ["M6", "M7"], "外套": ["厚外套", "羽绒服吧", "驼色大衣"], "裤子": ["裤子"],
        "unsorted": ["随便"],
    }  # fmt: skip
    assert [group.name for group in report.choices] == ["外套", "裙子"]
    assert (report.asked, report.answered, report.text) == (10, 7, "想添什么?")


async def test_sorting_shows_at_once_without_a_line_and_may_be_taken_back(
    shop: Shop,
) -> None:
    for number, said in enumerate(SAID, 1):
        await shop.answer(number, said)
    await shop.console.hang_up()
    await shop.desk.move("c1", [4, 2], " 保暖  的 ")
    await shop.desk.rename("c1", "外套", "冬装")
    wanted = {"冬装": ["厚外套", "驼色大衣"], "保暖 的": ["羽绒服吧", "随便"], "裤子": ["裤子"]}
    assert shown(await shop.report()) == wanted
    assert (await shop.report()).waiting
    await shop.desk.rename("c1", "保暖 的", "冬装")
    assert shown(await shop.report()) == {
        "冬装": ["厚外套", "羽绒服吧", "随便", "驼色大衣"], "裤子": ["裤子"],
    }  # fmt: skip
    await shop.desk.move("c1", [2], "")
    assert shown(await shop.report())["冬装"] == ["厚外套", "羽绒服吧", "随便", "驼色大衣"]


async def test_many_answers_are_moved_in_several_commands(shop: Shop) -> None:
    await shop.console.hang_up()
    await shop.desk.move("c1", list(range(1, 131)), "外套")
    waiting = [entry for entry in shop.console.here.outbox.entries if entry.name == "question.sort"]
    assert len(waiting) == 3


async def test_what_was_sent_again_shows_the_first_campaigns_answers(shop: Shop) -> None:
    await shop.answer(1, choice=0)
    await shop.campaign(2, kind="resend", parent_id=1, counts={"written": 4},
                        rule={"campaign": 1, "to": "unread"})  # fmt: skip
    await shop.campaign(3, kind="resend", parent_id=2, counts={"written": 3},
                        rule={"campaign": 2, "to": "unreached"})  # fmt: skip
    for number in (1, 2, 3):
        report = await shop.report(number)
        assert (report.campaign_id, report.answered, report.asked) == (1, 1, 13)


async def test_a_campaign_that_asks_nothing_has_no_report(shop: Shop) -> None:
    await shop.campaign(2, content=CampaignContent())
    assert await shop.desk.report(2) is None
    assert await shop.desk.report(99) is None


async def test_after_a_recall_the_numbers_stay_without_the_words(shop: Shop) -> None:
    await shop.answer(1, choice=1)
    await shop.campaign(content=CampaignContent(), recalled_at=AT)
    report = await shop.report()
    assert report.recalled
    assert [(group.key, group.name, len(group.answers)) for group in report.choices] == [
        ("choice/1", "", 1)
    ]
