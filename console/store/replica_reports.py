"""What a campaign's report is counted from, asked of a replica.  Reads only.

Rows become the terms of ``domain.statistics`` and ``domain.attribution``, which do the counting.
Beside the campaign's own audience stand the other notices that these members got in the days
around it: whose an outcome or an opt-out is, only all of them together decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count

import msgspec

from console.domain.attribution import WINDOW, Outcome
from console.domain.consent import MARKETING
from console.domain.statistics import Notice, OptOut, Step
from console.store import replica_queries, replica_report_colours, replica_rollups
from console.store.driver import Connection
from console.store.replica_report_colours import Tapped
from console.store.row_codec import from_ms, to_ms
from console.wire.campaign_rows import CampaignRow
from console.wire.tally_rows import CampaignTallyRow

_WINDOW_MS = round(WINDOW.total_seconds() * 1000)
_DEEDS = (("hold", Step.RESERVED), ("visit", Step.VISITED), ("purchase", Step.BOUGHT))
"""Tables whose rows are outcomes that do not say at which campaign."""


class CampaignFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All that a report is counted from.

    Attributes:
        audience: one notice for each member whom the campaign's rule matched.
        others: other notices to those of them who did something that may be owed to one, a
            window before and after.
        outcomes: what members did; reads only of those who did something else, too.
        opt_outs: of these members, since the campaign was written to them.
        replied: members who answered this campaign, however late.
        colours: that members touched in its photos.
        tallies: what the relay adds up of it.
        newest_at: nothing known here is newer, as far as this campaign goes.
        corrections: notices to those who had read what was taken back.
        versions: by member, which one it is for her; nothing where all get the same.
    """

    row: CampaignRow
    audience: tuple[Notice, ...] = ()
    others: tuple[Notice, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    opt_outs: tuple[OptOut, ...] = ()
    replied: frozenset[int] = frozenset()
    colours: tuple[Tapped, ...] = ()
    tallies: tuple[CampaignTallyRow, ...] = ()
    newest_at: datetime | None = None
    corrections: tuple[CampaignRow, ...] = ()
    versions: Mapping[int, str] = msgspec.field(default_factory=dict)

    @property
    def missing(self) -> int:
        """To how many it was written whose rows are kept on the relay only."""
        here = sum(each.written_at is not None for each in self.audience)
        return max(0, self.row.counts.get("written", 0) - here)


def facts_of(db: Connection, campaign_id: int) -> CampaignFacts | None:
    """What is known of a campaign; ``None``: there is none of that id."""
    row: CampaignRow | None = replica_queries.one(db, "campaign", campaign_id)
    if row is None:
        return None
    ids = count(1)
    own, answers = _audience(db, campaign_id)
    deeds, coupons = tuple(_deeds(db, campaign_id, ids)), _coupons(db, campaign_id)
    left = tuple(_opt_outs(db, campaign_id))
    # Whose these are, other notices may decide: of all the other members nobody asks them.
    doing = {each.member_id for each in deeds} | {each.member_id for each in left}
    claimants = {row[0] for row in coupons}
    doing |= claimants
    others, more = _others(db, [each for each in own if each.member_id in doing], claimants)
    touches = [
        Outcome(next(ids), notice.member_id, step, at, notice.campaign_id)
        for notice, replied_at in (*zip(own, answers, strict=True), *zip(others, more, strict=True))
        for step, at in ((Step.READ, notice.read_at), (Step.ANSWERED, replied_at))
        if at is not None and (step is Step.ANSWERED or notice.member_id in doing)
    ]  # fmt: skip
    return CampaignFacts(
        row=row, audience=tuple(own), others=tuple(others),
        outcomes=(*touches, *deeds, *coupon_outcomes(db, coupons, (*own, *others), ids)),
        opt_outs=left,
        replied=frozenset(each.member_id for each, at in zip(own, answers, strict=True)
                          if at is not None),
        tallies=replica_rollups.tallies(db, campaign_id),
        newest_at=_newest(db, own), versions=_versions(db, row),
        colours=replica_report_colours.tapped(db, row), corrections=_corrections(db, row),
    )  # fmt: skip


def when(value: int | None) -> datetime | None:
    """A moment of a row, or none."""
    return None if value is None else from_ms(value)


def _audience(db: Connection, campaign_id: int) -> tuple[list[Notice], list[datetime | None]]:
    """Its members, and when each answered.

    That a message came to her phone is known, when it did is not: it stands as written then.
    """
    found = db.execute(
        """SELECT r.member_id, r.written_at, r.read_at, r.replied_at,
             max(coalesce(max(p.delivered_seq, p.read_seq) >= m.seq, 0))
           FROM recipient AS r LEFT JOIN message AS m ON m.id = r.message_id
           LEFT JOIN participant AS p ON p.conversation_id = m.conversation_id
             AND p.member_id IS NOT NULL
           WHERE r.campaign_id = ? GROUP BY r.id ORDER BY r.id""",
        (campaign_id,),
    )
    notices, answers = [], []
    for member, written, read, replied, delivered in found:
        at = when(written)
        notices.append(Notice(campaign_id, member, at, at if delivered else None, when(read)))
        answers.append(when(replied))
    return notices, answers


def _corrections(db: Connection, row: CampaignRow) -> tuple[CampaignRow, ...]:
    if row.recalled_at is None:
        return ()
    found = replica_queries.column(
        db, "SELECT id FROM campaign WHERE parent_id = ? AND kind = 'correction'", (row.id,)
    )
    rows = (replica_queries.one(db, "campaign", number) for number in found)
    return tuple(each for each in rows if each is not None)


def _versions(db: Connection, row: CampaignRow) -> dict[int, str]:
    if len(row.content.variants) < 2:
        return {}
    query = "SELECT member_id, variant FROM recipient WHERE campaign_id = ?"
    return dict(db.execute(query, (row.id,)).fetchall())


def _others(
    db: Connection, own: Sequence[Notice], claimants: Collection[int]
) -> tuple[list[Notice], list[datetime | None]]:  # fmt: skip
    """What else these members got around it, and when they answered.

    Of ``claimants`` all that was before: her coupon may be that of an offer sent long ago.
    """
    found: list[tuple[int, int, int, int | None, int | None]] = []
    for notice in own:
        if notice.written_at is not None:
            written = to_ms(notice.written_at)
            since = 0 if notice.member_id in claimants else written - _WINDOW_MS
            found += db.execute(
                """SELECT campaign_id, member_id, written_at, read_at, replied_at FROM recipient
                   WHERE member_id = ? AND written_at BETWEEN ? AND ? AND campaign_id != ?
                     AND counted""",
                (notice.member_id, since, written + _WINDOW_MS, notice.campaign_id),
            )
    notices = [Notice(campaign, member, from_ms(written), None, when(read))
               for campaign, member, written, read, _ in found]  # fmt: skip
    return notices, [when(row[-1]) for row in found]


def _deeds(db: Connection, campaign_id: int, ids: Iterator[int]) -> Iterator[Outcome]:
    for table, step in _DEEDS:
        found = db.execute(
            f"""SELECT t.member_id, t.at FROM recipient AS r JOIN {table} AS t
                  ON t.member_id = r.member_id AND t.at BETWEEN r.written_at AND r.written_at + ?
                WHERE r.campaign_id = ?""",  # noqa: S608 - names of our own
            (_WINDOW_MS, campaign_id),
        )
        for member, at in found:
            yield Outcome(next(ids), member, step, from_ms(at))


def _coupons(db: Connection, campaign_id: int) -> list[tuple[int, int, int, int | None]]:
    """As ``coupon_outcomes`` takes them."""
    return db.execute(
        """SELECT c.member_id, o.campaign_id, c.issued_at, c.redeemed_at
           FROM recipient AS r JOIN coupon AS c ON c.member_id = r.member_id
           JOIN offer AS o ON o.id = c.offer_id
           WHERE r.campaign_id = ? AND r.written_at IS NOT NULL""",
        (campaign_id,),
    ).fetchall()


def coupon_outcomes(
    db: Connection, coupons: Sequence[tuple[int, int, int, int | None]],
    notices: Sequence[Notice], ids: Iterator[int],
) -> Iterator[Outcome]:  # fmt: skip
    """To claim one is to reserve, to redeem it to visit, each at the campaign that offered it.

    ``coupons``: whose, of which campaign, when issued and redeemed; ``notices``: what these
    members got, resends of the offer among them.
    """
    firsts = _firsts(db)
    offered: dict[tuple[int, int], list[tuple[datetime, int]]] = {}
    for each in notices if coupons else ():
        if each.written_at is not None:
            place = (each.member_id, firsts.get(each.campaign_id, each.campaign_id))
            offered.setdefault(place, []).append((each.written_at, each.campaign_id))
    for member, first, issued, redeemed in coupons:
        shown = [touch for touch in offered.get((member, first), ()) if touch[0] <= from_ms(issued)]
        at = max(shown)[1] if shown else first
        yield Outcome(next(ids), member, Step.RESERVED, from_ms(issued), at)
        if redeemed is not None:
            yield Outcome(next(ids), member, Step.VISITED, from_ms(redeemed), at)


def _firsts(db: Connection) -> Mapping[int, int]:
    """Of what was sent again, the campaign that was sent first and has the offer."""
    query = "SELECT id, parent_id FROM campaign WHERE kind = 'resend' AND parent_id IS NOT NULL"
    firsts: dict[int, int] = {}
    for number, parent in db.execute(query + " ORDER BY id"):
        firsts[number] = firsts.get(parent, parent)  # a resend comes after what it repeats
    return firsts


def _opt_outs(db: Connection, campaign_id: int) -> Iterator[OptOut]:
    found = db.execute(
        """SELECT c.member_id, c.at FROM recipient AS r JOIN consent AS c
             ON c.member_id = r.member_id AND c.at >= r.written_at
           WHERE r.campaign_id = ? AND c.purpose = ? AND NOT c.granted""",
        (campaign_id, MARKETING),
    )
    for member, at in found:
        yield OptOut(member, from_ms(at))


def _newest(db: Connection, notices: list[Notice]) -> datetime | None:
    (said,) = db.execute("SELECT max(last_message_at) FROM conversation").fetchone()
    known = [each.read_at or each.written_at for each in notices]
    return max((at for at in (*known, when(said)) if at is not None), default=None)
