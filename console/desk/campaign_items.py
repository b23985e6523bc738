"""Campaigns and templates as the screens get them, made of rows and what waits for them.  Pure
but for the folder of the files that are still here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from console.desk import items, question_drafts
from console.desk.campaign_types import (
    CampaignDraft,
    CampaignItem,
    DraftPhoto,
    DraftVariant,
    OtherVersion,
    Resent,
    TemplateItem,
)
from console.desk.types import PhotoItem
from console.domain.campaigns import SETTLED, State
from console.domain.segment_json import to_json
from console.domain.segment_parsing import parse
from console.domain.segments import NOBODY, Fault, Rule
from console.store.outbox import Upload
from console.store.overlay_campaigns import LaidCampaign, LaidTemplate
from console.wire.campaign_rows import (
    CampaignContent,
    CampaignRow,
    CampaignVariant,
    CampaignVersion,
    TemplateRow,
)
from console.wire.commands import PhotoNote, SaveCampaign, VariantDraft
from console.wire.rows import MediaRef, ProductCard

KEPT: Final = "media:"
"""Before the id of a medium that the relay has."""


class Gallery:
    """Where the photos are that drafts name: on the relay, or still in the outbox's folder."""

    def __init__(self, folder: Path, uploads: Mapping[str, Upload]) -> None:
        self._folder, self._uploads = folder, uploads
        self._refs: dict[int, MediaRef] = {}

    def know(self, rows: Sequence[CampaignRow], templates: Sequence[TemplateRow]) -> None:
        """Media that rows hold."""
        versions = [row.content for row in rows]
        versions += [version.content for row in rows for version in row.beside]
        refs = [ref for each in versions for variant in each.variants for ref in variant.media]
        refs += [ref for row in templates for ref in row.media]
        self._refs.update({ref.id: ref for ref in refs})

    def photos(
        self, names: Sequence[str], captions: Sequence[str], notes: Sequence[PhotoNote] = ()
    ) -> tuple[DraftPhoto, ...]:
        """What those names mean, with what stands under them."""
        words, said = [*captions, *[""] * len(names)], [*notes, *[PhotoNote()] * len(names)]
        return tuple(
            DraftPhoto(name=name, item=replace(
                self._item(name), caption=caption, price=note.price, colour=note.colour,
                product_id=note.product_id or 0,
            ))
            for name, caption, note in zip(names, words, said, strict=False)
        )  # fmt: skip

    def _item(self, name: str) -> PhotoItem:
        number = name.removeprefix(KEPT)
        if number != name and number.isdecimal():
            ref = self._refs.get(int(number))
            known = items.media([ref]) if ref is not None else ()
            return known[0] if known else PhotoItem(media_id=int(number))
        upload = self._uploads.get(name)
        if upload is not None:
            return uploaded(self._folder, upload)
        # Its command is through; our copy stays as long as the command is kept.
        shown = self._folder / f"{name}.jpg"
        return PhotoItem(path=str(shown if shown.exists() else self._folder / name))


def uploaded(folder: Path, upload: Upload) -> PhotoItem:
    """A photo whose file is here; it is shown by its small JPEG."""
    return PhotoItem(
        path=str(folder / (upload.poster or upload.path)), mime=upload.mime, width=upload.width,
        height=upload.height, blurhash=upload.blurhash, duration_ms=upload.duration_ms,
    )  # fmt: skip


# --- rows to drafts -----------------------------------------------------------------------------


def item_of(
    laid: LaidCampaign, gallery: Gallery, progress: Mapping[int, float], rev: int,
    brought_back_at: datetime | None,
) -> CampaignItem:  # fmt: skip
    """A campaign as it stands; ``rev`` is that of this device's own newest save."""
    row, failed = laid.row, laid.failed
    return CampaignItem(
        client_id=row.client_id, id=row.id, rev=max(row.rev, rev), kind=row.kind, state=row.state,
        move=laid.move, draft=_draft(laid, gallery), parent_id=row.parent_id or 0,
        next_at=row.next_at, frozen_at=row.frozen_at, started_at=row.started_at,
        finished_at=row.finished_at, recalled_at=row.recalled_at, counts=row.counts,
        beside=tuple(_other(row, version, gallery) for version in row.beside), at=row.at,
        brought_back_at=brought_back_at,
        waiting=laid.waiting, mine=laid.waiting or 0 < row.rev <= rev,
        uploading=progress.get(laid.position, 0.0) if laid.position else None,
        failure=failed.code if failed is not None else "",
        parameters=failed.parameters if failed is not None else {},
        entry=failed.position if failed is not None else 0,
    )  # fmt: skip


def _draft(laid: LaidCampaign, gallery: Gallery) -> CampaignDraft:
    row, saved = laid.row, laid.saved
    if saved is None:
        variants = _variants(row.content, gallery)
        said: CampaignContent | SaveCampaign = row.content
    else:
        cards = {each.card.product_id: each.card for each in row.content.variants if each.card}
        variants = tuple(_saved(each, cards, gallery) for each in saved.variants)
        said = saved
    return _with_rule(row, row.rule, CampaignDraft(
        title=row.title, variants=variants or (DraftVariant(),), language=said.language,
        weekly=row.weekly, due_at=row.due_at, priority=row.priority, defer=row.defer,
        offer=said.offer, question=said.question,
    ))  # fmt: skip


