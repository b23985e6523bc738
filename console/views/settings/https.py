"""The card about https: what it adds on the phones, whether it is there, how to get it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.ui.file_choice import choose_files
from console.ui.i18n import translate
from console.ui.section import Section
from console.ui.widgets import Pill, button, frame, label, snug, speaks

_SAMPLE: Final = "shop.example"
_PORT: Final = 8787


class HttpsCard(Section):
    """Changes nothing by itself: it gives lines to paste, made for this shop's address.

    ``poster_asked``: the poster is to be made anew with the address that phones use now.
    """

    poster_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._url = ""
        self._files = {"certificate": "", "key": ""}
        self.state, self._words, self._adds = (
            Pill("warn"),
            label("soft", wrap=True),
            label(wrap=True),
        )
        self.caddy, self.relay, self.own = CodeBlock(), CodeBlock(), CodeBlock()
        self._caddy_words, self._relay_words = label("soft", wrap=True), label("soft", wrap=True)
        self._own_words, self._after = label("soft", wrap=True), label("tiny", wrap=True)
        self._heads = (label("heading"), label("heading"))
        self.pick = {name: button("chip") for name in self._files}
        self.poster = button("link")
        self.poster.clicked.connect(self.poster_asked)
        for name, made in self.pick.items():
            made.clicked.connect(lambda _=False, name=name: self._choose(name))
        self._arrange()
        self._speak()

    def _arrange(self) -> None:
        self._head = QWidget()
        above, files = QHBoxLayout(self._head), QHBoxLayout()
        snug(above, spacing=10)
        above.addWidget(self.state)
        above.addWidget(self._words, 1)
        snug(files, spacing=8)
        for made in self.pick.values():
            files.addWidget(made)
        files.addStretch(1)
        self.column.addWidget(self._head)
        self.column.addWidget(self._adds)
        for part in (self._heads[0], self._caddy_words, self.caddy, self._relay_words, self.relay,
                     self._heads[1], self._own_words):  # fmt: skip
            self.column.addWidget(part)
        self.column.addLayout(files)
        for part in (self.own, self._after):
            self.column.addWidget(part)
        self.column.addWidget(self.poster, 0, Qt.AlignmentFlag.AlignLeft)

    def show_address(self, url: str) -> None:
        """The address that phones use."""
        self._url = url
        self._speak()

    @property
    def is_https(self) -> bool:
        """Whether the present address has it."""
        return self._url.startswith("https://")

    def _choose(self, name: str) -> None:
        def take(files: Sequence[Path]) -> None:
            self.take_file(name, files[0])

        choose_files(self, self.pick[name].text(), "", take, several=False)

    def take_file(self, name: str, file: Path) -> None:
        """Put a chosen ``certificate`` or ``key`` into the lines to paste."""
        self._files[name] = file.as_posix()
        self._speak()

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        self.title.setText(translate("Https", "https for the phone page"))
        self._speak_state()
        self._adds.setText(
            translate(
                "Https",
                "With https the phone page records voice and takes photos and videos right in the "
                "chat, opens without a network, and can be put on the home screen. Without it "
                "members chat just as well; voice and pictures come from the phone's own recorder "
                "and camera.",
            )
        )
        self._heads[0].setText(translate("Https", "With a domain name (recommended)"))
        self._caddy_words.setText(
            translate(
                "Https",
                "Caddy fetches and renews the certificate by itself. These two lines are its "
                "Caddyfile:",
            )
        )
        self._relay_words.setText(translate("Https", "Start the relay on that computer like this:"))
        self._heads[1].setText(translate("Https", "With certificate files of your own"))
        self._own_words.setText(
            translate(
                "Https",
                "Put these lines into hanger.toml in the relay's data folder and start it again. "
                "Both files are PEM, the key without a password.",
            )
        )
        self.pick["certificate"].setText(translate("Https", "Choose the certificate…"))
        self.pick["key"].setText(translate("Https", "Choose the key…"))
        self._after.setText(
            translate("Https", "Then enter the https address above, test it, and make the poster.")
        )
        self.poster.setText(translate("Https", "Address and poster"))
        self._speak_lines()

    def _speak_state(self) -> None:
        if self.is_https:
            self.state.say(translate("Https", "https is on"), "accent")
            words = translate("Https", "Phones use {url}.")
        else:
            self.state.say(translate("Https", "no https yet"), "warn")
            words = translate("Https", "Phones use {url}, which browsers do not trust with a "
                              "microphone or camera.")  # fmt: skip
        self._words.setText(words.format(url=self._url))
        self._head.setVisible(bool(self._url))

    def _speak_lines(self) -> None:
        parts = urlsplit(self._url)
        host = parts.hostname or ""
        name = host if self.is_https else _SAMPLE
        self.caddy.show_code(f"{name}\nreverse_proxy 127.0.0.1:{_PORT}",
                             translate("Https", "Copy the Caddyfile"))  # fmt: skip
        self.relay.show_code("hanger relay --host 127.0.0.1 --trust-proxy 127.0.0.1",
                             translate("Https", "Copy the command"))  # fmt: skip
        certificate = self._files["certificate"] or "/etc/ssl/shop.pem"
        key = self._files["key"] or "/etc/ssl/shop.key"
        lines = f'[relay]\nport = 443\ntls_certificate = "{certificate}"\ntls_key = "{key}"'
        self.own.show_code(lines, translate("Https", "Copy the settings"))


class CodeBlock(QWidget):
    """Lines to paste somewhere, and a button that copies them."""

    def __init__(self) -> None:
        super().__init__()
        self._code: QLabel = label("mono", selectable=True)
        self.copy: QPushButton = button("link")
        self.copy.clicked.connect(self._copy)
        ground = frame("code")
        line = QHBoxLayout(ground)
        snug(line, 14, 10, 8, 10, spacing=8)
        line.addWidget(self._code, 1)
        line.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        snug(column)
        column.addWidget(ground)

    def show_code(self, code: str, name: str) -> None:
        """Show lines; ``name`` tells a screen reader what the button copies."""
        self._code.setText(code)
        self.copy.setText(translate("Https", "Copy"))
        self.copy.setAccessibleName(name)

    @property
    def code(self) -> str:
        """The lines."""
        return self._code.text()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code)
        self.copy.setText(translate("Https", "Copied"))
