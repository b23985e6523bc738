"""The member panel by mouse and keys: facts, tags, the whole number, history, blocking, merging."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QPushButton,
    QRadioButton,
)

from console.desk.types import FieldConflict, LinkState
from console.views.inbox import InboxScreen
from console.views.inbox.ask_reason import ReasonWindow
from console.views.inbox.history import HistoryWindow
from console.views.inbox.merge import MergeWindow
from console.views.shell import Shell
from tests.gui.memory_desk import MemoryDesk, ago
from tests.gui.memory_people import visits
from tests.gui.screens import Screens

D = TypeVar("D", bound=QDialog)
ZHOU, CHEN = 1, 2


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def composed(field: QLineEdit, words: str) -> None:
    """Words from an input method."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field, event)


def named(inbox: InboxScreen, name: str) -> QPushButton:
    found = inbox.panel.findChildren(QPushButton, name)
    return next(each for each in found if each.isVisible())


def window(shell: Shell, kind: type[D]) -> D:
    return next(each for each in shell.window().findChildren(kind) if each.isVisible())


@pytest.fixture
def shell(screens: Screens, desk: MemoryDesk) -> Shell:
    return screens.shell(desk, settings=False)


@pytest.fixture
async def inbox(shell: Shell, until: Any) -> InboxScreen:
    shell.inbox.open(ZHOU)
    await until(lambda: shell.inbox.panel.member_id == ZHOU)
    return shell.inbox


# --- facts ------------------------------------------------------------------------------------


