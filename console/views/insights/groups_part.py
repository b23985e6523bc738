"""Whose reading the heat map shows: everybody's, women's, men's, or that of a saved segment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject

from console.desk.insight_types import Looks
from console.desk.ports import DeskPorts
from console.domain.segments import Choice, Rule, Saved
from console.ui import campaign_phrases
from console.ui.tasks import Reload, Tasks
from console.views.insights.heat_card import HeatCard

_GENDERS: Final[Mapping[str, Rule]] = {"women": Choice("gender", ("f",)),
                                       "men": Choice("gender", ("m",))}  # fmt: skip
_PAGE: Final = 5_000


class GroupsPart(QObject):
    """Fills ``card`` and counts for the group that is chosen in it."""

    def __init__(self, desks: DeskPorts, tasks: Tasks, card: HeatCard) -> None:
        super().__init__(card)
        self._segments, self._insights, self._card = desks.segments, desks.insights, card
        self._rules: Mapping[str, Rule] = _GENDERS
        self._fresh = Reload(tasks, self._read)
        card.group_chosen.connect(lambda _: self.reload())

    def reload(self) -> None:
        """Count anew."""
        self._fresh.start()

    async def _read(self) -> None:
        saved = [each for each in await self._segments.saved() if each.id]
        self._rules = {**_GENDERS, **{each.client_id: Saved(each.id) for each in saved}}
        names = {key: campaign_phrases.variant(key) for key in _GENDERS}
        self._card.offer_groups(names | {each.client_id: each.name for each in saved})
        asked = self._card.group
        found = await self._looks(asked)
        if asked == self._card.group:
            self._card.show_looks(found)

    async def _looks(self, group: str) -> Looks:
        if not group:
            return await self._insights.looks()
        return await self._insights.looks_of(frozenset(await self._members(group)))

    async def within(self, members: Sequence[int]) -> tuple[int, ...]:
        """Those of them who are of the group that is shown."""
        group = self._card.group
        if not group:
            return tuple(members)
        mine = frozenset(await self._members(group))
        return tuple(each for each in members if each in mine)

    async def _members(self, group: str) -> list[int]:
        found: list[int] = []
        more = True
        while more:
            page = await self._segments.members(
                self._rules[group], after=found[-1] if found else 0, limit=_PAGE
            )
            found += [each.member_id for each in page]
            more = len(page) == _PAGE
        return found
