"""Answers in words: their groups, and the buying list that is copied or written to a file."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from console.desk.answer_types import AnswerGroup, AnswersReport
from console.ui.i18n import translate
from console.ui.tally_list import TallyLine
from console.ui.written_file import write_whole

NEW: Final = "new"
"""Key of the line where a new bucket is made."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes what begins so for a formula."""
_BOM: Final = b"\xef\xbb\xbf"
"""Without it Excel takes the file for one in the computer's old encoding."""


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
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow([
        translate("Answers", "Group"), translate("Answers", "In the group"),
        translate("Answers", "Answer"), translate("Answers", "Members"),
    ])  # fmt: skip
    for group in report.groups:
        name, count = name_of(group), len(group.answers)
        for text, n in _said(group) or ([("", count)] if count else []):
            writer.writerow([_cell(name), count, _cell(text), n])
    return _BOM + made.getvalue().encode()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def write(report: AnswersReport, to: Path) -> str:
    """Write the buying list to a file; the sentence that says what came of it."""
    try:
        write_whole(to, buying_table(report))
    except OSError as error:
        return translate("Answers", "The file cannot be written: {error}").format(error=error)
    return translate("Answers", "Written to {file}.").format(file=to.name)


def ask_file(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Open the system's window in which a place for the buying list is chosen."""
    dialog = QFileDialog(parent, translate("Answers", "Export the buying list"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.setNameFilter(translate("Answers", "Table (*.csv)"))
    dialog.selectFile(translate("Answers", "Buying list") + ".csv")
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
