"""Sets of ids as bits are sets like any other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.id_sets import IdSet

IDS = st.sets(st.integers(0, 200))


@given(first=IDS, second=IDS)
def test_what_is_united_counted_and_kept_is_that_of_plain_sets(
    first: set[int], second: set[int]
) -> None:
    both = IdSet.of(first) | IdSet.of(second)
    assert (list(both), len(both)) == (sorted(first | second), len(first | second))
    assert both == first | second == IdSet.of(first) | second
    assert IdSet.from_bytes(both.to_bytes()) == both
    assert all((each in both) == (each in first or each in second) for each in range(210))


def test_nobody_has_an_id_below_zero() -> None:
    assert -1 not in IdSet.of([0, 7, 8])
    with pytest.raises(IndexError):
        IdSet.of([-1])
