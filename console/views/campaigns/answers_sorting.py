"""Putting answers into other buckets, and taking that back.  Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from console.desk.answer_types import AnswerGroup, AnswersReport
from console.desk.answers_port import AnswersPort
from console.domain.segments import Answered, Listed, Rule
from console.ui.tasks import Tasks

UNSORTED = "unsorted"


def bucket_of(key: str) -> str:
    """What the relay calls a group; what nobody can place lies unsorted by itself."""
    return "" if key == UNSORTED else key.partition("/")[2]


def rule_of(report: AnswersReport, group: AnswerGroup) -> Rule:
    """Who is in a group: for a choice also those who choose it later, else these by name."""
    kind, _, place = group.key.partition("/")
    if kind == "choice":
        return Answered(report.campaign_id, (int(place),))
    return Listed(tuple(sorted({answer.member_id for answer in group.answers})))


class AnswerSorting(QObject):
    """The steps of one campaign, the newest undone first."""

    done = Signal()
    """A step is durable here."""

    def __init__(self, port: AnswersPort, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._port, self._tasks = port, tasks
        self._steps: list[list[tuple[int, str]]] = []
        self._client_id = ""

    def begin(self, report: AnswersReport | None) -> None:
        """Another campaign: nothing was moved yet."""
        self._client_id = report.client_id if report is not None else ""
        self._steps = []

    def move(self, report: AnswersReport, ids: Sequence[int], bucket: str) -> None:
        """Put them into a bucket; "": where their words belong."""
        before = _where(report, ids)
        if before:
            self._steps.append(before)
            self._tasks.spawn(self._put([(bucket, list(ids))]))

    def undo(self) -> None:
        """Put the answers that were moved last back where they were."""
        if self._steps:
            step = self._steps.pop()
            buckets = dict.fromkeys(bucket for _, bucket in step)
            self._tasks.spawn(self._put([
                (bucket, [key for key, was in step if was == bucket]) for bucket in buckets
            ]))  # fmt: skip

    def rename(self, bucket: str, to: str) -> None:
        """Give a bucket another name."""
        if to != bucket:
            self._tasks.spawn(self._rename(bucket, to))

    async def _put(self, moves: Sequence[tuple[str, Sequence[int]]]) -> None:
        for bucket, ids in moves:
            await self._port.move(self._client_id, ids, bucket)
        self.done.emit()

    async def _rename(self, bucket: str, to: str) -> None:
        await self._port.rename(self._client_id, bucket, to)
        self.done.emit()


def _where(report: AnswersReport, ids: Sequence[int]) -> list[tuple[int, str]]:
    """Where answers were put by hand until now, "" where their words belong."""
    wanted = set(ids)
    return [
        (answer.id, group.name if answer.by_hand else "")
        for group in report.groups for answer in group.answers
        if answer.id in wanted and answer.text
    ]  # fmt: skip
