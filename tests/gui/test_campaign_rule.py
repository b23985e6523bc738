"""Whom a campaign is for, chosen on its page over a real replica: built, kept, undone, counted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from console.desk.answers import AnswersDesk
from console.desk.campaigns import CampaignsDesk
from console.desk.offers import OffersDesk
from console.desk.writing import WritingDesk
from console.domain import segments as s
from console.domain.segments import Group, Rule, Saved
from console.ui.appearance import Appearance
from console.ui.clock import ShopClock
from console.ui.pictures import Pictures
from console.ui.tasks import Tasks
from console.views.campaigns.composer import ComposerPage
from console.wire.campaign_rows import CampaignContent
from tests.gui.segment_shop import MEMBERS, Shop, shop  # noqa: F401 - a fixture
from tests.gui.test_accessible import unnamed
from tests.gui.test_segment_picker import click, compose, pick, press

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
TAGGED = Group("all", (s.Tagged(("复古",)),))
GOLD = Group("all", (s.Choice("tier", ("gold",)),))


@pytest.fixture
async def page(shop: Shop, appearance: Appearance, until: Any) -> AsyncIterator[ComposerPage]:  # noqa: F811
    desks: Any = SimpleNamespace(
        campaigns=CampaignsDesk(shop.console.here, shop.inbox), inbox=shop.inbox,
        segments=shop.desk, offers=OffersDesk(shop.console.here, shop.inbox),
        writing=WritingDesk(shop.console.here, shop.inbox),
        answers=AnswersDesk(shop.console.here, shop.inbox),
    )  # fmt: skip
    tasks = Tasks(appearance)
    pictures = Pictures(shop.inbox.photo, appearance)
    made = ComposerPage(desks, pictures, ShopClock("Asia/Shanghai"), tasks)
    made.resize(1290, 900)
    await made.open(await desks.campaigns.create())
    made.show()
    made.activateWindow()
    await reaches(made, MEMBERS, until)
    yield made
    await made.close_down()
    await tasks.close()
    await pictures.close()
    made.hide()
    made.deleteLater()


async def reaches(page: ComposerPage, matched: int, until: Any) -> None:
    """The count of the rule and the waterfall both say so many."""

    def says() -> bool:
        found, bars = page.who.audience, page.who.waterfall.bars
        shown = page.who.picker.count.number.text() == f"{matched}"
        return shown and found is not None and found.matched == matched == bars[0].count

    await until(says)


async def kept(page: ComposerPage, until: Any) -> Rule | None:
    """The rule of the draft as it is stored."""
    await until(lambda: not page.editing.saving)
    item = await page._port.one(page.editing.client_id)
    assert item is not None
    return item.draft.rule


def in_view(page: ComposerPage, widget: QWidget) -> bool:
    """Whether it is all seen in the side, without scrolling."""
    viewport = page.side.viewport()
    above = widget.mapTo(viewport, QPoint(0, 0)).y()
    return above >= 0 and above + widget.height() <= viewport.height()


async def test_the_number_stands_above_the_button_while_it_is_scrolled_out_of_sight(
    page: ComposerPage, until: Any
) -> None:
    assert in_view(page, page.who.number)
    assert not page.reach.isVisible()
    page.resize(1290, 620)
    tagged = tuple(s.Tagged(("复古", f"{number}")) for number in range(4))
    page.who.picker.editor.replace((), Group("all", tagged))
    await reaches(page, MEMBERS // 3, until)
    await until(page.reach.isVisible)
    assert not in_view(page, page.who.number)
    assert page.who.audience is not None
    assert page.reach.number.text() == f"{page.who.audience.receive}"
    click(page.reach.more)
    await until(lambda: not page.reach.isVisible())
    assert in_view(page, page.who.waterfall)
    assert page.who.waterfall.hasFocus() or page.focusWidget() is page.who.waterfall
    page.side.verticalScrollBar().setValue(0)
    await until(page.reach.isVisible)
    page.who.picker.editor.replace((), TAGGED)
    page.resize(1290, 900)
    await until(lambda: not page.reach.isVisible())
    assert in_view(page, page.who.number)


async def again(page: ComposerPage) -> None:
    """Another campaign is opened, then this one again."""
    here = page.editing.client_id
    assert await page.open(await page._port.create())
    assert page.who.picker.rule == s.EVERYBODY
    assert await page.open(here)


async def add(page: ComposerPage, kind: str, until: Any) -> None:
    """One condition more, with the keyboard."""
    page.activateWindow()
    await until(lambda: QApplication.activeWindow() is page)
    root = page.who.picker.tree.root
    assert root is not None
    root.add.setFocus()
    press(KEY.Key_Space)
    pick(kind)


async def test_a_rule_that_is_built_is_kept_counted_and_found_again(
    page: ComposerPage, until: Any
) -> None:
    await add(page, "Tag", until)
    compose("复古")
    press(KEY.Key_Return)
    assert page.editing.draft.rule == TAGGED
    await reaches(page, 43, until)
    assert page.who.picker.count.sentence.text() == "Members who have the tag “复古”"
    assert await kept(page, until) == TAGGED
    await again(page)
    assert page.who.picker.editor.root == TAGGED
    await reaches(page, 43, until)


async def test_a_saved_segment_is_chosen_by_its_name_and_written_out_once_it_is_changed(
    page: ComposerPage, until: Any
) -> None:
    bar = page.who.picker.bar
    click(bar.button)
    pick("复古")
    assert page.editing.draft.rule == Saved(1)
    await reaches(page, 43, until)
    assert await kept(page, until) == Saved(1)
    await again(page)
    assert bar.button.text() == "Saved: 复古 ▾"
    await add(page, "Tier", until)
    assert bar.button.text() == "Changed: 复古 ▾"
    assert page.editing.draft.rule == page.who.picker.rule != Saved(1)
    page.editing.undo()
    assert page.editing.draft.rule == Saved(1)
    assert bar.button.text() == "Saved: 复古 ▾"


async def test_a_saved_segment_that_changes_elsewhere_is_shown_and_counted_anew(
    page: ComposerPage, shop: Shop, until: Any  # noqa: F811
) -> None:  # fmt: skip
    page.who.picker.choose("s1")
    await reaches(page, 43, until)
    shop.put("segment", 1, rule={"all": [{"leaf": "tier", "in": ["gold"]}]})
    await shop.arrive()
    await until(lambda: page.who.picker.rule == GOLD)
    assert page.editing.draft.rule == Saved(1)
    await reaches(page, 43, until)


async def test_the_draft_takes_steps_of_the_rule_back_in_their_order(
    page: ComposerPage, until: Any
) -> None:
    picker = page.who.picker
    await add(page, "Tag", until)
    compose("复古")
    press(KEY.Key_Return)
    press(KEY.Key_Escape)
    page.words.text.setFocus()
    QTest.keyClicks(page.words.text, "hello")
    await add(page, "Tier", until)
    press(KEY.Key_Escape)
    assert len(picker.editor.root.parts) == 2
    for keys, parts, body in (("Z", 1, "hello"), ("Z", 1, ""), ("Z", 0, ""),
                              ("Y", 1, ""), ("Y", 1, "hello"), ("Y", 2, "hello")):  # fmt: skip
        press(KEY.Key_Z if keys == "Z" else KEY.Key_Y, CONTROL)
        assert (len(picker.editor.root.parts), page.editing.variant.body) == (parts, body)
    await reaches(page, MEMBERS // 3, until)


async def test_an_empty_group_is_taken_back_before_anything_older(page: ComposerPage) -> None:
    page.words.text.setFocus()
    QTest.keyClicks(page.words.text, "hello")
    root = page.who.picker.tree.root
    assert root is not None
    root.add_group.setFocus()
    press(KEY.Key_Space)
    assert page.who.picker.editor.root == Group("all", (Group("any"),))
    assert page.editing.draft.rule is None
    press(KEY.Key_Z, CONTROL)
    assert page.who.picker.editor.root == s.EVERYBODY
    assert page.editing.variant.body == "hello"
    press(KEY.Key_Y, CONTROL)
    assert page.who.picker.editor.root == Group("all", (Group("any"),))
    press(KEY.Key_Z, CONTROL)
    press(KEY.Key_Z, CONTROL)
    assert page.editing.variant.body == ""


async def test_the_step_is_complete_only_while_somebody_will_receive_it(
    page: ComposerPage, shop: Shop, until: Any  # noqa: F811
) -> None:  # fmt: skip
    step = page.head.steps["who"]
    assert step.text() == "○ Who"  # nobody of them agreed to notices
    await _receives(shop, 3)
    await until(lambda: step.text() == "✓ Who")
    page.who.picker.show_rule(TAGGED)
    page.who.picker.editor.operate((), "none")
    await until(lambda: step.text() == "○ Who")


async def test_a_rule_whose_segment_is_gone_says_so_and_leaves_the_step_open(
    page: ComposerPage, shop: Shop, until: Any  # noqa: F811
) -> None:  # fmt: skip
    await _receives(shop, 3)
    step, fault = page.head.steps["who"], page.who.picker.count.fault
    await until(lambda: step.text() == "✓ Who")
    page.editing.change("", rule=Saved(99))
    await until(lambda: step.text() == "○ Who")
    await until(lambda: fault.text().startswith("A segment that this rule uses was removed"))
    assert (page.who.number.text(), page.who.waterfall.bars) == ("–", [])
    click(page.who.picker.tree.card_at((0,)).cross)  # type: ignore[union-attr]
    await until(lambda: step.text() == "✓ Who")
    assert fault.isHidden()


async def test_a_rule_is_kept_under_a_name_without_a_line_and_stays_the_drafts_own(
    page: ComposerPage, until: Any
) -> None:
    await add(page, "Tier", until)
    bar = page.who.picker.bar
    next(each for each in bar.menu().actions() if each.objectName() == "save_as").trigger()
    QTest.keyClicks(bar.name, "gold")
    QTest.keyClick(bar.name, KEY.Key_Return)
    await until(lambda: bar.button.text() == "Saved: gold ▾")
    assert await kept(page, until) == GOLD
    await again(page)
    assert bar.button.text() == "Saved: gold ▾"


async def test_who_gets_a_campaign_again_is_not_chosen_by_a_rule(
    page: ComposerPage, shop: Shop  # noqa: F811
) -> None:  # fmt: skip
    shop.put("campaign", 900, shop_id=1, client_id="again", kind="resend", parent_id=1,
             content=CampaignContent(), rule={"campaign": 1, "to": "unread"},
             at=datetime.now(UTC))  # fmt: skip
    await shop.arrive()
    assert await page.open("again")
    assert page.who.picker.isHidden()
    assert page.who.first is page.who.versions.one
    assert "Who did not read it" in [each.text() for each in page.who.findChildren(QLabel)]


async def test_the_version_that_is_written_stays_while_the_shop_is_counted_again(
    page: ComposerPage, shop: Shop, until: Any  # noqa: F811
) -> None:  # fmt: skip
    await _receives(shop, 3, gender="f")
    await until(lambda: page.head.steps["who"].text() == "✓ Who")
    click(page.who.versions.split)
    await until(lambda: page.who.audience.variants == (("women", 1), ("men", 0)))  # type: ignore[union-attr]
    await until(lambda: page._tasks.idle)
    page.preview.member.setFocus()
    page.preview.member.activated.emit(0)
    await until(lambda: page._tasks.idle)
    click(page.versions[1])
    shop.put("member", 900, shop_id=1, name="新来的")
    await shop.arrive()
    await reaches(page, MEMBERS + 1, until)
    await until(lambda: page._tasks.idle)
    assert page.editing.at == 1


async def test_nobody_is_said_to_get_a_or_b_before_chance_decides(
    page: ComposerPage, shop: Shop, until: Any  # noqa: F811
) -> None:  # fmt: skip
    await _receives(shop, 3, gender="f")
    await until(lambda: page.head.steps["who"].text() == "✓ Who")
    for chip, said in ((page.who.versions.halves, ""), (page.who.versions.split, "women")):
        click(chip)
        names = [each.name for each in page.editing.draft.variants]
        await until(lambda: [n for n, _ in page.who.audience.variants] == names)  # type: ignore[union-attr]  # noqa: B023 - awaited here
        assert [each.variant for each in await page.who.some()] == [said]


async def _receives(shop: Shop, member: int, **facts: Any) -> None:  # noqa: F811
    """She can be reached, and nobody is held out."""
    shop.put("setting", 1, key="holdout_percent", value=0)
    shop.put("conversation", member, shop_id=1, member_id=member)
    shop.put("member", member, state="confirmed", marketing=True, last_seen_at=datetime.now(UTC),
             **facts)  # fmt: skip
    await shop.arrive()


async def test_the_keyboard_alone_comes_to_the_rule_and_through_it(page: ComposerPage) -> None:
    click(page.head.steps["who"])
    picker = page.who.picker
    assert QApplication.focusWidget() is picker.bar.button
    seen: list[QWidget] = []
    for _ in range(8):
        press(KEY.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus)
    root = picker.tree.root
    assert root is not None
    wanted = [root.operation, root.add, root.add_group, picker.count.names, page.who.versions.one]
    assert [each for each in seen if each in wanted] == wanted
    assert not unnamed(page)
