"""What a campaign led to beside its holdout, out of what is known; loaded when it is wanted.

What a figure means is in ``domain.statistics``; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Mapping

from console.desk.report_types import AgainstHoldout, CampaignReport, Deed
from console.domain.attribution import DAY
from console.domain.intervals import Rate
from console.domain.statistics import ComersComparison, PurchasesComparison, WindowComparison
from console.store import replica_queries
from console.store.driver import Connection
from console.store.replica_insight_trade import WindowAfter, window_after
from console.wire.campaign_rows import CampaignRow


def against_holdout(
    db: Connection, report: CampaignReport, timezone: str
) -> AgainstHoldout | None:  # fmt: skip
    """Who bought and who came; ``None``: rows of it are kept on the relay only."""
    row: CampaignRow | None = replica_queries.one(db, "campaign", report.campaign_id)
    if row is None or row.started_at is None or report.missing:
        return None
    window = report.window_days * DAY
    ends_at = row.started_at + window
    if report.as_of < ends_at:
        return AgainstHoldout(ends_at=ends_at)
    found = window_after(db, row, timezone, window)
    return None if found is None else AgainstHoldout(
        ends_at=ends_at, bought=_deed(found, found.bought, PurchasesComparison),
        came=_deed(found, found.came, ComersComparison),
    )  # fmt: skip


def _deed(found: WindowAfter, who: Mapping[int, bool], kind: type[WindowComparison]) -> Deed:
    members = tuple(sorted(member for member, written in who.items() if written))
    return Deed(members=members, compared=kind(
        Rate(len(members), found.written), Rate(len(who) - len(members), found.held_out)
    ))  # fmt: skip
