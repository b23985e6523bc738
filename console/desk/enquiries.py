"""Questions of goods: what the newest one asks for, and its answer with units kept.

The index that recognises is made from the replica in a reading thread, and again when what the
articles are called or made in changes; stock is looked up each time.  What it is made with is
loaded there too, so that the program opens without it.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from console.desk import enquiry_replies as replies
from console.desk import items, recents
from console.desk.enquiry_types import (
    AlreadyKept,
    AskedAbout,
    EnquiryReply,
    GoodsItem,
    SimilarGoods,
)
from console.desk.holds import HoldsDesk
from console.desk.types import NewMessage
from console.desk.waitlist import WaitlistDesk, place_name
from console.domain.holds import DEFAULT_HOURS
from console.store import overlay_trade, replica_goods, replica_talk
from console.store.replica import Connection
from console.store.replica_goods import Shape
from console.wire.commands import RecordEnquiry
from console.wire.errors import Code, Refusal

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.desk.writing import WritingDesk
    from console.domain.enquiries import Recogniser
    from console.sync.station import Station

_SIMILAR: Final = 6
_DISMISSED: Final = 500
_SCOPE: Final = "trade"


class EnquiriesDesk:
    """``EnquiriesPort`` for the staff member of one station."""

    def __init__(
        self, station: Station, inbox: InboxDesk, writing: WritingDesk, holds: HoldsDesk,
        waitlist: WaitlistDesk,
    ) -> None:  # fmt: skip
        self._station, self._inbox = station, inbox
        self._writing, self._holds, self._waitlist = writing, holds, waitlist
        self._file: Path = station.outbox.folder.parent / "dismissed.json"
        self._dismissed: set[int] | None = None
        self._shape: Shape | None = None
        self._recogniser: Recogniser | None = None
        self._stale = True
        self._making = asyncio.Lock()
        inbox.on_tables({"product", "variant"}, self._grow_stale)

    def _grow_stale(self) -> None:
        self._stale = True

    # --- questions ------------------------------------------------------------------------

    async def asked_about(self, conversation_id: int) -> AskedAbout | None:
        """What the newest open question asks for; ``None`` for no question of goods."""
        recogniser, dismissed = await self._known(), await self._hidden()
        # Its thread has loaded this meanwhile.
        from console.desk import enquiry_making as making  # noqa: PLC0415

        return await self._station.read(
            making.asked_about, recogniser, conversation_id, self._station.outbox.entries, dismissed
        )

    async def similar(self, item: GoodsItem) -> list[SimilarGoods]:
        """What is alike and there in the asked size, the most alike first."""
        return await self._station.read(_similar, await self._known(), item)

    async def _known(self) -> Recogniser:
        async with self._making:
            if self._recogniser is None or self._stale:
                self._stale = False
                made = await self._station.read(_made, self._shape, self._recogniser)
                self._shape, self._recogniser = made
            return self._recogniser

    async def _hidden(self) -> set[int]:
        if self._dismissed is None:
            kept = await asyncio.to_thread(recents.load, self._file, _DISMISSED)
            self._dismissed = {int(each) for each in kept if each.isdecimal()}
        return self._dismissed

    # --- answers --------------------------------------------------------------------------

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
        reply = await self._kept(asked, item, hours, note=note)
        await self.record(asked, item)
        if not send:
            return reply
        quoted = asked.message_id if asked.several else 0
        message = NewMessage(body=reply.words, reply_to=quoted)
        key = await self._writing.send(asked.conversation_id, message)
        return EnquiryReply(words=reply.words, key=key, hold=reply.hold, until=reply.until,
                            place=reply.place)  # fmt: skip

    async def take_back(self, reply: EnquiryReply) -> None:
        """Recall the answer, let go of what was kept and give up her place.  Raises ``Refusal``."""
        if reply.key:
            await self._inbox.recall(reply.key)
        if reply.hold:
            await self._holds.let_go(reply.hold)
        if reply.place:
            await self._waitlist.leave(reply.place)

    async def record(self, asked: AskedAbout, item: GoodsItem) -> None:
        """She asked about this; kept once for each message."""
        from console.desk import enquiry_making as making  # noqa: PLC0415

        known = await self._station.read(
            making.recorded_already, asked.member_id, asked.message_id,
            self._station.outbox.entries, item.product_id,
        )  # fmt: skip
        if not known:
            command = RecordEnquiry(
                member_id=asked.member_id, product_id=item.product_id, source="message",
                variant_id=item.variant_id or None, message_id=asked.message_id,
            )  # fmt: skip
            lane = overlay_trade.enquiry_lane(asked.member_id)
            await self._inbox.outgoing.queue(command, lane=lane, scope=_SCOPE)

    async def dismiss(self, message_id: int, *, on: bool = True) -> None:
        """Suggest nothing for this message any more on this computer, or (``on=False``) again."""
        hidden = await self._hidden()
        (hidden.add if on else hidden.discard)(message_id)
        keep = recents.remember if on else recents.forget
        await asyncio.to_thread(keep, self._file, str(message_id), _DISMISSED)

    # --- inside ---------------------------------------------------------------------------

    async def _kept(
        self, asked: AskedAbout, item: GoodsItem, hours: float, *, note: bool
    ) -> EnquiryReply:
        language = replies.language_of(asked.text)
        if not item.units:
            return await self._missing(asked, item, language, note=note)
        from console.desk import enquiry_making as making  # noqa: PLC0415

        names = making.hold_names(asked.message_key, item.variant_id)
        name = await self._station.read(
            making.free_name, names, asked.member_id, self._station.outbox.entries
        )
        try:
            until = await self._holds.keep_for(name, asked.member_id, item.variant_id, hours)
        except Refusal as refusal:
            if refusal.code != Code.HOLD_STATE:
                raise
            raise AlreadyKept(replies.already(item, language)) from refusal
        if until is None:
            return EnquiryReply(words=replies.asked(item, language), hold=name)
        local = until.astimezone(ZoneInfo(self._inbox.me.timezone))
        return EnquiryReply(words=replies.kept(item, local, language), hold=name, until=until)

    async def _missing(
        self, asked: AskedAbout, item: GoodsItem, language: str, *, note: bool
    ) -> EnquiryReply:
        if not (note and item.variant_id):
            return EnquiryReply(words=replies.none_left(item, language))
        place = place_name(asked.message_key, item.variant_id)
        await self._waitlist.join(place, asked.member_id, item.variant_id)
        return EnquiryReply(words=replies.awaited(item, language), place=place)


def _made(
    db: Connection, before: Shape | None, known: Recogniser | None
) -> tuple[Shape, Recogniser]:
    """A recogniser of the articles as they are now: the known one if nothing of them changed."""
    from console.desk import enquiry_making  # noqa: F401, PLC0415
    from console.domain.enquiries import Recogniser  # noqa: PLC0415
    from console.domain.enquiry_index import Catalogue  # noqa: PLC0415

    shape = replica_goods.shape(db)
    if known is not None and shape == before:
        return shape, known
    return shape, Recogniser(Catalogue.of(*replica_goods.goods(db)))


def _similar(db: Connection, recogniser: Recogniser, item: GoodsItem) -> list[SimilarGoods]:
    from console.domain.enquiries import Candidate  # noqa: PLC0415
    from console.domain.similar_goods import similar  # noqa: PLC0415

    _, every = replica_goods.goods(db)
    wanted = Candidate(item.product_id, item.colour, item.size, item.variant_id or None, 1.0)
    variants = {each.id: each for each in every}
    found = []
    for each in similar(recogniser.catalogue, variants, wanted, _SIMILAR):
        article = replica_talk.article(db, each.product_id)
        if article is not None:
            choice = items.choice(article)
            found += [
                SimilarGoods(product=choice, variant=variant)
                for variant in choice.variants
                if variant.variant_id == each.variant_id
            ]
    return found
