"""Two years of the sample shop: same every run, never in the future, with a shop's rhythm."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from console.demo.artwork import ARTWORK
from console.demo.history import History, history
from console.demo.rhythm import CLOSES, OPENS, SHOP_ZONE, new_year

NOW = datetime(2026, 11, 22, 2, 25, tzinfo=UTC)


@pytest.fixture(scope="module")
def shop() -> History:
    return history(NOW)


def test_the_amounts_are_those_of_a_shop_with_two_thousand_members(shop: History) -> None:
    assert 12_000 <= len(shop.purchases) <= 20_000
    assert 22_000 <= len(shop.visits) <= 29_000
    assert 350 <= len(shop.chats) <= 500
    assert 8_000 <= sum(len(chat.messages) for chat in shop.chats) <= 12_000


def test_the_same_moment_and_seed_give_the_same_shop(shop: History) -> None:
    assert history(NOW) == shop
    assert history(NOW, seed=2).purchases != shop.purchases


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 2, 7, 16, 30, tzinfo=UTC),
        datetime(2028, 2, 29, 1, 0, tzinfo=UTC),
        datetime(2040, 1, 1, 0, 0, tzinfo=UTC),
    ],
)
def test_it_works_on_any_day(now: datetime) -> None:
    assert history(now).chats[0].waiting_since == now - timedelta(seconds=80)


def test_nothing_happens_in_the_future_or_before_two_years_ago(shop: History) -> None:
    moments = [row.at for row in shop.purchases]
    moments += [row.at for row in shop.visits]
    moments += [message.at for chat in shop.chats for message in chat.messages]
    assert max(moments) < NOW
    assert min(moments) > NOW - timedelta(days=733)


def test_lists_are_in_order_of_time(shop: History) -> None:
    for moments in ([row.at for row in shop.purchases], [row.at for row in shop.visits]):
        assert moments == sorted(moments)
    for chat in shop.chats:
        assert [message.seq for message in chat.messages] == list(range(1, len(chat.messages) + 1))
        times = [message.at for message in chat.messages]
        assert times == sorted(times)


def test_one_conversation_per_member(shop: History) -> None:
    assert len({chat.member for chat in shop.chats}) == len(shop.chats)


def test_people_come_while_the_shop_is_open(shop: History) -> None:
    for visit in shop.visits:
        assert OPENS <= visit.at.astimezone(SHOP_ZONE).time() < CLOSES


def test_every_purchase_belongs_to_a_visit(shop: History) -> None:
    visits = {(visit.member, visit.at) for visit in shop.visits if visit.bought}
    assert all((row.member, row.at) in visits for row in shop.purchases)


def test_weekends_are_busy_and_singles_day_is_the_peak(shop: History) -> None:
    days = Counter(visit.at.astimezone(SHOP_ZONE).date() for visit in shop.visits)
    weekdays = Counter(day.weekday() for day in days.elements())
    assert weekdays[5] > 1.6 * weekdays[1]
    peak = days.most_common(1)[0][0]
    assert peak.month == 11
    assert 8 <= peak.day <= 11


def test_the_shop_rests_at_new_year(shop: History) -> None:
    days = {visit.at.astimezone(SHOP_ZONE).date() for visit in shop.visits}
    for offset in range(-1, 3):
        assert new_year(2026) + timedelta(days=offset) not in days
    assert date(2026, 2, 20) in days


def test_down_jackets_sell_in_winter(shop: History) -> None:
    months = Counter(row.at.month for row in shop.purchases if row.variant.sku == "W010")
    assert months[12] + months[1] > 3 * (months[6] + months[7])


def test_asleep_members_have_not_come_for_months(shop: History) -> None:
    asleep = {person.number for person in shop.members if person.habit == "asleep"}
    last = max(visit.at for visit in shop.visits if visit.member in asleep)
    assert NOW - last > timedelta(days=140)


def test_the_top_of_the_inbox(shop: History) -> None:
    top = [(shop.members[chat.member - 1].name, chat.messages[-1]) for chat in shop.chats[:9]]
    assert [name for name, _ in top] == [
        "周雨桐",
        "陈思敏",
        "王立群",
        "赵可欣",
        "林晓月",
        "许诺",
        "吴悠",
        "何静",
        "孙一凡",
    ]
    words = {name: message.text for name, message in top}
    assert words["陈思敏"] == "那件蓝色衬衫有 M 码吗"
    assert words["林晓月"] == "我想要厚外套"
    assert words["吴悠"] == "退订"
    assert words["孙一凡"] == "卫衣到了告诉我"
    assert top[2][1].kind == "picture"


def test_who_is_waiting_and_how_long(shop: History) -> None:
    waiting = [
        (chat.unread, round((NOW - chat.waiting_since).total_seconds() / 60))
        for chat in shop.chats
        if chat.waiting_since
    ]
    assert waiting == [(2, 1), (1, 4), (3, 6), (1, 13)]
    assert all(chat.unread == 0 for chat in shop.chats[4:])


def test_conversations_are_sorted_by_their_last_message(shop: History) -> None:
    last = [chat.messages[-1].at for chat in shop.chats]
    assert last == sorted(last, reverse=True)


def test_every_picture_sent_exists(shop: History) -> None:
    sent = {m.picture for chat in shop.chats for m in chat.messages if m.picture}
    assert len(sent) > 50
    assert all((ARTWORK / name).is_file() for name in sent)


def test_questions_say_what_they_are_about(shop: History) -> None:
    asked = [m for chat in shop.chats for m in chat.messages if m.about]
    assert len(asked) > 1_000
    assert all(m.sender == "member" for m in asked)


def test_talks_about_new_year_happen_before_it(shop: History) -> None:
    for chat in shop.chats:
        for message in chat.messages:
            if "腊月二十八" in message.text:
                day = message.at.astimezone(SHOP_ZONE).date()
                assert 0 < (new_year(day.year) - day).days <= 41


def test_the_shop_writes_within_opening_hours(shop: History) -> None:
    for chat in shop.chats:
        for message in chat.messages:
            if message.sender == "staff" and NOW - message.at > timedelta(days=2):
                local = message.at.astimezone(SHOP_ZONE).time()
                assert local >= OPENS
                assert local.hour < 22
