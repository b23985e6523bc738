"""An epoch tells a shop's new history from another shop."""

from __future__ import annotations

from console.wire.epochs import next_epoch, same_shop


def test_every_epoch_of_a_shop_differs_and_is_still_that_shop() -> None:
    first = next_epoch()
    second = next_epoch(first)
    assert first != second
    assert same_shop(first, second)


def test_two_shops_never_share_a_lineage() -> None:
    assert not same_shop(next_epoch(), next_epoch())


def test_a_replica_that_knows_no_epoch_yet_may_belong_to_any_shop() -> None:
    assert same_shop("", next_epoch())
