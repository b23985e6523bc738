"""From a figure to the members behind it: their names, a segment of them, a campaign to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.desk.campaign_types import MAX_TITLE_CHARS, CampaignDraft
from console.desk.ports import DeskPorts
from console.desk.segments import SegmentMember
from console.domain.segments import MAX_LISTED, MAX_NAME_CHARS, Group, Listed, Noticed, Rule
from console.ui import i18n
from console.ui.i18n import counted, translate
from console.ui.tasks import Tasks
from console.ui.widgets import button
from console.views.campaigns.answer_windows import NameWindow
from console.views.campaigns.segment_names import NamesWindow


def listed(members: Sequence[int]) -> Rule:
    """Exactly these members, however many."""
    parts = [Listed(tuple(members[at : at + MAX_LISTED]))
             for at in range(0, len(members), MAX_LISTED)]  # fmt: skip
    return parts[0] if len(parts) == 1 else Group("any", tuple(parts))


class ReportNames(QObject):
    """Opens windows over ``page``."""

    begun = Signal(str)
    """``client_id`` of a campaign that was begun."""
    said = Signal(str)

    def __init__(self, desks: DeskPorts, tasks: Tasks, page: QWidget) -> None:
        super().__init__(page)
        self._segments, self._campaigns = desks.segments, desks.campaigns
        self._tasks, self._page = tasks, page

    def open(self, title: str, about: str, members: Sequence[int]) -> NamesWindow:
        """The names of these members, and what can be made of them."""

        async def fetch(after: int, limit: int) -> Sequence[SegmentMember]:
            found: list[SegmentMember] = []
            rest = [member for member in members if member > after]
            while rest and len(found) < limit:  # who was erased has no name any more
                some, rest = rest[:limit], rest[limit:]
                found += await self._segments.members(Listed(tuple(some)), limit=limit)
            return found[:limit]

        window = NamesWindow(title, about, fetch, self._page)
        if members:
            keep, write = button(), button("primary")
            keep.setText(translate("Report", "Save as a segment…"))
            write.setText(translate("Report", "New campaign to them"))
            keep.clicked.connect(lambda: self.ask_segment(title, members))
            write.clicked.connect(lambda: self.begin(title, listed(members)))
            write.clicked.connect(window.accept)
            window.offer(keep)
            window.offer(write)
        window.open()
        return window

    def ask_segment(self, title: str, members: Sequence[int]) -> None:
        """Ask for the name under which they are kept."""
        about = counted(len(members), translate("Report", "1 member under the name:"),
                        translate("Report", "{n} members under the name:"))  # fmt: skip
        heading = translate("Report", "Save as a segment")
        window = NameWindow(heading, about, title[:MAX_NAME_CHARS], MAX_NAME_CHARS, self._page)
        window.named.connect(lambda name: self._tasks.spawn(self._keep(name, listed(members))))
        window.open()

    async def _keep(self, name: str, rule: Rule) -> None:
        await self._segments.save(name=name, rule=rule)
        self.said.emit(translate("Report", "Segment “{name}” is saved.").format(name=name))

    def begin(self, title: str, rule: Rule) -> None:
        """Begin a campaign to whom the rule means."""
        self._tasks.spawn(self._begin(title, rule))

    def follow_up(self, title: str, members: Sequence[int], campaign_id: int) -> None:
        """Begin a campaign to those of them who still have not answered when it is sent."""
        silent = Group("none", (Noticed("answered", (campaign_id,)),))
        self.begin(title, Group("all", (listed(members), silent)))

    async def _begin(self, title: str, rule: Rule) -> None:
        draft = CampaignDraft(title=title[:MAX_TITLE_CHARS], rule=rule, language=i18n.language())
        self.begun.emit(await self._campaigns.create(draft))