async def test_only_what_was_changed_is_saved_with_what_stood_there(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    click(named(inbox, "edit"))
    form = inbox.panel.form
    assert form.isVisible()
    form.name.selectAll()
    QTest.keyClicks(form.name, "Zhou")
    QTest.keyClicks(form.sizes["waist"], "27")
    click(form.save)
    await until(lambda: desk.called("update"))
    was = {"display_name": "周雨桐", "sizes": {"top": "L", "bottom": "M"}}
    new = {"display_name": "Zhou", "sizes": {"top": "L", "bottom": "M", "waist": "27"}}
    ((member_id, before, changes),) = desk.called("update")
    assert (member_id, changes) == (ZHOU, new)
    assert {name: before[name] for name in was} == was  # type: ignore[index]
    await until(lambda: not form.isVisible())


async def test_a_name_that_is_none_is_said_at_its_field_and_nothing_is_lost(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    click(named(inbox, "edit"))
    form = inbox.panel.form
    form.name.clear()
    QTest.keyClicks(form.remark, "short sleeves")
    click(form.save)
    await until(lambda: form.fault_text)
    assert form.isVisible()
    assert form.remark.toPlainText() == "short sleeves"
    assert desk.called("update") == []


async def test_what_was_begun_waits_while_another_member_is_looked_at(
    inbox: InboxScreen, until: Any
) -> None:
    click(named(inbox, "edit"))
    QTest.keyClicks(inbox.panel.form.remark, "half")
    inbox.open(CHEN)
    await until(lambda: inbox.panel.member_id == CHEN)
    assert not inbox.panel.form.isVisible()
    inbox.open(ZHOU)
    await until(lambda: inbox.panel.member_id == ZHOU)
    assert inbox.panel.form.remark.toPlainText() == "half"


async def test_a_fact_that_was_changed_here_and_elsewhere_is_chosen(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    conflict = FieldConflict(field="display_name", mine="Zhou Yutong", theirs="周雨彤")
    desk.members.change(ZHOU, conflicts=(conflict,))

    def choices() -> list[QRadioButton]:
        found = inbox.panel.findChildren(QRadioButton)
        return [each for each in found if each.isVisible()]

    await until(lambda: len(choices()) == 2)
    assert "Zhou Yutong" in choices()[0].text()
    click(choices()[0])
    keep = next(b for b in inbox.panel.findChildren(QPushButton) if "Keep what" in b.text())
    click(keep)
    await until(lambda: desk.called("decide") == [(ZHOU, ["display_name"])])
    assert desk.panels[ZHOU].name == "Zhou Yutong"


# --- tags -------------------------------------------------------------------------------------


async def test_a_tag_is_completed_put_on_and_taken_off_with_undo(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    tags = inbox.panel.tags
    click(tags.add)
    await until(lambda: tags.field.completer().model().rowCount() > 0)
    composed(tags.field, "针")
    completer = tags.field.completer()
    assert completer.currentCompletion() == "针织"
    QTest.keyClick(completer.popup(), Qt.Key.Key_Down)
    QTest.keyClick(completer.popup(), Qt.Key.Key_Return)
    await until(lambda: desk.called("tag") == [(ZHOU, ["针织"], [])])
    await until(lambda: "针织" in [chip.tag for chip in tags.chips])
    first = tags.chips[0]
    click(first.cross)
    await until(lambda: (ZHOU, [], ["女装"]) in desk.called("tag"))
    await until(inbox.around.bar.isVisible)
    click(inbox.around.bar.button)
    await until(lambda: (ZHOU, ["女装"], []) in desk.called("tag"))


async def test_escape_keeps_a_tag_that_is_being_typed(inbox: InboxScreen) -> None:
    tags = inbox.panel.tags
    click(tags.add)
    QTest.keyClicks(tags.field, "new")
    tags.field.completer().popup().hide()
    QTest.keyClick(tags.field, Qt.Key.Key_Escape)
    assert tags.field.text() == "new"
    tags.field.clear()
    QTest.keyClick(tags.field, Qt.Key.Key_Escape)
    assert not tags.field.isVisible()


# --- the whole number -------------------------------------------------------------------------


async def test_the_whole_number_is_shown_for_a_while_after_a_reason(
    inbox: InboxScreen, shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    click(named(inbox, "reveal"))
    asking = window(shell, ReasonWindow)
    assert not asking.ok.isEnabled()
    QTest.keyClicks(asking.own, "courier asks")
    click(asking.ok)
    await until(lambda: desk.called("reveal") == [(ZHOU, "courier asks")])
    await until(lambda: inbox.panel.number.number == "13812346021")
    inbox.open(CHEN)
    await until(lambda: inbox.panel.member_id == CHEN)
    assert inbox.panel.number.number == ""


async def test_without_a_line_no_number_is_shown(
    inbox: InboxScreen, shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    desk.tell_link(LinkState(phase="offline", since=ago(1)))
    click(named(inbox, "reveal"))
    asking = window(shell, ReasonWindow)
    click(asking.choices[0])
    click(asking.ok)
    await until(lambda: "needs the line" in shell.toast.text)
    assert inbox.panel.number.number == ""


# --- history ----------------------------------------------------------------------------------


async def test_the_history_has_its_kinds_and_goes_on_where_it_ended(
    inbox: InboxScreen, shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    desk.members.pages["visit"] = visits(50)
    click(named(inbox, "history"))
    history = window(shell, HistoryWindow)
    await until(history.empty.isVisible)
    click(history.tabs["visit"])
    await until(lambda: history.rows.count() == 80)
    assert history.more.isVisible()
    click(history.more)
    await until(lambda: history.rows.count() == 100)
    assert not history.more.isVisible()
    history.reject()


# --- blocking ---------------------------------------------------------------------------------


async def test_blocking_asks_why_and_can_be_taken_back(
    inbox: InboxScreen, shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    inbox.around.people.ask_block(ZHOU, "周雨桐")
    asking = window(shell, ReasonWindow)
    click(asking.choices[1])
    click(asking.ok)
    await until(lambda: desk.called("set_blocked") == [(ZHOU, True, "Advertising")])
    await until(inbox.around.bar.isVisible)
    click(inbox.around.bar.button)
    await until(lambda: desk.called("set_blocked")[-1] == (ZHOU, False, ""))


# --- merging ----------------------------------------------------------------------------------


async def test_two_members_are_compared_merged_and_parted_again(
    inbox: InboxScreen, shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    desk.panels[CHEN] = msgspec.structs.replace(
        desk.panels[CHEN], phone="139****0000", points=300, tags=("熟客",)
    )
    click(named(inbox, "merge"))
    merging = window(shell, MergeWindow)
    assert not merging.merge.isEnabled()
    composed(merging.search, "陈")
    await until(lambda: merging.found.count() == 1)
    QTest.keyClick(merging.search, Qt.Key.Key_Return)
    await until(lambda: merging.preview is not None)
    assert merging.preview is not None
    assert "2,300" in merging.moves(merging.preview)
    other = merging.findChild(QRadioButton, "phone-gone")
    assert other is not None
    click(other)
    click(merging.merge)
    await until(lambda: desk.called("merge") == [(ZHOU, CHEN, ["phone"])])
    await until(inbox.around.bar.isVisible)
    click(inbox.around.bar.button)
    await until(lambda: desk.called("unmerge") == [(77,)])


async def test_an_erased_member_shows_nothing_of_her_but_her_history(
    inbox: InboxScreen, desk: MemoryDesk, until: Any
) -> None:
    desk.panels[CHEN] = msgspec.structs.replace(
        desk.panels[CHEN], name="", state="erased", created_at=ago(60)
    )
    inbox.open(CHEN)
    await until(lambda: inbox.panel.member_id == CHEN)
    assert not inbox.panel.tags.isVisible()
    names = {each.objectName() for each in inbox.panel.findChildren(QPushButton)
             if each.isVisible()}  # fmt: skip
    assert "history" in names
    assert names.isdisjoint({"merge", "edit", "reveal", "invite"})


# --- a narrow window --------------------------------------------------------------------------


async def test_in_a_narrow_window_the_member_stands_in_the_lists_place_when_asked_for(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    shell = screens.shell(desk, QSize(911, 512), settings=False)
    inbox = shell.inbox
    assert not inbox.header.member.isVisible()
    inbox.open(ZHOU)
    await until(lambda: inbox.tasks.idle)
    assert (inbox.conversations.isVisible(), inbox.panel.isVisible()) == (True, False)
    click(inbox.header.member)
    assert (inbox.conversations.isVisible(), inbox.panel.isVisible()) == (False, True)
    assert inbox.panel.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(shell, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert (inbox.conversations.isVisible(), inbox.panel.isVisible()) == (True, False)
    assert inbox.reply.text.hasFocus()
    QTest.keyClick(shell, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(shell, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert inbox.conversations.search.hasFocus()
    assert not inbox.panel.isVisible()


async def test_where_there_is_room_for_both_the_key_leads_to_the_member(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    inbox = shell.inbox
    inbox.open(ZHOU)
    await until(lambda: inbox.tasks.idle)
    assert not inbox.header.member.isVisible()
    QTest.keyClick(shell, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert inbox.panel.isAncestorOf(QApplication.focusWidget())
    assert inbox.conversations.isVisible()
    shell.resize(911, 512)
    assert inbox.conversations.isVisible()
    assert inbox.header.member.isVisible()


async def test_tab_goes_through_the_panel_from_top_to_bottom(
    shell: Shell, desk: MemoryDesk, until: Any
) -> None:
    inbox = shell.inbox
    inbox.open(ZHOU)
    await until(lambda: inbox.tasks.idle)
    QTest.keyClick(shell, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    heights = []
    for _ in range(6):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        there = QApplication.focusWidget()
        assert inbox.panel.isAncestorOf(there)
        heights.append(there.mapTo(inbox.panel, there.rect().topLeft()).y())
    assert heights == sorted(heights)
    assert heights[0] < 60


# --- by keys ----------------------------------------------------------------------------------


async def test_she_is_blocked_by_keys_alone(shell: Shell, desk: MemoryDesk, until: Any) -> None:
    shell.inbox.open(ZHOU)
    await until(lambda: shell.inbox.tasks.idle)
    QTest.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    await until(shell.finder.isVisible)
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "block the")
    await until(lambda: shell.finder.query == "block the")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: shell.findChild(ReasonWindow) is not None)
    asked = window(shell, ReasonWindow)
    QTest.keyClick(asked.findChildren(QRadioButton)[1], Qt.Key.Key_Space)
    QTest.keyClick(asked, Qt.Key.Key_Return)
    await until(lambda: desk.called("set_blocked") == [(1, True, "Advertising")])
