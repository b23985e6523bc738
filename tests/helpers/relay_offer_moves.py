"""Limited offers as a property test sends, claims and redeems them, and what must hold of them."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from console.wire import commands
from console.wire.commands import VariantDraft
from console.wire.errors import Code
from console.wire.offer_rows import OfferTerms
from tests.helpers.relay_oracle import query

if TYPE_CHECKING:
    from console.relay.outcome import Outcome
    from tests.helpers.relay_world import World

STAFF = ("owner", "clerk", "till")
MEMBERS = ("anna", "bea", "guest")
DENIED = {Code.COMMAND_DENIED, Code.SESSION_REVOKED}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _of(names: tuple[str, ...], number: int) -> str:
    return names[number % len(names)]


def _some(world: World, table: str, number: int) -> int:
    """The id of one of its rows, the newer the likelier, or of none."""
    found = world.query(f"select id from {table} order by id desc limit 3")
    return int(found[number % len(found)]["id"]) if found else 99


def terms(world: World, quantity: int = 1, hours: float = 24) -> OfferTerms:
    """Open for so many hours, good for a day longer."""
    ends_at = world.clock.now() + timedelta(hours=hours)
    return OfferTerms(title="周末 8 折券", quantity=quantity, ends_at=ends_at,
                      valid_until=ends_at + timedelta(days=1))  # fmt: skip


# --- moves ----------------------------------------------------------------------------------------


async def offer_begins(world: World, number: int) -> None:
    """A campaign with one or two units begins; other moves send it."""
    client_id, name = world.fresh("o"), _of(STAFF, number)
    await world.do(name, commands.SaveCampaign(
        client_id=client_id, variants=[VariantDraft(name="a", body=f"[camp-{client_id}-a]")],
        defer=number % 3 == 0, offer=terms(world, 1 + number % 2, 1 + number % 90)))  # fmt: skip
    await world.do(name, commands.FreezeCampaign(client_id=client_id))
    await world.do(name, commands.SendCampaignNow(client_id=client_id))


async def claim(world: World, name: str, offer_id: int) -> Outcome:
    """One claim; the same coupon as ever, or an honest refusal."""
    outcome = await world.do(name, commands.ClaimOffer(offer_id=offer_id))
    member_id = world.member_id(name)
    if outcome.refusal is None:
        code = outcome.result["code"]
        kept = world.claims.setdefault((offer_id, member_id), code)
        assert kept == code, "another coupon than before"
    else:
        _check_refusal(world, offer_id, outcome.refusal.code)
        assert not query(
            world.path, "select 1 from coupon where offer_id = ? and member_id = ?"
            " and (select not blocked from member where id = member_id)", offer_id, member_id,
        ) or outcome.refusal.code in DENIED, "she has one, and was refused"  # fmt: skip
    return outcome


def _check_refusal(world: World, offer_id: int, code: Code) -> None:
    rows = query(world.path, "select * from offer where id = ?", offer_id)
    if code is Code.OFFER_GONE:
        assert rows[0]["claimed"] == rows[0]["quantity"], "there was one left"
    elif code is Code.OFFER_OVER:
        ended = (world.clock.now() - _EPOCH) / timedelta(milliseconds=1) >= rows[0]["ends_at"]
        assert ended or rows[0]["closed_at"] is not None, "it was still open"
    else:
        assert code in {Code.NOT_FOUND, *DENIED}, code


async def offer_claim(world: World, number: int) -> None:
    await claim(world, _of(MEMBERS, number), _some(world, "offer", number // 3))


async def offer_rush(world: World, number: int) -> None:
    """Everybody at once, one of them twice."""
    offer_id = _some(world, "offer", number)
    names = [*MEMBERS, _of(MEMBERS, number)]
    await asyncio.gather(*(claim(world, name, offer_id) for name in names))


async def offer_close(world: World, number: int) -> None:
    if number % 4 == 0:
        await world.do(_of(STAFF, number), commands.CloseOffer(
            offer_id=_some(world, "offer", number)))  # fmt: skip


async def coupon_redeem(world: World, number: int) -> None:
    """Two counters at once: at most one of them takes it."""
    coupon_id = _some(world, "coupon", number)
    before = query(world.path, "select redeemed_at from coupon where id = ?", coupon_id)
    both = await asyncio.gather(*(
        world.do(name, commands.RedeemCoupon(coupon_id=coupon_id)) for name in ("owner", "till")
    ))  # fmt: skip
    taken = [outcome for outcome in both if outcome.refusal is None]
    assert len(taken) <= int(bool(before) and before[0][0] is None), "redeemed twice"


async def coupon_reopen(world: World, number: int) -> None:
    await world.do(_of(STAFF, number), commands.ReopenCoupon(
        coupon_id=_some(world, "coupon", number)))  # fmt: skip


async def coupon_void(world: World, number: int) -> None:
    if number % 3 == 0:
        await world.do(_of(STAFF, number), commands.VoidCoupon(
            coupon_id=_some(world, "coupon", number), reason="发错了"))  # fmt: skip


OFFER_MOVES = (
    offer_begins, offer_claim, offer_rush, offer_close, coupon_redeem, coupon_reopen, coupon_void,
)  # fmt: skip


# --- what must hold -------------------------------------------------------------------------------


def check_offers(world: World) -> None:
    """Never a unit too many, never two of one claimant, and every promise is kept."""
    coupons = query(world.path, "select coupon.*, m.state as state from coupon"
                                " join member m on m.id = member_id")  # fmt: skip
    erased = bool(query(world.path, "select 1 from member where state = 'erased'"))
    for row in query(world.path, "select o.*, c.counts from offer o join campaign c"
                                 " on c.id = o.campaign_id"):  # fmt: skip
        counts = json.loads(row["counts"])
        mine = [each for each in coupons if each["offer_id"] == row["id"]]
        assert row["claimed"] <= row["quantity"], "a unit too many"
        assert counts.get("claimed", 0) == row["claimed"], "counted differently"
        assert len(mine) == row["claimed"] or (erased and len(mine) < row["claimed"])
        claimants = [each["claimant_id"] for each in mine]
        assert len(set(claimants)) == len(claimants), "one claimed twice"
        redeemed = sum(each["redeemed_at"] is not None for each in mine)
        assert counts.get("redeemed", 0) == redeemed or erased
    here = {row["code"] for row in coupons}
    missing = {code for code in world.claims.values() if code not in here}
    assert not missing or erased, f"told of coupons that are not there: {missing}"
    for row in coupons:
        assert (row["redeemed_at"] is None) == (row["redeemed_by"] is None)
        assert row["redeemed_at"] is None or row["voided_at"] is None
        assert row["state"] not in {"merged", "erased"}, "a coupon of nobody"
    _check_messages(world)


def _check_messages(world: World) -> None:
    """Who is offered something by a message that stands is offered what there is."""
    for row in query(
        world.path,
        "select m.recalled_at, c.id, c.kind, o.campaign_id from message m join campaign c"
        " on c.id = m.campaign_id left join offer o on o.id = json_extract(m.offer, '$.id')"
        " where m.offer is not null",
    ):
        assert row["recalled_at"] is None, "taken back with its offer left"
        assert row["campaign_id"] is not None, "an offer that is not there"
        assert row["kind"] == "resend" or row["id"] == row["campaign_id"], "another's offer"
