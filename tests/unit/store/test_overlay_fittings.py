"""What waits in the outbox is laid over fittings: as asked for until the relay agreed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from console.store.outbox import Entry, EntryState
from console.store.overlay_fittings import Laid, fitting_lane, laid
from console.wire import commands
from console.wire.commands import Command
from console.wire.rows import FittingRow

TEN = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
HALF = timedelta(minutes=30)


def entry(command: Command, state: EntryState = "queued", name: str = "f") -> Entry:
    return Entry(name=command.name, body=msgspec.json.encode(command), lane=fitting_lane(name),
                 key=name, position=1, n=1, state=state, created_at=TEN)  # fmt: skip


def row(**changes: object) -> FittingRow:
    made = FittingRow(id=1, rev=5, shop_id=1, client_id="f", member_id=3, room_id=1, starts_at=TEN,
                      ends_at=TEN + HALF, at=TEN)  # fmt: skip
    return msgspec.structs.replace(made, **changes)


def only(found: list[Laid]) -> Laid:
    (one,) = found
    return one


BOOK = commands.BookFitting(client_id="f", member_id=3, room_id=1, starts_at=TEN)
MOVE = commands.MoveFitting(client_id="f", starts_at=TEN + HALF, room_id=2)


def test_a_booking_on_its_way_is_asked_for_and_then_agreed_to() -> None:
    asked = only(laid([], [entry(BOOK)], HALF))
    assert (asked.waits, asked.row.starts_at, asked.row.ends_at) == (True, TEN, TEN + HALF)
    assert not only(laid([], [entry(BOOK, "acked")], HALF)).waits
    assert laid([], [entry(BOOK, "failed")], HALF) == []


def test_a_booking_that_has_come_back_is_what_the_relay_says() -> None:
    there = only(laid([row(room_id=9)], [entry(BOOK, "acked")], HALF))
    assert (there.row.room_id, there.waits) == (9, False)


def test_steps_are_laid_over_in_their_order() -> None:
    found = only(laid([row()], [entry(MOVE), entry(commands.CancelFitting(client_id="f"))], HALF))
    assert (found.row.state, found.row.room_id, found.waits) == ("cancelled", 2, True)
    assert found.row.ends_at == TEN + 2 * HALF


def test_a_move_of_what_waits_still_waits() -> None:
    found = only(laid([], [entry(BOOK), entry(MOVE)], HALF))
    assert (found.waits, found.row.room_id) == (True, 2)


def test_a_refused_step_leaves_what_stands() -> None:
    settled = commands.SettleFitting(client_id="f", outcome="arrived")
    assert only(laid([row()], [entry(settled, "failed")], HALF)) == Laid(row=row())


def test_a_step_about_what_is_not_here_shows_nothing() -> None:
    assert laid([], [entry(MOVE)], HALF) == []


def test_what_is_laid_out_is_added_and_taken_away() -> None:
    picked = commands.PickForFitting(client_id="f", add=[4, 2], remove=[1])
    assert only(laid([row(variants=[1, 2])], [entry(picked)], HALF)).row.variants == [2, 4]
