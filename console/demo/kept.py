"""What the sample shop's members asked to be kept, as their talks say, or wait for.  Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from console.demo import trade
from console.demo.talks import Chat, ChatMessage

Rows = dict[str, list[dict[str, Any]]]

_ASKS: Final = ("留一件", "留着")
_HOURS: Final = 48
_WAITING: Final = ((2, 5, 9), (4,), (7, 1))
"""Members who wait for each of the first things that are sold out."""


def holds(rows: Rows, chats: tuple[Chat, ...], shop_id: int, now: datetime) -> None:
    """One for each wish: kept when staff answered it, else still asked for."""
    for row in rows["variant"]:
        row["held"] = 0
    rows["hold"] = []
    for chat in chats:
        for place, said in enumerate(chat.messages):
            if said.sender == "member" and said.about and any(ask in said.text for ask in _ASKS):
                answered = any(later.sender == "staff" for later in chat.messages[place:])
                rows["hold"].append(_hold(rows, chat, said, now, answered=answered))
    for number, row in enumerate(rows["hold"], 1):
        row |= {"id": number, "client_id": f"sample-hold-{number}", "shop_id": shop_id}


def _hold(
    rows: Rows, chat: Chat, said: ChatMessage, now: datetime, *, answered: bool
) -> dict[str, Any]:
    assert said.about is not None
    product_id, variant_id = trade.ids_of(said.about)
    product, variant = rows["product"][product_id - 1], rows["variant"][variant_id - 1]
    until, state = said.at + timedelta(hours=_HOURS), "asked"
    if answered:
        state = "confirmed" if until > now else "lapsed"
    variant["held"] += state == "confirmed"
    return {
        "member_id": chat.member, "variant_id": variant_id, "quantity": 1, "state": state,
        "title": f"{product['name']} {variant['size']}",
        "title_en": f"{product['name_en']} {variant['colour_en']} {variant['size']}",
        "expires_at": until if answered else None, "at": said.at,
    }  # fmt: skip


def waits(rows: Rows, shop_id: int, now: datetime) -> None:
    """Who asked for what is sold out and is told when it is back, the first first."""
    sold_out = [row for row in rows["variant"] if row["stock"] <= row["held"]][: len(_WAITING)]
    rows["waitlist"] = [
        {"shop_id": shop_id, "member_id": member, "variant_id": variant["id"],
         "asked_at": now - timedelta(hours=5 + 11 * member)}
        for variant, members in zip(sold_out, _WAITING, strict=False)
        for member in sorted(members, reverse=True)
    ]  # fmt: skip
    for number, row in enumerate(rows["waitlist"], 1):
        row |= {"id": number, "client_id": f"sample-wait-{number}"}
