"""Two versions of a campaign side by side, and whether one of them did better.

The rules are those of ``domain.experiments``.  Only what is read within ``OVER`` counts, so that
nothing moves after the one look that decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from console.desk.report_types import Comparison, NoVerdict, ShareTold, VersionTold
from console.domain import audiences
from console.domain.experiments import OVER, verdict
from console.domain.intervals import Rate, tell_rate_difference
from console.domain.statistics import Notice, reading_times
from console.store.replica_reports import CampaignFacts

_UNDECIDED = frozenset({NoVerdict.UNWRITTEN, NoVerdict.EARLY})


def compared(facts: CampaignFacts, as_of: datetime) -> Comparison | None:
    """The two versions of a campaign; ``None``: it has one for all, or more than two."""
    names = [each.name for each in facts.row.content.variants]
    if len(names) != 2:
        return None
    written = [each for each in facts.audience if each.written_at is not None]
    first, second = (
        _version(name, (each for each in written if facts.versions.get(each.member_id) == name),
                 as_of)
        for name in names
    )  # fmt: skip
    moments = [each.written_at for each in written if each.written_at is not None]
    ends_at = max(moments) + OVER if moments else None
    why = _why_not(facts, as_of, ends_at)
    rates = first.read.rate, second.read.rate
    return Comparison(
        versions=(first, second), why_not=why, ends_at=ends_at,
        difference=None if why in _UNDECIDED else tell_rate_difference(*rates),
        verdict=None if why is not None else verdict(*rates),
    )  # fmt: skip


def _version(name: str, notices: Iterable[Notice], as_of: datetime) -> VersionTold:
    written = list(notices)
    readers = [who for time, who in reading_times(written, as_of) if time <= OVER]
    return VersionTold(
        name=name, written=tuple(sorted(each.member_id for each in written)),
        readers=tuple(sorted(readers)), read=ShareTold.of(Rate(len(readers), len(written))),
    )  # fmt: skip


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
