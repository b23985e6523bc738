"""Who sends a command or reads the feed.  A value; authority never comes from a payload."""

from __future__ import annotations

from dataclasses import dataclass

from console.store import scopes


@dataclass(frozen=True, slots=True)
class Actor:
    """A reader as the relay knows her.

    Attributes:
        kind: ``staff``, ``member`` or ``relay`` (its own handlers and scheduler).
        id: ``staff.id`` or ``member.id``; 0 for the relay.
        device_id: the device she speaks through; 0 for the relay.
        role: ``owner`` or ``clerk`` of staff, else "".
        shop_id: where she belongs.
        conversation_id: a member's direct conversation, or 0.
        name: what others see of her.
        scopes: the scopes granted to her, most useful first.
    """

    kind: str
    id: int = 0
    device_id: int = 0
    role: str = ""
    shop_id: int = 1
    conversation_id: int = 0
    name: str = ""
    scopes: tuple[str, ...] = ()

    @property
    def audience(self) -> str:
        """Which projection of rows she gets: ``owner``, ``clerk`` or ``member``."""
        return self.role if self.kind == "staff" else "member"

    def may_chat(self, conversation_id: int, shop_id: int) -> bool:
        """Whether a conversation of that shop lies in her scopes."""
        if self.kind == "staff":
            return f"chats/{shop_id}" in self.scopes
        return f"chat/{conversation_id}" in self.scopes

    def holds(self, kind: str) -> bool:
        """Whether any scope of that kind is granted to her (the relay holds all)."""
        return self.kind == "relay" or any(scopes.kind_of(name) == kind for name in self.scopes)

    @property
    def label(self) -> str:
        """``staff:2`` for ledgers and logs."""
        return f"{self.kind}:{self.id}"


RELAY = Actor(kind="relay")
"""The relay itself."""
