"""What members and clerks say: single phrases for live members, and whole conversations.

The words live in ``resources/sample/phrases.json`` and ``scripts.txt``; here they
are read, matched to a product and season, and their blanks filled in.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from console.demo.catalogue import SAMPLE, Colour, Product
from console.demo.rhythm import season

Sender = Literal["member", "staff"]
PICTURE = "[pic]"
_BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a script, blanks not yet filled."""

    sender: Sender
    text: str
    later: bool = False  # a day or more after the message before

    @property
    def is_picture(self) -> bool:
        """Whether a photo is sent instead of words."""
        return self.text == PICTURE

    @property
    def names_the_product(self) -> bool:
        """Whether it shows which product the talk is about."""
        return self.is_picture or any(
            blank in self.text for blank in ("{product", "{colour", "{size}")
        )


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation that may happen about a fitting product in a fitting season."""

    name: str
    seasons: frozenset[str]
    gender: Literal["f", "m", "any"]
    categories: frozenset[str]
    turns: tuple[Turn, ...]
    blanks: frozenset[str]

    def fits(self, product: Product, gender: str, month: int) -> bool:
        """Whether this member could have this talk about this product in this month."""
        return (
            (not self.seasons or season(month) in self.seasons)
            and self.gender in ("any", gender)
            and (not self.categories or product.category in self.categories)
            and (len(product.sizes) > 1 or not self.blanks & {"size", "bigger"})
            and (len(product.colours) > 1 or "other" not in self.blanks)
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """What the blanks of a phrase are filled with."""

    product: Product
    colour: Colour
    size: str
    name: str = ""
    staff: str = "小李"
    day: str = "周六"
    hour: str = "下午三点"

    def fill(self, text: str) -> str:
        """The phrase with product, colour, size, price and so on put in."""
        if "{" not in text:
            return text
        sizes = self.product.sizes
        at = sizes.index(self.size) if self.size in sizes else 0
        others = [colour for colour in self.product.colours if colour != self.colour]
        return text.format(
            product=self.product.zh,
            product_en=self.product.en.lower(),
            colour=self.colour.zh,
            colour_en=self.colour.en.lower(),
            other=others[0].zh if others else "另一个颜色",
            size=self.size,
            bigger=sizes[min(at + 1, len(sizes) - 1)],
            price=self.product.now_cents // 100,
            shelf=self.product.variants[0].shelf,
            name=self.name,
            staff=self.staff,
            day=self.day,
            hour=self.hour,
        )


@cache
def phrasebook() -> dict[str, tuple[str, ...]]:
    """Phrases by occasion, for members who write live.

    Members: ``stock_questions``, ``follow_ups``, ``thanks``, ``emoji``, ``complaints``,
    ``small_talk``, ``answers_to_question``, ``long``, ``rtl``, ``tourists``, ``opt_out``,
    ``not_opt_out``.  Clerks: ``staff_in_stock``, ``staff_sold_out``, ``staff_greeting``,
    ``staff_closing``, ``quick_replies``.
    """
    raw = json.loads((SAMPLE / "phrases.json").read_text("utf-8"))
    return {occasion: tuple(texts) for occasion, texts in raw.items()}


def say(dice: random.Random, occasion: str, subject: Subject) -> str:
    """A phrase for the occasion with its blanks filled."""
    return subject.fill(dice.choice(phrasebook()[occasion]))


@cache
def scripts() -> tuple[Script, ...]:
    """Every scripted conversation."""
    text = (SAMPLE / "scripts.txt").read_text("utf-8")
    return tuple(_script(block) for block in text.split("\n== ")[1:])


def script(name: str) -> Script:
    """The script of this name."""
    return next(candidate for candidate in scripts() if candidate.name == name)


def subject_for(
    dice: random.Random, product: Product, size: str, *, name: str = "", staff: str = "小李"
) -> Subject:
    """A subject about one product, in a random colour, on a random day of the week."""
    return Subject(
        product=product,
        colour=dice.choice(product.colours),
        size=size if size in product.sizes else product.sizes[len(product.sizes) // 2],
        name=name,
        staff=staff,
        day=dice.choice(("周六", "周日", "明天", "周五", "这周末")),
        hour=dice.choice(("上午十一点", "下午两点", "下午三点", "下午四点半", "晚上七点")),
    )


def _script(block: str) -> Script:
    head, *lines = block.strip().split("\n")
    name, seasons, gender, categories = (part.strip() for part in head.split("|"))
    turns = tuple(_turn(*line.split(":", 1)) for line in lines if line[:1] in ("m", "s"))
    return Script(
        name=name,
        seasons=frozenset() if seasons == "any" else frozenset(seasons.split()),
        gender="f" if gender == "f" else "m" if gender == "m" else "any",
        categories=frozenset() if categories == "*" else frozenset(categories.split()),
        turns=turns,
        blanks=frozenset(_BLANK.findall(block)),
    )


def _turn(mark: str, text: str) -> Turn:
    return Turn(
        "member" if mark[0] == "m" else "staff",
        text.strip().replace("\\n", "\n"),
        later=mark.endswith("~"),
    )
