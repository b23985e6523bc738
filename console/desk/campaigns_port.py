"""What the screens may call about campaigns.  ``desk.campaigns.CampaignsDesk`` is the real thing.

Drafts are edited offline and durable when a method returns.  What sends something needs the
line and says so (``Refusal``, ``Offline``); what stops it waits in the outbox without one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from console.desk.campaign_types import (
    AudienceMember,
    CampaignAudience,
    CampaignDraft,
    CampaignItem,
    Did,
    DraftPhoto,
    Standing,
    TemplateItem,
)
from console.domain.photo_shapes import Shape
from console.domain.templates import Facts


class CampaignsPort(Protocol):
    """Campaigns: drafted, counted, previewed, sent, stopped, taken back."""

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` in the GUI thread after campaigns or templates may have changed."""
        ...

    async def all(self) -> list[CampaignItem]:
        """Every campaign here: under way, drafts, then what is over, the newest first."""
        ...

    async def one(self, client_id: str) -> CampaignItem | None:
        """One of them; ``None``: it is gone."""
        ...

    # --- drafts ---

    async def create(self, draft: CampaignDraft | None = None) -> str:
        """Begin a draft; returns its ``client_id``."""
        ...

    async def save(
        self, client_id: str, draft: CampaignDraft, base_rev: int, *, drop_beside: bool = False
    ) -> None:
        """Keep a draft: durable here at once, on the other consoles soon."""
        ...

    async def add_photo(self, content: Path | bytes) -> DraftPhoto:
        """A durable copy of a photo or video, looked at in the limited child.

        Raises ``Refusal``, ``OSError``.
        """
        ...

    async def drop_photo(self, photo: DraftPhoto) -> None:
        """Forget a photo that came into no draft; its copy goes."""
        ...

    async def shape_photo(self, photo: DraftPhoto, shape: Shape) -> DraftPhoto:
        """A photo made anew out of the original of ``photo``, turned and cut; plain: that itself.

        Raises ``Refusal``, ``OSError``, and ``Offline`` when the original is only on the relay.
        """
        ...

    async def enlarged(self, photo: DraftPhoto) -> bytes:
        """A JPEG of the original of ``photo``, as large as a screen.  Raises as ``shape_photo``."""
        ...

    async def remove(self, client_id: str) -> None:
        """Throw a draft away."""
        ...

    async def discard(self, entry: int) -> None:
        """Give up a refused change and what waited for it."""
        ...

    # --- whom, and what she sees ---

    async def audience(self, draft: CampaignDraft) -> CampaignAudience | None:
        """Whom it would reach now; ``None``: a newer question took this one's place."""
        ...

    async def names(self, reason: str, limit: int = 200) -> list[AudienceMember]:
        """Names behind a bar of the newest ``audience``; "" those who will receive."""
        ...

    async def standing(self, campaign_id: int) -> list[Standing]:
        """How many recipients of a frozen campaign are in each state, and why."""
        ...

    async def recipients(
        self, campaign_id: int, state: str, reason: str, limit: int = 200
    ) -> list[AudienceMember]:
        """Names of recipients in one state for one reason."""
        ...

    async def who_did(self, campaign_id: int, did: Did, limit: int = 200) -> list[AudienceMember]:
        """Names of recipients who read it, or replied to it, as far as their rows are here."""
        ...

    async def facts(self, member_id: int, draft: CampaignDraft) -> Facts:
        """What fills the fields for one member."""
        ...

    # --- its way ---

    async def freeze(self, client_id: str) -> int:
        """Fix words and audience; how many may receive it."""
        ...

    async def schedule(
        self, client_id: str, at: datetime | None = None, *, confirm: int = 0
    ) -> datetime | None:
        """Send at its time, or in a minute; when that is."""
        ...

    async def send_now(self, client_id: str, *, confirm: int = 0) -> None:
        """Send without the minute of grace."""
        ...

    async def undo(self, client_id: str) -> None:
        """A draft again."""
        ...

    async def pause(self, client_id: str) -> None:
        """Nothing more leaves."""
        ...

    async def resume(self, client_id: str) -> None:
        """Go on."""
        ...

    async def cancel(self, client_id: str) -> None:
        """Who has not got it never will."""
        ...

    async def recall(self, client_id: str, correction: str = "") -> None:
        """Take it back; ``correction`` goes to those who had read it."""
        ...

    async def resend(self, client_id: str, to: str) -> str:
        """A draft for those who were ``unreached`` or did not read it (``unread``)."""
        ...

    # --- templates ---

    async def templates(self, language: str) -> list[TemplateItem]:
        """Own ones, then the trade's starter set in ``zh`` or ``en``."""
        ...

    async def keep_template(self, title: str, draft: CampaignDraft, at: int) -> None:
        """Keep the ``at``-th version's words and photos, the offer and the question."""
        ...

    async def remove_template(self, client_id: str) -> None:
        """Keep it no longer."""
        ...
