"""The sample shop's members look like a real list, and are the same in every run."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from console.demo.people import MEMBERS, STAFF, people

TODAY = date(2026, 11, 22)


def test_two_thousand_members_with_unique_mobile_numbers() -> None:
    members = people(TODAY)
    assert len(members) == MEMBERS
    assert [person.number for person in members] == list(range(1, MEMBERS + 1))
    assert len({person.phone for person in members}) == MEMBERS
    assert all(re.fullmatch(r"1[3-9]\d{9}", person.phone) for person in members)


def test_the_same_people_every_run() -> None:
    people.cache_clear()
    once = people(TODAY)
    people.cache_clear()
    assert people(TODAY) == once


def test_zhou_yutong_is_as_the_design_shows_her() -> None:
    zhou = people(TODAY)[0]
    assert (zhou.name, zhou.tier, zhou.points, zhou.birthday) == ("周雨桐", "gold", 2000, (12, 3))
    assert zhou.phone[:3] + "****" + zhou.phone[-4:] == "138****6021"
    assert (TODAY - zhou.joined).days // 365 == 3
    assert zhou.opted_in


def test_the_familiar_names_come_first() -> None:
    names = [person.name for person in people(TODAY)[:9]]
    assert names == [
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


def test_he_jings_birthday_was_yesterday() -> None:
    assert people(TODAY)[7].birthday == (11, 21)
    assert people(date(2027, 3, 1))[7].birthday == (2, 28)


def test_birthdays_exist_and_about_one_in_eight_is_lunar() -> None:
    members = people(TODAY)
    lunar = sum(person.lunar for person in members)
    assert 0.09 < lunar / MEMBERS < 0.16
    for person in members:
        month, day = person.birthday
        if person.lunar:
            assert 1 <= day <= 30
        else:
            date(2024, month, day)  # a leap year: every birthday is a real day


def test_tiers_follow_how_often_people_come() -> None:
    tiers = Counter(person.tier for person in people(TODAY))
    assert tiers["normal"] > tiers["silver"] > tiers["gold"] > 50


def test_nobody_joined_in_the_future_and_caps_are_one_to_three() -> None:
    for person in people(TODAY):
        assert person.joined < TODAY
        assert person.weekly_cap in (1, 2, 3)
        assert person.points >= 0


def test_frequent_surnames_are_frequent() -> None:
    first = Counter(person.name[0] for person in people(TODAY))
    assert {name for name, _ in first.most_common(3)} <= set("王李张刘")


def test_four_staff_one_of_them_the_owner() -> None:
    assert len(STAFF) == 4
    assert [clerk.nickname for clerk in STAFF if clerk.role == "owner"] == ["小李"]
