"""The sample shop's offer of the weekend: a campaign sent yesterday, its coupons, who used them.

Pure.  Its messages are put between those of the talks, whose numbers move on.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

import msgspec

from console.demo import mailing
from console.demo.bubbles import Rows
from console.demo.rhythm import SHOP_ZONE, moment
from console.demo.talks import Chat
from console.domain.offers import ALPHABET, CODE_CHARS
from console.wire.campaign_rows import CampaignContent, CampaignVariant
from console.wire.offer_rows import OfferRef, OfferTerms

TITLE: Final = "周末 8 折券"
CODE: Final = "K7QM2XWR"
"""Of the coupon of the member at the top of the inbox."""
QUANTITY, CLAIMED, REDEEMED = 20, 14, 3
_REACHED, _LEFT_OUT = 64, 9
_BODY: Final = "{name},这个周末到店全场 8 折,只有 20 张券,先到先得~"
_CAMPAIGN, _OFFER = 1, 1
_OWNER, _CLERK = 1, 2
_DAY: Final = timedelta(days=1)


def offer(rows: Rows, chats: tuple[Chat, ...], shop_id: int, now: datetime) -> None:
    """Add all of it; ``rows`` hold the talks."""
    today = now.astimezone(SHOP_ZONE).date()
    sent = moment(today - _DAY, time(10, 5))
    terms = OfferTerms(title=TITLE, quantity=QUANTITY, ends_at=moment(today + _DAY, time(20)),
                       valid_until=moment(today + 9 * _DAY, time(0)))  # fmt: skip
    people = {row["id"]: row for row in rows["member"]}
    meant = [people[chat.member] for chat in chats]
    reached = [row for row in meant if row["marketing"]][:_REACHED]
    _write(rows, {row["id"]: row["name"] for row in reached}, terms, shop_id, sent)
    left_out = [row["id"] for row in meant if not row["marketing"]][:_LEFT_OUT]
    _recipients(rows, left_out, sent)
    rows["offer"] = [
        {"id": _OFFER, "shop_id": shop_id, "campaign_id": _CAMPAIGN, "title": TITLE,
         "quantity": QUANTITY, "claimed": CLAIMED, "ends_at": terms.ends_at,
         "valid_until": terms.valid_until, "at": sent}
    ]  # fmt: skip
    _coupons(rows, [row["id"] for row in reached[:CLAIMED]], terms, shop_id, sent)
    rows["campaign"] = [_campaign(rows, terms, shop_id, sent)]


# --- messages -----------------------------------------------------------------------------------


def _write(
    rows: Rows, names: Mapping[int, str], terms: OfferTerms, shop_id: int, sent: datetime
) -> None:
    """A message for each."""
    ref = OfferRef(id=_OFFER, title=TITLE, valid_until=terms.valid_until)
    mailing.write(rows, [
        {**mailing.letter(shop_id, member, sent, _BODY.replace("{name}", name), _CAMPAIGN),
         "offer": msgspec.to_builtins(ref)}
        for member, name in names.items()
    ])  # fmt: skip


# --- what became of it --------------------------------------------------------------------------


def _recipients(rows: Rows, left_out: list[int], sent: datetime) -> None:
    """Those who got it, two of three of whom read it; those who want no such messages."""
    written = [row for row in rows["message"] if row["campaign_id"] == _CAMPAIGN]
    found = [
        {"member_id": row["addressee_id"], "state": "written", "reason": "", "counted": True,
         "written_at": sent, "message_id": row["id"],
         "read_at": sent + timedelta(minutes=7 * n % 900) if n % 3 else None}
        for n, row in enumerate(written, 1)
    ]  # fmt: skip
    found += [
        {"member_id": member, "state": "skipped", "reason": "opted_out", "counted": False,
         "written_at": None, "message_id": None, "read_at": None}
        for member in left_out
    ]  # fmt: skip
    rows["recipient"] = [
        {"id": n, "campaign_id": _CAMPAIGN, "at": sent, **row} for n, row in enumerate(found, 1)
    ]


def _coupons(
    rows: Rows, members: list[int], terms: OfferTerms, shop_id: int, sent: datetime
) -> None:
    """The last ones who claimed have used theirs already."""
    dice = random.Random(len(members))
    codes = [CODE, *("".join(dice.choices(ALPHABET, k=CODE_CHARS)) for _ in members)]
    used = moment(sent.astimezone(SHOP_ZONE).date(), time(15, 20))
    rows["coupon"] = [
        {"id": n, "shop_id": shop_id, "member_id": member, "claimant_id": member, "code": code,
         "title": TITLE, "source": "offer", "offer_id": _OFFER,
         "issued_at": sent + timedelta(minutes=3 * n), "expires_at": terms.valid_until,
         "redeemed_at": used if n > CLAIMED - REDEEMED else None,
         "redeemed_by": _CLERK if n > CLAIMED - REDEEMED else None}
        for n, (member, code) in enumerate(zip(members, codes, strict=False), 1)
    ]  # fmt: skip


def _campaign(rows: Rows, terms: OfferTerms, shop_id: int, sent: datetime) -> dict[str, Any]:
    read = sum(row["read_at"] is not None for row in rows["recipient"])
    states = [row["state"] for row in rows["recipient"]]
    content = CampaignContent(variants=[CampaignVariant(name="", body=_BODY)], offer=terms)
    return {
        "id": _CAMPAIGN, "shop_id": shop_id, "client_id": "sample-weekend", "title": "周末 8 折",
        "content": msgspec.to_builtins(content), "state": "done", "due_at": sent,
        "frozen_at": sent - timedelta(minutes=1), "started_at": sent,
        "finished_at": sent + timedelta(seconds=20), "created_by": _OWNER, "at": sent,
        "counts": {"written": states.count("written"), "skipped": states.count("skipped"),
                   "read": read, "claimed": CLAIMED, "redeemed": REDEEMED},
    }  # fmt: skip
