"""Templates in the composer: the shop's own bring photos, offer and question; one step to undo."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.desk.campaign_types import DraftPhoto, TemplateItem
from console.desk.types import PhotoItem
from console.views.campaigns.composer import ComposerPage
from console.views.campaigns.templates import TemplatesWindow
from console.wire.campaign_rows import QuestionTerms
from console.wire.offer_rows import OfferPlan
from tests.gui.memory_desk import MemoryDesk
from tests.gui.test_campaigns import page, screen

__all__ = ["page", "screen"]

ASKED = QuestionTerms(text="What next?", choices=["Coat", "Dress"], free_text=True)
OWN = TemplateItem(
    client_id="t", title="Saturday", body="Come in", question=ASKED,
    photos=(DraftPhoto(name="media:4", item=PhotoItem(media_id=4, price=59_900, product_id=7)),),
    offer=OfferPlan(title="20 % off", quantity=15, ends_after_days=1, ends_minute=1_200,
                    valid_days=7),
)  # fmt: skip


async def opened(page: ComposerPage, until: Any) -> TemplatesWindow:
    page.head.templates.click()
    await until(lambda: bool(page.findChildren(TemplatesWindow)))
    (window,) = page.findChildren(TemplatesWindow)
    return window


async def test_an_own_template_brings_offer_and_question_and_one_step_takes_them_back(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    desk.campaigns.own = [OWN]
    page.editing.change_variant("words", body="before")
    before = page.editing.draft
    window = await opened(page, until)
    assert window.list.value is OWN
    window.list.choose()
    assert (page.offer.name.text(), page.offer.number.text()) == ("20 % off", "15")
    assert not [name for name, field in page.offer.fields.items() if field.fault_text]
    assert page.question.text.text() == "What next?"
    assert [line.text() for line in page.question.choices] == ["Coat", "Dress"]
    assert page.photos.grid.tiles[0].caption == "¥599"
    assert page.photos.grid.tiles[0].linked
    page.undo()
    assert page.editing.draft == before
    assert page.offer.add.isVisible()
    page.redo()
    await until(lambda: not page.editing.saving)
    kept = desk.campaigns.saves[-1]
    assert (kept.question, kept.variants[0].body) == (ASKED, "Come in")
    assert kept.offer is not None
    assert kept.variants[0].photos == OWN.photos


async def test_the_version_that_is_edited_is_kept_with_what_all_share(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    page.editing.change_variant("words", body="Come in")
    page.editing.change("", question=ASKED)
    window = await opened(page, until)
    assert not window.keep.isEnabled()
    QTest.keyClicks(window.title, "Saturday")
    window.keep.click()
    await until(lambda: bool(desk.campaigns.calls))
    assert desk.campaigns.calls == [("keep_template", "Saturday", page.editing.draft, 0)]


async def test_the_list_says_what_a_template_brings(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    desk.campaigns.own = [OWN]
    window = await opened(page, until)
    said = window.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Saturday. Own · Coupons · Question. Come in"
    window.reject()


async def test_photos_that_are_still_on_their_way_are_kept_in_it_once_they_are_there(
    page: ComposerPage, desk: MemoryDesk, until: Any
) -> None:
    page.editing.change_variant("words", body="with a photo")
    await until(lambda: not page.editing.saving)
    desk.campaigns.put("c1", waiting=True, uploading=0.0)
    await until(lambda: page.sending.note.text().startswith("Photos wait to be uploaded"))
    window, heard = await opened(page, until), len(desk.campaigns._listeners)
    QTest.keyClicks(window.title, "Mine")
    QTest.mouseClick(window.keep, Qt.MouseButton.LeftButton)
    await until(lambda: len(desk.campaigns._listeners) > heard)
    assert not [call for call in desk.campaigns.calls if call[0] == "keep_template"]
    assert page.said.text == "“Mine” is kept as soon as its photos are uploaded"
    (variant,) = page.editing.draft.variants
    there = replace(page.editing.draft, variants=(replace(variant, photos=OWN.photos),))
    desk.campaigns.put("c1", waiting=False, uploading=None, draft=there)
    await until(lambda: ("keep_template", "Mine", there, 0) in desk.campaigns.calls)
    await until(lambda: page.said.text == "Kept as a template: Mine")
