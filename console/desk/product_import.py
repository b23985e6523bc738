"""What a list of goods would change, article by article, beside what is here.  Pure.

A command says what its preview showed (``seen``): somebody else's change meanwhile is told at
the line, never overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from console.desk.product_types import VariantItem
from console.desk.types import Value
from console.domain.goods_lists import ListedArticle, ListedVariant
from console.wire.commands import SaveProduct, VariantEdit

Kind = Literal["new", "changed", "same"]


class PlannedArticle(Value, frozen=True, kw_only=True):
    """One article of a list.

    Attributes:
        kind: whether it is made, changed, or already so.
        lines: of the file that say so, by place of the command's variants.
        command: what does it; ``None`` for what is already so.
    """

    sku: str
    name: str
    kind: Kind
    lines: tuple[int, ...]
    command: SaveProduct | None = None


def plan(
    articles: Sequence[ListedArticle], present: Mapping[str, Sequence[VariantItem]]
) -> list[PlannedArticle]:
    """What each article of a list becomes, where ``present`` are those that are here."""
    return [_planned(each, present.get(each.sku)) for each in articles]


def _planned(article: ListedArticle, here: Sequence[VariantItem] | None) -> PlannedArticle:
    name = str(article.facts.get("name", ""))
    if here is None:
        variants = [VariantEdit(**each.facts) for each in article.variants]
        command = SaveProduct(sku=article.sku, fresh=True, variants=variants,
                              **_fields(article.facts))  # fmt: skip
        return PlannedArticle(sku=article.sku, name=name, kind="new", command=command,
                              lines=tuple(article.lines))  # fmt: skip
    facts = _differing(article.facts, here[0] if here else None)
    edits = [(each.line, edit) for each in article.variants
             if (edit := _edit(each, here)) is not None]  # fmt: skip
    name = name or (here[0].name if here else "")
    if not facts and not edits:
        return PlannedArticle(sku=article.sku, name=name, kind="same", lines=tuple(article.lines))
    seen = {name: _kept(here[0], name) for name in facts} if here else {}
    command = SaveProduct(sku=article.sku, variants=[edit for _, edit in edits], seen=seen,
                          **_fields(facts))  # fmt: skip
    lines = [line for line, _ in edits] or article.lines[:1]
    return PlannedArticle(sku=article.sku, name=name, kind="changed", command=command,
                          lines=tuple(lines))  # fmt: skip


def _fields(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the command calls them; no promotion is written as 0."""
    found = {"display_name" if name == "name" else name: value for name, value in facts.items()}
    if "promo_price" in found:
        found["promo_price"] = found["promo_price"] or 0
    return found


def _kept(item: VariantItem, name: str) -> Any:
    value = getattr(item, name)
    return list(value) if name == "style_tags" else value


def _differing(facts: Mapping[str, Any], item: VariantItem | None) -> dict[str, Any]:
    if item is None:
        return dict(facts)
    return {name: value for name, value in facts.items() if _kept(item, name) != value}


def _edit(listed: ListedVariant, here: Sequence[VariantItem]) -> VariantEdit | None:
    """``None`` when it is so already."""
    facts = listed.facts
    known = _meant(facts, here)
    if known is None:
        return VariantEdit(**facts)
    changed = {name: value for name, value in facts.items() if getattr(known, name) != value}
    if not changed:
        return None
    seen = {name: getattr(known, name) for name in changed}
    return VariantEdit(variant_id=known.variant_id, seen=seen, **changed)


def _meant(facts: Mapping[str, Any], here: Sequence[VariantItem]) -> VariantItem | None:
    """The variant of that barcode, else of that colour and size."""
    code = facts.get("barcode")
    kind = facts.get("colour", ""), facts.get("size", "")
    coded = (each for each in here if code and each.barcode == code)
    alike = (each for each in here if (each.colour, each.size) == kind)
    return next(coded, None) or next(alike, None)
