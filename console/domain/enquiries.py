"""The enquiry recogniser: from a member's words to product, colour and size.  Pure.

Rules over the shop's own catalogue, no model: what is recognised is a suggestion for the clerk,
never an answer by itself.  Stock takes no part; ``availability`` looks it up at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from console.domain import clothing_sizes
from console.domain import enquiry_words as words
from console.domain.colour_words import EXACT, SHADES, Colour, Tone, best_of, lightness
from console.domain.enquiry_index import (
    EXACT_NAME,
    Article,
    Catalogue,
    VariantFacts,
)
from console.domain.enquiry_items import Item, asks_of, items_of
from console.domain.enquiry_tokens import Lexicon, Reading, Token
from console.domain.enquiry_words import Ask
from console.domain.garment_features import KIND_WORDS, features_of

MAX_ITEMS: Final = 12
"""Articles of one message."""
MAX_CANDIDATES: Final = 5
_RIVAL: Final = 0.8
"""So near to the best a candidate is offered too, and nothing is sure."""
_LOWEST: Final = 0.35
_TERSE: Final = 0.6
"""From this part of a message on, an article and its attributes are a question by themselves."""
_UNMADE_COLOUR, _UNMADE_SIZE, _OTHER_WEARER, _NOT_HERS = 0.5, 0.85, 0.3, 0.97
_SPOKEN_OF: Final = 1.5
_FIRM: Final = frozenset(Ask) - {Ask.WISH, Ask.DETAIL}
_CLEAR: Final = _FIRM - {Ask.STOCK}
"""Asked without a name they are of what was spoken of; "有…吗" may be of anything."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """An article that was shown or spoken of, with its colour and size as far as they are known."""

    product_id: int
    colour: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What goes before a message.

    Attributes:
        shown: what the card or photo shows that it replies to.
        spoken: what was spoken of, the newest first.
        wearer: ``f`` or ``m``, for whom she mostly buys; "" unknown.
    """

    shown: Spoken | None = None
    spoken: tuple[Spoken, ...] = ()
    wearer: str = ""

    def known(self) -> tuple[Spoken, ...]:
        """What a pronoun can mean, the likeliest first."""
        return (self.shown, *self.spoken) if self.shown else self.spoken


@dataclass(frozen=True, slots=True)
class Candidate:
    """One article that may be meant.

    Attributes:
        colour: as the shop calls it; "" when none was said, or one it is not made in.
        size: its label, or the one that was asked for and is not made; "" none said.
        variant_id: of colour and size, when both are known and made.
        score: how well it fits, to compare with the others.
    """

    product_id: int
    colour: str
    size: str
    variant_id: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One article asked about.

    Attributes:
        start, end: where in the message it is spoken of.
        candidates: the likeliest first, at least one.
        asks: what is wanted of it; ``stock`` when nothing else was said.
        colour, size: as they were said, "" when not.
        sure: whether the first candidate stands alone.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    asks: tuple[Ask, ...]
    colour: str
    size: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Availability:
    """How many units can be sold now, and where they hang."""

    units: int
    shelf: str


