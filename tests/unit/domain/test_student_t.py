"""Student's t against printed tables, closed forms and its own density summed up."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.student_t import NORMAL, cumulative, quantile

# As printed in tables of Student's t (Fisher and Yates): degrees, 0.90, 0.95, 0.975, 0.99, 0.995.
TABLE = """
1 3.078 6.314 12.706 31.821 63.657
2 1.886 2.920 4.303 6.965 9.925
3 1.638 2.353 3.182 4.541 5.841
4 1.533 2.132 2.776 3.747 4.604
5 1.476 2.015 2.571 3.365 4.032
7 1.415 1.895 2.365 2.998 3.499
10 1.372 1.812 2.228 2.764 3.169
15 1.341 1.753 2.131 2.602 2.947
20 1.325 1.725 2.086 2.528 2.845
30 1.310 1.697 2.042 2.457 2.750
60 1.296 1.671 2.000 2.390 2.660
120 1.289 1.658 1.980 2.358 2.617
"""
SHARES = (0.90, 0.95, 0.975, 0.99, 0.995)
EXACT = 1e-9
"""What the quantile may be off by."""
degrees_of_freedom = st.floats(1, 100_000)
shares = st.floats(0.001, 0.999)


@pytest.mark.parametrize("row", TABLE.split("\n")[1:-1])
def test_the_printed_table_is_met_in_every_digit(row: str) -> None:
    degrees, *printed = map(float, row.split())
    assert [round(quantile(share, degrees), 3) for share in SHARES] == printed


@given(share=shares)
def test_one_and_two_degrees_have_closed_forms(share: float) -> None:
    assert quantile(share, 1) == pytest.approx(math.tan(math.pi * (share - 0.5)), abs=1e-9)
    two = (2 * share - 1) / math.sqrt(2 * share * (1 - share))
    assert quantile(share, 2) == pytest.approx(two, abs=1e-9)


@pytest.mark.parametrize("degrees", [1.0, 3.7, 17.8, 240.3])
def test_the_share_between_two_values_is_the_density_summed_up(degrees: float) -> None:
    low, high, steps = -1.3, 2.6, 2_000
    width = (high - low) / steps
    heights = [(1 + (low + width * n) ** 2 / degrees) ** (-(degrees + 1) / 2)
               for n in range(steps + 1)]  # fmt: skip
    simpson = heights[0] + heights[-1] + 4 * sum(heights[1:-1:2]) + 2 * sum(heights[2:-1:2])
    scale = math.gamma((degrees + 1) / 2) / math.gamma(degrees / 2) / math.sqrt(degrees * math.pi)
    between = cumulative(high, degrees) - cumulative(low, degrees)
    assert between == pytest.approx(scale * simpson * width / 3, abs=1e-9)


@given(share=shares, degrees=degrees_of_freedom)
def test_the_quantile_is_where_the_share_lies_and_both_sides_are_alike(
    share: float, degrees: float
) -> None:
    t = quantile(share, degrees)
    assert cumulative(t, degrees) == pytest.approx(share, abs=1e-10)
    assert quantile(1 - share, degrees) == pytest.approx(-t, rel=1e-7, abs=1e-9)


@given(share=st.floats(0.501, 0.9999), degrees=degrees_of_freedom, more=st.floats(1.01, 10))
def test_more_degrees_lead_closer_to_the_normal_distribution(
    share: float, degrees: float, more: float
) -> None:
    near, far = quantile(share, degrees * more), quantile(share, degrees)
    assert NORMAL.inv_cdf(share) <= near + EXACT
    assert near <= far + EXACT


def test_where_the_expansion_takes_over_nothing_jumps() -> None:
    for share in (0.6, 0.975, 0.9999):
        assert quantile(share, 20_000) == pytest.approx(quantile(share, 20_000.001), abs=1e-9)


@pytest.mark.parametrize(("share", "degrees"), [(0, 5), (1, 5), (0.9, 0.5), (0.9, math.nan)])
def test_what_has_no_quantile_is_refused(share: float, degrees: float) -> None:
    with pytest.raises(ValueError, match=r"share|degrees"):
        quantile(share, degrees)
