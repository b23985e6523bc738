"""What the screens may call about questions of goods.

``desk.enquiries.EnquiriesDesk`` is the real thing.
"""

from __future__ import annotations

from typing import Protocol

from console.desk.enquiry_types import AskedAbout, EnquiryReply, GoodsItem, SimilarGoods
from console.domain.holds import DEFAULT_HOURS


class EnquiriesPort(Protocol):
    """Recognises what members ask for, and answers with stock kept."""

    async def asked_about(self, conversation_id: int) -> AskedAbout | None:
        """What the newest open question asks for; ``None`` for no question of goods."""
        ...

    async def answer(
        self,
        asked: AskedAbout,
        item: GoodsItem,
        *,
        send: bool = True,
        note: bool = False,
        hours: float = DEFAULT_HOURS,
    ) -> EnquiryReply:
        """Keep one unit for her so long where there is any, record what she asked, and tell her.

        Without ``send`` the words are only returned.  ``note``: where there is none she waits
        for it, and is told when it is back.  Raises ``Refusal`` (``stock.none``: sold
        meanwhile; nothing was sent) and ``AlreadyKept`` (a colleague was quicker).
        """
        ...

    async def take_back(self, reply: EnquiryReply) -> None:
        """Recall the answer, let go of what was kept and give up her place.  Raises ``Refusal``."""
        ...

    async def similar(self, item: GoodsItem) -> list[SimilarGoods]:
        """What is alike and there in the asked size, the most alike first."""
        ...

    async def record(self, asked: AskedAbout, item: GoodsItem) -> None:
        """She asked about this; kept once for each message."""
        ...

    async def dismiss(self, message_id: int, *, on: bool = True) -> None:
        """Suggest nothing for this message any more on this computer, or (``on=False``) again."""
        ...
