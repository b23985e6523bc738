"""What is asked of a replica about the answers to a campaign's question.  Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from console.store import replica_queries
from console.store.driver import Connection
from console.store.replica_tables import CODECS
from console.wire.rows import CampaignRow, QuestionAnswerRow

_ANSWER = CODECS["question_answer"]


class AnswerFacts(msgspec.Struct, frozen=True, kw_only=True):
    """An answer and whose it is; her name is "" as long as her row is not here."""

    row: QuestionAnswerRow
    name: str
    phone: str
    tier: str


def first_of(db: Connection, campaign_id: int) -> CampaignRow | None:
    """The campaign that asked first; what was sent again has its tally there."""
    seen: set[int] = set()
    row: CampaignRow | None = replica_queries.one(db, "campaign", campaign_id)
    while row is not None and row.kind == "resend" and row.parent_id and row.id not in seen:
        seen.add(row.id)
        row = replica_queries.one(db, "campaign", row.parent_id)
    return row


def reached(db: Connection, first: CampaignRow) -> int:
    """How many members were asked, those included whom only a resend reached."""
    rows: list[CampaignRow] = replica_queries.table_rows(db, "campaign")
    family, total = {first.id}, first.counts.get("written", 0)
    for row in rows:  # a resend comes after what it repeats
        if row.kind == "resend" and row.parent_id in family:
            family.add(row.id)
            fresh = isinstance(row.rule, dict) and row.rule.get("to") == "unreached"
            total += row.counts.get("written", 0) if fresh else 0
    return total


def of_campaign(db: Connection, campaign_id: int) -> list[AnswerFacts]:
    """All answers, the newest first."""
    columns = ", ".join(f'a."{name}"' for name in _ANSWER.columns)
    found = db.execute(
        f"""SELECT coalesce(m.name, ''), coalesce(m.phone, ''), coalesce(m.tier, 'basic'), {columns}
            FROM question_answer AS a LEFT JOIN member AS m ON m.id = a.member_id
            WHERE a.campaign_id = ? ORDER BY a.at DESC, a.id DESC""",  # noqa: S608 - own names
        (campaign_id,),
    )
    return [
        AnswerFacts(row=_ANSWER.struct(values), name=name, phone=phone, tier=tier)
        for name, phone, tier, *values in found
    ]


def of_member(db: Connection, member_id: int, campaign_ids: Sequence[int]) -> dict[int, Any]:
    """What a member answered to these campaigns, by campaign."""
    marks = ", ".join("?" * len(campaign_ids))
    columns = ", ".join(f'"{name}"' for name in _ANSWER.columns)
    found = db.execute(
        f"SELECT {columns} FROM question_answer WHERE member_id = ?"  # noqa: S608 - own names
        f" AND campaign_id IN ({marks})",
        (member_id, *campaign_ids),
    )
    rows = [_ANSWER.struct(values) for values in found]
    return {row.campaign_id: row for row in rows}


def categories(db: Connection) -> list[str]:
    """What the shop sells, by its own names."""
    query = "SELECT category FROM product WHERE category != '' GROUP BY category ORDER BY min(id)"
    return [row[0] for row in db.execute(query)]
