"""Lists of goods as shops keep them: which column is what, and what each line says.

Standard library only.  A line is one colour and size; lines of one number are one article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from console.domain import goods
from console.domain.answers import fold

ARTICLE_FIELDS: Final = (
    "sku", "name", "name_en", "category", "gender", "price", "promo_price", "style_tags",
)  # fmt: skip
VARIANT_FIELDS: Final = ("colour", "colour_en", "size", "barcode", "stock", "shelf")
FIELDS: Final = (*ARTICLE_FIELDS, *VARIANT_FIELDS)
_HEADINGS: Final = {
    "sku": "货号|款号|商品编码|商品货号|款式编码|编号|sku|item no|article|article number|style",
    "name": "名称|商品名称|品名|商品|标题|name|title|product",
    "name_en": "英文名|英文名称|英文|english|english name|name en",
    "category": "分类|类别|品类|类目|category|kind",
    "gender": "性别|适用|适用性别|人群|gender|wearer",
    "price": "价格|原价|吊牌价|售价|零售价|单价|标价|price|retail price",
    "promo_price": "促销价|特价|活动价|现价|折后价|promotion|promotion price|sale price",
    "style_tags": "标签|风格|风格标签|tags|style tags",
    "colour": "颜色|色|花色|colour|color",
    "colour_en": "英文颜色|颜色英文|english colour|english color",
    "size": "尺码|尺寸|码|规格|码数|size",
    "barcode": "条码|条形码|商品条码|国际码|barcode|ean|upc",
    "stock": "库存|数量|库存数|现有库存|件数|stock|quantity|qty",
    "shelf": "货位|货架|位置|库位|仓位|shelf|location",
}
_KNOWN: Final = {fold(word): name for name, words in _HEADINGS.items() for word in words.split("|")}
_GENDERS: Final = {
    "女": "f", "女装": "f", "女士": "f", "f": "f", "female": "f", "women": "f",
    "男": "m", "男装": "m", "男士": "m", "m": "m", "male": "m", "men": "m",
    "通用": "u", "中性": "u", "男女": "u", "u": "u", "unisex": "u", "all": "u", "": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a line is not taken.

    Attributes:
        line: its number in the file, from 1.
        kind: ``sku`` (none), ``value`` (cannot be), ``differs`` (another line of the article
            says otherwise) or ``twice`` (the same colour and size, or barcode).
        field: which one.
        text: what stands there.
    """

    line: int
    kind: str
    field: str
    text: str = ""


@dataclass(slots=True)
class ListedVariant:
    """A line's colour and size, with what else it says of it."""

    line: int
    facts: dict[str, Any]


@dataclass(slots=True)
class ListedArticle:
    """The lines of one number; ``facts`` has what they say of the article, without the number."""

    sku: str
    facts: dict[str, Any] = field(default_factory=dict)
    variants: list[ListedVariant] = field(default_factory=list)

    @property
    def lines(self) -> list[int]:
        """Numbers of its lines."""
        return [each.line for each in self.variants]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a list says: articles in order, and lines that are not taken."""

    articles: list[ListedArticle]
    troubles: list[Trouble]


def guess(heading: Sequence[str]) -> dict[str, int]:
    """Which column is which field, by what stands above it; what nobody knows is left out."""
    found: dict[str, int] = {}
    for place, words in enumerate(heading):
        name = _field_of(fold(words))
        if name:
            found.setdefault(name, place)
    return found


def _field_of(words: str) -> str:
    bare = words.replace("(元)", "").replace("(¥)", "").replace("*", "").strip()
    return _KNOWN.get(bare, "")


def read(rows: Sequence[Sequence[str]], columns: Mapping[str, int], first_line: int = 2) -> Reading:
    """What lines below the heading say, by the columns that were chosen for fields.

    An article's own facts are taken from its first line that has them; an empty cell says
    nothing.  A line that cannot be is left out with its reason, the others are taken.
    """
    articles: dict[str, ListedArticle] = {}
    troubles: list[Trouble] = []
    codes: set[str] = set()
    for number, row in enumerate(rows, first_line):
        cells = {name: row[place] for name, place in columns.items()
                 if place < len(row) and row[place]}  # fmt: skip
        if not cells:
            continue
        trouble = _take(articles, codes, number, cells)
        if trouble is not None:
            troubles.append(trouble)
    return Reading([each for each in articles.values() if each.variants], troubles)


def _take(
    articles: dict[str, ListedArticle], codes: set[str], line: int, cells: Mapping[str, str]
) -> Trouble | None:
    facts = dict[str, Any]()
    for name, text in cells.items():
        try:
            facts[name] = _value(name, text)
        except ValueError:
            return Trouble(line, "value", name, text)
    facts = goods.tidied(facts)
    bad = goods.fault(facts)
    if bad is not None:
        return Trouble(line, "value", bad, cells[bad])
    sku = facts.pop("sku", "")
    if not sku:
        return Trouble(line, "sku", "sku")
    return _file(articles.setdefault(sku, ListedArticle(sku)), codes, line, facts, cells)


def _file(
    article: ListedArticle, codes: set[str], line: int, facts: dict[str, Any],
    cells: Mapping[str, str],
) -> Trouble | None:  # fmt: skip
    """Put a line to its article, unless it does not go with the lines before."""
    own = {name: value for name, value in facts.items() if name in ARTICLE_FIELDS}
    other = {name: value for name, value in facts.items() if name not in own}
    for name, value in own.items():
        if article.facts.get(name, value) != value:
            return Trouble(line, "differs", name, cells[name])
    kind = other.get("colour", ""), other.get("size", "")
    if any((each.facts.get("colour", ""), each.facts.get("size", "")) == kind
           for each in article.variants):  # fmt: skip
        return Trouble(line, "twice", "size", " ".join(part for part in kind if part))
    code = other.get("barcode", "")
    if code and code in codes:
        return Trouble(line, "twice", "barcode", code)
    codes.add(code)
    article.facts.update(own)
    article.variants.append(ListedVariant(line, other))
    return None


def _value(name: str, text: str) -> Any:
    """A cell as its field keeps it.  Raises ``ValueError``."""
    if name in {"price", "promo_price"}:
        return goods.cents_of(text) or 0
    if name == "stock":
        return goods.units_of(text)
    if name == "gender":
        if fold(text) not in _GENDERS:
            raise ValueError(text)
        return _GENDERS[fold(text)]
    if name == "style_tags":
        return [part for part in text.replace("，", ",").replace("、", ",").split(",") if part]
    return text
