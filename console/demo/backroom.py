"""What the sample shop's staff did beside talking: notes, plans, reminders, quick replies. Pure.

Rows are added to those of the talks; the same talks and moment give the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from console.demo.bubbles import Rows, add_medium
from console.demo.people import STAFF
from console.demo.rhythm import SHOP_ZONE, moment
from console.demo.talks import Chat
from console.media.jobs import MediaFacts
from console.relay.handlers.quick_replies import starter
from console.wire.rows import AUTO_REPLY_SETTING, HOURS_SETTING

PICTURES = ("w001-red.webp", "w001-beige.webp", "w001-navy.webp")
"""Pictures of the quick reply about what is new."""
_LI, _CHEN, _TANG, _GUO = range(1, len(STAFF) + 1)

_REMARKS = {
    1: "周末常带女儿一起来,试衣间留大的那间。喜欢收腰,不喜欢亮片。",
    3: "公司采购也找他,开抬头发票。司机会来取货。",
    5: "怕冷,偏好及膝长款。",
    8: "对羊毛过敏,推荐前先看成分。",
}
_NOTES: tuple[tuple[int, int, int, str], ...] = (
    # member, staff, minutes ago, words
    (1, _TANG, 3, "红色 L 只剩 2 件,已经让仓库先留一件。"),
    (3, _CHEN, 5, "冲锋衣 XL 湖蓝在 B 区 2 排,防水指数 10000。"),
    (5, _LI, 26, "去年冬天买过长款羽绒,今年可以推大衣。"),
    (10, _CHEN, 900, "应该就是金卡的周雨桐本人,生日一样,手机尾号对过了,等老板合并。"),
)
_ASSIGNED = {3: _LI, 4: _TANG, 5: _LI, 10: _CHEN}
_REST = 10
"""So many talks at the top are told by hand."""
_BLOCKED, _PUT_OFF, _WOKEN = 16, 12, 13
"""Places of talks, counted from the newest."""
_USES = (214, 187, 173, 96, 88, 74, 61, 132, 57, 43, 29, 66, 38, 51, 47, 120)


def blocked_member(chats: tuple[Chat, ...]) -> int:
    """The member nobody wants to hear from."""
    return chats[_BLOCKED].member


def furnish(
    rows: Rows, chats: tuple[Chat, ...], facts: Mapping[str, MediaFacts], shop_id: int,
    now: datetime,
) -> None:  # fmt: skip
    """Add all of it."""
    places = {chat.member: number for number, chat in enumerate(chats, 1)}
    _people(rows, chats)
    _queue(rows, chats, places, now)
    _notes(rows, chats, places, shop_id, now)
    _plans(rows, places, shop_id, now)
    _quick_replies(rows, facts, shop_id, now)
    _settings(rows, now)


def _people(rows: Rows, chats: tuple[Chat, ...]) -> None:
    blocked = blocked_member(chats)
    for row in rows["member"]:
        row["remark"] = _REMARKS.get(row["id"], "")
        row["blocked"] = row["id"] == blocked


def _queue(
    rows: Rows, chats: tuple[Chat, ...], places: dict[int, int], now: datetime
) -> None:  # fmt: skip
    """Who looks after whom, and what was put off; the older third belongs to nobody."""
    keys = {clerk.key: number for number, clerk in enumerate(STAFF, 1)}
    threads = rows["conversation"]
    for number, chat in enumerate(chats[_REST:], _REST):
        if number % 3 == 0:
            threads[number]["assignee_id"] = keys[chat.clerk]
    for member, staff in _ASSIGNED.items():
        threads[places[member] - 1]["assignee_id"] = staff
    put_off = {places[8] - 1: _opening(now, 1), _PUT_OFF: _opening(now, 3)}
    for number, until in put_off.items():
        threads[number] |= {"snoozed_until": until, "snoozed_by": _LI, "assignee_id": _LI}
    threads[_WOKEN] |= {"woken_at": now - timedelta(minutes=20), "assignee_id": _LI}


def _opening(now: datetime, days: int) -> datetime:
    """When the shop has been open for five minutes, so many days from now."""
    return moment(now.astimezone(SHOP_ZONE).date() + timedelta(days=days), time(10, 5))


def _notes(
    rows: Rows, chats: tuple[Chat, ...], places: dict[int, int], shop_id: int, now: datetime
) -> None:
    blocked = (blocked_member(chats), _GUO, 60 * 24 * 9, "多次辱骂店员,先不接待了。")
    rows["note"] = [
        {"id": number, "shop_id": shop_id, "conversation_id": places[member],
         "client_id": f"sample-note-{number}", "staff_id": staff,
         "after_seq": _seq_before(rows, places[member], now - timedelta(minutes=minutes)),
         "body": words, "at": now - timedelta(minutes=minutes)}
        for number, (member, staff, minutes, words) in enumerate((*_NOTES, blocked), 1)
    ]  # fmt: skip


def _seq_before(rows: Rows, conversation_id: int, at: datetime) -> int:
    """Seq of the newest message of a conversation that was there at that moment."""
    here = (row for row in rows["message"] if row["conversation_id"] == conversation_id)
    return max((row["seq"] for row in here if row["sent_at"] <= at), default=0)


def _plans(rows: Rows, places: dict[int, int], shop_id: int, now: datetime) -> None:
    """Two messages that will go out by themselves."""
    planned = (
        (6, _CHEN, _opening(now, 1), "豆绿开衫给您熨好留着了,周日见~"),
        (9, _GUO, _opening(now, 9), "连帽卫衣 L 码到货啦,给您留一件吗?"),
    )
    rows["scheduled"] = [
        {"id": number, "shop_id": shop_id, "conversation_id": places[member],
         "client_id": f"sample-later-{number}", "staff_id": staff, "body": words, "media": [],
         "due_at": due, "state": "waiting", "at": now - timedelta(hours=1)}
        for number, (member, staff, due, words) in enumerate(planned, 1)
    ]  # fmt: skip


def _quick_replies(
    rows: Rows, facts: Mapping[str, MediaFacts], shop_id: int, now: datetime
) -> None:
    """The starter set after a year of use, one with pictures, and two of the owner's own."""
    pictures = [
        add_medium(rows, facts[name], at=now, owner=("shop", shop_id), conversation_id=None)
        for name in PICTURES
    ]
    news = {"title": "本周新款", "shortcut": "xk",
            "body": "{name},本周新款到店啦:风衣三个颜色都齐,想看哪一件?"}  # fmt: skip
    own = [
        {"title": "老板问候", "shortcut": "wh",
         "body": "{name}您好,我是店主{staff},谢谢您一直支持{shop}。"},
        {"title": "积分提醒", "shortcut": "jf",
         "body": "{name},您现在有 {points} 积分,再消费 [金额] 元就可以换券啦。"},
    ]  # fmt: skip
    every: list[tuple[dict[str, str], int | None, list[dict[str, Any]]]] = [
        *((reply, None, []) for reply in starter("zh")), (news, None, pictures),
        *((reply, _LI, []) for reply in own),
    ]  # fmt: skip
    rows["quick_reply"] = [
        {"id": number, "shop_id": shop_id, "client_id": f"sample-reply-{number}",
         "staff_id": staff, **reply, "media": media,
         "uses": _USES[number % len(_USES)],
         "used_at": now - timedelta(hours=number * 5 % 70), "at": now - timedelta(days=300)}
        for number, (reply, staff, media) in enumerate(every, 1)
    ]  # fmt: skip


def _settings(rows: Rows, now: datetime) -> None:
    """Longer on weekends, shut on New Year's Eve; the answer after hours is off."""
    new_year = now.astimezone(SHOP_ZONE).year + 1
    hours = {"week": [[600, 1290]] * 4 + [[600, 1320]] * 3, "closed": [f"{new_year}-01-01"]}
    values: dict[str, Any] = {
        HOURS_SETTING: hours,
        AUTO_REPLY_SETTING: {"on": False, "lang": "zh", "zh": "", "en": ""},
    }
    rows["setting"] = [
        {"id": number, "key": key, "value": value, "public": False}
        for number, (key, value) in enumerate(values.items(), 1)
    ]
