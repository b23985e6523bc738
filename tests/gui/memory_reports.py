"""Reports of a desk without relay or database; beside ``memory_desk``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from console.desk.report_making import made, named
from console.desk.report_types import AgainstHoldout, CampaignReport, Deed, Recipient
from console.domain.attribution import Outcome
from console.domain.intervals import Rate
from console.domain.statistics import (
    ComersComparison,
    Notice,
    OptOut,
    PurchasesComparison,
    Step,
    reading_times,
)
from console.store.replica_recipients import RecipientFacts
from console.store.replica_reports import CampaignFacts, when
from console.store.row_codec import to_ms
from console.wire.campaign_rows import CampaignContent, CampaignRow

SENT = datetime(2026, 11, 23, 2, tzinfo=UTC)


def facts(members: int, readers: int, *, answered: int = 0, bought: int = 0) -> CampaignFacts:
    """Written to so many; the n-th reader reads n minutes later, the first ones do more."""
    row = CampaignRow(id=1, rev=1, shop_id=1, client_id="sent", title="周一新款", state="done",
                      content=CampaignContent(), counts={"written": members}, at=SENT)  # fmt: skip
    reads = {n: SENT + timedelta(minutes=n) for n in range(1, readers + 1)}
    later = timedelta(days=1)
    return CampaignFacts(
        row=row,
        audience=[
            (n, to_ms(SENT), to_ms(reads[n]) if n in reads else None,
             to_ms(reads[n]) if n <= answered else None, "")
            for n in range(1, members + 1)
        ],
        delivered=frozenset(range(1, members + 1)),
        notices=tuple(Notice(1, n, SENT, None, reads.get(n)) for n in range(1, members + 1)),
        outcomes=(
            *(Outcome(n, n, Step.READ, at, 1) for n, at in reads.items()),
            *(Outcome(10_000 + n, n, Step.ANSWERED, reads[n], 1) for n in range(1, answered + 1)),
            *(Outcome(20_000 + n, n, Step.BOUGHT, reads[n] + later) for n in range(1, bought + 1)),
        ),
        opt_outs=(OptOut(2, SENT + later),),
    )  # fmt: skip


class MemoryReports:
    """``ReportsPort`` over facts that a test changes; ``asked``: how often it was counted."""

    def __init__(self) -> None:
        self.facts = facts(120, 60, answered=20, bought=9)
        self.holdout: AgainstHoldout | None = AgainstHoldout(
            ends_at=SENT + timedelta(days=7),
            bought=Deed(
                compared=PurchasesComparison(Rate(400, 1_000), Rate(60, 200)), members=(1, 2, 3)
            ),
            came=Deed(compared=ComersComparison(Rate(4, 1_000), Rate(0, 200)), members=(4,)),
        )
        self.as_of, self.live, self.asked = SENT + timedelta(days=9), True, 0
        self._listeners: list[Callable[[], None]] = []

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self) -> None:
        for listener in list(self._listeners):
            listener()

    def lack(self, rows: int) -> None:
        """So many more got it whose rows are not here."""
        self.facts = replace(self.facts, missing=rows)

    async def recipients(self, report: CampaignReport) -> tuple[Recipient, ...]:
        await asyncio.sleep(0)
        return named(
            [
                RecipientFacts(
                    member_id=who, name=f"会员{who}", phone=f"138****{who:04}", state="written",
                    reason="", variant="women", written_at=when(written), read_at=when(read),
                    replied_at=when(replied), recalled_at=None, coupon_at=None, redeemed_at=None,
                )
                for who, written, read, replied, _ in self.facts.audience
            ],
            report,
        )  # fmt: skip

    async def readers_within(self, report: CampaignReport, elapsed: timedelta) -> tuple[int, ...]:
        await asyncio.sleep(0)
        times = reading_times(self.facts.notices, report.as_of)
        return tuple(who for time, who in times if time <= elapsed)

    async def against_holdout(self, report: CampaignReport) -> AgainstHoldout | None:
        await asyncio.sleep(0)
        return self.holdout

    async def found(self, query: str) -> frozenset[int]:
        await asyncio.sleep(0)
        return frozenset(who for who, *_ in self.facts.audience
                         if f"138****{who:04}".endswith(query))  # fmt: skip

    async def report(self, campaign_id: int) -> CampaignReport | None:
        await asyncio.sleep(0)
        self.asked += 1
        return made(self.facts, self.as_of, live=self.live) if campaign_id == 1 else None
