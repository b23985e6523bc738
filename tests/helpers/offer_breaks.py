"""Mechanisms of limited offers, each switched off on purpose: what their tests must not survive."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.offers import CouponState, Standing
from console.relay.handlers import campaign_recalls, coupons, erasing, merging, offers
from console.store import projection, tables
from console.wire.rows import CouponRow


def units_are_not_counted(patch: pytest.MonkeyPatch) -> None:
    """The table refuses the unit too many: then nobody of that commit is told anything."""
    patch.setattr(offers.offers, "standing", lambda *_: Standing.OPEN)


def the_counter_stands_still(patch: pytest.MonkeyPatch) -> None:
    def write(self: Any) -> None:
        self.tx.insert_whole(tables.coupon, self.fresh, offers._COLUMNS)

    patch.setattr(offers._Counter, "write", write)


def winners_get_no_coupon(patch: pytest.MonkeyPatch) -> None:
    write = offers._Counter.write

    def forget(self: Any) -> None:
        write(self)
        ids = [each.id for each in self.fresh]
        self.tx.delete(tables.coupon, ids, [])

    patch.setattr(offers._Counter, "write", forget)


def earlier_claims_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    """The table refuses the second one: then she is told nothing."""
    patch.setattr(offers, "_coupons", lambda *_: {})


def claims_of_the_same_commit_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    serve = offers._Counter.serve

    def forgetful(self: Any, member_id: int, offer_id: int) -> Any:
        fresh = {(each.offer_id, each.member_id) for each in self.fresh}
        self.held = {key: row for key, row in self.held.items() if key not in fresh}
        return serve(self, member_id, offer_id)

    patch.setattr(offers._Counter, "serve", forgetful)


def anybody_may_claim(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(offers, "_told", lambda _tx, _offer, ids: set(ids))


def blocked_ones_may_claim(patch: pytest.MonkeyPatch) -> None:
    open_counter = offers._Counter.open.__func__  # type: ignore[attr-defined]

    def unblocked(cls: Any, *given: Any) -> Any:
        made = open_counter(cls, *given)
        made.members = {
            key: offers.replace(row, blocked=False) for key, row in made.members.items()
        }
        return made

    patch.setattr(offers._Counter, "open", classmethod(unblocked))


def the_end_is_not_asked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        offers.offers, "standing",
        lambda row, _: Standing.OPEN if row.claimed < row.quantity else Standing.GONE,
    )  # fmt: skip


def a_recalled_one_goes_on(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(campaign_recalls, "take_back", lambda *_: None)


def what_is_sent_again_has_units_of_its_own(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(offers, "_root", lambda _, row: row)


def what_has_ended_is_still_sent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(offers, "is_over", lambda *_: False)


def coupons_are_good_for_ever(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(coupons, "coupon_state", lambda *_: CouponState.GOOD)


def redeemed_ones_are_not_counted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(coupons, "_count_redeemed", lambda *_: None)


def coupons_stay_with_who_is_gone(patch: pytest.MonkeyPatch) -> None:
    facts = tuple(table for table in merging.FACTS if table is not tables.coupon)
    patch.setattr(merging, "FACTS", facts)


def coupons_outlive_who_is_erased(patch: pytest.MonkeyPatch) -> None:
    ids = erasing._ids
    patch.setattr(
        erasing, "_ids", lambda tx, table, *a: [] if table is tables.coupon else ids(tx, table, *a)
    )


def coupons_reach_everybody(patch: pytest.MonkeyPatch) -> None:
    scope = projection.member_scope
    patch.setattr(
        projection, "member_scope",
        lambda row: projection.EVERY_MEMBER if isinstance(row, CouponRow) else scope(row),
    )  # fmt: skip
