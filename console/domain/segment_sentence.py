"""A segment's rule as one plain sentence, in the language of the phrases given.

Standard library only; the phrases are those of ``resources/text/segments.*.json``, read by
whoever calls.  ``none`` is said by turning each of its parts round ("did not buy"), so that no
sentence needs a double negative; brackets stand only where three kinds of joining meet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from console.domain.birthdays import CALENDARS, Ahead, Named, Window
from console.domain.members import BUCKETS
from console.domain.segments import (
    Answered,
    Asked,
    Birthday,
    Bought,
    Bucket,
    Choice,
    Dated,
    Group,
    Items,
    Leaf,
    Listed,
    Marketing,
    Noticed,
    Offered,
    Points,
    Range,
    Rule,
    Saved,
    Sized,
    Tagged,
    Visited,
)
from console.domain.spans import Ago, Day, Span, This, When

Phrases = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """What products, saved segments and campaigns are called, by id.

    ``choices``: labels of what a campaign's question offers.
    """

    products: Mapping[int, str] = field(default_factory=dict)
    segments: Mapping[int, str] = field(default_factory=dict)
    campaigns: Mapping[int, str] = field(default_factory=dict)
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


def sentence(rule: Rule, phrases: Phrases, names: Names) -> str:
    """Who is meant, in words.  Raises ``KeyError`` when a phrase is not there."""
    said = _Speaker(phrases, names).rule(rule, True)
    if not said.parts:
        return phrases["everybody" if said.join == "and" else "nobody"]
    return phrases["whole"].format(clauses=_joined(said, phrases, 0))


def pieces(leaf: Leaf, phrases: Phrases, names: Names) -> tuple[str, ...]:
    """What a leaf asks in short pieces, for labels side by side; what it asks of is not said."""
    return tuple(filter(None, _Speaker(phrases, names).pieces(leaf)))


@dataclass(frozen=True, slots=True)
class _Said:
    """Clauses, or groups of them, and what joins them: ``and`` or ``or``."""

    join: str
    parts: tuple[str | _Said, ...]


def _joined(said: _Said, phrases: Phrases, depth: int) -> str:
    texts = [part if isinstance(part, str) else _joined(part, phrases, depth + 1)
             for part in said.parts]  # fmt: skip
    text = phrases[f"{said.join}.{'outer' if depth == 0 else 'inner'}"].join(texts)
    return phrases["bracket"].format(text) if depth > 1 else text


class _Speaker:
    """Says rules and leaves; ``yes`` is False where the contrary is meant."""

    def __init__(self, phrases: Phrases, names: Names) -> None:
        self._phrases = phrases
        self._names = names
        self._say: dict[type[Leaf], Callable[[Any, bool], str | _Said]] = {
            Choice: self._choice, Marketing: self._marketing, Dated: self._dated,
            Sized: self._sized, Tagged: self._tagged, Points: self._points,
            Birthday: self._birthday, Bought: self._bought, Visited: self._visited,
            Asked: self._asked, Noticed: self._noticed, Listed: self._listed, Saved: self._saved,
            Bucket: self._bucket, Answered: self._answered, Offered: self._offered,
        }  # fmt: skip

    def rule(self, rule: Rule, yes: bool) -> _Said:
        """A group's parts in one row, where the same word joins them."""
        if not isinstance(rule, Group):
            said = self._say[type(rule)](rule, yes)
            return said if isinstance(said, _Said) else _Said("and", (said,))
        if rule.operation == "none":
            yes = not yes
        join = "or" if (rule.operation != "all") == yes else "and"
        parts: list[str | _Said] = []
        for part in rule.parts:
            said = self.rule(part, yes)
            flat = said.join == join or len(said.parts) == 1
            parts += said.parts if flat else (said,)
        if len(parts) == 1 and isinstance(parts[0], _Said):
            return parts[0]
        return _Said(join, tuple(parts))

    def pieces(self, leaf: Leaf) -> list[str]:
        """One after the other, "" where nothing is asked."""
        say, comma = self._phrases, self._phrases["list.comma"].join
        short: dict[type[Leaf], Callable[[Any], list[str]]] = {
            Choice: lambda it: [comma(say[f"{it.column}.{of or 'unknown'}"] for of in it.values)],
            Marketing: lambda it: [say["marketing" if it.granted else "marketing.not"]],
            Sized: lambda it: [say.get(f"part.{it.part}", it.part), comma(it.values)],
            Tagged: lambda it: [comma(it.tags)],
            Points: lambda it: [self._range(it.amount, True).strip()],
            Birthday: lambda it: [self._window(it.window), say.get(f"calendar.{it.calendar}", "")],
            Answered: lambda it: [self._title(it.campaign), comma(self._labels(it))],
            Offered: lambda it: [say[f"claim.{it.did}"], self._title(it.campaign)],
            Listed: lambda it: [say["count"].format(range=len(it.members),
                                                    unit=self._unit("person", len(it.members)))],
            Saved: lambda it: [self._names.segments.get(it.segment_id) or say["segment.gone"]],
            Bucket: lambda it: [f"{(it.last - it.first + 1) * 100 / BUCKETS:g}%",
                                f"{it.first}–{it.last}"],
        }  # fmt: skip
        return short.get(type(leaf), self._deed_pieces)(leaf)

    def _deed_pieces(self, leaf: Dated | Bought | Visited | Asked | Noticed) -> list[str]:
        found = [self._when(leaf.when)]
        if isinstance(leaf, Bought | Asked):
            found.append(self._what(leaf.items))
        if isinstance(leaf, Bought):
            found += self._counts("piece", leaf.pieces)
            found += [self._range(leaf.amount, True, self._money).strip()] if leaf.amount else []
        if isinstance(leaf, Noticed):
            found.insert(0, self._phrases[f"did.{leaf.did}"])
            titles = [self._names.campaigns.get(number) or self._phrases["campaign.gone"]
                      for number in leaf.campaigns]  # fmt: skip
            found.append(self._phrases["list.comma"].join(titles))
        if isinstance(leaf, Visited | Asked | Noticed):
            found += self._counts("time", leaf.times)
        return found

    def _counts(self, unit: str, bounds: Range | None) -> list[str]:
        if bounds is None:
            return []
        said, called = self._range(bounds, True), self._unit(unit, bounds.least, bounds.most)
        return [self._phrases["count"].format(range=said, unit=called).strip()]

    # --- leaves ---------------------------------------------------------------------------

    def _choice(self, leaf: Choice, yes: bool) -> str:
        values = [self._phrases[f"{leaf.column}.{value or 'unknown'}"] for value in leaf.values]
        return self._text(leaf.column, yes, values=self._list(values))

    def _marketing(self, leaf: Marketing, yes: bool) -> str:
        return self._text("marketing", leaf.granted == yes)

    def _dated(self, leaf: Dated, yes: bool) -> str:
        closed = isinstance(leaf.when, Span) and leaf.when.last is not None
        key = "seen.closed" if closed and leaf.column == "seen" else leaf.column
        return self._text(key, yes, when=self._when(leaf.when))

    def _sized(self, leaf: Sized, yes: bool) -> str:
        part = self._phrases.get(f"part.{leaf.part}", leaf.part)
        return self._text("size", yes, part=part, values=self._list(leaf.values))

    def _tagged(self, leaf: Tagged, yes: bool) -> str:
        tags = [self._phrases["quoted"].format(tag) for tag in leaf.tags]
        return self._text("tag", yes, tags=self._list(tags))

    def _points(self, leaf: Points, yes: bool) -> str:
        unit = self._unit("point", leaf.amount.least, leaf.amount.most)
        return self._phrases["points"].format(range=self._range(leaf.amount, yes), unit=unit)

    def _birthday(self, leaf: Birthday, yes: bool) -> str:
        kept = "" if leaf.calendar == CALENDARS[0] else self._phrases[f"calendar.{leaf.calendar}"]
        window = self._window(leaf.window)
        return self._text("birthday", yes, window=window, calendar=kept)

    def _bought(self, leaf: Bought, yes: bool) -> str | _Said:
        when, what = self._when(leaf.when), self._what(leaf.items)
        if leaf.pieces is None and leaf.amount is None:
            return self._deed("bought", yes, when, what)
        said: list[str | _Said] = []
        if leaf.pieces is not None:
            said.append(self._numbered("bought.pieces", when, what, leaf.pieces, yes, "piece"))
        if leaf.amount is not None:
            amount = self._range(leaf.amount, yes, self._money)
            said.append(self._counted("bought.amount", when, what, amount))
        return _Said("and" if yes else "or", tuple(said))

    def _visited(self, leaf: Visited, yes: bool) -> str:
        when = self._when(leaf.when)
        if leaf.times is None:
            return self._text("visited", yes, when=when)
        return self._numbered("visited.times", when, "", leaf.times, yes)

    def _asked(self, leaf: Asked, yes: bool) -> str:
        when, what = self._when(leaf.when), self._what(leaf.items)
        if leaf.times is None:
            return self._deed("asked", yes, when, what)
        return self._numbered("asked.times", when, what, leaf.times, yes)

    def _noticed(self, leaf: Noticed, yes: bool) -> str:
        when, gone = self._when(leaf.when), self._phrases["campaign.gone"]
        titles = [self._names.campaigns.get(number) or gone for number in leaf.campaigns]
        quoted = [self._phrases["quoted"].format(title) for title in titles]
        what, key = self._list(quoted) if quoted else "", f"notice.{leaf.did}"
        if leaf.times is None:
            some = self._phrases["notices.some" if yes else "notices.any"]
            return self._text(key, yes, when=when, what=what or some)
        unit = "time" if what else "notice"
        return self._numbered(f"{key}.times", when, what, leaf.times, yes, unit)

    def _answered(self, leaf: Answered, yes: bool) -> str:
        title = self._title(leaf.campaign)
        if not leaf.choices:
            return self._text("answer", yes, campaign=title)
        return self._text(
            "answer.with", yes, campaign=title, choices=self._list(self._labels(leaf))
        )

    def _offered(self, leaf: Offered, yes: bool) -> str:
        return self._text(f"offer.{leaf.did}", yes, campaign=self._title(leaf.campaign))

    def _title(self, campaign: int) -> str:
        return self._names.campaigns.get(campaign) or self._phrases["campaign.gone"]

    def _labels(self, leaf: Answered) -> list[str]:
        known, gone = self._names.choices.get(leaf.campaign, ()), self._phrases["answer.choice"]
        return [known[place] if place < len(known) else gone.format(place + 1)
                for place in leaf.choices]  # fmt: skip

    def _listed(self, leaf: Listed, yes: bool) -> str:
        return self._text("members", yes, count=str(len(leaf.members)))

    def _saved(self, leaf: Saved, yes: bool) -> str:
        name = self._names.segments.get(leaf.segment_id) or self._phrases["segment.gone"]
        return self._text("segment", yes, name=name)

    def _bucket(self, leaf: Bucket, yes: bool) -> str:
        share = f"{(leaf.last - leaf.first + 1) * 100 / BUCKETS:g}"
        return self._text("bucket", yes, share=share, first=str(leaf.first), last=str(leaf.last))

    # --- parts of clauses -----------------------------------------------------------------

    def _text(self, key: str, yes: bool, **parts: str) -> str:
        return _tidy(self._phrases[key if yes else f"{key}.not"].format(**parts))

    def _deed(self, key: str, yes: bool, when: str, what: str) -> str:
        return self._text(key, yes, when=when,
                          what=what or self._phrases["some" if yes else "any"])  # fmt: skip

    def _numbered(
        self, key: str, when: str, what: str, bounds: Range, yes: bool, unit: str = "time"
    ) -> str:
        called = self._unit(unit, bounds.least, bounds.most)
        return self._counted(key, when, what, self._range(bounds, yes), called)

    def _counted(self, key: str, when: str, what: str, count: str, unit: str = "") -> str:
        named = key if what else f"{key}.any"
        return _tidy(self._phrases[named].format(when=when, what=what, range=count, unit=unit))

    def _unit(self, name: str, *numbers: int | None) -> str:
        """What is counted, as it is called after these numbers."""
        return self._phrases[f"{name}.{'one' if {*numbers} <= {1, None} else 'many'}"]

    def _list(self, values: Sequence[str]) -> str:
        *first, last = values
        before = self._phrases["list.comma"].join(first)
        return f"{before}{self._phrases['list.or']}{last}" if first else last

    def _what(self, items: Items) -> str:
        gone = self._phrases["product.gone"]
        products = [self._names.products.get(number) or gone for number in items.products]
        named = [self._list(values) for values in (items.categories, products) if values]
        if items.wearer:
            key = "wearer.with" if named else "wearer"
            said = self._phrases[f"{key}.{items.wearer}"]
            return said.format(what=self._phrases["items.both"].join(named)) if named else said
        return self._phrases["items.both"].join(named)

    def _range(self, bounds: Range, yes: bool, spell: Callable[[int], str] = str) -> str:
        least = "" if bounds.least is None else spell(bounds.least)
        most = "" if bounds.most is None else spell(bounds.most)
        kind = "between" if least and most else "least" if least else "most"
        if least == most:
            kind = "exactly"
        return self._text(f"range.{kind}", yes, least=least, most=most)

    def _money(self, cents: int) -> str:
        whole, rest = divmod(cents, 100)
        return self._phrases["money"].format(f"{whole:,}" + (f".{rest:02}" if rest else ""))

    def _when(self, when: When) -> str:
        if isinstance(when, This):
            return self._phrases[f"this.{when.unit}"]
        if isinstance(when.first, Ago) and when.last is None and when.first.amount:
            return self._phrases["when.last"].format(span=self._length(when.first))
        first = "" if when.first is None else self._day(when.first)
        last = "" if when.last is None else self._day(when.last)
        kind = "between" if first and last else "since" if first else "until" if last else "ever"
        return self._phrases[f"when.{kind}"].format(first=first, last=last)

    def _day(self, day: Day) -> str:
        if isinstance(day, date):
            return self._phrases["date"].format(year=day.year, month=day.month, day=day.day)
        if not day.amount:
            return self._phrases["today"]
        return self._phrases["ago"].format(span=self._length(day))

    def _length(self, ago: Ago) -> str:
        number = "one" if ago.amount == 1 else "many"
        return self._phrases[f"{ago.unit}.{number}"].format(ago.amount)

    def _window(self, window: Window) -> str:
        if isinstance(window, Ahead):
            kind = "ahead" if window.days else "today"
            span = self._length(Ago(window.days, "day"))
            return self._phrases[f"window.{kind}"].format(span=span)
        if isinstance(window, Named):
            return self._phrases[f"window.{window.name}"]
        first, last = (
            self._phrases["day_of_year"].format(month=int(text[:2]), day=int(text[3:]))
            for text in (window.first, window.last)
        )
        return self._phrases["window.between"].format(first=first, last=last)


def _tidy(text: str) -> str:
    """Without the room of what was left out."""
    return " ".join(text.split())
