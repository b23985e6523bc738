"""What a campaign or a template says: words, pictures and cards, checked before anything is
written.

Pictures are media of the campaign's own: taking it back erases them and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import msgspec
from msgspec.structs import replace
from sqlalchemy import select

from console.domain import questions
from console.domain.messages import (
    MAX_CAMPAIGN_PHOTOS,
    MAX_COLOUR_CHARS,
    MAX_PRICE,
    kind_of,
    tidy_captions,
)
from console.domain.templates import FIELDS
from console.relay.actor import Actor
from console.relay.handlers.base import missing
from console.relay.handlers.contents import (
    COPIED,
    KEPT,
    check_own,
    check_words,
    load_uploads,
    load_variants,
    make_card,
    media_ref,
)
from console.relay.handlers.recalls import erase_media
from console.store import reading, tables
from console.store.dialect import one_of
from console.store.unit_of_work import Transaction
from console.wire.campaign_rows import CampaignContent, CampaignVariant, QuestionTerms
from console.wire.commands import PhotoNote, VariantDraft
from console.wire.errors import Code, Refusal
from console.wire.rows import MediaRef, ProductCard

MAX_VARIANTS, MAX_NAME_CHARS, MAX_FALLBACK_CHARS = 8, 40, 60
LAYOUTS = frozenset({"", "cards", "grid", "strip"})
LANGUAGES = ("zh", "en")


@dataclass(slots=True)
class Gallery:
    """The pictures somebody names for a campaign or template: some it has, some it gets.

    Nothing is written before ``keep``.
    """

    tx: Transaction
    actor: Actor
    found: dict[str, Any]
    had: set[int]
    fresh: dict[int, Any] = field(default_factory=dict)
    copies: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def load(
        cls, tx: Transaction, actor: Actor, names: Sequence[str], had: Iterable[int]
    ) -> Gallery:
        """With everything that is named, as far as it exists."""
        media = tables.media
        uploads = [name for name in names if not name.startswith(KEPT)]
        kept = [int(name[len(KEPT) :]) for name in names if _is_kept(name)]
        found = load_uploads(tx, uploads)
        if kept:
            query = select(media).where(
                one_of(tx.connection, media.c.id, kept), media.c.erased_at.is_(None)
            )
            found |= {f"{KEPT}{row.id}": row for row in tx.connection.execute(query)}
        return cls(tx, actor, found, set(had))

    def refs(
        self, names: Sequence[str], captions: Sequence[str], notes: Sequence[PhotoNote] = ()
    ) -> list[MediaRef]:
        """One variant's media, in order.

        Raises ``upload.missing``, ``conflict``, ``media.gone``, ``command.invalid``.
        """
        rows = [self._named(name) for name in names]
        if len(set(names)) != len(names) or _kind([row.mime for _, row in rows]) is None:
            raise Refusal(Code.COMMAND_INVALID, field="media")
        tidy = tidy_captions(captions, len(rows))
        if tidy is None:
            raise Refusal(Code.COMMAND_INVALID, field="captions")
        pairs = zip(rows, tidy, tidy_notes(notes, rows), strict=True)
        return [
            msgspec.convert(media_ref(row, media_id, caption) | msgspec.to_builtins(note), MediaRef)
            for (media_id, row), caption, note in pairs
        ]

    def _named(self, name: str) -> tuple[int, Any]:
        row = self.found.get(name)
        if row is None:
            raise Refusal(Code.UPLOAD_MISSING, field="media")
        if row.id in self.had or row.id in self.fresh:
            return row.id, row
        if not name.startswith(KEPT):
            check_own(self.actor, row)
            self.fresh[row.id] = row
            return row.id, row
        if not row.internal or (row.owner_kind, row.owner_id) not in {
            ("shop", self.actor.shop_id), (self.actor.kind, self.actor.id),
        }:  # fmt: skip
            raise Refusal(Code.UPLOAD_MISSING, field="media")
        return self._same(row) or self._copy(row), row

    def _same(self, row: Any) -> int | None:
        """A copy that it has already: saved again and again, a template's picture stays one."""
        media = tables.media
        query = select(media.c.id).where(media.c.sha256 == row.sha256, media.c.internal)
        return next((each for each in self.tx.connection.scalars(query) if each in self.had), None)

    def _copy(self, row: Any) -> int:
        media_id = self.tx.new_id(tables.media)
        self.copies.append(copy_of(self.tx, row, media_id, self.actor.shop_id))
        return media_id

    def keep(self, campaign_id: int | None, staying: Iterable[int]) -> None:
        """Write it down, and erase those it had that do not stay."""
        owner = {"owner_kind": "shop", "owner_id": self.actor.shop_id}
        place = {"internal": True, "campaign_id": campaign_id, **owner}
        self.tx.update(tables.media, [{"id": media_id, **place} for media_id in self.fresh])
        self.tx.insert(tables.media, [copy | place for copy in self.copies])
        dropped = sorted(self.had - set(staying))
        if dropped:
            erase_media(self.tx, dropped)