class Recogniser:
    """Recognises the articles of one catalogue; made anew when that changes, not with stock."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._lexicon = Lexicon(catalogue)

    def recognise(self, text: str, context: Context = Context()) -> tuple[Enquiry, ...]:
        """What a message asks about, in its order; empty when it is no question of goods."""
        reading = self._lexicon.read(text)
        found: list[Enquiry] = []
        for item in islice(items_of(reading), MAX_ITEMS):
            if _is_asked(item, reading):
                found.extend(self._enquiries(item, reading, context))
        return tuple(found)

    def _enquiries(self, item: Item, reading: Reading, context: Context) -> Iterator[Enquiry]:
        wearer = _wearer(item, reading)
        rated = self._rated(item, context)
        if not rated:
            return
        start, end = item.span()
        hinted = tuple(
            tone for head in item.of("head") for tone in _inside(head.text, self.catalogue)
        )
        for colour, size in item.pairs():
            wanted = _Wanted(colour, size, wearer, context, hinted, Ask.COLOURS in item.asks)
            ranked = sorted(
                (self._candidate(place, score, wanted) for place, score in rated.items()),
                key=lambda each: (-each.score, each.product_id),
            )
            best = ranked[0].score
            rivals = (each for each in ranked if each.score >= best * _RIVAL)
            offered = tuple(islice(rivals, MAX_CANDIDATES))
            yield Enquiry(
                start, end, offered, item.asks or (Ask.STOCK,),
                "" if colour is None else colour.text, "" if size is None else size.text,
                len(offered) == 1 and best > _LOWEST,
            )  # fmt: skip

    def _rated(self, item: Item, context: Context) -> dict[int, float]:
        """Places of articles by how well the name fits, before colour, size and wearer."""
        known = self._known(item, context)
        features = features_of(item.name)
        heads = item.of("head")
        if not heads:
            return {known[0]: 1.0} if known else {}
        only_kind = all(head.text in KIND_WORDS or head.text in _SUBKIND_WORDS for head in heads)
        rated = self.catalogue.postings.score(features)
        for head in heads:
            for place in self.catalogue.names.get(head.text, ()):
                rated[place] = (rated.get(place, 0.0) or 1.0) * EXACT_NAME
        if only_kind and not item.of("concept"):
            near = 0.5 if item.of("pointer") else 0.9 * max(rated.values(), default=1.0)
            fitting = [place for place in known if rated.get(place, 0.0) >= near]
            if fitting:
                return {fitting[0]: _SPOKEN_OF}
        best = max(rated.values(), default=0.0)
        least = max(best / 2, _LOWEST)
        return {place: score for place, score in rated.items() if score >= least}

    def _known(self, item: Item, context: Context) -> list[int]:
        """Places of the articles a pronoun may mean, the likeliest first."""
        places = [
            self.catalogue.places[each.product_id]
            for each in context.known()
            if each.product_id in self.catalogue.places
        ]
        measures = [words.POINTERS[token.text] for token in item.of("pointer")]
        counted = frozenset().union(*(words.MEASURED.get(each, frozenset()) for each in measures))
        fitting = [p for p in places if self.catalogue.articles[p].kinds & counted]
        return fitting or places

    def _candidate(self, place: int, score: float, wanted: _Wanted) -> Candidate:
        article = self.catalogue.articles[place]
        last = wanted.last(article.id)
        colour, fit = self._colour(article, wanted, last)
        size = _size(article, wanted, last)
        score *= fit
        if size and size not in article.sizes:
            score *= _UNMADE_SIZE
        if wanted.wearer and article.gender in {"f", "m"} and article.gender != wanted.wearer:
            score *= _OTHER_WEARER
        elif wanted.context.wearer not in {"", article.gender} and article.gender in {"f", "m"}:
            score *= _NOT_HERS
        variant = article.variants.get((colour, size))
        return Candidate(article.id, colour, size, variant, score)

    def _colour(self, article: Article, wanted: _Wanted, last: Spoken | None) -> tuple[str, float]:
        """The article's colour that was meant, and what that says for the article."""
        if wanted.colour is not None:
            chosen, fit = self._said_colour(article.colours, wanted.colour)
            return (chosen.name, 0.6 + 0.4 * fit) if chosen else ("", _UNMADE_COLOUR)
        if len(article.colours) == 1:
            return article.colours[0].name, 1.0
        if last is not None and last.colour:
            return ("" if wanted.others else last.colour), 1.0
        chosen, fit = best_of(wanted.hinted, article.colours)
        return (chosen.name, 0.6 + 0.4 * fit) if chosen else ("", 1.0)

    def _said_colour(self, colours: Sequence[Colour], said: Token) -> tuple[Colour | None, float]:
        if said.role == "shade":
            if not colours:
                return None, 0.0
            return max(colours, key=lambda each: SHADES[said.text] * lightness(each)), EXACT
        return best_of(self.catalogue.tones[_colour_key(said.text, self.catalogue)], colours)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a whole message does: asks, questions, tells of what she has, of the shop."""

    asks: set[Ask]
    questions: set[str]
    reports: bool
    matters: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was said of an article beside its name."""

    colour: Token | None
    size: Token | None
    wearer: str
    context: Context
    hinted: tuple[Tone, ...]
    """The colours that its name holds."""
    others: bool
    """Other colours than the last are asked for."""

    def last(self, product_id: int) -> Spoken | None:
        known = self.context.known()
        return next((each for each in known if each.product_id == product_id), None)


