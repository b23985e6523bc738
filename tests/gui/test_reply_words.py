"""Quick replies, emoji, items, notes and sending later, with real keys and clicks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from console import roles
from console.desk.types import MemberPanel, MessageItem, NewMessage, PhotoItem
from console.ui.when import WhenWindow
from console.views.inbox.change_words import ChangeWords
from console.views.inbox.reply import ReplyPane
from console.views.inbox.reply_keep import KeepWindow
from tests.gui.memory_desk import MemoryDesk
from tests.gui.memory_writing import SHELF
from tests.gui.replying import press
from tests.gui.screens import Screens

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
async def reply(screens: Screens, desk: MemoryDesk, until: Any) -> ReplyPane:
    desk.panels[desk.items[2].member_id or 0] = MemberPanel(
        member_id=desk.items[2].member_id or 0, name="陈思敏", points=2_000
    )
    shell = screens.shell(desk)
    shell.inbox.open(2)
    shell.inbox.reply.text.setFocus()
    await until(lambda: shell.inbox.tasks.idle)
    return shell.inbox.reply


@pytest.fixture
def complaints(reply: ReplyPane) -> list[str]:
    said: list[str] = []
    reply.complained.connect(said.append)
    return said


def shown(reply: ReplyPane) -> list[str]:
    popup = reply.quick.popup
    return popup.list.titles if popup.isVisible() else []


# --- quick replies ----------------------------------------------------------------------------


async def test_a_slash_in_an_empty_place_offers_quick_replies_the_most_used_first(
    reply: ReplyPane, until: Any
) -> None:
    QTest.keyClicks(reply.text, "/")
    await until(lambda: len(shown(reply)) == 5)
    assert shown(reply)[:2] == ["有现货", "已经留好"]
    popup = reply.quick.popup
    above = popup.mapTo(reply.window(), popup.rect().bottomLeft()).y()
    assert popup.height() > popup.list.height() > 100
    assert above < reply.mapTo(reply.window(), QPoint()).y()
    QTest.keyClicks(reply.text, "jf")
    await until(lambda: shown(reply) == ["积分"])
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    assert reply.text.toPlainText() == "陈思敏您现在有 2,000 积分,随时可以换券。"
    assert not reply.quick.popup.isVisible()


async def test_what_a_chinese_input_method_writes_for_the_key_opens_them_too(
    reply: ReplyPane, until: Any
) -> None:
    done = QInputMethodEvent("", [])
    done.setCommitString("、")
    QApplication.sendEvent(reply.text, done)
    await until(lambda: len(shown(reply)) == 5)
    done.setCommitString("欢迎")
    QApplication.sendEvent(reply.text, done)
    await until(lambda: shown(reply) == ["欢迎"])
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    assert reply.text.toPlainText().startswith("陈思敏您好")


async def test_a_slash_inside_a_word_is_a_slash(reply: ReplyPane, desk: MemoryDesk) -> None:
    QTest.keyClicks(reply.text, "1/2")
    assert desk.called("find_quick") == []
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    assert reply.text.toPlainText() == ""


async def test_pinyin_and_arrows_choose_and_what_was_sent_is_counted(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(reply.text, "/yijing")
    await until(lambda: shown(reply) == ["已经留好"])
    for _ in range(7):
        QTest.keyClick(reply.text, Qt.Key.Key_Backspace)
    QTest.keyClicks(reply.text, "/")
    await until(lambda: len(shown(reply)) == 5)
    QTest.keyClick(reply.text, Qt.Key.Key_Down)
    QTest.keyClick(reply.text, Qt.Key.Key_Down)
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    assert reply.text.toPlainText().startswith("陈思敏您好,我是时光衣橱的李店长")
    assert desk.called("use_quick") == []
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("use_quick"))
    assert desk.called("use_quick") == [("ready-1",)]


async def test_escape_closes_the_popup_and_keeps_the_text(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(reply.text, "/yh")
    await until(lambda: shown(reply) == ["有现货"])
    QTest.keyClick(reply.text, Qt.Key.Key_Escape)
    assert not reply.quick.popup.isVisible()
    assert reply.text.toPlainText() == "/yh"
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("send"))
    assert desk.called("send") == [(2, NewMessage(body="/yh"))]


async def test_blanks_are_filled_one_after_the_other_with_tab(
    reply: ReplyPane, desk: MemoryDesk, until: Any, complaints: list[str]
) -> None:
    QTest.keyClicks(reply.text, "/yh")
    await until(lambda: shown(reply) == ["有现货"])
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    assert reply.text.textCursor().selectedText() == "[颜色]"
    QTest.keyClicks(reply.text, "red")
    QTest.keyClick(reply.text, Qt.Key.Key_Tab)
    assert reply.text.textCursor().selectedText() == "[尺码]"
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    assert desk.called("send") == []
    assert complaints == ["A blank is not filled in yet; Enter again sends it as it is"]
    assert reply.text.textCursor().selectedText() == "[尺码]"
    QTest.keyClicks(reply.text, "L")
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("send"))
    assert desk.called("send")[0][1].body.startswith("您问的这款 red L 有现货")


async def test_tab_leaves_the_field_when_there_is_no_blank(reply: ReplyPane) -> None:
    QTest.keyClicks(reply.text, "see [this]")
    QTest.keyClick(reply.text, Qt.Key.Key_Tab)
    assert not reply.text.hasFocus()


async def test_no_popup_while_an_input_method_composes(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(reply.text, "/")
    await until(lambda: shown(reply))
    QApplication.sendEvent(reply.text, QInputMethodEvent("huan", []))
    assert not reply.quick.popup.isVisible()
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    assert reply.text.toPlainText() == "/"
    done = QInputMethodEvent("", [])
    done.setCommitString("欢")
    QApplication.sendEvent(reply.text, done)
    await until(lambda: shown(reply) == ["欢迎"])


async def test_a_quick_replys_pictures_come_along(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    desk.quick_replies.photos["ready-2"] = (PhotoItem(path="chart.png"), PhotoItem(media_id=9))
    QTest.keyClicks(reply.text, "/yh")
    await until(lambda: shown(reply) == ["有现货"])
    press(reply.quick.popup.list.viewport())
    await until(lambda: reply.strip.photos)
    assert reply.strip.photos == [b"chart.png"]


async def test_the_tool_opens_them_and_leads_to_their_settings(
    screens: Screens, reply: ReplyPane, until: Any
) -> None:
    press(reply.tools.buttons["quick"])
    await until(lambda: shown(reply))
    QTest.mouseClick(reply.quick.popup._manage, Qt.MouseButton.LeftButton)
    assert screens.current.section == "settings"


async def test_what_is_written_is_kept_as_a_quick_reply(
    screens: Screens, reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    reply.text.setPlainText("我们周一休息")
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), reply.text.mapToGlobal(QPoint(5, 5))
    )
    QApplication.sendEvent(reply.text, event)
    menu = next(each for each in reply.text.findChildren(QMenu))
    next(each for each in menu.actions() if each.objectName() == "keep").trigger()
    menu.close()
    window = screens.current.findChild(KeepWindow)
    assert window is not None
    QTest.keyClicks(window.title, "Monday")
    QTest.keyClicks(window.shortcut, "hi")
    press(window.save)
    await until(lambda: window.fault_text)
    assert "hi" in window.fault_text
    window.shortcut.setText("mo")
    press(window.save)
    await until(lambda: desk.called("save_quick"))
    assert desk.called("save_quick") == [(False, "Monday", "mo", "我们周一休息")]
    assert reply.text.toPlainText() == "我们周一休息"


# --- emoji ------------------------------------------------------------------------------------


async def test_emoji_are_found_and_put_at_the_cursor_with_the_keyboard(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    reply.text.setPlainText("ok!")
    QTest.keyClick(reply.text, Qt.Key.Key_Left, CTRL)
    reply.text.moveCursor(reply.text.textCursor().MoveOperation.Start)
    QTest.keyClick(reply.text, Qt.Key.Key_M, CTRL)
    await until(reply.emoji.isVisible)
    assert reply.emoji.shown == ["👗", "🙏"]
    assert reply.emoji.height() > reply.emoji.list.height()
    QTest.keyClicks(reply.emoji.search, "scarf")
    assert reply.emoji.shown == ["🧣"]
    QTest.keyClick(reply.emoji.search, Qt.Key.Key_Return)
    assert reply.text.toPlainText() == "🧣ok!"
    QTest.keyClick(reply.emoji.search, Qt.Key.Key_Escape)
    assert not reply.emoji.isVisible()
    assert reply.text.hasFocus()
    await until(lambda: desk.called("remember_emoji"))


async def test_emoji_groups_are_chosen_with_the_mouse(reply: ReplyPane, until: Any) -> None:
    press(reply.tools.buttons["emoji"])
    await until(reply.emoji.isVisible)
    press(reply.emoji.chips["clothes"])
    assert "🧥" in reply.emoji.shown
    grid = reply.emoji.list
    box = grid.visualItemRect(grid.item(1)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert reply.text.toPlainText() == "👚"
    press(reply.text.viewport())
    assert not reply.emoji.isVisible()


# --- items ------------------------------------------------------------------------------------


async def test_an_item_is_searched_chosen_and_sent_with_the_words(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClick(reply.text, Qt.Key.Key_P, CTRL)
    await until(reply.items.isVisible)
    QTest.keyClicks(reply.items.search, "red")
    await until(lambda: reply.items.list.titles == ["Red trench"])
    assert reply.items.height() > reply.items.list.height()
    QTest.keyClick(reply.items.search, Qt.Key.Key_Tab)
    QTest.keyClick(reply.items.search, Qt.Key.Key_Return)
    assert not reply.items.isVisible()
    assert reply.attached.item_chip.title_text == "Red trench · Red · S"
    assert "¥499" in reply.attached.item_chip.below_text
    assert reply.text.hasFocus()
    QTest.keyClicks(reply.text, "this one?")
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("send"))
    red = SHELF[1]
    wanted = NewMessage(body="this one?", product_id=red.product_id,
                        variant_id=red.variants[0].variant_id)  # fmt: skip
    assert desk.called("send") == [(2, wanted)]
    assert not reply.attached.any


async def test_an_item_is_chosen_with_the_mouse_and_taken_out_again(
    reply: ReplyPane, until: Any
) -> None:
    press(reply.tools.buttons["item"])
    await until(reply.items.isVisible)
    press(reply.items.variants[1])
    rows = reply.items.list
    box = rows.visualItemRect(rows.item(0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert reply.attached.item_chip.title_text == "Camel trench · Camel · S"
    press(reply.attached.item_chip.remove)
    assert not reply.attached.any


async def test_escape_closes_the_items_and_keeps_the_words(reply: ReplyPane, until: Any) -> None:
    QTest.keyClicks(reply.text, "half a thought")
    press(reply.tools.buttons["item"])
    await until(reply.items.isVisible)
    QTest.keyClick(reply.items.search, Qt.Key.Key_Escape)
    assert not reply.items.isVisible()
    assert reply.text.toPlainText() == "half a thought"
    assert reply.text.hasFocus()


async def test_no_popup_stays_over_another_screen(
    screens: Screens, reply: ReplyPane, until: Any
) -> None:
    press(reply.tools.buttons["item"])
    await until(reply.items.isVisible)
    screens.current.show_section("settings")
    assert not reply.items.isVisible()


# --- notes ------------------------------------------------------------------------------------


async def test_a_note_is_added_for_colleagues_and_nothing_is_sent(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    press(reply.tools.buttons["note"])
    assert reply.note
    assert reply.note_words.isVisible()
    QTest.keyClicks(reply.text, "returns a lot")
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("add_note"))
    assert desk.called("add_note") == [(2, "returns a lot")]
    assert desk.called("send") == []
    assert desk.called("typing") == []
    assert reply.text.toPlainText() == ""
    assert reply.note


async def test_switching_between_note_and_reply_never_sends_and_keeps_the_words(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(reply.text, "half a thought")
    QTest.keyClick(reply.text, Qt.Key.Key_N, CTRL)
    assert reply.note
    QTest.keyClick(reply.text, Qt.Key.Key_Escape)
    assert not reply.note
    assert reply.text.toPlainText() == "half a thought"
    # As a note it is no draft; as a reply it is one again.
    await until(lambda: desk.called("save_draft")[-1:] == [(2, "half a thought", False)])
    assert desk.called("send") == desk.called("add_note") == []


async def test_a_note_begun_is_still_a_note_after_looking_elsewhere(
    screens: Screens, reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    press(reply.tools.buttons["note"])
    QTest.keyClicks(reply.text, "not for her")
    screens.current.inbox.open(10)
    assert not reply.note
    screens.current.inbox.open(2)
    await until(lambda: reply.text.toPlainText() == "not for her")
    assert reply.note
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("add_note"))
    assert desk.called("send") == []


async def test_a_begun_note_is_no_draft_that_another_console_could_send(
    screens: Screens, reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(reply.text, "not for her")
    await until(lambda: desk.called("save_draft"))
    press(reply.tools.buttons["note"])
    QTest.keyClicks(reply.text, "!")
    await until(lambda: desk.begun.notes == {2: "not for her!"})
    assert desk.drafts[2].body == ""
    desk.tell(2)
    await until(lambda: screens.current.inbox.tasks.idle)
    assert reply.text.toPlainText() == "not for her!"
    QTest.keyClick(reply.text, Qt.Key.Key_Escape)
    await until(lambda: desk.begun.notes == {2: ""})
    assert desk.drafts[2].body == "not for her!"


async def test_a_begun_note_is_a_note_again_after_the_program_was_closed(
    screens: Screens, desk: MemoryDesk, until: Any
) -> None:
    desk.begun.notes[2] = "not for her"
    shell = screens.shell(desk)
    shell.inbox.open(2)
    reply = shell.inbox.reply
    await until(lambda: reply.text.toPlainText() == "not for her")
    assert reply.note
    assert reply.note_words.isVisible()
    reply.text.setFocus()
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("add_note"))
    assert desk.called("send") == []
    await until(lambda: desk.begun.notes == {})


async def test_a_note_that_could_not_be_added_comes_back_as_a_note(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    desk.broken.add("add_note")
    press(reply.tools.buttons["note"])
    QTest.keyClicks(reply.text, "careful")
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: reply.text.toPlainText() == "careful")
    assert reply.note


async def test_what_was_attached_waits_while_a_note_is_written(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    press(reply.tools.buttons["item"])
    await until(reply.items.isVisible)
    QTest.keyClick(reply.items.search, Qt.Key.Key_Return)
    press(reply.tools.buttons["note"])
    assert not reply.attached.isVisible()
    QTest.keyClicks(reply.text, "careful")
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("add_note"))
    QTest.keyClick(reply.text, Qt.Key.Key_Escape)
    assert reply.attached.item_chip.isVisible()
    assert desk.called("send") == []


# --- later ------------------------------------------------------------------------------------


async def test_the_next_message_follows_while_the_last_is_still_being_kept(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    desk.memory_writing.held.clear()
    for words in ("one", "two"):
        QTest.keyClicks(reply.text, words)
        QTest.keyClick(reply.text, Qt.Key.Key_Return)
        assert reply.text.toPlainText() == ""
    QTest.keyClicks(reply.text, "three")
    reply.open(1)
    assert reply.text.toPlainText() == ""
    desk.memory_writing.held.set()
    await until(lambda: 2 in desk.drafts)
    assert [item.body for item in desk.messages[2]][-2:] == ["one", "two"]
    assert desk.drafts[2].body == "three"


async def test_a_message_is_sent_later_at_a_usual_time(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(reply.text, "see you tomorrow")
    QTest.keyClick(reply.text, Qt.Key.Key_Return, ALT)
    await until(lambda: reply.buttons.menu is not None)
    menu = reply.buttons.menu
    assert menu is not None
    next(each for each in menu.actions() if each.objectName() == "opening").trigger()
    menu.close()
    await until(lambda: desk.called("schedule"))
    ((chat, message, at),) = desk.called("schedule")
    assert (chat, message.body, at.hour, at.minute) == (2, "see you tomorrow", 9, 30)
    assert desk.messages[2][-1].due == "waiting"
    assert reply.text.toPlainText() == ""


async def test_past_and_too_far_times_are_refused_with_a_sentence(
    screens: Screens, reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    QTest.keyClicks(reply.text, "later")
    press(reply.buttons.choose)
    await until(lambda: reply.buttons.menu is not None)
    menu = reply.buttons.menu
    assert menu is not None
    next(each for each in menu.actions() if each.objectName() == "other").trigger()
    menu.close()
    window = screens.current.findChild(WhenWindow)
    assert window is not None
    now = window.edit.dateTime()
    window.edit.setDateTime(now.addDays(-1))
    press(window.accept_button)
    assert window.fault_text == "This time is past; choose one to come"
    window.edit.setDateTime(now.addDays(120))
    assert window.fault_text == ""
    press(window.accept_button)
    assert window.fault_text == "At most 90 days ahead; choose an earlier time"
    window.edit.setDateTime(now.addDays(3))
    press(window.accept_button)
    await until(lambda: desk.called("schedule"))
    await until(lambda: desk.called("remember_later"))
    assert reply.text.toPlainText() == ""


async def test_the_words_of_a_planned_message_are_changed_from_its_bubble(
    screens: Screens, reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    clock = screens.current.inbox.clock
    key = await desk.writing.schedule(
        2, NewMessage(body="明天见"), clock.now() + timedelta(hours=9)
    )
    acts = screens.current.inbox.timeline.acts
    item = next(each for each in desk.messages[2] if each.key == key)
    choice = next(each for each in acts.choices(item) if each[0] == "edit")
    assert choice[3]
    choice[2]()
    window = screens.current.findChild(ChangeWords)
    assert window is not None
    window.words.clear()
    press(window.save)
    assert window.fault_text
    QTest.keyClicks(window.words, "at ten")
    await until(window.isActiveWindow)
    QTest.keyClick(window.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: desk.called("change_scheduled"))
    assert desk.called("change_scheduled") == [(2, key, "at ten", None)]


async def test_delete_cancels_a_planned_message(
    screens: Screens, reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    at = screens.current.inbox.clock.now() + timedelta(hours=9)
    key = await desk.writing.schedule(2, NewMessage(body="明天见"), at)
    pane = screens.current.inbox.timeline
    await until(lambda: pane.model.row_of_key(key) >= 0)
    pane.list.setFocus()
    pane.list.setCurrentIndex(pane.model.index(pane.model.row_of_key(key), 0))
    QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    await until(lambda: desk.called("cancel_scheduled") == [(2, key)])


# --- refused messages -------------------------------------------------------------------------


def at_refused(screens: Screens, desk: MemoryDesk) -> tuple[Any, MessageItem]:
    bubbles = screens.current.inbox.timeline.list
    bubbles.setFocus()
    item = next(each for each in desk.messages[2] if each.state == "failed")
    rows = [bubbles.model().index(row, 0) for row in range(bubbles.model().rowCount())]
    here = (index for index in rows if getattr(index.data(roles.ITEM), "key", "") == item.key)
    bubbles.setCurrentIndex(next(here))
    return bubbles, item


async def test_a_refused_message_is_tried_again_and_given_up_with_the_keyboard(
    screens: Screens, reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    desk.arrive(2, "hello?")
    await desk.writing.send(2, NewMessage(body="refused words"))
    last = desk.messages[2][-1]
    desk.messages[2][-1] = msgspec.structs.replace(
        last, state="failed", failure="member.blocked", entry=41
    )
    desk.tell(2)
    await until(
        lambda: any(i.state == "failed" for i in screens.current.inbox.timeline.model.items)
    )
    bubbles, _ = at_refused(screens, desk)
    QTest.keyClick(bubbles, Qt.Key.Key_Return)
    await until(lambda: desk.called("retry"))
    assert desk.called("retry") == [(41,)]
    QTest.keyClick(bubbles, Qt.Key.Key_Delete)
    await until(lambda: desk.called("discard"))
    assert reply.text.toPlainText() == "refused words"


async def test_arrow_up_in_the_empty_box_leads_to_the_last_message_which_keys_then_answer(
    screens: Screens, reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    desk.arrive(2, "first")
    desk.arrive(2, "last")
    timeline = screens.current.inbox.timeline
    await until(lambda: timeline.model.items and timeline.model.items[-1].body == "last")
    QTest.keyClick(reply.text, Qt.Key.Key_Up)
    assert timeline.list.hasFocus()
    assert timeline.list.current_item() == timeline.model.items[-1]
    QTest.keyClick(timeline.list, Qt.Key.Key_Up)
    QTest.keyClick(timeline.list, Qt.Key.Key_R)
    assert reply.quote_bar.isVisible()
    assert reply.text.hasFocus()


async def test_arrow_up_stays_in_the_box_while_there_are_words_or_some_are_composed(
    reply: ReplyPane,
) -> None:
    QApplication.sendEvent(reply.text, QInputMethodEvent("ni", []))
    QTest.keyClick(reply.text, Qt.Key.Key_Up)
    assert reply.text.hasFocus()
    QApplication.sendEvent(reply.text, QInputMethodEvent())
    QTest.keyClicks(reply.text, "ok")
    QTest.keyClick(reply.text, Qt.Key.Key_Up)
    assert reply.text.hasFocus()


# --- narrow windows ---------------------------------------------------------------------------


async def test_names_of_tools_give_way_in_a_narrow_window(
    screens: Screens, reply: ReplyPane
) -> None:
    assert reply.tools.buttons["photos"].text() == "Photo"
    screens.current.resize(700, 500)
    assert reply.tools.buttons["photos"].text() == ""
    assert reply.tools.buttons["photos"].accessibleName() == "Photo"
    assert all(each.isVisible() for each in reply.tools.buttons.values())


async def test_every_control_has_a_name(reply: ReplyPane) -> None:
    named = [*reply.tools.buttons.values(), reply.buttons.send, reply.buttons.choose,
             reply.voice.play, reply.voice.remove, reply.voice.finish_button]  # fmt: skip
    assert all(each.accessibleName() or each.text() for each in named)


async def test_a_message_taken_back_is_answered_no_more(
    reply: ReplyPane, desk: MemoryDesk, until: Any
) -> None:
    asked = desk.arrive(2, "still there?")
    reply.quote(asked.id, asked.body)
    assert reply.quote_bar.isVisible()
    desk.messages[2][0] = msgspec.structs.replace(asked, recalled=True, body="")
    desk.tell(2)
    await until(lambda: not reply.quote_bar.isVisible())
    QTest.keyClicks(reply.text, "yes")
    QTest.keyClick(reply.text, Qt.Key.Key_Return)
    await until(lambda: desk.called("send"))
    assert desk.called("send")[0][1].reply_to == 0