def tidy_notes(notes: Sequence[PhotoNote], rows: Sequence[tuple[int, Any]]) -> list[PhotoNote]:
    """One for each medium; only photos have any.  Raises ``command.invalid``."""
    tidy = [replace(note, colour=" ".join(note.colour.split())) for note in notes]
    fits = len(tidy) <= len(rows) and all(
        note == PhotoNote() or (row.mime.startswith("image/") and _is_fair(note))
        for note, (_, row) in zip(tidy, rows, strict=False)
    )
    if not fits:
        raise Refusal(Code.COMMAND_INVALID, field="notes")
    return tidy + [PhotoNote()] * (len(rows) - len(tidy))


def _is_fair(note: PhotoNote) -> bool:
    priced = note.price is None or 0 <= note.price <= MAX_PRICE
    coloured = not note.colour or note.product_id is not None
    return priced and coloured and len(note.colour) <= MAX_COLOUR_CHARS


def _kind(mimes: Sequence[str]) -> str | None:
    return kind_of(mimes, MAX_CAMPAIGN_PHOTOS)


def _is_kept(name: str) -> bool:
    digits = name.removeprefix(KEPT)
    return name != digits and digits.isascii() and digits.isdigit() and len(digits) <= 15


def copy_of(tx: Transaction, row: Any, media_id: int, shop_id: int) -> dict[str, Any]:
    """A medium of its own with the same bytes."""
    return {
        "id": media_id, "client_id": f"copy-{uuid4().hex}", "owner_kind": "shop",
        "owner_id": shop_id, "internal": True, "campaign_id": None, "created_at": tx.now,
        **{column: getattr(row, column) for column in COPIED},
    }  # fmt: skip


def articles_of(drafts: Sequence[VariantDraft]) -> list[int | None]:
    """Of their cards and of what their photos show."""
    shown = [note.product_id for draft in drafts for note in draft.notes]
    return [*(draft.product_id for draft in drafts), *shown]


def media_of(content: CampaignContent) -> list[int]:
    """Ids of all pictures in it."""
    return list(dict.fromkeys(item.id for variant in content.variants for item in variant.media))


def check_fields(fallbacks: dict[str, str]) -> None:
    """Fallbacks name known fields and are short."""
    known = set(fallbacks) <= set(FIELDS)
    if not known or any(len(word) > MAX_FALLBACK_CHARS for word in fallbacks.values()):
        raise Refusal(Code.COMMAND_INVALID, field="fields")


def check_layout(layout: str, media: Sequence[MediaRef]) -> None:
    """Only photos are laid out."""
    photos = all(item.mime.startswith("image/") for item in media)
    if layout not in LAYOUTS or (layout and not (media and photos)):
        raise Refusal(Code.COMMAND_INVALID, field="layout")


