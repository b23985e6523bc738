"""Answers of members: counted live, sorted by drag and by keys, kept as segments, exported."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from console.desk.campaign_types import CampaignDraft, DraftVariant
from console.domain.segments import Answered, Listed
from console.views.campaigns import CampaignsScreen
from console.views.campaigns.answer_windows import NameWindow
from console.views.campaigns.answers_page import AnswersPage
from console.views.campaigns.answers_words import NEW, buying_list
from console.wire.campaign_rows import QuestionTerms
from tests.gui.memory_desk import MemoryDesk
from tests.gui.screens import Screens
from tests.gui.test_accessible import unnamed

ASKS = QuestionTerms(text="想添什么?", choices=["外套", "连衣裙"], free_text=True)
SAID: tuple[tuple[str, str | int], ...] = (
    ("周雨桐", "厚外套"), ("安小满", "羽绒服吧"), ("林晓雯", "=随便"), ("何静", 1),
    ("苏晴", "裤子"), ("陈悦", "厚外套"), ("吴桐", 1),
)  # fmt: skip


def click(on: QAbstractButton) -> None:
    QTest.mouseClick(on, Qt.MouseButton.LeftButton)


def carry(page: AnswersPage, rows: list[int], key: str) -> bool:
    """Drag answers of the list onto a group; whether it took them."""
    mime: QMimeData = page.model.mimeData([page.model.index(row) for row in rows])
    at = page.groups.box(key).center()
    action, button = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), action, mime, button, none)
    QApplication.sendEvent(page.groups, enter)
    move = QDragMoveEvent(at.toPoint(), action, mime, button, none)
    QApplication.sendEvent(page.groups, move)
    if not move.isAccepted():
        return False
    QApplication.sendEvent(page.groups, QDropEvent(QPointF(at), action, mime, button, none))
    return True


def go_to(page: AnswersPage, key: str, arrow: Qt.Key) -> None:
    for _ in range(12):
        if page.groups.current == key:
            return
        QTest.keyClick(page.groups, arrow)
    raise AssertionError(f"{key} is not reached")


def groups(page: AnswersPage) -> dict[str, int]:
    return {line.words: line.count for line in page.groups.lines if line.key and not line.adds}


@pytest.fixture
async def screen(screens: Screens, desk: MemoryDesk, until: Any) -> CampaignsScreen:
    shell = screens.shell(desk, settings=False)
    shell.show_section("campaigns")
    await until(lambda: shell.campaigns.tasks.idle)
    return shell.campaigns


@pytest.fixture
async def page(screen: CampaignsScreen, desk: MemoryDesk, until: Any) -> AnswersPage:
    desk.answers.asked = ASKS
    for name, said in SAID:
        desk.answers.answer(name, said)
    draft = CampaignDraft(variants=(DraftVariant(body="想听听"),), question=ASKS)
    desk.campaigns.put("asks", id=1, state="done", draft=draft, counts={"written": 120})
    await screen.open("asks")
    await until(screen.composer.answers.isVisible)
    click(screen.composer.answers.all)
    await until(screen.answers.isVisible)
    await until(lambda: screen.tasks.idle)
    return screen.answers


async def test_the_report_of_a_campaign_counts_answers_and_leads_to_them(
    page: AnswersPage, screen: CampaignsScreen, desk: MemoryDesk, until: Any
) -> None:
    part = screen.composer.answers
    assert part.words.text() == "7 of 120 answered"
    assert [(bar.words, bar.count) for bar in part.bars.bars] == [
        ("外套", 0), ("连衣裙", 2), ("Own words", 5),
    ]  # fmt: skip
    click(page.back)
    assert screen.composing
    desk.answers.answer("新人", 0)
    await until(lambda: part.words.text() == "8 of 120 answered")


async def test_groups_stand_with_their_bars_and_answers_come_in_live(
    page: AnswersPage, desk: MemoryDesk, until: Any
) -> None:
    assert [(line.words, line.count) for line in page.groups.lines if line.key] == [
        ("外套", 0), ("连衣裙", 2), ("+ New bucket: drag answers here", 0), ("外套", 3),
        ("裤子", 1), ("Unsorted", 1),
    ]  # fmt: skip
    assert page.counts.text() == "7 of 120 answered"
    page.show_group("bucket/外套")
    page.list.setCurrentIndex(page.model.index(1))
    kept = [answer.id for answer in page.selected]
    desk.answers.answer("新人", "大衣")
    await until(lambda: page.model.rowCount() == 4)
    assert page.model.answers[0].text == "大衣"
    assert [answer.id for answer in page.selected] == kept
    assert page.share.text() == "4 members · 50 %"
    QAbstractItemModelTester(page.model)
    assert not unnamed(page)


async def test_an_answer_is_dragged_to_another_bucket_and_taken_back(
    page: AnswersPage, desk: MemoryDesk, until: Any
) -> None:
    page.show_group("bucket/外套")
    assert carry(page, [0, 1], "bucket/裤子")
    await until(lambda: groups(page)["裤子"] == 3)
    assert groups(page)["Unsorted"] == 1
    assert not carry(page, [0], "choice/0")
    page.sorting.undo()
    await until(lambda: groups(page)["裤子"] == 1)
    assert desk.answers.calls[-1][2] == ""
    assert carry(page, [0], "unsorted")
    await until(lambda: len(desk.answers.calls) == 3)
    assert groups(page)["外套"] == 3, "its words lead back"


async def test_the_groups_scroll_while_answers_are_held_near_their_edge(
    page: AnswersPage, desk: MemoryDesk, until: Any
) -> None:
    for number in range(20):
        key = desk.answers.answer(f"新人{number}", "随便")
        await desk.answers.move("asks", [key], f"桶 {number}")
    await until(lambda: groups(page).get("桶 19") == 1)
    bar = page._area.verticalScrollBar()
    await until(lambda: bar.maximum() > 0)
    page.show_group("bucket/外套")
    bar.setValue(0)
    below = page.groups.mapFrom(page._area.viewport(), page._area.viewport().rect().bottomLeft())
    page.groups.held_at.emit(below.y())
    assert bar.value() > 0
    assert carry(page, [0], "bucket/桶 19")
    await until(lambda: groups(page)["桶 19"] == 2)


async def test_keys_alone_choose_mark_move_make_and_name(
    page: AnswersPage, desk: MemoryDesk, until: Any
) -> None:
    page.window().activateWindow()
    page.groups.setFocus()
    go_to(page, "unsorted", Qt.Key.Key_Down)
    assert page.heading.accessibleName() == "Unsorted"
    QTest.keyClick(page.groups, Qt.Key.Key_Return)
    assert page.focusWidget() is page.list
    assert [answer.text for answer in page.selected] == ["=随便"]
    menu = page.moves()
    assert [action.text() for action in menu.actions() if action.text()] == [
        "外套", "裤子", "New bucket…", "Where their words belong",
    ]  # fmt: skip
    next(action for action in menu.actions() if action.text() == "New bucket…").trigger()
    [window] = page.findChildren(NameWindow)
    assert not window.take.isEnabled()
    QTest.keyClicks(window.name, " Any   thing ")
    QTest.keyClick(window.name, Qt.Key.Key_Return)
    await until(lambda: groups(page).get("Any thing") == 1)
    page.groups.setFocus()
    go_to(page, "bucket/Any thing", Qt.Key.Key_Up)
    QTest.keyClick(page.groups, Qt.Key.Key_F2)
    window = next(each for each in page.findChildren(NameWindow) if each.isVisible())
    window.name.setText("Whatever")
    click(window.take)
    await until(lambda: groups(page).get("Whatever") == 1)
    assert page.groups.current == "bucket/Whatever"
    assert ("rename", "Any thing", "Whatever") in desk.answers.calls


async def test_a_bucket_renamed_to_another_joins_it_also_for_later_answers(
    page: AnswersPage, desk: MemoryDesk, until: Any
) -> None:
    page.show_group("bucket/裤子")
    click(page.rename)
    [window] = page.findChildren(NameWindow)
    window.name.setText("外套")
    click(window.take)
    await until(lambda: "裤子" not in groups(page))
    desk.answers.answer("新人", "阔腿裤")
    await until(lambda: page.report is not None and len(page.report.buckets[0].answers) == 5)


async def test_a_new_bucket_asks_for_its_name_when_answers_are_let_go_there(
    page: AnswersPage, until: Any
) -> None:
    page.show_group("bucket/外套")
    carry(page, [2], NEW)
    [window] = page.findChildren(NameWindow)
    window.reject()
    assert groups(page)["外套"] == 0 or "外套" in groups(page)
    QTest.mouseClick(page.groups, Qt.MouseButton.LeftButton,
                     pos=QPoint(20, round(page.groups.box(NEW).center().y())))  # fmt: skip
    assert not [each for each in page.findChildren(NameWindow) if each.isVisible()], (
        "nothing marked"
    )


async def test_a_group_becomes_a_segment_of_its_members(
    page: AnswersPage, desk: MemoryDesk, until: Any
) -> None:
    page.show_group("bucket/外套")
    click(page.segment)
    [window] = page.findChildren(NameWindow)
    assert window.name.text() == "周三提问 · 外套"
    click(window.take)
    await until(lambda: "周三提问 · 外套" in page.note.text())
    saved = await desk.segments.saved()
    assert saved[-1].rule == Listed((1, 2, 6))
    page.show_group("choice/1")
    click(page.segment)
    window = next(each for each in page.findChildren(NameWindow) if each.isVisible())
    click(window.take)
    await until(lambda: len(desk.segments.kept) > len(saved))
    assert desk.segments.kept[-1].rule == Answered(1, (1,))


async def test_the_buying_list_is_copied_and_exported_without_names(
    page: AnswersPage, tmp_path: Path
) -> None:
    click(page.copy)
    said = QGuiApplication.clipboard().text()
    assert said.splitlines()[:5] == ["想添什么?", "", "连衣裙  2", "", "外套  3"]
    assert "  厚外套  ×2" in said.splitlines()
    assert not any(name in said for name, _ in SAID)
    assert page.report is not None
    assert said == buying_list(page.report)
    file = tmp_path / "list.csv"
    page.write(file)
    assert page.note.text() == "Written to list.csv."
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[1] == ["连衣裙", "2", "", "2"]
    assert ["外套", "3", "厚外套", "2"] in rows
    assert ["Unsorted", "1", "'=随便", "1"] in rows
    page.write(tmp_path / "nowhere" / "list.csv")
    assert page.note.text().startswith("“list.csv” cannot be written")


async def test_nobody_answered_yet_is_said_and_a_campaign_without_question_shows_none_of_it(
    screen: CampaignsScreen, desk: MemoryDesk, until: Any
) -> None:
    draft = CampaignDraft(variants=(DraftVariant(body="x"),))
    desk.campaigns.put("plain", id=2, state="done", draft=draft)
    await screen.open("plain")
    await until(lambda: screen.tasks.idle)
    assert not screen.composer.answers.isVisible()
    desk.answers.asked = ASKS
    await screen.show_answers(2)
    assert screen.answers.empty.isVisible()
    assert not screen.answers.copy.isEnabled()
    assert not screen.answers.segment.isEnabled()
