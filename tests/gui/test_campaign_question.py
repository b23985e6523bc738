"""A question in the composer: choices as lines, previewed, undone step by step, never half sent."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from console.desk.campaign_types import CampaignDraft, DraftVariant, Resent
from console.views.campaigns import CampaignsScreen
from console.views.campaigns.composer import ComposerPage
from console.wire.campaign_rows import QuestionTerms, Weekly
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens
from tests.gui.test_accessible import unnamed

ASKS = QuestionTerms(text="想要什么?", choices=["外套", "裙子"], free_text=True)


def click(on: QAbstractButton) -> None:
    QTest.mouseClick(on, Qt.MouseButton.LeftButton)


@pytest.fixture
async def screen(screens: Screens, desk: MemoryDesk, until: Any) -> CampaignsScreen:
    shell = screens.shell(desk, settings=False)
    shell.show_section("campaigns")
    await until(lambda: shell.campaigns.tasks.idle)
    return shell.campaigns


@pytest.fixture
async def page(screen: CampaignsScreen, until: Any) -> ComposerPage:
    click(screen.list.new)
    await until(lambda: screen.composing and screen.composer.who.audience is not None)
    return screen.composer


def asked(page: ComposerPage) -> QuestionTerms:
    terms = page.editing.draft.question
    assert terms is not None
    return terms


async def test_a_question_is_written_by_keys_alone_and_shown_on_the_phone(
    page: ComposerPage, desk: MemoryDesk, until: Any, qapp: QApplication
) -> None:
    page.window().activateWindow()
    part = page.question
    part.add.setFocus()
    QTest.keyClick(part.add, Qt.Key.Key_Space)
    assert page.focusWidget() is part.text
    QTest.keyClicks(part.text, "What next?")
    QTest.keyClick(part.text, Qt.Key.Key_Tab)
    for words in ("Coat", "Dress", "Shoes"):
        line = page.focusWidget()
        assert line in part.choices
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert asked(page).choices == ["Coat", "Dress", "Shoes", ""]
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Backspace)
    assert asked(page).choices == ["Coat", "Dress", "Shoes"]
    assert page.focusWidget() is part.choices[2]
    await until(lambda: bool(desk.campaigns.saves) and not page.editing.saving)
    assert desk.campaigns.saves[-1].question == asked(page)
    shown = page.preview.phone.shown.question
    assert shown is not None
    assert (shown.text, list(shown.choices)) == ("What next?", ["Coat", "Dress", "Shoes"])
    assert shown.free_text
    assert shown.alone
    assert page.preview.phone.shown.words == "What next?"
    assert page.sending.buttons["send"].isEnabled()
    assert not unnamed(part)


async def test_every_step_is_taken_back_and_done_again(page: ComposerPage) -> None:
    part = page.question
    click(part.add)
    QTest.keyClicks(part.choices[0], "Coat")
    part.own.click()
    part.add_choice()
    assert asked(page) == QuestionTerms(choices=["Coat", "", ""], free_text=False)
    for choices, free in ((["Coat", ""], False), (["Coat", ""], True), (["", ""], True)):
        page.undo()
        assert asked(page) == QuestionTerms(choices=choices, free_text=free)
        assert [line.text() for line in part.choices] == choices
        assert part.own.isChecked() is free
    page.undo()
    assert page.editing.draft.question is None
    assert part.add.isVisible()
    for _ in range(4):
        page.redo()
    assert [line.text() for line in part.choices] == ["Coat", "", ""]


async def test_a_question_without_any_answer_keeps_it_from_being_sent(page: ComposerPage) -> None:
    page.editing.change_variant("words", body="新款")
    click(page.question.add)
    assert page.sending.buttons["send"].isEnabled()
    page.question.own.click()
    assert page.question.fault.isVisible()
    assert not page.sending.buttons["send"].isEnabled()
    assert page.sending.note.text() == "The question has no answer yet; see there."
    QTest.keyClicks(page.question.choices[0], "Coat")
    assert not page.question.fault.isVisible()
    assert page.sending.buttons["send"].isEnabled()


async def test_there_are_eight_choices_at_most(page: ComposerPage) -> None:
    page.editing.change("", question=QuestionTerms(choices=[str(n) for n in range(8)]))
    assert not page.question.more.isVisible()
    QTest.keyClick(page.question.choices[7], Qt.Key.Key_Return)
    assert len(asked(page).choices) == 8
    page.question.choices[3].drop.trigger()
    assert asked(page).choices == ["0", "1", "2", "4", "5", "6", "7"]
    assert page.question.more.isVisible()


async def test_what_another_console_wrote_comes_in_and_goes(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    await until(lambda: not page.editing.saving)
    draft = page.editing.draft
    desk.campaigns.put(page.editing.client_id, draft=_with(draft, ASKS))
    await until(lambda: [line.text() for line in page.question.choices] == ["外套", "裙子"])
    desk.campaigns.put(page.editing.client_id, draft=_with(draft, None))
    await until(page.question.add.isVisible)


def _with(draft: CampaignDraft, question: QuestionTerms | None) -> CampaignDraft:
    return CampaignDraft(title=draft.title, variants=draft.variants, question=question)


async def test_what_is_sent_again_asks_the_same_and_a_series_counts_each_week(
    screen: CampaignsScreen, page: ComposerPage, until: Any
) -> None:
    page.editing.change("", question=ASKS, weekly=Weekly(weekday=5, minute=600))
    assert "Each week" in page.question._note.text()
    draft = CampaignDraft(
        variants=(DraftVariant(body="周末"),), question=ASKS,
        resent=Resent(campaign_id=7, to="unread"),
    )  # fmt: skip
    screen._port.put("again", draft=draft)  # type: ignore[attr-defined]
    await screen.open("again")
    part = screen.composer.question
    assert [line.text() for line in part.choices] == ["外套", "裙子"]
    assert not any(line.isEnabled() for line in (part.text, *part.choices))
    assert not part.remove.isVisible()
    assert "one tally" in part._note.text()
