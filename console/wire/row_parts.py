"""What rows are made of: their base, and the parts that several of them carry.  Pure data."""

from __future__ import annotations

import msgspec


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every synced row has: ``id`` given by the relay, ``rev`` of its last change."""

    id: int
    rev: int


class MediaRef(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a screen needs to draw a photo, voice or video before its bytes are there."""

    id: int
    mime: str
    width: int
    height: int
    size: int = 0
    """Bytes of the largest stored rendition."""
    blurhash: str = ""
    duration_ms: int = 0
    """Length of voice and video."""
    waveform: str = ""
    """Loudness of voice over its length: up to 64 hexadecimal digits, ``0`` silent."""
    caption: str = ""
    """Words under this one photo; the label of a place in a colour strip."""
    price: int | None = None
    """Cents, said behind the caption."""
    product_id: int | None = None
    """The article a campaign's photo shows; a tap on it asks about that."""
    colour: str = ""
    """In which of its colours, as the catalogue calls it; "" in several."""


class QuestionRef(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question that a message asks: one tap on a choice answers it, or words of her own.

    ``question_id`` is the campaign whose tally the answers belong to: what was sent again asks
    the same question, each week's occurrence its own.  0: it is not asked of anybody yet.
    """

    question_id: int = 0
    text: str = ""
    """"" when the message's words ask already."""
    choices: list[str] = []
    free_text: bool = False


class ProductCard(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An article as it was when it was shown to a member, who has no catalogue.

    Made by the relay out of its own rows, never out of what a command claims.
    """

    product_id: int
    variant_id: int | None = None
    name: str
    name_en: str = ""
    colour: str = ""
    colour_en: str = ""
    size: str = ""
    """Of ``variant_id``; "" when the card shows the whole article."""
    price: int = 0
    promo_price: int | None = None
    picture: str = ""
    sizes: list[str] = []
    """Sizes in stock, in the catalogue's order."""

    def title(self, *, english: bool) -> str:
        """Name with colour and size, as a bubble shows it."""
        name = (self.name_en if english else self.name) or self.name
        colour = (self.colour_en if english else self.colour) or self.colour
        return " · ".join(part for part in (name, colour, self.size) if part)
