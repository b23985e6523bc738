"""Scopes: which part of the feed a row belongs to, and who holds which by default.

No queries.  Staff scopes: ``shop``, ``members``, ``products``, ``trade``, ``campaigns``,
``chats/<shop>``, ``drafts/<staff>``.  Member scopes: ``self/<member>`` and
``chat/<conversation>``.  For one reader a row lies in exactly one scope.
"""

from __future__ import annotations

from datetime import timedelta

HISTORY = timedelta(days=180)
"""Messages older than this stay on the relay: a new replica fetches them when they are read."""

RECIPIENTS = timedelta(days=60)
"""Recipients of campaigns frozen longer ago stay on the relay, too."""

WAITS = timedelta(days=800)
"""Waits that began longer ago stay on the relay: figures look back over two years."""

MOVEMENTS = timedelta(days=180)
"""Movements of stock longer ago stay on the relay."""

OFFERS = timedelta(days=28)
"""A new phone is not told of offers that ended longer ago."""

STAFF_TABLES: dict[str, tuple[str, ...]] = {
    "shop": ("shop", "setting", "staff", "quick_reply"),
    "chats": ("conversation", "participant", "message", "note", "scheduled", "wait"),
    "drafts": ("draft", "quick_reply"),
    "members": ("member", "member_tag", "consent", "member_merge"),
    "products": ("product", "variant", "stock_movement"),
    "trade": (
        "fitting_room",
        "fitting",
        "visit",
        "purchase",
        "enquiry",
        "hold",
        "waitlist",
        "coupon",
    ),
    "campaigns": (
        "campaign",
        "template",
        "segment",
        "offer",
        "campaign_tally",
        "readership",
        "recipient",
        "question_answer",
    ),
}
"""Tables by kind of staff scope, most useful first: a new replica pages them in this order.

The shop's quick replies lie in ``shop``, a staff member's own in her ``drafts``.
"""

MEMBER_TABLES: dict[str, tuple[str, ...]] = {
    "self": (
        "shop",
        "setting",
        "member",
        "hold",
        "waitlist",
        "fitting",
        "coupon",
        "offer",
        "question_answer",
    ),
    "chat": ("conversation", "participant", "message"),
}
"""Tables by kind of member scope."""


def kind_of(scope: str) -> str:
    """``chats/1`` → ``chats``."""
    return scope.partition("/")[0]


def key_of(scope: str) -> int:
    """``chats/1`` → 1; a scope without a key → 0."""
    return int(scope.partition("/")[2] or 0)


def is_canonical(scope: str) -> bool:
    """Whether it is spelled as rows are filed: ``chats/1``, never ``chats/01`` or ``shop/``."""
    _, slash, key = scope.partition("/")
    return not slash or (key.isdecimal() and key == str(int(key)) and key != "0")


def staff_scopes(shop_id: int, staff_id: int) -> list[str]:
    """What a staff member of ``shop_id`` may see, most useful first."""
    own = [f"chats/{shop_id}", f"drafts/{staff_id}"]
    return ["shop", *own, "members", "products", "trade", "campaigns"]


def member_scopes(member_id: int, conversation_id: int) -> list[str]:
    """What a joined member may see."""
    return [f"self/{member_id}", f"chat/{conversation_id}"]
