"""A rule said as one plain sentence, in both languages."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from console import paths
from console.domain import segments as s
from console.domain.birthdays import Ahead, Dates, Named
from console.domain.segment_sentence import Names, sentence
from console.domain.segments import Group, Items, Range, Rule
from console.domain.spans import Ago, Span, This
from tests.helpers import segment_rules

HALF_A_YEAR = Span(Ago(180, "day"))
NAMES = Names({7: "红色风衣"}, {3: "常买女装"}, {5: "周一新款"}, {5: ("厚外套", "裙子")})


def phrases(language: str) -> dict[str, str]:
    file = paths.resources() / "text" / f"segments.{language}.json"
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found


TARGET = Group("all", (
    s.Bought(Items(wearer="f"), HALF_A_YEAR), s.Choice("tier", ("gold", "silver")),
    Group("any", (s.Asked(Items(("风衣",))), s.Tagged(("复古",)))),
))  # fmt: skip
DEEP = Group("any", (
    s.Marketing(True),
    Group("all", (s.Visited(), Group("any", (s.Tagged(("a",)), s.Tagged(("b",)))))),
))  # fmt: skip

SAID: list[tuple[Rule, str, str]] = [
    (s.EVERYBODY, "所有会员", "All members"),
    (TARGET,
     "近 180 天买过女装，且是金卡或银卡，且问过风衣或有「复古」标签的会员",
     ("Members who bought women's wear in the last 180 days, and are gold or silver, "
     "and asked about 风衣 or have the tag “复古”")),
    (Group("none", (s.Bought(when=This("month")), s.Marketing(False))),
     "本月没买过东西，且愿意收活动消息的会员",
     "Members who did not buy anything this month, and want notices"),
    (DEEP,
     "愿意收活动消息，或来过店且（有「a」标签或有「b」标签）的会员",
     "Members who want notices, or visited and (have the tag “a” or have the tag “b”)"),
    (Group("none", (Group("all", (s.Visited(), s.Tagged(("a",)))),)),
     "没来过店，或没有「a」标签的会员",
     "Members who did not visit, or do not have the tag “a”"),
    (s.Bought(when=Span(Ago(12, "month")), amount=Range(200_000)),
     "近 12 个月消费至少 ¥2,000的会员",
     "Members who spent at least ¥2,000 in the last 12 months"),
    (Group("none", (s.Bought(Items(("风衣", "裙子")), pieces=Range(2),
                             amount=Range(None, 50_050)),)),
     "买风衣或裙子不到 2 件，或买风衣或裙子花了超过 ¥500.50的会员",
     ("Members who bought less than 2 pieces of 风衣 or 裙子, or spent more than ¥500.50 on"
     " 风衣 or 裙子")),
    (s.Asked(Items(products=(7, 9)), Span(date(2026, 3, 1), Ago(0, "day"))),
     "2026年3月1日到今天问过红色风衣或已下架的商品的会员",
     "Members who asked about 红色风衣 or a product that is gone between 2026-03-01 and today"),
    (s.Birthday(Ahead(7), "lunar"), "今后 7 天内过农历生日的会员",
     "Members who have a lunar birthday in the next 7 days"),
    (s.Birthday(Named("next_month")), "下个月过生日的会员",
     "Members who have a birthday next month"),
    (s.Birthday(Dates("12-20", "01-10")), "12月20日到1月10日过生日的会员",
     "Members who have a birthday between 12-20 and 01-10"),
    (s.Dated("seen", Span(None, Ago(90, "day"))), "最后上线在90 天前及以前的会员",
     "Members who were last on their phone page until 90 days ago"),
    (s.Noticed("unread", (5, 8), Span(Ago(30, "day"))),
     "近 30 天收到「周一新款」或「已删除的活动」还没看的会员",
     ("Members who got “周一新款” or “a campaign that is gone” in the last 30 days"
     " without reading it")),
    (Group("none", (s.Noticed("read", when=Span(Ago(90, "day"))),
                    s.Noticed("answered", (5,)))),
     "近 90 天没看过活动消息，且没回复过「周一新款」的会员",
     "Members who did not read any notice in the last 90 days, and did not answer “周一新款”"),
    (s.Noticed("received", when=This("week"), times=Range(2)),
     "本周收到活动消息至少 2 条的会员", "Members who got at least 2 notices this week"),
    (Group("any", (s.Visited(times=Range(1, 1)), s.Visited(times=Range(0, 1)),
                   s.Noticed("read", times=Range(1)))),
     "来店正好 1 次，或来店0 到 1 次，或看活动消息至少 1 条的会员",
     "Members who visited exactly 1 time, or visited 0 to 1 times, or read at least 1 notice"),
    (Group("all", (s.Points(Range(1, 1)), Group("none", (s.Bought(pieces=Range(1)),)),
                   s.Birthday(Ahead(1)))),
     "积分正好 1，且买东西不到 1 件，且今后 1 天内过生日的会员",
     ("Members who have exactly 1 point, and bought less than 1 piece, and have a birthday"
      " in the next 1 day")),
    (s.Answered(5), "回答过「周一新款」的提问的会员",
     "Members who answered the question of “周一新款”"),
    (Group("none", (s.Answered(5, (0, 1, 4)),)),
     "没在「周一新款」里选厚外套、裙子或第 5 项的会员",
     "Members who did not choose 厚外套, 裙子 or choice 5 in “周一新款”"),
    (s.Offered(5), "领过「周一新款」的券的会员", "Members who claimed a coupon of “周一新款”"),
    (Group("all", (s.Offered(5), Group("none", (s.Offered(5, "redeemed"),)))),
     "领过「周一新款」的券，且没核销过「周一新款」的券的会员",
     "Members who claimed a coupon of “周一新款”, and did not redeem a coupon of “周一新款”"),
    (s.Offered(5, "unclaimed"), "收到「周一新款」的券但没领的会员",
     "Members who were offered a coupon of “周一新款” without claiming it"),
    (Group("none", (s.Offered(8, "unclaimed"),)), "没有未领的「已删除的活动」的券的会员",
     "Members who left no coupon of “a campaign that is gone” unclaimed"),
    (s.Saved(3), "属于「常买女装」的会员", "Members who belong to “常买女装”"),
    (s.Bucket(0, 999), "在 10% 的分组里（0–999）的会员",
     "Members who are in the 10% group 0–999"),
    (s.Points(Range(500, 500)), "积分正好 500的会员", "Members who have exactly 500 points"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "zh", "en"), SAID)
def test_a_rule_is_said_plainly(rule: Rule, zh: str, en: str) -> None:
    assert sentence(rule, phrases("zh"), NAMES) == zh
    assert sentence(rule, phrases("en"), NAMES) == en


def test_both_languages_have_the_same_phrases() -> None:
    assert phrases("zh").keys() == phrases("en").keys()


@given(rule=segment_rules.rules(saved=(1, 3)))
def test_every_rule_can_be_said(rule: Rule) -> None:
    for language in ("zh", "en"):
        found = sentence(rule, phrases(language), NAMES)
        assert found
        assert not set("{}") & set(found)
        opened: dict[str, Any] = {mark: found.count(mark) for mark in "()（）"}
        assert (opened["("], opened["（"]) == (opened[")"], opened["）"])
