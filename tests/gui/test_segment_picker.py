"""A segment is built with the mouse, or with the keyboard alone; said and counted as one goes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from console.desk.segment_facts import SegmentChoices
from console.desk.segments import SegmentCount
from console.domain import segments as s
from console.domain.segments import Group, Leaf, Rule
from console.domain.spans import Ago, Span
from console.models.live_count import LiveCount
from console.ui.appearance import Appearance
from console.views.campaigns.segment_editors import LeafEditor, editor_of
from console.views.campaigns.segment_picker import SegmentPicker
from console.views.campaigns.segment_rows import Card, GroupBox, LeafRow
from console.views.campaigns.segment_words import KINDS, Offers, kind_of
from tests.gui.memory_campaigns import MemorySegments
from tests.gui.segment_shop import MEMBERS, Shop, picker, shop  # noqa: F401 - fixtures
from tests.gui.test_accessible import unnamed
from tests.helpers import segment_rules

TAGGED = s.Tagged(("复古",))
GOLD = s.Choice("tier", ("gold",))
KEY = Qt.Key
NARROW = 260
"""Pixels that a condition has on a campaign's page on a small laptop."""


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def card(picker: SegmentPicker, *path: int) -> Any:  # noqa: F811 - a fixture
    found = picker.tree.card_at(path)
    assert found is not None
    return found


def menu() -> QMenu:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier)