def content_of(
    gallery: Gallery, drafts: Sequence[VariantDraft], language: str, cards: Cards,
    question: QuestionTerms | None = None,
) -> CampaignContent:  # fmt: skip
    """A checked content.  Raises what ``campaign.save`` may be refused with."""
    names = [draft.name for draft in drafts]
    if len(drafts) > MAX_VARIANTS or len(set(names)) != len(names):
        raise Refusal(Code.COMMAND_INVALID, field="variants")
    if language not in LANGUAGES:
        raise Refusal(Code.COMMAND_INVALID, field="language")
    if question is not None and not questions.fits(question.text, question.choices):
        raise Refusal(Code.COMMAND_INVALID, field="question")
    variants = [_variant(gallery, draft, cards) for draft in drafts]
    return CampaignContent(variants=variants, language=language, question=question)


def _variant(gallery: Gallery, draft: VariantDraft, cards: Cards) -> CampaignVariant:
    if len(draft.name) > MAX_NAME_CHARS or not 0 <= draft.share <= 100:
        raise Refusal(Code.COMMAND_INVALID, field="variants")
    check_words(draft.body, alone=False)
    check_fields(draft.fields)
    for note in draft.notes:
        cards.check(note.product_id)
    media = gallery.refs(draft.media, draft.captions, draft.notes)
    check_layout(draft.layout, media)
    card = cards.of(draft.product_id, draft.variant_id)
    if card is not None and media:
        raise Refusal(Code.COMMAND_INVALID, field="product_id")
    return CampaignVariant(
        name=draft.name, rule=draft.rule, share=draft.share, body=draft.body, media=media,
        layout=draft.layout, card=card, fields=draft.fields,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards of articles as the shop has them now."""

    products: dict[int, Any]
    variants: dict[int, list[Any]]
    shop_id: int

    @classmethod
    def load(cls, tx: Transaction, shop_id: int, product_ids: Iterable[int | None]) -> Cards:
        """Of these articles."""
        ids = [product_id for product_id in product_ids if product_id is not None]
        products = reading.by_ids(tx.connection, tables.product, ids)
        return cls(products, load_variants(tx, list(products)), shop_id)

    def of(self, product_id: int | None, variant_id: int | None) -> ProductCard | None:
        """The card of an article or one of its variants.  Raises ``not_found``."""
        product = self.check(product_id)
        if product_id is None or product is None:
            return None
        variants = self.variants.get(product_id, [])
        chosen = next((row for row in variants if row.id == variant_id), None)
        if variant_id is not None and chosen is None:
            raise missing("variant_id")
        return msgspec.convert(make_card(product, variants, chosen), ProductCard)

    def check(self, product_id: int | None) -> Any:
        """An article of the shop, ``None`` when none is named.  Raises ``not_found``."""
        if product_id is None:
            return None
        product = self.products.get(product_id)
        if product is None or product.shop_id != self.shop_id:
            raise missing("product_id")
        return product

    def anew(self, content: CampaignContent) -> CampaignContent:
        """The same content with its cards as they are now; an article that went keeps its own."""
        return replace(content, variants=[self._anew(each) for each in content.variants])

    def _anew(self, variant: CampaignVariant) -> CampaignVariant:
        card = variant.card
        if card is None or card.product_id not in self.products:
            return variant
        known = {row.id for row in self.variants.get(card.product_id, [])}
        chosen = card.variant_id if card.variant_id in known else None
        return replace(variant, card=self.of(card.product_id, chosen))


def says_something(content: CampaignContent) -> bool:
    """Whether every variant has words, a picture or a card, or all of them a question."""
    asks = content.question is not None and content.question.text.strip()
    return bool(content.variants) and all(
        asks or variant.body.strip() or variant.media or variant.card
        for variant in content.variants
    )


def can_be_answered(content: CampaignContent) -> bool:
    """Whether it asks nothing, or something that has an answer."""
    question = content.question
    return question is None or bool(question.choices) or question.free_text
