"""Into which versions a draft is divided, and what A and B could show before they are sent."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.desk.campaign_versions import Way, divided, way_of
from console.desk.campaigns_port import CampaignsPort
from console.ui.clock import ShopClock
from console.ui.flow import FlowLayout
from console.ui.i18n import translate
from console.ui.tasks import Reload, Tasks
from console.ui.widgets import Chip, label, snug, speaks
from console.views.campaigns.editing import Editing


class VersionsPart(QWidget):
    """Chips, one of them chosen; below them how A and B are sent and what they could show."""

    def __init__(
        self, editing: Editing, port: CampaignsPort, clock: ShopClock, tasks: Tasks
    ) -> None:
        super().__init__()
        self._editing, self._port, self._clock = editing, port, clock
        self._receive: int | None = None
        self._usual: float | None = None
        self._looked = False
        self._fresh = Reload(tasks, self._look)
        self._title, self.power = label("soft"), label("soft", wrap=True)
        self.one, self.split, self.halves = Chip(), Chip(), Chip()
        self.chips = {Way.ONE: self.one, Way.SEXES: self.split, Way.HALVES: self.halves}
        row, column = QWidget(), QVBoxLayout(self)
        flow = FlowLayout(row, 8)
        flow.addWidget(self._title)
        for way, chip in self.chips.items():
            flow.addWidget(chip)
            chip.clicked.connect(lambda _=False, way=way: self._divide(way))
        snug(column, spacing=6)
        column.addWidget(row)
        column.addWidget(self.power)
        editing.changed.connect(self.show_draft)
        editing.stood.connect(self.show_draft)
        self._speak()

    def _divide(self, way: Way) -> None:
        variants = self._editing.draft.variants
        if way is not way_of(variants):
            made = divided(variants, self._editing.at, way)
            self._editing.change("", variants=made)
        self.show_draft()

    def show_draft(self) -> None:
        """Show how it is divided."""
        chosen = way_of(self._editing.draft.variants)
        for way, chip in self.chips.items():
            chip.setChecked(way is chosen)
            chip.setEnabled(self._editing.editable)
        self.power.setVisible(chosen is Way.HALVES)
        self._show_power()

    def show_receive(self, members: int | None) -> None:
        """So many will receive it; ``None``: that is not known."""
        self._receive = members
        self._show_power()
        if self.halves.isChecked():
            self._fresh.start()

    async def _look(self) -> None:
        from console.desk.version_power import usual_rate  # noqa: PLC0415

        self._usual = usual_rate(await self._port.all(), self._clock.now())
        self._looked = True
        self._show_power()

    def _show_power(self) -> None:
        if not self.halves.isChecked():
            return
        from console.views.campaigns.version_power import power  # noqa: PLC0415

        said = [translate("Campaigns", "Chance decides: half of them get A, the others B. Not"
                          " together with versions for women and men.")]  # fmt: skip
        if self._looked and self._receive is not None:
            said.append(power(self._receive, self._usual))
        self.power.setText("\n".join(said))
        self.halves.setAccessibleDescription(" ".join(said))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self._title.setText(translate("Campaigns", "Versions"))
        self._title.setMinimumHeight(26)
        self.one.setText(translate("Campaigns", "One for all"))
        self.split.setText(translate("Campaigns", "Women / men"))
        self.halves.setText(translate("Campaigns", "A / B"))
        self.halves.setAccessibleName(translate("Campaigns", "Versions A and B, by chance"))
        self.show_draft()
