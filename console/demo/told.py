"""The talks at the top of the sample shop's inbox, told by hand."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, Literal

from console.demo.catalogue import Product, Variant, products, variant
from console.demo.people import Person
from console.demo.rhythm import SHOP_ZONE, moment
from console.demo.talks import Book, Chat, two_years

# seconds before now (or "yesterday HH:MM"), sender, what is said, what it is about, read.
# What is said are words, or a mark with words behind: [pic] a photo, [label] a photo with its
# colour's name, [card] a product card, [voice NAME], [video NAME]; ">" quotes the one before.
_Line = tuple[int | str, Literal["member", "staff"], str, tuple[str, str, str] | None, bool]
_MARK = re.compile(r"(>)?(?:\[(pic|label|card|voice|video)(?: (\w+))?\])?(.*)", re.DOTALL)
_NEWS = "[card]本周新款到店啦:面料是进口棉麻,版型很显瘦,S / M / L 均有货"
_RED, _BEIGE, _NAVY = ("W001", "red", "L"), ("W001", "beige", "M"), ("W001", "navy", "L")
_SHIRT, _SHELL = ("W006", "blue", "M"), ("M009", "lake", "XL")
_SKIRT, _CARDIGAN = ("W003", "rose", "S"), ("W007", "beangreen", "M")
_GREY, _BLACK = ("M006", "grey", "L"), ("M006", "black", "L")

_TOLD: tuple[tuple[int, str, int | None, tuple[_Line, ...]], ...] = (
    (1, "li", 80, (
        (-24, "member", "雾蓝连衣裙 M 码还有吗", ("W002", "mistblue", "M"), True),
        (-24, "staff", "有的,M 码还有 4 件,想来试试吗?", None, True),
        (-24, "member", "我先想想~等打折告诉我", None, True),
        (1372, "staff", _NEWS, _BEIGE, True),
        (240, "member", "好看!那件红色的风衣还有没有 L 码呀", _RED, True),
        (196, "staff", "[label]", _RED, True),
        (194, "staff", "[label]", _BEIGE, True),
        (192, "staff", "[label]", _NAVY, True),
        (180, "staff", "三个颜色的上身图给您拼在一起了,可以对比看看~", None, True),
        (80, "member", "[voice fitting]", None, False),
        (62, "member", "我周六下午想过去试一下,可以帮我留一件吗?", _RED, False),
    )),
    (2, "chen", 240, (
        (4800, "staff", "[card]思敏,您喜欢的清爽款短袖衬衫到店啦", _SHIRT, True),
        (240, "member", "那件蓝色衬衫有 M 码吗", _SHIRT, False),
    )),
    (3, "li", 360, (
        (400, "member", "老板,橱窗里那件冲锋衣", _SHELL, False),
        (382, "member", "[voice waterproof]", None, False),
        (360, "member", "[pic]", _SHELL, False),
    )),
    (4, "tang", 780, (
        (5400, "staff", "[card]可欣,您上次问的复古碎花裙补货啦", _SKIRT, True),
        (5000, "member", "真的吗!S 码给我留一件", _SKIRT, True),
        (4900, "staff", ">好的,S 码给您留着了", None, True),
        (780, "member", "[voice pickup]", None, False),
    )),
    (5, "li", None, (
        (2400, "staff", "天冷了,您今年冬天最想添一件什么?", None, True),
        (1620, "member", "我想要厚外套", None, True),
    )),
    (6, "chen", None, (
        (3000, "member", "豆绿开衫先帮我留着可以吗,周日来", _CARDIGAN, True),
        (2640, "staff", ">好的,给您留到周日~", None, True),
    )),
    (7, "guo", None, (
        (86400, "staff", "吴悠您好,本周新款到店,欢迎来看看~", None, True),
        (3300, "member", "退订", None, True),
    )),
    (8, "tang", None, (
        ("19:40", "staff", "何静,生日快乐!送您一张满 500 减 50 的生日券", None, True),
        ("19:52", "member", "[voice thanks]", None, True),
        ("19:53", "staff", "生日快乐!券已到账", None, True),
    )),
    (9, "guo", None, (
        ("15:08", "member", "连帽卫衣 L 码断了吗", _GREY, True),
        ("15:11", "staff", ">L 码暂时没了,下批月底到", None, True),
        ("15:11:40", "staff", "[video hoodie]两个颜色的上身视频,您先看看", _BLACK, True),
        ("15:12", "member", "卫衣到了告诉我", _GREY, True),
    )),
    (10, "chen", None, (
        ("11:32", "member", "你好,我是雨桐,换了新号码,之前的积分还在吗?", None, True),
        ("11:36", "staff", "在的,我这边核对一下,把两个号合到一起~", None, True),
        ("11:37", "member", "[voice fabric]", None, True),
        ("11:41", "staff", "好的,面料是棉麻的,不起球,放心~", None, True),
    )),
)  # fmt: skip


def told(dice: random.Random, members: tuple[Person, ...], now: datetime) -> Iterator[Chat]:
    """These talks, each behind what was said in the years before."""
    calendar = two_years(now)
    for number, clerk, waiting, lines in _TOLD:
        book = Book(dice, members[number - 1], clerk)
        book.play_past(now - timedelta(days=26), calendar)
        for index, (when, sender, said, about, read) in enumerate(lines):
            thing = variant(*about) if about else None
            text, more = _content(said, thing, book.last_seq)
            if sender == "member":
                more["about"] = thing
            book.add(sender, text, _when(now, when, index), read=read, **more)
        yield book.chat(now - timedelta(seconds=waiting) if waiting else None)


def _content(said: str, thing: Variant | None, before: int) -> tuple[str, dict[str, Any]]:
    """The words of a line, and what else makes its message."""
    match = _MARK.fullmatch(said)
    assert match is not None
    quote, mark, name, text = match.groups()
    more: dict[str, Any] = {"quotes": before} if quote else {}
    if mark in {"pic", "label"} and thing is not None:
        more |= {"kind": "picture", "picture": _product(thing).picture(thing.colour)}
        more |= {"label": f"{thing.colour.zh} {thing.size}"} if mark == "label" else {}
    elif mark in {"voice", "video"}:
        more |= {"kind": mark, "recording": name}
    elif mark == "card":
        more |= {"kind": "product", "card": thing}
    return text, more


def _product(thing: Variant) -> Product:
    return next(item for item in products() if item.sku == thing.sku)


def _when(now: datetime, when: int | str, index: int) -> datetime:
    """Seconds ago; a negative number is days ago; a clock time is yesterday's."""
    if isinstance(when, str):
        yesterday = now.astimezone(SHOP_ZONE).date() - timedelta(days=1)
        return moment(yesterday, time.fromisoformat(when))
    if when < 0:
        day = now.astimezone(SHOP_ZONE).date() + timedelta(days=when)
        return moment(day, time(15, 10 + 3 * index))
    return now - timedelta(seconds=when)
