"""What stands above a draft: another console's words, or why a change was refused."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from console.desk.campaigns_port import CampaignsPort
from console.ui import reasons
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.widgets import LineLabel, button, snug, speaks
from console.views.campaigns.editing import Editing


class BesideBar(QFrame):
    """Shown only while there is something to decide; nothing is lost meanwhile."""

    def __init__(self, editing: Editing, port: CampaignsPort, tasks: Tasks) -> None:
        super().__init__()
        self._editing, self._port, self._tasks = editing, port, tasks
        self.setProperty("look", "beside")
        self.words, self.use, self.drop = LineLabel("soft"), button("link"), button("link")
        row = QHBoxLayout(self)
        snug(row, 12, 4, 6, 4, spacing=4)
        row.addWidget(self.words, 1)
        row.addWidget(self.use)
        row.addWidget(self.drop)
        editing.stood.connect(self.show_state)
        self.use.clicked.connect(self._use)
        self.drop.clicked.connect(self._drop)
        self.hide()

    def show_state(self) -> None:
        """Show what there is to decide."""
        item = self._editing.item
        if item is None or not (item.failure or item.beside):
            self.hide()
            return
        if item.failure:
            self.words.say(reasons.sentence(item.failure, item.parameters))
            self.use.setText(translate("Campaigns", "Keep mine as a new campaign"))
            self.drop.setText(translate("Campaigns", "Give mine up"))
        else:
            other = item.beside[0].draft
            body = next((each.body for each in other.variants if each.body), "")
            words = translate("Campaigns", "Another console had: {title} {words}")
            self.words.say(words.format(title=other.title, words=" ".join(body.split())[:80]))
            self.use.setText(translate("Campaigns", "Use theirs"))
            self.drop.setText(translate("Campaigns", "Keep mine"))
        self.use.setVisible(not item.failure or item.draft.says_something)
        self.show()

    def _use(self) -> None:
        item = self._editing.item
        if item is None:
            return
        if item.failure:
            self._tasks.spawn(self._copy(item.entry))
        else:
            self._editing.use(item.beside[0].draft)
            self._tasks.spawn(self._settle())

    def _drop(self) -> None:
        item = self._editing.item
        if item is not None and item.failure:
            self._tasks.spawn(self._port.discard(item.entry))
        else:
            self._tasks.spawn(self._settle())

    async def _copy(self, entry: int) -> None:
        key = await self._port.create(self._editing.draft)
        await self._port.discard(entry)
        await self._editing.open(key)

    async def _settle(self) -> None:
        await self._editing.flush(drop_beside=True)
        await self._editing.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self.show_state()
        super().changeEvent(event)
