"""A question from the composer to the phones and back: tapped, written, sorted, beside the talk."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.ui.appearance import Appearance
from tests.e2e import campaign_window
from tests.e2e.campaign_window import click, composing, on_a_loop
from tests.e2e.test_relay_campaign import stand_where_it_is_noon, willing
from tests.e2e.test_two_phones_two_consoles import Console, appearance, relay, until
from tests.helpers.reader import Reader
from tests.web.relay_process import Relay

__all__ = ["appearance", "relay"]

PEOPLE = ("林小雨", "王芳", "李雷")


def test_a_question_is_asked_answered_sorted_and_seen_beside_the_talk(
    qapp: QApplication, relay: Relay, appearance: Appearance, tmp_path: Path
) -> None:
    on_a_loop(qapp, _wednesday(relay, appearance, tmp_path))


async def _wednesday(relay: Relay, appearance: Appearance, folder: Path) -> None:
    stand_where_it_is_noon(SimpleNamespace(relay=relay))
    phones = [Reader(relay.url) for _ in PEOPLE]
    try:
        for number, (phone, name) in enumerate(zip(phones, PEOPLE, strict=True)):
            await phone.join(name, f"1391234610{number}")
            await willing(phone)
        await campaign_window.tell(relay, campaign_window.NOBODY_HELD_OUT)
        credential = campaign_window.owner_of(relay)
        counter = await Console.open(folder / "counter", relay.url, credential, appearance)
        try:
            await _the_shop_asks(counter)
            await _members_answer(phones)
            await _answers_come_in(counter)
            await _one_is_sorted_by_hand(counter)
            await _it_stands_beside_the_talk(counter, phones)
        finally:
            await counter.close()
    finally:
        for phone in phones:
            await phone.__aexit__()


async def _the_shop_asks(counter: Console) -> None:
    await until(lambda: counter.phase == "synced", "the console synced")
    page = await composing(counter)
    click(page.question.add)
    QTest.keyClicks(page.question.text, "What next?")
    for line, words in zip(page.question.choices, ("Coat", "Dress"), strict=True):
        QTest.keyClicks(line, words)
    await campaign_window.send(page, len(PEOPLE))


async def _members_answer(phones: list[Reader]) -> None:
    answers = ({"choice": 1}, {"text": "羽绒服", "client_id": "a-1"},
               {"text": "都可以", "client_id": "a-2"})  # fmt: skip
    for phone, answer in zip(phones, answers, strict=True):
        await phone.until(lambda phone=phone: bool(phone.table("message")))  # type: ignore[misc]
        message = phone.table("message")[0]
        assert message["question"]["choices"] == ["Coat", "Dress"]
        await phone.command("question.answer", message_id=message["id"], **answer)
        await phone.until(lambda phone=phone: bool(phone.table("question_answer")))  # type: ignore[misc]


async def _answers_come_in(counter: Console) -> None:
    screen = counter.shell.campaigns
    part = screen.composer.answers
    await until(lambda: part.words.text() == "3 of 3 answered", "all answers counted")
    assert [(bar.words, bar.count) for bar in part.bars.bars] == [
        ("Coat", 0), ("Dress", 1), ("Own words", 2),
    ]  # fmt: skip
    click(part.all)
    await until(screen.answers.isVisible, "the page of answers")


async def _one_is_sorted_by_hand(counter: Console) -> None:
    page = counter.shell.campaigns.answers
    page.show_group("unsorted")
    page._enter()
    said = [answer.text for answer in page.selected]
    page._move([answer.id for answer in page.selected], "Anything")
    await until(lambda: page.groups.line("bucket/Anything") is not None, "the new bucket")

    def through() -> bool:
        return page.report is not None and not page.report.waiting

    await until(through, "the relay has it")
    assert page.groups.line("bucket/Anything") is not None
    assert said


async def _it_stands_beside_the_talk(counter: Console, phones: list[Reader]) -> None:
    counter.shell.show_section("inbox")
    inbox = counter.shell.inbox
    for phone, said in zip(phones, ("Dress", "羽绒服", "都可以"), strict=True):
        inbox.open(phone.table("message")[0]["conversation_id"])

        def shown(said: str = said) -> bool:
            return [each.answer for each in inbox.timeline.model.items if each.question] == [said]

        await until(shown, f"her answer: {said}")
