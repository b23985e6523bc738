"""What a member's question about goods looks like to the screens: frozen values."""

from __future__ import annotations

from datetime import datetime

from console.desk.types import ProductChoice, Value, VariantChoice


class GoodsItem(Value, frozen=True, kw_only=True):
    """An article in one colour and size.

    Attributes:
        variant_id: 0 when it is not made in that colour or size, or none is left in any.
        colour: as the shop calls it; as the member said it where it is not made so.
        units: that can be sold now.
        awaited: none is left, and she is told when it is back.
    """

    product_id: int
    variant_id: int = 0
    name: str
    name_en: str = ""
    colour: str = ""
    colour_en: str = ""
    size: str = ""
    picture: str = ""
    units: int = 0
    shelf: str = ""
    awaited: bool = False


class Meant(Value, frozen=True, kw_only=True):
    """One article that may be meant, in the colours and sizes that may be: at least one item."""

    items: tuple[GoodsItem, ...]


class AskedLine(Value, frozen=True, kw_only=True):
    """One article asked about; with several ``meant`` or several items a person chooses.

    ``number`` is its place in the message.
    """

    number: int
    meant: tuple[Meant, ...]

    @property
    def only(self) -> GoodsItem | None:
        """What is asked for when nothing is left to choose."""
        if len(self.meant) == 1 and len(self.meant[0].items) == 1:
            return self.meant[0].items[0]
        return None


class AskedAbout(Value, frozen=True, kw_only=True):
    """The newest question of goods that nobody answered yet.

    Attributes:
        message_key: the ``client_id`` of her message.
        text: her words.
        lines: articles that are not settled, at least one.
        several: she asked about more than one; each answer names the message then.
    """

    conversation_id: int
    member_id: int
    message_id: int
    message_key: str
    text: str
    lines: tuple[AskedLine, ...]
    several: bool = False


class EnquiryReply(Value, frozen=True, kw_only=True):
    """What was done for an answer.

    Attributes:
        words: the answer in the member's language.
        key: of the bubble, "" when the words were not sent.
        hold: its ``client_id``, "" without one.
        until: until when it is kept; ``None``: only asked for as yet.
        place: her place in the waitlist by its ``client_id``, "" without one.
    """

    words: str
    key: str = ""
    hold: str = ""
    until: datetime | None = None
    place: str = ""


class SimilarGoods(Value, frozen=True, kw_only=True):
    """Something alike that is there in the asked size."""

    product: ProductChoice
    variant: VariantChoice


class AlreadyKept(Exception):  # noqa: N818 - not a fault: a colleague was quicker
    """It is kept for her already; ``words`` would tell her so."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
