"""What the window says in which a list of goods is imported."""

from __future__ import annotations

from console.desk.product_import import PlannedArticle
from console.domain.goods_lists import Trouble
from console.ui.i18n import counted, translate
from console.views.products import words


def field(name: str) -> str:
    """What a field of a list is called."""
    own = {
        "sku": translate("Products", "Article number"),
        "name": translate("Products", "Name"),
        "name_en": translate("Products", "English name"),
        "gender": translate("Products", "Who wears it"),
        "style_tags": translate("Products", "Style tags"),
        "colour_en": translate("Products", "English colour"),
    }
    return own.get(name) or words.heading(name)


def trouble(each: Trouble) -> str:
    """Why a line is not taken."""
    why = {
        "sku": translate("Products", "it has no article number"),
        "value": words.fault(each.field),
        "differs": translate("Products", "another line of the article says otherwise"),
        "twice": translate("Products", "it stands above already"),
    }[each.kind]
    said = translate("Products", "Line {n}: {field} “{text}” — {trouble}")
    if not each.text:
        said = translate("Products", "Line {n}: {trouble}")
    return said.format(n=each.line, field=field(each.field), text=each.text, trouble=why)


def refused(article: PlannedArticle, place: int, sentence: str) -> str:
    """Why an article was not taken; ``place``: the variant at fault, -1 for the article."""
    lines = article.lines if place < 0 else article.lines[place : place + 1]
    said = translate("Products", "Line {n}: {text} — {trouble}")
    numbers = ", ".join(map(str, lines[:3])) or "?"
    name = f"{article.sku} {article.name}".strip()
    return said.format(n=numbers, text=name, trouble=sentence)


def kind(article: PlannedArticle) -> str:
    """What becomes of an article."""
    return {
        "new": translate("Products", "new"), "changed": translate("Products", "changed"),
        "same": translate("Products", "already so"),
    }[article.kind]  # fmt: skip


def plan(new: int, changed: int, same: int, bad: int) -> str:
    """What a list would do."""
    parts = (
        translate("Products", "{n} new").format(n=f"{new:,}"),
        translate("Products", "{n} changed").format(n=f"{changed:,}"),
        translate("Products", "{n} already so").format(n=f"{same:,}"),
        counted(bad, translate("Products", "1 line is not taken"),
                translate("Products", "{n} lines are not taken")),
    )  # fmt: skip
    return ", ".join(parts)


def done(taken: int, refused: int, left: int) -> str:
    """What a list did."""
    said = counted(taken, translate("Products", "1 article is taken"),
                   translate("Products", "{n} articles are taken"))  # fmt: skip
    if refused:
        more = translate("Products", "{n} were refused").format(n=f"{refused:,}")
        said = f"{said}, {more}"
    if left:
        more = translate("Products", "{n} were left out").format(n=f"{left:,}")
        said = f"{said}, {more}"
    return said


def unreadable(why: str) -> str:
    """Why a file is no list."""
    return {
        "large": translate("Products", "This table is too large: 50,000 lines and 20 MB at most."),
        "text": translate("Products", "This file cannot be read as a table."),
        "file": translate("Products", "This spreadsheet is damaged or locked with a password."),
    }[why]
