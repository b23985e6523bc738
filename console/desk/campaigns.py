"""Campaigns: drafts kept as they are written, then sent, stopped, taken back, sent again.

What is written is durable when a method returns and shows at once, also without a line; a
refused change stays with its reason.  What sends something needs the line.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from console.desk import campaign_items, campaign_templates
from console.desk.campaign_audience import AudienceAsker
from console.desk.campaign_items import Gallery
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
from console.desk.draft_photos import DraftPhotos
from console.desk.identity import new_client_id
from console.domain import audiences
from console.domain.campaigns import TRIAL
from console.domain.photo_shapes import Shape
from console.domain.templates import Facts
from console.store import overlay_campaigns, replica_campaigns, replica_queries
from console.store.overlay_campaigns import LaidCampaign, LaidTemplate
from console.store.replica import Connection
from console.sync.http import Offline
from console.wire.campaign_rows import CampaignRow, TemplateRow
from console.wire.commands import (
    CancelCampaign,
    Command,
    FreezeCampaign,
    PauseCampaign,
    RecallCampaign,
    RemoveCampaign,
    RemoveTemplate,
    ResendCampaign,
    ResumeCampaign,
    ScheduleCampaign,
    SendCampaignNow,
    UndoCampaign,
)
from console.wire.errors import Code, Refusal
from console.wire.frames import MAX_TEXT_CHARS

if TYPE_CHECKING:
    from console.desk.inbox import InboxDesk
    from console.sync.station import Station

SCOPE: Final = "campaigns"
_TABLES: Final = frozenset({"campaign", "template", "setting", "outbox"})


class CampaignsDesk:
    """``CampaignsPort`` for the staff member of one station."""

    def __init__(self, station: Station, inbox: InboxDesk) -> None:
        self._station, self._inbox = station, inbox
        self._photos = DraftPhotos(station)
        self._asker = AudienceAsker(station, lambda: inbox.me)

    def on_changed(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after campaigns may have changed; returns what ends that."""
        return self._inbox.on_tables(_TABLES, listener)

    # --- looking --------------------------------------------------------------------------

    async def all(self) -> list[CampaignItem]:
        """Every campaign here, in order."""
        laid, _, gallery = await self._laid()
        stopped = await self._station.read(replica_campaigns.stopped_by_a_restore)
        progress, revs = self._station.pump.progress, self._station.outbox.draft_revs
        return campaign_items.in_order([
            campaign_items.item_of(
                each, gallery, progress,
                revs.get(overlay_campaigns.lane(each.row.client_id), 0), stopped.get(each.row.id),
            )
            for each in laid if each.row.kind != TRIAL
        ])  # fmt: skip

    async def one(self, client_id: str) -> CampaignItem | None:
        """One of them; ``None``: it is gone."""
        return next((each for each in await self.all() if each.client_id == client_id), None)

    async def _laid(self) -> tuple[list[LaidCampaign], list[LaidTemplate], Gallery]:
        entries = self._station.outbox.entries
        rows, kept = await self._station.read(_rows, self._inbox.me.shop_id)
        laid = overlay_campaigns.laid_over(rows, entries)
        templates = overlay_campaigns.templates_laid_over(kept, entries)
        uploads = dict(self._photos.fresh)
        for campaign in laid:
            uploads.update(campaign.uploads)
        for template in templates:
            uploads.update(template.uploads)
        gallery = Gallery(self._station.outbox.folder, uploads)
        gallery.know(rows, kept)
        return laid, templates, gallery

    async def _known(self, client_id: str) -> LaidCampaign | None:
        laid, _, _ = await self._laid()
        return next((each for each in laid if each.row.client_id == client_id), None)

    # --- drafts ---------------------------------------------------------------------------

    async def create(self, draft: CampaignDraft | None = None) -> str:
        """Begin a draft; returns its ``client_id``."""
        client_id = new_client_id()
        await self.save(client_id, draft or CampaignDraft(), 0)
        return client_id

    async def save(
        self, client_id: str, draft: CampaignDraft, base_rev: int, *, drop_beside: bool = False
    ) -> None:
        """Keep a draft: durable here when this returns.

        ``base_rev`` is the ``rev`` it was edited from; what another console saved since is kept
        beside.  Raises ``Refusal`` (too long).
        """
        if any(len(each.body) > MAX_TEXT_CHARS for each in draft.variants):
            raise Refusal(Code.TEXT_TOO_LONG, {"limit": MAX_TEXT_CHARS}, field="body")
        lane = overlay_campaigns.lane(client_id)
        own = self._station.outbox.draft_revs.get(lane, 0)
        command = campaign_items.save_of(client_id, draft, max(base_rev, own), drop=drop_beside)
        names = [photo.name for each in draft.variants for photo in each.photos]
        uploads = [self._photos.fresh[name] for name in names if name in self._photos.fresh]
        refused = [e for e in self._station.outbox.entries
                   if e.lane == lane and e.state == "failed"]  # fmt: skip
        out = self._inbox.outgoing
        if refused:
            await out.instead(refused[0].position, command, lane=lane, scope=SCOPE,
                              key=client_id, coalesce="save", uploads=uploads)  # fmt: skip
        else:
            await out.queue(command, lane=lane, scope=SCOPE, key=client_id, coalesce="save",
                            uploads=uploads)  # fmt: skip
        for upload in uploads:
            self._photos.fresh.pop(upload.client_id, None)

    async def add_photo(self, content: Path | bytes) -> DraftPhoto:
        """A durable copy of a photo or video.  Raises ``Refusal``, ``OSError``."""
        return await self._photos.add(content)

    async def drop_photo(self, photo: DraftPhoto) -> None:
        """Forget a photo that came into no draft; its copy goes."""
        await self._photos.drop(photo)

    async def shape_photo(self, photo: DraftPhoto, shape: Shape) -> DraftPhoto:
        """A photo made anew.  Raises ``Refusal``, ``OSError``, ``Offline``."""
        return await self._photos.shape(photo, shape)

    async def enlarged(self, photo: DraftPhoto) -> bytes:
        """A JPEG of its original.  Raises ``Refusal``, ``OSError``, ``Offline``."""
        return await self._photos.enlarged(photo)

    async def remove(self, client_id: str) -> None:
        """Throw a draft away."""
        known = await self._known(client_id)
        if known is not None and known.failed is not None:
            await self.discard(known.failed.position)
            if not known.row.rev:
                return  # it never came to be
        await self._stop(RemoveCampaign(client_id=client_id))

    async def discard(self, entry: int) -> None:
        """Give up a refused change and what waited for it."""
        await self._station.change_outbox(self._station.outbox.discard, entry)

    # --- whom, and what she sees ----------------------------------------------------------

    async def audience(self, draft: CampaignDraft) -> CampaignAudience | None:
        """Whom it would reach now; ``None``: a newer question took this one's place."""
        return await self._asker.ask(draft)

    async def names(self, reason: str, limit: int = 200) -> list[AudienceMember]:
        """Names behind a bar of the newest ``audience``; "" those who will receive."""
        return await self._asker.names(reason, limit)

    async def standing(self, campaign_id: int) -> list[Standing]:
        """How many recipients of a frozen campaign are in each state, and why."""
        found = await self._station.read(replica_campaigns.standing, campaign_id)
        return [Standing(state=state, reason=reason, count=count)
                for state, reason, count in found]  # fmt: skip

    async def recipients(
        self, campaign_id: int, state: str, reason: str, limit: int = 200
    ) -> list[AudienceMember]:
        """Names of recipients in one state for one reason."""
        read = self._station.read
        ids = await read(replica_campaigns.recipients, campaign_id, state, reason, limit)
        return await self._asker.members(dict.fromkeys(ids, ""))

    async def who_did(self, campaign_id: int, did: Did, limit: int = 200) -> list[AudienceMember]:
        """Names of recipients who read it, or replied to it."""
        ids = await self._station.read(replica_campaigns.who_did, campaign_id, did, limit)
        return await self._asker.members(dict.fromkeys(ids, ""))

    async def facts(self, member_id: int, draft: CampaignDraft) -> Facts:
        """What fills the fields for one member."""
        return await self._asker.facts(member_id, draft.language)

    # --- its way --------------------------------------------------------------------------

    async def freeze(self, client_id: str) -> int:
        """Fix words and audience as they are here; how many will receive it.

        Raises ``Refusal`` (``conflict``: somebody saved it meanwhile), ``Offline``.
        """
        own = self._station.outbox.draft_revs.get(overlay_campaigns.lane(client_id), 0)
        known = await self._known(client_id)
        seen = max(own, 0 if known is None else known.row.rev)
        result = await self._send(FreezeCampaign(client_id=client_id, base_rev=seen))
        known = await self._known(client_id)
        defer = known is not None and known.row.defer
        return audiences.to_receive(result.get("counts", {}), defer=defer)

    async def schedule(
        self, client_id: str, at: datetime | None = None, *, confirm: int = 0
    ) -> datetime | None:
        """Send at its time, or in a minute; when that is.  Raises ``Refusal``, ``Offline``."""
        await self._send(ScheduleCampaign(client_id=client_id, at=at, confirm=confirm))
        known = await self._known(client_id)
        return known.row.next_at if known is not None else None

    async def send_now(self, client_id: str, *, confirm: int = 0) -> None:
        """Send without the minute of grace.  Raises ``Refusal``, ``Offline``."""
        await self._send(SendCampaignNow(client_id=client_id, confirm=confirm))

    async def undo(self, client_id: str) -> None:
        """A draft again."""
        await self._stop(UndoCampaign(client_id=client_id))

    async def pause(self, client_id: str) -> None:
        """Nothing more leaves."""
        await self._stop(PauseCampaign(client_id=client_id))

    async def resume(self, client_id: str) -> None:
        """Go on.  Raises ``Refusal``, ``Offline``."""
        await self._send(ResumeCampaign(client_id=client_id))

    async def cancel(self, client_id: str) -> None:
        """Who has not got it never will."""
        await self._stop(CancelCampaign(client_id=client_id))

    async def recall(self, client_id: str, correction: str = "") -> None:
        """Take it back; ``correction`` goes to those who had read it."""
        words = correction.strip()
        await self._stop(RecallCampaign(
            client_id=client_id, correction=words, correction_id=new_client_id() if words else "",
        ))  # fmt: skip

    async def resend(self, client_id: str, to: str) -> str:
        """A draft for those who were ``unreached`` or did not read it (``unread``)."""
        new_id = new_client_id()
        await self._send(ResendCampaign(client_id=client_id, new_id=new_id, to=to))
        return new_id

    async def _send(self, command: Any) -> dict[str, Any]:
        """What lets messages go needs an answer now."""
        out = self._inbox.outgoing
        if not out.is_up:
            raise Offline
        lane = overlay_campaigns.lane(command.client_id)
        await self._forget_unanswered(lane)
        result = await out.call(command, lane=lane, scope=SCOPE, key=command.client_id)
        return result if isinstance(result, dict) else {}

    async def _stop(self, command: Any) -> None:
        """What holds messages back may wait for the line."""
        out, lane = self._inbox.outgoing, overlay_campaigns.lane(command.client_id)
        await self._forget_unanswered(lane)
        if out.is_up:
            await out.call(command, lane=lane, scope=SCOPE, key=command.client_id)
        else:
            await out.queue(command, lane=lane, scope=SCOPE, key=command.client_id)

    async def _forget_unanswered(self, lane: str) -> None:
        """What nobody answered in time keeps nothing back that is asked for since."""
        for entry in self._station.outbox.entries:
            if entry.lane == lane and entry.code == Code.CAMPAIGN_UNANSWERED:
                await self.discard(entry.position)

    # --- templates ------------------------------------------------------------------------

    async def templates(self, language: str) -> list[TemplateItem]:
        """Own ones, then the trade's starter set in ``zh`` or ``en``."""
        _, laid, gallery = await self._laid()
        own = [campaign_items.template_of(each, gallery) for each in laid]
        own.sort(key=lambda item: (item.title.casefold(), item.client_id))
        return [*own, *campaign_templates.starter_set(language)]

    async def keep_template(self, title: str, draft: CampaignDraft, at: int) -> None:
        """Keep the ``at``-th version's words and photos, the offer and the question.

        Raises ``Refusal``: photos that are not on the relay yet cannot be kept.
        """
        key, zone = new_client_id(), self._inbox.me.timezone
        command = campaign_templates.save_of(key, title, draft, at, datetime.now(UTC), zone)
        await self._queue_template(command, key)

    async def remove_template(self, client_id: str) -> None:
        """Keep it no longer."""
        await self._queue_template(RemoveTemplate(client_id=client_id), client_id)

    async def _queue_template(self, command: Command, key: str) -> None:
        lane = overlay_campaigns.template_lane(key)
        await self._inbox.outgoing.queue(command, lane=lane, scope=SCOPE, key=key)


def _rows(db: Connection, shop_id: int) -> tuple[list[CampaignRow], list[TemplateRow]]:
    rows: list[CampaignRow] = replica_queries.table_rows(db, "campaign")
    kept: list[TemplateRow] = replica_queries.table_rows(db, "template")
    here = [row for row in rows if row.shop_id == shop_id or not shop_id]
    return here, kept
