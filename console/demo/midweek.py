"""The sample shop's question of two Wednesdays ago, and what members answered to it.  Pure."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import Any, Final

import msgspec

from console.demo import mailing
from console.demo.bubbles import Rows
from console.demo.catalogue import SAMPLE
from console.demo.rhythm import SHOP_ZONE, moment
from console.wire.campaign_rows import CampaignContent, CampaignVariant, QuestionTerms
from console.wire.rows import QuestionRef

ASKS: Final = QuestionTerms(
    text="这个秋天,您最想添一件什么?",
    choices=["厚外套", "连衣裙", "针织衫", "裤子"],
    free_text=True,
)
REACHED, TAPPED, SAID = 160, 58, 41
_TAPS: Final = (0, 1, 0, 2, 0, 3, 1, 0, 2, 1)
_BODY: Final = "{name},想听听您的想法,选好了我们去进货~"
_CAMPAIGN, _OWNER, _WEDNESDAY, _TITLE = 2, 1, 2, "周三提问"


def question(rows: Rows, shop_id: int, now: datetime) -> None:
    """Add all of it; ``rows`` hold the talks and the campaigns since."""
    today = now.astimezone(SHOP_ZONE).date()
    back = (today.weekday() - _WEDNESDAY) % 7 + 14
    sent = moment(today - timedelta(days=back), time(11))
    people = {row["id"]: row for row in rows["member"] if row["marketing"]}
    threads = [row for row in rows["conversation"] if row["member_id"] in people]
    answered_since = {
        row["conversation_id"] for row in rows["message"]
        if row["sender_kind"] == "staff" and row["sent_at"] > sent + timedelta(hours=9)
    }  # fmt: skip
    speaking = [row["member_id"] for row in threads if row["id"] in answered_since][:SAID]
    others = [row["member_id"] for row in threads if row["member_id"] not in speaking]
    reached = [*speaking, *others][:REACHED]
    ask = _ask(rows, {member: people[member]["name"] for member in reached}, shop_id, sent)
    rows["question_answer"] = _answers(rows, speaking, others[:TAPPED], ask, shop_id)
    _recipients(rows, ask, sent)
    rows["campaign"].append(_campaign(rows, shop_id, sent))


def _ask(
    rows: Rows, names: dict[int, str], shop_id: int, sent: datetime
) -> dict[int, dict[str, Any]]:
    """A message for each; by member."""
    ref = QuestionRef(question_id=_CAMPAIGN, text=ASKS.text, choices=ASKS.choices, free_text=True)
    found = {
        member: {**mailing.letter(shop_id, member, sent, _BODY.replace("{name}", name), _CAMPAIGN),
                 "question": msgspec.to_builtins(ref)}
        for member, name in names.items()
    }  # fmt: skip
    mailing.write(rows, found.values())
    return found


def _answers(
    rows: Rows, speaking: list[int], tapping: list[int], ask: dict[int, dict[str, Any]],
    shop_id: int,
) -> list[dict[str, Any]]:  # fmt: skip
    """Words, which are messages that quote the question, and taps."""
    phrases = json.loads((SAMPLE / "phrases.json").read_text("utf-8"))["answers_to_question"]
    words: dict[int, dict[str, Any]] = {}
    for n, member in enumerate(speaking):
        body = phrases[n * 7 % len(phrases)]
        at = ask[member]["sent_at"] + timedelta(minutes=4 + 11 * n % 500)
        row = mailing.letter(shop_id, member, at, body, _CAMPAIGN)
        words[member] = row | {"sender_kind": "member", "sender_id": member, "campaign_id": None,
                               "reply_to": ask[member]["id"]}  # fmt: skip
    mailing.write(rows, words.values())
    found = [
        {"member_id": member, "choice": None, "text": row["body"], "message_id": row["id"],
         "at": row["sent_at"]}
        for member, row in words.items()
    ]  # fmt: skip
    found += [
        {"member_id": member, "choice": _TAPS[n % len(_TAPS)], "text": "", "message_id": None,
         "at": ask[member]["sent_at"] + timedelta(minutes=2 + 7 * n % 600)}
        for n, member in enumerate(tapping)
    ]  # fmt: skip
    found.sort(key=lambda row: row["at"])
    return [{"id": n, "campaign_id": _CAMPAIGN, **row} for n, row in enumerate(found, 1)]


def _recipients(rows: Rows, ask: dict[int, dict[str, Any]], sent: datetime) -> None:
    """Everybody got it; who answered had read it, and some others."""
    answered = {row["member_id"]: row["at"] for row in rows["question_answer"]}
    first = len(rows["recipient"]) + 1
    for row in rows["recipient"]:
        row["replied_at"] = row.get("replied_at")
    for n, (member, message) in enumerate(ask.items(), first):
        replied = answered.get(member)
        read = replied or (sent + timedelta(minutes=9 * n % 900) if n % 2 else None)
        rows["recipient"].append({
            "id": n, "campaign_id": _CAMPAIGN, "at": sent, "member_id": member,
            "state": "written", "reason": "", "counted": True, "written_at": sent,
            "message_id": message["id"], "read_at": read, "replied_at": replied,
        })  # fmt: skip


def _campaign(rows: Rows, shop_id: int, sent: datetime) -> dict[str, Any]:
    ours = [row for row in rows["recipient"] if row["campaign_id"] == _CAMPAIGN]
    answered = len(rows["question_answer"])
    content = CampaignContent(variants=[CampaignVariant(name="", body=_BODY)], question=ASKS)
    return {
        "id": _CAMPAIGN, "shop_id": shop_id, "client_id": "sample-question", "title": _TITLE,
        "content": msgspec.to_builtins(content), "state": "done", "due_at": sent,
        "frozen_at": sent - timedelta(minutes=1), "started_at": sent,
        "finished_at": sent + timedelta(seconds=20), "created_by": _OWNER, "at": sent,
        "counts": {"written": len(ours), "answered": answered, "replied": answered,
                   "read": sum(row["read_at"] is not None for row in ours)},
    }  # fmt: skip