def compose(text: str) -> None:
    """As an input method gives it."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    target = QApplication.focusWidget()
    assert target is not None
    QApplication.sendEvent(target, event)


def pick(kind_text: str) -> None:
    """Down to an entry of the menu that is open, then Enter."""
    for _ in range(40):
        press(KEY.Key_Down)
        action = menu().activeAction()
        if action is not None and action.text() == kind_text:
            press(KEY.Key_Return)
            return
    raise AssertionError(kind_text)


async def shows(picker: SegmentPicker, members: int, until: Any) -> None:  # noqa: F811
    await until(lambda: picker.count.number.text() == f"{members}")


async def test_a_rule_is_built_with_the_mouse(picker: SegmentPicker, until: Any) -> None:  # noqa: F811
    await shows(picker, MEMBERS, until)
    click(card(picker).add)
    QTest.mouseClick(menu(), Qt.MouseButton.LeftButton,
                     pos=menu().actionGeometry(named("Tier")).center())  # fmt: skip
    chips = card(picker, 0).editor.parts["values"].chips
    click(chips["silver"])
    assert picker.rule == Group("all", (s.Choice("tier", ("silver", "gold")),))
    await shows(picker, 87, until)
    assert picker.count.sentence.text() == "Members who are silver or gold"
    click(chips["gold"])
    await shows(picker, 44, until)
    assert picker.count.asof.text().startswith("As of ")
    click(card(picker, 0).cross)
    assert picker.rule == s.EVERYBODY


def named(text: str) -> Any:
    return next(action for action in menu().actions() if action.text() == text)


async def test_a_rule_is_built_and_moved_with_the_keyboard_alone_and_every_step_is_undone(
    picker: SegmentPicker, until: Any  # noqa: F811
) -> None:  # fmt: skip
    card(picker).add.setFocus()
    press(KEY.Key_Space)
    pick("Tag")
    compose("复古")
    press(KEY.Key_Return)
    assert picker.rule == Group("all", (TAGGED,))
    press(KEY.Key_Escape)
    assert picker.tree.focused_path() == (0,)
    card(picker).add_group.setFocus()
    press(KEY.Key_Space)
    assert picker.tree.focused_path() == (1,)
    press(KEY.Key_Up)
    press(KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert picker.rule == Group("all", (Group("any", (TAGGED,)),))
    assert picker.tree.focused_path() == (0, 0)
    press(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert picker.editor.root == Group("all", (Group("any"), TAGGED))
    press(KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert picker.editor.root == Group("all", (TAGGED, Group("any")))
    press(KEY.Key_Delete)
    assert picker.rule == s.EVERYBODY
    for _ in range(5):
        picker.editor.undo()
    assert picker.editor.root == Group("all", (TAGGED,))
    await shows(picker, 43, until)
    picker.editor.undo()
    assert picker.rule == s.EVERYBODY
    assert not picker.editor.can_undo


async def test_a_condition_is_dragged_into_a_group_and_back(picker: SegmentPicker) -> None:  # noqa: F811
    picker.show_rule(Group("all", (GOLD, Group("any", (TAGGED,)))))
    await asyncio.sleep(0)
    drag(card(picker, 0), card(picker, 1, 0), below=True)
    assert picker.rule == Group("all", (Group("any", (TAGGED, GOLD)),))
    await asyncio.sleep(0)
    drag(card(picker, 0, 0), card(picker).operation, below=True)
    assert picker.rule == Group("all", (TAGGED, Group("any", (GOLD,))))
    await asyncio.sleep(0)
    drag(card(picker, 1), card(picker, 1, 0), below=True)
    assert picker.rule == Group("all", (TAGGED, Group("any", (GOLD,))))


def drag(source: Card, target: QWidget, *, below: bool) -> None:
    """Press at a card, carry it to the lower or upper half of a target, let go."""
    QApplication.processEvents()
    start = QPoint(60, 10)
    y = target.height() - 3 if below else 3
    end = source.mapFromGlobal(target.mapToGlobal(QPoint(40, y)))
    QTest.mousePress(source, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(source, start + QPoint(12, 6))
    QTest.mouseMove(source, end)
    QTest.mouseRelease(source, Qt.MouseButton.LeftButton, pos=end)


async def test_what_is_typed_is_one_step_and_amounts_are_yuan(
    picker: SegmentPicker, until: Any  # noqa: F811
) -> None:  # fmt: skip
    picker.show_rule(Group("all", (s.Bought(),)))
    press_on(card(picker, 0), KEY.Key_Return)
    least = card(picker, 0).editor.parts["amount"].least
    QTest.keyClicks(least, "99.50")
    assert picker.rule == Group("all", (s.Bought(amount=s.Range(9_950)),))
    await shows(picker, MEMBERS, until)
    QTest.keyClicks(least, "x")
    assert card(picker, 0).editor.value is None
    assert picker.rule == Group("all", (s.Bought(amount=s.Range(9_950)),))
    assert card(picker, 0)._fault.isVisible()
    picker.editor.undo()
    assert picker.rule == Group("all", (s.Bought(),))


def press_on(widget: QWidget, key: Qt.Key) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key)


@pytest.mark.parametrize("kind", [kind for kinds in KINDS for kind in kinds])
async def test_every_kind_of_condition_can_be_added(picker: SegmentPicker, kind: str) -> None:  # noqa: F811
    picker.tree.add_kind((), kind)
    row = picker.tree.open_row
    assert isinstance(row, LeafRow)
    assert row.editor is not None
    assert (row.editor.value is None) == (
        kind in {"tag", "size", "segment", "members", "answer", "offer"}
    )
    assert not unnamed(picker)
    assert row.editor.minimumSizeHint().width() <= NARROW, "nothing is cut beside a phone"


def test_an_answer_is_chosen_by_its_question_and_its_labels(
    appearance: Appearance,
) -> None:
    questions = ((5, "周三提问", ("外套", "厚外套")), (6, "尺码", ("M",)))
    choices = SegmentChoices(campaigns=((5, "周三提问"),), questions=questions)
    offers = Offers(MemorySegments(), lambda work: work.close(), choices)
    editor = LeafEditor("answer", None, offers)
    assert editor.value is None
    campaign, labels = editor.parts["campaign"], editor.parts["choices"]
    campaign.combo.setCurrentIndex(campaign.combo.findText("周三提问"))
    campaign.combo.activated.emit(campaign.combo.currentIndex())
    assert editor.value == s.Answered(5)
    for typed in ("外套", "厚外套"):
        labels.field.setText(typed)
        QTest.keyClick(labels.field, Qt.Key.Key_Return)
    assert editor.value == s.Answered(5, (0, 1))
    assert offers.sentence(s.Answered(5, (0,))) == "Members who chose 外套 in “周三提问”"
    campaign.combo.setCurrentIndex(campaign.combo.findText("尺码"))
    campaign.combo.activated.emit(campaign.combo.currentIndex())
    assert editor.value == s.Answered(6)


def test_a_coupon_is_of_a_campaign_that_had_some_claimed_unless_said_otherwise(
    appearance: Appearance,
) -> None:
    choices = SegmentChoices(campaigns=((5, "周六限时"), (6, "提问")), offers=((5, "周六限时"),))
    offers = Offers(MemorySegments(), lambda work: work.close(), choices)
    editor = LeafEditor("offer", None, offers)
    assert editor.value is None
    campaign, did = editor.parts["campaign"], editor.parts["did"]
    assert (campaign.combo.count(), campaign.combo.itemText(0)) == (1, "周六限时")
    campaign.combo.setCurrentIndex(0)
    campaign.combo.activated.emit(0)
    assert editor.value == s.Offered(5, "claimed")
    did.chips["unclaimed"].click()
    assert editor.value == s.Offered(5, "unclaimed")
    assert offers.pieces(s.Offered(5, "unclaimed")) == ("offered, not claimed", "周六限时")


@settings(suppress_health_check=[*HealthCheck], max_examples=60)
@given(leaf=segment_rules.leaves())
async def test_the_controls_say_what_the_condition_says(
    shop: Shop, appearance: Appearance, leaf: Leaf  # noqa: F811
) -> None:  # fmt: skip
    offers = Offers(shop.desk, lambda work: work.close())
    shown = editor_of(leaf, offers)
    assert plain(shown.value) == plain(leaf)
    assert kind_of(leaf) == shown.kind
    shown.deleteLater()


def plain(leaf: Leaf | None) -> Any:
    """Of a choice the order does not matter."""
    return (leaf.column, set(leaf.values)) if isinstance(leaf, s.Choice) else leaf


async def test_members_are_picked_by_name_and_taken_off(picker: SegmentPicker, until: Any) -> None:  # noqa: F811
    picker.tree.add_kind((), "members")
    assert picker.tree.open_row is not None
    part = picker.tree.open_row.editor.parts["members"]  # type: ignore[union-attr]
    part.field.setFocus()
    compose("会员12")
    await until(lambda: part.found.titles[:1] == ["会员12"])
    QTest.keyClick(part.field, KEY.Key_Down)
    QTest.keyClick(part.field, KEY.Key_Return)
    await until(lambda: picker.rule == Group("all", (s.Listed((120,)),)))
    await shows(picker, 1, until)


async def test_names_come_page_by_page(picker: SegmentPicker, until: Any) -> None:  # noqa: F811
    await shows(picker, MEMBERS, until)
    click(picker.count.names)
    window = picker.names_window
    assert window is not None
    await until(lambda: window.model.rowCount() == 60)
    window.view.verticalScrollBar().setValue(window.view.verticalScrollBar().maximum())
    await until(lambda: window.model.rowCount() == 120)
    window.view.verticalScrollBar().setValue(window.view.verticalScrollBar().maximum())
    await until(lambda: window.model.complete)
    assert window.model.rowCount() == MEMBERS
    window.reject()


async def test_what_comes_in_is_counted_again(
    picker: SegmentPicker, shop: Shop, until: Any  # noqa: F811
) -> None:  # fmt: skip
    await shows(picker, MEMBERS, until)
    shop.put("member", 900, shop_id=1, name="新来的")
    await shop.arrive()
    await shows(picker, MEMBERS + 1, until)


async def test_a_saved_segment_is_shown_and_said_to_be_changed(
    picker: SegmentPicker, until: Any  # noqa: F811
) -> None:  # fmt: skip
    click(picker.bar.button)
    pick("复古")
    await shows(picker, 43, until)
    assert picker.bar.button.text() == "Saved: 复古 ▾"
    picker.editor.operate((), "none")
    assert picker.bar.button.text() == "Changed: 复古 ▾"


async def test_a_circle_is_refused_with_one_sentence(picker: SegmentPicker, until: Any) -> None:  # noqa: F811
    picker.choose("s1")
    picker.tree.add_kind((), "segment")
    assert picker.tree.open_row is not None
    combo = picker.tree.open_row.editor.parts["segment"].combo  # type: ignore[union-attr]
    combo.setFocus()
    QTest.keyClick(combo, KEY.Key_Down)
    combo.activated.emit(combo.currentIndex())
    assert picker.fault.text().startswith("A segment cannot use itself")
    assert picker.rule == Group("all", (TAGGED,))


async def test_a_group_within_too_many_others_is_refused(picker: SegmentPicker) -> None:  # noqa: F811
    deep: Rule = TAGGED
    for _ in range(s.MAX_DEPTH):
        deep = Group("any", (deep,))
    picker.show_rule(deep)
    press_on(card(picker, *(0,) * s.MAX_DEPTH), KEY.Key_G)
    assert "too deep" in picker.fault.text()


async def test_a_language_and_a_palette_are_put_on_while_it_is_shown(
    picker: SegmentPicker, appearance: Appearance, until: Any  # noqa: F811
) -> None:  # fmt: skip
    picker.show_rule(Group("all", (s.Bought(when=Span(Ago(180, "day"))),)))
    appearance.set_language("zh")
    await until(lambda: card(picker, 0).texts == ["购买", "近 180 天"])
    assert picker.count.sentence.text() == "近 180 天买过东西的会员"
    appearance.set_theme("dark")
    assert isinstance(card(picker), GroupBox)


async def test_a_list_of_numbers_may_be_let_go_on_it(picker: SegmentPicker) -> None:  # noqa: F811
    data = QMimeData()
    data.setText("13812346021\nnobody\n13812346021\n")
    enter = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, data,
                            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(picker, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(picker, drop)
    window = picker.import_window
    assert window is not None
    assert window.start.text() == "Import 1 number"
    assert window._found.stringList() == [
        "Line 2: nobody — no mobile number",
        "Line 3: 13812346021 — the number stands above already",
    ]
    click(window.start)
    assert window.name_field.fault_text == "Please give the list a name."
    assert not unnamed(window)
    window.reject()


async def test_a_file_with_numbers_is_read_and_any_other_refused_in_a_sentence(
    picker: SegmentPicker, tmp_path: Path, until: Any  # noqa: F811
) -> None:  # fmt: skip
    numbers, garbage = tmp_path / "春装.csv", tmp_path / "photo.csv"
    numbers.write_bytes("林小雨,13812346021\n".encode("gb18030"))
    garbage.write_bytes(b"13812346021\n\0\0\0")
    window = picker.open_import()
    window.take_file(numbers)
    await until(lambda: window.start.text() == "Import 1 number")
    assert window.name.text() == "春装"
    window.take_file(garbage)
    await until(lambda: window.fault.text() == "This file is no list of numbers.")
    window.take_file(tmp_path / "gone.csv")
    await until(lambda: window.fault.text() == "This file cannot be read as text.")
    assert "13812346021" in window.text.toPlainText()
    window.reject()


class SlowPort:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[Rule, asyncio.Future[SegmentCount | None]]] = []

    def on_stale(self, _listener: Any) -> Any:
        return lambda: None

    async def count(self, rule: Rule) -> SegmentCount | None:
        answer: asyncio.Future[SegmentCount | None] = asyncio.get_running_loop().create_future()
        self.asked.append((rule, answer))
        return await answer


async def test_an_answer_to_an_older_rule_is_never_shown(shop: Shop, until: Any) -> None:  # noqa: F811
    port, told, tasks = SlowPort(), list[int](), list[asyncio.Future[Any]]()
    live = LiveCount(port, lambda work: tasks.append(asyncio.ensure_future(work)))  # type: ignore[arg-type]
    live.counted.connect(lambda count: told.append(count.members))
    live.ask(GOLD)
    live.ask(TAGGED)
    await until(lambda: len(port.asked) == 2)
    now = (await shop.desk.count(TAGGED)).at  # type: ignore[union-attr]
    port.asked[1][1].set_result(SegmentCount(members=2, at=now))
    port.asked[0][1].set_result(SegmentCount(members=1, at=now))
    await asyncio.gather(*tasks)
    assert told == [2]
    live.close()
