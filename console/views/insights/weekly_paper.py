"""The weekly summary on paper, in the words of its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from console.desk.weekly_types import WeeklySummary
from console.ui.clock import ShopClock
from console.ui.i18n import translate
from console.ui.paper import ACCENT, ALERT, GROUND, LINE, SOFT, text
from console.views.insights import insight_words
from console.views.insights import weekly_words as words
from console.views.insights.weekly_words import Figure

_ACROSS: Final = 4
_FIRST_NUMBER, _NUMBERS = 2, 5
"""From which column on, and how many of them, hold numbers."""
_LOOKS: Final = {"good": ACCENT, "fault": ALERT}


def body(summary: WeeklySummary, shop: str, clock: ShopClock) -> str:
    """All of it, as HTML."""
    parts = [
        f'<p style="color:{SOFT}">{text(shop)}</p>',
        f'<h1 style="font-size:17pt">{text(words.title(summary))}</h1>',
        f'<p style="color:{SOFT}">{text(insight_words.standing(summary.week, clock)[0])}</p>',
        _figures(words.figures(summary)), _heading(words.table_title()),
        _table(words.table_head(summary), words.table_rows(summary, clock)),
        _heading(insight_words.heat()), f"<p>{text(words.advice(summary))}</p>",
        *_doubts(words.doubts(summary, clock)), *_definitions(words.definitions(summary)),
    ]  # fmt: skip
    return "".join(parts)


def _heading(said: str) -> str:
    return f'<h2 style="font-size:11pt; margin-top:14px; margin-bottom:4px">{text(said)}</h2>'


def _figures(figures: Sequence[Figure]) -> str:
    wide = -len(figures) % _ACROSS + 1  # the last one takes what its row has left
    cells = [*(_figure(each) for each in figures[:-1]), _figure(figures[-1], wide)]
    rows = (cells[at : at + _ACROSS] for at in range(0, len(cells), _ACROSS))
    inside = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f'<table width="100%" cellspacing="6" cellpadding="7">{inside}</table>'


def _figure(figure: Figure, wide: int = 1) -> str:
    said = figure.said
    colour = _LOOKS.get(said.look, SOFT)
    size = 16 if any(sign.isdigit() for sign in figure.value) else 12
    return (
        f'<td width="{100 * wide // _ACROSS}%" colspan="{wide}" bgcolor="{GROUND}">'
        f'<span style="color:{SOFT}">{text(figure.title)}</span>'
        f'<br><span style="font-size:{size}pt; font-weight:600">{text(figure.value)}</span>'
        f'<br><span style="color:{colour}">{text(said.line)}</span>'
        f'<br><span style="color:{SOFT}; font-size:8pt">{text(said.below)}</span></td>'
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return f"<p>{text(words.no_campaign())}</p>"
    look = f'bgcolor="{GROUND}" style="color:{SOFT}; font-weight:400"'
    heads = "".join(
        f'<th align="{_side(at)}" {look}>{_unbroken(at, each)}</th>' for at, each in enumerate(head)
    )
    lines = "".join(
        f"<tr>{''.join(_cell(at, each) for at, each in enumerate(row))}</tr>" for row in rows
    )
    return (f'<table width="100%" cellspacing="0" cellpadding="4"><thead><tr>{heads}</tr></thead>'
            f"{lines}</table>")  # fmt: skip


def _cell(at: int, said: str) -> str:
    line = f"border-bottom:1px solid {LINE}"
    return f'<td align="{_side(at)}" style="{line}">{_unbroken(at, said)}</td>'


def _unbroken(at: int, said: str) -> str:
    """When it was sent and numbers stay on one line."""
    return text(said).replace(" ", "&nbsp;") if 0 < at < _FIRST_NUMBER + _NUMBERS else text(said)


def _side(at: int) -> str:
    return "right" if _FIRST_NUMBER <= at < _FIRST_NUMBER + _NUMBERS else "left"


def _doubts(said: Sequence[str]) -> list[str]:
    if not said:
        return []
    lines = "".join(f"<p>· {text(each)}</p>" for each in said)
    return [_heading(words.untold()), lines]


def _definitions(found: Sequence[tuple[str, str]]) -> list[str]:
    lines = "".join(
        f'<p style="font-size:8pt; color:{SOFT}"><b>{text(name)}</b>: {text(formula)}</p>'
        for name, formula in found
    )
    return [_heading(translate("Weekly", "How it is counted")), lines]
