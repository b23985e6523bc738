"""What is said of a campaign's recipients, on the page and in what is exported."""

from __future__ import annotations

from datetime import datetime

from console.desk.report_types import Recipient
from console.ui import campaign_phrases
from console.ui.clock import ShopClock
from console.ui.i18n import translate


def title() -> str:
    """What the list is called."""
    return translate("Report", "Recipients")


def formula() -> str:
    """What is in it."""
    return translate("Report", "Everybody whom the rule matched, with what became of it. That a"
                     " message came to her phone is known, when it did is not. Reserved, visited"
                     " and bought are what the funnel owes to this campaign.")  # fmt: skip


def heads() -> tuple[str, ...]:
    """What the columns of the list are called."""
    return (
        translate("Report", "Member"), translate("Report", "Phone"), translate("Report", "State"),
        translate("Report", "Written"), translate("Report", "Read"),
        translate("Report", "Answered"), translate("Report", "Then"),
    )  # fmt: skip


def cells(each: Recipient, clock: ShopClock) -> tuple[str, ...]:
    """A row of the list."""
    return (name(each), each.phone, state(each), _at(each.written_at, clock),
            _at(each.read_at, clock), _at(each.replied_at, clock), deeds(each))  # fmt: skip


def name(each: Recipient) -> str:
    """Hers, or by what number she is known where her row is not here."""
    return each.name or translate("Report", "Member {n}").format(n=each.member_id)


def state(each: Recipient) -> str:
    """What became of it, up to that it was taken back."""
    if each.recalled_at is not None:
        return translate("Report", "Taken back")
    return campaign_phrases.recipient(each.state, each.reason)


def deeds(each: Recipient) -> str:
    """What she did because of it, the strongest last."""
    said = (
        (each.coupon_at is not None, translate("Report", "Coupon claimed")),
        (each.redeemed_at is not None, translate("Report", "Coupon redeemed")),
        (each.reserved, translate("Report", "Reserved")),
        (each.visited, translate("Report", "Visited")),
        (each.bought, translate("Report", "Bought")),
    )
    return " · ".join(words for did, words in said if did)


def yes(did: object) -> str:
    """That something happened; nothing where it did not."""
    return translate("Report", "yes") if did else ""


def _at(moment: datetime | None, clock: ShopClock) -> str:
    return "" if moment is None else f"{clock.local(moment):%m-%d %H:%M}"
