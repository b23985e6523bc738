"""For each kind of condition the controls that it is edited with."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain import segments as s
from console.domain.birthdays import CALENDARS, Named
from console.domain.members import BUCKETS
from console.domain.segments import Leaf
from console.domain.spans import Ago, Span
from console.ui.i18n import translate
from console.ui.widgets import label, snug
from console.views.campaigns.segment_members import MembersPart
from console.views.campaigns.segment_parts import (
    ChipsPart,
    ComboPart,
    Options,
    Part,
    RangePart,
    WordsPart,
)
from console.views.campaigns.segment_when import WhenPart, WindowPart
from console.views.campaigns.segment_words import Offers, kind_of, phrases

_PARTS: Final = ("top", "bottom", "waist", "shoe")
_LATELY: Final = Span(Ago(30, "day"))
FRESH: Final[dict[str, Leaf]] = {
    "bought": s.Bought(when=Span(Ago(180, "day"))), "visited": s.Visited(_LATELY),
    "asked": s.Asked(when=Span(Ago(90, "day"))), "notice": s.Noticed("read", when=_LATELY),
    "tier": s.Choice("tier", ("gold",)), "gender": s.Choice("gender", ("f",)),
    "points": s.Points(s.Range(100)), "birthday": s.Birthday(Named("month")),
    "marketing": s.Marketing(True), "state": s.Choice("state", ("confirmed",)),
    "joined": s.Dated("joined", _LATELY), "seen": s.Dated("seen", _LATELY),
    "created": s.Dated("created", _LATELY), "bucket": s.Bucket(0, 999),
}  # fmt: skip
"""What a new condition asks first; the other kinds ask nothing until something is chosen."""


class LeafEditor(Part):
    """The controls of one condition, one below the other; ``value`` is the leaf."""

    def __init__(self, kind: str, leaf: Leaf | None, offers: Offers) -> None:
        super().__init__()
        self.kind, self.offers = kind, offers
        self.parts: dict[str, Part] = {}
        self._column = QVBoxLayout(self)
        snug(self._column, spacing=6)
        self._read: Callable[[], Leaf | None] = _MAKE[kind](self, leaf or FRESH.get(kind))

    def put(self, name: str, part: Part, title: str = "") -> Any:
        """One more control, under a title."""
        if title:
            words = label("tiny", wrap=True)
            words.setText(title)
            self._column.addWidget(words)
        self.parts[name] = part
        self._column.addWidget(part)
        part.changed.connect(self.changed)
        return part

    @property
    def value(self) -> Leaf | None:
        """The condition; ``None`` while it is none."""
        return self._read()

    def first(self) -> QWidget:
        """Where the keyboard begins."""
        for part in self.parts.values():
            for found in part.findChildren(QWidget):
                reached = bool(found.focusPolicy() & Qt.FocusPolicy.TabFocus)
                if reached and found.isVisibleTo(self):
                    return found
        return self


Make = Callable[[LeafEditor, Any], Callable[[], Leaf | None]]


def _choice(column: str) -> Make:
    def make(editor: LeafEditor, leaf: s.Choice) -> Callable[[], Leaf | None]:
        words = phrases()
        options = [(value, words[f"{column}.{value or 'unknown'}"]) for value in s.CHOICES[column]]
        part = editor.put("values", ChipsPart(options, leaf.values, several=True))
        return lambda: s.Choice(column, part.value) if part.value else None

    return make


def _dated(column: str) -> Make:
    def make(editor: LeafEditor, leaf: s.Dated) -> Callable[[], Leaf | None]:
        part = editor.put("when", WhenPart(leaf.when))
        return lambda: s.Dated(column, part.value) if part.value is not None else None

    return make


def _marketing(editor: LeafEditor, leaf: s.Marketing) -> Callable[[], Leaf | None]:
    words = phrases()
    options: Options = [(True, words["marketing"]), (False, words["marketing.not"])]
    part = editor.put("granted", ChipsPart(options, [leaf.granted], several=False))
    return lambda: s.Marketing(part.value)


def _tagged(editor: LeafEditor, leaf: s.Tagged | None) -> Callable[[], Leaf | None]:
    tags = [(tag, tag) for tag in editor.offers.choices.tags]
    hint = translate("Segments", "A tag, then Enter")
    part = editor.put("tags", WordsPart(tags, leaf.tags if leaf else (), hint, free=True))
    return lambda: s.Tagged(part.value) if part.value else None


def _sized(editor: LeafEditor, leaf: s.Sized | None) -> Callable[[], Leaf | None]:
    sizes = editor.offers.choices.sizes
    names = list(dict.fromkeys([*_PARTS, *sizes, *([leaf.part] if leaf else [])]))
    words = phrases()
    parts = [(name, words.get(f"part.{name}", name)) for name in names]
    chosen = leaf.part if leaf else names[0]
    part = editor.put("part", ComboPart(parts, chosen, translate("Segments", "Which size")))

    def offered() -> Options:
        return [(size, size) for size in sizes.get(part.value, ())]

    hint = translate("Segments", "A size, then Enter")
    size = editor.put("sizes", WordsPart(offered(), leaf.values if leaf else (), hint, free=True))
    part.changed.connect(lambda: size.offer(offered()))
    return lambda: s.Sized(part.value, size.value) if size.value else None


def _points(editor: LeafEditor, leaf: s.Points) -> Callable[[], Leaf | None]:
    part = editor.put("amount", RangePart(leaf.amount, translate("Segments", "points")))
    return lambda: s.Points(part.value) if part.value is not None else None


def _birthday(editor: LeafEditor, leaf: s.Birthday) -> Callable[[], Leaf | None]:
    window = editor.put("window", WindowPart(leaf.window))
    words = phrases()
    kept = [(name, words.get(f"calendar.{name}") or translate("Segments", "both calendars"))
            for name in CALENDARS]  # fmt: skip
    calendar = editor.put("calendar", ChipsPart(kept, [leaf.calendar], several=False))
    return lambda: s.Birthday(window.value, calendar.value) if window.value is not None else None


def _items(editor: LeafEditor, items: s.Items) -> Callable[[], s.Items]:
    words, choices = phrases(), editor.offers.choices
    anybody: list[tuple[Hashable, str]] = [("", translate("Segments", "for anybody"))]
    wearers = anybody + [(who, words[f"wearer.{who}"]) for who in s.WEARERS]
    wearer = editor.put("wearer", ChipsPart(wearers, [items.wearer], several=False))
    kinds = [(name, name) for name in choices.categories]
    hint = translate("Segments", "Any kind of product")
    category = editor.put("categories", WordsPart(kinds, items.categories, hint))
    named = list(editor.offers.names.products.items())
    hint = translate("Segments", "Any product")
    product = editor.put("products", WordsPart(named, items.products, hint))
    return lambda: s.Items(category.value, product.value, wearer.value)


def _range(editor: LeafEditor, name: str, bounds: s.Range | None, unit: str, title: str,
           *, money: bool = False) -> RangePart:  # fmt: skip
    part: RangePart = editor.put(name, RangePart(bounds, unit, money=money), title)
    return part


def _bought(editor: LeafEditor, leaf: s.Bought) -> Callable[[], Leaf | None]:
    when, items = editor.put("when", WhenPart(leaf.when)), _items(editor, leaf.items)
    pieces = _range(editor, "pieces", leaf.pieces, translate("Segments", "pieces"),
                    translate("Segments", "Pieces in all"))  # fmt: skip
    amount = _range(editor, "amount", leaf.amount, "¥", translate("Segments", "Spent in all"),
                    money=True)  # fmt: skip

    def read() -> Leaf | None:
        if when.value is None or not _sound(pieces, amount):
            return None
        return s.Bought(items(), when.value, pieces.value, amount.value)

    return read


def _sound(*ranges: RangePart) -> bool:
    return all(part.empty or part.value is not None for part in ranges)


def _visited(editor: LeafEditor, leaf: s.Visited) -> Callable[[], Leaf | None]:
    when, times = editor.put("when", WhenPart(leaf.when)), _times(editor, leaf.times)

    def read() -> Leaf | None:
        sound = when.value is not None and _sound(times)
        return s.Visited(when.value, times.value) if sound else None

    return read


def _times(editor: LeafEditor, bounds: s.Range | None) -> RangePart:
    return _range(editor, "times", bounds, translate("Segments", "times"),
                  translate("Segments", "How often"))  # fmt: skip


def _asked(editor: LeafEditor, leaf: s.Asked) -> Callable[[], Leaf | None]:
    when, items = editor.put("when", WhenPart(leaf.when)), _items(editor, leaf.items)
    times = _times(editor, leaf.times)

    def read() -> Leaf | None:
        sound = when.value is not None and _sound(times)
        return s.Asked(items(), when.value, times.value) if sound else None

    return read


def _noticed(editor: LeafEditor, leaf: s.Noticed) -> Callable[[], Leaf | None]:
    words = phrases()
    deeds = [(did, words[f"did.{did}"]) for did in s.DEEDS]
    did = editor.put("did", ChipsPart(deeds, [leaf.did], several=False))
    when = editor.put("when", WhenPart(leaf.when))
    named = list(editor.offers.choices.campaigns)
    hint = translate("Segments", "Any campaign")
    campaigns = editor.put("campaigns", WordsPart(named, leaf.campaigns, hint))
    times = _times(editor, leaf.times)

    def read() -> Leaf | None:
        if when.value is None or not _sound(times):
            return None
        return s.Noticed(did.value, campaigns.value, when.value, times.value)

    return read


def _campaign(
    editor: LeafEditor,
    named: Sequence[tuple[int, str]],
    leaf: s.Answered | s.Offered | None,
    hint: str,
) -> Any:
    """One of these campaigns; also one that is chosen although nobody knows it here."""
    options: list[tuple[Hashable, str]] = [*named]
    if leaf is not None and leaf.campaign not in dict(named):
        options.append((leaf.campaign, phrases()["campaign.gone"]))
    part = editor.put("campaign", ComboPart(options, leaf.campaign if leaf else None, hint))
    part.combo.setPlaceholderText(hint)
    return part


def _answered(editor: LeafEditor, leaf: s.Answered | None) -> Callable[[], Leaf | None]:
    named = [(number, title) for number, title, _ in editor.offers.choices.questions]
    part = _campaign(editor, named, leaf, translate("Segments", "Choose a question"))

    def offered() -> Options:
        """What it offers, and what is chosen already although nobody knows it here."""
        labels = editor.offers.names.choices.get(part.value, ())
        found = dict(enumerate(labels))
        if leaf is not None and leaf.campaign == part.value:
            for place in leaf.choices:
                found.setdefault(place, phrases()["answer.choice"].format(place + 1))
        return list(found.items())

    hint = translate("Segments", "Any answer")
    chosen = leaf.choices if leaf else ()
    choices = editor.put("choices", WordsPart(offered(), chosen, hint))
    part.changed.connect(lambda: choices.offer(offered(), anew=True))
    return lambda: None if part.value is None else s.Answered(part.value, choices.value)


def _offered(editor: LeafEditor, leaf: s.Offered | None) -> Callable[[], Leaf | None]:
    words = phrases()
    claims = [(did, words[f"claim.{did}"]) for did in s.CLAIMS]
    chosen = leaf.did if leaf else s.CLAIMS[0]
    did = editor.put("did", ChipsPart(claims, [chosen], several=False))
    hint = translate("Segments", "Which coupons?")
    part = _campaign(editor, editor.offers.choices.offers, leaf, hint)
    return lambda: None if part.value is None else s.Offered(part.value, did.value)


def _saved(editor: LeafEditor, leaf: s.Saved | None) -> Callable[[], Leaf | None]:
    others = [(each.id, each.name) for each in editor.offers.saved if each.id]
    hint = translate("Segments", "Choose a segment")
    chosen = leaf.segment_id if leaf else None
    part = editor.put("segment", ComboPart(others, chosen, hint))
    part.combo.setPlaceholderText(hint)
    return lambda: s.Saved(part.value) if part.value is not None else None


def _listed(editor: LeafEditor, leaf: s.Listed | None) -> Callable[[], Leaf | None]:
    part = editor.put("members", MembersPart(leaf.members if leaf else (), editor.offers))
    return lambda: s.Listed(part.value) if part.value else None


def _bucket(editor: LeafEditor, leaf: s.Bucket) -> Callable[[], Leaf | None]:
    hint = translate("Segments", "Each member keeps her place from 0 to 9999; 1000 places are 10%.")
    part = _range(editor, "places", s.Range(leaf.first, leaf.last), "", hint)

    def read() -> Leaf | None:
        bounds = part.value
        if bounds is None or bounds.least is None or bounds.most is None:
            return None
        return s.Bucket(bounds.least, bounds.most) if bounds.most < BUCKETS else None

    return read


_MAKE: Final[dict[str, Make]] = {
    **{column: _choice(column) for column in s.CHOICES},
    **{column: _dated(column) for column in s.DATED},
    "marketing": _marketing, "tag": _tagged, "size": _sized, "points": _points,
    "birthday": _birthday, "bought": _bought, "visited": _visited, "asked": _asked,
    "notice": _noticed, "answer": _answered, "offer": _offered, "segment": _saved,
    "members": _listed, "bucket": _bucket,
}  # fmt: skip


def editor_of(leaf: Leaf, offers: Offers) -> LeafEditor:
    """The controls of a condition that is there."""
    return LeafEditor(kind_of(leaf), leaf, offers)
