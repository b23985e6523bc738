"""Says that what waited to be sent on this computer could not be read any more."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from console.ui.i18n import translate


def tell(window: QWidget, file: Path) -> QMessageBox:
    """A box over the window, until it is closed; ``file`` is what was put aside."""
    box = QMessageBox(window)
    box.setWindowTitle("Hanger 衣架")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(translate("Outbox", "What waited to be sent here could not be read"))
    words = translate(
        "Outbox",
        "Messages that had reached the shop are safe. Look at the ones you wrote last: what is "
        "missing in the conversation was not sent. The damaged file was kept as {file}.",
    )
    box.setInformativeText(words.format(file=file))
    box.addButton(translate("Outbox", "I will look"), QMessageBox.ButtonRole.AcceptRole)
    box.finished.connect(box.deleteLater)
    box.open()
    return box
