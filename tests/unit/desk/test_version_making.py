"""Two versions of a campaign: rates, difference and verdict equal a recount in plain Python."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest

from console.desk.report_types import Comparison, NoVerdict
from console.desk.version_making import compared
from console.domain.experiments import OVER, Verdict
from console.domain.intervals import Estimate, TooFew
from console.store.replica_reports import AudienceRow, CampaignFacts
from console.store.row_codec import to_ms
from console.wire.campaign_rows import CampaignContent, CampaignRow, CampaignVariant

SENT = datetime(2026, 11, 23, 2, tzinfo=UTC)
HALVES = [CampaignVariant(name="A", share=50), CampaignVariant(name="B")]
SEXES = [CampaignVariant(name="women", rule=0), CampaignVariant(name="men", rule=0)]


def facts(
    first: tuple[int, int], second: tuple[int, int], variants: list[CampaignVariant] = HALVES,
    kind: str = "campaign", late: int = 0, counts: dict[str, int] | None = None,
) -> CampaignFacts:  # fmt: skip
    """Of each version: so many readers of so many; ``late`` more of the first read on day five."""
    audience: list[AudienceRow] = []
    for (part, whole), variant in zip((first, second), variants, strict=False):
        for number in range(whole):
            who = len(audience) + 1
            wait = timedelta(hours=1) if number < part else timedelta(days=5)
            reads = number < part + (late if variant is variants[0] else 0)
            read = to_ms(SENT + wait) if reads else None
            audience.append((who, to_ms(SENT), read, None, variant.name))
    row = CampaignRow(id=1, rev=1, shop_id=1, client_id="c", kind=kind, at=SENT,
                      content=CampaignContent(variants=variants), counts=counts or {})  # fmt: skip
    missing = max(0, row.counts.get("written", 0) - len(audience))
    return CampaignFacts(row=row, audience=audience, missing=missing)


def told(found: CampaignFacts, after: timedelta = OVER) -> Comparison:
    made = compared(found, SENT + after)
    assert made is not None
    return made


def ends(part: int, whole: int) -> tuple[float, float]:
    """Wilson's interval: the two rates that lie 1.96 standard deviations from what was seen."""
    z2, p = 1.959963984540054**2, part / whole
    root = math.sqrt(z2 * (4 * whole * p * (1 - p) + z2))
    return tuple((2 * whole * p + z2 + side * root) / (2 * (whole + z2)) for side in (-1, 1))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((360, 888), (300, 888), Verdict.BETTER),
        ((300, 888), (360, 889), Verdict.WORSE),
        ((320, 888), (300, 888), Verdict.CANNOT_TELL),
        ((40, 60), (12, 58), Verdict.BETTER),
    ],
)
def test_the_difference_is_newcombes_and_the_verdict_its_side_of_nought(
    first: tuple[int, int], second: tuple[int, int], said: Verdict
) -> None:
    found = told(facts(first, second))
    p, q = first[0] / first[1], second[0] / second[1]
    (low_p, high_p), (low_q, high_q) = ends(*first), ends(*second)
    low = p - q - math.sqrt((p - low_p) ** 2 + (high_q - q) ** 2)
    high = p - q + math.sqrt((high_p - p) ** 2 + (q - low_q) ** 2)
    difference = found.difference
    assert isinstance(difference, Estimate)
    assert (difference.value, difference.interval.low, difference.interval.high) == (
        pytest.approx(p - q), pytest.approx(low), pytest.approx(high)
    )  # fmt: skip
    assert found.verdict is said
    by_side = Verdict.BETTER if low > 0 else Verdict.WORSE if high < 0 else Verdict.CANNOT_TELL
    assert said is by_side


def test_what_is_read_after_the_one_look_changes_nothing() -> None:
    over = told(facts((300, 888), (300, 888), late=200))
    later = told(facts((300, 888), (300, 888), late=200), timedelta(days=30))
    assert over == later
    assert later.versions[0].read.rate.part == 300


def test_too_few_cannot_tell() -> None:
    found = told(facts((3, 4), (0, 4)))
    assert isinstance(found.difference, TooFew)
    assert (found.verdict, found.why_not) == (Verdict.CANNOT_TELL, None)


def test_until_it_is_over_there_is_neither_difference_nor_verdict() -> None:
    far_apart = facts((400, 500), (100, 500))
    early = told(far_apart, OVER - timedelta(seconds=1))
    assert (early.verdict, early.difference, early.why_not) == (None, None, NoVerdict.EARLY)
    assert early.ends_at == SENT + OVER
    still = told(facts((400, 500), (100, 500), counts={"written": 1_000, "pending": 1}))
    assert (still.verdict, still.difference, still.why_not) == (None, None, NoVerdict.UNWRITTEN)


def test_where_people_differ_or_rows_are_missing_there_is_no_verdict() -> None:
    women = told(facts((400, 500), (100, 500), SEXES))
    assert (women.verdict, women.why_not) == (None, NoVerdict.PEOPLE)
    assert isinstance(women.difference, Estimate)
    again = told(facts((400, 500), (100, 500), kind="resend"))
    assert (again.verdict, again.why_not) == (None, NoVerdict.PEOPLE)
    old = told(facts((400, 500), (100, 500), counts={"written": 1_200}))
    assert (old.verdict, old.why_not) == (None, NoVerdict.ELSEWHERE)


def test_one_version_is_compared_with_nothing() -> None:
    assert compared(facts((3, 9), (0, 0), [CampaignVariant(name="")]), SENT) is None
