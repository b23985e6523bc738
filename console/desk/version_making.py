"""Two versions of a campaign side by side, and whether one of them did better.

The rules are those of ``domain.experiments``.  Only what is read within ``OVER`` counts, so that
nothing moves after the one look that decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from console.desk.report_types import Comparison, NoVerdict, ShareTold, VersionTold
from console.domain import audiences
from console.domain.experiments import OVER, verdict
from console.domain.intervals import Rate, tell_rate_difference
from console.store.replica_reports import CampaignFacts
from console.store.row_codec import from_ms, to_ms

_UNDECIDED = frozenset({NoVerdict.UNWRITTEN, NoVerdict.EARLY})


def compared(facts: CampaignFacts, as_of: datetime) -> Comparison | None:
    """The two versions of a campaign; ``None``: it has one for all, or more than two."""
    names = [each.name for each in facts.row.content.variants]
    if len(names) != 2:
        return None
    now, over = to_ms(as_of), OVER // timedelta(milliseconds=1)
    got: dict[str, list[int]] = {name: [] for name in names}
    readers: dict[str, list[int]] = {name: [] for name in names}
    for who, written, read, _, variant in facts.audience:
        if written is not None and variant in got:
            got[variant].append(who)
            if read is not None and read <= now and read - written <= over:
                readers[variant].append(who)
    first, second = (_version(name, got[name], readers[name]) for name in names)
    moments = [written for _, written, *_ in facts.audience if written is not None]
    ends_at = from_ms(max(moments)) + OVER if moments else None
    why = _why_not(facts, as_of, ends_at)
    rates = first.read.rate, second.read.rate
    return Comparison(
        versions=(first, second), why_not=why, ends_at=ends_at,
        difference=None if why in _UNDECIDED else tell_rate_difference(*rates),
        verdict=None if why is not None else verdict(*rates),
    )  # fmt: skip


def _version(name: str, written: Sequence[int], readers: Sequence[int]) -> VersionTold:
    return VersionTold(name=name, written=tuple(written), readers=tuple(readers),
                       read=ShareTold.of(Rate(len(readers), len(written))))  # fmt: skip


def _why_not(facts: CampaignFacts, as_of: datetime, ends_at: datetime | None) -> NoVerdict | None:
    row = facts.row
    # Who gets a campaign again is who did not read it: what she got first had its part in that.
    drawn = audiences.by_chance(each.share for each in row.content.variants)
    if not drawn or row.kind == "resend":
        return NoVerdict.PEOPLE
    if ends_at is None or audiences.still_open(row.counts):
        return NoVerdict.UNWRITTEN
    if as_of < ends_at:
        return NoVerdict.EARLY
    return NoVerdict.ELSEWHERE if facts.missing else None
