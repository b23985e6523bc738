"""One quick reply on paper: its name, shortcut, words with blanks, pictures, and whose it is."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from console.desk.quick_replies import QuickReplyItem
from console.desk.types import Me
from console.domain.quick_replies import (
    FACTS,
    MAX_SHORTCUT_CHARS,
    MAX_TITLE_CHARS,
    filled,
    tidy_shortcut,
)
from console.ui import reasons
from console.ui.forms import Field, line_edit
from console.ui.i18n import translate
from console.ui.pictures import Pictures
from console.ui.tasks import Tasks
from console.ui.widgets import Chip, button, frame, label, snug, speaks
from console.views.settings.quick_pictures import PictureRow
from console.wire.errors import Code, Refusal

_WORDS_HIGH: Final = 92
_NEW: Final = QuickReplyItem(client_id="", shared=False)


class QuickEditor(QWidget):
    """Emits what is to be done; knows no desk."""

    sent = Signal()
    left = Signal()
    removed = Signal(object)
    doubled = Signal(object)
    given_up = Signal(object)

    def __init__(self, me: Me, pictures: Pictures, tasks: Tasks) -> None:
        super().__init__()
        self._me, self._item = me, _NEW
        self.title, self.shortcut = line_edit(longest=MAX_TITLE_CHARS), line_edit(
            longest=MAX_SHORTCUT_CHARS)  # fmt: skip
        self.words, self.pictures = QPlainTextEdit(), PictureRow(pictures, tasks)
        self.fields = {
            "title": Field(self.title), "shortcut": Field(self.shortcut),
            "body": Field(self.words),
        }  # fmt: skip
        self.blanks = {name: Chip(tiny=True) for name in (*FACTS, "blank")}
        self.shops, self.mine = Chip(), Chip()
        self._heading, self._whose = label("heading", wrap=True), label("soft")
        self._preview, self._preview_words = label(wrap=True), label("tiny")
        self._explain, self.fault = label("tiny", wrap=True), label("fault", wrap=True)
        self.give_up = button("link")
        self.save, self.leave = button("primary"), button()
        self.double, self.remove = button("link"), button("link")
        self._arrange()
        self._connect()
        self._speak()

    # --- building -------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.words.setProperty("look", "note")
        self.words.setFixedHeight(_WORDS_HIGH)
        self.words.setTabChangesFocus(True)
        column = QVBoxLayout(self)
        snug(column, spacing=12)
        column.addWidget(self._heading)
        column.addWidget(self._trouble())
        names, chips = QHBoxLayout(), QHBoxLayout()
        snug(names, spacing=14)
        top = Qt.AlignmentFlag.AlignTop
        names.addWidget(self.fields["title"], 3, top)
        names.addWidget(self.fields["shortcut"], 2, top)
        snug(chips, spacing=6)
        for chip in self.blanks.values():
            chip.setCheckable(False)
            chips.addWidget(chip)
        chips.addStretch(1)
        column.addLayout(names)
        column.addWidget(self.fields["body"])
        column.addLayout(chips)
        column.addWidget(self._explain)
        column.addWidget(self._sample())
        column.addWidget(self.pictures)
        column.addLayout(self._owners())
        column.addLayout(self._foot())
        column.addStretch(1)

    def _trouble(self) -> QWidget:
        ground = self._failed = frame("conflict")
        line = QHBoxLayout(ground)
        snug(line, 14, 10, 14, 10, spacing=8)
        line.addWidget(self.fault, 1)
        line.addWidget(self.give_up)
        ground.hide()
        return ground

    def _sample(self) -> QWidget:
        ground = frame("beside")
        column = QVBoxLayout(ground)
        snug(column, 14, 10, 14, 10, spacing=4)
        column.addWidget(self._preview_words)
        column.addWidget(self._preview)
        return ground

    def _owners(self) -> QHBoxLayout:
        group, line = QButtonGroup(self), QHBoxLayout()
        snug(line, spacing=8)
        line.addWidget(self._whose)
        for chip in (self.shops, self.mine):
            group.addButton(chip)
            line.addWidget(chip)
        line.addStretch(1)
        return line

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        snug(line, spacing=8)
        line.addWidget(self.double)
        line.addWidget(self.remove)
        line.addStretch(1)
        line.addWidget(self.leave)
        line.addWidget(self.save)
        return line

    def _connect(self) -> None:
        for name, chip in self.blanks.items():
            chip.clicked.connect(lambda _=False, name=name: self._insert(name))
        self.words.textChanged.connect(self._on_typed)
        for edit in (self.title, self.shortcut):
            edit.returnPressed.connect(self.submit)
        self.pictures.changed.connect(lambda: self.fields["body"].fault(""))
        self.save.clicked.connect(self.submit)
        self.leave.clicked.connect(self.left)
        self.double.clicked.connect(lambda: self.doubled.emit(self._item))
        self.remove.clicked.connect(lambda: self.removed.emit(self._item))
        self.give_up.clicked.connect(lambda: self.given_up.emit(self._item))

    # --- showing --------------------------------------------------------------------------

    def open(self, item: QuickReplyItem | None) -> None:
        """Show one, or a new one (also one without a ``client_id``)."""
        self._item = item = item or _NEW
        for field in self.fields.values():
            field.fault("")
        self.title.setText(item.title)
        self.shortcut.setText(item.shortcut)
        self.words.setPlainText(item.body)
        self.pictures.show_photos(item.photos)
        (self.shops if item.shared else self.mine).setChecked(True)
        known = bool(item.client_id)
        may_move = not known or self._me.role == "owner"
        for chip in (self.shops, self.mine):
            chip.setEnabled(may_move)
        self.double.setVisible(known)
        self.remove.setVisible(known)
        self._failed.setVisible(bool(item.failure))
        self.save.setEnabled(True)
        self._speak()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def item(self) -> QuickReplyItem:
        """The one that is shown, as it was opened."""
        return self._item

    @property
    def changed(self) -> bool:
        """Whether anything was typed."""
        item = self._item
        now = (self.title.text(), self.shortcut.text(), self.words.toPlainText(),
               self.pictures.photos, self.shops.isChecked())  # fmt: skip
        return now != (item.title, item.shortcut, item.body, item.photos, item.shared)

    @property
    def entered(self) -> dict[str, Any]:
        """What ``QuickRepliesPort.save`` takes."""
        return {
            "client_id": self._item.client_id, "shared": self.shops.isChecked(),
            "title": self.title.text(), "shortcut": self.shortcut.text(),
            "body": self.words.toPlainText(), "media_ids": self.pictures.media_ids,
            "pictures": self.pictures.files, "base_rev": self._item.rev,
        }  # fmt: skip

    def submit(self) -> None:
        """Send it, unless the shortcut cannot be typed as one word."""
        if tidy_shortcut(self.shortcut.text()) is None:
            self._say_at("shortcut", translate("QuickReplies", "One word without spaces."))
        elif self.save.isEnabled():
            self.save.setEnabled(False)
            self.sent.emit()

    def refuse(self, refusal: Refusal) -> None:
        """Say what is wrong where it is wrong; what was typed stays."""
        self.save.setEnabled(True)
        sentence = reasons.sentence(refusal.code, refusal.parameters)
        if refusal.code == Code.TEXT_EMPTY:
            sentence = translate("QuickReplies", "Write something, or add a picture.")
        self._say_at(refusal.field if refusal.field in self.fields else "body", sentence)

    def _say_at(self, name: str | None, sentence: str) -> None:
        field = self.fields[name or "body"]
        field.fault(sentence)
        field.control.setFocus()

    def copy_of(self, item: QuickReplyItem) -> QuickReplyItem:
        """A new one of one's own that says the same; pictures stay with the first."""
        return msgspec.structs.replace(
            _NEW, title=translate("QuickReplies", "{title} (copy)").format(title=item.title),
            body=item.body,
        )  # fmt: skip

    # --- typing ---------------------------------------------------------------------------

    def _insert(self, name: str) -> None:
        cursor = self.words.textCursor()
        if name in FACTS:
            cursor.insertText("{" + name + "}")
        else:
            hint = translate("QuickReplies", "what to fill in")
            cursor.insertText(f"[{hint}]")
            end = cursor.position() - 1
            cursor.setPosition(end - len(hint))
            cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
            self.words.setTextCursor(cursor)
        self.words.setFocus()

    def _on_typed(self) -> None:
        self.fields["body"].fault("")
        facts = {
            "name": translate("QuickReplies", "Emily"), "staff": self._me.name,
            "shop": self._me.shop_name, "points": "2,000",
        }  # fmt: skip
        self._preview.setText(filled(self.words.toPlainText(), facts, {}) or "…")

    # --- language -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if speaks(event):
            self._speak()
        super().changeEvent(event)

    def _speak(self) -> None:
        new = translate("QuickReplies", "A new quick reply")
        self._heading.setText(self._item.title or new if self._item.client_id else new)
        item = self._item
        self.fault.setText(reasons.sentence(item.failure, item.parameters) if item.failure else "")
        self.give_up.setText(translate("QuickReplies", "Give up my change"))
        self.fields["title"].say(translate("QuickReplies", "Name"))
        self.fields["shortcut"].say(
            translate("QuickReplies", "Shortcut"),
            translate("QuickReplies", "Typed behind / in the reply box."),
        )
        self.fields["body"].say(translate("QuickReplies", "Words"))
        names = {
            "name": translate("QuickReplies", "+ member's name"),
            "staff": translate("QuickReplies", "+ my name"),
            "shop": translate("QuickReplies", "+ shop"),
            "points": translate("QuickReplies", "+ her points"),
            "blank": translate("QuickReplies", "+ blank to fill in"),
        }
        for name, chip in self.blanks.items():
            chip.setText(names[name])
        self._explain.setText(
            translate(
                "QuickReplies",
                "What stands in {} is filled in by itself; what stands in [] is typed over before "
                "it is sent.",
            )
        )
        self._preview_words.setText(translate("QuickReplies", "So it would read"))
        self._whose.setText(translate("QuickReplies", "For"))
        self.shops.setText(translate("QuickReplies", "Everybody in the shop"))
        self.mine.setText(translate("QuickReplies", "Only me"))
        self.double.setText(translate("QuickReplies", "Duplicate"))
        self.remove.setText(translate("QuickReplies", "Remove"))
        self.leave.setText(translate("QuickReplies", "Cancel"))
        self.save.setText(translate("QuickReplies", "Save"))
        self._on_typed()
