"""Members of every kind that decides about an audience: what each got, and her rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st

from console.domain.audiences import AWAKE, Person
from console.domain.campaigns import week_of
from console.wire import rows
from console.wire.campaign_rows import CampaignContent, CampaignRow, RecipientRow

NOW = datetime(2026, 3, 18, 4, tzinfo=UTC)
ZONE = "Asia/Shanghai"
WEEK = week_of(NOW, ZONE)
EXEMPT = ("VIP", "老板")
_BLINK = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Someone:
    """A member, what she got, and whether the fixed campaign is still to reach her.

    Attributes:
        looked: her page was open since she joined.
    """

    person: Person
    gold: bool
    woman: bool
    tags: frozenset[str]
    got: tuple[tuple[datetime, bool], ...]
    open: bool
    looked: bool


def people() -> st.SearchStrategy[Someone]:
    seen = st.sampled_from([None, NOW, NOW - AWAKE, NOW - AWAKE - _BLINK, NOW - timedelta(days=3)])
    person = st.builds(
        Person, state=st.sampled_from(["known", "guest", "confirmed", "confirmed"]),
        thread=st.sampled_from([True, True, True, False]), last_seen_at=seen,
        marketing=st.sampled_from([True, True, False]),
        blocked=st.sampled_from([False, False, True]),
        weekly_cap=st.integers(1, 3), used=st.just(0),
        bucket=st.sampled_from([0, 499, 500, 999, 1_000, 9_999]),
    )  # fmt: skip
    at = st.sampled_from([WEEK[0] - _BLINK, WEEK[0], NOW, WEEK[1] - _BLINK, WEEK[1]])
    got = st.lists(st.tuples(at, st.booleans()), max_size=4).map(tuple)
    tags = st.sets(st.sampled_from([*EXEMPT, "复古"])).map(frozenset)
    return st.builds(Someone, person, st.booleans(), st.booleans(), tags, got, st.booleans(),
                     st.booleans())  # fmt: skip


def rows_of_shop(shop: list[Someone]) -> dict[str, list[Any]]:
    """The shop by table; its ninth campaign's audience is fixed already."""
    made: dict[str, list[Any]] = {
        "shop": [rows.ShopRow(id=1, rev=1, name="时光衣橱")],
        "campaign": [CampaignRow(id=number, rev=1, shop_id=1, client_id=f"c{number}", at=NOW,
                                 content=CampaignContent()) for number in range(1, 10)],
    }  # fmt: skip
    for number, one in enumerate(shop, 1):
        for table, row in _of(number, one):
            made.setdefault(table, []).append(row)
    for table in ("recipient", "member_tag"):
        numbered = enumerate(made.get(table, ()), 1)
        made[table] = [msgspec.structs.replace(row, id=n) for n, row in numbered]
    return made


def _of(number: int, one: Someone) -> Iterator[tuple[str, Any]]:
    person = one.person
    yield "member", rows.MemberRow(
        id=number, rev=1, shop_id=1, name=f"M{number}", state=person.state,
        gender="f" if one.woman else "m", tier="gold" if one.gold else "basic",
        marketing=person.marketing, blocked=person.blocked, weekly_cap=person.weekly_cap,
        bucket=person.bucket, created_at=NOW,
        **{"last_seen_at" if one.looked else "joined_at": person.last_seen_at},
    )  # fmt: skip
    if person.thread:
        yield (
            "conversation",
            rows.ConversationRow(id=number, rev=1, shop_id=1, kind="direct", member_id=number),
        )
    for tag in sorted(one.tags):
        yield "member_tag", rows.MemberTagRow(id=0, rev=1, member_id=number, tag=tag)
    for campaign, (at, counted) in enumerate(one.got, 1):
        yield "recipient", RecipientRow(
            id=0, rev=1, campaign_id=campaign, member_id=number, at=at, state="written",
            written_at=at, counted=counted,
        )  # fmt: skip
    state = "pending" if one.open else "skipped"
    yield "recipient", RecipientRow(id=0, rev=1, campaign_id=9, member_id=number, at=NOW,
                                    state=state)  # fmt: skip
