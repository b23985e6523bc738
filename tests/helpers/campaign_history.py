"""Random histories of campaigns: written into a replica, and counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from console.domain.statistics import Step
from console.store import driver, replica_tables
from console.wire import rows, trade_rows
from console.wire.campaign_rows import (
    CampaignContent,
    CampaignRow,
    CampaignVariant,
    RecipientRow,
)
from console.wire.offer_rows import CouponRow, OfferRow

BEGAN = datetime(2026, 11, 2, 2, tzinfo=UTC)
WEEK = timedelta(days=7)
WINDOWS = st.integers(1, 30).map(lambda days: timedelta(days=days))
"""What the owner may set for attribution."""
KINDS = {1: ("campaign", None), 2: ("resend", 1), 3: ("campaign", None), 4: ("occurrence", None)}
FIRSTS = {2: 1}
"""What was sent again, and of what: the offer is that of campaign 1."""
HALVES = (CampaignVariant(name="A", share=50), CampaignVariant(name="B"))
VERSIONS = {
    1: HALVES,
    2: HALVES,
    3: (CampaignVariant(name="women", rule=0), CampaignVariant(name="men", rule=0)),
}
"""Of the campaigns that are not the same for all; whom each is for, ``version_of`` says."""
TABLES = ("campaign", "offer", "recipient", "message", "participant", "consent", "hold", "visit",
          "purchase", "coupon", "conversation")  # fmt: skip
MEMBERS = (1, 2, 3)
HOURS = st.integers(0, 12 * 24).map(lambda hours: BEGAN + timedelta(hours=hours))
DELAY = st.none() | st.integers(0, 90).map(lambda hours: timedelta(hours=hours))


@st.composite
def notices(draw: st.DrawFn) -> dict[tuple[int, int], tuple[Any, Any, Any]]:
    """By campaign and member: when it was written, read and answered; most got most of them."""
    found = {}
    for place in ((number, who) for number in sorted(KINDS) for who in MEMBERS):
        written = draw(HOURS) if draw(st.integers(0, 9)) else None
        read, replied = draw(DELAY), draw(DELAY)
        if written is None:
            if draw(st.booleans()):
                found[place] = (None, None, None)
        else:
            found[place] = (written, None if read is None else written + read,
                            None if replied is None else written + replied)  # fmt: skip
    return found


DEED = st.tuples(st.sampled_from(MEMBERS), HOURS)
HISTORY = st.fixed_dictionaries({
    "notices": notices(), "delivered": st.sets(st.sampled_from(MEMBERS)),
    **{name: st.lists(DEED, max_size=6) for name in ("hold", "visit", "purchase", "out", "in")},
    "coupon": st.lists(st.tuples(st.sampled_from(MEMBERS), HOURS, st.none() | HOURS), max_size=5),
})  # fmt: skip


def version_of(campaign: int, member: int) -> str:
    """The second for one of three members."""
    versions = VERSIONS.get(campaign)
    return versions[member == 2].name if versions else ""


def put(db: driver.Connection, table: str, found: list[Any]) -> None:
    codec = replica_tables.CODECS[table]
    db.executemany(codec.insert, codec.tuples(found))


def fill(db: driver.Connection, history: dict[str, Any]) -> None:
    for table in (*TABLES, "campaign_tally"):
        db.execute(f"DELETE FROM {table}")
    put(db, "campaign", [
        CampaignRow(id=number, rev=1, shop_id=1, client_id=f"c{number}", kind=kind,
                    parent_id=parent, at=BEGAN,
                    content=CampaignContent(variants=list(VERSIONS.get(number, ()))))
        for number, (kind, parent) in KINDS.items()
    ])  # fmt: skip
    put(db, "offer", [OfferRow(id=9, rev=1, shop_id=1, campaign_id=1, quantity=9, ends_at=BEGAN,
                               valid_until=BEGAN, at=BEGAN)])  # fmt: skip
    put(db, "recipient", [
        RecipientRow(id=n, rev=1, campaign_id=campaign, member_id=member, written_at=written,
                     state="written" if written else "skipped", counted=written is not None,
                     read_at=read if written else None, replied_at=replied if written else None,
                     message_id=n if written else None, at=BEGAN,
                     variant=version_of(campaign, member))
        for n, ((campaign, member), (written, read, replied)) in
        enumerate(history["notices"].items(), 1)
    ])  # fmt: skip
    put(db, "message", [
        rows.MessageRow(id=n, rev=1, shop_id=1, conversation_id=member, seq=n, client_id=f"m{n}",
                        sender_kind="system", sent_at=written)
        for n, ((_, member), (written, *_)) in enumerate(history["notices"].items(), 1) if written
    ])  # fmt: skip
    put(db, "participant", [
        rows.ParticipantRow(id=member, rev=1, shop_id=1, conversation_id=member, member_id=member,
                            delivered_seq=99)
        for member in history["delivered"]
    ])  # fmt: skip
    fill_deeds(db, history)


def fill_deeds(db: driver.Connection, history: dict[str, Any]) -> None:
    put(db, "hold", [trade_rows.HoldRow(id=n, rev=1, shop_id=1, client_id=f"h{n}", member_id=who,
                                        variant_id=1, at=at)
                     for n, (who, at) in enumerate(history["hold"], 1)])  # fmt: skip
    put(db, "visit", [trade_rows.VisitRow(id=n, rev=1, shop_id=1, member_id=who, at=at)
                      for n, (who, at) in enumerate(history["visit"], 1)])  # fmt: skip
    put(db, "purchase", [trade_rows.PurchaseRow(id=n, rev=1, shop_id=1, member_id=who, at=at)
                         for n, (who, at) in enumerate(history["purchase"], 1)])  # fmt: skip
    said = [(*each, False) for each in history["out"]] + [(*each, True) for each in history["in"]]
    put(db, "consent", [rows.ConsentRow(id=n, rev=1, member_id=who, purpose="marketing",
                                        granted=granted, at=at)
                        for n, (who, at, granted) in enumerate(said, 1)])  # fmt: skip
    put(db, "coupon", [
        CouponRow(id=n, rev=1, shop_id=1, member_id=who, code=f"K{n}", offer_id=9, issued_at=at,
                  expires_at=at, redeemed_at=max(at, used) if used else None)
        for n, (who, at, used) in enumerate(history["coupon"], 1)
    ])  # fmt: skip


class ByHand:
    """The same rows, counted by loops that know nothing of ``console.domain``."""

    def __init__(
        self, history: dict[str, Any], campaign: int, window: timedelta = WEEK
    ) -> None:  # fmt: skip
        self.campaign, self.window = campaign, window
        self.history = history
        self.notices: dict[tuple[int, int], tuple[Any, Any, Any]] = history["notices"]
        self.mine = {who: row for (number, who), row in self.notices.items() if number == campaign}
        self.written = {who for who, row in self.mine.items() if row[0]}
        self.reached = {
            "AUDIENCE": set(self.mine), "WRITTEN": self.written,
            "DELIVERED": {who for who in self.written
                          if who in history["delivered"] or self.mine[who][1]},
            "READ": {who for who in self.written if self.mine[who][1]},
            "ANSWERED": set(), "RESERVED": set(), "VISITED": set(), "BOUGHT": set(),
        }  # fmt: skip
        for who in self.written:
            for step in ("ANSWERED", "RESERVED", "VISITED", "BOUGHT"):
                for kind, at, named in self.deeds(who):
                    if kind == step and self.owed(who, at, named) == campaign:
                        self.reached[step].add(who)

    def received(self, who: int) -> dict[int, datetime]:
        return {n: row[0] for (n, member), row in self.notices.items() if member == who and row[0]}

    def deeds(self, who: int) -> list[tuple[str, datetime, int | None]]:
        found: list[tuple[str, datetime, int | None]] = []
        for (number, member), (written, read, replied) in self.notices.items():
            if member == who and written:
                found += [("READ", read, number)] if read else []
                found += [("ANSWERED", replied, number)] if replied else []
        for table, step in (("hold", "RESERVED"), ("visit", "VISITED"), ("purchase", "BOUGHT")):
            found += [(step, at, None) for member, at in self.history[table] if member == who]
        for member, at, used in self.history["coupon"]:
            if member == who:
                shown = [(when, n) for n, when in self.received(who).items()
                         if FIRSTS.get(n, n) == 1 and when <= at]  # fmt: skip
                named = max(shown)[1] if shown else 1
                found.append(("RESERVED", at, named))
                found += [("VISITED", max(at, used), named)] if used else []
        return found

    def owed(self, who: int, at: datetime, named: int | None) -> int | None:
        """The campaign that touched her most strongly, the last of equals."""
        best: list[tuple[int, datetime, int]] = []
        order = ["READ", "ANSWERED", "RESERVED", "VISITED", "BOUGHT"]
        for number, written in self.received(who).items():
            if not written <= at <= written + self.window or named not in (None, number):
                continue
            best += [(order.index(kind), written, number) for kind, when, of in self.deeds(who)
                     if of == number and written <= when <= at]  # fmt: skip
        return max(best)[2] if best else None

    def through(self, step: Step) -> list[int]:
        earlier = [self.reached[each.name] for each in Step if each <= step]
        return sorted(set.intersection(*earlier))

    def opted_out(self) -> list[int]:
        left = set()
        for who, at in self.history["out"]:
            before = [(when, n) for n, when in self.received(who).items() if when <= at]
            if before and at - max(before)[0] <= WEEK and max(before)[1] == self.campaign:
                left.add(who)
        return sorted(left)

    def of_version(self, name: str) -> tuple[list[int], list[int]]:
        """To whom it was written, and who read it within three days."""
        written = sorted(who for who in self.written if version_of(self.campaign, who) == name)
        read = [who for who in written if self.mine[who][1]
                and self.mine[who][1] - self.mine[who][0] <= timedelta(days=3)]  # fmt: skip
        return written, read

    def share_read(self, elapsed: timedelta) -> float:
        """Where everybody was watched for so long."""
        waits = [max(self.mine[who][1] - self.mine[who][0], timedelta())
                 for who in self.reached["READ"]]  # fmt: skip
        return sum(wait <= elapsed for wait in waits) / len(self.written)
