"""The tokens of a message shared out among the articles it speaks of, and what is asked.  Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

from console.domain import clothing_sizes
from console.domain import enquiry_words as words
from console.domain.answers import negated
from console.domain.enquiry_tokens import Reading, Role, Token
from console.domain.enquiry_words import Ask
from console.domain.garment_features import KIND_WORDS

_SAYS_SOMETHING: Final = frozenset({"head", "colour", "shade", "size", "pointer", "concept"})
_BESIDE_A_COLOUR: Final = frozenset({"head", "size", "colour", "concept", "pointer", "wearer"})
_MOST_PAIRS: Final = 6
_ASK_OF: Final = {word: Ask(ask) for ask, listed in words.ASKS.items() for word in listed}


@dataclass(frozen=True, slots=True)
class Item:
    """One article of a message: its tokens in order, and what is asked of it."""

    tokens: tuple[Token, ...]
    asks: tuple[Ask, ...]
    name: str
    """What it is called, without colour and size: folded, slips put right."""

    def of(self, role: Role) -> tuple[Token, ...]:
        """Its tokens of one role."""
        return tuple(token for token in self.tokens if token.role == role)

    def span(self) -> tuple[int, int]:
        """From its first word to behind its last."""
        said = [token for token in self.tokens if token.role in _SAYS_SOMETHING]
        said = said or [token for token in self.tokens if token.role == "ask"]
        return said[0].start, said[-1].end

    def pairs(self) -> list[tuple[Token | None, Token | None]]:
        """Colours with sizes: as they alternate ("白的S 黑的M"), else each with each."""
        colours = [token for token in self.tokens if token.role in {"colour", "shade"}]
        sizes = list(self.of("size"))
        apart = len(colours) == len(sizes) > 1 and all(
            one.start < two.start for one, two in zip(sizes, colours[1:], strict=False)
        )
        if apart:
            return list(zip(colours, sizes, strict=True))
        return list(product(_different(colours), _different(sizes)))[:_MOST_PAIRS]


def _different(tokens: Sequence[Token]) -> list[Token | None]:
    found = {token.size or token.text.removesuffix("色"): token for token in reversed(tokens)}
    return [*reversed(found.values())] or [None]


def items_of(reading: Reading) -> list[Item]:
    """The articles a message speaks of, in its order; one without a name when it names none.

    A body's height with its weight asks for a size and is none.
    """
    weighed = clothing_sizes.weight_said(reading.folded)
    tokens = [
        token for token in _meant(reading)
        if token.role != "noise" and not (weighed and token.size and token.size.how == "height")
    ]  # fmt: skip
    parts = list(_parts(tokens, reading.folded))
    asks = [tuple(_asks(part)) for part in parts]
    telling = _SAYS_SOMETHING if len(parts) > 1 else _SAYS_SOMETHING | {"ask"}
    return [
        Item(tuple(part), _shared(asks, place), _name(part, reading.folded))
        for place, part in enumerate(parts)
        if any(token.role in telling for token in part)
    ]


def asks_of(reading: Reading) -> tuple[Ask, ...]:
    """Everything that is asked."""
    return tuple(_asks(reading.tokens))


def _asks(tokens: Sequence[Token]) -> Iterator[Ask]:
    yield from dict.fromkeys(_ASK_OF[token.text] for token in tokens if token.role == "ask")


def _shared(asks: Sequence[tuple[Ask, ...]], place: int) -> tuple[Ask, ...]:
    """What is asked of an item: by itself, else behind it, else before it."""
    around = (asks[place], *asks[place + 1 :], *reversed(asks[:place]))
    return next((each for each in around if each), ())


def _meant(reading: Reading) -> Iterator[Token]:
    """Without what is no colour where it stands, and what she does not want."""
    tokens = reading.tokens
    for place, token in enumerate(tokens):
        if token.role == "colour" and not _is_colour(reading.folded, tokens, place):
            continue
        if token.role in {"colour", "head"} and negated(
            reading.folded[max(0, token.start - 12) : token.start]
        ):
            continue
        yield token


def _is_colour(text: str, tokens: Sequence[Token], place: int) -> bool:
    """A single character is a colour only beside something that can have one."""
    token = tokens[place]
    if len(token.text) > 1 or text[token.end : token.end + 1] in {"的", "色", "款"}:
        return True
    beside = [*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]]
    return any(
        other.role in _BESIDE_A_COLOUR and _distance(token, other) <= 1 for other in beside
    ) or token.end - token.start == len(text.strip())


def _distance(one: Token, other: Token) -> int:
    return max(other.start - one.end, one.start - other.end)


def _parts(tokens: Sequence[Token], text: str) -> Iterator[Sequence[Token]]:
    cuts, anchor = [0], -1
    for place, token in enumerate(tokens):
        if token.role == "head":
            cut = _cut(tokens, anchor, place, text) if anchor >= 0 else 0
            cuts.extend([cut] if cut > cuts[-1] else [])
            anchor = place
        elif token.role == "pointer" and anchor < 0:
            anchor = place
    for start, end in pairwise([*cuts, len(tokens)]):
        yield tokens[start:end]


def _cut(tokens: Sequence[Token], before: int, head: int, text: str) -> int:
    """Where the item of ``head`` begins behind that of the token ``before``; 0: it is the same."""
    gap = range(before + 1, head)
    of = {
        role: [place for place in gap if tokens[place].role == role]
        for role in ("break", "size", "colour", "ask", "pointer")
    }
    breaks, sizes, colours = of["break"], of["size"], of["colour"]
    if tokens[before].role == "pointer":
        return breaks[-1] if breaks and (sizes or colours) else 0
    if of["pointer"] and tokens[head].text in KIND_WORDS:
        return 0
    if breaks:
        return breaks[-1]
    if sizes:
        return sizes[-1] + 1
    if colours:
        attached = " " not in text[tokens[colours[-1]].end : tokens[head].start]
        return colours[-1] + (0 if attached else 1)
    return of["ask"][-1] + 1 if of["ask"] else 0


def _name(tokens: Sequence[Token], text: str) -> str:
    """Names, patterns and what no term is, in their order, parted where something else stands."""
    parts: list[str] = []
    until = tokens[0].start if tokens else 0
    for token in tokens:
        parts.append(text[until : token.start])
        parts.append(token.text if token.role in {"head", "concept"} else " ")
        until = token.end
    return "".join(parts).strip()
