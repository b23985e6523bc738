"""What a campaign's report is counted from, asked of a replica.  Reads only.

Of most of the audience only the times are asked; rows of those who reserved, came, bought or
opted out become the terms of ``domain.attribution``.  Beside this campaign's notice stand the
others that these members got in the days around it: whose an outcome or an opt-out is, only all
of them together decide.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from operator import itemgetter
from typing import Any, Final, NamedTuple

import msgspec

from console.domain.attribution import WINDOW, Outcome
from console.domain.consent import MARKETING
from console.domain.statistics import OPT_OUT_WINDOW, Notice, OptOut, Step
from console.store import (
    replica_people,
    replica_queries,
    replica_report_colours,
    replica_rollups,
)
from console.store.driver import Connection
from console.store.replica_report_colours import Tapped
from console.store.row_codec import from_ms
from console.wire.campaign_rows import CampaignRow
from console.wire.tally_rows import CampaignTallyRow

_MILLISECOND: Final = timedelta(milliseconds=1)
_NONE: Final = timedelta()
_DEEDS = (("hold", Step.RESERVED), ("visit", Step.VISITED), ("purchase", Step.BOUGHT))
"""Tables whose rows are outcomes that do not say at which campaign."""


AudienceRow = tuple[int, int | None, int | None, int | None, str]
"""One of the audience: her id, when it was written to her, read and answered (milliseconds since
1970), and which version it is."""


class CampaignFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All that a report is counted from.

    Attributes:
        audience: members whom the campaign's rule matched, by id.
        delivered: those to whose phones it came though they did not read it.
        window: so long after it was written a campaign is given what members do.
        notices: to those of them who did something that may be owed to one: this campaign, and
            what else they got a window before and after.
        outcomes: what these members did; who did no more than read and answer is not in it.
        opt_outs: of these members, since the campaign was written to them.
        colours: that members touched in its photos.
        tallies: what the relay adds up of it.
        newest_at: nothing known here is newer, as far as this campaign goes.
        corrections: notices to those who had read what was taken back.
        missing: to how many it was written whose rows are kept on the relay only.
    """

    row: CampaignRow
    window: timedelta = WINDOW
    audience: Sequence[AudienceRow] = ()
    delivered: frozenset[int] = frozenset()
    notices: tuple[Notice, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    opt_outs: tuple[OptOut, ...] = ()
    colours: tuple[Tapped, ...] = ()
    tallies: tuple[CampaignTallyRow, ...] = ()
    newest_at: datetime | None = None
    corrections: tuple[CampaignRow, ...] = ()
    missing: int = 0


def facts_of(db: Connection, campaign_id: int, window: timedelta) -> CampaignFacts | None:
    """What is known of a campaign; ``None``: there is none of that id."""
    row: CampaignRow | None = replica_queries.one(db, "campaign", campaign_id)
    if row is None:
        return None
    audience = _audience(db, campaign_id)
    written = _Written({who: at for who, at, *_ in audience if at is not None})
    written.got_as = replica_people.got_as(db, written)
    ids = count(1)
    deeds, coupons = _deeds(db, written, ids, window), _coupons(db, written, window)
    left, claimants = _opt_outs(db, written), {each[0] for each in coupons}
    # Whose these are, other notices may decide: of all the other members nobody asks them.
    doing = claimants.union((each.member_id for each in deeds), (each.member_id for each in left))
    # An opt-out has a window of its own: in either, other notices may be the later ones.
    around = _Around(campaign_id, max(window, OPT_OUT_WINDOW), claimants)
    notices, answers = _notices(db, written.of(doing), around)
    touches = [
        Outcome(next(ids), notice.member_id, step, at, notice.campaign_id)
        for notice, replied_at in zip(notices, answers, strict=True)
        for step, at in ((Step.READ, notice.read_at), (Step.ANSWERED, replied_at))
        if at is not None
    ]
    return CampaignFacts(
        row=row, window=window, audience=audience, delivered=_delivered(db, campaign_id),
        notices=tuple(notices),
        outcomes=(*touches, *deeds, *coupon_outcomes(db, coupons, notices, ids)), opt_outs=left,
        tallies=replica_rollups.tallies(db, campaign_id), newest_at=_newest(db, campaign_id),
        missing=max(0, row.counts.get("written", 0) - len(written)),
        colours=replica_report_colours.tapped(db, row), corrections=_corrections(db, row),
    )  # fmt: skip


def when(value: int | None) -> datetime | None:
    """A moment of a row, or none."""
    return None if value is None else from_ms(value)


def _audience(db: Connection, campaign_id: int) -> list[AudienceRow]:
    return sorted(db.execute(
        """SELECT member_id, written_at, read_at, replied_at, variant
           FROM recipient INDEXED BY recipient_audience WHERE campaign_id = ?""",
        (campaign_id,),
    ).fetchall(), key=itemgetter(0))  # fmt: skip


def _delivered(db: Connection, campaign_id: int) -> frozenset[int]:
    """When it came to a phone is not known; that it did says her place in the conversation."""
    return frozenset(row[0] for row in db.execute(
        """SELECT r.member_id FROM recipient AS r CROSS JOIN message AS m ON m.id = r.message_id
           CROSS JOIN participant AS p ON p.conversation_id = m.conversation_id
           WHERE r.campaign_id = ? AND r.read_at IS NULL AND r.message_id IS NOT NULL
             AND p.member_id IS NOT NULL AND max(p.delivered_seq, p.read_seq) >= m.seq""",
        (campaign_id,),
    ))  # fmt: skip


def _corrections(db: Connection, row: CampaignRow) -> tuple[CampaignRow, ...]:
    if row.recalled_at is None:
        return ()
    found = replica_queries.column(
        db, "SELECT id FROM campaign WHERE parent_id = ? AND kind = 'correction'", (row.id,)
    )
    rows = (replica_queries.one(db, "campaign", number) for number in found)
    return tuple(each for each in rows if each is not None)


class _Written(dict[int, int]):
    """When it was written, by as whom she got it; ``got_as`` says that of her other names."""

    got_as: Mapping[int, int] = {}

    def of(self, members: Collection[int]) -> _Written:
        """The same of some of them."""
        found = _Written({who: self[who] for who in members})
        found.got_as = {name: who for name, who in self.got_as.items() if who in found}
        return found

    def as_got(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Rows that begin with a member, each with as whom she got it; nobody else's."""
        for who, *rest in rows:
            found = self.got_as.get(who, who)
            if found in self:
                yield found, *rest


class _Around(NamedTuple):
    """Which notices decide: so long before and after this campaign's.

    Of ``claimants`` all that was before: her coupon may be that of an offer sent long ago.
    """

    campaign_id: int
    reach: timedelta
    claimants: Collection[int]


def _notices(
    db: Connection, written: _Written, around: _Around
) -> tuple[list[Notice], list[datetime | None]]:  # fmt: skip
    """What these members got around it, it included, and when they answered."""
    claimants, reach = around.claimants, around.reach // _MILLISECOND
    found = db.execute(
        """SELECT r.member_id, r.campaign_id, r.written_at, r.read_at, r.replied_at
           FROM json_each(:members) AS each CROSS JOIN recipient AS r ON r.member_id = each.value
           WHERE r.written_at BETWEEN :since AND :until
             AND (r.counted OR r.campaign_id = :campaign)""",
        {
            "members": json.dumps([*written, *written.got_as]), "campaign": around.campaign_id,
            "since": 0 if claimants else min(written.values(), default=0) - reach,
            "until": max(written.values(), default=0) + reach,
        },
    )  # fmt: skip
    rows = [
        row for row in written.as_got(found)
        if row[2] <= written[row[0]] + reach
        and (row[0] in claimants or row[2] >= written[row[0]] - reach)
    ]  # fmt: skip
    notices = [Notice(campaign, member, from_ms(at), None, when(read))
               for member, campaign, at, read, _ in rows]  # fmt: skip
    return notices, [when(row[-1]) for row in rows]


def _within(written: Mapping[int, int], window: timedelta, before: timedelta) -> tuple[int, int]:
    """From a while before the first of these moments to a window after the last."""
    if not written:
        return 0, -1
    return (min(written.values()) - before // _MILLISECOND,
            max(written.values()) + window // _MILLISECOND)  # fmt: skip


def _deeds(
    db: Connection, written: _Written, ids: Iterator[int], window: timedelta
) -> list[Outcome]:
    after_ms = window // _MILLISECOND
    return [
        Outcome(next(ids), member, step, from_ms(at)) for table, step in _DEEDS
        for member, at in written.as_got(db.execute(
            f"SELECT member_id, at FROM {table} WHERE at BETWEEN ? AND ?",  # noqa: S608 - our own
            _within(written, window, _NONE),
        ))
        if written[member] <= at <= written[member] + after_ms
    ]  # fmt: skip


def _coupons(
    db: Connection, written: _Written, window: timedelta
) -> list[tuple[int, int, int, int | None]]:
    """As ``coupon_outcomes`` takes them; earlier and later ones can decide nothing here."""
    found = db.execute(
        """SELECT c.member_id, o.campaign_id, c.issued_at, c.redeemed_at
           FROM coupon AS c JOIN offer AS o ON o.id = c.offer_id
           WHERE c.issued_at BETWEEN ?1 AND ?2 OR c.redeemed_at BETWEEN ?1 AND ?2""",
        _within(written, window, window),
    )
    return [(who, first, issued, used) for who, first, issued, used in written.as_got(found)]


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


def _opt_outs(db: Connection, written: _Written) -> tuple[OptOut, ...]:
    found = db.execute(
        """SELECT member_id, at FROM consent
           WHERE NOT granted AND purpose = ? AND at BETWEEN ? AND ?""",
        (MARKETING, *_within(written, OPT_OUT_WINDOW, _NONE)),
    )
    return tuple(OptOut(member, from_ms(at)) for member, at in written.as_got(found)
                 if at >= written[member])  # fmt: skip


def _newest(db: Connection, campaign_id: int) -> datetime | None:
    (said,) = db.execute("SELECT max(last_message_at) FROM conversation").fetchone()
    times = db.execute(
        """SELECT max(written_at), max(read_at)
           FROM recipient INDEXED BY recipient_audience WHERE campaign_id = ?""",
        (campaign_id,),
    ).fetchone()
    return when(max(filter(None, (said, *times)), default=None))
