"""Where phones reach the shop: its Wi-Fi only, a server of one's own, or another address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.choice_tile import ChoiceTile
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.tasks import Tasks
from console.ui.widgets import button, label, snug, speaks


class Found(Protocol):
    """What a test of one address found."""

    @property
    def url(self) -> str:
        """The address."""
        ...

    @property
    def answers(self) -> bool:
        """This shop's relay answered there."""
        ...

    @property
    def here_only(self) -> bool:
        """It means this computer and nothing else."""
        ...

    @property
    def at_home(self) -> bool:
        """It means something outside the shop's own network too."""
        ...


Test = Callable[[str], Awaitable[Sequence[Found]]]
"""Tests the own addresses, and the given one first when it is not empty."""


class ReachChoice(QWidget):
    """Ways to choose from, and what a test from this computer found.

    ``with_server``: offer a relay on a server too, to which this console is then paired.
    ``changed``: ``poster_url`` may be another one.
    """

    changed = Signal()

    def __init__(
        self, test: Test, relay_url: str, tasks: Tasks, *, with_server: bool = False
    ) -> None:
        super().__init__()
        self._test_addresses, self._relay_url, self._tasks = test, relay_url, tasks
        self._found: Sequence[Found] = ()
        self.wifi, self.server, self.everywhere = ChoiceTile(), ChoiceTile(), ChoiceTile()
        self._group = QButtonGroup(self)
        for choice in (self.wifi, self.server, self.everywhere):
            self._group.addButton(choice)
        self.wifi.setChecked(True)
        self.address = line_edit(longest=200)
        self.test = button()
        self._result = label("soft", wrap=True)
        self._field = Field(self.address)
        self._arrange()
        self.server.setVisible(with_server)
        self._speak()

    def _arrange(self) -> None:
        self._own = QWidget()
        line = QHBoxLayout(self._own)
        snug(line, spacing=8)
        line.addWidget(self._field, 1)
        line.addWidget(self.test)
        column = QVBoxLayout(self)
        snug(column, spacing=10)
        for part in (self.wifi, self.server, self.everywhere, self._own, self._result):
            column.addWidget(part)
        self._own.hide()
        self._group.buttonToggled.connect(lambda *_: self._on_choice())
        self.test.clicked.connect(self.reload)
        self.address.textEdited.connect(lambda _: self.changed.emit())
        self.setFocusProxy(self.wifi)

    # --- what was chosen ------------------------------------------------------------------

    @property
    def at_home(self) -> bool:
        """Whether the code works outside the shop, as far as its address tells."""
        own = self._own_result()
        return self.everywhere.isChecked() and (own is None or own.at_home)

    @property
    def on_server(self) -> bool:
        """The relay is to run on a server."""
        return self.server.isChecked()

    @property
    def public_url(self) -> str:
        """The owner's own address; "" for the shop's Wi-Fi."""
        own = self.everywhere.isChecked()
        return self.address.text().strip().rstrip("/") if own else ""

    def show_address(self, url: str) -> None:
        """The address that is in use; what somebody is writing just now stays."""
        if url and not self.address.text():
            self.address.setText(url)
            self.everywhere.setChecked(True)

    def _own_result(self) -> Found | None:
        return next((each for each in self._found if each.url == self.public_url), None)

    @property
    def poster_url(self) -> str:
        """The address for the code: the own one, else the first in the shop's network."""
        if self.public_url:
            return self.public_url
        local = [each.url for each in self._found if not each.here_only]
        return local[0] if local else self._relay_url

    @property
    def result_text(self) -> str:
        """What the test found."""
        return self._result.text()

    def is_filled(self) -> bool:
        """Whether an own address, where one is needed, looks like one."""
        if self.everywhere.isChecked() and not self.public_url.startswith(("https://", "http://")):
            self.fault(translate("Reach", "Please write it like https://shop.example"))
            return False
        return True

    def fault(self, sentence: str) -> None:
        """What is wrong with the address."""
        self._field.fault(sentence)

    # --- testing --------------------------------------------------------------------------

    def _on_choice(self) -> None:
        own = self.everywhere.isChecked()
        self._own.setVisible(own)
        self._speak()
        self.changed.emit()
        if own:
            self.address.setFocus()

    def reload(self) -> None:
        """Test the addresses from this computer."""
        if self.is_filled() and not self.on_server:
            self._result.setText(translate("Reach", "Testing…"))
            self._tasks.spawn(self._test(self.public_url))

    async def _test(self, url: str) -> None:
        try:
            self._found = await self._test_addresses(url)
        finally:
            self._speak()
            self.changed.emit()

    def _found_text(self) -> str:
        if self.on_server:
            return _server_words()
        if self.everywhere.isChecked():
            return self._own_text()
        local = [each for each in self._found if not each.here_only]
        if not local:
            return translate("Reach", "This computer is in no network: phones cannot reach it yet.")
        return translate("Reach", "The poster will say {url}").format(url=local[0].url)

    def _own_text(self) -> str:
        own = self._own_result()
        if own is None:
            return translate("Reach", "Test it before you print the poster.")
        if not own.answers:
            return translate("Reach", "No answer from there yet. Is the tunnel or router set up?")
        if not own.at_home:
            return translate(
                "Reach", "This shop answers there, but only in its own network: not at home."
            )
        return translate("Reach", "This shop answers there, as seen from this computer.")

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.wifi.say(
            translate("Reach", "Only in the shop's Wi-Fi"),
            translate("Reach", "Ready at once. At home the code does not work."),
        )
        self.server.say(
            translate("Reach", "Everywhere, on my own server"),
            translate("Reach", "The shop is open even when this computer is off."),
        )
        self.everywhere.say(
            translate("Reach", "Everywhere, through my own address"),
            translate("Reach", "A domain or a tunnel that leads to this computer."),
        )
        self._field.say(translate("Reach", "Address that phones use"))
        self.address.setPlaceholderText("https://shop.example")
        self.test.setText(translate("Reach", "Test"))
        self._result.setText(self._found_text())


def _server_words() -> str:
    return "\n".join(
        (
            translate("Reach", "1. Install Hanger on the server and start “hanger relay” there."),
            translate("Reach", "2. “hanger relay pair” makes the shop and shows a pairing code."),
            translate("Reach", "3. “Next” asks here for the server's address and that code."),
        )
    )