def availability(candidate: Candidate, variants: Mapping[int, VariantFacts]) -> Availability | None:
    """How many of a candidate are free now; ``None`` while colour or size are open."""
    variant = variants.get(candidate.variant_id or 0)
    if variant is None:
        return None
    return Availability(max(variant.stock - variant.held, 0), variant.shelf)


_SUBKIND_WORDS: Final = frozenset(word for listed in words.SUBKINDS.values() for word in listed)


def _colour_key(text: str, catalogue: Catalogue) -> str:
    for ending in ("", "色", "颜色"):
        key = text.removesuffix(ending)
        if key in catalogue.tones:
            return key
    return text


def _inside(name: str, catalogue: Catalogue) -> tuple[Tone, ...]:
    """The colour that a name holds, the longest of them."""
    held = [tone for tone in catalogue.tones if not tone.isascii() and tone in name]
    return catalogue.tones[max(held, key=len)] if held else ()


def _size(article: Article, wanted: _Wanted, last: Spoken | None) -> str:
    if wanted.size is not None and wanted.size.size is not None:
        wearer = article.gender if article.gender in {"f", "m"} else wanted.wearer
        before = last.size if last else ""
        return clothing_sizes.in_the_shop(wanted.size.size, article.sizes, wearer, before)
    if len(article.sizes) == 1:
        return article.sizes[0]
    return last.size if last else ""


def _wearer(item: Item, reading: Reading) -> str:
    """For whom: said of the item, else of nobody but one in the whole message."""
    own = {words.WEARERS[token.text] for token in item.of("wearer")}
    every = {words.WEARERS[token.text] for token in reading.tokens if token.role == "wearer"}
    for said in (own, every):
        if len(said) == 1:
            return next(iter(said))
    return ""


def _is_asked(item: Item, reading: Reading) -> bool:
    """Whether a message wants to know something of an item, rather than tell of it."""
    reports = [token.text for token in reading.tokens if token.role == "report"]
    if any(report in words.AFTER_SALE for report in reports):
        return False
    questions = {token.text for token in reading.tokens if token.role == "question"}
    matters = any(token.role == "matter" for token in reading.tokens)
    said = _Said(set(asks_of(reading)), questions, bool(reports), matters)
    heads = item.of("head")
    if not heads:
        return _is_follow_up(item, said, reading)
    anything = {head.text for head in heads}.issubset(words.ANYTHING)
    if anything and not (item.of("colour") or item.of("concept")):
        return False
    return _is_named_question(item, said, reading)


def _is_named_question(item: Item, said: _Said, reading: Reading) -> bool:
    if said.asks & _FIRM or (said.asks and not said.reports):
        return True
    if Ask.WISH in said.asks and (item.of("colour") or item.of("size")):
        return True
    if said.reports:
        return False
    if all(head.typo and len(head.text) < 3 for head in item.of("head")):
        return bool(item.of("colour") or item.of("size"))
    return not said.questions.isdisjoint(words.QUESTIONS) or _coverage(reading) >= _TERSE


def _is_follow_up(item: Item, said: _Said, reading: Reading) -> bool:
    """Whether words without a name go on about what was spoken of."""
    told = bool(item.of("size") or item.of("colour"))
    pointed = bool(item.of("pointer"))
    if said.reports or said.matters:
        return told and bool(said.asks & _FIRM)
    if said.asks & _CLEAR or (said.asks & _FIRM and (told or pointed)):
        return True
    if Ask.DETAIL in said.asks and (pointed or said.questions):
        return True
    return bool(told or said.asks & _FIRM) and _coverage(reading) >= _TERSE


_COUNTED: Final = frozenset(
    "head colour shade size pointer concept wearer filler ask question".split()
)


def _coverage(reading: Reading) -> float:
    """The part of the letters that belongs to goods or says nothing."""
    letters = sum(map(str.isalnum, reading.folded))
    told = sum(
        sum(map(str.isalnum, reading.folded[token.start : token.end]))
        for token in reading.tokens
        if token.role in _COUNTED
    )
    return told / letters if letters else 0.0
