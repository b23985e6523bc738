"""What is kept for campaigns to come: the trade's starter set, as files beside the program, and a
draft's own words, photos, offer and question.  No database.
"""

from __future__ import annotations

import functools
from datetime import datetime

import msgspec
from msgspec.structs import replace

from console import paths
from console.desk import campaign_items, offer_drafts, question_drafts
from console.desk.campaign_types import CampaignDraft, TemplateItem
from console.wire.campaign_rows import QuestionTerms
from console.wire.commands import SaveTemplate
from console.wire.errors import Code, Refusal


@functools.cache
def starter_set(language: str) -> list[TemplateItem]:
    """In ``zh`` or ``en``, in the order of ``campaign_types.SCENARIOS``."""
    file = paths.resources() / "text" / f"campaigns.{language}.json"
    return msgspec.json.decode(file.read_bytes(), type=list[TemplateItem])


def save_of(
    client_id: str, title: str, draft: CampaignDraft, at: int, now: datetime, timezone: str
) -> SaveTemplate:
    """The command that keeps the ``at``-th version of a draft, and what all versions share.

    Photos that are not on the relay yet cannot be kept: raises ``upload.missing``.
    """
    saved = campaign_items.variant_of(draft.variants[at])
    if any(not name.startswith(campaign_items.KEPT) for name in saved.media):
        raise Refusal(Code.UPLOAD_MISSING)
    asked = question_drafts.kept(draft.question)
    return SaveTemplate(
        client_id=client_id, title=title, body=saved.body, fields=saved.fields, media=saved.media,
        captions=saved.captions, notes=saved.notes, layout=saved.layout,
        offer=offer_drafts.plan_of(draft, now, timezone),
        question=None if asked == QuestionTerms() else asked,
    )  # fmt: skip


def used(
    item: TemplateItem, draft: CampaignDraft, at: int, now: datetime, timezone: str
) -> CampaignDraft:
    """The draft with a template's words in its ``at``-th version.

    What the template does not have stays; what is sent again keeps its offer and its question.
    """
    before, every = draft.variants[at], list(draft.variants)
    every[at] = replace(
        before, body=item.body, fields=item.fields, photos=item.photos or before.photos,
        layout=item.layout if item.photos else before.layout,
    )  # fmt: skip
    made = replace(draft, variants=tuple(every), title=draft.title or item.title)
    if draft.resent is not None:
        return made
    offer = item.offer and offer_drafts.by_plan(item.offer, draft, now, timezone)
    return replace(made, offer=offer or draft.offer, question=item.question or draft.question)