def _other(row: CampaignRow, version: CampaignVersion, gallery: Gallery) -> OtherVersion:
    draft = CampaignDraft(
        title=version.title, variants=_variants(version.content, gallery) or (DraftVariant(),),
        language=version.content.language, weekly=row.weekly, due_at=row.due_at,
        priority=row.priority, defer=row.defer, offer=version.content.offer,
        question=version.content.question,
    )  # fmt: skip
    return OtherVersion(draft=_with_rule(row, version.rule, draft), at=version.at)


def _with_rule(row: CampaignRow, rule: Any, draft: CampaignDraft) -> CampaignDraft:
    if row.kind == "resend" and isinstance(rule, dict):
        return replace(draft, resent=Resent(campaign_id=rule["campaign"], to=rule["to"]))
    return replace(draft, rule=rule_of(rule))


def rule_of(value: Any) -> Rule | None:
    """A rule out of its JSON; ``None`` for everybody.

    What this program cannot read, from a newer console, is for nobody: shown as everybody it
    would be sent to all of them after the next change.
    """
    try:
        return None if value is None else parse(value)
    except Fault:
        return NOBODY


def _variants(content: CampaignContent, gallery: Gallery) -> tuple[DraftVariant, ...]:
    return tuple(_variant(each, gallery) for each in content.variants)


def _variant(row: CampaignVariant, gallery: Gallery) -> DraftVariant:
    return DraftVariant(
        name=row.name, rule=rule_of(row.rule), share=row.share, body=row.body, layout=row.layout,
        photos=_photos(row.media, gallery), card=row.card, fields=row.fields,
    )  # fmt: skip


def _photos(refs: Sequence[MediaRef], gallery: Gallery) -> tuple[DraftPhoto, ...]:
    notes = [PhotoNote(price=ref.price, product_id=ref.product_id, colour=ref.colour)
             for ref in refs]  # fmt: skip
    names = [f"{KEPT}{ref.id}" for ref in refs]
    return gallery.photos(names, [ref.caption for ref in refs], notes)


def _saved(saved: VariantDraft, cards: Mapping[int, ProductCard], gallery: Gallery) -> DraftVariant:
    return DraftVariant(
        name=saved.name, rule=rule_of(saved.rule), share=saved.share, body=saved.body,
        layout=saved.layout, photos=gallery.photos(saved.media, saved.captions, saved.notes),
        card=cards.get(saved.product_id or 0), fields=saved.fields,
    )  # fmt: skip


# --- drafts to commands -------------------------------------------------------------------------


def save_of(client_id: str, draft: CampaignDraft, base_rev: int, *, drop: bool) -> SaveCampaign:
    """The command that keeps a draft."""
    rule: Any = None
    if draft.resent is not None:
        rule = {"campaign": draft.resent.campaign_id, "to": draft.resent.to}
    elif draft.rule is not None:
        rule = to_json(draft.rule)
    return SaveCampaign(
        client_id=client_id, title=draft.title, language=draft.language, rule=rule,
        variants=[variant_of(each) for each in draft.variants], weekly=draft.weekly,
        due_at=draft.due_at, priority=draft.priority, defer=draft.defer, offer=draft.offer,
        question=question_drafts.kept(draft.question), base_rev=base_rev, drop_beside=drop,
    )  # fmt: skip


def variant_of(variant: DraftVariant) -> VariantDraft:
    """One version as it is saved."""
    card = None if variant.photos else variant.card
    return VariantDraft(
        name=variant.name, rule=None if variant.rule is None else to_json(variant.rule),
        share=variant.share, body=variant.body, media=[photo.name for photo in variant.photos],
        captions=captions(variant), notes=notes(variant),
        layout=variant.layout if variant.photos and not variant.is_film else "",
        product_id=card.product_id if card is not None else None,
        variant_id=card.variant_id if card is not None else None,
        fields={name: words for name, words in variant.fields.items() if words},
    )  # fmt: skip


def captions(variant: DraftVariant) -> list[str]:
    """The words under its photos; none when there are no words at all."""
    words = [photo.item.caption for photo in variant.photos]
    return words if any(words) else []


def notes(variant: DraftVariant) -> list[PhotoNote]:
    """Prices and articles of its photos; none when there are none at all."""
    found = [
        PhotoNote(price=photo.item.price, product_id=photo.item.product_id or None,
                  colour=photo.item.colour)
        for photo in variant.photos
    ]  # fmt: skip
    return found if any(note != PhotoNote() for note in found) else []


def template_of(laid: LaidTemplate, gallery: Gallery) -> TemplateItem:
    """A template as it stands."""
    row, saved = laid.row, laid.saved
    if saved is None:
        photos = _photos(row.media, gallery)
    else:
        photos = gallery.photos(saved.media, saved.captions, saved.notes)
    return TemplateItem(
        client_id=row.client_id, scenario=row.scenario, title=row.title, body=row.body,
        fields=row.fallbacks, photos=photos, layout=row.layout, offer=row.terms.offer,
        question=row.terms.question, rev=row.rev,
    )  # fmt: skip


# --- order --------------------------------------------------------------------------------------

_UNDER_WAY: Final = frozenset(
    {State.LATE, State.SENDING, State.PAUSED, State.FROZEN, State.SCHEDULED}
)


def place(item: CampaignItem) -> int:
    """0 is under way, 1 a draft, 2 is over."""
    if item.state in _UNDER_WAY:
        return 0
    return 2 if item.state in SETTLED else 1


def in_order(found: Sequence[CampaignItem]) -> list[CampaignItem]:
    """Under way by their time, then drafts and what is over, the newest first."""
    newest = sorted(found, key=lambda item: item.finished_at or item.at, reverse=True)
    return sorted(newest, key=place)
