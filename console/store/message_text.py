"""The words of a message besides its body that can be looked for: captions and its card.

As the bubbles show them, so that what is found can be marked there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from console.wire.row_parts import MediaRef, ProductCard

NO_CARD = "null"
"""How a replica writes that there is none."""
_MEDIA = msgspec.json.Decoder(list[MediaRef])
_CARD = msgspec.json.Decoder(ProductCard | None)


def others(media: Sequence[MediaRef], card: ProductCard | None) -> tuple[str, ...]:
    """Captions in order, then the card's title in Chinese and, where it differs, in English."""
    found = [each.caption for each in media if each.caption]
    if card is not None:
        found += dict.fromkeys((card.title(english=False), card.title(english=True)))
    return tuple(found)


def of_row(struct: Any) -> tuple[str, ...]:
    """Everything a message row says; nothing once it was taken back or moved."""
    if struct.recalled_at is not None or struct.kind == "moved":
        return ()
    return tuple(part for part in (struct.body, *others(struct.media, struct.card)) if part)


def of_columns(body: str, media: str, card: str) -> tuple[str, ...]:
    """The same of a row as the replica keeps it, of which something is shown."""
    if media == "[]" and card == NO_CARD:
        return (body,) if body else ()
    shown = others(_MEDIA.decode(media), _CARD.decode(card))
    return tuple(part for part in (body, *shown) if part)
