"""Up to which moment what is known here is complete: the present, or where the line was lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from console.desk.types import LinkState

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk


class KnownUntil:
    """Listens to the line of one staff member's desk."""

    def __init__(self, inbox: InboxDesk) -> None:
        self._inbox = inbox
        self._was_up, self._heard_at = False, datetime.min.replace(tzinfo=UTC)
        inbox.on_link(self._on_link)

    def moment(self, newest_at: datetime | None) -> tuple[datetime, bool]:
        """That moment, and whether the line is up; ``newest_at``: something known is so new."""
        now = datetime.now(UTC)
        if self._inbox.link.phase == "synced":
            return now, True
        heard = max(self._heard_at, newest_at or self._heard_at)
        return min(now, heard), False

    def _on_link(self, link: LinkState) -> None:
        if self._was_up and link.phase != "synced":
            self._heard_at = link.since
        self._was_up = link.phase == "synced"
