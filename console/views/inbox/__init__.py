"""The inbox screen and its parts."""

from console.views.inbox.screen import InboxScreen

__all__ = ["InboxScreen"]
