"""The promise of a reply rests on what happened, or is not made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.domain.replies import Waited
from console.relay.promise import Promise, promise_of

NOW = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)


def answered(*seconds: float) -> list[Waited]:
    began = NOW - timedelta(days=1)
    return [Waited(began, began + timedelta(seconds=each), answered=True) for each in seconds]


@pytest.mark.parametrize(("samples", "promised"), [(19, None), (20, 60), (0, None)])
def test_too_few_samples_make_no_promise(samples: int, promised: int | None) -> None:
    assert promise_of(answered(*[60.0] * samples), NOW) == Promise(promised, samples)


def test_the_middle_one_is_promised() -> None:
    assert promise_of(answered(*[10.0] * 10, 50.0, *[90.0] * 10), NOW) == Promise(50, 21)


def test_what_was_never_answered_counts_as_long_as_it_waits() -> None:
    waits = [*answered(*[60.0] * 9), *[Waited(NOW - timedelta(hours=2))] * 11]
    assert promise_of(waits, NOW) == Promise(2 * 3_600, 20)


def test_who_began_to_wait_just_now_flatters_nobody() -> None:
    waits = [*answered(*[600.0] * 20), *[Waited(NOW - timedelta(seconds=2))] * 30]
    assert promise_of(waits, NOW) == Promise(600, 20)
