"""Signals: typing and viewing, passed on to who may see the conversation, never stored."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from sqlalchemy import select

from console.relay.lookups import is_blocked
from console.store import tables
from console.wire.codec import encode
from console.wire.errors import Code
from console.wire.frames import RefusedFrame, SignalFrame

if TYPE_CHECKING:
    from console.relay.core import RelayCore
    from console.relay.session import Session

_MAX_KNOWN = 10_000


class Signals:
    """Passes signals on and remembers which shop a conversation belongs to."""

    def __init__(self, core: RelayCore) -> None:
        self._core = core
        self._shops: OrderedDict[int, int] = OrderedDict()

    async def pass_on(self, session: Session, frame: SignalFrame) -> None:
        """Tell everybody else who may see the conversation; a stranger's signal goes nowhere.

        A blocked member is told so.
        """
        actor, conversation_id = session.actor, frame.conversation_id
        shop_id = await self._shop_of(conversation_id)
        if shop_id is None or not actor.may_chat(conversation_id, shop_id):
            return
        if actor.kind == "member" and await self._core.read(
            lambda connection: is_blocked(connection, actor.id)
        ):
            self._core.counters.refused_frames += 1
            session.send(RefusedFrame(code=Code.MEMBER_BLOCKED.value))
            return
        names = [f"chats/{shop_id}"]
        if frame.kind == "typing":
            # That staff look at her chat is nothing a member needs to know.
            names.append(f"chat/{conversation_id}")
        data = encode(
            SignalFrame(
                kind=frame.kind, conversation_id=conversation_id, sender_kind=actor.kind,
                sender_id=actor.id, name=actor.name, on=frame.on,
            )
        )  # fmt: skip
        for other in self._core.hub.watching(names):
            if (other.actor.kind, other.actor.id) != (actor.kind, actor.id) and other.live:
                other.send_bytes(data)

    async def _shop_of(self, conversation_id: int) -> int | None:
        known = self._shops.get(conversation_id)
        if known is not None:
            return known
        conversation = tables.conversation
        query = select(conversation.c.shop_id).where(conversation.c.id == conversation_id)
        shop_id = await self._core.read(lambda connection: connection.scalar(query))
        if shop_id is not None:
            self._shops[conversation_id] = shop_id
            if len(self._shops) > _MAX_KNOWN:
                self._shops.popitem(last=False)
        return shop_id
