"""A question: in a draft, and what members answered to one; nothing is sorted for good."""

from __future__ import annotations

from console.ui.i18n import translate
from console.views.campaigns import CampaignsScreen
from console.views.campaigns.answer_windows import NameWindow
from console.views.campaigns.composer import ComposerPage
from console.views.main_gallery.tour import Tour, settle, until
from console.wire.campaign_rows import QuestionTerms


async def asked(tour: Tour, page: ComposerPage) -> None:
    """As it begins, filled in, and without any answer; the draft is left without one."""
    part = page.question

    async def begun() -> None:
        part.add.click()
        await settle()
        page.show_question()

    async def filled() -> None:
        choices = [translate("Gallery", "Warm coat"), translate("Gallery", "Dress"),
                   translate("Gallery", "Knitwear")]  # fmt: skip
        text = translate("Gallery", "What would you like to add this autumn?")
        terms = QuestionTerms(text=text, choices=choices, free_text=True)
        page.editing.change("", question=terms)
        await settle()
        page.show_question()

    async def wrong() -> None:
        page.editing.change("", question=QuestionTerms(choices=["", ""]))
        await settle()
        page.show_question()

    await tour.shoot("campaigns-question", begun)
    await tour.shoot("campaigns-question-filled", filled)
    await tour.shoot("campaigns-question-wrong", wrong)
    page.editing.change("", question=None)
    await until(lambda: not page.editing.saving, "a draft without a question")


async def answered(tour: Tour, screen: CampaignsScreen) -> None:
    """In short beside the campaign, then a bucket, a choice, and a name that is asked for."""
    sent = [item for item in screen.list.items
            if item.draft.question is not None and item.state == "done"]  # fmt: skip
    if not sent:
        return
    part, page = screen.composer.answers, screen.answers

    async def opened() -> None:
        await screen.open(sent[0].client_id)
        await until(lambda: part.isVisible() and screen.tasks.idle, "how the question stands")

    async def all_of_it() -> None:
        part.all.click()
        await until(lambda: page.isVisible() and page.report is not None, "the answers")
        await until(lambda: screen.tasks.idle, "the answers")
        buckets = page.report.buckets if page.report is not None else ()
        if buckets:
            page.show_group(buckets[0].key)

    async def tapped() -> None:
        page.show_group("choice/0")

    await tour.shoot("campaigns-answers-short", opened)
    await tour.shoot("campaigns-answers", all_of_it)
    page.segment.click()
    window = next(each for each in page.findChildren(NameWindow) if each.isVisible())
    await tour.shoot("campaigns-answers-segment", above=window)
    window.reject()
    await tour.shoot("campaigns-answers-choice", tapped)
    page.left.emit()
    screen.composer.left.emit()
    await until(lambda: not screen.composing and screen.tasks.idle, "the list of campaigns")
