"""The sample shop's new arrivals: every Monday to women and to men, and what came of them.  Pure.

Members read when they have time, each as she is used to; some answer, reserve or opt out.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import msgspec

from console.demo import mailing
from console.demo.bubbles import Rows
from console.demo.rhythm import SHOP_ZONE, moment
from console.domain.audiences import EXEMPT_TAGS, Holdout, quarter_of
from console.domain.segment_json import to_json
from console.domain.segments import Choice
from console.wire.campaign_rows import CampaignContent, CampaignVariant

WEEKS: Final = 8
_FIRST_ID, _OWNER, _ZONE = 3, 1, "Asia/Shanghai"
_SENT: Final = time(10)
_GENDERS: Final = (("f", "女装", "连衣裙和风衣"), ("m", "男装", "夹克和针织衫"))
_BODY: Final = "{name},这周的新款到店了,有您可能喜欢的{what},欢迎来试~"
_EAGER: Final = {"f": (0.46, 0.84, 0.12), "m": (0.34, 0.78, 0.09)}
"""What share of members reads mostly; how often these read, and the others."""
_AT_ONCE: Final = 0.55
_HOURS: Final = (8, 9, 10, 11, 11, 12, 12, 12, 13, 13, 14, 17, 18, 19, 20, 20, 20, 21, 21, 22)
"""Hours in which members look by themselves, the same one several times where many do."""
_ANSWER_WINDOW: Final = timedelta(days=2)
_HOLDS: Final = 0.10
_OPT_OUTS: Final = 0.03
Row = dict[str, Any]


def arrivals(rows: Rows, shop_id: int, now: datetime) -> None:
    """Add all of it; ``rows`` hold the talks, what was kept, and the campaigns since."""
    today = now.astimezone(SHOP_ZONE).date()
    monday = today - timedelta(days=today.weekday())
    if now <= moment(monday, time(12)):
        monday -= timedelta(days=7)
    post = _Post(rows, shop_id, now)
    for week in reversed(range(WEEKS)):
        for gender, name, what in _GENDERS:
            post.send(monday - timedelta(weeks=week), gender, name, what)
    post.write()


class _Post:
    """Sends campaigns week by week and writes them all at once."""

    def __init__(self, rows: Rows, shop_id: int, now: datetime) -> None:
        self._rows, self._shop_id, self._now = rows, shop_id, now
        talking = {row["member_id"] for row in rows["conversation"]
                   if row["waiting_since"] is None}  # fmt: skip
        self._people = [row for row in rows["member"] if row["marketing"] and row["id"] in talking]
        self._exempt = {row["member_id"] for row in rows["member_tag"]
                        if row["tag"] in EXEMPT_TAGS}  # fmt: skip
        threads = {row["id"]: row["member_id"] for row in rows["conversation"]}
        self._said: defaultdict[int, list[datetime]] = defaultdict(list)
        for row in rows["message"]:
            if row["sender_kind"] == "member":
                self._said[threads[row["conversation_id"]]].append(row["sent_at"])
        self._staying = {row["member_id"] for row in rows["recipient"]}
        self._letters: list[Row] = []
        self._recipients: list[Row] = []

    def send(self, day: date, gender: str, name: str, what: str) -> None:
        """One campaign with its recipients."""
        number, sent = _FIRST_ID + len(self._rows["campaign"]) - 2, moment(day, _SENT)
        dice = random.Random(f"{day}:{gender}")
        holdout = Holdout(quarter=quarter_of(sent, _ZONE))
        meant = [row for row in self._people if row["gender"] == gender and row["marketing"]]
        kept = [row for row in meant
                if row["id"] not in self._exempt and holdout.has(row["bucket"])]  # fmt: skip
        found = [_skipped(row["id"]) for row in kept]
        for person in meant:
            if person not in kept:
                body = _BODY.format(name=person["name"], what=what)
                self._letters.append(
                    mailing.letter(self._shop_id, person["id"], sent, body, number)
                )
                found.append(self._written(dice, person, gender, sent))
        self._recipients += [{"campaign_id": number, "at": sent, **row} for row in found]
        self._rows["campaign"].append(self._campaign(number, name, gender, what, sent, found))

    def _written(self, dice: random.Random, person: Row, gender: str, sent: datetime) -> Row:
        eager, often, seldom = _EAGER[gender]
        habit = random.Random(person["id"]).random() < eager
        chance = (often if habit else seldom) * (1.0 if (self._now - sent).days < 30 else 0.8)
        read = _read_at(dice, sent) if dice.random() < chance else None
        if read is not None and read >= self._now:
            read = None
        said = [at for at in self._said[person["id"]]
                if read is not None and read <= at <= read + _ANSWER_WINDOW]  # fmt: skip
        if read is not None and person["id"] not in self._staying and dice.random() < _OPT_OUTS:
            self._leave(person, read + timedelta(minutes=1))
        return {
            "member_id": person["id"], "state": "written", "reason": "", "counted": True,
            "written_at": sent, "read_at": read, "replied_at": min(said, default=None),
        }  # fmt: skip

    def _leave(self, person: Row, at: datetime) -> None:
        """By the link in what she read; she gets nothing from then on."""
        person["marketing"], consents = False, self._rows["consent"]
        consents.append({
            "id": len(consents) + 1, "member_id": person["id"], "purpose": "marketing",
            "granted": False, "channel": "page", "actor": f"member/{person['id']}", "at": at,
        })  # fmt: skip

    def _campaign(
        self, number: int, name: str, gender: str, what: str, sent: datetime,
        found: Sequence[Row],
    ) -> Row:  # fmt: skip
        body = _BODY.replace("{what}", what)
        content = CampaignContent(variants=[CampaignVariant(name="", body=body)])
        written = [row for row in found if row["state"] == "written"]
        counts = {"written": len(written), "skipped": len(found) - len(written),
                  "read": sum(row["read_at"] is not None for row in written),
                  "replied": sum(row["replied_at"] is not None for row in written)}  # fmt: skip
        return {
            "id": number, "shop_id": self._shop_id, "title": f"周一新款 · {name}",
            "client_id": f"sample-{sent:%m-%d}-{gender}", "content": msgspec.to_builtins(content),
            "rule": to_json(Choice("gender", (gender,))), "state": "done", "due_at": sent,
            "frozen_at": sent - timedelta(minutes=1), "started_at": sent,
            "finished_at": sent + timedelta(seconds=40), "created_by": _OWNER, "at": sent,
            "counts": {name: count for name, count in counts.items() if count},
        }  # fmt: skip

    def write(self) -> None:
        """Messages into the talks, recipients with the messages they got, and what they did."""
        mailing.write(self._rows, self._letters)
        messages = {(row["campaign_id"], row["addressee_id"]): row["id"] for row in self._letters}
        first = len(self._rows["recipient"]) + 1
        for number, row in enumerate(self._recipients, first):
            message = messages.get((row["campaign_id"], row["member_id"]))
            self._rows["recipient"].append({"id": number, **row, "message_id": message})
        for row in self._rows["campaign"]:
            row.setdefault("rule", None)
        self._reserve()

    def _reserve(self) -> None:
        """Kept for them and collected, or not in time: nothing is held any more."""
        goods = [row for row in self._rows["variant"] if row["stock"]]
        products = {row["id"]: row for row in self._rows["product"]}
        dice = random.Random(len(self._recipients))
        for row in self._recipients:
            if row["read_at"] is None or dice.random() >= _HOLDS:
                continue
            at = row["read_at"] + timedelta(minutes=20)
            if at + timedelta(hours=48) < self._now:
                number = len(self._rows["hold"]) + 1
                variant = goods[number * 37 % len(goods)]
                product = products[variant["product_id"]]
                self._rows["hold"].append({
                    "id": number, "client_id": f"sample-hold-{number}", "shop_id": self._shop_id,
                    "member_id": row["member_id"], "variant_id": variant["id"], "quantity": 1,
                    "state": "lapsed", "title": f"{product['name']} {variant['size']}",
                    "title_en": f"{product['name_en']} {variant['colour_en']} {variant['size']}",
                    "expires_at": at + timedelta(hours=48), "at": at,
                })  # fmt: skip


def _skipped(member: int) -> Row:
    return {"member_id": member, "state": "skipped", "reason": "holdout", "counted": False,
            "written_at": None, "read_at": None, "replied_at": None}  # fmt: skip


def _read_at(dice: random.Random, sent: datetime) -> datetime:
    """Soon after it came, or some day later when she looks by herself."""
    if dice.random() < _AT_ONCE:
        return sent + timedelta(minutes=1 + 55 * dice.expovariate(1.0))
    days = dice.choices((0, 1, 2, 5, 6), (9, 7, 4, 5, 4))[0]
    day = sent.astimezone(SHOP_ZONE).date() + timedelta(days=days)
    at = moment(day, time(dice.choice(_HOURS), dice.randrange(60), dice.randrange(60)))
    return at if at > sent else at + timedelta(hours=10)
