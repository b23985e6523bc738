"""Answers in words: their groups, and the buying list that is copied or written to a file."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from console.desk.answer_types import AnswerGroup, AnswersReport
from console.progress import Progress
from console.sheets import Column, Kind, Sheet, write_csv
from console.ui.file_choice import choose_place
from console.ui.i18n import translate
from console.ui.tally_list import TallyLine
from console.ui.written_file import failure, write_whole

NEW: Final = "new"
"""Key of the line where a new bucket is made."""


def name_of(group: AnswerGroup) -> str:
    """What a group is called on screen."""
    if group.name:
        return group.name
    kind, _, place = group.key.partition("/")
    if kind == "choice":
        return translate("Answers", "Choice {n}").format(n=int(place) + 1)
    return translate("Answers", "Unsorted")


def tally_lines(report: AnswersReport) -> list[TallyLine]:
    """Groups with their bars, and where a new bucket is made."""
    lines: list[TallyLine] = []
    if report.choices:
        lines.append(TallyLine("", translate("Answers", "By one tap")))
        lines += [TallyLine(group.key, name_of(group), len(group.answers))
                  for group in report.choices]  # fmt: skip
    if report.free_text:
        lines.append(TallyLine("", translate("Answers", "In their own words")))
        # Above the buckets, where it is in view however many there are.
        words = translate("Answers", "+ New bucket: drag answers here")
        lines.append(TallyLine(NEW, words, takes=True, adds=True))
        lines += [TallyLine(group.key, name_of(group), len(group.answers), "brand",
                            takes=True, named=True)
                  for group in report.buckets]  # fmt: skip
        rest = report.unsorted
        lines.append(TallyLine(rest.key, name_of(rest), len(rest.answers), "ink_faint",
                               takes=True))  # fmt: skip
    return lines


def _said(group: AnswerGroup) -> list[tuple[str, int]]:
    """Its different words, the most frequent first; nothing of who said them."""
    words = Counter(" ".join(each.text.split()) for each in reversed(group.answers) if each.text)
    return words.most_common()


def buying_list(report: AnswersReport) -> str:
    """What members want as plain text; without names, so that it may be handed on."""
    lines = [report.text or report.title]
    for group in report.groups:
        if group.answers:
            lines.append(f"\n{name_of(group)}  {len(group.answers)}")
            lines += [f"  {text}" + (f"  ×{n}" if n > 1 else "") for text, n in _said(group)]
    return "\n".join(lines).strip() + "\n"


def buying_table(report: AnswersReport) -> bytes:
    """The same as CSV, a line for each different answer, as spreadsheets open it."""
    rows: list[tuple[str, int, str, int]] = []
    for group in report.groups:
        name, count = name_of(group), len(group.answers)
        rows += [(name, count, text, n)
                 for text, n in _said(group) or ([("", count)] if count else [])]  # fmt: skip
    sheet = Sheet(translate("Answers", "Buying list"), (
        Column(translate("Answers", "Group")),
        Column(translate("Answers", "In the group"), Kind.COUNT),
        Column(translate("Answers", "Answer")),
        Column(translate("Answers", "Members"), Kind.COUNT),
    ), rows)  # fmt: skip
    made = io.BytesIO()
    write_csv(made, [sheet], UTC, Progress(len(rows)))
    return made.getvalue()


def write(report: AnswersReport, to: Path) -> str:
    """Write the buying list to a file; the sentence that says what came of it."""
    try:
        write_whole(to, buying_table(report))
    except OSError as error:
        return failure(error, to)
    return translate("Answers", "Written to {file}.").format(file=to.name)


def ask_file(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Open the system's window in which a place for the buying list is chosen."""
    choose_place(parent, translate("Answers", "Export the buying list"),
                 translate("Answers", "Buying list") + ".csv",
                 translate("Answers", "Table (*.csv)"), chosen)  # fmt: skip
