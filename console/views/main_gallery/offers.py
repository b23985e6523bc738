"""Limited offers: in a draft, in a report; coupons in a member's panel, and by their code."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from console.ui.i18n import translate
from console.views.campaigns import CampaignsScreen
from console.views.campaigns.composer import ComposerPage
from console.views.campaigns.offer_progress import CloseWindow
from console.views.main_gallery.tour import Tour, settle, until
from console.views.redeem import RedeemWindow
from console.views.shell import Shell

_UNKNOWN = "ZZZZ2222"
_LOOKED_AT = 40


async def composed(tour: Tour, page: ComposerPage) -> None:
    """As it begins, filled in, and with all that can be wrong; the draft is left without one."""
    part = page.offer

    async def begun() -> None:
        part.add.click()
        await settle()
        page.show_offer()

    async def filled() -> None:
        terms = page.editing.draft.offer
        if terms is not None:
            title = translate("Gallery", "20 % off this weekend")
            page.editing.change("", offer=replace(terms, title=title))
        await settle()
        page.show_offer()

    async def wrong() -> None:
        terms = page.editing.draft.offer
        if terms is not None:
            at = terms.ends_at - timedelta(days=30)
            bad = replace(terms, quantity=0, ends_at=at, valid_until=at - timedelta(days=1))
            page.editing.change("", offer=bad)
        await settle()
        page.show_offer()

    await tour.shoot("campaigns-offer", begun)
    await tour.shoot("campaigns-offer-filled", filled)
    await tour.shoot("campaigns-offer-wrong", wrong)
    page.editing.change("", offer=None)
    await until(lambda: not page.editing.saving, "a draft without an offer")


async def reported(tour: Tour, screen: CampaignsScreen) -> None:
    """A campaign with an offer that can still be claimed; ending it is asked first."""
    rows = screen.list.items
    sent = [item for item in rows if item.draft.offer is not None and item.state == "done"]
    if not sent:
        return
    claims = screen.composer.claims

    async def opened() -> None:
        await screen.open(sent[0].client_id)
        await until(lambda: claims.isVisible() and screen.tasks.idle, "how the offer stands")

    await tour.shoot("campaigns-report", opened)
    claims.end.click()
    window = next(each for each in claims.findChildren(CloseWindow) if each.isVisible())
    await tour.shoot("campaigns-offer-close", above=window)
    window.reject()
    screen.composer.left.emit()
    await until(lambda: not screen.composing and screen.tasks.idle, "the list of campaigns")


async def coupons(tour: Tour, shell: Shell) -> None:
    """Of the first member in the list who has some; nothing is redeemed."""
    inbox, panel = shell.inbox, shell.inbox.panel
    rows = inbox.conversations.model
    for row in range(min(rows.rowCount(), _LOOKED_AT)):
        if panel.coupons.shown:
            break
        inbox.open(rows.id_at(row))
        await until(lambda: inbox.tasks.idle, "a member's panel")
    shown = panel.coupons.shown
    if not shown:
        return

    async def scrolled() -> None:
        panel.show_coupons()

    await tour.shoot("member-coupons", scrolled)
    window = shell.redeem()
    await tour.shoot("redeem", above=window)
    await tour.shoot("redeem-found", lambda: _typed(window, shown[0].code), above=window)
    await tour.shoot("redeem-unknown", lambda: _typed(window, _UNKNOWN), above=window)
    window.reject()


async def _typed(window: RedeemWindow, code: str) -> None:
    window.field.setText(code)
    window.field.textEdited.emit(code)
    await until(lambda: bool(window.words.text()), "what is known of a code")
    await settle()
